"""What the extract stage hands on: pages, lines, tables and cells, each with page and box.

All lengths are in points (1/72 inch). The origin is the top left corner of the page as a viewer shows it,
that is with the page's own rotation undone; ``x0 <= x1`` and ``top <= bottom``. Pages count from 1.
Nothing here knows what a measure is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct, field

from extract.scan.straight import Turn


@lru_cache(maxsize=1 << 14, typed=True)
def hundredths(x: float) -> float:
    """A length as it is kept; what stands at one edge of a column shares the number, of which a page has hundreds."""
    return round(x, 2) or 0.0


@lru_cache(maxsize=1 << 13)
def words_kept(text: str) -> str:
    """A text as it is kept: what many cells say, a status or a heading, is held once."""
    return text


class Box(Struct, frozen=True, gc=False):
    """A rectangle on a page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @staticmethod
    def kept(page: int, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A box as it is kept, in hundredths of a point."""
        return Box(page, hundredths(x0), hundredths(top), hundredths(x1), hundredths(bottom))

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """The smallest box around boxes of one page (the page of the first)."""
        first, *others = boxes
        if not others:
            return first
        x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
        for b in others:
            x0, top = (b.x0 if b.x0 < x0 else x0), (b.top if b.top < top else top)
            x1, bottom = (b.x1 if b.x1 > x1 else x1), (b.bottom if b.bottom > bottom else bottom)
        return Box(first.page, x0, top, x1, bottom)


class Glyph(Struct, frozen=True, gc=False):
    """A symbol: a character of a symbol font, a drawn shape or a small image.

    ``shape`` is what the ink looks like: ``arrow-up|down|left|right|both`` (or ``arrow-up-right`` …),
    ``triangle-up|down|left|right``, ``circle``, ``square``, ``diamond``, ``star``, ``tick``, ``cross``,
    ``bar`` or None where it is not known. ``origin`` says where it came from: ``font``, ``path`` or
    ``image``. ``colour`` is the ink as ``RRGGBB``.
    """

    box: Box
    shape: str | None
    origin: str
    text: str = ""
    font: str = ""
    colour: str | None = None


class Line(Struct, frozen=True, gc=False):
    """One line of text, its white space single spaces. ``size`` is the font size in points; ``colour`` is the ink as ``RRGGBB``.

    ``score`` (0 to 1) and ``doubts`` come with text that was read from a picture, see ``extract.page.parts.TextItem``.
    """

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False
    colour: str | None = None
    score: float | None = None
    doubts: tuple[str, ...] = ()


class Cell(Struct, frozen=True, gc=False):
    """A cell of a table: its lines from top to bottom, over page breaks if it was joined.

    ``boxes`` holds one box a page. ``row`` and ``column`` count from 0 in the table's grid.
    ``fill`` is the background as ``RRGGBB``, None for none or white.
    """

    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    fill: str | None = None
    glyphs: tuple[Glyph, ...] = ()

    @property
    def text(self) -> str:
        """The lines joined by line feeds, as printed."""
        return "\n".join([line.text for line in self.lines])

    @property
    def box(self) -> Box:
        return self.boxes[0]


def boxes_of(cells: Iterable[Cell]) -> tuple[Box, ...]:
    """One box around cells for each page that they stand on, in the order of pages."""
    found = [box for cell in cells for box in cell.boxes]
    pages = sorted({box.page for box in found})
    return tuple(Box.around(b for b in found if b.page == page) for page in pages)


class Row(Struct, frozen=True, gc=False):
    """The cells that begin in one row of the grid, from left to right."""

    cells: tuple[Cell, ...]
    boxes: tuple[Box, ...]

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(box.page for box in self.boxes))


class Table(Struct, frozen=True, gc=False):
    """A table, joined over the pages it runs on.

    ``header_rows`` is how many of ``rows`` repeat on later pages or are set off as headers by their look
    (0: not known). ``repeated`` keeps the lines of repeated headers that joining dropped. ``ruled`` tells
    whether its columns were found from rules (else from alignment). ``columns`` are the x-ranges of the grid's columns.
    ``above`` are the text lines between the table and what stands over it, nearest last. ``cut_below``
    tells that the last row goes on on the next page, since no rule closes it.
    """

    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    columns: tuple[tuple[float, float], ...]
    header_rows: int = 0
    ruled: bool = True
    repeated: tuple[Line, ...] = ()
    above: tuple[Line, ...] = ()
    cut_below: bool = False

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(box.page for box in self.boxes))


class Page(Struct, frozen=True):
    """A page: its size as shown, its lines outside tables, its symbols outside tables.

    ``trouble`` says in a few words why the page could not be read (then it has no lines), else None.
    ``has_table`` is True where a table was found on the page. ``turn`` is set where the page was read from
    its picture, put upright: then all boxes of the page lie on the upright one. ``colourless`` is True where
    that picture is black and white or grey.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    has_table: bool = False
    trouble: str | None = None
    turn: Turn | None = None
    colourless: bool = False


class Document(Struct, frozen=True):
    """A whole PDF as read. ``notes`` are things a reader should be told (a repair, ignored permissions)."""

    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    page_count: int
    notes: tuple[str, ...] = field(default=())
