"""Rules for inclusion: what is understood, and what must be left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.records import Period
from tests.validate.from_truth import passage
from validate.inclusion import InclusionRule, read_inclusion_rules


def read(text: str, kind: str = "paragraph") -> list[InclusionRule]:
    return list(read_inclusion_rules([passage(text, kind=kind)], Period(year="2018/19", quarter=2)))


@pytest.mark.parametrize(
    ("text", "now", "later", "together"),
    [
        ("Indicators rated Red are set out in Annex 2.", "red", "", False),
        ("3.2 All measures that are Red or Amber are explained in Appendix D.", "red amber", "", False),
        (
            "The criterion for inclusion is that the indicator is Amber now and/or forecast to be Red.",
            "amber",
            "red",
            False,
        ),
        ("Appendix C covers measures projected to be Red or Amber at year end.", "", "red amber", False),
        (
            "Appendix C covers measures forecast to be Amber at year end or Red this quarter.",
            "red",
            "amber",
            False,
        ),
        ("The exception report lists measures that are Red now and forecast to be Red.", "red", "red", True),
        ("Every measure rated Red is explained in the table below.", "red", "", False),
        ("Amber or Red measures are set out below with the action being taken.", "red amber", "", False),
        ("Where a KPI is rated Red, a recovery plan is given in Appendix 4.", "red", "", False),
    ],
)
def test_understood(text: str, now: str, later: str, together: bool) -> None:
    rule = read(text)[0]
    assert (rule.now, rule.forecast) == (frozenset(now.split()), frozenset(later.split()))
    assert rule.together is together
    assert not rule.heading


@pytest.mark.parametrize(
    "text",
    [
        "Indicators rated Red may be set out in Annex 2.",
        "Selected Red indicators are set out in Annex 2.",
        "Indicators that have been Red for two consecutive quarters are in Annex 2.",
        "Red indicators that are worsening are explained in Annex 2.",
        "Indicators rated Red are in Annex 2, except those reported to another committee.",
        "Indicators that are not Green are explained in Annex 2.",
        "Measures that are Red or Amber at year end are in Annex 2.",
        "Red indicators were discussed by the board.",
        "Measures that missed their target are in Appendix 3.",
        "Six measures are Red.",
        "Red measures are shown below target.",
        "Measures rated Red in Quarter 1 are explained in Annex 2.",
        "Measures rated Red in 2017/18 are explained in Annex 2.",
        "Red: performance is below target",
    ],
)
def test_left_alone(text: str) -> None:
    assert read(text) == []


def test_a_heading_is_marked_as_one() -> None:
    assert read("Annex 2: Remedial action for Red indicators")[0].heading
    assert read("Red indicators are explained below in Annex 2", kind="heading")[0].heading


@pytest.mark.parametrize(
    ("together", "status", "forecast", "asked"),
    [
        (False, "red", "green", True),
        (False, "green", "amber", True),
        (False, "green", "green", False),
        (False, None, None, False),
        (True, "red", "green", False),
        (True, "red", "amber", True),
    ],
)
def test_what_a_rule_asks_for(together: bool, status: str | None, forecast: str | None, asked: bool) -> None:
    joint = "and" if together else "or"
    rule = read(f"Annex 2 covers measures that are Red now {joint} forecast to be Amber.")[0]
    assert rule.together is together
    assert rule.asks_for(status, forecast) is asked


def test_met_by_names_what_meets_it() -> None:
    rule = read("Annex 2 covers measures that are Red now or forecast to be Amber.")[0]
    assert rule.met_by("red", "amber") == "red and forecast to be amber"
    assert rule.met_by("red", "green") == "red"


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for rule in read(text):
        assert rule.now | rule.forecast
