"""Narrative that speaks of colours and targets is no rule."""

from __future__ import annotations

import pytest

from tests.normalise.legends import scheme

NARRATIVE = [
    "28 of the 40 indicators could be judged: 5 are Blue, 12 Green, 6 Amber and 5 Red.",
    "Of 36 measures, 20 were green, 9 amber and 7 red.",
    "Councillor Fenn asked why the amber rating for bus punctuality (81.2%, target 85%) stood.",
    "Indicators rated Red are set out in Appendix C with reasons for missing target.",
    "Red indicators: what is being done",
    "Green waste collected per household is above target.",
    "Amber Close residents said that repairs fell below standard.",
    "The Chair noted that red measures had fallen and green measures risen against target.",
    "Blue Badge applications decided within target.",
    "Red Lion Street works are within budget.",
    "Green 14, Amber 6, Red 3",
    "Performance against target has moved from red to amber since last quarter.",
    "G = Green, A = Amber, R = Red",
    "Amber – Recycling: performance is below target because of the strike.",
    "Red – Housing: target missed by 10 days.",
    "RED: HM04 Roads – 6% against a target of 4%",
    "Performance was green for 12 measures against target, amber for 5 and red for 2.",
    "• Green: 28 measures were on or above target",
    "• Amber: 6 measures were within 5% of target",
]


@pytest.mark.parametrize("text", NARRATIVE)
def test_narrative_is_no_rule(text: str) -> None:
    assert scheme(text) == []


def test_all_narrative_together_is_no_rule() -> None:
    assert scheme(*NARRATIVE) == []


def test_narrative_around_a_rule_stays_out_of_it() -> None:
    found = scheme(
        NARRATIVE[0],
        "The ratings are:",
        "• Green – target met",
        "• Red – target missed",
        NARRATIVE[3],
        NARRATIVE[4],
    )
    assert found == [("green", "target met"), ("red", "target missed")]
