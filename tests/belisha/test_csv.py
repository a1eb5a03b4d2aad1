"""CSV: one row a field, figures stay figures, words never become formulas."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.render.csv import COLUMNS, guarded, reports_csv, unguarded
from tests.belisha.records_at_hand import small_report

FORMULA_STARTS = "=+-@\t\r\n\0＝＋－＠"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(st.sampled_from(FORMULA_STARTS), st.text(max_size=20))
def test_no_formula_is_left(start: str, rest: str) -> None:
    text = start + "1x" + rest
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "hidden", [" =1+1", "\u200b=1+1", "\ufeff=1+1", "\u202e=1+1", "\0=1+1", " \t@SUM(1)"]
)
def test_what_a_program_drops_first_hides_nothing(hidden: str) -> None:
    assert guarded(hidden) == f"'{hidden}"


@pytest.mark.parametrize("figure", ["-3.2", "+5%", "-1,234.5", "-0.5 %", "12", "-.5"])
def test_figures_stay_as_printed(figure: str) -> None:
    assert guarded(figure) == figure


@pytest.mark.parametrize("sum_", ["-1+1", "+1-2", "-3.2x", "=-3.2", "-", "--1", "-1%%"])
def test_what_only_looks_like_a_figure_is_guarded(sum_: str) -> None:
    assert guarded(sum_) == f"'{sum_}"


@given(st.text() | st.from_regex(r"'*[=+\-@].*", fullmatch=True))
def test_the_printed_text_can_be_had_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=3))
def test_any_words_come_back_from_the_file(titles: list[str]) -> None:
    report = small_report()
    measures = tuple(report.measures[0].model_copy(update={"title": title}) for title in titles)
    text = reports_csv([small_report(measures=measures, findings=(), improvements=())])
    found = [unguarded(row["title"]) for row in rows_of(text) if row["field"] == "target"]
    assert found == titles


def test_columns_and_their_order() -> None:
    head = reports_csv([small_report()]).splitlines()[0].split(",")
    assert " ".join(head[:15]) == (
        "organisation report period section code title field printed value unit "
        "qualifier status verdict page bbox"
    )
    assert tuple(head) == COLUMNS


def test_one_row_for_each_field_that_is_printed() -> None:
    rows = rows_of(reports_csv([small_report(findings=())]))
    assert [(row["table"], row["title"][:7], row["field"]) for row in rows] == [
        ("dashboard", "Repairs", "actual"),
        ("dashboard", "Repairs", "target"),
        ("dashboard", "Repairs", "Owner"),
        ("dashboard", "Repairs", "status"),
        ("dashboard", "Repairs", "good_is"),
        ("dashboard", "Bins \x1b[", "actual"),
        ("improvement", "Repairs", "context"),
    ]
    actual, _, owner, status, *_ = rows
    assert actual["value"] == "-3.2"
    assert actual["printed"] == "-3.2%"
    assert actual["unit"] == "percent"
    assert actual["status"] == "red"
    assert actual["period"] == "2019/20 Q3"
    assert (actual["page"], actual["bbox"]) == ("3", "10 20 110.5 40.25")
    assert owner["printed"] == "'=HYPERLINK(1)"
    assert (status["printed"], status["status"], status["bbox"]) == ("R", "red", "1 2 3 4")


def test_findings_stand_on_their_row_or_on_one_of_their_own() -> None:
    rows = rows_of(reports_csv([small_report()]))
    judged = [row for row in rows if row["verdict"]]
    assert [(row["field"], row["verdict"], row["finding"], row["table"]) for row in judged] == [
        ("status", "contradicted", "status-contradicted", "dashboard"),
        ("", "note", "scheme-gap", "finding"),
    ]


def test_no_finding_is_lost_where_two_speak_of_one_field() -> None:
    finding = small_report().findings[0]
    both = (finding.model_copy(update={"verdict": "note", "kind": "colour-mismatch"}), finding)
    rows = [row for row in rows_of(reports_csv([small_report(findings=both)])) if row["verdict"]]
    assert [(row["verdict"], row["finding"]) for row in rows] == [
        ("contradicted", "colour-mismatch; status-contradicted")
    ]


def test_the_same_code_and_title_on_two_pages_are_told_apart() -> None:
    first = small_report().measures[0]
    second = first.model_copy(
        update={
            "page": 9,
            "sources": {"status": (replace(first.sources["status"][0], page=9),)},
        }
    )
    finding = small_report().findings[0].model_copy(update={"page": 9})
    text = reports_csv([small_report(measures=(first, second), improvements=(), findings=(finding,))])
    assert [row["page"] for row in rows_of(text) if row["verdict"]] == ["9"]
