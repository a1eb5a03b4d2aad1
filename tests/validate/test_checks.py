"""Every check from both sides: what must be found, and what looks wrong but must not be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extract.errors import BelishaError
from normalise.records import ExtraValue, Inferred, Measure, Unread
from normalise.row_kinds import EMPTY, NAMELESS, RUN_TOGETHER
from tests.validate.from_truth import passage
from tests.validate.hand_made import figure, found, measure, report, row, told
from validate.checks import CHECKS, KINDS, UnknownKind, chosen
from validate.checks.manual import manual
from validate.checks.pairing import pair_rows
from validate.checks.tables_disagree import same_period, spans_year

FINDINGS_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "findings.md"

# --- the registry and the manual ------------------------------------------------------------------


def test_kinds_are_unique() -> None:
    assert len(set(KINDS)) == len(KINDS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.kind)
def test_each_kind_has_its_page(check: object) -> None:
    page = FINDINGS_PAGE.read_text(encoding="utf-8")
    assert f"\n## {check.kind}\n" in page  # type: ignore[attr-defined]


def test_the_page_is_up_to_date() -> None:
    """Where this fails: ``python -m validate.checks.manual > docs/reference/findings.md``."""
    assert FINDINGS_PAGE.read_text(encoding="utf-8") == manual()


def test_the_module_prints_the_page() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "validate.checks.manual"],
        capture_output=True,
        text=True,
        cwd=FINDINGS_PAGE.parents[2],
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert run.stdout == manual()


def test_select_and_ignore() -> None:
    assert [c.kind for c in chosen(select=["tables-disagree"])] == ["tables-disagree"]
    assert "tables-disagree" not in [c.kind for c in chosen(ignore=["tables-disagree"])]
    with pytest.raises(UnknownKind, match="no-such-kind") as caught:
        chosen(select=["no-such-kind"])
    assert isinstance(caught.value, BelishaError)
    assert "tables-disagree" in caught.value.advice


# --- status-contradicted --------------------------------------------------------------------------


def test_a_status_against_its_rule() -> None:
    made = report(
        [
            measure("T 01", good_is="high", actual="70.0%", target="80.0%", status="green"),
            measure("T 02", good_is="high", actual="81.0%", target="80.0%", status="green"),
            measure("T 03", good_is="high", actual="75.1%", target="80.0%", status="amber"),
            measure("T 04", good_is="low", actual="37 days", target="34.5 days", status="amber"),
            measure("T 05", good_is="high", actual="70%", target="80%", status="annual"),
            measure("T 06", good_is=None, actual="70%", target="80%", status="red"),
        ]
    )
    assert told(made, "status-contradicted") == [
        ("contradicted", "T 01", "status"),
        ("borderline", "T 04", "status"),
    ]
    finding = found(made, "status-contradicted")[0]
    assert finding.expected == ("red",)
    assert len(finding.causes) == 4
    assert finding.sources
    assert "T 01" in finding.message


# --- direction-contradicted -----------------------------------------------------------------------

KEY = "The direction of travel arrow compares with the previous quarter: ▲ means better, ▼ means worse, ► no change."
MOVEMENT = "Arrows compare with the previous quarter and tell whether the figure has gone up or down, not whether that is good."
Q1 = {"previous": "Q1 actual"}


def arrow(
    code: str, now: str, then: str, direction: str, good_is: str | None = "high", **keys: object
) -> Measure:
    keys.setdefault("column_headings", Q1)
    return measure(code, good_is=good_is, actual=now, previous=then, direction=direction, **keys)


def test_an_arrow_by_merit() -> None:
    made = report(
        [
            arrow("T 01", "51.8%", "46.9%", "down"),
            arrow("T 02", "51.8%", "46.9%", "up"),
            arrow("T 03", "12.4%", "10.1%", "up", "low"),
            arrow("T 04", "12.4%", "10.1%", "down", "low"),
            arrow("T 05", "12.4%", "10.1%", "level"),
            *(arrow(f"T {i}", f"{i}.5%", f"{i}.0%", "up") for i in range(10, 20)),
        ],
        text=[KEY],
    )
    assert told(made, "direction-contradicted") == [
        ("contradicted", "T 01", "direction"),
        ("contradicted", "T 03", "direction"),
        ("contradicted", "T 05", "direction"),
    ]
    assert found(made, "direction-contradicted")[0].expected == ("up",)


def test_an_arrow_that_shows_the_figures_movement() -> None:
    made = report(
        [arrow("T 01", "12.4%", "10.1%", "up", "low"), arrow("T 02", "12.4%", "10.1%", "down", "low")],
        text=[MOVEMENT],
    )
    assert told(made, "direction-contradicted") == [("contradicted", "T 02", "direction")]


def test_what_speaks_for_a_misread_arrow() -> None:
    wrong = [arrow(f"T {i}", f"{i}.0%", f"{i}.5%", "up") for i in range(10, 14)]
    assert {v for v, _, _ in told(report(wrong, text=[KEY]), "direction-contradicted")} == {"unverifiable"}
    unknown = arrow("T 01", "51.8%", "46.9%", "down", signals={"direction": ("glyph-unknown",)})
    assert told(report([unknown], text=[KEY]), "direction-contradicted") == [
        ("unverifiable", "T 01", "direction")
    ]
    second = {"Trend": ExtraValue(printed="↑", role="direction")}
    two = arrow("T 01", "51.8%", "46.9%", "down", extra=second)
    assert told(report([two], text=[KEY]), "direction-contradicted") == [
        ("unverifiable", "T 01", "direction")
    ]


@pytest.mark.parametrize("direction", ["up", "down", "level"])
def test_figures_that_are_equal_as_printed_allow_every_arrow(direction: str) -> None:
    made = report([arrow("T 01", "76.2%", "76.2%", direction)], text=[KEY])
    assert found(made, "direction-contradicted") == []


def test_equal_counts_with_an_arrow_are_told_but_not_held_against_anybody() -> None:
    made = report([arrow("T 01", "31", "31", "up", title="Number of allotments let")], text=[KEY])
    assert told(made, "direction-contradicted") == [("borderline", "T 01", "direction")]


def test_no_change_for_a_tiny_change() -> None:
    made = report([arrow("T 01", "2,014", "2,001", "level")], text=[KEY])
    assert told(made, "direction-contradicted") == [("borderline", "T 01", "direction")]


def test_a_printed_tolerance_is_respected() -> None:
    key = KEY.replace("► no change", "► no change (within 5%)")
    made = report([arrow("T 01", "208", "200", "level"), arrow("T 02", "230", "200", "level")], text=[key])
    assert told(made, "direction-contradicted") == [("contradicted", "T 02", "direction")]


def test_without_a_key_both_meanings_must_fail() -> None:
    up_and_down = [arrow(f"T {i}", f"{60 + i}.0%", f"{50 + i}.0%", "up") for i in range(10, 20)]
    made = report(
        [
            *up_and_down,
            arrow("T 20", "40.0%", "60.0%", "up"),  # wrong either way
            arrow("T 21", "40.0%", "60.0%", "up", "low"),  # right by merit
            arrow("T 22", "60.0%", "40.0%", "up", "low"),  # right by movement
        ],
        text=["The arrow compares with the previous quarter."],
    )
    assert told(made, "direction-contradicted") == [("contradicted", "T 20", "direction")]


def test_what_is_compared_must_be_known() -> None:
    lone = arrow("T 01", "51.8%", "46.9%", "down", column_headings={})
    text = "▲ means better and ▼ means worse in the direction of travel."
    assert told(report([lone], text=[text]), "direction-contradicted") == [("depends", "T 01", "direction")]
    # Other arrows can show by their practice that the column is the one.
    others = [
        arrow(f"T {i}", f"{60 + i}.0%", f"{50 + i}.0%", "up", column_headings={}) for i in range(10, 20)
    ]
    assert told(report([lone, *others], text=[text]), "direction-contradicted") == [
        ("contradicted", "T 01", "direction")
    ]


def test_words_that_name_another_period_than_the_column_silence_it() -> None:
    lone = arrow("T 01", "51.8%", "46.9%", "down", column_headings={"previous": "2017/18"})
    assert found(report([lone], text=[KEY]), "direction-contradicted") == []


def test_another_earlier_figure_may_be_meant() -> None:
    other = {"Two years ago": ExtraValue(**figure("55.0%").model_dump(), role="other_period")}
    others = [
        arrow(f"T {i}", f"{60 + i}.0%", f"{50 + i}.0%", "up", column_headings={}) for i in range(10, 20)
    ]
    lone = arrow("T 01", "51.8%", "46.9%", "down", column_headings={}, extra=other)
    text = "▲ means better and ▼ means worse in the direction of travel."
    assert found(report([lone, *others], text=[text]), "direction-contradicted") == []


def test_a_polarity_that_is_only_inferred_accuses_nobody() -> None:
    reason = Inferred(good_is="high", reason="the title says rate of success")
    lone = arrow("T 01", "51.8%", "46.9%", "down", None, inferred_good_is=reason)
    assert told(report([lone], text=[KEY]), "direction-contradicted") == [("depends", "T 01", "direction")]


# --- tables-disagree ------------------------------------------------------------------------------


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
    pairs = pair_rows([measure(**dashboard)], [row(**improvement)])  # type: ignore[arg-type]
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


# --- the improvement report and the dashboard -----------------------------------------------------

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


# --- count-mismatch -------------------------------------------------------------------------------


def lights(**numbers: int) -> list[Measure]:
    statuses = [status for status, n in numbers.items() for _ in range(n)]
    return [measure(f"T {i:02}", status=status) for i, status in enumerate(statuses)]


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


# --- colour-mismatch ------------------------------------------------------------------------------

GREEN, AMBER, RED = "00B050", "FFC000", "FF0000"


def coloured(*pairs: tuple[str, str]) -> list[Measure]:
    return [measure(f"T {i:02}", status=s, colours={"status": c}) for i, (s, c) in enumerate(pairs)]


STEADY = [("green", GREEN)] * 4 + [("amber", AMBER)] * 3 + [("red", RED)] * 3


def test_a_word_in_the_colour_of_another() -> None:
    made = report(coloured(("amber", GREEN), *STEADY))
    assert told(made, "colour-mismatch") == [("contradicted", "T 00", "status")]
    assert found(made, "colour-mismatch")[0].expected == ("green",)


@pytest.mark.parametrize(
    "cells",
    [
        STEADY,
        [("amber", "FFFFFF"), *STEADY],  # no colour at all
        [("amber", "FFA000"), *STEADY],  # another amber
        [("amber", GREEN), ("green", GREEN)],  # too few to learn from
        [("green", AMBER), ("amber", GREEN)]
        * 3,  # this report pairs them its own way, or its columns slipped
    ],
)
def test_colours_that_accuse_nobody(cells: list[tuple[str, str]]) -> None:
    assert told(report(coloured(*cells)), "colour-mismatch") == []


def test_a_status_that_was_read_from_its_colour_cannot_differ_from_it() -> None:
    rows = [m.model_copy(update={"printed": {}}) for m in coloured(("amber", GREEN), *STEADY)]
    assert told(report(rows), "colour-mismatch") == []


# --- the rule itself ------------------------------------------------------------------------------


def test_gaps_and_questions_of_the_rule_are_notes() -> None:
    rule = {
        "blue": "More than 4% better than target",
        "green": "On target",
        "amber": "Within 6% of target",
        "red": "More than 6% worse",
    }
    findings = found(report(lights(green=2), rule=rule), "scheme-gap")
    assert {f.verdict for f in findings} == {"note"}
    assert any("less than 4% better than target" in f.message for f in findings)
    assert any("percentage points" in f.message for f in findings)
    assert all(f.page == 1 and f.bbox for f in findings)


def test_a_status_that_the_rule_does_not_name() -> None:
    made = report(lights(green=2, purple=2, annual=1))
    assert told(made, "status-undefined") == [("note", "T 02", "status")]
    assert found(made, "status-undefined")[0].status == "purple"
    assert told(report(lights(green=2, purple=2), rule={}), "status-undefined") == []
