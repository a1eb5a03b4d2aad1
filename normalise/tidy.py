"""A report in tidy long form: one row for every field of every record, findings on the rows they speak of.

One model describes the columns; CSV, Parquet, the Data Package and pandas are all made from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from normalise.records import (
    VALUE_FIELDS,
    BBox,
    Finding,
    Improvement,
    Measure,
    PlainDecimal,
    Record,
    Report,
    Source,
    Value,
    Verdict,
)


class TidyRow(Record):
    """One field of one record, or a finding that speaks of no single field."""

    organisation: str | None = Field(None, description="Who the report is by, as it names itself")
    report: str = Field(description="File name of the report")
    period: str | None = Field(None, description='"2012/13 Q2", "2019/20", or the period as printed')
    section: str | None = Field(
        None, description="Heading the row stands under; in an improvement report the directorate"
    )
    code: str | None = Field(None, description="First code as printed")
    title: str | None = Field(None, description="Title of the measure")
    field: str | None = Field(
        None, description="Which field this row is, or the heading of a column that has no field of its own"
    )
    printed: str | None = Field(None, description="The cell's text")
    value: PlainDecimal | None = Field(
        None, description="The figure with scale words worked in; none where the cell holds words"
    )
    unit: str | None = Field(None, description="percent, days, number, gbp and so on")
    qualifier: str | None = Field(None, description="Words in brackets, such as provisional")
    status: str | None = Field(
        None, description="The printed status as a word: on status rows, and beside the figure it judges"
    )
    verdict: Verdict | None = Field(None, description="What became of this field in the audit")
    page: int | None = Field(None, description="Page as a viewer counts it, from 1")
    bbox: str | None = Field(None, description="x0 top x1 bottom in points from the top left of the page")
    table: str | None = Field(
        None, description="dashboard, improvement, or finding for a finding of no single row"
    )
    finding: str | None = Field(None, description="Kinds of the findings on this field")
    message: str | None = Field(None, description="What the findings say")


COLUMNS = tuple(TidyRow.model_fields)
IMPROVEMENT_VALUES = ("target", "actual", "forecast")
IMPROVEMENT_TEXTS = ("context", "actions", "intervention", "performance")
WORD_FIELDS = ("status", "forecast_status", "direction", "good_is", "note")
_STATUS_OF = {"actual": "status", "forecast": "forecast_status"}
_GRAVITY = ("contradicted", "borderline", "depends", "unverifiable", "note", "supported")


def tidy_rows(report: Report) -> Iterator[TidyRow]:
    """All rows of a report, with the findings on the rows they speak of; those that fit no row get one of their own."""
    common = {
        "organisation": report.report.organisation,
        "report": report.source.file,
        "period": period_of(report),
    }
    rows = list(_rows(report, TidyRow.model_validate(common)))
    places: dict[tuple[str | None, ...], list[int]] = {}
    for number, row in enumerate(rows):
        places.setdefault((row.code or None, row.title or None, row.field), []).append(number)
    found: dict[int, list[Finding]] = {}
    homeless: list[Finding] = []
    for finding in report.findings:
        fitting = places.get((finding.code or None, finding.title or None, finding.field))
        if not fitting:
            homeless.append(finding)
            continue
        same_page = [number for number in fitting if rows[number].page == finding.page]
        found.setdefault((same_page or fitting)[0], []).append(finding)
    for number, row in enumerate(rows):
        yield _marked(row, found[number]) if number in found else row
    for finding in homeless:
        yield _of_finding(finding, TidyRow.model_validate(common))


def period_of(report: Report) -> str | None:
    """The period in a word or two."""
    period = report.report.period
    if period.year and period.quarter:
        return f"{period.year} Q{period.quarter}"
    return period.year or period.label


def box_text(box: BBox | None) -> str | None:
    """A box as text: "x0 top x1 bottom"."""
    return None if box is None else " ".join(f"{side:.2f}".rstrip("0").rstrip(".") for side in box)


def _with(row: TidyRow, **changes: Any) -> TidyRow:
    return row.model_copy(update=changes)


def _marked(row: TidyRow, findings: Sequence[Finding]) -> TidyRow:
    gravest = min((finding.verdict for finding in findings), key=_GRAVITY.index)
    return _with(
        row,
        verdict=gravest,
        finding="; ".join(finding.kind for finding in findings),
        message=" ".join(finding.message for finding in findings if finding.message) or None,
    )


def _of_finding(finding: Finding, base: TidyRow) -> TidyRow:
    return _with(
        base,
        code=finding.code,
        title=finding.title,
        field=finding.field,
        printed=finding.printed,
        status=finding.status,
        verdict=finding.verdict,
        page=finding.page,
        bbox=box_text(finding.bbox),
        table="finding",
        finding=finding.kind,
        message=finding.message or None,
    )


def _rows(report: Report, common: TidyRow) -> Iterator[TidyRow]:
    for measure in report.measures:
        yield from _of_measure(measure, common)
    for row in report.improvements:
        yield from _of_improvement(row, common)


def _of_measure(measure: Measure, common: TidyRow) -> Iterator[TidyRow]:
    base = _with(
        common,
        section=measure.section,
        code=measure.code,
        title=measure.title,
        page=measure.page,
        bbox=box_text(measure.bbox),
        table="dashboard",
    )
    for name in VALUE_FIELDS:
        status = getattr(measure, _STATUS_OF[name]) if name in _STATUS_OF else None
        yield from _of_value(base, name, getattr(measure, name), status)
    for name, extra in measure.extra.items():
        yield from _of_value(base, name, extra, None)
    for name in WORD_FIELDS:
        yield from _of_words(base, name, getattr(measure, name), measure.printed, measure.sources)


def _of_improvement(row: Improvement, common: TidyRow) -> Iterator[TidyRow]:
    base = _with(
        common,
        section=row.directorate,
        code=row.code,
        title=row.title,
        page=row.pages[0] if row.pages else None,
        bbox=box_text(row.bbox),
        table="improvement",
    )
    statuses = {"actual": row.status, "forecast": row.forecast_status}
    for name in IMPROVEMENT_VALUES:
        yield from _of_value(base, name, getattr(row, name), statuses.get(name))
    for name, extra in row.extra.items():
        yield from _of_value(base, name, extra, None)
    for name in ("status", "forecast_status", *IMPROVEMENT_TEXTS):
        yield from _of_words(base, name, getattr(row, name), row.printed, row.sources)


def _of_value(base: TidyRow, name: str, value: Value | None, status: str | None) -> Iterator[TidyRow]:
    if value is None:
        return
    row = _with(
        base,
        field=name,
        printed=value.printed,
        value=value.value,
        unit=value.unit,
        qualifier=value.qualifier,
        status=status,
    )
    yield _placed(row, value.source)


def _of_words(
    base: TidyRow,
    name: str,
    words: str | None,
    printed: Mapping[str, str],
    sources: Mapping[str, tuple[Source, ...]],
) -> Iterator[TidyRow]:
    if words is None:
        return
    status = words if name in {"status", "forecast_status"} else None
    row = _with(base, field=name, printed=printed.get(name, words), status=status)
    yield _placed(row, sources.get(name, ()))


def _placed(row: TidyRow, sources: Sequence[Source]) -> TidyRow:
    if not sources:
        return row
    return _with(row, page=sources[0].page, bbox=box_text(sources[0].bbox))
