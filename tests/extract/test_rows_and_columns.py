"""Where rows and columns run in tables without rules between them."""

from __future__ import annotations

from typing import Any

from tests.extract.making import HEADINGS, pdf, read, ruled, texts

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
