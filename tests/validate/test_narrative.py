"""Counts in words and figures, and numbers that are no counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.records import Period
from tests.validate.from_truth import passage
from validate.narrative import Statement, number_of, read_counts

Q2 = Period(year="2018/19", quarter=2)


def read(text: str) -> Statement | None:
    found = read_counts([passage(text)], Q2)
    assert len(found) <= 1
    return found[0] if found else None


def counts(text: str) -> dict[str, int]:
    statement = read(text)
    return {"+".join(c.statuses): c.number for c in statement.counts} if statement else {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Eleven measures are green, six amber and four red.", {"green": 11, "amber": 6, "red": 4}),
        (
            "Of the 21 measures, 11 (52%) are Green, 6 (29%) Amber and 4 (19%) Red.",
            {"green": 11, "amber": 6, "red": 4},
        ),
        (
            "There are 11 Green indicators, 6 Amber indicators and 4 Red indicators.",
            {"green": 11, "amber": 6, "red": 4},
        ),
        ("Green: 11, Amber: 6, Red: 4", {"green": 11, "amber": 6, "red": 4}),
        ("Green – 11; Amber – 6; Red – 4", {"green": 11, "amber": 6, "red": 4}),
        ("Twenty-three have been rated Green and none are Red.", {"green": 23, "red": 0}),
        ("17 are Green or Blue and 4 are Red", {"green+blue": 17, "red": 4}),
        ("No measures are rated red; 5 are amber.", {"red": 0, "amber": 5}),
        ("This quarter 14 measures are green and 3 red.", {"green": 14, "red": 3}),
        ("12 were green last quarter. Now 14 are green and 3 are red.", {"green": 14, "red": 3}),
    ],
)
def test_counts(text: str, expected: dict[str, int]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Amber: within 5% of target. Red: more than 10% off target.",
        "Amber – 5 points below target",
        "At quarter 2 green measures are well ahead.",
        "About 20 measures are green.",
        "More than 20 are green.",
        "3 measures moved from red to green.",
        "12 actions are green and 3 are red.",
        "14 measures were green in quarter 1.",
        "In 2017/18 14 measures were green.",
        "The target is 12.5 green bins a street.",
        "14 are green. Of these measures 15 are green.",
    ],
)
def test_no_counts(text: str) -> None:
    assert counts(text) == {}


@pytest.mark.parametrize(
    ("text", "total", "rated"),
    [
        ("The plan holds 41 priority measures.", 41, None),
        ("39 of the 41 measures could be rated: 30 are Green and 9 Red.", 41, 39),
        ("Of 41 indicators, 30 are Green.", 41, None),
        ("41 Key Performance Indicators were measured. 30 are Green and 11 Red.", 41, None),
        ("Out of 41 rated key measures, 30 are Green and 11 are Red.", None, 41),
        ("30 measures are Green and 11 Red.", None, None),
    ],
)
def test_totals(text: str, total: int | None, rated: int | None) -> None:
    statement = read(text)
    assert statement is not None
    assert (statement.total, statement.rated) == (total, rated)


def test_counts_of_forecasts_are_told_apart() -> None:
    found = read_counts([passage("9 measures are red. 7 are forecast to be red at year end.")], Q2)
    assert {s.of: [c.number for c in s.counts] for s in found} == {"status": [9], "forecast_status": [7]}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("seven", 7),
        ("Forty-two", 42),
        ("sixty three", 63),
        ("one hundred and six", 106),
        ("none", 0),
        ("38", 38),
    ],
)
def test_number_words(words: str, number: int) -> None:
    assert number_of(words) == number


def test_other_words_are_no_number() -> None:
    assert number_of("several") is None


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_any_counts_are_read_back(green: int, amber: int, red: int) -> None:
    text = f"{green} measures are rated Green, {amber} Amber and {red} Red."
    assert counts(text) == {"green": green, "amber": amber, "red": red}


@given(st.text(max_size=150))
def test_any_text_can_be_read(text: str) -> None:
    for statement in read_counts([passage(text)], Q2):
        assert all(c.number >= 0 for c in statement.counts)
