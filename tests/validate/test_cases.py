"""Which figures a status is about, and what else a row prints."""

from __future__ import annotations

from typing import Any as Anything

import pytest

from normalise.records import Measure, Role
from tests.validate.making import extra, improvement, measure, reading, scheme, span, three_bands, value
from validate.cases import case_of
from validate.scheme import All, Floor, Not, TrendIs
from validate.verdicts import judge

RELATIVE = scheme(three_bands())
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


def test_one_status_and_one_pair_belong_together() -> None:
    row = high(forecast="90", year_end_target="80", status="red")
    assert judge(row, RELATIVE).verdict == "contradicted"


def test_a_year_end_target_alone_accuses_nobody_at_mid_year() -> None:
    row = high(actual="40", year_end_target="80", status="green")
    found = judge(row, RELATIVE)
    assert found.verdict == "depends"
    assert "year-end target only" in found.reason


def test_a_forecast_against_the_target_of_a_quarter_accuses_nobody() -> None:
    row = improvement(actual="14", target="10", status="red", forecast="10", forecast_status="red")
    found = judge(row, RELATIVE, field="forecast_status")
    assert found.verdict == "depends"
    assert "year-end target" in found.message


def test_the_dashboard_lends_its_polarity_to_the_improvement_report() -> None:
    row = improvement(code="Z 7", actual="70", target="80", status="green")
    dashboard = measure(code="Z7", good_is="high", actual="70", target="80")
    assert judge(row, RELATIVE).verdict == "unverifiable"
    assert judge(row, RELATIVE, dashboard=dashboard).verdict == "contradicted"
    assert judge(case_of(row, dashboard=dashboard), RELATIVE).verdict == "contradicted"


@pytest.mark.parametrize("role", ["tolerance", "floor"])
def test_a_column_that_the_rule_does_not_use_may_explain_the_status(role: Role) -> None:
    row = high(actual="70", target="80", status="amber", extra={"Own": extra("79", role)})
    found = judge(row, RELATIVE)
    assert found.verdict == "unverifiable"
    assert "of its own (79%)" in found.reason


def test_a_threshold_in_another_unit_is_not_looked_at() -> None:
    row = measure(
        actual=value("1200000", "gbp"),
        target=value("1300000", "gbp"),
        status="red",
        extra={"Least": extra("1.1", "floor", "number")},
    )
    assert judge(row, FLOORS).reason == "the row prints no threshold of its own"


def test_an_earlier_figure_in_another_unit_is_not_looked_at() -> None:
    row = high(actual="60", target="80", previous=value("75", "days"), status="red")
    assert "no earlier figure" in judge(row, TRENDS).reason


def test_the_year_to_date_may_be_what_was_judged() -> None:
    row = high(actual="70", target="80", status="green", extra={"Total": extra("81", "year_to_date")})
    found = judge(row, RELATIVE)
    assert (found.verdict, found.reason) == ("depends", "if the year to date is meant")
    row = row.model_copy(update={"extra": {"Total": extra("71", "year_to_date")}})
    assert judge(row, RELATIVE).verdict == "contradicted"


def test_the_heading_of_an_earlier_figure_says_what_it_may_be_compared_for() -> None:
    year_ago = TrendIs(frozenset({"better"}), against="last_year")
    rule = scheme(reading(green=year_ago, red=Not(year_ago)))
    row = high(actual="70", target="80", previous="60", status="red")
    assert judge(row, rule).verdict == "contradicted"
    named = row.model_copy(update={"column_headings": {"previous": "Previous quarter"}})
    assert judge(named, rule).verdict == "unverifiable"
    named = row.model_copy(update={"column_headings": {"previous": "Same quarter last year"}})
    assert judge(named, rule).verdict == "contradicted"


def test_two_earlier_figures_must_both_speak_against_the_status() -> None:
    rule = scheme(reading(green=TrendIs(frozenset({"better"})), red=TrendIs(frozenset({"worse"}))))
    row = high(actual="70", target="80", previous="60", status="red", extra={"Y": extra("75", "last_year")})
    assert judge(row, rule).verdict == "depends"
    row = row.model_copy(update={"extra": {"Y": extra("65", "last_year")}})
    assert judge(row, rule).verdict == "contradicted"
