"""Where rows and columns run in tables without rules between them."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.extract.making import BODY, HEADINGS, pdf, read, ruled, texts

LONG = "Letters that were answered in time\nand in full"


def _centred(c: Any, rows: list[list[str]], *, top: float = 700.0) -> None:
    """Rows as high as their longest cell, every cell centred in its height, close together."""
    xs = (53, 113, 313, 383, 453)
    for x, text in zip(xs, HEADINGS, strict=True):
        c.setFont("Helvetica-Bold", 9)
        c.drawString(x, top, text)
    c.line(50, top - 5, 520, top - 5)
    y = top - 8
    for row in rows:
        c.setFont("Helvetica", 9)
        height = 10.4 * max(text.count("\n") + 1 for text in row) + 1
        for x, text in zip(xs, row, strict=True):
            lines = text.split("\n")
            for k, line in enumerate(lines):
                c.drawString(x, y - height / 2 - 3 + 10.4 * ((len(lines) - 1) / 2 - k), line)
        y -= height


def test_rows_with_cells_centred_in_their_height_stay_apart() -> None:
    rows = [
        [f"AB{k}", LONG if k % 3 else "Lamps mended", "91%", "90%\nof all" if k in (3, 4) else "90%", "Green"]
        for k in range(1, 9)
    ]
    assert texts(read(pdf(lambda c: _centred(c, rows)))) == [HEADINGS, *rows]


def test_wide_figures_of_a_few_rows_stay_in_their_columns() -> None:
    rows = [[f"AB{k}", "Visits for every head", f"{k}4.1", f"{k}5.2", "Green"] for k in range(1, 30)]
    rows[12][2:4] = ["1,034.0 per 1,000", "1,115.5 per 1,000"]

    def draw(c: Any) -> None:
        ys = [780 - 22 * k for k in range(len(rows) + 1)]
        for y, row in zip(ys, [HEADINGS, *rows], strict=True):
            c.setFont("Helvetica-Bold" if row is HEADINGS else "Helvetica", 9)
            c.drawString(53, y, row[0])
            c.drawString(113, y, row[1])
            for x, text in zip((330, 408, 490), row[2:], strict=True):
                c.drawCentredString(x, y, text)

    assert texts(read(pdf(draw)))[13] == rows[12]


def test_a_section_set_apart_below_the_headings_is_no_part_of_them() -> None:
    rows = [["AB1", "Letters answered", "91%", "90%", "Green"], ["AB2", "Lamps mended", "70%", "88%", "Red"]]

    def draw(c: Any) -> None:
        ruled(c, [HEADINGS], rules=False, top=700)
        c.line(50, 684, 520, 684)
        c.setFont("Helvetica-Bold", 9)
        for k, line in enumerate(("Safe and", "strong")):
            c.drawString(53, 674 - 10 * k, line)
        ruled(c, rows, rules=False, top=660, bold_first=False)

    assert texts(read(pdf(draw)))[:2] == [HEADINGS, ["Safe and\nstrong", "", "", "", ""]]


def test_a_heading_of_two_words_over_an_empty_column_is_one() -> None:
    headings = ["Service area", "Measure", "Actual", "Target", "Status"]
    rows = [["", f"Further work of kind {k}", f"{k}1%", "50%", "Red"] for k in range(1, 8)]

    def draw(c: Any) -> None:
        ruled(c, [headings, *rows], rules=False, widths=(80, 190, 70, 70, 70))

    assert texts(read(pdf(draw))) == [headings, *rows]


def test_a_column_of_drawn_signs_is_a_column() -> None:
    headings = ["Measure", "Actual", "Trend", "Last quarter"]
    rows = [[f"Further work of kind {k}", f"{k}1%", "", "50%"] for k in range(1, 9)]

    def draw(c: Any) -> None:
        ruled(c, [headings, *rows], rules=False, widths=(200, 80, 80, 100))
        for k in range(1, 9):
            y = 700 - 24 * (k + 1) + 4
            path = c.beginPath()
            path.moveTo(340, y)
            path.lineTo(348, y)
            path.lineTo(344, y + 9)
            path.close()
            c.drawPath(path, stroke=0, fill=1)

    table = read(pdf(draw)).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [headings, *rows]
    assert [row.cells[2].glyphs[0].shape for row in table.rows[1:]] == ["triangle-up"] * 8


def test_few_rows_take_their_columns_from_a_table_with_the_same_headings() -> None:
    full = [["AB1", "Letters that were answered in time and full", "91%", "90%", "Green"]]
    more = [[f"AB{k}", "Lamps mended", "70%", "88%", "Red"] for k in range(2, 9)]

    def draw(c: Any) -> None:
        widths = (60, 179, 70, 70, 70)  # the long title reaches to the next column
        end = ruled(c, [HEADINGS, *more], rules=False, widths=widths)
        c.setFont("Helvetica-Bold", 12)
        c.drawString(50, end - 30, "Another theme")
        ruled(c, [HEADINGS, *full], rules=False, widths=widths, top=end - 40)

    assert texts(read(pdf(draw)), 1) == [HEADINGS, *full]


def test_cells_set_to_the_left_without_a_gap_before_them_are_cells() -> None:
    headings = ["Measure", "Actual", "Context", "Status"]
    rows = [
        ["AB1 Letters answered in", "91%", "Bad weather kept all", "Red"],
        ["AB2 Lamps mended in a dale", "70%", "Demand has been high", "Red"],
        ["AB3 Visits", "4,100", "Results are better now", "Red"],
    ]
    xs = (53, 171, 206, 310)

    def draw(c: Any) -> None:
        for k, row in enumerate([headings, *rows]):
            c.setFont("Helvetica-Bold" if k == 0 else "Helvetica", 9)
            for x, text in zip(xs, row, strict=True):
                c.drawString(x, 700 - 24 * k, text)

    assert texts(read(pdf(draw))) == [headings, *rows]


def test_a_larger_heading_of_something_narrower_ends_the_table() -> None:
    def draw(c: Any) -> None:
        end = ruled(c, [HEADINGS, *BODY], rules=False)
        c.setFont("Helvetica-Bold", 12)
        c.drawString(50, end - 14, "Terms used")
        ruled(c, [["Outturn", "The result"], ["Profile", "How it is spread"]], rules=False, top=end - 20,
              widths=(60, 200), bold_first=False)  # fmt: skip

    assert texts(read(pdf(draw))) == [HEADINGS, *BODY]


def test_a_footnote_close_below_the_table_is_no_rest_of_its_last_row() -> None:
    headings = ["Measure", *HEADINGS[2:]]
    rows = [[" ".join(row[:2]), *row[2:]] for row in BODY]

    def draw(c: Any) -> None:
        end = ruled(c, [headings, *rows], rules=False, height=14, widths=(260, 70, 70, 70))
        c.setFont("Helvetica", 8)
        c.drawString(50, end - 7, "1 Figure restated in full.")

    assert texts(read(pdf(draw))) == [headings, *rows]


def test_whole_rows_of_different_heights_stay_apart() -> None:
    rows = [[f"AB{k}", "Further work", "N/A" if k == 4 else f"{k}1%", "50%", "Red"] for k in range(1, 9)]

    def draw(c: Any) -> None:
        end = ruled(c, [HEADINGS], rules=False, top=700)
        for k, row in enumerate(rows):
            end = ruled(c, [row], rules=False, top=end, height=12 if k == 3 else 18, bold_first=False)

    assert texts(read(pdf(draw))) == [HEADINGS, *rows]


def test_headings_on_many_baselines_may_stand_above_the_name_of_a_section() -> None:
    headings = ["Measure", "Actual\nlast\nquarter", "Target\nto date", "Status"]
    rows = [
        ["Letters", "91%", "90%", "Green"],
        ["Lamps", "70%", "88%", "Red"],
        ["Visits", "41", "40", "Green"],
    ]

    def draw(c: Any) -> None:
        c.setFont("Helvetica-Bold", 9)
        for x, text in zip((53, 203, 303, 403), headings, strict=True):
            lines = text.split("\n")
            for k, line in enumerate(lines):
                c.drawString(x, 700 + 5 * (len(lines) - 1) - 10 * k, line)
        c.drawString(53, 670, "Council housing")
        ruled(c, rows, rules=False, top=664, widths=(150, 100, 100, 100), bold_first=False)

    table = read(pdf(draw)).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [
        headings,
        ["Council housing", "", "", ""],
        *rows,
    ]


@pytest.mark.parametrize(("shift", "down"), [(-0.3, 4.4), (0.0, 4.4), (4.0, 4.4), (0.0, 7.5), (15.0, 8.0)])
def test_a_raised_mark_below_its_figure_in_a_narrow_cell_stays_behind_it(shift: float, down: float) -> None:
    def draw(c: Any) -> None:
        end = ruled(c, [HEADINGS, *BODY, ["AB4", "Visits to leisure centres", "23,378", "21,925", "Green"]])
        c.setFont("Helvetica", 5.85)
        c.drawString(313 + shift, end + 24 - 11 - down, "2")

    assert texts(read(pdf(draw)))[-1][2] == "23,378²"


def test_figures_that_touch_stay_two() -> None:
    headings = ["Ref", "Measure", "Q1", "Q2", "Actual", "Target", "Status"]
    rows = [
        [f"AB{k}", "Street lights in order", "91.2%", "88.9%", "92.4%", "90.0%", "Green"] for k in range(16)
    ]
    rows[4][3:5] = ["100.00%", "92.17%"]

    def draw(c: Any) -> None:
        for n, row in enumerate([headings, *rows]):
            c.setFont("Helvetica" if n else "Helvetica-Bold", 9)
            for x, text in zip((53, 113), row[:2], strict=True):
                c.drawString(x, 700 - 20 * n, text)
            for k, text in enumerate(row[2:]):
                c.drawCentredString(300 + 34.2 * k, 700 - 20 * n, text)

    assert texts(read(pdf(draw))) == [headings, *rows]


@pytest.mark.parametrize("closed", [True, False])
def test_the_last_of_tall_rows_is_a_row_like_the_others(closed: bool) -> None:
    rows = [[f"AB{k}", "Letters that were\nanswered in time", "70%", "88%", "Red"] for k in range(1, 6)]

    def draw(c: Any) -> None:
        ruled(c, [HEADINGS, *rows], rules=False, top=780, height=96)
        for k in range(7 if closed else 6):
            c.line(50, 780 - 96 * k, 520, 780 - 96 * k)

    assert texts(read(pdf(draw))) == [HEADINGS, *rows]


def _three_columns(c: Any, rows: list[list[list[str]]], xs: tuple[float, ...]) -> None:
    c.setFont("Helvetica-Bold", 9)
    for x, text in zip(xs, ("Measure", "Target and actual", "Status"), strict=True):
        c.drawString(x + 20, 740, text)
    y = 720.0
    for cells in rows:
        c.setFont("Helvetica", 9)
        for x, lines in zip(xs, cells, strict=True):
            for k, line in enumerate(lines):
                c.drawString(x, y - 10.4 * k, line)
        y -= 10.4 * max(map(len, cells)) + 6


def test_a_last_row_whose_texts_stand_close_parts_its_columns_too() -> None:
    rows = [
        [
            [f"AB{k} Letters answered"],
            ["The post was vacant."],
            ["A new officer has been taken on.", "So it is."],
        ]
        for k in range(1, 4)
    ]
    close = "The post was vacant for most of this quarter and could not be filled yet"
    rows.append([["AB4 Lamps mended"], [close, "at all."], ["A plan has been agreed.", "It is kept."]])
    xs = (50.0, 200.0, 200.0 + stringWidth(close, "Helvetica", 9) + 5.5)
    found = texts(read(pdf(lambda c: _three_columns(c, rows, xs), size=(842, 842))))
    assert found[-1] == ["AB4 Lamps mended", f"{close}\nat all.", "A plan has been agreed.\nIt is kept."]


def test_further_lines_of_the_last_column_that_reach_further_lose_no_word() -> None:
    rows = [
        [
            ["AB1 Letters answered"],
            ["The post was vacant.", "It was filled.", "But late."],
            ["An officer has"] * 3,
        ]
    ]
    rows[0][2] = [
        "An officer has been",
        "taken on, and the post",
        "is to be kept for another year or two in all",
    ]
    found = texts(read(pdf(lambda c: _three_columns(c, rows, (50.0, 200.0, 400.0)))))
    assert found[-1][2] == "\n".join(rows[0][2])


def test_wide_entries_under_a_heading_at_the_left_make_no_column_of_their_own() -> None:
    headings = ["Ref", "Measure", "Q1", "Q2", "Q3", "Status"]
    rows = [[f"AB{k}", "Street lights in order", "91.2%", "88.9%", "", "Green"] for k in range(20)]
    for k in (2, 5, 8, 11):
        rows[k][3] = "75.0 per 10,000"

    def draw(c: Any) -> None:
        for n, row in enumerate([headings, *rows]):
            c.setFont("Helvetica" if n else "Helvetica-Bold", 9)
            for x, text in zip((53, 113), row[:2], strict=True):
                c.drawString(x, 750 - 20 * n, text)
            for k, text in enumerate(row[2:]):
                if n:
                    c.drawCentredString(305 + 75 * k, 750 - 20 * n, text)
                else:
                    c.drawString(270 + 75 * k, 750 - 20 * n, text)

    assert texts(read(pdf(draw))) == [headings, *rows]


def test_a_note_below_the_table_moves_no_edge() -> None:
    rows = [["", f"AB{k} Letters answered in time", "91%", "90%", "Green"] for k in range(1, 25)]
    for k, text in ((0, "Growth"), (9, "Good homes in all"), (18, "Safe places in all")):
        rows[k][0] = text
    headings = ["Objective", "Measure", "Actual", "Target", "Status"]

    def draw(c: Any) -> None:
        widths = (83.0, 200.0, 70.0, 70.0, 70.0)
        end = ruled(c, [headings, *rows], rules=False, top=780, height=14, widths=widths)
        c.setFont("Helvetica", 9)
        c.drawString(53, end - 11, "Targets are set by the council each March.")

    found = texts(read(pdf(draw)))
    assert [row[0] for row in found if row[0] in ("Growth", "Good homes in all", "Safe places in all")] == [
        "Growth",
        "Good homes in all",
        "Safe places in all",
    ]


def test_a_heading_over_headings_on_their_side_is_none_beside_them() -> None:
    turned = ["Quarter actual", "Quarter target", "Status"]
    rows = [
        ["AB1 Letters answered in time", "91%", "90%", "Green"],
        ["AB2 Lamps mended", "70%", "88%", "Red"],
    ]

    def draw(c: Any) -> None:
        c.setFont("Helvetica-Bold", 9)
        c.drawString(53, 690, "Measure")
        c.drawString(274, 690, "Quarterly")
        for k, text in enumerate(turned):
            c.saveState()
            c.translate(272 + 45 * k, 620)
            c.rotate(90)
            c.drawString(0, 0, text)
            c.restoreState()
        for n, (title, *entries) in enumerate(rows):
            c.setFont("Helvetica", 9)
            c.drawString(53, 600 - 20 * n, title)
            for k, text in enumerate(entries):
                c.drawCentredString(268 + 45 * k, 600 - 20 * n, text)

    found = texts(read(pdf(draw)))
    assert [row[1:] for row in found[-2:]] == [row[1:] for row in rows]
    assert len(found[-1]) == 4
