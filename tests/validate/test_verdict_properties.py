"""What holds of verdicts whatever the figures."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, example, given
from hypothesis import strategies as st

from normalise.records import Measure, Polarity
from tests.validate.making import measure, scheme, three_bands, value
from validate.cases import case_of
from validate.scheme import Scheme
from validate.verdicts import StatusVerdict, judge

RELATIVE = scheme(three_bands())
EITHER_BASIS = scheme(three_bands(), three_bands(basis="points"))
tenths = st.integers(0, 1500).map(lambda n: Decimal(n) / 10)
statuses = st.sampled_from(["green", "amber", "red"])
sides: st.SearchStrategy[Polarity] = st.sampled_from(["high", "low"])
rules = st.sampled_from([RELATIVE, EITHER_BASIS, scheme(three_bands("10"), three_bands("7.5"))])


def of(actual: Decimal, target: Decimal, status: str, side: Polarity, resolution: str = "0.1") -> Measure:
    figure = value(f"{actual:.1f}", resolution=resolution)
    return measure(good_is=side, actual=figure, target=value(f"{target:.1f}"), status=status)


@given(tenths, tenths, statuses, sides, rules)
def test_wider_rounding_never_accuses(
    actual: Decimal, target: Decimal, status: str, side: Polarity, rule: Scheme
) -> None:
    narrow = judge(of(actual, target, status, side), rule).verdict
    wide = judge(of(actual, target, status, side, "1"), rule).verdict
    if narrow == "supported":
        assert wide == "supported"
    elif narrow != "contradicted":
        assert wide != "contradicted"


@given(tenths, tenths, statuses, rules)
@example(Decimal("1.1"), Decimal("36.7"), "green", RELATIVE)  # both print their unit, however far apart
def test_a_mirrored_figure_has_the_mirrored_verdict(
    actual: Decimal, target: Decimal, status: str, rule: Scheme
) -> None:
    mirrored = 2 * target - actual
    assume(min(abs(actual), abs(mirrored), target) > 1)  # else the two would not seem to be in one unit
    one = judge(of(actual, target, status, "high"), rule)
    other = judge(of(mirrored, target, status, "low"), rule)
    assert (one.verdict, one.expected) == (other.verdict, other.expected)


@given(tenths, tenths, statuses, sides, st.integers(2, 9))
def test_scaling_figure_and_target_keeps_a_relative_verdict(
    actual: Decimal, target: Decimal, status: str, side: Polarity, factor: int
) -> None:
    row = of(actual, target, status, side)
    big = measure(
        good_is=side,
        actual=value(f"{actual * factor:.1f}", resolution=str(Decimal(factor) / 10)),
        target=value(f"{target * factor:.1f}"),
        status=status,
    )
    assert judge(row, RELATIVE).verdict == judge(big, RELATIVE).verdict


def verdict_of(row: Measure, rule: Scheme) -> StatusVerdict:
    return judge(case_of(row), rule)


@given(tenths, tenths, statuses, sides, rules, st.integers(-50, 50))
def test_of_a_contradicted_status_no_value_within_the_rounding_is_right(
    actual: Decimal, target: Decimal, status: str, side: Polarity, rule: Scheme, shift: int
) -> None:
    if verdict_of(of(actual, target, status, side), rule).verdict != "contradicted":
        return
    exact = actual + Decimal(shift) / 1000
    row = measure(good_is=side, actual=value(f"{exact:.3f}"), target=value(f"{target:.1f}"), status=status)
    assert verdict_of(row, rule).verdict in ("contradicted", "unverifiable")
    assert status not in verdict_of(row, rule).expected
