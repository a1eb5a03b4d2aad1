"""What the arrow means, by words of many kinds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.records import Period
from tests.validate.from_truth import passage
from validate.arrows import BOTH, Legend, compared_with, read_legend

Q2 = Period(year="2018/19", quarter=2)


def read(*texts: str) -> Legend:
    return read_legend([passage(t, n) for n, t in enumerate(texts)], Q2)


@pytest.mark.parametrize(
    ("texts", "meanings"),
    [
        (["The DoT arrow goes by merit: ▲ better, ▼ worse, ► the same."], {"merit"}),
        (["An arrow pointing up tells of improved performance, whatever the polarity."], {"merit"}),
        (["Key to direction of travel", "Improving", "Worsening", "No change"], {"merit"}),
        (["Key to direction of travel", "Improving ↑", "Declining ↓", "Stable →"], {"merit"}),
        (["Trend arrows: ↑ the number has risen; ↓ the number has fallen."], {"movement"}),
        (["Arrows tell whether the figure has gone up or down, not whether that is good."], {"movement"}),
        (["Upward arrow: value increased. Downward arrow: value decreased."], {"movement"}),
        (
            ["The DoT looks one year back to Q2 of 2017/18. means better, means worse and means no change."],
            {"merit"},
        ),
        (
            ["Key to arrows", "the number has risen since last year the number has fallen since last year"],
            {"movement"},
        ),
        (["Direction of travel"], BOTH),
        (["A green arrow pointing up: higher and better; a red arrow pointing up: higher and worse."], BOTH),
        (["Arrow up means better.", "Elsewhere an arrow up means a higher figure."], BOTH),
        (["The arrow points downwards where performance is better."], set()),
        (["Nothing is said of travel here; the figure has improved."], BOTH),
        (["Ref Measure Trend", "P1 Calls answered ↑ 12 P2 Higher bills 14 ↓ 9 Lower rents"], BOTH),
    ],
)
def test_meaning(texts: list[str], meanings: set[str]) -> None:
    assert read(*texts).meanings == meanings


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("The arrow compares quarter two with quarter one.", {"previous_period"}),
        ("Direction of travel is against the previous quarter.", {"previous_period"}),
        ("DoT sets Q2 2018/19 against Q2 2017/18.", {"same_period_last_year"}),
        ("The arrow looks back to the same quarter last year.", {"same_period_last_year"}),
        ("The trend arrow looks back to a year ago.", {"same_period_last_year"}),
        ("Arrows compare with last year.", {"last_year"}),
        ("The arrow shows how performance has moved.", set()),
    ],
)
def test_what_the_arrow_compares_with(text: str, compared: set[str]) -> None:
    assert read(text).compared == compared


def test_words_that_name_two_periods_are_both_kept() -> None:
    legend = read("The first arrow looks at the previous quarter.", "The second arrow looks at last year.")
    assert legend.compared == {"previous_period", "last_year"}


def test_tolerance_for_no_change() -> None:
    assert read("▲ better, ▼ worse, ► no change (within 2.5%)").tolerance == Decimal("2.5")
    assert read("▲ better, ▼ worse, ► no change").tolerance is None


def test_the_rule_quotes_where_it_stands() -> None:
    legend = read("Some opening words.", "▲ means better and ▼ worse.")
    assert legend.rule == "▲ means better and ▼ worse."
    assert [s.bbox[1] for s in legend.sources] == [120]


@pytest.mark.parametrize(
    ("heading", "quarter", "compared"),
    [
        ("Q1 Actual", 2, "previous_period"),
        ("Q1 Actual", 3, None),
        ("Q4 2017/18", 1, "previous_period"),
        ("Q4 result", 1, "previous_period"),
        ("Q2 last year", 2, "same_period_last_year"),
        ("Q2 last year", 3, None),
        ("Last year's quarter", 3, "same_period_last_year"),
        ("Q2 2017/18", 2, "same_period_last_year"),
        ("2017/18", 2, "last_year"),
        ("2016/17", 2, None),
        ("Last quarter", 2, "previous_period"),
        ("Same period last year", 2, "same_period_last_year"),
        ("Result", 2, None),
    ],
)
def test_column_headings(heading: str, quarter: int, compared: str | None) -> None:
    assert compared_with(heading, Period(year="2018/19", quarter=quarter)) == compared


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_text_can_be_read(texts: list[str]) -> None:
    assert read(*texts).meanings <= BOTH
