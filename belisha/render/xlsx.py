"""Excel: sheets Measures, Improvements, Findings, Scheme, Unread and About, of all reports of a run.

Figures are numbers in the unit beside them (97.8 per cent is 97.8, shown as 97.8%), the printed text stands in a
column of its own. No cell is a formula: text is written as text whatever it begins with, and marked so that it
stays text when somebody edits it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from belisha.neighbours import version
from belisha.original import Paper
from belisha.places import owner
from belisha.render.audited import Audited
from belisha.render.sheet_text import is_risky, sheet_text, shortened_text
from belisha.tones import Tone, in_words, tones
from normalise.records import VALUE_FIELDS, Improvement, Measure, Report, Value
from normalise.tidy import box_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS_AT_MOST = 1_048_576
LINKS_AT_MOST = 60_000  # Excel itself stops at 65,530 a sheet
NAMES = {"actual": "Figure", "year_end_target": "Year-end target", "previous": "Earlier figure"}
IMPROVEMENT_TEXTS = ("performance", "context", "actions", "intervention")
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


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: text, a number, a date or nothing; how it looks; where it leads."""

    value: str | int | bool | Decimal | date | None
    unit: str | None = None
    tone: Tone | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet before it is written."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(audits: Sequence[Audited], paper: Paper | None) -> bytes:
    """All reports as one workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = f"Belisha {version()}"
    book.properties.created = book.properties.modified = EPOCH
    links = [paper.link(a.report.source.sha256) if paper else None for a in audits]
    for sheet in _sheets(audits, links):
        _write(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheets(audits: Sequence[Audited], links: Sequence[str | None]) -> Iterator[Sheet]:
    pairs = list(zip(audits, links, strict=True))
    judged = any(a.found is not None for a in audits)
    extras = list(dict.fromkeys(h for a in audits for m in a.report.measures for h in m.extra))
    yield Sheet(
        "Measures",
        _measure_head(extras, judged),
        [r for a, k in pairs for r in _measures(a, k, extras, judged)],
    )
    yield Sheet(
        "Improvements", _improvement_head(), [r for a, k in pairs for r in _improvements(a.report, k)]
    )
    yield Sheet("Findings", FINDING_HEAD, [r for a, k in pairs for r in _findings(a.report, k)])
    yield Sheet("Scheme", SCHEME_HEAD, [r for a, k in pairs for r in _scheme(a.report, k)])
    yield Sheet("Unread", UNREAD_HEAD, [r for a, k in pairs for r in _unread(a.report, k)])
    yield Sheet("About", ("Report", "What", "Value"), [r for a in audits for r in _about(a)])


FINDING_HEAD = (
    *("Report", "Page", "Verdict", "Kind", "Code", "Title", "Field", "Printed", "Expected"),
    *("Message", "Arithmetic", "Rule", "Causes", "Box"),
)
SCHEME_HEAD = ("Report", "Page", "Status", "Label", "Words", "Box")
UNREAD_HEAD = ("Report", "Page", "Reason", "Text", "Box")


def _measure_head(extras: Sequence[str], judged: bool) -> list[str]:
    head = ["Report", "Page", "Section", "Code", "Other codes", "Former codes", "Title", "Good is"]
    for name in VALUE_FIELDS:
        head += _value_head(name)
        if name == "target":
            head += ["Status", *(["Verdict"] if judged else [])]
        if name == "year_end_target":
            head += ["Forecast status", *(["Forecast verdict"] if judged else [])]
    return [*head, "Direction", "In portfolio", "Note", "Box", *extras]


def _value_head(name: str) -> list[str]:
    label = NAMES.get(name, in_words(name).capitalize())
    return [label, f"{label} as printed", f"{label} unit", f"{label} qualifier"]


def _measures(
    audited: Audited, link: str | None, extras: Sequence[str], judged: bool
) -> Iterator[list[Cell]]:
    report = audited.report
    judgements = audited.found.verdicts if audited.found else ()
    verdicts: dict[tuple[int, str], str] = {(id(j.row), j.field): j.verdict for j in judgements}
    for m in report.measures:
        row = [
            *_place(report, m.page, link),
            *_texts(
                m.section, m.code, ", ".join(m.other_codes), ", ".join(m.former_codes), m.title, m.good_is
            ),
        ]
        for name in VALUE_FIELDS:
            row += _value(getattr(m, name))
            field = {"target": "status", "year_end_target": "forecast_status"}.get(name)
            if field:
                row.append(_status(getattr(m, field)))
                row += [_verdict(verdicts.get((id(m), field)))] if judged else []
        row += [Cell(in_words(m.direction)), Cell(m.in_portfolio), Cell(m.note), Cell(box_text(m.bbox))]
        yield row + [_one(m.extra.get(h)) for h in extras]


def _improvement_head() -> list[str]:
    head = ["Report", "Page", "Directorate", "Code", "Other codes", "Former codes", "Title", "Period"]
    head += [
        *_value_head("target"),
        *_value_head("actual"),
        "Status",
        *_value_head("forecast"),
        "Forecast status",
    ]
    return [*head, *(name.capitalize() for name in IMPROVEMENT_TEXTS), "Box"]


def _improvements(report: Report, link: str | None) -> Iterator[list[Cell]]:
    for r in report.improvements:
        yield [
            *_place(report, r.pages[0] if r.pages else None, link),
            *_texts(
                r.directorate,
                r.code,
                ", ".join(r.other_codes),
                ", ".join(r.former_codes),
                r.title,
                r.period_label,
            ),
            *_value(r.target),
            *_value(r.actual),
            _status(r.status),
            *_value(r.forecast),
            _status(r.forecast_status),
            *_texts(*(getattr(r, name) for name in IMPROVEMENT_TEXTS), box_text(r.bbox)),
        ]


def _findings(report: Report, link: str | None) -> Iterator[list[Cell]]:
    rows: list[Measure | Improvement] = [*report.measures, *report.improvements]
    for f in report.findings:
        about = owner(f, rows) if not f.title else None
        yield [
            *_place(report, f.page, link),
            _verdict(f.verdict),
            *_texts(f.kind, f.code, f.title or (about.title if about else None), in_words(f.field)),
            _status(f.printed) if f.field in {"status", "forecast_status"} else Cell(f.printed),
            *_texts(" or ".join(in_words(e) for e in f.expected), f.message, f.arithmetic, f.rule),
            *_texts("\n".join(f.causes), box_text(f.bbox)),
        ]


def _scheme(report: Report, link: str | None) -> Iterator[list[Cell]]:
    for e in report.scheme:
        yield [*_place(report, e.page, link), _status(e.status), *_texts(e.label, e.text, box_text(e.bbox))]


def _unread(report: Report, link: str | None) -> Iterator[list[Cell]]:
    for u in report.unread:
        yield [*_place(report, u.page, link), *_texts(u.reason, u.text, box_text(u.bbox))]


def _about(audited: Audited) -> Iterator[list[Cell]]:
    report = audited.report
    said, source = report.report, report.source
    told: list[tuple[str, Cell]] = [
        ("SHA-256", Cell(source.sha256)),
        ("Pages", Cell(source.pages)),
        ("Organisation", Cell(said.organisation)),
        ("Committee", Cell(said.committee)),
        ("Meeting", Cell(_day(said.meeting_date))),
        ("Item", Cell(said.item)),
        ("Title", Cell(said.title)),
        ("Year", Cell(said.period.year)),
        ("Quarter", Cell(said.period.quarter)),
        ("Period as printed", Cell(said.period.label)),
        ("Measures", Cell(len(report.measures))),
        ("Improvement rows", Cell(len(report.improvements))),
        *((f"Statuses {verdict}", Cell(count)) for verdict, count in audited.counts),
        ("Rule", Cell(audited.rule)),
        *(("Reading", Cell(f"{explained}: {name}")) for explained, name in audited.readings),
        *(("Remark", Cell(note)) for note in report.notes),
        ("Percentages", Cell("97.8% is the number 97.8; the unit stands beside it")),
        ("Made by", Cell(f"Belisha {version()}, record contract {report.schema_version}")),
    ]
    for name, cell in told:
        if cell.value not in (None, ""):
            yield [Cell(source.file), Cell(name), cell]


def _place(report: Report, page: int | None, link: str | None) -> list[Cell]:
    return [Cell(report.source.file), Cell(page, link=f"{link}#page={page}" if link and page else None)]


def _texts(*words: str | None) -> list[Cell]:
    return [Cell(w) for w in words]


def _value(value: Value | None) -> list[Cell]:
    if value is None:
        return [Cell(None)] * 4
    return [Cell(value.value, value.unit), Cell(value.printed), Cell(value.unit), Cell(value.qualifier)]


def _one(value: Value | None) -> Cell:
    if value is None:
        return Cell(None)
    return Cell(value.printed) if value.value is None else Cell(value.value, value.unit)


def _status(status: str | None) -> Cell:
    return Cell(None) if status is None else Cell(in_words(status), tone=tones().of_status(status))


def _verdict(verdict: str | None) -> Cell:
    return Cell(None) if verdict is None else Cell(verdict, tone=tones().of_verdict(verdict))


def _day(iso: str | None) -> date | str | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return iso


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

    wrap = Alignment(vertical="top", wrap_text=True)
    bold = Font(bold=True)
    for column, name in enumerate(planned.head, 1):
        _put(sheet.cell(1, column), Cell(name))
        sheet.cell(1, column).font = bold
        sheet.cell(1, column).alignment = wrap
        sheet.column_dimensions[get_column_letter(column)].width = _width(name)
    links = 0
    for number, row in enumerate(planned.rows[: ROWS_AT_MOST - 1], 2):
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
