"""Headings as fields, by their words, the report's period, their neighbours and the cells below them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.columns import read_headings, table_kind
from normalise.records import Period
from normalise.vocabulary import ProfileWords, load


def fields(headings: str, period: Period | None = None, samples: list[list[str]] | None = None) -> list[str]:
    return [guess.field for guess in read_headings(headings.split("|"), period, samples or [])]


def by_field(headings: str, period: Period | None = None) -> dict[str, str]:
    return {g.field: g.heading for g in read_headings(headings.split("|"), period) if g.field != "extra"}


Q2 = Period(year="2014/15", quarter=2)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            (
                "Measure Description|Good is|Current\nTarget\nStatus|Year\nEnd\nForecast|Year End\nTarget|Forecast\nYear End\nStatus"
                "|Direction of\nTravel"
            ),
            "code_title good_is status forecast year_end_target forecast_status direction",
        ),
        (
            "Ref|Measure|Polarity|Q1\nActual|Q2\nActual|Q2\nTarget|RAG|DoT",
            "code title good_is previous actual target status direction",
        ),
        (
            "Code|Indicator|Aim|2013/14|Q1|Q2|Q3|Q4|Target|BRAG|Tren\nd",
            "code title good_is extra previous actual extra extra target status direction",
        ),
        (
            "Indicator|Current Value|Current Target|Traffic Light Icon|Long Trend|Latest Note",
            "code_title actual target status direction context",
        ),
        ("KPI|Target|Actual|RAG|Forecast|RAG", "code_title target actual status forecast forecast_status"),
        ("Measure|Apr 14|Jun 14|Sep 14|Target|Status", "code_title extra previous actual target status"),
        (
            "Indicator|Result|Goal|On target?|Same period last year",
            "code_title actual target status previous",
        ),
        ("PI|Description|Outturn|Standard|Rating", "code title actual target status"),
        (
            "Measure|Quarter 2 / Actual|Quarter 2 / Target|Quarter 1 / Actual|Quarter 1 / RAG|RAG",
            "code_title actual target previous extra status",
        ),
        ("Measure|Actual|Annual target|Status", "code_title actual year_end_target status"),
        (
            "Measure|Q2 Actual|Q2 Target|2014/15 Target|2015/16 Target",
            "code_title actual target year_end_target extra",
        ),
        ("Measure|YTD|Target|RAG", "code_title actual target status"),
    ],
)
def test_headings(headings: str, expected: str) -> None:
    assert fields(headings, Q2) == expected.split()


def test_a_year_ago_is_the_earlier_figure_only_where_there_is_no_nearer_one() -> None:
    assert by_field("Measure|Q2 2013/14|Q2 2014/15|Target", Q2)["previous"] == "Q2 2013/14"
    assert by_field("Measure|Q2 2013/14|Q1 2014/15|Q2 2014/15|Target", Q2)["previous"] == "Q1 2014/15"


def test_a_status_of_the_year_so_far_judges_the_figure_of_the_year_so_far() -> None:
    found = by_field("Ref|Indicator|Standard|Aug|Sep|Oct|YTD|YTD RAG|Trend", Q2)
    assert (found["actual"], found["status"]) == ("YTD", "YTD RAG")
    assert "previous" not in found  # a month is no earlier figure of the year so far
    assert by_field("Ref|Indicator|Sep Actual|YTD Actual|YTD Target|RAG", Q2)["actual"] == "YTD Actual"
    assert by_field("Ref|Indicator|Sep|RAG|YTD|YTD RAG|Target", Q2)["actual"] == "Sep"


def test_the_direction_that_is_wanted_is_no_direction_of_travel() -> None:
    for heading in ("Direction wanted", "Preferred direction of travel", "Desired direction"):
        assert fields(f"Ref|Indicator|{heading}|Actual|Target|RAG|Trend")[2] == "good_is"


def test_the_period_moves_the_columns() -> None:
    headings = "Measure|2013/14|Q1|Q2|Q3|Q4|Target"
    wanted = {1: ("Q1", "2013/14"), 2: ("Q2", "Q1"), 3: ("Q3", "Q2"), 4: ("Q4", "Q3")}
    for quarter, (actual, previous) in wanted.items():
        found = by_field(headings, Period(year="2014/15", quarter=quarter))
        assert (found["actual"], found["previous"]) == (actual, previous)


def test_without_a_period_the_last_filled_column_is_this_one() -> None:
    rows = [["Calls", "80%", "81%", "83%", "", "85%"], ["Letters", "70%", "71%", "70%", "", "75%"]]
    assert fields("Measure|2013/14|Q1|Q2|Q3|Target", None, rows) == [
        "code_title",
        "extra",
        "previous",
        "actual",
        "extra",
        "target",
    ]


def test_cells_settle_misleading_headings() -> None:
    rows = [
        ["HM01 Bins", "Bigger is better", "49%", "52%", "G"],
        ["HM02 Calls", "Smaller is better", "4", "3", "R"],
    ]
    guesses = read_headings(["Indicator", "Value", "Target", "Performance", "Level"], Q2, rows)
    assert [g.field for g in guesses] == ["code_title", "good_is", "target", "actual", "status"]
    assert "actual" in guesses[1].alternatives
    assert "which way is good" in guesses[1].why


def test_headings_that_are_empty_are_read_by_their_cells() -> None:
    rows = [
        [f"HM{n}", f"Calls answered by team {n} this quarter", "80%", "81%", "Green"] for n in range(1, 4)
    ]
    assert fields("||Target|Actual|", None, rows) == ["code", "title", "target", "actual", "status"]


def test_thresholds_are_no_targets() -> None:
    guesses = read_headings(
        ["Measure", "Actual", "Target", "Floor", "Tolerance", "Variance", "England average", "Lead officer"]
    )
    assert [g.role for g in guesses[3:]] == ["floor", "tolerance", "variance", "benchmark", "words"]


def test_a_performance_column_beside_figures_may_be_the_status() -> None:
    guesses = read_headings(["Measure", "Aim", "Actual", "Target", "Performance"])
    assert guesses[4].alternatives == ("status",)


def test_a_later_quarter_with_figures_is_last_years() -> None:
    rows = [["Calls", "80%", "81%", "80%"]] * 3
    report = Period(year="2014/15", quarter=1)
    assert fields("Measure|Q4|Result|Target", report, rows) == ["code_title", "previous", "actual", "target"]
    assert fields("Measure|Q1|Q4|Target", report, [["Calls", "80%", "", "80%"]]) == [
        "code_title",
        "actual",
        "extra",
        "target",
    ]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("This quarter Q2 Result Q2 Target", ["actual", "target"]),
        ("Quarter 2 Target Outturn Qtr 2", ["target", "actual"]),
        ("2014/15 Q1 Q2", ["previous", "actual"]),
        ("2014/15 Q2 Current Current performanc target e", ["actual", "target"]),
        ("Q1 Actual Q2 Target", ["extra", "extra"]),
        ("Quarterly Actual target", ["extra", "extra"]),
        ("2014/15 Q2 Q2 Outturn 2014/1 Q2 5 Target", ["extra", "extra"]),
        ("Year end target status", ["extra", "extra"]),
    ],
)
def test_a_heading_over_two_columns_is_shared_out_or_not_used(heading: str, expected: list[str]) -> None:
    guesses = read_headings(["Measure", heading, heading, "RAG"], Q2)
    assert [g.field for g in guesses[1:3]] == expected
    assert guesses[1].heading == heading


def test_single_digits_below_a_trend_heading_may_be_arrows_of_a_symbol_font() -> None:
    rows = [["Calls", "80%", "81%", digit] for digit in "5565"]
    assert fields("Measure|Target|Actual|Short trend", None, rows)[3] == "direction"
    rows = [["Calls", "80%", "81%", change] for change in ("+1.2", "-0.4", "0.0")]
    assert read_headings(["Measure", "Target", "Actual", "Change"], None, rows)[3].role == "variance"


def test_a_year_that_a_narrow_column_cut() -> None:
    assert fields("Measure|Q2 Actual|Q2 Target|2014-1 5 Target", Q2) == [
        "code_title",
        "actual",
        "target",
        "year_end_target",
    ]


def test_section_rows_are_no_samples() -> None:
    rows = [["2. A safe town"] * 4, ["Calls", "80%", "81%", ""], ["Letters", "70%", "71%", ""]]
    assert fields("Measure|Target|Actual|Trend", None, rows) == [
        "code_title",
        "target",
        "actual",
        "direction",
    ]


def test_every_column_says_why() -> None:
    assert all(g.why for g in read_headings(["Measure", "Zebra", "", "Target"]))


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("dashboard", "Measure|Target|Actual|RAG"),
        ("dashboard", "Indicator|Status"),
        ("dashboard", "Measure|Target|Actual"),
        ("dashboard", "Ref|Indicator|Target|Actual|RAG|DoT|Comments"),
        (
            "improvement",
            "Measure details|Performance v target (Q2)|Context|Actions taken|Intervention/Review",
        ),
        ("improvement", "Indicator|RAG|Reason for performance|Corrective action"),
        ("improvement", "Red indicators|Why it is red|What we are doing|Lead officer"),
        ("improvement", "Ref|Measure|Target|Actual|Status|Why it is off target"),
        ("dashboard", "Service Standard|Target|Achieved|Status"),
        ("dashboard", "Indicator|Green|Amber|Red|Actual|Status"),
        ("legend", "Traffic light|Performance"),
        ("legend", "RAG rating|Definition"),
        ("legend", "Symbol|Meaning"),
        ("other", "Theme|Green|Amber|Red"),
        ("other", "Budget|Forecast|Variance"),
        ("other", "Service|Budget £000|Actual £000|Variance £000|RAG"),
        ("other", "Risk|Likelihood|Impact"),
        ("other", "Ref|Risk Description|Likelihood|Impact|Rating"),
        ("other", "Member|Declared interest|Item"),
        ("other", "Milestone|Due date|RAG"),
        ("other", "Status|Number|Percentage"),
        ("other", "Legal officer|Not Applicable"),
        ("other", ""),
    ],
)
def test_kinds_of_table(kind: str, headings: str) -> None:
    found = table_kind(headings.split("|"))
    assert found.kind == kind
    assert found.why


def test_a_dashboard_with_comments_and_actions_is_known_by_its_good_statuses() -> None:
    headings = ["Measure", "Target", "Actual", "Status", "Reason", "Action"]
    poor = [["Calls", "80%", "70%", "Red", "Staff left", "Hire"]] * 4
    good = [["Calls", "80%", "81%", "Green", "Staff stayed", "None"]] * 4
    assert table_kind(headings, None, poor).kind == "improvement"
    assert table_kind(headings, None, good).kind == "dashboard"


def test_a_profile_may_add_a_heading() -> None:
    words = load().extended(ProfileWords(columns={"actual": ("where the needle is",)}))
    assert read_headings(["Where the needle is"], vocabulary=words)[0].field == "actual"
    assert read_headings(["Where the needle is"])[0].field == "extra"


@given(
    st.lists(st.text(max_size=20), max_size=8),
    st.lists(st.lists(st.text(max_size=10), max_size=8), max_size=3),
)
def test_any_headings_get_one_guess_each_and_no_field_twice(
    headings: list[str], rows: list[list[str]]
) -> None:
    guesses = read_headings(headings, Q2, rows)
    assert len(guesses) == len(headings)
    named = [guess.field for guess in guesses if guess.field != "extra"]
    assert len(named) == len(set(named))
    table_kind(headings, Q2, rows)


def test_titles_behind_dotted_codes_are_no_counts() -> None:
    titles = [
        "1.1 Appraisals completed",
        "1.2 Staff who left in the last twelve months",
        "1.3 Calls answered",
    ]
    rows = [[title, "97%", "98%", "Green"] for title in titles]
    assert fields("Indicator|Target|Q2 Actual|Status", Q2, rows)[0] == "code_title"


def test_a_column_of_counts_names_no_measure() -> None:
    rows = [["Homes", "12", "5", "Green"], ["Roads", "7", "3", "Red"], ["Schools", "1,204", "9", "Green"]]
    assert fields("Service|Number of measures|Target|Status", Q2, rows)[1] != "code_title"


def test_titles_that_end_in_their_status_are_titles() -> None:
    headings = "Measure|What is happening?|Action"
    assert fields(headings, samples=[["Forms sent online (RED)", "Few staff.", "Hire."]])[0] == "code_title"
    words = [["On target (green)", "91%", "90%"], ["Off target (red)", "70%", "88%"]]
    assert fields("Indicator|Actual|Target", samples=words)[0] == "status"


def test_figures_that_look_like_codes_are_figures_below_a_heading_that_says_so() -> None:
    row = ["HQ4", "Average stay", "2.42", "2.61", "Red"]
    assert fields("Ref|Measure|Target|Actual|Status", samples=[row])[3] == "actual"


def test_a_date_beside_actions_leaves_an_improvement_report_one() -> None:
    actions = [["FD1 Rent collected", "Few staff.", "Hire two.", "Dec 2015"]]
    assert (
        table_kind(
            ["PI", "Reason for under-performance", "What we are doing about it", "By when"], Q2, actions
        ).kind
        == "improvement"
    )
    plan = [["1", "New website", "The old one fails.", "Find a supplier", "Dec 2015", "Green"]]
    assert table_kind(["Ref", "Issue", "Reason", "Action", "By when", "Status"], Q2, plan).kind == "other"


def test_higher_and_lower_are_arrows_only_where_a_heading_says_so() -> None:
    rows = [["Burglaries", "Lower", "2.9", "3.0", "Improving"], ["Calls", "Higher", "70%", "90%", "Stable"]]
    assert fields("Measure|Better to be|Actual|Target|Change", samples=rows)[1::3] == ["good_is", "direction"]
    assert fields("Measure|Which|Actual|Target|Change", samples=rows)[1::3] == ["extra", "direction"]
    assert fields("Measure|Trend|Actual|Target|Comment", samples=rows)[1] == "direction"


def test_figures_under_milestone_are_targets_where_no_other_column_holds_them() -> None:
    rows = [["Trees planted", "120", "131"], ["Homes let", "95.5%", "91%"]]
    dates = [["Trees planted", "March 2015", "131"], ["Homes let", "30/06/2015", "91%"]]
    assert fields("Measure|Milestone|Actual", Q2, rows) == ["code_title", "target", "actual"]
    assert fields("Measure|Milestone|Actual", Q2, dates) == ["code_title", "extra", "actual"]
    both = [[*row, "150"] for row in rows]
    assert fields("Measure|Milestone|Actual|Target", Q2, both) == ["code_title", "extra", "actual", "target"]
    assert fields("Measure|Q2 milestone|Q2 actual|Annual target", Q2, both) == [
        "code_title", "target", "actual", "year_end_target",
    ]  # fmt: skip


def test_a_period_alone_over_two_columns_of_figures_tells_neither() -> None:
    rows = [["Trees planted", "120", "131", "Green"], ["Homes let", "95.5%", "91%", "Red"]]
    assert fields("Measure|This quarter|This quarter|RAG", Q2, rows) == [
        "code_title",
        "extra",
        "extra",
        "status",
    ]
    arrows = [[*row[:2], "▲", row[3]] for row in rows]
    assert fields("Measure|This quarter|This quarter|RAG", Q2, arrows)[1] == "actual"


def test_names_that_begin_with_figures_stand_before_their_target_and_status() -> None:
    rows = [
        ["4-hour emergency access", "95%", "88.4%", "✘"],
        ["12-week treatment time guarantee", "100%", "61.7%", "✘"],
        ["18 weeks to psychological therapy", "90%", "91.3%", "✔"],
        ["Early access to antenatal care", "80%", "93.0%", "✔"],
    ]
    assert fields("LDP Standard|Standard level|Latest performance|Met?", Q2, rows) == [
        "code_title",
        "target",
        "actual",
        "status",
    ]
