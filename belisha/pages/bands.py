"""Where a figure stands: the stretches of the line on which the report's rule gives each status.

The stretches are worked out exactly, by the same conditions that the audit judges with.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from belisha.tones import in_words
from normalise.records import Improvement, Measure, Value
from validate.audit import Audit
from validate.cases import Case, StatusField, case_of
from validate.conditions import critical_figures, truth_at
from validate.facts import Facts, Point
from validate.rounding import Interval
from validate.scheme import Reading

Row = Measure | Improvement
MARGIN = Fraction(18, 100)  # of the span, on both sides


class Stretch(Struct, frozen=True):
    """A part of the line with one status (None: the rule names none there), from ``low`` to ``high``."""

    low: Fraction
    high: Fraction
    status: str | None


class Strip(Struct, frozen=True):
    """A figure against its target on a line from ``low`` to ``high``, in the figure's own unit."""

    field: StatusField
    figure: Fraction
    target: Fraction | None
    figure_printed: str
    target_printed: str
    low: Fraction
    high: Fraction
    stretches: tuple[Stretch, ...] = ()

    def place(self, x: Fraction) -> float:
        """Where a value lies on the line, from 0 to 1."""
        return float((x - self.low) / (self.high - self.low))

    def told(self) -> str:
        """The strip in words."""
        words = f"{'Figure' if self.field == 'status' else 'Forecast'} {self.figure_printed}"
        if self.target_printed:
            words += f" against target {self.target_printed}"
        named = [s for s in self.stretches if s.status]
        if not named:
            return words + "."
        parts = [
            f"{in_words(s.status)} {_between(s, first=s is self.stretches[0], last=s is self.stretches[-1])}"
            for s in named
        ]
        return f"{words}. By the rule: {', '.join(parts)}."


def strip_of(
    row: Row, field: StatusField, audit: Audit | None, dashboard: Measure | None = None
) -> Strip | None:
    """The strip of a row's figure (or forecast); None where it prints no figure."""
    case = case_of(row, field, dashboard)
    figure, target = case.figure or _figure(row, field), case.target or _target(row, field)
    if figure is None or figure.value is None:
        return None
    f = Fraction(figure.value)
    t = None if target is None or target.value is None else Fraction(target.value)
    facts = case.worlds[0].facts.as_printed if len(case.worlds) == 1 else None
    reading = _reading(case, audit)
    marks = _marks(reading, facts) if reading and facts else []
    shown = [x for x in (f, t, *marks) if x is not None]
    low, high = min(shown), max(shown)
    pad = (high - low) * MARGIN or abs(high) * MARGIN or Fraction(1)
    low, high = low - pad, high + pad
    stretches = _stretches(reading, facts, marks, low, high) if reading and facts and marks else ()
    return Strip(
        field, f, t, figure.printed, target.printed if target and t is not None else "", low, high, stretches
    )


def _figure(row: Row, field: StatusField) -> Value | None:
    return row.actual if field == "status" else row.forecast


def _target(row: Row, field: StatusField) -> Value | None:
    if field == "forecast_status" and isinstance(row, Measure):
        return row.year_end_target
    return row.target if field == "status" else None


def _reading(case: Case, audit: Audit | None) -> Reading | None:
    """The reading that the verdict on this status names, else the likely one."""
    if audit is None or audit.scheme is None or not audit.scheme.usable or case.printed is None:
        return None
    for judged in audit.verdicts:
        if judged.row is case.row and judged.field == case.field:
            for reading in audit.scheme.readings:
                if reading.name == judged.found.reading:
                    return reading
    return audit.likely_reading


def _marks(reading: Reading, facts: Facts) -> list[Fraction]:
    settled = facts.settled()
    if len(settled) != 1:
        return []
    found = {
        x
        for band in reading.bands
        if band.condition is not None and band.rated
        for x in critical_figures(band.condition, settled[0])
    }
    return sorted(found)


def _stretches(
    reading: Reading, facts: Facts, marks: list[Fraction], low: Fraction, high: Fraction
) -> tuple[Stretch, ...]:
    """Between each two marks the first band that holds, best first; neighbours with one status joined."""
    edges = [low, *(m for m in marks if low < m < high), high]
    found: list[Stretch] = []
    for start, end in pairwise(edges):
        status = _status_at((start + end) / 2, reading, facts)
        if found and found[-1].status == status:
            found[-1] = Stretch(found[-1].low, end, status)
        else:
            found.append(Stretch(start, end, status))
    return tuple(found) if any(s.status for s in found) else ()


def _status_at(x: Fraction, reading: Reading, facts: Facts) -> str | None:
    earlier = [_printed(interval) for interval in (facts.previous, facts.last_year)]
    others = tuple(b.figure.point for b in facts.benchmarks if b.figure.point is not None)
    if len(others) < len(facts.benchmarks):
        return None
    point = Point(facts, facts.polarity or "high", x, earlier[0], earlier[1], others)
    for band in reading.bands:
        if band.rated and band.condition is not None and truth_at(band.condition, point):
            return band.status
    return None


def _printed(earlier: Interval | None) -> Fraction | None:
    return None if earlier is None else earlier.point


def _between(stretch: Stretch, *, first: bool, last: bool) -> str:
    if first and last:
        return "everywhere"
    if first:
        return f"below {number(stretch.high)}"
    if last:
        return f"above {number(stretch.low)}"
    return f"from {number(stretch.low)} to {number(stretch.high)}"


def number(x: Fraction) -> str:
    """A figure for a label: four significant places at most."""
    if x.denominator == 1 and abs(x) < 10**9:
        return f"{x.numerator:,}"
    shown = f"{float(x):,.4g}" if abs(x) < 1000 else f"{float(x):,.0f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
