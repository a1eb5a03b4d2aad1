"""What stands on the sheets of a workbook: Measures, Improvements, Findings, Scheme, Unread and About.

Figures are numbers in the unit beside them; their printed text has a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from belisha.neighbours import version
from belisha.places import owner
from belisha.render.audited import Audited
from belisha.tones import Tone, in_words, tones
from normalise.records import VALUE_FIELDS, Improvement, Measure, Report, Value
from normalise.tidy import box_text

NAMES = {"actual": "Figure", "year_end_target": "Year-end target", "previous": "Earlier figure"}
IMPROVEMENT_TEXTS = ("performance", "context", "actions", "intervention")


class Cell(Struct, frozen=True):
    """What a cell holds: text, a number, a date or nothing; how it looks; where it leads."""

    value: str | int | bool | Decimal | date | None
    unit: str | None = None
    tone: Tone | None = None
    link: str | None = None


class Sheet(Struct, frozen=True):
    """A sheet before it is written."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def sheets_of(audits: Sequence[Audited], links: Sequence[str | None]) -> Iterator[Sheet]:
    """All sheets, in order; ``links`` lead to the PDF of each report, None where there is no file."""
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
