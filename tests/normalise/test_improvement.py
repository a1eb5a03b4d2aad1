"""Improvement tables as drawn: whole texts, statuses in titles, rows torn by a page."""

from __future__ import annotations

from tests.normalise.drawn import WIDE, by_code, reasons, report

HEAD = ["Measure details", "Results", "Reason for performance", "Action being taken"]
WIDTHS = (180.0, 170.0, 190.0, 190.0)
LAMPS = [
    "AB02 Lamps mended in a week",
    "Quarter 2\nTarget: 88%\nActual: 70% (RED)",
    "Two fitters left.",
    "Hire two.",
]
TREES = ["AB07 Trees planted", "Quarter 2\nTarget: 20\nActual: 11 (RED)", "It was dry.", "Water more."]
CLAIMS = ["AB08 Claims paid", "Quarter 2\nTarget: 95%\nActual: 90% (AMBER)", "A backlog.", "Pay sooner."]


def test_figures_and_statuses_come_out_of_the_results() -> None:
    drawing = report(size=WIDE)
    drawing.table([HEAD, LAMPS, TREES, CLAIMS], WIDTHS, height=40)
    read = by_code(drawing.read().improvements)
    lamps = read["AB02"]
    assert lamps.title == "Lamps mended in a week"
    assert (str(lamps.target.value), str(lamps.actual.value), lamps.status) == ("88", "70", "red")
    assert (lamps.context, lamps.actions) == ("Two fitters left.", "Hire two.")
    assert read["AB08"].status == "amber"


def test_a_status_behind_the_title_is_the_rows_status_and_no_part_of_the_title() -> None:
    drawing = report(size=WIDE)
    head = ["Measure details", "Reason for performance", "Action being taken"]
    rows = [
        ["AB02 Lamps mended in a week\n(RED)", "Two fitters left.", "Hire two."],
        ["AB08 Claims paid (AMBER)", "A backlog.", "Pay sooner."],
    ]
    drawing.table([head, *rows], (240, 240, 240), height=34)
    read = by_code(drawing.read().improvements)
    assert {c: (r.title, r.status) for c, r in read.items()} == {
        "AB02": ("Lamps mended in a week", "red"),
        "AB08": ("Claims paid", "amber"),
    }


def test_a_row_without_a_title_carries_on_the_row_above() -> None:
    drawing = report(size=WIDE)
    more = ["", "", "The van broke down.", "Rent a van."]
    drawing.table([HEAD, LAMPS, more, TREES], WIDTHS, height=40)
    read = by_code(drawing.read().improvements)
    assert list(read) == ["AB02", "AB07"]
    assert read["AB02"].context == "Two fitters left. The van broke down."
    assert read["AB02"].actions == "Hire two. Rent a van."


def test_a_row_torn_over_the_page_is_one_record_of_both_pages() -> None:
    drawing = report(size=WIDE)
    drawing.table([HEAD, LAMPS, TREES], WIDTHS, height=40)
    drawing.page()
    drawing.table([HEAD, ["", "", "Then it froze.", "Mulch."], CLAIMS], WIDTHS, height=40)
    read = by_code(drawing.read().improvements)
    assert list(read) == ["AB02", "AB07", "AB08"]
    assert read["AB07"].context == "It was dry. Then it froze."
    assert read["AB07"].pages == (1, 2)


def test_a_glossary_below_the_table_makes_no_record() -> None:
    drawing = report(size=WIDE)
    rows = [HEAD, LAMPS, TREES, ["Terms used", "", "", ""], ["Profile", "How a target is spread", "", ""]]
    drawing.table(rows, WIDTHS, height=40, spans={(3, 0): 4})
    read = drawing.read()
    assert list(by_code(read.improvements)) == ["AB02", "AB07"]
    assert reasons(read, "Profile")
