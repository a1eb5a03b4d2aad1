"""What a row leaves open besides the rule: units, dates, signs, a second figure; through the whole way."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validate.printed import RULE, accused, audited, table
from validate.facts import Facts
from validate.rounding import Interval
from validate.worlds import World, in_other_units, without_signs

FOLLOWING = [
    (f"B{n}", f"Share of work {n} on time", "High", f"{target}%", f"{actual}%", status)
    for n, (target, actual, status) in enumerate(
        [
            (90, 91, "Green"),
            (80, 77, "Amber"),
            (70, 60, "Red"),
            (95, 96, "Green"),
            (85, 84, "Amber"),
            (88, 90, "Green"),
        ]
    )
]
OPEN = [
    ("X1", "Homes built", "High", "120 by Mar", "60", "Green"),
    ("X2", "Deficit", "Low", "(£50k)", "(£40k)", "Green"),
    ("X3", "Inspections passed", "High", "100%", "99.6% (rounded 100%)", "Green"),
    ("X4", "Visits (000s)", "High", "120", "118,000", "Amber"),
    ("X5", "Share of pupils", "High", "75% (profile 40%)", "42%", "Green"),
]
SETTLED = [
    ("Y1", "Homes built", "High", "120", "80", "Green"),  # neither the quarter's nor the half-year's share
    ("Y2", "Surplus", "High", "£50k", "£40k", "Green"),
    ("Y3", "Inspections passed", "High", "100%", "99.6% (249 of 250)", "Green"),
    ("Y4", "Visits", "High", "120", "110", "Green"),
    ("Y6", "Share of trees", "High", "36.7%", "1.1%", "Green"),
    ("Y5", "Share of pupils", "High", "75% (1,500)", "42%", "Green"),
]


@pytest.mark.parametrize("row", OPEN, ids=lambda row: row[0])
def test_what_may_be_meant_otherwise_accuses_nobody(row: tuple[str, ...], tmp_path: Path) -> None:
    assert accused(audited(tmp_path / "a.pdf", RULE, table([*FOLLOWING, row]))) == []


@pytest.mark.parametrize("row", SETTLED, ids=lambda row: row[0])
def test_what_is_settled_is_told(row: tuple[str, ...], tmp_path: Path) -> None:
    assert accused(audited(tmp_path / "a.pdf", RULE, table([*FOLLOWING, row]))) == [row[0]]


fractions = st.fractions(min_value=-(10**7), max_value=10**7).filter(bool)


@given(fractions, fractions)
def test_other_units_bring_a_far_figure_near(figure: Fraction, target: Fraction) -> None:
    world = World(Facts(Interval.at(figure), target))
    ratio = abs(figure / target)
    for other in in_other_units(world):
        assert ratio > 20 or ratio < Fraction(1, 20)
        assert other.facts.figure.point is not None
        assert Fraction(1, 3) <= abs(other.facts.figure.point / target) <= 3


@given(fractions, fractions)
def test_only_two_deficits_lose_their_signs(figure: Fraction, target: Fraction) -> None:
    found = list(without_signs(World(Facts(Interval.at(figure), target))))
    assert bool(found) == (figure < 0 and target < 0)
    assert all(other.facts.target == -target for other in found)
