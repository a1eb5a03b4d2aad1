"""Camelot's cells in our coordinates: whatever way a page is turned or cropped, they lie where ours do."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2 as pdfium
import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from extract.cells import Box
from extract.second import Frame, SecondTable, from_bottom_left, read_ruled, read_unruled

WIDTHS, HEIGHT = (150, 60, 60), 24
ROWS = (
    ("Gritting routes done", "91%", "95%"),
    ("Pot holes filled", "70%", "68%"),
    ("Kerbs mended", "12", "15"),
)


UPRIGHT = {0: (0, 0, 0), 90: (600, 0, 90), 180: (400, 600, 180), 270: (0, 400, 270)}


def grid(*, ruled: bool = True, encrypt: object = None, turn: int = 0) -> bytes:
    """A page with three rows, 400 x 600 points as shown, drawn so that it is upright once it is turned."""
    out = io.BytesIO()
    left, top = 60, 500
    canvas = Canvas(out, pagesize=(600, 400) if turn % 180 else (400, 600), encrypt=encrypt)
    x, y, angle = UPRIGHT[turn]
    canvas.translate(x, y)
    canvas.rotate(angle)
    for r, row in enumerate(ROWS):
        x = left
        for text, width in zip(row, WIDTHS, strict=True):
            if ruled:
                canvas.rect(x, top - (r + 1) * HEIGHT, width, HEIGHT)
            canvas.setFont("Helvetica", 9)
            canvas.drawString(x + 4, top - (r + 1) * HEIGHT + 8, text)
            x += width
    canvas.save()
    return out.getvalue()


def changed(data: bytes, *, turn: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """The page turned clockwise by so many degrees, or showing only a part of itself."""
    document = pdfium.PdfDocument(data)
    page = document[0]
    page.set_rotation(turn)
    if crop:
        page.set_cropbox(*crop)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_boxes(data: bytes) -> Iterator[tuple[str, tuple[float, float]]]:
    """Every figure with its place as a viewer shows it, by PDFium's own reckoning."""
    import pypdfium2.raw as raw

    page = pdfium.PdfDocument(data)[0]
    text = page.get_textpage()
    width, height = (round(side * 10) for side in page.get_size())
    for word in (w for row in ROWS for w in row[1:]):
        found = text.search(word, match_whole_word=False).get_next()
        assert found
        left, bottom, right, top = text.get_charbox(found[0])
        x, y = raw.c_int(), raw.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, (left + right) / 2, (bottom + top) / 2, x, y)
        yield word, (x.value / 10, y.value / 10)


def cell_at(table: SecondTable, place: tuple[float, float]) -> str:
    return next(c.text for c in table.cells if c.box.holds(*place))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (30, 20, 590, 590)])
def test_cells_lie_where_a_viewer_shows_them(
    turn: int, crop: tuple[float, float, float, float] | None
) -> None:
    data = changed(grid(turn=turn), turn=turn, crop=crop)
    reading = read_ruled(data, [1])
    assert reading.notes == ()
    (table,) = reading.tables
    for word, place in word_boxes(data):
        assert cell_at(table, place) == word


def test_the_axes_are_turned_once() -> None:
    assert from_bottom_left((10, 20, 30, 50), 4, Frame(height=600)) == Box(4, 10, 550, 30, 580)
    assert from_bottom_left((10, 20, 30, 50), 4, Frame(600, left=5, top=100)) == Box(4, 5, 450, 25, 480)


def test_a_table_without_rules_is_read_by_white_space() -> None:
    data = grid(ruled=False)
    assert read_ruled(data, [1]).tables == ()
    (table,) = read_unruled(data, [1]).tables
    assert not table.ruled
    assert {c.text for c in table.cells} >= {w for row in ROWS for w in row}


def test_a_cell_over_two_columns_is_one_cell() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600))
    for x, y, width, text in (
        (60, 500, 200, "Street care"), (60, 470, 100, "Weeds"), (160, 470, 100, "3"), (60, 440, 100, "Litter"),
        (160, 440, 100, "8"),
    ):  # fmt: skip
        canvas.rect(x, y, width, 30)
        canvas.drawString(x + 5, y + 10, text)
    canvas.save()
    (table,) = read_ruled(out.getvalue(), [1]).tables
    wide = next(c for c in table.cells if c.text == "Street care")
    assert wide.box.width == pytest.approx(200, abs=1)
    assert len(table.cells) == 5


def test_what_may_not_be_copied_is_a_note() -> None:
    locked = pdfencrypt.StandardEncryption("", "owner", canCopy=0)
    reading = read_ruled(grid(encrypt=locked), [1])
    assert reading.tables == ()
    assert reading.refused
    assert len(reading.notes) == 1
    assert "not to have its text copied" in reading.notes[0]


def test_what_camelot_cannot_open_is_a_note() -> None:
    reading = read_ruled(b"%PDF-1.4\nnothing more", [1])
    assert reading.tables == ()
    assert "page 1" in reading.notes[0]


def test_a_bad_page_does_not_take_the_others_along() -> None:
    reading = read_ruled(grid(), [1, 7])
    assert len(reading.notes) == 1


def test_no_pages_cost_nothing() -> None:
    assert read_ruled(b"", []) == read_unruled(b"", [])
