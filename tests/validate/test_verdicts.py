"""Verdicts on printed statuses."""

from __future__ import annotations

from typing import Any as Anything

import pytest

from normalise.records import Inferred, Measure
from tests.validate.making import (
    extra,
    measure,
    reading,
    scheme,
    span,
    three_bands,
    value,
    words,
)
from validate.scheme import All, Band, Floor, Not, Reading, Scheme, TrendIs, WithinTolerance
from validate.verdicts import judge

RELATIVE = scheme(three_bands())
EITHER_BASIS = scheme(three_bands(), three_bands(basis="points"))
ON_TARGET = span("0", None)
FLOORS = scheme(
    reading(green=ON_TARGET, amber=All((Not(ON_TARGET), Floor())), red=All((Not(ON_TARGET), Floor(False))))
)
OFF = span(None, "-10", "[)")
TRENDS = scheme(
    reading(
        green=span("-10", None),
        amber=All((OFF, TrendIs(frozenset({"better", "same"})))),
        red=All((OFF, TrendIs(frozenset({"worse"})))),
    )
)


def high(**given: Anything) -> Measure:
    return measure(good_is="high", **given)


@pytest.mark.parametrize(
    ("rule", "row", "verdict", "expected"),
    [
        # as printed
        (RELATIVE, high(actual="81", target="80", status="green"), "supported", ("green",)),
        (RELATIVE, high(actual="76", target="80", status="amber"), "supported", ("amber",)),
        (RELATIVE, high(actual="0", target="0", status="green"), "supported", ("green",)),
        (RELATIVE, measure(good_is="low", actual="0", target="0", status="red"), "borderline", ("green",)),
        # within rounding: 75.5 to 76.5 against an edge at 76
        (RELATIVE, high(actual="76", target="80", status="red"), "borderline", ("amber",)),
        (RELATIVE, high(actual="79.6", target="80", status="green"), "contradicted", ("amber",)),
        (RELATIVE, high(actual="80", target="80.4", status="green"), "borderline", ("amber",)),
        # counts are exact
        (
            RELATIVE,
            high(actual=value("79", "number"), target=value("80", "number"), status="green"),
            "contradicted",
            ("amber",),
        ),
        (
            RELATIVE,
            high(actual=value("35,000", "number"), target=value("35,400", "number"), status="green"),
            "borderline",
            ("amber",),
        ),
        # 38 against 40 is 5% but 2 points
        (EITHER_BASIS, high(actual="37.8", target="40", status="amber"), "depends", ("red",)),
        (EITHER_BASIS, high(actual="34", target="40", status="amber"), "contradicted", ("red",)),
        # points say nothing of days
        (
            EITHER_BASIS,
            measure(
                good_is="low",
                actual=value("21.5", "days"),
                target=value("20", "days"),
                status="amber",
            ),
            "contradicted",
            ("red",),
        ),
        # thresholds tell the polarity
        (
            FLOORS,
            measure(actual="70.2", target="75", status="red", extra={"Least": extra("68", "floor")}),
            "contradicted",
            ("amber",),
        ),
        (
            FLOORS,
            measure(
                actual=value("9.1", "days"),
                target=value("8", "days"),
                status="amber",
                extra={"Most": extra("9", "floor", "days")},
            ),
            "contradicted",
            ("red",),
        ),
        (
            FLOORS,
            measure(
                actual=value("9.0", "days"),
                target=value("8", "days"),
                status="red",
                extra={"Most": extra("9", "floor", "days")},
            ),
            "borderline",
            ("amber",),
        ),
        (FLOORS, high(actual="70.2", target="75", status="red"), "unverifiable", ()),
        (FLOORS, high(actual="76", target="75", status="red"), "contradicted", ("green",)),
        # trends
        (TRENDS, high(actual="60", target="80", previous="58", status="red"), "contradicted", ("amber",)),
        (TRENDS, high(actual="60", target="80", previous="60", status="red"), "borderline", ("amber",)),
        (TRENDS, high(actual="60", target="80", status="red"), "unverifiable", ()),
        (TRENDS, high(actual="60", target="80", status="green"), "contradicted", ()),
    ],
)
def test_verdict(rule: Scheme, row: Measure, verdict: str, expected: tuple[str, ...]) -> None:
    found = judge(row, rule)
    assert (found.verdict, found.expected) == (verdict, expected), found


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (high(actual="81", target="80", status="annual"), "no judgement"),
        (high(actual="81", target="80", status="purple"), "names no status"),
        (high(target="80", status="green"), "no figure for this period"),
        (high(actual="81", status="green"), "no target"),
        (high(actual=words("Due in May"), target="80", status="green"), "in words"),
        (high(actual="81", target=words("Improve"), status="green"), "in words"),
        (high(actual=value("81", confidence="low"), target="80", status="red"), "not read with certainty"),
        (high(actual=value("81", qualifier="approx"), target="80", status="red"), "roughly"),
        (high(actual=value("81", "days"), target="80", status="red"), "different units"),
        (high(actual=value("1,204", "number"), target="80", status="red"), "same unit"),
        (
            high(actual=value("1.2", "gbp"), target=value("1300000", "gbp"), status="green"),
            "same unit",
        ),
        (high(forecast="70", year_end_target="80", status="green", forecast_status="red"), "no figure"),
        (measure(actual="70", target="80", status="green"), "polarity"),
        (high(actual="70", target="80", status="green", signals={"status": ("unknown_glyph",)}), "certainty"),
        (high(actual="70", target=value("80", bound="lt"), status="green"), "says otherwise"),
        (
            high(actual="70", target="80", status="green", extra={"Least": extra("85", "floor")}),
            "better side",
        ),
        (high(actual=value("78", upper="84"), target="80", status="green"), "range"),
    ],
)
def test_unverifiable_says_why(row: Measure, part: str) -> None:
    found = judge(row, RELATIVE)
    assert found.verdict == "unverifiable"
    assert part in found.reason
    assert found.reason in found.message


def test_without_a_rule_nothing_is_said() -> None:
    row = high(actual="1", target="80", status="green")
    assert judge(row, None).reason == "the report prints no rule"
    unread = Scheme((), not_understood=("green means good",))
    assert "green means good" in judge(row, unread).reason


def test_an_inferred_rule_accuses_nobody() -> None:
    rule = Scheme(RELATIVE.readings, RELATIVE.statuses, origin="inferred")
    assert judge(high(actual="20", target="80", status="green"), rule).verdict == "note"


def test_without_polarity_both_ways_must_agree() -> None:
    assert judge(measure(actual="80", target="80", status="red"), RELATIVE).verdict == "contradicted"
    assert judge(measure(actual="80", target="80", status="green"), RELATIVE).verdict == "supported"
    assert judge(measure(actual="60", target="80", status="amber"), RELATIVE).verdict == "contradicted"
    assert judge(measure(actual="60", target="80", status="red"), RELATIVE).verdict == "unverifiable"


def test_an_inferred_polarity_supports_but_does_not_accuse() -> None:
    supposed = Inferred(good_is="high", reason="the title says so")
    row = measure(actual="60", target="80", status="red", inferred_good_is=supposed)
    assert judge(row, RELATIVE).verdict == "supported"
    row = row.model_copy(update={"status": "green"})
    found = judge(row, RELATIVE)
    assert (found.verdict, found.reason) == ("depends", "if low is good")


def test_a_target_of_at_least_tells_the_polarity() -> None:
    row = measure(actual="60", target=value("80", bound="ge"), status="green")
    assert judge(row, RELATIVE).verdict == "contradicted"
    row = measure(actual=value("9", "days"), target=value("5", "days", bound="lt"), status="green")
    assert judge(row, RELATIVE).verdict == "contradicted"
    count = "Number of parcels lost"
    row = measure(
        actual=value("5", "number"), target=value("5", "number", bound="lt"), status="red", title=count
    )
    assert judge(row, RELATIVE).verdict == "unverifiable"


def test_a_target_that_is_a_range_is_met_inside() -> None:
    target = value("70", upper="80")
    assert judge(high(actual="75", target=target, status="green"), RELATIVE).verdict == "supported"
    assert judge(high(actual="30", target=target, status="green"), RELATIVE).verdict == "contradicted"
    assert judge(high(actual="67", target=target, status="amber"), RELATIVE).verdict != "contradicted"


def test_a_figure_printed_as_a_bound_is_decided_where_all_its_values_agree() -> None:
    few = value("5", "number", bound="lt")
    row = measure(good_is="low", actual=few, target=value("6", "number"), status="green")
    assert judge(row, RELATIVE).verdict == "supported"
    assert judge(row.model_copy(update={"status": "red"}), RELATIVE).verdict == "contradicted"
    row = row.model_copy(update={"target": value("3", "number")})
    assert judge(row, RELATIVE).verdict == "unverifiable"


def test_a_plain_figure_whose_title_speaks_of_per_cent_is_a_measurement() -> None:
    row = measure(
        title="Percentage of lamps lit",
        good_is="high",
        actual=value("79", "number"),
        target=value("79.4", "number"),
        status="green",
    )
    assert judge(row, RELATIVE).verdict == "borderline"


def test_a_figure_in_a_gap_has_no_wrong_status() -> None:
    open_gap = reading(blue=span("2", None, "(]"), green=span("0", "0"), red=span(None, "0", "[)"))
    row = high(actual="81.2", target="80", status="red")
    found = judge(row, scheme(open_gap))
    assert found.verdict == "unverifiable"
    assert "names no status" in found.reason
    filled = reading("filled", blue=span("2", None, "(]"), green=span("0", "2"), red=span(None, "0", "[)"))
    assert judge(row.model_copy(update={"status": "green"}), scheme(open_gap, filled)).verdict == "depends"
    assert judge(row, scheme(filled)).verdict == "contradicted"


def test_a_status_told_in_words_alone() -> None:
    rule = scheme(reading(green=span("0", None), amber=None, red=span(None, "-10")))
    row = high(actual="90", target="80", status="amber")
    assert "nothing to compute" in judge(row, rule).reason
    assert judge(row.model_copy(update={"status": "red"}), rule).verdict == "contradicted"


def test_a_status_that_the_rule_gives_for_words() -> None:
    bands = (Band("blue", span("5", None, "(]"), ("Finished",)), Band("green", span(None, "5")))
    rule = Scheme((Reading("only", bands),), ("blue", "green"))
    done = high(forecast=words("finished"), year_end_target=words("By March"), forecast_status="blue")
    assert judge(done, rule, field="forecast_status").verdict == "supported"
    found = judge(high(actual="60", target="80", status="blue"), rule)
    assert found.verdict == "contradicted"
    assert any("Finished" in cause for cause in found.causes)


def test_own_tolerance() -> None:
    rule = scheme(
        reading(
            green=span("0", None),
            amber=All((span(None, "0", "[)"), WithinTolerance())),
            red=WithinTolerance(False),
        )
    )
    row = high(actual="76", target="80", status="red", extra={"Leeway": extra("6", "tolerance")})
    found = judge(row, rule)
    assert (found.verdict, found.expected) == ("contradicted", ("amber",))
    assert any("prints its own (6%)" in cause for cause in found.causes)
    assert judge(high(actual="76", target="80", status="red"), rule).verdict == "unverifiable"


def test_the_arithmetic_can_be_checked_with_a_pocket_calculator() -> None:
    found = judge(high(actual="71.3", target="82.5", status="amber"), RELATIVE)
    assert found.arithmetic == (
        "71.3% against a target of 82.5%, high is good: (71.3 − 82.5) ÷ 82.5 × 100 ≈ −13.6%. "
        "The rule gives red for more than 5% worse than target; amber would need about 78.38% or more."
    )
    found = judge(measure(good_is="low", actual="7.58", target="7.22", status="amber"), RELATIVE)
    assert "(7.22 − 7.58) ÷ 7.22 × 100 ≈ −4.99%" in found.arithmetic
