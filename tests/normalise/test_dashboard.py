"""Dashboards as drawn: rows, sections, notes, and what is no measure."""

from __future__ import annotations

import pytest

from normalise.row_kinds import may_be_measure
from tests.normalise.drawn import HEADINGS, WIDTHS, by_code, reasons, report

ROWS = [
    ["AB01", "Letters answered in ten days", "91%", "90%", "Green"],
    ["AB02", "Lamps mended in a week", "70%", "88%", "Red"],
    ["AB03", "Visits to the baths", "4,100", "4,000", "Green"],
]


def test_each_row_is_a_measure_with_its_places() -> None:
    drawing = report()
    drawing.table([HEADINGS, *ROWS], WIDTHS)
    read = by_code(drawing.read().measures)
    assert list(read) == ["AB01", "AB02", "AB03"]
    lamps = read["AB02"]
    assert lamps.title == "Lamps mended in a week"
    assert (str(lamps.actual.value), lamps.actual.unit) == ("70", "percent")
    assert (str(lamps.target.value), lamps.status) == ("88", "red")
    assert all(lamps.sources[name] for name in ("title", "status"))
    assert lamps.actual.source[0].page == 1


def test_a_bare_number_has_no_unit_of_its_own() -> None:
    drawing = report()
    drawing.table([HEADINGS, *ROWS], WIDTHS)
    assert by_code(drawing.read().measures)["AB03"].actual.unit == "number"


def test_rows_over_the_table_name_sections() -> None:
    drawing = report()
    rows = [HEADINGS, ["Clean streets", "", "", "", ""], ROWS[0], ["Warm homes", "", "", "", ""], *ROWS[1:]]
    drawing.table(rows, WIDTHS, spans={(1, 0): 5, (3, 0): 5})
    read = by_code(drawing.read().measures)
    assert [m.section for m in read.values()] == ["Clean streets", "Warm homes", "Warm homes"]


def test_a_section_goes_on_over_the_page() -> None:
    drawing = report()
    drawing.table([HEADINGS, ["Clean streets", "", "", "", ""], ROWS[0]], WIDTHS, spans={(1, 0): 5})
    drawing.page()
    drawing.table([HEADINGS, *ROWS[1:]], WIDTHS)
    assert {m.section for m in drawing.read().measures} == {"Clean streets"}


def test_a_heading_above_names_the_section_of_its_table_only() -> None:
    drawing = report()
    drawing.heading("Clean streets")
    drawing.table([HEADINGS, *ROWS[:2]], WIDTHS)
    drawing.heading("Warm homes")
    drawing.table([HEADINGS, ["AB09", "Roofs mended", "5", "6", "Amber"], ROWS[2]], WIDTHS)
    read = by_code(drawing.read().measures)
    assert (read["AB01"].section, read["AB09"].section) == ("Clean streets", "Warm homes")


@pytest.mark.parametrize("theme", ["Response", "Confidence"])
def test_a_heading_above_may_be_a_word_that_columns_have_too(theme: str) -> None:
    drawing = report()
    drawing.heading("Prevention")
    drawing.table([HEADINGS, ["AB01", "Bins emptied", "70%", "88%", "Red"]], WIDTHS)
    drawing.heading(theme)
    drawing.table([HEADINGS, ["AB09", "Calls answered", "70%", "88%", "Red"]], WIDTHS)
    assert by_code(drawing.read().measures)["AB09"].section == theme


@pytest.mark.parametrize("caption", ["Contents", "Key performance indicators", "The rating works like this:"])
def test_general_captions_name_no_section(caption: str) -> None:
    drawing = report()
    drawing.heading(caption)
    drawing.table([HEADINGS, *ROWS], WIDTHS)
    assert {m.section for m in drawing.read().measures} == {None}


def test_a_text_over_the_figures_is_a_note_and_no_status() -> None:
    drawing = report()
    note = "New measure: first figure due in May"
    rows = [[*HEADINGS[:2], "Status", "Actual", "Target"], ["AB04", "Trees planted", note, "", ""]]
    rows += [[r[0], r[1], r[4], r[2], r[3]] for r in ROWS]
    drawing.table(rows, WIDTHS, spans={(1, 2): 3})
    trees = by_code(drawing.read().measures)["AB04"]
    assert trees.note == note
    assert (trees.status, trees.actual) == (None, None)


def test_a_sentence_over_figures_alone_is_a_note() -> None:
    drawing = report()
    note = "Awaiting confirmed results (target is 95%)"
    rows = [[*HEADINGS[:2], "Last quarter", "Target", "Actual"], ["AB04", "Trees planted", note, "", ""]]
    rows += [[r[0], r[1], r[2], r[3], r[2]] for r in ROWS]
    drawing.table(rows, WIDTHS, spans={(1, 2): 3})
    trees = by_code(drawing.read().measures)["AB04"]
    assert (trees.note, trees.previous) == (note, None)


def test_titles_that_begin_with_a_per_cent_sign_keep_it() -> None:
    drawing = report()
    rows = [
        ["Measure", "Actual", "Target", "Status"],
        ["EN-1% of lamps mended", "70%", "88%", "Red"],
        ["EN-2% of letters answered", "91%", "90%", "Green"],
        ["EN-3Visits to the baths", "4,100", "4,000", "Green"],
    ]
    drawing.table(rows, (240, 70, 70, 70))
    read = by_code(drawing.read().measures)
    assert {code: m.title for code, m in read.items()} == {
        "EN-1": "% of lamps mended",
        "EN-2": "% of letters answered",
        "EN-3": "Visits to the baths",
    }


def test_codes_behind_titles_come_first_and_aliases_after() -> None:
    drawing = report()
    rows = [
        ["Measure", "Actual", "Target", "Status"],
        ["Lamps mended (NI 53) [EN-1]", "70%", "88%", "Red"],
        ["Letters answered [EN-2]", "91%", "90%", "Green"],
        ["Visits to the baths [EN-3]", "4,100", "4,000", "Green"],
    ]
    drawing.table(rows, (240, 70, 70, 70))
    read = by_code(drawing.read().measures)
    assert list(read) == ["EN-1", "EN-2", "EN-3"]
    assert (read["EN-1"].title, read["EN-1"].other_codes) == ("Lamps mended", ("NI 53",))


def test_two_rows_run_together_are_listed_and_not_read() -> None:
    drawing = report()
    joined = ["AB04 Trees planted AB05 Hedges cut", "12", "15", "Red"]
    rows = [["Measure", "Actual", "Target", "Status"], joined]
    rows += [[f"{r[0]} {r[1]}", *r[2:]] for r in ROWS]
    drawing.table(rows, (260, 70, 70, 70))
    read = drawing.read()
    assert list(by_code(read.measures)) == ["AB01", "AB02", "AB03"]
    assert reasons(read, "Hedges") == ["two rows that could not be told apart"]


@pytest.mark.parametrize(
    "rows",
    [
        [["No.", "Risk", "Likelihood", "Impact", "Score"], ["R1", "A flood", "3", "4", "12"]],
        [["Service", "Green", "Amber", "Red", "Total"], ["Streets", "3", "1", "0", "4"]],
        [
            ["Directorate", "Budget", "Outturn", "Variation", "Note"],
            ["Streets", "£310k", "£300k", "-£10k", ""],
        ],
    ],
    ids=["risks", "counts", "finance"],
)
def test_other_tables_hold_no_measures_and_are_accounted_for(rows: list[list[str]]) -> None:
    drawing = report()
    drawing.table([*rows, rows[1]], WIDTHS)
    read = drawing.read()
    assert not read.measures
    assert not read.improvements
    assert reasons(read, rows[1][1])


def test_fills_are_the_status_where_no_column_prints_one() -> None:
    drawing = report()
    rows = [HEADINGS[:4], *[r[:4] for r in ROWS]]
    lights = {(1, 2): "00B050", (2, 2): "FF0000", (3, 2): "00B050"}
    drawing.table(rows, WIDTHS[:4], fills=lights)
    read = by_code(drawing.read().measures)
    assert [m.status for m in read.values()] == ["green", "red", "green"]
    assert read["AB02"].signals["status"] == ("status-from-colour",)


def test_figures_of_three_months_in_one_colour_are_no_band_of_the_row() -> None:
    drawing = report()
    head = ["Ref", "Measure", "Target", "Jul-19", "Aug-19", "Sep-19"]
    rows = [
        ["AB1", "Calls answered", "90%", "70%", "71%", "72%"],
        ["AB2", "Letters answered", "80%", "81%", "82%", "83%"],
    ]
    red, green = "E03C31", "3F9C35"
    fills = {(1, c): red for c in (3, 4, 5)} | {(2, c): green for c in (3, 4, 5)}
    drawing.table([head, *rows], (50.0, 170.0, 60.0, 60.0, 60.0, 60.0), fills=fills)
    read = by_code(drawing.read().measures)
    assert [(read[c].status, read[c].actual.printed) for c in ("AB1", "AB2")] == [
        ("red", "72%"),
        ("green", "83%"),
    ]


def test_units_in_a_column_of_their_own_count_for_the_figures() -> None:
    drawing = report()
    head = ["Ref", "Measure", "Unit", "Actual", "Target", "Status"]
    rows = [
        ["AB1", "Calls answered", "%", "91.5", "90", "Green"],
        ["AB2", "Money saved", "£000", "1,240", "1,300", "Red"],
        ["AB3", "Days to let a home", "Days", "21", "20", "Red"],
        ["AB4", "Homes let", "No.", "14", "12", "Green"],
    ]
    drawing.table([head, *rows], (50.0, 170.0, 50.0, 60.0, 60.0, 60.0))
    read = by_code(drawing.read().measures)
    found = {code: (str(m.actual.value), m.actual.unit, m.actual.printed) for code, m in read.items()}
    assert found == {
        "AB1": ("91.5", "percent", "91.5"),
        "AB2": ("1240000", "gbp", "1,240"),
        "AB3": ("21", "days", "21"),
        "AB4": ("14", "number", "14"),
    }


def test_a_key_of_statuses_in_words_is_no_block_of_one_measure() -> None:
    drawing = report()
    drawing.heading("Performance against targets")
    key = [
        ["Rating", "Definition"],
        ["On target", "performance is at or better than target"],
        ["Slightly below target", "performance is within 10% of target"],
        ["Below target", "performance is more than 10% worse than target"],
    ]
    drawing.table(key, (120.0, 300.0), height=14.0)
    drawing.table([HEADINGS, *ROWS], WIDTHS)
    assert {m.code for m in drawing.read().measures} == {row[0] for row in ROWS}


@pytest.mark.parametrize(
    ("last", "expected"), [("Awaited", ["green", "green", "green", None]), ("55%", [None] * 4)]
)
def test_fills_of_one_colour_are_the_status_only_where_they_spare_what_has_no_figure(
    last: str, expected: list[str | None]
) -> None:
    """A column may be tinted to set it off; a light is left out where there is nothing to judge."""
    drawing = report()
    drawing.line("Measures are rated Green where the target has been met and Red where it has been missed.")
    rows = [HEADINGS[:4], *[r[:4] for r in ROWS], ["AB04", "Halls let", last, "60%"]]
    drawing.table(rows, WIDTHS[:4], fills={(k, 2): "00B050" for k in (1, 2, 3)})
    assert [m.status for m in drawing.read().measures] == expected


@pytest.mark.parametrize(
    ("text", "span", "measure"),
    [
        ("Targets are set by the authority each March.", 5, False),
        ("N/A: not applicable in this quarter.", 1, False),
        ("Homes mended", 1, True),  # its figures may not have been read
    ],
)
def test_a_sentence_alone_in_its_row_is_no_measure_that_was_not_read(
    text: str, span: int, measure: bool
) -> None:
    drawing = report()
    drawing.table(
        [HEADINGS, *ROWS, [text, "", "", "", ""] if span > 1 else ["", text, "", "", ""]],
        WIDTHS,
        spans={(4, 0): 5} if span > 1 else {},
    )
    read = drawing.read()
    assert len(read.measures) == 3
    assert [may_be_measure(u) for u in read.unread if text in u.text] == [measure]


@pytest.mark.parametrize("names", [["Clean streets"], ["Clean streets", "Warm homes"]])
def test_names_of_sections_that_no_row_stands_under_are_listed(names: list[str]) -> None:
    drawing = report()
    spans = {(4 + k, 0): 5 for k in range(len(names))}
    drawing.table([HEADINGS, *ROWS, *([name, "", "", "", ""] for name in names)], WIDTHS, spans=spans)
    assert [u.text for u in drawing.read().unread if "without rows" in u.reason] == names


def test_a_name_at_a_tables_end_whose_rows_are_on_the_next_page_is_in_their_records() -> None:
    drawing = report()
    drawing.table([HEADINGS, *ROWS, ["Warm homes", "", "", "", ""]], WIDTHS, spans={(4, 0): 5})
    drawing.page()
    drawing.table([HEADINGS, ["AB09", "Roofs mended", "5", "6", "Amber"]], WIDTHS)
    read = drawing.read()
    assert by_code(read.measures)["AB09"].section == "Warm homes"
    assert not [u for u in read.unread if "without rows" in u.reason]
