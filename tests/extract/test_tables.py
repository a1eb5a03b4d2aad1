"""Tables as they come out of real PDFs: ruled, unruled, torn over pages, turned, coloured."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract.making import A4, BODY, HEADINGS, pdf, read, ruled, texts


def test_a_ruled_table_gives_its_cells_in_order() -> None:
    document = read(pdf(lambda c: ruled(c, [HEADINGS, *BODY])))
    assert texts(document) == [HEADINGS, *BODY]
    assert document.tables[0].ruled
    assert document.pages[0].has_table


@pytest.mark.parametrize("thick", [0.25, 1.0, 1.5, 2.25, 3.0, 4.0])
def test_drawn_rules_are_rules_however_thick(thick: float) -> None:
    widths, height, rows = (60, 200, 70, 70, 70), 24.0, [HEADINGS, *BODY]

    def draw(c: Any) -> None:
        end = ruled(c, rows, rules=False, bold_first=False)
        c.setLineWidth(thick)
        for k in range(len(rows) + 1):
            c.line(50, end + k * height, 50 + sum(widths), end + k * height)
        for k in range(len(widths) + 1):
            c.line(50 + sum(widths[:k]), end, 50 + sum(widths[:k]), end + len(rows) * height)

    document = read(pdf(draw))
    assert texts(document) == rows
    assert document.tables[0].ruled


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_shown(turn: int) -> None:
    upright = read(pdf(lambda c: ruled(c, [HEADINGS, *BODY])))

    def turned(c: Any) -> None:
        # /Rotate turns clockwise, so the drawing is turned the other way; reportlab swaps the page's sides itself.
        width, height = A4
        if turn == 90:
            c.translate(height, 0)
        elif turn == 180:
            c.translate(width, height)
        else:
            c.translate(0, width)
        c.rotate({90: 90, 180: 180, 270: -90}[turn])
        ruled(c, [HEADINGS, *BODY])

    document = read(pdf(turned, rotate=turn))
    assert texts(document) == texts(upright)
    box = document.tables[0].rows[0].cells[0].box
    assert box.x0 < 120
    assert (document.pages[0].width, document.pages[0].height) == A4


def test_fills_become_the_cells_colour_and_strips_add_up() -> None:
    def draw(c: Any) -> None:
        ruled(c, [HEADINGS, *BODY], fills={(1, 4): (0, 0.69, 0.31)})
        # The second status cell is coloured by three strips, as some programs cut fills.
        c.setFillColorRGB(1, 0, 0)
        for k in range(3):
            c.rect(450, 700 - 3 * 24 + k * 8, 70, 8, stroke=0, fill=1)

    rows = read(pdf(draw)).tables[0].rows
    assert rows[1].cells[4].fill == "00B04F"
    assert rows[2].cells[4].fill == "FF0000"
    assert rows[3].cells[4].fill is None


def test_a_merged_cell_keeps_its_span() -> None:
    def draw(c: Any) -> None:
        end = ruled(c, [HEADINGS, *BODY])
        c.rect(50, end - 24, 260, 24)
        c.rect(310, end - 24, 210, 24)
        c.drawString(53, end - 12, "AB4 Survey of users")
        c.drawString(313, end - 12, "Result is due in spring")

    last = read(pdf(draw)).tables[0].rows[-1]
    assert [(c.column, c.column_span, c.text) for c in last.cells] == [
        (0, 2, "AB4 Survey of users"),
        (2, 3, "Result is due in spring"),
    ]


def test_a_table_goes_on_over_the_page_and_its_header_is_dropped() -> None:
    document = read(
        pdf(
            lambda c: ruled(c, [HEADINGS, *BODY[:2]], top=130),
            lambda c: ruled(c, [HEADINGS, *BODY[2:]], top=800),
        )
    )
    (table,) = document.tables
    assert texts(document) == [HEADINGS, *BODY]
    assert table.pages == (1, 2)
    assert [line.text for line in table.repeated] == HEADINGS
    assert table.rows[-1].pages == (2,)


def test_a_torn_row_is_one_row_again() -> None:
    first = [*BODY[:1], ["AB2", "Lamps mended in a week\nin all parts of", "70%", "88%", "Red"]]
    rest = [["", "the town and the villages", "", "", ""], *BODY[2:]]
    document = read(
        pdf(
            lambda c: ruled(c, [HEADINGS, *first], top=130),
            lambda c: ruled(c, [HEADINGS, *rest], top=800),
        )
    )
    row = document.tables[0].rows[2]
    assert row.cells[1].text == "Lamps mended in a week\nin all parts of\nthe town and the villages"
    assert row.pages == (1, 2)
    assert len(document.tables[0].rows) == 4


def test_a_new_row_at_the_top_of_a_page_is_not_taken_for_the_rest_of_the_last() -> None:
    document = read(
        pdf(
            lambda c: ruled(c, [HEADINGS, *BODY[:2]], top=130),
            lambda c: ruled(c, BODY[2:], top=800, bold_first=False),
        )
    )
    assert texts(document) == [HEADINGS, *BODY]


def test_text_between_parts_two_tables() -> None:
    def second(c: Any) -> None:
        c.setFont("Helvetica-Bold", 12)
        c.drawString(50, 700, "Another theme")
        ruled(c, [HEADINGS, *BODY[2:]], top=680)

    document = read(pdf(lambda c: ruled(c, [HEADINGS, *BODY[:2]], top=130), second))
    assert len(document.tables) == 2


@pytest.mark.parametrize("lines", ["none", "header", "rows"])
def test_columns_are_found_without_vertical_rules(lines: str) -> None:
    def draw(c: Any) -> None:
        end = ruled(c, [HEADINGS, *BODY], rules=False)
        ys: dict[str, list[float]] = {"none": [], "header": [676], "rows": [700, 676, 652, 628, end]}
        for y in ys[lines]:
            c.line(50, y, 520, y)

    document = read(pdf(draw))
    assert texts(document) == [HEADINGS, *BODY]
    assert not document.tables[0].ruled


def test_an_unruled_table_goes_on_without_its_header() -> None:
    more = [[f"AB{k}", "Further work of that kind", f"{k}%", "50%", "Red"] for k in range(4, 24)]

    def first(c: Any) -> None:
        ruled(c, [HEADINGS, *BODY, *more[:17]], rules=False, top=780, height=33)

    def second(c: Any) -> None:
        ruled(c, more[17:], rules=False, top=780, height=33, bold_first=False)

    document = read(pdf(first, second))
    assert texts(document) == [HEADINGS, *BODY, *more]


def test_prose_is_no_table() -> None:
    def draw(c: Any) -> None:
        c.setFont("Helvetica", 10)
        for k in range(12):
            c.drawString(
                50, 700 - 14 * k, "The measure of this quarter missed its target and its status is red again."
            )

    document = read(pdf(draw))
    assert not document.tables
    assert len(document.pages[0].lines) == 12


def test_turned_headings_are_read() -> None:
    def draw(c: Any) -> None:
        ruled(c, [["", "", "", "", ""], *BODY], rules=False, height=24, top=640)
        c.setFont("Helvetica-Bold", 9)
        for x, text in zip((60, 120, 340, 410, 480), HEADINGS, strict=True):
            c.saveState()
            c.translate(x, 622)
            c.rotate(90)
            c.drawString(0, 0, text)
            c.restoreState()

    assert texts(read(pdf(draw)))[0] == HEADINGS
