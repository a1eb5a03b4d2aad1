"""Whether the bands of a reading cover the line: figures that no band names, and figures that two name.

The line is looked at for a measure with a target of 100 where high is good, so that one per cent, one point
and one unit are the same; with every trend, and as a percentage and not, where the rule asks for those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import combinations, product

from validate.band_words import TREND_WORDS, span_in_words
from validate.conditions import (
    TREND_OF_SIGN,
    Facts,
    Point,
    Tolerance,
    critical_figures,
    leaves,
    truth_at,
)
from validate.rounding import Interval, stretches
from validate.scheme import Any, Basis, Condition, Reading, Span, TrendIs, UnitIs
from validate.words import status_in_words

TARGET = Fraction(100)
FLOOR = Fraction("90.50137")  # so that neither meets an edge of the rule
TOLERANCE = Fraction("7.00291")
WHOLE_LINE = Interval(None, None)


Truths = dict[str, bool | None]


def gaps_of(reading: Reading) -> tuple[str, ...]:
    """Plain sentences about figures for which no band of ``reading`` is true; empty where there are none.

    A status that is told in words alone may be meant for such figures; then the sentence says so.
    """
    if not _conditions(reading):
        return ()
    in_words = [status_in_words(b.status) for b in reading.bands if b.rated and b.condition is None]
    tail = f", unless {' or '.join(in_words)} is meant" if in_words else ""
    found = _where(reading, lambda truths: all(truth is False for truth in truths.values()))
    return tuple(f"No status is named for this: {where}{tail}." for where in found)


def overlaps_of(reading: Reading) -> tuple[str, ...]:
    """Plain sentences about figures for which two bands are true; empty where there are none."""
    sentences: list[str] = []
    for one, other in combinations(_conditions(reading), 2):
        found = _where(reading, partial(_both, one, other))
        names = f"{status_in_words(one)} and {status_in_words(other)}"
        sentences += [f"Both {names} are named for this: {where}." for where in found]
    return tuple(sentences)


def _both(one: str, other: str, truths: Truths) -> bool:
    return truths[one] is True and truths[other] is True


def _conditions(reading: Reading) -> dict[str, Condition]:
    """When each status is given, bands of one status together."""
    found: dict[str, list[Condition]] = {}
    for band in reading.bands:
        if band.rated and band.condition is not None:
            found.setdefault(band.status, []).append(band.condition)
    return {status: Any(tuple(parts)) for status, parts in found.items()}


def _where(reading: Reading, wanted: Callable[[Truths], bool]) -> tuple[str, ...]:
    """The figures for which ``wanted`` is true, in words."""
    conditions = _conditions(reading)
    parts = [part for condition in conditions.values() for part in leaves(condition)]
    kinds = (True, False) if any(isinstance(p, UnitIs) for p in parts) else (True,)
    signs = (1, 0, -1) if any(isinstance(p, TrendIs) for p in parts) else (None,)
    found: dict[tuple[str, bool], list[int | None]] = {}
    for kind, sign in product(kinds, signs):
        facts = Facts(WHOLE_LINE, TARGET, "high", kind, FLOOR, Tolerance(TOLERANCE))
        marks = [x for c in conditions.values() for x in critical_figures(c, facts)]

        def holds(figure: Fraction, facts: Facts = facts, sign: int | None = sign) -> bool:
            point = Point(facts, "high", figure, sign, sign)
            return wanted({status: truth_at(c, point) for status, c in conditions.items()})

        for stretch in stretches(marks, holds):
            found.setdefault((_stretch_in_words(stretch, _basis(parts, facts)), kind), []).append(sign)
    words: dict[str, None] = {}
    for (where, kind), trends in found.items():
        who = (" for a percentage" if kind else " for what is no percentage") if len(kinds) > 1 else ""
        same_for_both = len(kinds) > 1 and found.get((where, not kind)) == trends
        trend = "" if len(trends) == len(signs) else " and " + _trends(trends)
        words[f"{where}{trend}{'' if same_for_both else who}"] = None
    return tuple(words)


def _trends(signs: Iterable[int | None]) -> str:
    return " or ".join(TREND_WORDS[TREND_OF_SIGN[sign]] for sign in signs if sign is not None)


def _basis(parts: Iterable[Condition], facts: Facts) -> Basis:
    """The basis of the first span that is for this kind of measure."""
    spans = [p for p in parts if isinstance(p, Span) and (p.low or p.high)]
    if not facts.percentage:
        spans = [p for p in spans if p.basis != "points"] or spans
    return spans[0].basis if spans else "relative"


def _stretch_in_words(stretch: Interval, basis: Basis) -> str:
    own = {FLOOR: "the row's own threshold", TARGET - TOLERANCE: "the row's own tolerance"}
    if not any(end in own for end in (stretch.low, stretch.high)):
        low, high = (None if end is None else _decimal(end - TARGET) for end in (stretch.low, stretch.high))
        return span_in_words(Span(low, high, stretch.low_in, stretch.high_in, basis))
    low_word, high_word = (
        None if end is None else own.get(end) or _size(end - TARGET, basis)
        for end in (stretch.low, stretch.high)
    )
    if low_word == high_word:
        return f"exactly at {low_word}"
    if low_word is None:
        return f"{'at or ' if stretch.high_in else ''}worse than {high_word}"
    if high_word is None:
        return f"{'at or ' if stretch.low_in else ''}better than {low_word}"
    return f"between {low_word} and {high_word}"


def _size(gain: Fraction, basis: Basis) -> str:
    edge = _decimal(gain)
    return "target" if edge == 0 else span_in_words(Span(edge, edge, basis=basis)).removeprefix("exactly ")


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
