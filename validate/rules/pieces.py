"""What a band's words claim of the axis of variance: pieces with edges that are settled or soft.

A piece is a stretch of signed variance (positive is better) with further conditions that must hold as well.
Pieces know how firmly the words claim them, so that claims of several bands can be weighed later.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from validate.scheme import Basis, Condition

Claim = Literal["in", "out", "soft"]
OpenBasis = Basis | Literal["open"] | None

AMOUNT, BARE, WEAK = 3, 2, 1
ZERO = Decimal(0)


class Edge(Struct, frozen=True):
    """An end of a piece: on it ("in"), short of it ("out"), or not said ("soft")."""

    at: Decimal
    claim: Claim = "in"

    def mirrored(self) -> Edge:
        return replace(self, at=-self.at)


class Piece(Struct, frozen=True):
    """A stretch of the axis that a band claims. ``basis`` None: its only edge is the target itself.

    ``force``: AMOUNT where a figure or "met" says so, BARE for "above target" and the like, WEAK where the
    words only allow it; ``tag`` says why it is weak ("meet", "within", "off"). ``unit`` limits it to
    percentages (True) or to others (False).
    """

    low: Edge | None = None
    high: Edge | None = None
    basis: OpenBasis = None
    extras: tuple[Condition, ...] = ()
    unit: bool | None = None
    force: int = AMOUNT
    tag: str = ""

    @property
    def whole(self) -> bool:
        """No edge at all: only ``extras`` say when it holds."""
        return self.low is None and self.high is None

    def mirrored(self) -> Piece:
        """The same with better and worse changed over."""
        return replace(
            self,
            low=self.high.mirrored() if self.high else None,
            high=self.low.mirrored() if self.low else None,
        )


MET = Piece(Edge(ZERO), Edge(ZERO))
MET_OR_MORE = (MET, Piece(Edge(ZERO, "out"), None, force=WEAK, tag="meet"))
BETTER = Piece(Edge(ZERO, "out"), None, force=BARE)
WORSE = Piece(None, Edge(ZERO, "out"), force=BARE)


class Amount(Struct, frozen=True):
    """How far from target: at least ``least`` and at most ``most`` (distances, never negative)."""

    least: Edge | None
    most: Edge | None
    basis: OpenBasis


def on_one_side(amount: Amount, *, better: bool) -> Piece:
    """The piece of an amount on the better or the worse side of target."""
    nearer = amount.least or Edge(ZERO, "out")
    piece = Piece(nearer, amount.most, amount.basis)
    return piece if better else piece.mirrored()


def on_both_sides(amount: Amount) -> tuple[Piece, ...]:
    """Both sides, said in so many words ("±5%"). Yet far better than target may be as good as near it."""
    if amount.least is None and amount.most is not None:
        return (Piece(amount.most.mirrored(), amount.most, amount.basis),)
    return (
        replace(on_one_side(amount, better=True), force=WEAK, tag="off"),
        on_one_side(amount, better=False),
    )


def on_a_side_not_said(amount: Amount) -> tuple[Piece, ...]:
    """ "Within 5%", "more than 10% off": worse is meant for sure, better only if no other band takes it."""
    tag = "off" if amount.least is not None else "within"
    pieces = [
        on_one_side(amount, better=False),
        replace(on_one_side(amount, better=True), force=WEAK, tag=tag),
    ]
    if amount.least is None:
        pieces.append(Piece(Edge(ZERO), Edge(ZERO), force=BARE, tag="within"))
    return tuple(pieces)


def both_hold(left: Iterable[Piece], right: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces where both hold; empty ones are left out."""
    others = tuple(right)
    found = (_overlap(a, b) for a in left for b in others)
    return tuple(dict.fromkeys(piece for piece in found if piece is not None))


def _overlap(a: Piece, b: Piece) -> Piece | None:
    if a.unit is not None and b.unit is not None and a.unit != b.unit:
        return None
    low, high = _higher(a.low, b.low), _lower(a.high, b.high)
    if low and high and (low.at > high.at or (low.at == high.at and "out" in (low.claim, high.claim))):
        return None
    weak = [piece for piece in (a, b) if piece.force == WEAK]
    if _says_better(a, b) or _says_better(b, a):  # "above target, but within 5%": the side is said
        weak = []
    return Piece(
        low,
        high,
        _joint_basis(a, b, low, high),
        tuple(dict.fromkeys(a.extras + b.extras)),
        a.unit if a.unit is not None else b.unit,
        WEAK if weak else max(a.force, b.force),
        weak[0].tag if weak else a.tag or b.tag,
    )


def _says_better(side: Piece, weak: Piece) -> bool:
    better = side.force > WEAK and side.low is not None and side.low.at >= 0
    return better and weak.force == WEAK and weak.tag in ("within", "off")


def _joint_basis(a: Piece, b: Piece, low: Edge | None, high: Edge | None) -> OpenBasis:
    for edge in (low, high):
        for piece in (a, b):
            if edge and edge.at and edge in (piece.low, piece.high):
                return piece.basis
    return a.basis or b.basis


_STRICT = {"out": 2, "soft": 1, "in": 0}


def _higher(a: Edge | None, b: Edge | None) -> Edge | None:
    if a is None or b is None:
        return a or b
    return max(a, b, key=lambda e: (e.at, _STRICT[e.claim]))


def _lower(a: Edge | None, b: Edge | None) -> Edge | None:
    if a is None or b is None:
        return a or b
    return min(a, b, key=lambda e: (e.at, -_STRICT[e.claim]))
