"""What a front page says of the report."""

from __future__ import annotations

import pytest

from normalise.records import ReportFacts
from tests.normalise.drawn import Drawing, report


def facts(*lines: tuple[str, bool]) -> ReportFacts:
    drawing = Drawing()
    for text, bold in lines:
        drawing.line(text, bold=bold, size=13 if bold else 10)
    return drawing.read().report


def test_a_front_page_gives_every_fact() -> None:
    read = report().read().report
    assert read.organisation == "Fernleigh Borough Council"
    assert read.committee == "Performance Scrutiny Panel"
    assert read.meeting_date == "2019-11-12"
    assert read.item == "B3"
    assert read.title == "Performance Report - Quarter 2 2019/20"
    assert (read.period.year, read.period.quarter) == ("2019/20", 2)


@pytest.mark.parametrize(
    ("printed", "committee"),
    [
        ("PERFORMANCE AND AUDIT COMMITTEE", "Performance and Audit Committee"),
        ("COUNCIL", "Council"),
        ("Cabinet", "Cabinet"),
        ("Health and Wellbeing Board", "Health and Wellbeing Board"),
    ],
)
def test_a_line_that_names_only_a_body_is_the_committee(printed: str, committee: str) -> None:
    read = facts(
        ("Wellbrook City Council", True),
        (printed, False),
        ("Performance Report - Quarter 1 2020/21", True),
    )
    assert read.committee == committee
    assert read.organisation == "Wellbrook City Council"


def test_a_quarter_printed_before_a_council_is_no_part_of_its_name() -> None:
    read = facts(
        ("EXECUTIVE", True),
        ("Subject: Corporate Performance 2014/15: Quarter Four", False),
        ("Amberley Council. Report author: Head of Policy.", False),
    )
    assert read.organisation == "Amberley Council"
    assert read.committee == "Executive"


def test_a_page_that_prints_no_item_has_none() -> None:
    read = facts(("Wellbrook City Council", True), ("Performance Report - Quarter 1 2020/21", True))
    assert read.item is None
    assert read.meeting_date is None
    assert read.committee is None
