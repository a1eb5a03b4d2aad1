"""A target for the year and a figure for the quarter accuse nobody, where the measure adds up through the year."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validate.printed import HEAD, RULE, accused, audited, table
from tests.validate.test_worlds import FOLLOWING

OF_THE_YEAR = ("Ref", "Measure", "Good is", "2023/24 target", "Q2", "Status")
GROWING = [
    ("X1", "Residual waste per household (kg)", "Low", "510", "131", "Amber"),
    ("X2", "Homes built", "High", "120", "60", "Green"),
    ("X3", "Percentage of council tax collected", "High", "98.5%", "56.2%", "Green"),
    ("X4", "Days lost to sickness", "Low", "8.0", "4.3", "Amber"),
]
FAR_OFF = [
    ("X5", "Savings made", "High", "£400k", "£260k", "Green"),
    ("X6", "Household waste collected (tonnes)", "Low", "900", "640", "Red"),
]
STEADY = [
    ("Y1", "Percentage of calls answered", "High", "90%", "45%", "Green"),
    ("Y2", "Average wait for a home (days)", "Low", "40", "20", "Red"),
    ("Y3", "Households in temporary accommodation at the end of the quarter", "Low", "40", "20", "Red"),
    ("Y4", "Residents satisfied", "High", "80%", "60%", "Green"),
]


@pytest.mark.parametrize("head", [HEAD, OF_THE_YEAR], ids=["plain", "year"])
@pytest.mark.parametrize("row", GROWING, ids=lambda row: row[0])
def test_the_share_of_a_year_accuses_nobody(
    row: tuple[str, ...], head: tuple[str, ...], tmp_path: Path
) -> None:
    assert accused(audited(tmp_path / "a.pdf", RULE, table([*FOLLOWING, row], head))) == []


@pytest.mark.parametrize("row", FAR_OFF, ids=lambda row: row[0])
def test_headings_of_unlike_spans_accuse_nobody(row: tuple[str, ...], tmp_path: Path) -> None:
    assert accused(audited(tmp_path / "a.pdf", RULE, table([*FOLLOWING, row], OF_THE_YEAR))) == []
    assert accused(audited(tmp_path / "b.pdf", RULE, table([*FOLLOWING, row]))) == [row[0]]


@pytest.mark.parametrize("head", [HEAD, OF_THE_YEAR], ids=["plain", "year"])
@pytest.mark.parametrize("row", STEADY, ids=lambda row: row[0])
def test_what_does_not_grow_is_told(row: tuple[str, ...], head: tuple[str, ...], tmp_path: Path) -> None:
    assert accused(audited(tmp_path / "a.pdf", RULE, table([*FOLLOWING, row], head))) == [row[0]]
