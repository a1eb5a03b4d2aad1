"""The arithmetic behind a verdict as sentences that a pocket calculator can check."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from normalise.records import Polarity, Value
from validate.band_words import MOST_PLACES, band_in_words, number, plain
from validate.cases import Case
from validate.conditions import critical_figures, excluded, outcome, relevant, tolerance_basis
from validate.facts import Facts
from validate.readings import condition_for
from validate.rounding import Interval, stretches
from validate.scheme import Against, Basis, Condition, Floor, Reading, Span, TrendIs, WithinTolerance, leaves
from validate.variance import variance
from validate.words import status_in_words


def arithmetic(case: Case, reading: Reading) -> str:
    """How figure and target lead to a status, and what the printed status would need."""
    if case.figure is None or case.target is None or not case.worlds:
        return ""
    facts = case.worlds[0].facts
    parts = [_opening(case) + _variance_words(case, facts, reading)]
    parts += _thresholds(case, reading)
    parts.append(_outcome_words(case, facts, reading))
    return " ".join(part for part in parts if part)


def _opening(case: Case) -> str:
    figure, target = _shown(case.figure), _shown(case.target)
    return f"{figure} against a target of {target}" + (f", {case.polarity} is good" if case.polarity else "")


def _shown(value: Value | None) -> str:
    return value.printed if value is not None else "none"


def _variance_words(case: Case, facts: Facts, reading: Reading) -> str:
    point, target = facts.figure.point, facts.target
    if point is None or target is None:
        return "."
    if point == target:
        return ": equal, so the variance is 0."
    basis = basis_used(reading, facts)
    if basis is None:
        return "."
    polarities: tuple[Polarity, ...] = (
        (facts.polarity,) if case.polarity and facts.polarity else ("high", "low")
    )
    return (
        ": " + " or, if low is good, ".join(_sum(point, target, p, basis, reading) for p in polarities) + "."
    )


def _sum(point: Fraction, target: Fraction, polarity: Polarity, basis: Basis, reading: Reading) -> str:
    first, second = (point, target) if polarity == "high" else (target, point)
    gain = variance(point, target, polarity, basis)
    if gain.amount is None:
        how = "bettered" if gain.sign > 0 else "missed"
        return f"a target of 0 is {how}, by no percentage that can be named"
    places = _places(gain.amount, _edges(reading))
    shown = plain(gain.amount, places)
    about = "=" if Fraction(number(gain.amount, places)) == gain.amount else "≈"
    less = f"{plain(first)} − {_bracketed(second)}"
    if basis == "relative":
        return f"({less}) ÷ {plain(abs(target))} × 100 {about} {shown}%"
    return f"{less} = {plain(gain.amount)}" + (" percentage points" if basis == "points" else "")


def basis_used(reading: Reading, facts: Facts) -> Basis | None:
    """The basis on which a reading measures this row; None where it does not measure against target.

    A reading that only asks whether target is met needs no percentages: the difference will do.
    """
    asks = False
    for band in reading.bands:
        if band.condition is None or excluded(band.condition, facts):
            continue
        for part in relevant(band.condition, facts):
            if isinstance(part, WithinTolerance) and facts.tolerance is not None:
                return tolerance_basis(part, facts.tolerance, facts)
            if isinstance(part, Span):
                asks = True
                if part.low or part.high:
                    return part.basis
    return "absolute" if asks else None


def _edges(reading: Reading) -> list[Fraction]:
    spans = [p for b in reading.bands if b.condition is not None for p in leaves(b.condition)]
    return [Fraction(e) for s in spans if isinstance(s, Span) for e in (s.low, s.high) if e is not None]


def _places(amount: Fraction, edges: list[Fraction]) -> int:
    """As many decimals as keep the rounded variance on its own side of every edge, at least one."""
    for places in range(1, MOST_PLACES):
        shown = Fraction(number(amount, places))
        if all(_order(shown, e) == _order(amount, e) for e in edges):
            return places
    return MOST_PLACES


def _order(a: Fraction, b: Fraction) -> int:
    return (a > b) - (a < b)


def _bracketed(amount: Fraction) -> str:
    return f"({plain(amount)})" if amount < 0 else plain(amount)


def _thresholds(case: Case, reading: Reading) -> Iterator[str]:
    """The further figures of the row that the rule looks at."""
    kinds = {type(p) for b in reading.bands if b.condition is not None for p in leaves(b.condition)}
    if Floor in kinds and case.floor is not None:
        yield f"The row's own threshold is {case.floor.printed}."
    if WithinTolerance in kinds and case.tolerance is not None:
        yield f"The row's own tolerance is {case.tolerance.printed}."
    if {TrendIs, Against} & kinds and case.earlier is not None:
        yield f"The earlier figure is {case.earlier.printed}."
    if Against in kinds:
        for heading, value in case.row.extra.items():
            if value.role == "benchmark":
                yield f"{heading}: {value.printed}."


def _outcome_words(case: Case, facts: Facts, reading: Reading) -> str:
    """What the rule gives, in its own terms, and what the printed status would need."""
    given = [
        f"{status_in_words(band.status)} for {band_in_words(band.condition, facts)}"
        for band in reading.bands
        if band.rated and band.condition is not None and _holds(band.condition, facts.as_printed)
    ]
    text = f"The rule gives {' or '.join(given)}" if given else "The rule names no status for this"
    printed = condition_for(reading, case.printed or "")
    if printed is None or _holds(printed, facts.as_printed) or not case.polarity:
        return text + "."
    needed = _needed(printed, facts, case)
    return text + (f"; {status_in_words(case.printed or '')} would need {needed}." if needed else ".")


def _holds(condition: Condition, facts: Facts) -> bool:
    return outcome(condition, facts).can_be_true


def _needed(condition: Condition, facts: Facts, case: Case) -> str:
    """The nearest figures for which ``condition`` holds, all else as printed."""
    point = facts.figure.point
    if point is None:
        return ""
    free = facts.as_printed
    found = list(_true_stretches(condition, free))
    if not found:
        return ""
    nearest = min(found, key=lambda s: _distance(s, point))
    suffix = "%" if case.figure and case.figure.unit == "percent" else ""
    below = nearest.low is not None and nearest.low >= point
    edge, edge_in = (nearest.low, nearest.low_in) if below else (nearest.high, nearest.high_in)
    if edge is None:
        return ""
    places = max(2, *(_decimals(v) + 1 for v in (case.figure, case.target)))
    shown = plain(edge) if _needs_at_most(edge, places) else "about " + plain(edge, places)
    if nearest.low == nearest.high:
        return f"{shown}{suffix}"
    if below:
        return f"{shown}{suffix} or more" if edge_in else f"more than {shown}{suffix}"
    return f"{shown}{suffix} or less" if edge_in else f"less than {shown}{suffix}"


def _decimals(value: Value | None) -> int:
    if value is None or value.value is None:
        return 0
    exponent = value.value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _needs_at_most(amount: Fraction, places: int) -> bool:
    return bool(10**places % amount.denominator == 0)


def _distance(stretch: Interval, point: Fraction) -> Fraction:
    if stretch.low is not None and point < stretch.low:
        return stretch.low - point
    if stretch.high is not None and point > stretch.high:
        return point - stretch.high
    return Fraction(0)


def _true_stretches(condition: Condition, facts: Facts) -> Iterator[Interval]:
    """The stretches of figures, from low to high, for which ``condition`` holds."""
    marks = critical_figures(condition, facts.settled()[0])
    return stretches(marks, lambda x: _holds(condition, _with_figure(facts, x)))


def _with_figure(facts: Facts, x: Fraction) -> Facts:
    return replace(facts, figure=Interval.at(x))
