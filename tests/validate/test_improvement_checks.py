"""Rows of the improvement report that are missing or need not be there, and statuses without data."""

from __future__ import annotations

import pytest

from normalise.records import Measure, Unread
from tests.validate.from_truth import passage
from tests.validate.hand_made import measure, report, row, told

EXPLAINED = "All measures rated Red are explained in Appendix C."


TITLES = {
    "A1": "Calls answered within a minute",
    "B2": "Homes let to new tenants",
    "C3": "Street lamps mended in five days",
    "D4": "Bus passes issued in a week",
    "E5": "Library loans by children",
    "F6": "Trees planted along main roads",
    "G7": "Swimming lessons given to schools",
}


def reds(*codes: str) -> list[Measure]:
    return [measure(c, title=TITLES[c], status="red") for c in codes]


def test_a_red_measure_that_is_not_explained() -> None:
    rows = [row(c, title=TITLES[c]) for c in ("A1", "B2", "C3")]
    made = report([*reds("A1", "B2", "C3", "D4"), measure("E5", status="green")], rows, text=[EXPLAINED])
    assert told(made, "missing-from-improvement") == [("contradicted", "D4", "improvement")]


def test_silent_without_a_rule_or_without_a_table() -> None:
    rows = [row("A1", title=TITLES["A1"])]
    assert told(report(reds("A1", "D4"), rows), "missing-from-improvement") == []
    may = "Measures rated Red may be explained in Appendix C."
    assert told(report(reds("A1", "D4"), rows, text=[may]), "missing-from-improvement") == []
    assert told(report(reds("A1", "D4"), text=[EXPLAINED]), "missing-from-improvement") == []


def test_a_row_under_another_name_may_be_the_measure() -> None:
    rows = [row("A1", title=TITLES["A1"]), row(None, title="Number of bus passes issued in a week")]
    assert told(report(reds("A1", "D4"), rows, text=[EXPLAINED]), "missing-from-improvement") == []


def test_where_most_are_missing_the_rule_is_in_doubt() -> None:
    rows = [row("A1", title=TITLES["A1"])]
    verdicts = {
        v
        for v, _, _ in told(
            report(reds("A1", "B2", "C3", "D4"), rows, text=[EXPLAINED]), "missing-from-improvement"
        )
    }
    assert verdicts == {"depends"}


def test_a_row_in_text_that_was_not_read_is_not_missing_for_sure() -> None:
    rows = [row("A1", title=TITLES["A1"]), row("B2", title=TITLES["B2"])]
    lost = (Unread(page=4, bbox=(0, 0, 9, 9), text="D 4 made up", reason="no table"),)
    made = report(reds("A1", "B2", "D4"), rows, text=[EXPLAINED], unread=lost)
    assert told(made, "missing-from-improvement") == [("depends", "D4", "improvement")]


def test_a_row_that_lost_its_name_may_be_the_one_that_is_missing() -> None:
    rows = [row(c, title=TITLES[c]) for c in ("A1", "B2")]
    stray = row(None, title="Progress will be told to the panel")
    made = report(reds("A1", "B2", "D4"), [*rows, stray], text=[EXPLAINED])
    assert told(made, "missing-from-improvement") == [("depends", "D4", "improvement")]


@pytest.mark.parametrize("text", ["See D4 as well.", "See D 4.", "Bus passes issued in a week are late."])
def test_a_row_may_have_been_lost_in_another_one(text: str) -> None:
    rows = [row("A1", title=TITLES["A1"], context=text), row("B2", title=TITLES["B2"])]
    made = report(reds("A1", "B2", "D4"), rows, text=[EXPLAINED])
    assert told(made, "missing-from-improvement") == [("depends", "D4", "improvement")]


def test_a_heading_is_a_rule_only_where_its_table_keeps_to_it() -> None:
    heading = passage("Annex 2: Corrective action for Red measures", kind="heading")
    codes = ["A1", "B2", "C3", "D4", "E5"]
    rows = [row(c, title=TITLES[c]) for c in codes[:4]]
    assert told(report(reds(*codes), rows, text=[heading]), "missing-from-improvement") == [
        ("contradicted", "E5", "improvement")
    ]
    green = measure("F6", title=TITLES["F6"], status="green")
    mixed = [*rows, row("F6", title=TITLES["F6"])]
    assert told(report([*reds(*codes), green], mixed, text=[heading]), "missing-from-improvement") == []


def test_included_without_cause() -> None:
    rows = [row(c, title=TITLES[c]) for c in ("A1", "B2", "G7")]
    green = measure("G7", title=TITLES["G7"], status="green", forecast_status="green")
    made = report([*reds("A1", "B2"), green], rows, text=[EXPLAINED])
    assert told(made, "included-without-cause") == [("note", "G7", "improvement")]
    assert told(report([*reds("A1", "B2"), green], rows), "included-without-cause") == []
    widely = "Appendix C covers measures that are Red or Green."
    assert (
        told(report([*reds("A1", "B2"), green], rows, text=[EXPLAINED, widely]), "included-without-cause")
        == []
    )


def test_missing_from_dashboard() -> None:
    made = report(reds("A1"), [row("A1", title=TITLES["A1"]), row("Z9", title="Never seen before")])
    assert told(made, "missing-from-dashboard") == [("note", "Z9", "dashboard")]
    assert told(report([], [row("Z9")]), "missing-from-dashboard") == []
    strangers = [row(f"Z{i}", title=f"{title} abroad") for i, title in enumerate(TITLES.values())]
    assert told(report(reds("A1"), strangers), "missing-from-dashboard") == []


@pytest.mark.parametrize(
    "keys",
    [
        {"performance": "Quarter 2: data not available until the autumn"},
        {"context": "The figures have not yet been received from the contractor. They are due soon."},
        {"context": "Data for September will be available next month."},
    ],
)
def test_a_status_without_data(keys: dict[str, str]) -> None:
    made = report([measure(status="red")], [row(**keys)])
    assert told(made, "status-without-data") == [("note", "T 01", "status")]


def test_a_status_with_data_or_without_any_word_about_it() -> None:
    assert (
        told(report([measure(status="red")], [row(context="Demand was high.")]), "status-without-data") == []
    )
    with_figure = report([measure(status="red")], [row(actual="12%", context="No data yet for next year.")])
    assert told(with_figure, "status-without-data") == []
    annual = report([measure(status="annual")], [row(performance="Data not available")])
    assert told(annual, "status-without-data") == []


def test_a_figure_in_words_beside_a_status() -> None:
    made = report(
        [measure("T 01", actual="TBC", status="green"), measure("T 02", actual="On track", status="green")]
    )
    assert told(made, "status-without-data") == [("note", "T 01", "status")]
