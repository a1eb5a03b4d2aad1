"""What a report says about periods before its own: figures under "Previous", "Q1", "2014/15" and the like."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from belisha.history.moments import Moment, moments_of_heading
from belisha.history.vintages import Vintage
from normalise.records import Measure, Value
from validate.checks.figures import is_point, other_date

_ABOUT_OTHER_THINGS = frozenset(
    ("floor", "tolerance", "variance", "benchmark", "numerator", "denominator", "direction")
)


class Told(Struct, frozen=True):
    """A figure that a row prints for an earlier period; ``moments`` are the periods that may be meant."""

    heading: str
    value: Value
    moments: tuple[Moment, ...]
    target: bool = False


def told_of_past(vintage: Vintage) -> dict[int, list[Told]]:
    """By row number, the figures for earlier periods; empty for a report without a period."""
    if vintage.moment is None:
        return {}
    found: dict[int, list[Told]] = {}
    for number, measure in enumerate(vintage.report.measures):
        told = list(_of_row(measure, vintage.moment))
        if told:
            found[number] = told
    return found


def _of_row(measure: Measure, report: Moment) -> Iterator[Told]:
    columns: list[tuple[str, Value]] = []
    if measure.previous is not None:
        columns.append((measure.column_headings.get("previous", ""), measure.previous))
    columns += [(h, extra) for h, extra in measure.extra.items() if extra.role not in _ABOUT_OTHER_THINGS]
    for heading, value in columns:
        if not is_point(value) or value.confidence == "low" or other_date(value):
            continue
        moments = tuple(
            m for m in moments_of_heading(heading, report) if m.order < report.order and m != report
        )
        if moments:
            yield Told(heading, value, moments, target=_is_target(heading))


def _is_target(heading: str) -> bool:
    words = heading.casefold()
    return "target" in words or "goal" in words or "plan" in words.split()
