"""JSON and JSON Lines: the record contract, whole or one record a line."""

from __future__ import annotations

import json
import re
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


# What JSON may hold as it is, yet a terminal obeys or some readers take for the end of a line: controls, and
# characters that turn the direction of writing or are not seen. Inside a text, where alone they stand, an
# escape means the same.
_OBEYED = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1] if ord(found[0]) != 0x7F else "\\u007f"


def reports_json(reports: Sequence[Report], *, several: bool) -> str:
    """One object, or an array when several reports were asked for (even if one alone could be read)."""
    if not several:
        return "".join(_whole(report) + "\n" for report in reports)
    return "[\n" + ",\n".join(_whole(report) for report in reports) + "\n]\n"


def _whole(report: Report) -> str:
    try:
        written = report.to_json()
    except ValueError:  # half of a surrogate pair, in a file name or in the report's text
        written = well_formed(json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=1))
    return _OBEYED.sub(_escaped, written)


def reports_jsonl(reports: Sequence[Report]) -> str:
    """One record a line.

    Each has ``record``, its kind, and ``file`` and ``sha256`` of the report it is from.
    """
    return "".join(_one_line(line) for report in reports for line in _lines(report))


def _one_line(record: dict[str, Any]) -> str:
    return _OBEYED.sub(_escaped, well_formed(json.dumps(record, ensure_ascii=False))) + "\n"


def schema() -> str:
    """The JSON Schema of a report."""
    found = Report.model_json_schema(mode="serialization")
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    origin = {"file": report.source.file, "sha256": report.source.sha256}
    head = {"schema_version", "source", "report", "other_schemes", "direction_key", "second_reader", "notes"}
    yield {"record": "report", **origin, **report.model_dump(mode="json", include=head)}
    for attribute, kind in RECORD_KINDS:
        records: tuple[Record, ...] = getattr(report, attribute)
        for record in records:
            yield {"record": kind, **origin, **record.model_dump(mode="json")}
