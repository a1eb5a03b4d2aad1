"""What a row prints, as numbers, and one settled possibility of it."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from normalise.records import Polarity
from validate.rounding import Interval

ANY_FIGURE = Interval(None, None)


class Tolerance(Struct, frozen=True):
    """A tolerance of one measure, never negative. ``in_percent``: it is printed with a per cent sign; ``in_own_unit``:
    with the unit of the measure ("3 days")."""

    amount: Fraction
    in_percent: bool = False
    in_own_unit: bool = False


class Benchmark(Struct, frozen=True):
    """A printed figure of others and the words of its heading (None: one that is not printed)."""

    words: frozenset[str] | None
    figure: Interval


class Facts(Struct, frozen=True, dict=True):
    """What a row prints, as numbers. None stands for what it does not print.

    ``percentage`` tells whether figure and target are percentages, None where that is not clear. ``unit`` is empty
    where no unit is printed.
    """

    figure: Interval
    target: Fraction | None
    polarity: Polarity | None = None
    percentage: bool | None = False
    floor: Fraction | None = None
    tolerance: Tolerance | None = None
    previous: Interval | None = None
    last_year: Interval | None = None
    benchmarks: tuple[Benchmark, ...] = ()
    unit: str = ""

    @cached_property
    def known(self) -> dict[object, Any]:
        """What was worked out of these facts so far."""
        return {}

    @cached_property
    def as_printed(self) -> Facts:
        """The same with every figure taken as printed."""
        return replace(
            self,
            figure=self.figure.as_printed(),
            previous=self.previous and self.previous.as_printed(),
            last_year=self.last_year and self.last_year.as_printed(),
            benchmarks=tuple(replace(b, figure=b.figure.as_printed()) for b in self.benchmarks),
        )

    def with_any_earlier(self) -> Facts:
        """The same, where an earlier figure, or one of others, that is not printed may be any."""
        return replace(
            self,
            previous=self.previous or ANY_FIGURE,
            last_year=self.last_year or ANY_FIGURE,
            benchmarks=(*self.benchmarks, Benchmark(None, ANY_FIGURE)),
        )

    def settled(self) -> tuple[Facts, ...]:
        """The same with polarity and percentage settled in every possible way."""
        if self.polarity and self.percentage is not None:
            return (self,)
        polarities: tuple[Polarity, ...] = (self.polarity,) if self.polarity else ("high", "low")
        kinds = (True, False) if self.percentage is None else (self.percentage,)
        return tuple(replace(self, polarity=p, percentage=k) for p, k in product(polarities, kinds))


class Point(Struct, frozen=True):
    """One settled possibility: a figure, and the other figures with which a rule may compare it."""

    facts: Facts
    polarity: Polarity
    figure: Fraction
    previous: Fraction | None = None
    last_year: Fraction | None = None
    benchmarks: tuple[Fraction, ...] = ()
