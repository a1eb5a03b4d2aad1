"""The signed variance."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.records import Polarity
from validate.scheme import Basis
from validate.variance import Variance, figure_at, variance

figures = st.fractions(-200, 200, max_denominator=1000)
polarities: st.SearchStrategy[Polarity] = st.sampled_from(["high", "low"])
bases: st.SearchStrategy[Basis] = st.sampled_from(["relative", "points", "absolute"])


@pytest.mark.parametrize(
    ("figure", "target", "polarity", "basis", "expected"),
    [
        ("72", "80", "high", "relative", "-10"),
        ("72", "80", "low", "relative", "10"),
        ("72", "80", "high", "points", "-8"),
        ("88", "80", "low", "absolute", "-8"),
        ("-3", "-4", "high", "relative", "25"),
        ("-5", "-4", "low", "relative", "25"),
        ("0", "0", "low", "relative", "0"),
    ],
)
def test_sign_and_size(figure: str, target: str, polarity: Polarity, basis: Basis, expected: str) -> None:
    assert variance(Fraction(figure), Fraction(target), polarity, basis).amount == Fraction(expected)


@pytest.mark.parametrize(
    ("figure", "polarity", "sign"), [("3", "high", 1), ("3", "low", -1), ("-3", "low", 1)]
)
def test_off_a_target_of_nothing_the_variance_is_unbounded(
    figure: str, polarity: Polarity, sign: int
) -> None:
    found = variance(Fraction(figure), Fraction(0), polarity, "relative")
    assert found == Variance(None, sign)
    assert found.above(Fraction(10**9), edge_in=False) is (sign > 0)
    assert found.below(Fraction(-(10**9)), edge_in=False) is (sign < 0)


@given(figures, polarities, bases)
def test_on_target_is_nothing(target: Fraction, polarity: Polarity, basis: Basis) -> None:
    assert variance(target, target, polarity, basis) == Variance(Fraction(0), 0)


@given(figures, figures.filter(bool), polarities, bases)
def test_figure_at_turns_variance_back(
    figure: Fraction, target: Fraction, polarity: Polarity, basis: Basis
) -> None:
    gain = variance(figure, target, polarity, basis).amount
    assert gain is not None
    assert figure_at(gain, target, polarity, basis) == figure
