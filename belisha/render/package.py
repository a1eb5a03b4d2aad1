"""A Data Package: a zip of CSV tables with a ``datapackage.json`` that describes every column.

The descriptor is made from the same models as the JSON Schema. ``figures`` is the tidy long form; the other
tables have one row a record, with each VALUE as four columns.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from belisha.neighbours import version
from belisha.render.csv import line, written
from belisha.safe_text import well_formed
from normalise.records import Finding, Improvement, Measure, Record, Report, SchemeEntry, Unread
from normalise.tidy import TidyRow, box_text, tidy_rows

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
VALUE_PARTS = ("printed", "value", "unit", "qualifier")
STAMP = (1980, 1, 1, 0, 0, 0)  # the same report gives the same bytes
Cell = str | int | bool | Decimal | None


class Column(Struct, frozen=True):
    """A column of a table: name, type as Table Schema has it, and what it holds."""

    name: str
    type: str
    description: str = ""
    enum: tuple[str, ...] = ()

    def described(self) -> dict[str, Any]:
        """As a field of a Table Schema."""
        found: dict[str, Any] = {"name": self.name, "type": self.type}
        if self.description:
            found["description"] = self.description
        if self.enum:
            found["constraints"] = {"enum": list(self.enum)}
        return found


class Table(Struct, frozen=True):
    """A table: name, what it is, the model of its rows, and the rows of a report."""

    name: str
    about: str
    model: type[Record]
    rows: Callable[[Report], Sequence[Record]]


TABLES = (
    Table("figures", "One row for every field of every record", TidyRow, lambda r: list(tidy_rows(r))),
    Table("measures", "One row a measure of a dashboard", Measure, lambda r: r.measures),
    Table("improvements", "One row of an improvement report", Improvement, lambda r: r.improvements),
    Table("findings", "One row for everything the audit has to say", Finding, lambda r: r.findings),
    Table("scheme", "One row a status with the report's own words for it", SchemeEntry, lambda r: r.scheme),
    Table("unread", "One row for text and pages that are in no record", Unread, lambda r: r.unread),
)


def reports_package(reports: Sequence[Report]) -> bytes:
    """All reports as one zipped Data Package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        _put(zipped, "datapackage.json", json.dumps(descriptor(reports), ensure_ascii=False, indent=1) + "\n")
        for table in TABLES:
            _put(zipped, f"{table.name}.csv", _csv(table, reports))
    return out.getvalue()


def descriptor(reports: Sequence[Report] = ()) -> dict[str, Any]:
    """The descriptor of the package."""
    return {
        "$schema": PROFILE,
        "profile": "data-package",
        "name": "belisha",
        "title": "Performance measures read from published reports",
        "created_by": f"belisha {version()}",
        "sources": [
            {
                "title": well_formed(r.source.file),
                "path": well_formed(r.source.file),
                "sha256": r.source.sha256,
            }
            for r in reports
        ],
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}.csv",
                "description": table.about,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": [c.described() for c in columns_of(table)], "missingValues": [""]},
            }
            for table in TABLES
        ],
    }


def columns_of(table: Table) -> list[Column]:
    """The columns of a table, from the JSON Schema of its model."""
    head = [] if table.model is TidyRow else [Column("report", "string", "File name of the report")]
    schema = table.model.model_json_schema(mode="serialization")
    return [
        *head,
        *(
            c
            for name in schema["properties"]
            for c in _columns(name, schema["properties"][name], table.model)
        ),
    ]


def _columns(name: str, told: dict[str, Any], model: type[Record]) -> Iterator[Column]:
    kinds = [k for k in told.get("anyOf", [told]) if k.get("type") != "null"]
    kind = kinds[0]
    about = told.get("description", "")
    if kind.get("$ref", "").endswith("/Value"):
        for part in VALUE_PARTS:
            yield Column(f"{name}_{part}", "number" if part == "value" else "string", about)
    elif kind.get("$ref", "").endswith("/Inferred"):
        yield Column(name, "string", "Polarity that is not printed but follows from something else")
    elif name in _figures(model):
        yield Column(name, "number", about)
    elif kind.get("type") in {"integer", "boolean"}:
        yield Column(name, kind["type"], about)
    elif kind.get("type") == "string":
        yield Column(name, "string", about, tuple(kind.get("enum", ())))
    elif name == "bbox":
        yield Column(name, "string", "x0 top x1 bottom in points from the top left of the page")
    elif kind.get("type") == "array" and kind.get("items", {}).get("type") in {"string", "integer"}:
        yield Column(name, "string", about or 'Several, separated by "; "')


def _figures(model: type[Record]) -> frozenset[str]:
    """Names of the fields that are decimals: JSON has them as strings."""
    return frozenset(n for n, info in model.model_fields.items() if "Decimal" in str(info.annotation))


def _csv(table: Table, reports: Sequence[Report]) -> str:
    columns = columns_of(table)
    lines = [line([c.name for c in columns])]
    for report in reports:
        for row in table.rows(report):
            cells = _cells(row, report)
            lines.append(
                line(
                    [
                        written(cells.get(c.name), plain=c.type != "string" or c.name == "bbox")
                        for c in columns
                    ]
                )
            )
    return "".join(lines)


def _cells(row: Record, report: Report) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"report": report.source.file}
    for name in type(row).model_fields:
        value = getattr(row, name)
        if name == "bbox" and not isinstance(value, str):
            cells[name] = box_text(value)
        elif isinstance(value, Record):
            if hasattr(value, "printed"):
                cells.update({f"{name}_{part}": getattr(value, part) for part in VALUE_PARTS})
            else:
                cells[name] = getattr(value, "good_is", None)
        elif isinstance(value, tuple) and all(isinstance(v, (str, int)) for v in value):
            cells[name] = "; ".join(map(str, value)) or None
        elif isinstance(value, (str, int, bool, Decimal)) and value != "":
            cells[name] = value
    return cells


def _put(zipped: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    zipped.writestr(entry, well_formed(text).encode("utf-8"))
