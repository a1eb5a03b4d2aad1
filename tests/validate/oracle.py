"""A second, slow and plain way to the verdicts, to hold the first one against.

It knows nothing of critical figures: it walks over every figure of a grid inside the rounding, and over every
earlier figure likewise, and asks the rule. The grid is fine enough to hold every edge of the random rules.

``python -m tests.validate.oracle --cases 100000`` prints how many of the random cases agree.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from multiprocessing import Pool

from normalise.records import ExtraValue, Measure, Value
from tests.validate.dice import COUNTED, Dice
from validate.scheme import (
    Against,
    All,
    Any,
    Condition,
    Floor,
    Not,
    Reading,
    Scheme,
    Span,
    Trend,
    TrendIs,
    UnitIs,
    WithinTolerance,
)
from validate.verdicts import judge

# The critical figures of the random rules are multiples of 0.02 (0.1 with earlier figures); a step is half.
STEP = Fraction(1, 100)
STEP_WITH_EARLIER = Fraction(1, 20)
Truth = bool | None


@dataclass(frozen=True)
class Spot:
    """One figure, one earlier figure, one way to see polarity and unit."""

    figure: Fraction
    earlier: Fraction | None
    target: Fraction
    high_is_good: bool
    percentage: bool
    floor: Fraction | None
    tolerance: Fraction | None
    tolerance_in_percent: bool
    tolerance_in_words: bool = False  # "3 days"


def holds(condition: Condition, spot: Spot) -> Truth:
    """Whether a condition is true of a spot, straight from its definition."""
    if isinstance(condition, (All, Any)):
        found = {holds(part, spot) for part in condition.parts}
        strong = isinstance(condition, Any)
        return strong if strong in found else None if None in found else not strong
    if isinstance(condition, Not):
        inner = holds(condition.part, spot)
        return None if inner is None else not inner
    if isinstance(condition, UnitIs):
        return condition.percentage == spot.percentage
    better = spot.figure - spot.target if spot.high_is_good else spot.target - spot.figure
    if isinstance(condition, Span):
        zero_edges = not condition.low and not condition.high
        if condition.basis == "points" and not spot.percentage and not zero_edges:
            return None
        return _between(condition, better, spot.target)
    if isinstance(condition, Floor):
        if spot.floor is None:
            return None
        above = spot.figure - spot.floor if spot.high_is_good else spot.floor - spot.figure
        return (above > 0 or (above == 0 and condition.edge_in)) == condition.met
    if isinstance(condition, WithinTolerance):
        return _tolerated(condition, better, spot)
    return _beside_earlier(condition, spot)


def _tolerated(condition: WithinTolerance, better: Fraction, spot: Spot) -> Truth:
    if spot.tolerance is None:
        return None
    allowed = spot.tolerance
    shares = condition.basis == "relative" and not spot.tolerance_in_words
    if shares or (spot.tolerance_in_percent and not spot.percentage):
        if spot.target == 0 and better != 0:
            return (better > 0) == condition.within
        if spot.target != 0:
            allowed = spot.tolerance * abs(spot.target) / 100
    miss = -better
    return (miss < allowed or (miss == allowed and condition.edge_in)) == condition.within


def _beside_earlier(condition: TrendIs | Against, spot: Spot) -> Truth:
    if spot.earlier is None:
        return None
    if isinstance(condition, Against):
        if condition.basis == "points" and not spot.percentage and (condition.low or condition.high):
            return None
        up = spot.high_is_good or condition.literal
        return _between(condition, (spot.figure - spot.earlier) * (1 if up else -1), spot.earlier)
    gain = spot.figure - spot.earlier if spot.high_is_good else spot.earlier - spot.figure
    trend: Trend = "better" if gain > 0 else "worse" if gain < 0 else "same"
    return trend in condition.trends


def _between(span: Span | Against, better: Fraction, target: Fraction) -> bool:
    """Compared by multiplying out, not by dividing."""
    scale = abs(target) / 100 if span.basis == "relative" else Fraction(1)
    for edge, edge_in, side in ((span.low, span.low_in, 1), (span.high, span.high_in, -1)):
        if edge is None:
            continue
        if scale == 0 and better != 0:
            if better * side < 0:
                return False
            continue
        gap = (better - (Fraction(edge) * scale if scale else Fraction(edge))) * side
        if gap < 0 or (gap == 0 and not edge_in):
            return False
    return True


def grid(value: Value | None, row: Measure, step: Fraction) -> list[Fraction]:
    """Every step from half a place below to half a place above; counts beside no decimals are exact,
    where the title says that they are counts."""
    if value is None or value.value is None or value.resolution is None:
        return []
    middle = Fraction(value.value)
    in_row = [v for v in (row.actual, row.target, row.previous, _only(row, "floor")) if v is not None]
    counted = row.title == COUNTED and {v.unit for v in (row.actual, row.target) if v is not None} == {
        "number"
    }
    decimals = any(v.resolution is not None and v.resolution < 1 for v in in_row)
    half = Fraction(0) if counted and not decimals else Fraction(value.resolution) / 2
    count = int(half / step)
    return [middle + step * i for i in range(-count, count + 1)]


def plain_verdict(row: Measure, scheme: Scheme) -> str:
    """The verdict on the row's status with the first reading that fits its unit as the likely one."""
    ways = [row.good_is == "high"] if row.good_is else [True, False]
    lesser: list[bool] = []
    floor = _only(row, "floor")
    if floor is not None and row.target is not None and floor.value != row.target.value:
        told = (floor.value or 0) < (row.target.value or 0)
        if row.good_is and told != (row.good_is == "high"):
            return "unverifiable"
        ways = [told]
    elif not row.good_is and row.inferred_good_is:
        ways = [row.inferred_good_is.good_is == "high"]
        lesser = [not ways[0]]
    first = next((r for r in scheme.readings if _speaks_of(r, row)), scheme.readings[0])
    printed = row.status or ""
    for each in (first, *(r for r in scheme.readings if r is not first)):
        if each is first and all(_all_true(each, printed, row, way) for way in ways):
            return "supported"
        if all(_some_true(each, printed, row, way) for way in ways):
            return "borderline" if each is first else "depends"
    fits = {way: _applicable(scheme, printed, row, way) for way in (*ways, *lesser)}
    if any(_some_true(each, printed, row, way) for way in ways for each in fits[way]):
        return "unverifiable"
    if any(_some_unknown(each, printed, row, way) for way in ways for each in fits[way]):
        return "unverifiable"
    for way in lesser:
        if any(_some_true(e, printed, row, way) or _some_unknown(e, printed, row, way) for e in fits[way]):
            return "depends"
    if any(_in_gap(each, row, way) for way in ways for each in fits[way]):
        return "unverifiable"
    if row.extra and not any(_uses_columns(b.condition) for r in scheme.readings for b in r.bands):
        return "unverifiable"
    return "contradicted"


def _speaks_of(each: Reading, row: Measure) -> bool:
    percentage = "percent" in {v.unit for v in (row.actual, row.target) if v is not None}
    return percentage or not any(_asks_points(band.condition) for band in each.bands)


def _asks_points(condition: Condition | None) -> bool:
    """Whether a condition for other measures than percentages is in percentage points."""
    if _never_for_others(condition):
        return False
    if isinstance(condition, All):
        return any(_asks_points(part) for part in condition.parts)
    if isinstance(condition, Any):
        return any(_asks_points(part) for part in condition.parts)
    if isinstance(condition, Not):
        return _asks_points(condition.part)
    return (
        isinstance(condition, (Span, Against))
        and condition.basis == "points"
        and bool(condition.low or condition.high)
    )


def _never_for_others(condition: Condition | None) -> bool:
    if isinstance(condition, All):
        return any(_never_for_others(part) for part in condition.parts)
    return condition == UnitIs(True)


def _uses_columns(condition: Condition | None) -> bool:
    if isinstance(condition, (All, Any)):
        return any(_uses_columns(part) for part in condition.parts)
    if isinstance(condition, Not):
        return _uses_columns(condition.part)
    return isinstance(condition, (Floor, WithinTolerance))


def _only(row: Measure, role: str) -> ExtraValue | None:
    return next((v for v in row.extra.values() if v.role == role), None)


def _spots(row: Measure, high_is_good: bool, *, as_printed: bool) -> Iterator[Spot]:
    assert row.actual is not None
    assert row.target is not None
    floor, tolerance = _only(row, "floor"), _only(row, "tolerance")
    if tolerance is not None and _may_be_a_level(tolerance, row.target):
        tolerance = None
    units = {row.actual.unit, row.target.unit}
    step = STEP if row.previous is None else STEP_WITH_EARLIER
    figures = grid(row.actual, row, step)
    earlier: list[Fraction | None] = [*grid(row.previous, row, step)] or [None]
    if as_printed:
        figures = [Fraction(row.actual.value or 0)]
        earlier = [Fraction(row.previous.value or 0) if row.previous else None]
    for figure in figures:
        for before in earlier:
            yield Spot(
                figure,
                before,
                Fraction(row.target.value or 0),
                high_is_good,
                "percent" in units,
                None if floor is None else Fraction(floor.value or 0),
                None if tolerance is None else abs(Fraction(tolerance.value or 0)),
                tolerance is not None and tolerance.unit == "percent",
                tolerance is not None and tolerance.unit not in ("percent", "number", None),
            )


def _may_be_a_level(tolerance: Value, target: Value) -> bool:
    """A tolerance from half the target to twice the target."""
    size, aim = abs(Fraction(tolerance.value or 0)), abs(Fraction(target.value or 0))
    return tolerance.unit == target.unit and aim > 0 and aim <= 2 * size and size <= 2 * aim


def _rule(each: Reading, status: str) -> Condition:
    return Any(tuple(b.condition for b in each.bands if b.status == status and b.condition is not None))


def _all_true(each: Reading, status: str, row: Measure, way: bool) -> bool:
    rule = _rule(each, status)
    return all(holds(rule, spot) is True for spot in _spots(row, way, as_printed=True))


def _some_true(each: Reading, status: str, row: Measure, way: bool) -> bool:
    return _some(each, status, row, way, lambda truth: truth is True)


def _some_unknown(each: Reading, status: str, row: Measure, way: bool) -> bool:
    return _some(each, status, row, way, lambda truth: truth is None)


def _some(each: Reading, status: str, row: Measure, way: bool, wanted: Callable[[Truth], bool]) -> bool:
    rule = _rule(each, status)
    return any(wanted(holds(rule, spot)) for spot in _spots(row, way, as_printed=False))


def _applicable(scheme: Scheme, status: str, row: Measure, way: bool) -> list[Reading]:
    """Readings in points are left out for other measures, if nothing but the unit makes them silent."""
    kept = []
    for each in scheme.readings:
        rule = _rule(each, status)
        spots = list(_spots(row, way, as_printed=False))
        silent = all(holds(rule, spot) is None for spot in spots)
        if not silent or _lacks_more_than_unit(rule, spots[0]):
            kept.append(each)
    return kept or list(scheme.readings)


def _lacks_more_than_unit(condition: Condition, spot: Spot) -> bool:
    if isinstance(condition, (All, Any)):
        return any(_lacks_more_than_unit(part, spot) for part in condition.parts)
    if isinstance(condition, Not):
        return _lacks_more_than_unit(condition.part, spot)
    return holds(condition, replace(spot, percentage=True)) is None


def _in_gap(each: Reading, row: Measure, way: bool) -> bool:
    rule = Any(tuple(b.condition for b in each.bands if b.condition is not None))
    spots = list(_spots(row, way, as_printed=True))
    # an earlier figure that is not printed may have been lower, the same or higher
    spots += [
        replace(s, earlier=s.figure + d) for s in spots if s.earlier is None for d in (-999, -1, 0, 1, 999)
    ]
    return any(holds(rule, spot) is False for spot in spots)


def disagreements(
    cases: int, seed: int = 0, first: int = 0
) -> Iterator[tuple[int, str, str, Measure, Scheme]]:
    """The random cases on which the two ways differ: number, plain verdict, the other, row, rule."""
    for n in range(first, first + cases):
        row, scheme = Dice(seed * 1_000_003 + n).row_and_scheme()
        plain, found = plain_verdict(row, scheme), judge(row, scheme).verdict
        if plain != found:
            yield n, plain, found, row, scheme


def _listed(cases: int, seed: int, first: int) -> list[tuple[int, str, str, Measure, Scheme]]:
    return list(disagreements(cases, seed, first))


def main(arguments: list[str] | None = None) -> int:
    """Print "agreed/total" and the first few that differ; 1 if any does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args(arguments)
    share = -(-given.cases // given.jobs)
    starts = range(0, given.cases, share)
    parts = [(min(share, given.cases - at), given.seed, at) for at in starts]
    if given.jobs == 1:
        lists = [_listed(*part) for part in parts]
    else:
        with Pool(given.jobs) as pool:
            lists = pool.starmap(_listed, parts)
    wrong = [each for part in lists for each in part]
    for n, plain, found, row, scheme in wrong[:5]:
        print(f"case {n}: plain {plain}, fast {found}\n  {row}\n  {scheme}", file=sys.stderr)
    print(f"agreed {given.cases - len(wrong)}/{given.cases}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
