"""Rows and cells that a page cuts, columns that a header draws, and where a table ends beside another one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.making import BODY, HEADINGS, pdf, read, ruled, texts

WIDTHS = (60, 200, 70, 70, 70)
RIGHT = 50 + sum(WIDTHS)


def _open_box(c: Any, row: list[str], *, top: float, bottom: float) -> None:
    """The first lines of a row whose upright rules end where the page does."""
    x = 50.0
    for text, width in zip(row, WIDTHS, strict=True):
        c.drawString(x + 3, top - 11, text)
        x += width
    for edge in (50, 110, 310, 380, 450, RIGHT):
        c.line(edge, top, edge, bottom)


def test_a_row_without_a_rule_below_goes_on_on_the_next_page() -> None:
    def first(c: Any) -> None:
        end = ruled(c, [HEADINGS, *BODY], top=200)
        _open_box(c, ["AB4", "", "12%", "15%", "Red"], top=end, bottom=end - 16)

    def second(c: Any) -> None:
        c.line(50, 730, RIGHT, 730)
        _open_box(c, ["", "Papers sent out late", "", "", ""], top=760, bottom=730)
        ruled(c, [["AB5", "Halls let", "7", "6", "Green"]], top=730, bold_first=False)

    rows = texts(read(pdf(first, second)))
    assert rows[-2:] == [
        ["AB4", "Papers sent out late", "12%", "15%", "Red"],
        ["AB5", "Halls let", "7", "6", "Green"],
    ]


def test_a_closed_row_is_whole() -> None:
    def first(c: Any) -> None:
        ruled(c, [HEADINGS, *BODY, ["AB4", "", "12%", "15%", "Red"]], top=200)

    def second(c: Any) -> None:
        ruled(c, [["AB5", "Halls let", "7", "6", "Green"]], top=760, bold_first=False)

    assert len(texts(read(pdf(first, second)))) == 6


def test_a_cell_over_several_rows_is_read_though_the_page_cuts_it() -> None:
    def page(c: Any) -> None:
        rows = [["Measure", "Actual", "Target", "Status"], *(row[1:] for row in BODY)]
        end = ruled(c, rows, top=200, left=110, widths=WIDTHS[1:])
        c.line(50, 200, 110, 200)
        c.line(50, 176, 110, 176)
        c.line(50, 200, 50, end)
        c.drawString(53, 189, "Theme")
        c.drawString(53, 160, "Housing")

    table = read(pdf(page)).tables[0]
    assert [c.text for c in table.rows[1].cells][:2] == ["Housing", "Letters answered in time"]
    assert table.rows[1].cells[0].row_span == 3


def test_cells_of_the_header_that_touch_tell_the_columns() -> None:
    """By the white between words alone, "(Estimated)" would reach over the next column's edge."""

    def page(c: Any) -> None:
        x = 50.0
        for width in WIDTHS:
            c.setFillColorRGB(0.85, 0.85, 0.85)
            c.rect(x, 676, width, 24, stroke=0, fill=1)
            x += width
        c.setFillColorRGB(0, 0, 0)
        long = [["AB4", "Papers sent out late", "12% (Estimated)", "15%", "Red"]]
        ruled(c, [HEADINGS, *long, *BODY], rules=False, widths=WIDTHS)

    table = read(pdf(page)).tables[0]
    assert [round(x0) for x0, _ in table.columns] == [50, 110, 310, 380, 450]


def test_a_table_ends_above_another_with_other_columns() -> None:
    def page(c: Any) -> None:
        end = ruled(c, [HEADINGS, *BODY], rules=False)
        for k in range(2):
            y = end - 20 - 24 * k
            c.line(50, y, 120, y)
            c.line(120, y, 400, y)
        ruled(
            c,
            [["Rate", "So many of a hundred"]],
            top=end - 20,
            rules=False,
            widths=(70, 280),
            bold_first=False,
        )

    assert texts(read(pdf(page))) == [HEADINGS, *BODY]


def test_words_inside_a_form_stand_where_the_page_shows_them() -> None:
    def page(c: Any) -> None:
        c.beginForm("table")
        ruled(c, [HEADINGS, *BODY], rules=False, top=400)
        c.endForm()
        c.translate(0, 250)
        c.doForm("table")

    document = read(pdf(page))
    assert texts(document) == [HEADINGS, *BODY]
    assert 842 - 650 < document.tables[0].rows[0].cells[0].lines[0].box.top < 842 - 630


def test_lines_of_one_cell_stand_closer_than_rows() -> None:
    """Rows an eighth further apart than lines, one of them with more air for its symbol."""

    def page(c: Any) -> None:
        c.setFont("Helvetica-Bold", 9)
        for x, text in zip((53, 113, 313, 383, 453), HEADINGS, strict=True):
            c.drawString(x, 700, text)
        y = 684.0
        for row in [*BODY, ["AB4", "Papers sent|out too late", "12%", "15%", "Red"], *BODY[:1]]:
            c.setFont("Helvetica", 9)
            for x, text in zip((53, 113, 313, 383, 453), row, strict=True):
                for k, line in enumerate(text.split("|")):
                    c.drawString(x, y - 10 * k, line)
            y -= 12 + 10 * ("|" in row[1]) + 3 * (row[0] == "AB2")

    rows = texts(read(pdf(page)))
    assert [row[0] for row in rows[1:]] == ["AB1", "AB2", "AB3", "AB4", "AB1"]


def test_a_name_that_went_to_the_next_page_belongs_to_the_texts_at_the_foot() -> None:
    def first(c: Any) -> None:
        ruled(c, [HEADINGS, *BODY, ["", "Staff were ill in May.", "", "", ""]], top=170)

    def second(c: Any) -> None:
        rows = [["AB4", "Others helped out.", "12%", "15%", "Red"], ["AB5", "Halls let", "7", "6", "Green"]]
        ruled(c, rows, top=790, bold_first=False)

    assert texts(read(pdf(first, second)))[-2:] == [
        ["AB4", "Staff were ill in May.\nOthers helped out.", "12%", "15%", "Red"],
        ["AB5", "Halls let", "7", "6", "Green"],
    ]


@pytest.mark.parametrize("lit", [False, True])
def test_a_code_whose_number_went_to_the_next_page_is_one_code(lit: bool) -> None:
    rows = [[f"LPI {k}b", "Percentage of letters answered", "91%", "90%", ""] for k in range(1, 17)]
    last = ["LPI", "Percentage of complaints answered", "70%", "88%", ""]
    widths = (40.0, 165.0, 70.0, 70.0, 70.0)

    def first(c: Any) -> None:
        ruled(c, [HEADINGS, *rows, last], rules=False, top=780, height=40, widths=widths)
        for k in range(17):
            c.circle(410, 780 - 40 * (k + 1) - 9, 4, stroke=0, fill=1)
            if k < 16:
                c.drawString(398, 780 - 40 * (k + 1) - 22, "Green")
            c.setFont("Helvetica", 9)

    def second(c: Any) -> None:
        c.setFont("Helvetica", 9)
        for x, text in ((53, "10a"), (93, "in fifteen working days"), *(((398, "Green"),) if lit else ())):
            c.drawString(x, 790, text)
        c.setFont("Helvetica-Bold", 11)
        c.drawString(50, 760, "Growth")
        ruled(c, [HEADINGS, *BODY], rules=False, top=750)

    table = read(pdf(first, second)).tables[0]
    assert [c.text for c in table.rows[-1].cells][:2] == [
        "LPI\n10a",
        "Percentage of complaints answered\nin fifteen working days",
    ]
    assert len(table.rows) == 18


def test_the_same_rest_in_several_cells_is_no_second_heading() -> None:
    headings = ["Measure", "Good is", "Target", "Actual", "Level", "Trend", "Status"]
    widths = (150.0, 50.0, 60.0, 60.0, 60.0, 50.0, 50.0)
    rows = [[f"Letters answered of kind {k}", "High", "90%", "91%", "80%", "up", "Green"] for k in range(5)]
    torn = ["People admitted per", "Low", "674 per", "655 per", "700 per", "up", "Green"]
    rest = ["100,000", "", "100,000", "100,000", "100,000", "", ""]
    document = read(
        pdf(
            lambda c: ruled(c, [headings, *rows, torn], top=220, widths=widths),
            lambda c: ruled(c, [rest, *rows], top=790, widths=widths, bold_first=False, height=20),
        )
    )
    (table,) = document.tables
    assert [c.text for c in table.rows[6].cells][:4] == [
        "People admitted per\n100,000",
        "Low",
        "674 per\n100,000",
        "655 per\n100,000",
    ]
    assert len(table.rows) == 12


@pytest.mark.parametrize("pieces", [True, False])
def test_the_rest_of_one_cell_above_a_line_that_closes_every_column_is_of_the_row(pieces: bool) -> None:
    """A line across the page in one piece closes no row of columns."""
    long = "The target was raised in April\nand the staff start only in July."
    rows = [[f"AB{k}", long, "70%", "88%", "Red"] for k in range(6)]

    def lines(c: Any, y: float) -> None:
        x = 50.0
        for width in (60, 200, 70, 70, 70):
            c.line(x, y, x + width, y)
            x += width

    def first(c: Any) -> None:
        ruled(c, [HEADINGS, *rows], rules=False, top=780, height=96)
        for k in range(7):
            lines(c, 780 - 96 * k)

    def second(c: Any) -> None:
        c.setFont("Helvetica", 9)
        for k, line in enumerate(("Three posts were vacant for most of", "the quarter.")):
            c.drawString(113, 790 - 10 * k, line)
        if pieces:
            lines(c, 772)
        else:
            c.line(50, 772, 560, 772)

    document = read(pdf(first, second))
    found = document.tables[0].rows[-1]
    assert found.pages == ((1, 2) if pieces else (1,))
    assert ("Three posts" in found.cells[1].text) == pieces


@pytest.mark.parametrize("named", [False, True])
def test_a_name_alone_on_the_next_page_is_that_of_the_row_without_one(named: bool) -> None:
    """Where the last row has a name, what stands first on the next page is none."""
    headings = ["Measure", "Actual", "Target", "Status"]
    widths = (220.0, 70.0, 70.0, 70.0)
    rows = [[f"CY{k} Plans of children kept up to date", "91%", "90%", "Green"] for k in range(16)]
    last = ["CY16 Foster carers" if named else "", "72%", "75%", "Red"]

    def second(c: Any) -> None:
        c.setFont("Helvetica", 9)
        c.drawString(53, 790, "CY17 Education plans of children")
        c.drawString(53, 779.5, "looked after in the borough")
        c.setFont("Helvetica-Bold", 11)
        c.drawString(50, 740, "Adults")

    document = read(
        pdf(
            lambda c: ruled(c, [headings, *rows, last], rules=False, top=780, height=40, widths=widths),
            second,
        )
    )
    found = texts(document)[-1][0]
    assert found == (
        "CY16 Foster carers" if named else "CY17 Education plans of children\nlooked after in the borough"
    )
