"""Small PDFs for the tests of the extract stage, drawn with reportlab."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from extract.cells import Document
from extract.document import open_pdf
from extract.options import ReadOptions
from extract.reader import read_document

A4 = (595.0, 842.0)
HEADER_WORDS = frozenset(
    ("ref", "measure", "actual", "target", "status", "trend", "quarter", "indicator", "description")
)


def pdf(*pages: Callable[[Any], object], size: tuple[float, float] = A4, rotate: int = 0) -> bytes:
    """A PDF whose pages are drawn by functions of a canvas."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    for draw in pages:
        if rotate:
            canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(data: bytes, *, pages: str | None = None) -> Document:
    with open_pdf(data, name="test.pdf") as opened:
        return read_document(opened, ReadOptions(pages=pages, header_words=HEADER_WORDS))


def ruled(
    canvas: Any,
    rows: list[list[str]],
    *,
    top: float = 700.0,
    widths: tuple[float, ...] = (60, 200, 70, 70, 70),
    height: float = 24.0,
    fills: dict[tuple[int, int], tuple[float, float, float]] | None = None,
    rules: bool = True,
    left: float = 50.0,
    bold_first: bool = True,
) -> float:
    """A table with its top at ``top`` (from the bottom of the page); gives back where it ends."""
    for r, row in enumerate(rows):
        y = top - (r + 1) * height
        x = left
        for c, (text, width) in enumerate(zip(row, widths, strict=True)):
            fill = (fills or {}).get((r, c))
            if fill:
                canvas.setFillColorRGB(*fill)
                canvas.rect(x, y, width, height, stroke=0, fill=1)
                canvas.setFillColorRGB(0, 0, 0)
            if rules:
                canvas.rect(x, y, width, height, stroke=1, fill=0)
            canvas.setFont("Helvetica-Bold" if r == 0 and bold_first else "Helvetica", 9)
            for k, line in enumerate(text.split("\n")):
                canvas.drawString(x + 3, y + height - 11 - 10 * k, line)
            x += width
    return top - len(rows) * height


HEADINGS = ["Ref", "Measure", "Actual", "Target", "Status"]
BODY = [
    ["AB1", "Letters answered in time", "91%", "90%", "Green"],
    ["AB2", "Lamps mended in a week", "70%", "88%", "Red"],
    ["AB3", "Visits to the baths", "4,100", "4,000", "Green"],
]


def texts(document: Document, table: int = 0) -> list[list[str]]:
    return [[c.text for c in row.cells] for row in document.tables[table].rows]
