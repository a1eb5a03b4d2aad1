"""Targets, statuses and directions that are printed beside each of several figures."""

from __future__ import annotations

import pytest

from normalise.columns import read_headings
from normalise.records import Period


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "Measure|Target|Q1|RAG|Q2|RAG|Q3|RAG",
            "code_title|target|previous|extra|actual|status|extra|extra",
        ),
        (
            "Measure|Q1|DoT|Target|RAG|Q2|DoT|Target|RAG",
            "code_title|previous|extra|extra|extra|actual|direction|target|status",
        ),
        ("Measure|Target|2022/23|Target|2023/24|RAG", "code_title|extra|previous|target|actual|status"),
        ("Measure|RAG|Q1|RAG|Q2", "code_title|extra|previous|status|actual"),
        (
            "Measure|Last quarter|Status|This quarter|Target|Status",
            "code_title|previous|extra|actual|target|status",
        ),
        ("Measure|Peers|RAG v peers|Actual|Target|RAG", "code_title|extra|extra|actual|target|status"),
        ("Measure|Actual|Target|RAG|England|RAG", "code_title|actual|target|status|extra|extra"),
        ("Measure|Q1|England|RAG|Q2|England|RAG", "code_title|previous|extra|extra|actual|extra|status"),
        ("Measure|Actual|Peers|RAG v peers|Target|RAG", "code_title|actual|extra|extra|target|status"),
        ("Measure|Actual|Target|RAG v target|RAG v England", "code_title|actual|target|status|extra"),
        ("Measure|Actual|Target|Status against target", "code_title|actual|target|status"),
        # Two of one figure, of which neither belongs to another.
        ("Measure|Actual|Target|Status|Trend|RAG", "code_title|actual|target|status|direction|extra"),
        ("Measure|Q1|Q2|Target|Status", "code_title|previous|actual|target|status"),
    ],
)
def test_the_one_beside_this_periods_figure_is_meant(headings: str, fields: str) -> None:
    guesses = read_headings(headings.split("|"), Period(year="2023/24", quarter=2))
    assert "|".join(guess.field for guess in guesses) == fields
