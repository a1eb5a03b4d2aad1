"""A figure beside another printed one: an earlier figure, or one of others.

In the plane of the figure and that other one, the truth of a comparison changes along straight lines. Testing the figures
at which these lines meet each other or the ends of a rounding, and between them, is therefore exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from normalise.records import Polarity
from validate.facts import Facts, Point
from validate.rounding import Interval
from validate.scheme import Against, TrendIs
from validate.variance import figure_at

Compared = TrendIs | Against


def compared_with(part: Compared, point: Point) -> Fraction | None:
    """The other figure at one possibility; None where it is not printed."""
    to = _to(part)
    if to == "benchmark":
        at = _benchmark(part, point.facts)
        return None if at is None else point.benchmarks[at]
    if to == "last_year":
        return point.last_year
    if to == "previous" or point.previous is not None:
        return point.previous
    return point.last_year


def compared_intervals(part: Compared, facts: Facts) -> tuple[Interval, ...]:
    """What is printed of the other figure; both earlier ones, where the words do not say which."""
    to = _to(part)
    if to == "benchmark":
        at = _benchmark(part, facts)
        return () if at is None else (facts.benchmarks[at].figure,)
    printed = {"previous": (facts.previous,), "last_year": (facts.last_year,)}
    return tuple(i for i in printed.get(to, (facts.previous, facts.last_year)) if i is not None)


def _to(part: Compared) -> str:
    if isinstance(part, Against):
        return part.to
    return part.against or "earlier"


def _benchmark(part: Compared, facts: Facts) -> int | None:
    """The one column whose heading names what the rule names, else one that is supposed."""
    if not isinstance(part, Against):
        return None
    found = [i for i, b in enumerate(facts.benchmarks) if b.words is not None and part.words <= b.words]
    if found:
        return found[0] if len(found) == 1 else None
    return next((i for i, b in enumerate(facts.benchmarks) if b.words is None), None)


def others_at(part: Compared, figure: Fraction, polarity: Polarity) -> Iterator[Fraction]:
    """The other figures at which the truth of a comparison with ``figure`` may change."""
    yield Fraction(0)
    for slope, shift in _lines(part, polarity):
        if slope:
            yield (figure - shift) / slope


def compared_figures(parts: Sequence[Compared], facts: Facts) -> Iterator[Fraction]:
    """The figures at which the truth of comparisons may change, whatever the other figure is."""
    polarity = facts.polarity or "high"
    lines = [line for part in parts for line in _lines(part, polarity)]
    for part in parts:
        for other in compared_intervals(part, facts):
            for end in (other.low, other.high):
                if end is None:
                    continue
                yield end
                yield from (slope * end + shift for slope, shift in _lines(part, polarity))
    for (a, c), (b, d) in combinations(dict.fromkeys(lines), 2):
        if a != b:
            yield a * (d - c) / (a - b) + c


def _lines(part: Compared, polarity: Polarity) -> Iterator[tuple[Fraction, Fraction]]:
    """Lines figure = slope × other + shift along which a comparison turns."""
    yield Fraction(1), Fraction(0)
    if isinstance(part, TrendIs):
        return
    own: Polarity = "high" if part.literal else polarity
    for edge in (part.low, part.high):
        if edge is None:
            continue
        if part.basis == "relative":
            yield figure_at(Fraction(edge), Fraction(1), own, "relative"), Fraction(0)
            yield -figure_at(Fraction(edge), Fraction(-1), own, "relative"), Fraction(0)
        else:
            yield Fraction(1), figure_at(Fraction(edge), Fraction(0), own, part.basis)
