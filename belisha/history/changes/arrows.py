"""Arrows against the figures of two reports, where the later one prints no earlier figure beside the arrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from belisha.history.changes.change import Change
from belisha.history.moments import Moment
from belisha.history.points import Points, Printed
from belisha.history.vintages import Vintage
from normalise.records import ExtraValue, Measure
from validate.audit import printed_scheme
from validate.checks.direction import DirectionContradicted
from validate.checks.evidence import Evidence

if TYPE_CHECKING:
    from belisha.history.chronicle import Chronicle


def find(chronicle: Chronicle) -> Iterator[Change]:
    """Set last quarter's figure where the column would be, and let the report's own check for arrows judge."""
    for vintage in chronicle.vintages:
        if vintage.moment is None:
            continue
        filled: dict[int, tuple[int, Printed]] = {}
        rows = list(vintage.report.measures)
        for row, measure in enumerate(rows):
            number = chronicle.number_of[vintage.reading, row]
            points = chronicle.points[number]
            before = _then(points, vintage.moment.earlier(), vintage)
            if measure.previous is not None or measure.direction is None or before is None:
                continue
            rows[row] = _with_past(measure, points, before, vintage)
            filled[row] = (number, before)
        if filled:
            yield from _judge(chronicle, vintage, rows, filled)


def _then(points: Points, moment: Moment, vintage: Vintage) -> Printed | None:
    """What was printed for a period before this report came out."""
    known = [p for p in points.get((moment, "actual"), ()) if p.vintage.order < vintage.order]
    return known[-1] if known else None


def _with_past(measure: Measure, points: Points, before: Printed, vintage: Vintage) -> Measure:
    extra = dict(measure.extra)
    assert vintage.moment is not None  # noqa: S101 - only vintages with a moment are gone through
    ago = Moment(vintage.moment.first - 1, vintage.moment.month, vintage.moment.span)
    for moment in (ago, vintage.moment.whole_year.earlier(), Moment.quarter_of(vintage.moment.first - 1, 4)):
        then = _then(points, moment, vintage)
        if then is not None and then.value is not None:
            extra[f"history: {moment}"] = ExtraValue(**then.value.model_dump(), role="last_year")
    headings = {**measure.column_headings, "previous": "Previous quarter"}
    return measure.model_copy(update={"previous": before.value, "extra": extra, "column_headings": headings})


def _judge(
    chronicle: Chronicle, vintage: Vintage, rows: list[Measure], filled: dict[int, tuple[int, Printed]]
) -> Iterator[Change]:
    report = vintage.report.model_copy(update={"measures": tuple(rows)})
    evidence = Evidence(report, printed_scheme(report), (), "", ())
    for finding in DirectionContradicted().find(evidence):
        row = next(
            (n for n in filled if rows[n].title == finding.title and rows[n].code == finding.code), None
        )
        if row is None:
            continue
        number, before = filled[row]
        assert vintage.moment is not None  # noqa: S101 - only vintages with a moment are gone through
        now = next(
            p for p in chronicle.points[number].get((vintage.moment, "actual"), ()) if p.vintage is vintage
        )
        yield chronicle.change(
            number,
            "direction-contradicted",
            f"{finding.message} {before.printed} is from {before.vintage.name}.",
            verdict=finding.verdict,
            field="direction",
            period=str(vintage.moment),
            was=before.printed,
            now=finding.printed,
            places=(before, now),
        )
