"""Excel: a workbook of all reports of a run.

Figures are numbers in the unit beside them (97.8 per cent is 97.8, shown as 97.8%). No cell is a formula: text
is written as text whatever it begins with, and marked so that it stays text when somebody edits it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from belisha.neighbours import version
from belisha.original import Paper
from belisha.output import OutputError
from belisha.render.audited import Audited
from belisha.render.sheet_text import is_risky, sheet_text, shortened_text
from belisha.render.sheets import NAMES, Cell, Sheet, sheets_of
from belisha.tones import in_words
from normalise.records import VALUE_FIELDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS_AT_MOST = 1_048_576
LINKS_AT_MOST = 60_000  # Excel itself stops at 65,530 a sheet
WIDTHS = {
    "Title": 52,
    "Value": 60,
    "Context": 50,
    "Actions": 50,
    "Intervention": 50,
    "Message": 60,
    "Words": 60,
    "Text": 60,
    "Rule": 40,
    "Arithmetic": 40,
    "Causes": 50,
}
TEXT_WIDTH, FIGURE_WIDTH = 18, 11  # characters
NARROW = frozenset(
    {"Page", "Quarter", "Good is", "Code", *(NAMES.get(n, in_words(n).capitalize()) for n in VALUE_FIELDS)}
)
LINE, LINES_AT_MOST = 15.0, 20
EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def workbook(audits: Sequence[Audited], paper: Paper | None) -> bytes:
    """All reports as one workbook. Raises OutputError for more rows than a sheet can hold."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = f"Belisha {version()}"
    book.properties.created = book.properties.modified = EPOCH
    links = [paper.link(a.report.source.sha256) if paper else None for a in audits]
    for sheet in sheets_of(audits, links):
        _write(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def number_format(value: Decimal, unit: str | None) -> str:
    """How Excel shows a figure: as many places as it has, with the sign of its unit."""
    exponent = value.as_tuple().exponent
    places = min(max(0, -exponent), 15) if isinstance(exponent, int) else 0
    digits = "#,##0" + ("." + "0" * places if places else "")
    if unit == "percent":
        return digits + '"%"'
    return f'"£"{digits};-"£"{digits}' if unit == "gbp" else digits


def _write(sheet: Worksheet, planned: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    if len(planned.rows) >= ROWS_AT_MOST:
        raise OutputError(
            f"the sheet {planned.title} would have {len(planned.rows):,} rows, more than a workbook holds",
            advice="write csv or parquet, or fewer reports at a time",
        )
    wrap = Alignment(vertical="top", wrap_text=True)
    bold = Font(bold=True)
    for column, name in enumerate(planned.head, 1):
        _put(sheet.cell(1, column), Cell(name))
        sheet.cell(1, column).font = bold
        sheet.cell(1, column).alignment = wrap
        sheet.column_dimensions[get_column_letter(column)].width = _width(name)
    links = 0
    for number, row in enumerate(planned.rows, 2):
        for column, cell in enumerate(row, 1):
            if cell.value in (None, ""):
                continue
            written = sheet.cell(number, column)
            _put(written, cell)
            written.alignment = wrap
            if cell.link and links < LINKS_AT_MOST:
                written.hyperlink = cell.link
                written.font = Font(color="0B4F9E", underline="single")
                links += 1
        sheet.row_dimensions[number].height = _height(row, planned.head)
    for column in range(len(planned.head)):
        if planned.rows and all(row[column].value in (None, "") for row in planned.rows):
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    sheet.freeze_panes = _frozen(planned)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(planned.head))}{max(2, len(planned.rows) + 1)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _width(name: str) -> int:
    return FIGURE_WIDTH if name in NARROW else WIDTHS.get(name, TEXT_WIDTH)


def _height(row: Sequence[Cell], head: Sequence[str]) -> float:
    """Points for the longest text of a row: not every program works it out by itself."""
    lines = 1
    for cell, name in zip(row, head, strict=True):
        if isinstance(cell.value, str):
            lines = max(lines, sum(1 + len(part) // _width(name) for part in cell.value.split("\n")))
    return LINE * min(lines, LINES_AT_MOST) + 2


def _frozen(planned: Sheet) -> str:
    """Below the header; on Measures and Improvements beside the title too."""
    from openpyxl.utils import get_column_letter

    beside = list(planned.head).index("Code") + 1 if planned.title in {"Measures", "Improvements"} else 0
    return f"{get_column_letter(beside + 1)}2"


def _put(written: Any, cell: Cell) -> None:
    from openpyxl.styles import Font, PatternFill

    value = cell.value
    if isinstance(value, str):
        written.value = sheet_text(shortened_text(value))
        written.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
        if is_risky(value):
            written.quotePrefix = True
    elif isinstance(value, bool):
        written.value = "yes" if value else "no"
    elif isinstance(value, Decimal):
        written.value = value
        written.number_format = number_format(value, cell.unit)
    elif isinstance(value, date):
        written.value = value
        written.number_format = "d mmmm yyyy"
    else:
        written.value = value
    if cell.tone is not None:
        written.fill = PatternFill("solid", fgColor=cell.tone.back)
        written.font = Font(bold=True, color=cell.tone.ink)
