"""The ways to settle what a row leaves open: a world each.

Those that are likely are judged; those that are less so can only soften a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from normalise.records import Value
from validate.facts import Facts
from validate.rounding import Interval

# A figure this many times its target, or this small a part of it, is hardly printed in the target's unit...
FAR = 20
# ... if in another unit, of which these many make one, it would be within this many times the target.
SCALES = (100, 1000, 1_000_000)
NEAR = 3


class World(Struct, frozen=True):
    """One way to settle what the row leaves open; ``supposed`` says how, empty where nothing is supposed."""

    facts: Facts
    supposed: str = ""


def within_range(worlds: Sequence[World], target: Value) -> tuple[list[World], list[World]]:
    """A target that is a range is met inside; from outside either end may be the one that counts."""
    ends = sorted((Fraction(target.value or 0), Fraction(target.upper or 0)))
    met: list[World] = []
    missed: list[World] = []
    for world in worlds:
        point = world.facts.figure.point
        if point is not None and ends[0] <= point <= ends[1]:
            met.append(World(replace(world.facts, target=point, figure=Interval.at(point)), world.supposed))
        supposed = world.supposed or f"if one end of {target.printed} is the target"
        missed += [World(replace(world.facts, target=end), supposed) for end in ends]
    return met, missed


def in_other_units(world: World) -> Iterator[World]:
    """The figure in thousands, or the target in parts of a hundred, where as printed the two are far apart.

    Only for rows that do not print the unit of both.
    """
    point, target = world.facts.figure.point, world.facts.target
    if not point or not target or Fraction(1, FAR) <= abs(point / target) <= FAR:
        return
    for scale in SCALES:
        for factor in (Fraction(scale), Fraction(1, scale)):
            if Fraction(1, NEAR) <= abs(point * factor / target) <= NEAR:
                figure = world.facts.figure.times(factor)
                yield World(
                    replace(world.facts, figure=figure), "if figure and target are in different units"
                )


def without_signs(world: World) -> Iterator[World]:
    """Figure and target without their minus: a deficit of (£40k) against (£50k) may be counted as £40k against £50k."""
    figure, target = world.facts.figure, world.facts.target
    if figure.point is None or target is None or target >= 0 or figure.point > 0:
        return
    yield World(
        replace(world.facts, figure=figure.times(Fraction(-1)), target=-target),
        "if the minus only names a deficit",
    )
