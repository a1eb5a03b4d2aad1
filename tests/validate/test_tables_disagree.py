"""The dashboard against the improvement report, cell by cell: what must be found, and what must not be."""

from __future__ import annotations

import pytest

from tests.validate.hand_made import figure, found, measure, report, row, told
from validate.checks.pairing import pair_rows
from validate.checks.tables_disagree import same_period, spans_year


@pytest.mark.parametrize(
    ("dashboard", "improvement", "verdict"),
    [
        ("71%", "74%", "contradicted"),
        ("7.52 days", "7.5 days", None),
        ("7.52 days", "8 days", None),
        ("7.58 days", "7.5 days", "borderline"),
        ("12,400", "12,391", "contradicted"),
        ("12,000", "12,391", None),
        ("£1.2m", "£1,214,000", None),
        ("0.71", "71%", None),
        ("On track", "71%", None),
        ("40 days", "41%", None),
        ("13", "12", "contradicted"),
    ],
)
def test_two_printings_of_a_figure(dashboard: str, improvement: str, verdict: str | None) -> None:
    made = report([measure(actual=dashboard)], [row(actual=improvement)])
    expected = [(verdict, "T 01", "actual")] if verdict else []
    assert told(made, "tables-disagree") == expected


def test_every_field_that_both_print() -> None:
    made = report(
        [
            measure(
                actual="50%",
                target="60%",
                status="red",
                forecast="61%",
                forecast_status="green",
                year_end_target="70%",
            )
        ],
        [row(actual="51%", target="62%", status="amber", forecast="66%", forecast_status="blue")],
    )
    fields = ["actual", "target", "forecast", "status", "forecast_status"]
    found_fields = [f for _, _, f in told(made, "tables-disagree")]
    assert sorted(found_fields, key=lambda f: fields.index(str(f))) == fields


def test_a_year_end_target_is_not_set_against_one_for_the_quarter() -> None:
    made = report([measure(year_end_target="60%", status="red")], [row(target="45%", status="red")])
    assert told(made, "tables-disagree") == []
    headed = measure(target="60%", column_headings={"target": "2018/19 target"})
    assert told(report([headed], [row(target="45%")]), "tables-disagree") == []


@pytest.mark.parametrize("heading", ["Year to date 2018/19", "Q1 Actual", "2018/19 YTD"])
def test_a_column_of_another_period_is_not_set_against_the_quarter(heading: str) -> None:
    made = measure(actual="60%", column_headings={"actual": heading})
    rows = [row(actual="51%", period_label="Quarter 2")]
    assert told(report([made], rows), "tables-disagree") == []
    quarterly = measure(actual="60%", column_headings={"actual": "Q2 2018/19 Actual"})
    assert told(report([quarterly], rows), "tables-disagree") == [("contradicted", "T 01", "actual")]


def test_another_period_is_another_figure() -> None:
    rows = [row(actual="51%", status="amber", forecast="66%", period_label="Quarter 1")]
    made = report([measure(actual="50%", status="red", forecast="61%")], rows)
    assert told(made, "tables-disagree") == [("contradicted", "T 01", "forecast")]


def test_a_word_beside_a_status_is_a_note() -> None:
    made = report([measure(status="annual")], [row(status="amber")])
    assert told(made, "tables-disagree") == [("note", "T 01", "status")]
    assert told(report([measure(status="annual")], [row(status="not_due")]), "tables-disagree") == []


@pytest.mark.parametrize(
    ("dashboard", "improvement", "matched"),
    [
        ({"code": "T 01b"}, {"code": "T01b"}, True),
        ({"code": "T 01"}, {"code": "X 9", "other_codes": ("T 01",)}, True),
        ({"code": "T 01", "former_codes": ("OLD 3",)}, {"code": "OLD 3"}, True),
        ({"code": "T 01"}, {"code": None, "title": "Made measure T 01"}, True),
        ({"code": "T 01a"}, {"code": "T 01b", "title": "Something else altogether"}, False),
    ],
)
def test_rows_are_matched_by_code_then_title(
    dashboard: dict[str, object], improvement: dict[str, object], matched: bool
) -> None:
    pairs = pair_rows([measure(**dashboard)], [row(**improvement)])  # type: ignore[arg-type]  # codes and titles only
    assert len(pairs) == matched


def test_a_code_over_two_titles_accuses_nobody() -> None:
    one = measure(title="Calls answered within a minute", actual="50%")
    other = row(title="Buses that leave on time", actual="90%")
    assert told(report([one], [other]), "tables-disagree") == [("depends", "T 01", "actual")]


def test_a_badly_read_figure_accuses_nobody() -> None:
    one = measure(actual=figure("50%", confidence="low", signals=("ocr",)))
    made = report([one], [row(actual="90%")])
    assert told(made, "tables-disagree") == [("unverifiable", "T 01", "actual")]
    assert "ocr" in found(made, "tables-disagree")[0].causes[0]


def test_a_date_of_its_own_explains_a_difference() -> None:
    one = measure(forecast=figure("7.1 days", qualifier="august figures"))
    assert told(report([one], [row(forecast="7.9 days")]), "tables-disagree") == [
        ("depends", "T 01", "forecast")
    ]


@pytest.mark.parametrize(
    ("label", "same"),
    [
        (None, True),
        ("Quarter 2", True),
        ("Q2 2018/19", True),
        ("Quarter Two", True),
        ("September 2018", True),
        ("Quarter 1", False),
        ("August 2018", False),
        ("Year end", False),
    ],
)
def test_period_labels(label: str | None, same: bool) -> None:
    assert same_period(label, report().report.period) is same


def test_headings_that_span_the_year() -> None:
    assert spans_year("Annual Target")
    assert spans_year("2018/19 Target")
    assert not spans_year("Q2 2018/19 Target")
    assert not spans_year("Target")
