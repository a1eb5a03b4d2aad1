"""What the tests of isolation share: the report that ships, and how much of a test is to be run."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

import belisha

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "fixtures" / "derby_layout" / "report.pdf"
SOAK = bool(os.environ.get("BELISHA_SOAK"))

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process of its own on this system")


def rounds(short: int, full: int) -> int:
    """How often: a short version in every test run, the full one with ``make soak``."""
    return full if SOAK else short


@cache
def whole() -> belisha.Report:
    """The report as it is read undisturbed in this process."""
    return belisha.read(REPORT)
