"""Rows that look wrong and are right, or may be: none of them may be accused.

Each trap has a twin that differs in one thing and is wrong, so that no trap is passed by saying nothing at all.
"""

from __future__ import annotations

from typing import Any as Anything

import pytest

from normalise.records import Value
from tests.validate.making import extra, measure, value
from tests.validate.test_rule_reader import read
from validate.verdicts import judge

RULES = {
    "per cent": {
        "green": "On or above target",
        "amber": "Within 5% of target",
        "red": "More than 5% below target",
    },
    "points": {
        "green": "At or above target",
        "amber": "Within 5 percentage points of target",
        "red": "More than 5 percentage points below target",
    },
    "tolerance": {"green": "Target met", "amber": "Within tolerance", "red": "Outside tolerance"},
    "floor": {
        "green": "Target achieved",
        "amber": "Floor standard achieved but target not met",
        "red": "Floor standard not achieved",
    },
    "travel": {
        "green": "Target met",
        "amber": "Target not met but better than the same period last year",
        "red": "Target not met and worse than the same period last year",
    },
    "days": {
        "green": "On or better than target",
        "amber": "Within 2 days of target",
        "red": "More than 2 days worse than target",
    },
    "pounds": {
        "green": "Underspend or on budget",
        "amber": "Overspend of up to £50,000",
        "red": "Overspend above £50,000",
    },
    "shares": {
        "green": "100% or more of target",
        "amber": "90% to 99% of target",
        "red": "Below 90% of target",
    },
    "signed": {"green": "≥ 0% variance", "amber": "0% to -5% variance", "red": "< -5% variance"},
    "plain": {"green": "Better than target", "amber": "On target", "red": "Worse than target"},
    "nested": {"green": "Target met", "amber": "At least 94% of target", "red": "Less than 94% of target"},
    "near": {"green": "Exceeds target", "amber": "On target (+/- 2%)", "red": "Below target"},
    "both ways": {"green": "Within ±5% of target", "red": "More than ±5% from target"},
    "last year": {
        "green": "No worse than last year",
        "amber": "Up to 5% worse than last year",
        "red": "More than 5% worse than last year",
    },
    "median": {"green": "At or above the national median", "red": "Below the national median"},
    "either": {
        "green": "Target met and improving",
        "amber": "Target met but declining, or target not met but improving",
        "red": "Target not met and declining",
    },
}


def high(status: str, actual: Value | str, target: Value | str, **more: Anything) -> dict[str, Anything]:
    return {"good_is": "high", "status": status, "actual": actual, "target": target, **more}


def low(status: str, actual: Value | str, target: Value | str, **more: Anything) -> dict[str, Anything]:
    return {**high(status, actual, target, **more), "good_is": "low"}


def days(text: str) -> Value:
    return value(text, "days")


def count(text: str) -> Value:
    return value(text, "number")


def pounds(text: str, place: str = "1") -> Value:
    return value(text, "gbp", resolution=place)


ALLOWED = {"Tolerance": extra("5", "tolerance")}
LEVEL = {"Amber": extra("90", "tolerance")}
QUARTER = {"previous": "Last quarter"}
MEDIAN = {"National median": extra("91", "benchmark")}

# what it is about, the rule, a row that may be right, and one that is wrong
TRAPS: list[tuple[str, str, dict[str, Anything], dict[str, Anything]]] = [
    ("a rounded figure", "per cent", high("green", "90", "90.4"), high("green", "90", "91")),
    ("rounded on an edge", "per cent", high("red", "85.5", "90.0"), high("red", "85.6", "90.0")),
    ("equal to target, amber", "plain", high("amber", "90", "90"), high("amber", "91", "90")),
    ("equal as printed, truly better", "plain", high("green", "90", "90"), high("green", "89", "90")),
    (
        "round thousands",
        "per cent",
        high("red", count("35,000"), count("36,700")),
        high("red", count("35,001"), count("36,700")),
    ),
    ("points of a percentage", "per cent", low("amber", "6.0", "5.1"), low("amber", "6.0", "0.9")),
    ("points, where low", "per cent", high("amber", "40", "44"), high("amber", "38", "44")),
    (
        "a unit that was dropped",
        "per cent",
        high("amber", value("40", None), value("44", None), title="Percentage of parcels"),
        high("amber", value("38", None), value("44", None), title="Percentage of parcels"),
    ),
    (
        "no polarity",
        "per cent",
        {"status": "green", "actual": "80", "target": "90"},
        low("green", "100", "90"),
    ),
    (
        "nothing against a target of nothing",
        "per cent",
        low("green", count("0"), count("0")),
        low("green", count("1"), count("0")),
    ),
    ("a share against a target of 0%", "per cent", low("amber", "0.2", "0"), low("amber", "6.2", "0")),
    ("negative figures", "per cent", high("green", "-2", "-3"), high("green", "-4", "-3")),
    (
        "a target that is a range",
        "per cent",
        high("green", "90", value("85", upper="95")),
        high("green", "80", value("85", upper="95")),
    ),
    (
        "a figure of at most",
        "per cent",
        low("green", value("5", "number", bound="lt"), count("4")),
        low("red", value("5", "number", bound="lt"), count("6")),
    ),
    (
        "money in millions",
        "per cent",
        low("green", pounds("1300000", "100000"), pounds("1260000")),
        low("green", pounds("1400000", "100000"), pounds("1260000")),
    ),
    (
        "money that lost its m",
        "per cent",
        high("red", pounds("1.3", "0.1"), pounds("1300000")),
        high("red", pounds("1300000"), pounds("1300000")),
    ),
    (
        "a percentage under a rule in pounds",
        "pounds",
        low("red", "97", "95"),
        low("red", pounds("97"), pounds("95")),
    ),
    (
        "a percentage under a rule in days",
        "days",
        high("red", "92.0", "93.0"),
        low("red", days("10.0"), days("9.0")),
    ),
    (
        "a count under a rule in days",
        "days",
        low("red", count("10"), count("9")),
        low("red", count("10"), count("9"), title="Average days to sort"),
    ),
    (
        "a level in the column of tolerances",
        "tolerance",
        high("red", "88", "95", extra=LEVEL),
        high("green", "88", "95", extra=LEVEL),
    ),
    (
        "a tolerance in points or per cent",
        "tolerance",
        high("red", "90.1", "95.0", extra=ALLOWED),
        high("red", "91.0", "95.0", extra=ALLOWED),
    ),
    ("a tolerance that is not printed", "tolerance", high("red", "92", "95"), high("green", "92", "95")),
    (
        "a threshold met within rounding",
        "floor",
        high("red", "80", "85", extra={"Floor": extra("80", "floor")}),
        high("red", "81", "85", extra={"Floor": extra("80", "floor")}),
    ),
    (
        "a threshold on the wrong side",
        "floor",
        high("red", "82", "85", extra={"Floor": extra("90", "floor")}),
        high("red", "82", "85", extra={"Floor": extra("80", "floor")}),
    ),
    (
        "last quarter is not last year",
        "travel",
        high("red", "80", "85", previous=value("79"), column_headings=QUARTER),
        high("red", "80", "85", previous=value("70"), column_headings={"previous": "Last year"}),
    ),
    (
        "no change by rounding",
        "travel",
        high("red", "80", "85", previous=value("80")),
        high("green", "80", "85", previous=value("80")),
    ),
    (
        "two declines that may be meant",
        "either",
        high("amber", "90", "85", previous=value("92")),
        high("red", "90", "85", previous=value("88")),
    ),
    (
        "the target of the year end",
        "per cent",
        high("green", "80", value("95", qualifier="year end")),
        high("green", "80", "95"),
    ),
    (
        "a figure of the first quarter",
        "per cent",
        high("green", value("80", qualifier="Q1"), "95"),
        high("green", value("80", qualifier="provisional"), "95"),
    ),
    (
        "cumulative figures",
        "per cent",
        high("green", value("80", qualifier="cumulative"), "95"),
        high("green", "80", "95"),
    ),
    (
        "the year to date",
        "per cent",
        high("green", "80", "95", extra={"YTD": extra("96", "year_to_date")}),
        high("green", "80", "95", extra={"YTD": extra("81", "year_to_date")}),
    ),
    (
        "a value that was hardly read",
        "per cent",
        high("green", value("80", confidence="low", signals=("joined",)), "95"),
        high("green", value("80", confidence="medium", signals=("joined",)), "95"),
    ),
    (
        "a share of target, low is good",
        "shares",
        low("green", days("11.0"), days("10")),
        high("green", "70", "100"),
    ),
    ("a gap between shares", "shares", high("green", "99.5", "100"), high("green", "98.5", "100")),
    (
        "a signed variance, low is good",
        "signed",
        low("green", days("11.0"), days("10")),
        high("green", "90", "100"),
    ),
    (
        "above target, beside a band without an end",
        "nested",
        high("green", "97", "90"),
        high("amber", "97", "90"),
    ),
    ("on target by a hair", "near", high("amber", "99.0", "100"), high("amber", "90", "100")),
    ("far better, both ways", "both ways", high("green", "99", "80"), high("green", "70", "80")),
    (
        "last year's figure within rounding",
        "last year",
        high("red", "76", "90", previous=value("80")),
        high("red", "79", "90", previous=value("80")),
    ),
    (
        "below the median as a figure",
        "median",
        low("red", "90.0", "95", extra=MEDIAN),
        high("red", "92.0", "95", extra=MEDIAN),
    ),
    (
        "the median of another column",
        "median",
        high("red", "92", "95", extra={"Peer average": extra("91", "benchmark")}),
        high("red", "92", "95", extra=MEDIAN),
    ),
]


@pytest.mark.parametrize(("rule", "right"), [(t[1], t[2]) for t in TRAPS], ids=[t[0] for t in TRAPS])
def test_a_row_that_may_be_right_is_not_accused(rule: str, right: dict[str, Anything]) -> None:
    found = judge(measure(**right), read(RULES[rule]))
    assert found.verdict != "contradicted", found.arithmetic


@pytest.mark.parametrize(("rule", "wrong"), [(t[1], t[3]) for t in TRAPS], ids=[t[0] for t in TRAPS])
def test_its_twin_that_is_wrong_is_told(rule: str, wrong: dict[str, Anything]) -> None:
    found = judge(measure(**wrong), read(RULES[rule]))
    assert found.verdict == "contradicted", (found.verdict, found.reason)
