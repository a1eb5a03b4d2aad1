"""Counts in the text against the rows: what must be found, and what must not be."""

from __future__ import annotations

import pytest

from normalise.records import Unread
from normalise.row_kinds import EMPTY, NAMELESS, RUN_TOGETHER
from tests.validate.hand_made import found, lights, measure, report, told


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("12 measures were reviewed: 7 are Green, 3 Amber and 2 Red.", []),
        ("12 measures were reviewed: 9 are Green, 3 Amber and 2 Red.", ["green"]),
        ("12 measures were reviewed: 7 are Green, 2 Amber and 3 Red.", ["amber", "red"]),
        ("Seven are Green, four are Amber and one is Red.", ["amber", "red"]),
        ("20 measures were reviewed: 12 are Green, 5 Amber and 3 Red.", []),
        ("9 are Green, 3 Amber and 2 Red.", []),
        ("9 were Green last quarter.", []),
        ("12 measures were reviewed: about 9 are Green.", []),
        ("There are 12 indicators. 10 are Green or Amber; 2 are Red.", []),
        ("There are 12 indicators. 11 are Green or Amber and 2 are Red.", [None]),
        ("The 12 measures show no Blue.", []),
    ],
)
def test_counts_against_rows(text: str, wrong: list[str | None]) -> None:
    findings = found(report(lights(green=7, amber=3, red=2), text=[text]), "count-mismatch")
    assert [f.status for f in findings] == wrong
    assert {f.verdict for f in findings} <= {"contradicted"}


def test_a_count_says_what_it_counts() -> None:
    text = "12 measures were reviewed: 9 are Green, 3 Amber and 2 Red."
    finding = found(report(lights(green=7, amber=3, red=2), text=[text]), "count-mismatch")[0]
    assert (finding.printed, finding.expected, finding.field) == ("9", ("7",), "narrative_count")
    assert finding.page == 1
    assert finding.bbox is not None


def test_silent_where_a_status_was_not_read() -> None:
    rows = [*lights(green=7, amber=3, red=1), measure("T 99")]
    text = "12 measures were reviewed: 7 are Green, 3 Amber and 2 Red."
    assert told(report(rows, text=[text]), "count-mismatch") == []
    # Counts of rated measures do not need the row without a status.
    text = "Of 11 rated measures 9 are Green, 3 Amber and 1 Red."
    assert [f.status for f in found(report(rows, text=[text]), "count-mismatch")] == ["green"]
    doubtful = [m.model_copy(update={"signals": {"status": ("glyph-unknown",)}}) for m in rows]
    assert told(report(doubtful, text=[text]), "count-mismatch") == []


def test_a_number_of_rated_measures_is_not_held_against_all_rows() -> None:
    rows = [*lights(green=6, amber=3, red=2), measure("T 99", status="annual")]
    text = "Of the 12 measures that could be rated, 7 are Green, 3 Amber and 2 Red."
    assert told(report(rows, text=[text]), "count-mismatch") == []
    rated = "Of the 11 measures that could be rated, 7 are Green, 3 Amber and 2 Red."
    assert [f.status for f in found(report(rows, text=[rated]), "count-mismatch")] == ["green"]


def test_where_every_count_differs_nobody_is_accused() -> None:
    text = "12 measures were reviewed: 5 are Green, 4 Amber and 3 Red."
    verdicts = [v for v, _, _ in told(report(lights(green=7, amber=3, red=2), text=[text]), "count-mismatch")]
    assert verdicts == ["depends"] * 3


@pytest.mark.parametrize(
    ("reason", "left", "verdict"),
    [
        (RUN_TOGETHER, "RES09 Sponsorship income", "depends"),
        (EMPTY, "RES09 Sponsorship income", "depends"),
        (NAMELESS, "71.2%", "depends"),
        (NAMELESS, "to be continued", "contradicted"),
        ("footnote", "1 Restated", "contradicted"),
    ],
)
def test_nobody_is_accused_where_a_row_may_have_been_lost(reason: str, left: str, verdict: str) -> None:
    text = "12 measures were reviewed: 9 are Green, 3 Amber and 2 Red."
    made = report(lights(green=7, amber=3, red=2), text=[text])
    made = made.model_copy(update={"unread": (Unread(page=1, text=left, reason=reason),)})
    assert [v for v, _, _ in told(made, "count-mismatch")] == [verdict]


def test_a_total_near_the_rows_read_is_a_note() -> None:
    made = report(lights(green=20), text=["The plan holds 21 priority measures."])
    assert told(made, "count-mismatch") == [("note", None, "narrative_count")]
    assert (
        told(report(lights(green=21), text=["The plan holds 21 priority measures."]), "count-mismatch") == []
    )
    assert (
        told(report(lights(green=9), text=["The plan holds 21 priority measures."]), "count-mismatch") == []
    )


def test_a_sentence_about_a_part_is_no_contradiction() -> None:
    whole = "The plan holds 12 measures."
    part = "In Housing 4 are Green, 3 are Amber and 2 are Red."
    made = report(lights(green=7, amber=3, red=2), text=[whole, part])
    assert told(made, "count-mismatch") == [("depends", None, "narrative_count")]


def test_counts_of_forecasts() -> None:
    rows = [measure(f"T {i}", status="red", forecast_status="green" if i < 8 else "red") for i in range(10)]
    text = "There are 10 measures. At year end 9 are forecast to be green and 1 is forecast to be red."
    assert [f.status for f in found(report(rows, text=[text]), "count-mismatch")] == ["green", "red"]
