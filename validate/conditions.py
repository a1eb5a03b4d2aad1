"""Whether a condition of a rule can hold, and can fail, for what a row prints.

Within a rounding the truth of a condition changes only at its critical figures: the edges of its spans solved
for the figure, the target, the threshold and the earlier figures. Testing those and one figure between
each two neighbours is therefore exact. What is not printed makes a part unknown, by three-valued logic:
"unknown and false" is false all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product

from msgspec import Struct

from normalise.records import Polarity
from validate.comparisons import compared_figures, compared_intervals, compared_with, others_at
from validate.facts import Facts, Point, Tolerance
from validate.rounding import fraction, order
from validate.scheme import (
    Against,
    All,
    Any,
    Basis,
    Condition,
    Floor,
    Not,
    Scheme,
    Span,
    Trend,
    TrendIs,
    UnitIs,
    WithinTolerance,
    leaves,
)
from validate.variance import figure_at, variance

NO_TARGET = "the row prints no target"
NO_FLOOR = "the row prints no threshold of its own"
NO_TOLERANCE = "the row prints no tolerance of its own"
NO_EARLIER = "the row prints no earlier figure to compare with"
NO_BENCHMARK = "the row prints no figure of others that the rule compares with"
OTHER_UNIT = "the rule is in another unit than the row"
NO_POLARITY = "no polarity is printed"
NOT_PERCENT = "percentage points need two percentages"

TREND_OF_SIGN: dict[int, Trend] = {1: "better", 0: "same", -1: "worse"}


class Outcome(Struct, frozen=True):
    """What a condition can be over all values a row may stand for; ``missing`` says for want of what it can
    be unknown."""

    can_be_true: bool
    can_be_false: bool
    missing: tuple[str, ...] = ()

    @property
    def can_be_unknown(self) -> bool:
        return bool(self.missing)

    @property
    def surely_true(self) -> bool:
        return self.can_be_true and not self.can_be_false and not self.missing

    def joined(self, other: Outcome) -> Outcome:
        """Either may be the case."""
        return Outcome(
            self.can_be_true or other.can_be_true,
            self.can_be_false or other.can_be_false,
            tuple(dict.fromkeys(self.missing + other.missing)),
        )


def outcome(condition: Condition, facts: Facts) -> Outcome:
    """What ``condition`` can be over every value that ``facts`` may stand for.

    Kept with the facts, because the likely reading, the verdict and its arithmetic ask the same of the same row;
    by the condition's id, which stays its own as long as the condition is kept with it.
    """
    known: tuple[Condition, Outcome] | None = facts.known.get(id(condition))
    if known is None:
        known = facts.known[id(condition)] = (condition, _outcome(condition, facts))
    return known[1]


def _outcome(condition: Condition, facts: Facts) -> Outcome:
    can_be_true = can_be_false = False
    missing: dict[str, None] = {}
    for point in points(facts, condition):
        truth = truth_at(condition, point)
        can_be_true |= truth is True
        can_be_false |= truth is False
        if truth is None:
            missing |= dict.fromkeys(wants(condition, point.facts))
    return Outcome(can_be_true, can_be_false, tuple(missing))


def points(facts: Facts, *conditions: Condition) -> Iterator[Point]:
    """Possibilities that stand for all others as far as ``conditions`` can tell."""
    compared = [part for c in conditions for part in leaves(c) if isinstance(part, (TrendIs, Against))]
    for settled in facts.settled():
        polarity = settled.polarity or "high"
        for figure in _figures(settled, conditions):
            if not compared:
                yield Point(settled, polarity, figure)
                continue
            marks = {figure, *(r for part in compared for r in others_at(part, figure, polarity))}
            others = (settled.previous, settled.last_year, *(b.figure for b in settled.benchmarks))
            choices = [(None,) if o is None else o.test_points(marks) for o in others]
            for previous, last_year, *benchmarks in product(*choices):
                known = tuple(b for b in benchmarks if b is not None)
                yield Point(settled, polarity, figure, previous, last_year, known)


def _figures(settled: Facts, conditions: tuple[Condition, ...]) -> tuple[Fraction, ...]:
    """Figures that stand for all that a row may mean; of one printed without rounding, that one."""
    own = settled.figure
    if own.point is not None and own.is_point:
        return (own.point,)
    return own.test_points(x for c in conditions for x in critical_figures(c, settled))


def critical_figures(condition: Condition, facts: Facts) -> Iterator[Fraction]:
    """Figures at which the truth of ``condition`` may change, for settled facts."""
    target, polarity = facts.target, facts.polarity or "high"
    if target is not None:
        yield target
    for part in leaves(condition):
        if isinstance(part, Span) and target is not None:
            for edge in (part.low, part.high):
                if edge is not None:
                    yield _figure_at(edge, target, polarity, part.basis)
        elif isinstance(part, Floor) and facts.floor is not None:
            yield facts.floor
        elif isinstance(part, WithinTolerance) and target is not None and facts.tolerance is not None:
            basis = tolerance_basis(part, facts.tolerance, facts)
            yield figure_at(-facts.tolerance.amount, target, polarity, basis)
    yield from compared_figures([p for p in leaves(condition) if isinstance(p, (TrendIs, Against))], facts)


def kinds_used(scheme: Scheme) -> set[type[Condition]]:
    """The kinds of conditions that a rule's bands are made of, in any of its readings."""
    conditions = [
        b.condition for reading in scheme.readings for b in reading.bands if b.condition is not None
    ]
    return {type(part) for condition in conditions for part in leaves(condition)}


def truth_at(condition: Condition, point: Point) -> bool | None:
    """Whether ``condition`` holds at one possibility; None where something it needs is not printed."""
    facts = point.facts
    match condition:
        case Span():
            return _in_span(condition, point)
        case All(parts):
            truths = [truth_at(part, point) for part in parts]
            return False if False in truths else None if None in truths else True
        case Any(parts):
            truths = [truth_at(part, point) for part in parts]
            return True if True in truths else None if None in truths else False
        case Not(part):
            inner = truth_at(part, point)
            return None if inner is None else not inner
        case UnitIs(percentage):
            return None if facts.percentage is None else facts.percentage is percentage
        case Floor(met, edge_in):
            if facts.floor is None:
                return None
            gain = variance(point.figure, facts.floor, point.polarity, "absolute")
            return gain.above(Fraction(0), edge_in=edge_in) is met
        case WithinTolerance(within, edge_in):
            if facts.tolerance is None or facts.target is None:
                return None
            basis = tolerance_basis(condition, facts.tolerance, facts)
            gain = variance(point.figure, facts.target, point.polarity, basis)
            return gain.above(-facts.tolerance.amount, edge_in=edge_in) is within
        case TrendIs():
            other = compared_with(condition, point)
            if other is None:
                return None
            sign = (point.figure > other) - (point.figure < other)
            return TREND_OF_SIGN[sign if point.polarity == "high" else -sign] in condition.trends
        case Against():
            other = compared_with(condition, point)
            if other is None or needs_percentages(condition, facts):
                return None
            polarity = "high" if condition.literal else point.polarity
            gain = variance(point.figure, other, polarity, condition.basis)
            return (
                condition.low is None or gain.above(fraction(condition.low), edge_in=condition.low_in)
            ) and (condition.high is None or gain.below(fraction(condition.high), edge_in=condition.high_in))


def _in_span(span: Span, point: Point) -> bool | None:
    facts = point.facts
    if facts.target is None or needs_percentages(span, facts) or other_unit(span, facts):
        return None
    if facts.target == 0 and span.basis == "relative":
        gain = variance(point.figure, facts.target, point.polarity, span.basis)
        return (span.low is None or gain.above(fraction(span.low), edge_in=span.low_in)) and (
            span.high is None or gain.below(fraction(span.high), edge_in=span.high_in)
        )
    return _beyond(point, span.low, span.low_in, span.basis, 1) and _beyond(
        point, span.high, span.high_in, span.basis, -1
    )


def _beyond(point: Point, edge: Decimal | None, edge_in: bool, basis: Basis, side: int) -> bool:
    """Whether a figure lies on the better (1) or worse (-1) side of an edge, solved for the figure."""
    if edge is None or point.facts.target is None:
        return True
    at = _figure_at(edge, point.facts.target, point.polarity, basis)
    above = order(point.figure, at)
    if above == 0:
        return edge_in
    return (above > 0) is ((side > 0) is (point.polarity == "high"))


def _figure_at(edge: Decimal, target: Fraction, polarity: Polarity, basis: Basis) -> Fraction:
    return _solved(edge, target.numerator, target.denominator, polarity, basis)


@lru_cache(maxsize=4096)
def _solved(edge: Decimal, numerator: int, denominator: int, polarity: Polarity, basis: Basis) -> Fraction:
    """Kept by the parts of the target, for a Fraction takes longer to hash than to add."""
    return figure_at(fraction(edge), Fraction(numerator, denominator), polarity, basis)


def other_unit(span: Span, facts: Facts) -> bool:
    """Whether a span in days, pounds and the like meets a measure that is not known to be in them."""
    return bool(span.unit) and span.unit != facts.unit and bool(span.low or span.high)


def needs_percentages(span: Span | Against, facts: Facts) -> bool:
    """Whether a span in points meets a measure that is no percentage. Against 0 the basis is all one."""
    return span.basis == "points" and facts.percentage is False and bool(span.low or span.high)


def tolerance_basis(part: WithinTolerance, tolerance: Tolerance, facts: Facts) -> Basis:
    """A tolerance printed in per cent of something that is no percentage can only be relative; one in days is in days."""
    if tolerance.in_percent and not facts.percentage:
        return "relative"
    if tolerance.in_own_unit:
        return "absolute"
    return part.basis


def wants(condition: Condition, facts: Facts) -> Iterator[str]:
    """What ``condition`` needs and ``facts`` lack, in words."""
    for part in leaves(condition):
        if isinstance(part, (Span, WithinTolerance)) and facts.target is None:
            yield NO_TARGET
        elif isinstance(part, (Span, Against)) and needs_percentages(part, facts):
            yield NOT_PERCENT
        elif isinstance(part, Span) and other_unit(part, facts):
            yield OTHER_UNIT
        elif isinstance(part, Floor) and facts.floor is None:
            yield NO_FLOOR
        elif isinstance(part, WithinTolerance) and facts.tolerance is None:
            yield NO_TOLERANCE
        if isinstance(part, (TrendIs, Against)) and not compared_intervals(part, facts):
            benchmark = isinstance(part, Against) and part.to == "benchmark"
            yield NO_BENCHMARK if benchmark else NO_EARLIER


def excluded(condition: Condition, facts: Facts) -> bool:
    """Whether a condition is for the other kind of measure."""
    if isinstance(condition, UnitIs):
        return facts.percentage is not None and condition.percentage is not facts.percentage
    if isinstance(condition, All):
        return any(excluded(part, facts) for part in condition.parts)
    return False


def relevant(condition: Condition, facts: Facts) -> Iterator[Condition]:
    """The leaves of a condition without branches for the other kind of measure."""
    if excluded(condition, facts):
        return
    if isinstance(condition, (All, Any)):
        for part in condition.parts:
            yield from relevant(part, facts)
    elif isinstance(condition, Not):
        yield from relevant(condition.part, facts)
    else:
        yield condition
