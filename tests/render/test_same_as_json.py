"""Every format has the rows and values that the JSON has."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from belisha.original import Original, Paper
from belisha.render import render_audits
from belisha.render.csv import unguarded
from belisha.render.sheet_text import plain_text
from belisha.tones import in_words
from normalise.records import VALUE_FIELDS
from normalise.tidy import COLUMNS, tidy_rows
from tests.render.reports_at_hand import audited, each_report, json_of

LABELS = {
    "actual": "Figure",
    "target": "Target",
    "forecast": "Forecast",
    "year_end_target": "Year-end target",
    "previous": "Earlier figure",
}


def rendered(path: Path, kind: str, paper: Paper | None = None) -> Any:
    return render_audits([audited(path)], kind, several=False, show_all=False, look=(80, False), paper=paper)


def values_in_json(path: Path) -> list[tuple[str, str, str | None]]:
    """Field, printed text and value of every VALUE in the JSON, in the order of the tidy form."""
    data: Any = json_of(path)
    found = []
    for record, names in (
        *((m, VALUE_FIELDS) for m in data["measures"]),
        *((i, ("target", "actual", "forecast")) for i in data["improvements"]),
    ):
        found += [(n, record[n]["printed"], record[n]["value"]) for n in names if record[n] is not None]
        found += [(n, v["printed"], v["value"]) for n, v in record["extra"].items()]
    return found


def plain(figure: Any) -> str | None:
    """A decimal as the JSON writes it."""
    return None if figure is None else format(figure, "f")


@each_report
def test_csv(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(path, "csv"), newline="")))
    figures = [r for r in rows if r["table"] != "finding" and not is_words(r["field"])]
    found = [(unguarded(r["field"]), unguarded(r["printed"]), r["value"] or None) for r in figures]
    assert found == values_in_json(path)


def is_words(field: str) -> bool:
    return field in {
        *("status", "forecast_status", "direction", "good_is", "note"),
        *("context", "actions", "intervention", "performance"),
    }


@each_report
def test_workbook(path: Path) -> None:
    data: Any = json_of(path)
    paper = Paper({data["source"]["sha256"]: Original(path=str(path))}, str(path.parent / "out.xlsx"))
    book = load_workbook(io.BytesIO(rendered(path, "xlsx", paper)))
    assert book.sheetnames == ["Measures", "Improvements", "Findings", "Scheme", "Unread", "About"]
    for sheet, key in zip(
        book.worksheets, ("measures", "improvements", "findings", "scheme", "unread"), strict=False
    ):
        assert sheet.max_row - 1 == len(data[key])
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes
    measures = book["Measures"]
    head = [cell.value for cell in measures[1]]
    for row, m in zip(measures.iter_rows(min_row=2), data["measures"], strict=True):
        cells = dict(zip(head, row, strict=True))
        assert plain_text(str(cells["Title"].value or "")) == m["title"]
        assert cells["Page"].value == m["page"]
        link = cells["Page"].hyperlink
        assert link is not None
        assert link.target == f"./report.pdf#page={m['page']}"
        for name, label in LABELS.items():
            value = m[name]
            number = cells[label].value
            if value is None or value["value"] is None:
                assert number is None
            else:
                assert Decimal(str(number)) == Decimal(value["value"])
                assert cells[label].data_type == "n"
        if m["status"]:
            assert cells["Status"].value == in_words(m["status"])
            assert cells["Status"].fill.fgColor.rgb != "00000000"


@each_report
def test_parquet(path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install 'belisha[parquet]'")
    table = parquet.read_table(io.BytesIO(rendered(path, "parquet")))
    assert tuple(table.column_names) == COLUMNS
    whole = audited(path).with_all()
    assert table.to_pylist() == [dict(row) for row in tidy_rows(whole)]
    assert str(table.schema.field("value").type) == "decimal128(38, 10)"
    assert all(field.metadata[b"description"] for field in table.schema)


@each_report
def test_package(path: Path, tmp_path: Path) -> None:
    data: Any = json_of(path)
    file = tmp_path / "package.zip"
    file.write_bytes(rendered(path, "package"))
    with zipfile.ZipFile(file) as zipped:
        told = json.loads(zipped.read("datapackage.json"))
        for resource in told["resources"]:
            rows = list(csv.DictReader(io.StringIO(zipped.read(resource["path"]).decode(), newline="")))
            names = [field["name"] for field in resource["schema"]["fields"]]
            if rows:
                assert list(rows[0]) == names
            if resource["name"] == "measures":
                assert [unguarded(r["title"]) for r in rows] == [m["title"] for m in data["measures"]]
                wanted = [m["actual"] and m["actual"]["value"] for m in data["measures"]]
                assert [r["actual_value"] or None for r in rows] == wanted
            if resource["name"] in {"improvements", "unread", "scheme"}:
                assert len(rows) == len(data[resource["name"]])


@each_report
def test_package_is_valid(path: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="pip install frictionless")
    file = tmp_path / "package.zip"
    file.write_bytes(rendered(path, "package"))
    outcome = frictionless.Package(str(file)).validate()
    assert outcome.valid, outcome.flatten(["rowNumber", "fieldName", "message"])


@each_report
def test_frames(path: Path) -> None:
    data: Any = json_of(path)
    report = audited(path).report
    wide = report.to_frame()
    assert wide.title.tolist() == [m["title"] for m in data["measures"]]
    for name in VALUE_FIELDS:
        wanted = [m[name] and m[name]["value"] for m in data["measures"]]
        assert [plain(x) for x in wide[name]] == wanted
    assert [None if pd.isna(s) else s for s in wide.status] == [m["status"] for m in data["measures"]]
    long = report.to_frame("long")
    figures = long[(long.table != "finding") & ~long.field.isin([n for n in long.field if is_words(n)])]
    found = [(r.field, r.printed, plain(r.value)) for r in figures.itertuples()]
    assert found == values_in_json(path)
