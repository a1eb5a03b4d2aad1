"""What a printed figure may stand for.

A measurement stands for every value that rounds to it, both ends included: whether a half was rounded up,
down or to even is not printed, and leniency accuses nobody. A target is set, so it is what is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from normalise.records import Value
from validate.words import word_list

THOUSAND = 1000


@lru_cache(maxsize=4096)
def fraction(amount: Decimal) -> Fraction:
    """An amount as it is reckoned with. Kept, for a row's figures are asked for again and again."""
    return Fraction(amount)


class Interval(Struct, frozen=True):
    """All values between two exact ends (None: no end on that side). ``point`` is the value as printed,
    None where the print gives no single one ("<5", "45-50%")."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True
    point: Fraction | None = None

    @classmethod
    def at(cls, point: Fraction) -> Interval:
        """The one value ``point``."""
        return cls(point, point, point=point)

    def __contains__(self, x: object) -> bool:
        if not isinstance(x, (Fraction, int)):
            return False
        if self.low is not None:
            above = order(x, self.low)
            if above < 0 or (above == 0 and not self.low_in):
                return False
        if self.high is None:
            return True
        above = order(x, self.high)
        return above < 0 or (above == 0 and self.high_in)

    @property
    def is_point(self) -> bool:
        """Whether it is made of the one value ``point``."""
        return self.point is not None and self.low is self.point is self.high

    def times(self, factor: Fraction) -> Interval:
        """Each value ``factor`` times, which is not 0; a negative one turns the ends."""
        low, high, point = (None if x is None else x * factor for x in (self.low, self.high, self.point))
        if factor > 0:
            return Interval(low, high, self.low_in, self.high_in, point)
        return Interval(high, low, self.high_in, self.low_in, point)

    def as_printed(self) -> Interval:
        """Only the printed value; the whole interval where there is no single one."""
        return self if self.point is None else Interval.at(self.point)

    def test_points(self, critical: Iterable[Fraction]) -> tuple[Fraction, ...]:
        """Values that stand for all of the interval, if nothing changes except at ``critical`` values.

        They are the critical values inside, the ends, and one value between each two neighbours; where nothing
        inside is critical, any one value does.
        """
        marks = {x for x in critical if x in self}
        if not marks and self.point is not None:
            return (self.point,)
        marks |= {end for end in (self.low, self.high) if end is not None}
        if not marks:
            return (Fraction(0),)
        ordered = sorted(marks)
        between = [(a + b) / 2 for a, b in pairwise(ordered)]
        if self.low is None:
            between.append(ordered[0] - 1)
        if self.high is None:
            between.append(ordered[-1] + 1)
        return tuple(sorted(x for x in {*ordered, *between} if x in self))


def order(a: Fraction | int, b: Fraction | int) -> int:
    """Below, at or above 0 as ``a`` is below, at or above ``b``: exact, and in a third of the time of ``<``."""
    return a.numerator * b.denominator - b.numerator * a.denominator


def stretches(marks: Iterable[Fraction], holds: Callable[[Fraction], bool]) -> Iterator[Interval]:
    """The stretches of the line, from low to high, on which ``holds``, which may change only at ``marks``."""
    ordered = sorted(set(marks))
    start: Interval | None = None
    for x in Interval(None, None).test_points(ordered):
        is_mark = x in ordered
        mark = x if is_mark else max((m for m in ordered if m < x), default=None)
        if start is None and holds(x):
            start = Interval(mark, None, low_in=is_mark)
        elif start is not None and not holds(x):
            yield Interval(start.low, mark, start.low_in, not is_mark)
            start = None
    if start is not None:
        yield start


def interval(
    value: Value, *, measured: bool, beside: Iterable[Value | None] = (), count: bool = True
) -> Interval | None:
    """The values that ``value`` may stand for; None where the cell holds no figure.

    ``measured`` is False for targets and thresholds. ``beside`` are the other figures of the row: where one
    of them prints decimals, a whole number here may be a rounded average, as it may where the measure is
    no ``count``.
    """
    if value.value is None:
        return None
    figure = fraction(value.value)
    half = half_width(value, beside, count=count) if measured else Fraction(0)
    if value.upper is not None:
        ends = sorted((figure, fraction(value.upper)))
        return Interval(ends[0] - half, ends[1] + half)
    if value.bound is not None:
        return _bounded(figure, value)
    if not half:
        return Interval.at(figure)
    return Interval(figure - half, figure + half, point=figure)


def half_width(value: Value, beside: Iterable[Value | None] = (), *, count: bool = True) -> Fraction:
    """Half the place to which a measurement was rounded; 0 for an exact count."""
    if value.value is None:
        return Fraction(0)
    place = fraction(value.resolution) if value.resolution else _last_place(value.value)
    if place > 1:  # a scale word was worked in: "£3.0m" is rounded to its hundred thousands
        return place / 2
    plain = _whole(value.value) and place == 1 and (value.unit or "number") in word_list("counted")
    if plain and count and not any(_has_decimals(other) for other in beside):
        place = Fraction(0)
    return max(place, _round_thousands(value)) / 2


def _last_place(amount: Decimal) -> Fraction:
    exponent = amount.as_tuple().exponent
    return Fraction(10) ** min(exponent, 0) if isinstance(exponent, int) else Fraction(0)


def _whole(amount: Decimal) -> bool:
    """Printed without decimals: "8", but not "8.0"."""
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= 0


def _has_decimals(value: Value | None) -> bool:
    if value is None or value.value is None:
        return False
    if value.resolution is not None:
        return value.resolution < 1
    return not _whole(value.value)


def _round_thousands(value: Value) -> Fraction:
    """The last non-zero place of a round number of thousands, else 0."""
    if value.value is None or not _whole(value.value) or value.value == 0 or value.value % THOUSAND:
        return Fraction(0)
    digits = f"{abs(int(value.value))}"
    return Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))


def _bounded(figure: Fraction, value: Value) -> Interval:
    """ "<5" is every value below 5; a count or share cannot be below nothing."""
    edge_in = value.bound in ("le", "ge")
    if value.bound in ("gt", "ge"):
        return Interval(figure, None, low_in=edge_in)
    natural = figure > 0 and (value.unit == "percent" or (value.unit or "") in word_list("counted"))
    return Interval(Fraction(0) if natural else None, figure, high_in=edge_in)
