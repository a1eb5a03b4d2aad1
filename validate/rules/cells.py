"""The axis of variance cut into cells, who holds each, and the names of stretches in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct, field

from validate.rules.pieces import Piece
from validate.scheme import Condition


class Cell(Struct, frozen=True):
    """A point of the axis (``low`` == ``high``) or the open stretch between two (None: no end)."""

    low: Decimal | None
    high: Decimal | None

    @property
    def point(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def above_target(self) -> bool:
        return self.low is not None and self.low >= 0 and not (self.point and self.low == 0)


class Share(Struct, frozen=True):
    """A band's part in a cell: always, or only where ``extras`` hold and ``but_not`` does not."""

    band: int
    extras: tuple[Condition, ...] = ()
    but_not: tuple[Condition, ...] = ()


Holding = tuple[Share, ...]


class Slot(Struct):
    """A cell with its admissible holdings, most natural first; ``key`` names the question if several.

    ``state``: "held", or why the cell waits for its neighbours ("gap", "meet", "off", "zero").
    """

    cell: Cell
    options: list[Holding] = field(default_factory=list)
    key: str = ""
    state: str = "held"
    answers: tuple[str, ...] = ()  # the options in words, where they are not the names of bands
    takers: tuple[tuple[int, ...], ...] = ()  # who takes what is open, where the options alone do not show it


class Field(Struct, frozen=True):
    """What is weighed: the pieces of each band (bands by merit, best first) and who else there is.

    ``complement``: the band that takes what is left. ``filler``: the one band of mere size words, which
    takes the gap at its place. ``vague``: bands whose words give nothing to compute, by index.
    """

    pieces: tuple[tuple[Piece, ...], ...]
    complement: int | None
    filler: int | None
    vague: frozenset[int]
    worst: int | None
    measure: Callable[[Decimal], str]


class Weighed(Struct):
    slots: list[Slot]
    gaps: list[str]
    overlaps: list[tuple[str, tuple[int, ...]]]


def name_of(cell: Cell, measure: Callable[[Decimal], str]) -> str:
    """A cell in words: "exactly 5% worse than target", "2% to 5% better than target"."""
    if cell.point and cell.low is not None:
        if cell.low == 0:
            return "exactly on target"
        return f"exactly {measure(abs(cell.low))} {_side(cell.low)} than target"
    low, high = cell.low, cell.high
    if low is None and high is None:
        return "any figure"
    if low is None or high is None:
        end = high if low is None else low
        assert end is not None  # noqa: S101 - one of them is
        if end == 0:
            return f"{'worse' if low is None else 'better'} than target"
        if (end < 0) == (low is None):
            return f"more than {measure(abs(end))} {_side(end)} than target"
        beyond = "worse" if low is None else "better"
        return f"less than {measure(abs(end))} {_side(end)} than target, or {beyond}"
    if low < 0 < high:
        return f"{measure(-low)} worse to {measure(high)} better than target"
    near, far = sorted((abs(low), abs(high)))
    if near == 0:
        return f"less than {measure(far)} {_side(low or high)} than target"
    return f"between {measure(near)} and {measure(far)} {_side(low or high)} than target"


def _side(at: Decimal) -> str:
    return "better" if at > 0 else "worse"
