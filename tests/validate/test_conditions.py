"""Conditions over everything that a row may stand for."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.validate.making import span
from validate.conditions import NO_EARLIER, NO_FLOOR, NO_TARGET, NO_TOLERANCE, NOT_PERCENT, Outcome, outcome
from validate.facts import Facts, Tolerance
from validate.rounding import Interval
from validate.scheme import All, Any, Condition, Floor, Not, TrendIs, UnitIs, WithinTolerance

TRUE, FALSE, EITHER = Outcome(True, False), Outcome(False, True), Outcome(True, True)
WORSE = TrendIs(frozenset({"worse"}))
HELD = TrendIs(frozenset({"better", "same"}))


def about(low: str, high: str, point: str | None = None) -> Interval:
    return Interval(Fraction(low), Fraction(high), point=Fraction(point) if point else None)


def facts(low: str, high: str, target: str | None = "80", **more: object) -> Facts:
    base = Facts(about(low, high), Fraction(target) if target else None, "high", True)
    return replace(base, **more)


@pytest.mark.parametrize(
    ("condition", "row", "expected"),
    [
        (span("-5", "0", "[)"), facts("76", "79"), TRUE),
        (span("-5", "0", "[)"), facts("75.9", "76"), EITHER),
        (span("-5", "0", "()"), facts("75", "76"), FALSE),
        (span("-5", "0", "[)"), facts("75", "75.9"), FALSE),
        (span("-5", "0", "[)", "points"), facts("75", "75.9"), TRUE),
        (span("0", "0"), facts("79.5", "80.5"), EITHER),
        (span("0", None), facts("80", "80", polarity="low"), TRUE),
        (span("0", None), facts("80.1", "81", polarity="low"), FALSE),
        (span("0", None), facts("80", "80", polarity=None), TRUE),
        (span("0", None), facts("81", "81", polarity=None), EITHER),
        (Not(span("0", None)), facts("81", "82"), FALSE),
        (Floor(True), facts("70", "70", floor=Fraction(70)), TRUE),
        (Floor(True, edge_in=False), facts("70", "70", floor=Fraction(70)), FALSE),
        (Floor(False), facts("69", "70", floor=Fraction(70)), EITHER),
        (WithinTolerance(), facts("77", "77", tolerance=Tolerance(Fraction(3))), TRUE),
        (WithinTolerance(), facts("76.9", "76.9", tolerance=Tolerance(Fraction(3))), FALSE),
        (
            WithinTolerance(basis="relative"),
            facts("77", "78", tolerance=Tolerance(Fraction(3), True)),
            EITHER,
        ),
        (UnitIs(True), facts("1", "1"), TRUE),
        (UnitIs(True), facts("1", "1", percentage=None), EITHER),
        (All((UnitIs(True), span("0", None))), facts("81", "82"), TRUE),
        (Any((span("0", None), span(None, "-5"))), facts("76", "76.1"), EITHER),
        (WORSE, facts("60", "61", previous=about("61", "62")), EITHER),
        (WORSE, facts("60", "60.9", previous=about("61", "62")), TRUE),
        (HELD, facts("60", "61", previous=about("61", "62"), polarity="low"), TRUE),
    ],
)
def test_outcome(condition: Condition, row: Facts, expected: Outcome) -> None:
    assert outcome(condition, row) == expected


@pytest.mark.parametrize(
    ("condition", "row", "reason"),
    [
        (span("-5", "0"), facts("70", "71", None), NO_TARGET),
        (span("-5", "0", basis="points"), facts("70", "71", percentage=False), NOT_PERCENT),
        (Floor(), facts("70", "71"), NO_FLOOR),
        (WithinTolerance(), facts("70", "71"), NO_TOLERANCE),
        (WORSE, facts("70", "71"), NO_EARLIER),
        (
            TrendIs(frozenset({"worse"}), against="last_year"),
            facts("70", "71", previous=about("1", "2")),
            NO_EARLIER,
        ),
    ],
)
def test_what_is_not_printed_is_unknown_with_its_reason(
    condition: Condition, row: Facts, reason: str
) -> None:
    assert outcome(condition, row) == Outcome(False, False, (reason,))


def test_false_and_unknown_is_false() -> None:
    assert outcome(All((span("0", None), WORSE)), facts("70", "71")) == FALSE
    assert outcome(Any((span(None, "0"), WORSE)), facts("70", "71")) == TRUE


def test_on_target_needs_no_points() -> None:
    assert outcome(span("0", None, basis="points"), facts("81", "82", percentage=False)) == TRUE


def test_one_earlier_figure_is_the_same_in_all_parts() -> None:
    both = All((WORSE, HELD))
    assert outcome(both, facts("60", "62", previous=about("60", "62"))) == FALSE


def test_the_earlier_figure_may_lie_anywhere_inside_the_rounding() -> None:
    same = TrendIs(frozenset({"same"}))
    assert outcome(same, facts("60", "70", previous=about("61.9", "62.1"))) == EITHER


def test_a_tolerance_in_per_cent_of_days_is_relative() -> None:
    row = facts("19", "19", "20", percentage=False, tolerance=Tolerance(Fraction(5), in_percent=True))
    assert outcome(WithinTolerance(), row) == TRUE
    row = replace(row, figure=about("18.9", "18.9"))
    assert outcome(WithinTolerance(), row) == FALSE


def test_bounds_reach_to_the_end_of_the_line() -> None:
    below = Interval(None, Fraction(5), high_in=False)
    row = Facts(below, Fraction(5), "low", False)
    assert outcome(span("0", "0"), row) == FALSE
    assert outcome(span("0", None, "(]"), row) == TRUE
    assert outcome(span("50", None), row) == EITHER
