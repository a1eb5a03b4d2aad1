"""What is counted and what is measured, by a measure's own words."""

from __future__ import annotations

import pytest

from tests.validate.making import measure, scheme, three_bands, value
from validate.counts import Nature, headings_of, is_count, marks_percentages, nature_of
from validate.verdicts import judge


@pytest.mark.parametrize(
    ("title", "nature"),
    [
        ("Number of allotments let", "count"),
        ("No. of lifts out of order", "count"),
        ("Total number of complaints about response times", "count"),
        ("Number of savings schemes agreed", "count"),
        ("Number of working days lost to illness per head", "measured"),
        ("Number of days to settle a claim", "measured"),
        ("Average number of visitors", "measured"),
        ("Time taken to answer a letter (days)", "measured"),
        ("Crimes per 1,000 residents", "measured"),
        ("Bins missed for every 100,000 emptied", "measured"),
        ("Percentage of tenants content", "measured"),
        ("Staff engagement score", "measured"),
        ("Mean wait at the counter", "measured"),
        ("Ratio of pupils to teachers", "measured"),
        ("Gap between the best and the worst ward", "measured"),
        ("Visitors to the museum (thousands)", "measured"),
        ("Fires in sheds and outhouses", "perhaps a count"),
        ("New affordable homes finished", "perhaps a count"),
        ("First time entrants to the courts", "perhaps a count"),
        ("Households kept in their home", "perhaps a count"),
        ("Applications settled within eight weeks", "measured"),
        ("Council tax gathered", "unknown"),
        ("Readiness for winter", "unknown"),
    ],
)
def test_a_title_tells_what_is_counted(title: str, nature: Nature) -> None:
    assert nature_of(title) == nature


def test_things_may_be_a_share_where_the_report_marks_no_percentages() -> None:
    few, many = [value("62", "number")], [value("162", "number")]
    assert not is_count("Fires in sheds", few)
    assert is_count("Fires in sheds", few, percent_signs=True)
    assert is_count("Fires in sheds", many)
    assert not is_count("Readiness", many, percent_signs=True)


def test_a_unit_of_things_and_a_heading_tell_too() -> None:
    assert is_count("Readiness", [value("62", "households")])
    assert not is_count("Number of lifts", [value("62", "number")], ["Average for the quarter"])
    row = measure(actual="1", column_headings={"actual": "Rate", "title": "Index"})
    assert headings_of(row) == ("Rate",)


def test_a_report_marks_percentages_by_its_signs() -> None:
    assert marks_percentages([measure(actual="5"), measure(actual=value("5", "number"))])
    assert not marks_percentages([measure(actual=value("5", "number"), target=None)])


def test_an_average_that_may_be_rounded_is_not_held_against_the_report() -> None:
    rule = scheme(three_bands("5"))
    figures = {"actual": value("9", "number"), "target": value("9", "number"), "status": "amber"}
    assert judge(measure(title="Average wait", good_is="low", **figures), rule).verdict == "borderline"
    assert judge(measure(title="Number of waits", good_is="low", **figures), rule).verdict == "contradicted"
