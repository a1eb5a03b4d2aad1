"""Reports to compare formats on: the one of the demo, and those beside the source tree where there are any."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from belisha.pipeline import read
from belisha.render.audited import Audited
from tests.belisha.running import REPORT

BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "reports"
PATHS = [REPORT, *sorted(BESIDE.glob("*/report.pdf"))]
each_report = pytest.mark.parametrize("path", PATHS, ids=lambda p: p.parent.name)


@cache
def audited(path: Path) -> Audited:
    """The audit of a report, done once."""
    return Audited.of(read(path))


def json_of(path: Path) -> dict[str, object]:
    """What the JSON says, to hold other formats against."""
    import json

    found: dict[str, object] = json.loads(audited(path).report.to_json())
    return found
