"""What the records of ``fixtures/kinds`` hold beside the scored fields: extra columns, bounds, signals, reasons, colours.

``[[beside]]`` in truth.toml names a row by its code or title (empty: the report), a place in its record, and what
stands there; ``[]`` or an empty text for nothing at all.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

import belisha
from fixtures.kinds import name_of, reports


def _expected(pdf: Path) -> list[dict[str, Any]]:
    written = tomllib.loads((pdf.parent / "truth.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = written.get("beside", [])
    return found


REPORTS = {name_of(pdf): pdf for pdf in reports() if _expected(pdf)}


def _row(report: dict[str, Any], name: str) -> dict[str, Any]:
    if not name:
        return report
    return next(m for m in report["measures"] if name in (m["code"], m["title"]))


def _at(record: Any, path: str) -> Any:
    for step in path.split("."):
        if record is None:
            return None
        record = record[int(step)] if isinstance(record, list) else record.get(step)
    return record


@pytest.mark.parametrize("name", REPORTS)
def test_what_stands_beside_the_fields(name: str) -> None:
    report = json.loads(belisha.audit(belisha.read(REPORTS[name])).report.to_json())
    wrong = []
    for entry in _expected(REPORTS[name]):
        got = _at(_row(report, entry["row"]), entry["at"])
        if (got or "") != (entry["is"] or ""):
            wrong.append(f"{entry['row']} {entry['at']}: wanted {entry['is']!r}, read {got!r}")
    assert wrong == []
