"""Which way is good: printed, or implied by a title that leaves no doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.polarity import infer_polarity, read_polarity


@pytest.mark.parametrize(
    ("polarity", "printed"),
    [
        (
            "high",
            (
                "High|Higher|Bigger is better|Aim to maximise|Maximise|Increase|↑|▲|H|Up is good|"
                "A higher figure is better|+"
            ),
        ),
        (
            "low",
            (
                "Low|Lower|Smaller\nis better|Aim to minimise|Minimise|Decrease|↓|▼|L|"
                "Good performance is low|Lower (better)"
            ),
        ),
        (None, "|N/A|-|High/Low|Low is not good|Plan is best|45%|Green"),
    ],
)
def test_printed(polarity: str | None, printed: str) -> None:
    for text in printed.split("|"):
        assert read_polarity(text) == polarity, text


@pytest.mark.parametrize(
    ("good_is", "title"),
    [
        ("low", "Working days lost through illness per employee"),
        ("low", "Average time taken to let a home"),
        ("low", "Number of complaints received"),
        ("low", "Rent arrears as a share of rent due"),
        ("low", "People killed or seriously injured on roads"),
        ("low", "16 to 18 year olds not in education, employment or training"),
        ("high", "Percentage of letters answered within 10 days"),
        ("high", "Number of affordable homes provided"),
        ("high", "Council tax collected"),
        ("high", "Tenants satisfied with their home"),
        ("high", "Jobs created"),
    ],
)
def test_plain_titles(good_is: str, title: str) -> None:
    inferred = infer_polarity(title)
    assert inferred is not None
    assert inferred.good_is == good_is
    assert inferred.reason


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Number of referrals",
        "Children in care",
        "Spend per head",
        "Percentage of complaints upheld within 10 days",
        "Reduction in working days lost",
        "Number of homes inspected",
        "Crimes reported on line",
    ],
)
def test_titles_that_leave_doubt(title: str) -> None:
    assert infer_polarity(title) is None


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    read_polarity(text)
    infer_polarity(text)
