"""What a clause of a rule is made of, and what it may say."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from validate.rules.pieces import OpenBasis, Piece
from validate.rules.words import Token

Place = Literal["best", "middle", "worst"] | None
Kind = Literal[
    "axis",
    "trend",
    "change",
    "size",
    "progress",
    "complete",
    "unrated",
    "benchmark",
    "other",
    "empty",
    "unclear",
]


class Found(Struct, frozen=True):
    """What a clause says. ``bare``: no figure in it. ``sided``: its words tell better from worse.

    ``apart``: a comma stands before its "and" or "or". ``literal``: its only direction is "above" or "below",
    which for a measure where low is good may be meant as the figure and not as merit.
    """

    kind: Kind
    pieces: tuple[Piece, ...] = ()
    bare: bool = True
    literal: bool = False
    negated: bool = False
    sided: bool = True
    text: str = ""
    apart: bool = False


class Gathered(Struct):
    """The tokens of a clause sorted by what they do."""

    kinds: set[str] = field(default_factory=set)
    figures: list[tuple[Token, str, Token | None]] = field(
        default_factory=list
    )  # figure, comparison, its token
    directions: list[tuple[str, bool]] = field(default_factory=list)  # kind, negated
    hints: list[str] = field(default_factory=list)  # "above 2%": comparison or direction
    negated: bool = False
    denied: bool = False  # a "not" that nothing behind it took up


class Setting(Struct, frozen=True):
    """What a clause may lean on: the band's place among the others, and the unit of figures without one."""

    place: Place = None
    share: bool = False  # figures are shares of the target, said elsewhere in the rule
    distance: bool = False  # figures are distances from the target, said elsewhere in the rule
    bare_unit: OpenBasis | Literal["unclear"] = "absolute"
    slippage: bool = False  # "slippage" is used for a distance from target elsewhere in the rule
