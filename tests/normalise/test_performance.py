"""The performance cell of an improvement report, in the spellings that reports use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.performance import holds_performance, read_performance
from normalise.vocabulary import load

WORDS = load()


def figure(text: str, name: str) -> str | None:
    value = read_performance(text, WORDS).values.get(name)
    return None if value is None or value.value is None else f"{value.value:f}"


@pytest.mark.parametrize(
    "text",
    [
        "Quarter 2 Target – 64% Actual – 58.5% (RED)",
        "Quarter 2 Target: 64% Actual: 58.5% (RED)",
        "Q2 actual 58.5% (Red) target 64%",
    ],
)
def test_labels_tell_the_figures_apart(text: str) -> None:
    assert figure(text, "target") == "64"
    assert figure(text, "actual") == "58.5"
    assert read_performance(text, WORDS).statuses == {"status": "red"}


def test_the_forecast_keeps_its_own_status() -> None:
    read = read_performance("Quarter 3 Target – 12 Actual – 15 (RED) Year end forecast – 13 (AMBER)", WORDS)
    assert read.period_label == "Quarter 3"
    assert read.statuses == {"status": "red", "forecast_status": "amber"}
    assert str(read.values["forecast"].value) == "13"


@pytest.mark.parametrize(
    "text",
    [
        "Actual – 351 (RED) Quarter 2 Target – 86.8% Actual – 82.4% (AMBER)",
        "Target 64% Actual 60% (RED) Target 70% Actual 60% (GREEN)",
        "Quarter 1 Target 90% Actual 85% Quarter 2 Target 90% Actual 88%",
    ],
)
def test_a_cell_of_two_rows_gives_no_figure_to_judge_by(text: str) -> None:
    read = read_performance(text, WORDS)
    assert not read.values
    assert not read.statuses


def test_a_further_target_leaves_the_first() -> None:
    read = read_performance("Target – 64% Actual – 60% (RED). Target for 2013/14 – 70%", WORDS)
    assert str(read.values["target"].value) == "64"
    assert read.statuses == {"status": "red"}


def test_a_cell_without_labels_is_kept_whole() -> None:
    read = read_performance("Results are late this time", WORDS)
    assert read.rest == "Results are late this time"
    assert not read.values


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Quarter 1 Target – 93% Actual – 87% (RED)", True),
        ("Target: 4 Forecast: 6", True),
        ("87% (RED)", False),
        ("The target was raised and the actual cost fell", False),
        ("Actual staff numbers 40", False),
    ],
)
def test_two_labelled_figures_make_a_performance_cell(text: str, holds: bool) -> None:
    assert holds_performance(text) is holds


@given(st.text(max_size=120))
def test_any_text_is_survived(text: str) -> None:
    read_performance(text, WORDS)
    holds_performance(text)
