"""What the tests of scans share: scans of a few pages of the report that ships, made when they are asked for."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.scan import engine
from fixtures.scans.copier import WAYS, scan

FIXTURE = Path(__file__).parents[2] / "fixtures" / "derby_layout"
needs_engine = pytest.mark.skipif(not engine.available(), reason=f"needs the OCR engine: {engine.INSTALL}")


@cache
def scan_of(way: str, *pages: int) -> bytes:
    return scan((FIXTURE / "report.pdf").read_bytes(), WAYS[way], 3, pages)


def truth_of(*pages: int) -> dict[str, Any]:
    """The truth about these pages, numbered as they follow each other in the scan."""
    whole = json.loads((FIXTURE / "truth.json").read_text(encoding="utf-8"))
    measures = [{**m, "page": pages.index(m["page"]) + 1} for m in whole["measures"] if m["page"] in pages]
    return {**whole, "measures": measures, "improvements": [], "planted": []}
