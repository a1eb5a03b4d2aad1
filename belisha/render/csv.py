"""CSV in tidy long form: one row for every field of every record. See docs/reference/csv.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from normalise.records import (
    VALUE_FIELDS,
    BBox,
    Finding,
    Improvement,
    Measure,
    Report,
    Source,
    Value,
)

COLUMNS = (
    "organisation",
    "report",
    "period",
    "section",
    "code",
    "title",
    "field",
    "printed",
    "value",
    "unit",
    "qualifier",
    "status",
    "verdict",
    "page",
    "bbox",
    "table",
    "finding",
    "message",
)
IMPROVEMENT_VALUES = ("target", "actual", "forecast")
IMPROVEMENT_TEXTS = ("context", "actions", "intervention", "performance")
WORD_FIELDS = ("status", "forecast_status", "direction", "good_is", "note")
_STATUS_OF = {"actual": "status", "forecast": "forecast_status"}
_NUMBER = re.compile(r"[+-]?(\d[\d,]*\.?\d*|\.\d+)\s?%?", re.ASCII)
_QUOTE = '"'
_QUOTED = re.compile(r'[",\r\n]')
_STARTS = frozenset("=+-@＝＋－＠")
_RAW_STARTS = frozenset("\t\r\n\0")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row before it is written. Everything is text; "" where there is nothing."""

    section: str = ""
    code: str = ""
    title: str = ""
    field: str = ""
    printed: str = ""
    value: str = ""
    unit: str = ""
    qualifier: str = ""
    status: str = ""
    verdict: str = ""
    page: str = ""
    bbox: str = ""
    table: str = ""
    finding: str = ""
    message: str = ""


def reports_csv(reports: Sequence[Report]) -> str:
    """All reports in one table with one header line; lines end in LF."""
    lines = [_line(COLUMNS)]
    for report in reports:
        common = (report.report.organisation or "", report.source.file, _period(report))
        for entry in _with_findings(report):
            cells = (*common, *(getattr(entry, column) for column in COLUMNS[3:]))
            lines.append(
                _line([c if n in _PLAIN else guarded(c) for n, c in zip(COLUMNS, cells, strict=True)])
            )
    return "".join(lines)


def _line(cells: Sequence[str]) -> str:
    # Python's csv writer leaves a lone CR unquoted when lines end in LF, and readers then split the row
    quoted = [f'"{c.replace(_QUOTE, _QUOTE * 2)}"' if _QUOTED.search(c) else c for c in cells]
    return ",".join(quoted) + "\n"


_PLAIN = frozenset({"value", "page", "bbox"})  # made here from figures, never from the report's words


def guarded(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet might take it for a formula.

    Plain figures ("-3.2", "+5%") stay as they are. What a program may drop before it looks (spaces,
    control and direction marks) does not hide the first character. ``unguarded`` gives the text back.
    """
    return f"'{text}" if _risky(text.lstrip("'")) else text


def unguarded(cell: str) -> str:
    """What ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and _risky(cell.lstrip("'")) else cell


def _risky(text: str) -> bool:
    if _NUMBER.fullmatch(text):
        return False
    if text[:1] in _RAW_STARTS:
        return True
    first = next((c for c in text if unicodedata.category(c) not in _UNSEEN), "")
    return first in _STARTS


_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def _with_findings(report: Report) -> Iterator[Entry]:
    """All rows, with the findings on the rows they speak of; those that fit no row get one of their own."""
    entries = list(_entries(report))
    places: dict[tuple[str, str, str], list[int]] = {}
    for number, entry in enumerate(entries):
        places.setdefault((entry.code, entry.title, entry.field), []).append(number)
    found: dict[int, list[Finding]] = {}
    homeless: list[Finding] = []
    for finding in report.findings:
        fitting = places.get((finding.code or "", finding.title or "", finding.field or ""))
        if not fitting:
            homeless.append(finding)
            continue
        same_page = [number for number in fitting if entries[number].page == str(finding.page)]
        found.setdefault((same_page or fitting)[0], []).append(finding)
    for number, entry in enumerate(entries):
        yield _marked(entry, found[number]) if number in found else entry
    yield from (_of_finding(finding) for finding in homeless)


_GRAVITY = ("contradicted", "borderline", "depends", "unverifiable", "note", "supported")


def _marked(entry: Entry, findings: Sequence[Finding]) -> Entry:
    gravest = min((finding.verdict for finding in findings), key=_GRAVITY.index)
    return replace(
        entry,
        verdict=gravest,
        finding="; ".join(finding.kind for finding in findings),
        message=" ".join(finding.message for finding in findings if finding.message),
    )


def _of_finding(finding: Finding) -> Entry:
    return Entry(
        code=finding.code or "",
        title=finding.title or "",
        field=finding.field or "",
        printed=finding.printed or "",
        status=finding.status or "",
        verdict=finding.verdict,
        page="" if finding.page is None else str(finding.page),
        bbox=_box(finding.bbox),
        table="finding",
        finding=finding.kind,
        message=finding.message,
    )


def _entries(report: Report) -> Iterator[Entry]:
    for measure in report.measures:
        yield from _of_measure(measure)
    for row in report.improvements:
        yield from _of_improvement(row)


def _of_measure(measure: Measure) -> Iterator[Entry]:
    base = Entry(
        section=measure.section or "",
        code=measure.code or "",
        title=measure.title,
        page=str(measure.page),
        bbox=_box(measure.bbox),
        table="dashboard",
    )
    statuses = {name: getattr(measure, _STATUS_OF[name]) or "" for name in _STATUS_OF}
    for name in VALUE_FIELDS:
        yield from _of_value(base, name, getattr(measure, name), statuses.get(name, ""))
    for name, extra in measure.extra.items():
        yield from _of_value(base, name, extra, "")
    for name in WORD_FIELDS:
        yield from _of_words(base, name, getattr(measure, name), measure.printed, measure.sources)


def _of_improvement(row: Improvement) -> Iterator[Entry]:
    base = Entry(
        section=row.directorate or "",
        code=row.code or "",
        title=row.title,
        page=str(row.pages[0]) if row.pages else "",
        bbox=_box(row.bbox),
        table="improvement",
    )
    statuses = {"actual": row.status or "", "forecast": row.forecast_status or ""}
    for name in IMPROVEMENT_VALUES:
        yield from _of_value(base, name, getattr(row, name), statuses.get(name, ""))
    for name, extra in row.extra.items():
        yield from _of_value(base, name, extra, "")
    for name in ("status", "forecast_status", *IMPROVEMENT_TEXTS):
        yield from _of_words(base, name, getattr(row, name), row.printed, row.sources)


def _of_value(base: Entry, name: str, value: Value | None, status: str) -> Iterator[Entry]:
    if value is None:
        return
    entry = replace(
        base,
        field=name,
        printed=value.printed,
        value="" if value.value is None else f"{value.value:f}",
        unit=value.unit or "",
        qualifier=value.qualifier or "",
        status=status,
    )
    yield _placed(entry, value.source)


def _of_words(
    base: Entry,
    name: str,
    words: str | None,
    printed: Mapping[str, str],
    sources: Mapping[str, tuple[Source, ...]],
) -> Iterator[Entry]:
    if words is None:
        return
    status = words if name in {"status", "forecast_status"} else ""
    entry = replace(base, field=name, printed=printed.get(name, words), status=status)
    yield _placed(entry, sources.get(name, ()))


def _placed(entry: Entry, sources: Sequence[Source]) -> Entry:
    if not sources:
        return entry
    return replace(entry, page=str(sources[0].page), bbox=_box(sources[0].bbox))


def _box(box: BBox | None) -> str:
    return "" if box is None else " ".join(f"{side:.2f}".rstrip("0").rstrip(".") for side in box)


def _period(report: Report) -> str:
    period = report.report.period
    if period.year and period.quarter:
        return f"{period.year} Q{period.quarter}"
    return period.year or period.label or ""
