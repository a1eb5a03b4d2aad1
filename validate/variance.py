"""The signed variance of a figure from its target: positive is better than target.

With figure *f*, target *t* and *good is high*: relative *v* = (f − t) / |t| × 100, points and absolute
*v* = f − t. *Good is low* turns the sign. f = t gives 0 whatever t is; t = 0 and f ≠ t is an unbounded
variance of the sign that polarity gives. All arithmetic is exact.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from normalise.records import Polarity
from validate.scheme import Basis


class Variance(Struct, frozen=True):
    """``amount`` in per cent of target or in the figure's unit; None when unbounded, then ``sign`` is ±1."""

    amount: Fraction | None
    sign: int

    def above(self, edge: Fraction, *, edge_in: bool) -> bool:
        """Whether the variance lies above ``edge`` (or on it, if ``edge_in``)."""
        if self.amount is None:
            return self.sign > 0
        return self.amount > edge or (edge_in and self.amount == edge)

    def below(self, edge: Fraction, *, edge_in: bool) -> bool:
        """Whether the variance lies below ``edge`` (or on it, if ``edge_in``)."""
        if self.amount is None:
            return self.sign < 0
        return self.amount < edge or (edge_in and self.amount == edge)


def variance(figure: Fraction, target: Fraction, polarity: Polarity, basis: Basis) -> Variance:
    """The signed variance of ``figure`` from ``target``."""
    gain = figure - target if polarity == "high" else target - figure
    sign = (gain > 0) - (gain < 0)
    if basis != "relative" or gain == 0:
        return Variance(gain, sign)
    if target == 0:
        return Variance(None, sign)
    return Variance(gain / abs(target) * 100, sign)


def figure_at(edge: Fraction, target: Fraction, polarity: Polarity, basis: Basis) -> Fraction:
    """The figure whose variance is ``edge``; the target itself where target is 0 and the basis relative."""
    gain = edge * abs(target) / 100 if basis == "relative" else edge
    return target + gain if polarity == "high" else target - gain
