"""A profile run against records that were saved when they were right: what would come out otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extract.errors import SettingsError
from normalise.records import Improvement, Measure, Report, Value

SAME_ROW = ("code", "title")
LEFT_OUT = frozenset(
    {
        "page",
        "pages",
        "bbox",
        "sources",
        "signals",
        "printed",
        "colours",
        "column_headings",
        "inferred_good_is",
    }
)  # where and how something was read: what is compared is what was read
Row = Measure | Improvement


def saved_reports(path: str) -> list[Report]:
    """The records in a JSON file, of one report or several. Raises SettingsError for a file that holds none."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        entries = found if isinstance(found, list) else [found]
        return [Report.model_validate(entry) for entry in entries]
    except OSError as error:
        raise SettingsError(f"this cannot be read ({error.strerror})", file=path) from error
    except (ValueError, ValidationError, RecursionError):
        raise SettingsError(
            "these are no records", advice="save them with belisha extract REPORT -o RECORDS.json", file=path
        ) from None


def one_of(reports: list[Report], like: Report, path: str) -> Report:
    """Of several reports the one of the same input as ``like``. Raises SettingsError where none is certain."""
    mine = [r for r in reports if r.source.sha256 == like.source.sha256]
    if not mine and len(reports) != 1:
        raise SettingsError(
            f"there are {len(reports)} reports in it and none is of this PDF",
            advice="save the records of this report alone",
            file=path,
        )
    return (mine or reports)[0]


def differences(saved: Report, fresh: Report) -> Iterator[str]:
    """One line for every row and field that is not as it was saved; rows are paired by code and title."""
    if saved.report != fresh.report:
        yield from _fields("report", saved.report.model_dump(), fresh.report.model_dump())
    old_rule = [(e.status, e.text) for e in saved.scheme]
    new_rule = [(e.status, e.text) for e in fresh.scheme]
    if old_rule != new_rule:
        yield f"rule: was {_shown(dict(old_rule))}, is {_shown(dict(new_rule))}"
    yield from _rows("measure", saved.measures, fresh.measures)
    yield from _rows("improvement row", saved.improvements, fresh.improvements)


def _rows(kind: str, saved: tuple[Row, ...], fresh: tuple[Row, ...]) -> Iterator[str]:
    left = list(fresh)
    for row in saved:
        twin = next((r for r in left if _key(r) == _key(row)), None) or next(
            (r for r in left if row.code and r.code == row.code), None
        )
        if twin is None:
            yield f"lost {kind}: {_name(row)}"
            continue
        left.remove(twin)
        yield from _fields(_name(row), _compared(row), _compared(twin))
    for row in left:
        yield f"new {kind}: {_name(row)}"


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in SAME_ROW)


def _name(row: Row) -> str:
    return " ".join(filter(None, (row.code, row.title)))


def _compared(row: Row) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in type(row).model_fields:
        if name in LEFT_OUT:
            continue
        value = getattr(row, name)
        if name == "extra":
            out |= {heading: _figure(v) for heading, v in value.items()}
        else:
            out[name] = _figure(value) if isinstance(value, Value) else value
    return out


def _figure(value: Value) -> str:
    amount = "no figure" if value.value is None else f"{value.value:f} {value.unit or ''}".strip()
    return f"“{value.printed}” ({amount}{f', {value.qualifier}' if value.qualifier else ''})"


def _fields(name: str, saved: dict[str, Any], fresh: dict[str, Any]) -> Iterator[str]:
    for field in dict.fromkeys((*saved, *fresh)):
        old, new = saved.get(field), fresh.get(field)
        if old != new:
            yield f"{name}: {field} was {_shown(old)}, is {_shown(new)}"


def _shown(value: Any) -> str:
    if value in (None, (), ""):
        return "empty"
    if isinstance(value, dict):
        return "; ".join(f"{k}: {_shown(v)}" for k, v in value.items() if v not in (None, (), "")) or "empty"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
