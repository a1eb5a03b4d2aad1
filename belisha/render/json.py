"""JSON and JSON Lines: the record contract, whole or one record a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from belisha.safe_text import well_formed
from normalise.records import Report

if TYPE_CHECKING:
    from normalise.records import Record

RECORD_KINDS = (
    ("scheme", "scheme"),
    ("measures", "measure"),
    ("improvements", "improvement"),
    ("findings", "finding"),
    ("unread", "unread"),
    ("tables", "table"),
    ("passages", "passage"),
)


def reports_json(reports: Sequence[Report], *, several: bool) -> str:
    """One object, or an array when several reports were asked for (even if one alone could be read)."""
    if not several:
        return "".join(_whole(report) + "\n" for report in reports)
    return "[\n" + ",\n".join(_whole(report) for report in reports) + "\n]\n"


def _whole(report: Report) -> str:
    try:
        return report.to_json()
    except ValueError:  # half of a surrogate pair, in a file name or in the report's text
        return well_formed(json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=1))


def reports_jsonl(reports: Sequence[Report]) -> str:
    """One record a line.

    Each has ``record``, its kind, and ``file`` and ``sha256`` of the report it is from.
    """
    return "".join(_one_line(line) for report in reports for line in _lines(report))


def _one_line(record: dict[str, Any]) -> str:
    # some readers also end lines at these, which JSON allows inside a text
    written = well_formed(json.dumps(record, ensure_ascii=False))
    for mark in ("\x85", "\u2028", "\u2029"):
        written = written.replace(mark, f"\\u{ord(mark):04x}")
    return written + "\n"


def schema() -> str:
    """The JSON Schema of a report."""
    found = Report.model_json_schema(mode="serialization")
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    origin = {"file": report.source.file, "sha256": report.source.sha256}
    head = {"schema_version", "source", "report", "notes"}
    yield {"record": "report", **origin, **report.model_dump(mode="json", include=head)}
    for attribute, kind in RECORD_KINDS:
        records: tuple[Record, ...] = getattr(report, attribute)
        for record in records:
            yield {"record": kind, **origin, **record.model_dump(mode="json")}
