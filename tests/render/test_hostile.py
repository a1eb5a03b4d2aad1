"""X1: no text becomes a formula, figures stay figures, and every text comes back as it was."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from belisha.render import render_reports
from belisha.render.csv import guarded, unguarded
from belisha.render.sheet_text import plain_text
from belisha.safe_text import well_formed
from normalise.records import Report, Value
from tests.belisha.records_at_hand import small_report, value
from tests.render.hostile import FORMULAS, SCRIPTS

LOOK = (80, False)


def hostile_report() -> Report:
    """Each case as a code, a title, the printed text of a figure and a heading's words."""
    one = small_report().measures[0]
    measures = tuple(
        one.model_copy(
            update={"code": text, "title": text, "section": text, "actual": value(text, None), "note": text}
        )
        for text in FORMULAS
    )
    return small_report(measures=measures, improvements=(), findings=())


def test_there_are_as_many_cases_as_promised() -> None:
    assert len(FORMULAS) == 200
    assert len(SCRIPTS) >= 50


def test_no_cell_of_a_workbook_is_a_formula_and_all_text_is_kept() -> None:
    data = render_reports([hostile_report()], "xlsx", several=False, look=LOOK)
    assert isinstance(data, bytes)
    book = load_workbook(io.BytesIO(data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "e" not in kinds
    sheet = book["Measures"]
    column = [cell.value for cell in sheet[1]].index("Title")
    found = [plain_text(str(row[column].value)) for row in sheet.iter_rows(min_row=2)]
    wanted = [well_formed(text).replace("\r\n", "\n") for text in FORMULAS]
    assert [text.replace("\r\n", "\n") for text in found] == wanted
    risky = [row[column].quotePrefix for row in sheet.iter_rows(min_row=2)]
    assert risky == [guarded(text) != text for text in FORMULAS]


def test_no_cell_of_a_csv_is_a_formula_and_all_text_is_kept() -> None:
    text = render_reports([hostile_report()], "csv", several=False, look=LOOK)
    assert isinstance(text, str)
    rows = [r for r in csv.DictReader(io.StringIO(text, newline="")) if r["field"] == "actual"]
    for row in rows:
        for name in ("code", "title", "printed", "section"):
            assert row[name][:1] not in set("=+-@\t\r\n\0") or row[name].lstrip("+-").isdigit()
    assert [unguarded(row["title"]) for row in rows] == list(FORMULAS)


@pytest.mark.parametrize("printed", ["-3.2", "-3.2%", "+4"])
def test_a_figure_below_nought_is_still_a_number(printed: str) -> None:
    figure = Value(printed=printed, value=Decimal(printed.strip("%")), unit="percent")
    report = small_report(measures=(small_report().measures[0].model_copy(update={"actual": figure}),))
    data = render_reports([report], "xlsx", several=False, look=LOOK)
    assert isinstance(data, bytes)
    sheet = load_workbook(io.BytesIO(data))["Measures"]
    head = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, head.index("Figure") + 1)
    assert cell.data_type == "n"
    assert Decimal(str(cell.value)) == figure.value
    assert sheet.cell(2, head.index("Figure as printed") + 1).value == printed


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    report = small_report(
        measures=(small_report().measures[0].model_copy(update={"title": "\x01" * 40_000}),), findings=()
    )
    data = render_reports([report], "xlsx", several=False, look=LOOK)
    assert isinstance(data, bytes)
    sheet = load_workbook(io.BytesIO(data))["Measures"]
    title = sheet.cell(2, [cell.value for cell in sheet[1]].index("Title") + 1).value
    assert len(str(title)) <= 32_767
    assert str(title).endswith("the JSON has all of it)")
