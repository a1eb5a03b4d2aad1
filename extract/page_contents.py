"""One page of a PDF to its lines, signs and tables, under what the page before left open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.breaks.carried import NOTHING_CARRIED, Carried
from extract.breaks.furniture import at_page_edge, in_deep_foot
from extract.breaks.rests import lacks_name
from extract.breaks.spilled import take_spilled
from extract.cells import Box, Cell, Glyph, Line, Page, Row, Table, hundredths
from extract.document import Opened
from extract.errors import BelishaError
from extract.lines import glyphs_of, lines_of
from extract.options import ReadOptions
from extract.page.interleaved import in_reading_order
from extract.page.parts import RawPage, Shape, TextItem
from extract.page.small_fills import lights_in_cells, lights_outside
from extract.pages import PageReader
from extract.ruled import GridCell, GridTable, fill_cells, find_ruled
from extract.scan.scanned import Scanned
from extract.twins import part_ruled
from extract.unruled import Found, find_unruled
from extract.usable import PICTURES_ONLY, unread_because, way_to_read, why_unusable

BLANK = "the page is blank, or what stands on it cannot be reached"
NOTHING_SEEN = "the page has no text, only pictures or drawings, and character recognition found none in them"


class PageRead(Struct):
    """A page with its tables. ``above``: headings at the foot of the page before that the first table's rows stand under;
    ``passed``: the page was not read, for it is prose far from any table."""

    page: Page
    tables: list[Table]
    above: GridTable | None = None
    passed: bool = False


class PageResult(Struct):
    """A page as read, and what it leaves open for the next one."""

    read: PageRead
    carried: Carried


Pictures = Callable[[int], Scanned]  # the page of that number, read from its picture


def read_page(
    reader: PageReader,
    opened: Opened,
    number: int,
    options: ReadOptions,
    carried: Carried,
    picture_of: Pictures,
) -> PageResult:
    """Page ``number``, whatever is wrong with it: then it has a trouble, and the others are read.

    ``carried`` is what the page before left open; ``picture_of`` reads a page without usable text.
    """
    if number in options.skip:
        return _troubled(number, options.skip[number])
    width = height = 0.0
    words = frozenset(options.header_words)
    attendant = options.attendant
    try:
        with attendant.watch():
            raw_page, page, text = reader.read(opened.pdf, number)
            width, height = raw_page.width, raw_page.height
            try:
                why = why_unusable(raw_page, page)
                way = way_to_read(why, options.ocr)
                if way == "text":
                    return _tables_and_lines(raw_page, words, carried)
            finally:
                raw_page.words = tuple  # its own hands end with the page, and no circle keeps the page alive
                reader.close(page, text)
        if way == "leave":
            return _troubled(number, f"{why}; {unread_because(options.ocr)}", width, height)
        with attendant.watch_picture():
            return _of_picture(picture_of(number), words, carried)
    except Exception as error:
        return _troubled(number, _trouble(error), width, height)


def _of_picture(scanned: Scanned, header_words: frozenset[str], carried: Carried) -> PageResult:
    result = _tables_and_lines(scanned.page, header_words, carried)
    has_words = any(c.isalnum() for item in scanned.page.items for c in item.text)
    trouble = None if has_words else NOTHING_SEEN
    result.read.page = replace(
        result.read.page, turn=scanned.turn, trouble=trouble, colourless=scanned.colourless
    )
    return result


def _troubled(number: int, why: str, width: float = 0.0, height: float = 0.0) -> PageResult:
    return PageResult(PageRead(Page(number, width, height, trouble=why), []), NOTHING_CARRIED)


def _trouble(error: Exception) -> str:
    if isinstance(error, BelishaError):
        return error.what
    if isinstance(error, (MemoryError, RecursionError)):
        return "the page needs more memory than is allowed"
    return f"the page could not be understood ({type(error).__name__}: {' '.join(str(error).split())[:120]})"


def _tables_and_lines(raw_page: RawPage, header_words: frozenset[str], carried: Carried) -> PageResult:
    grids: list[GridTable] = []
    rest: Sequence[TextItem] = raw_page.items
    rest = raw_page.words() if _letter_by_letter(rest) else in_reading_order(raw_page, rest)
    for grid in find_ruled(raw_page, carried.edges if carried.ruled else ()):
        outside, crossing = fill_cells(grid, raw_page, rest)
        if crossing:
            # A piece of text runs over a cell's edge: read the table again by words.
            for cell in grid.cells:
                cell.items, cell.shapes = [], []
            kept = _outside_box(rest, grid.box)
            outside, _ = fill_cells(grid, raw_page, _inside_box(raw_page.words(), grid.box))
            outside = [*kept, *outside]
        if any(c.items or c.shapes for c in grid.cells):
            rest = take_spilled(grid, outside)
            grids += part_ruled(grid)
    found = find_unruled(raw_page, rest, header_words, [g.box for g in grids], carried)
    grids += found.tables
    rest = found.left
    grids.sort(key=lambda g: (g.ys[0], g.xs[0]))
    number = raw_page.number
    lines = lines_of(rest, number, split_columns=True)
    for grid in grids:
        lights_in_cells(grid.cells, raw_page.fills)
    boxes = [Box(number, *g.box) for g in grids]
    outside_shapes = [
        _glyph(s, number)
        for s in (*raw_page.shapes, *lights_outside(raw_page.fills, [g.box for g in grids], rest))
        if not any(b.holds((s.x0 + s.x1) / 2, (s.top + s.bottom) / 2) for b in boxes)
    ]
    page = Page(
        number,
        hundredths(raw_page.width),
        hundredths(raw_page.height),
        tuple(lines),
        (*glyphs_of(rest, number), *outside_shapes),
        bool(grids),
        _without_text(raw_page, bool(grids)),
    )
    tables = [table_of(g, number, lines) for g in grids]
    read = PageRead(page, tables, found.above)
    return PageResult(read, _carried(read, found))


def _carried(read: PageRead, found: Found) -> Carried:
    """Columns of a table that reaches the foot of its page, so that the next page may go on in it."""
    if found.open is not None:
        return Carried(header=found.open, tables=found.known)
    if not read.tables:
        return Carried(tables=found.known)
    table, page = read.tables[-1], read.page
    if table.boxes[-1].bottom < 0.6 * page.height or not _nothing_below(table.boxes[-1].bottom, page):
        return Carried(tables=found.known)
    edges = (*(x for x, _ in table.columns), table.columns[-1][1])
    return Carried(edges, table.ruled, table.cut_below, found.known, nameless=lacks_name(table))


def _nothing_below(bottom: float, page: Page) -> bool:
    """Whether only what may be a footer stands below a height: at the edge, or one line near it."""
    below = [x for x in page.lines if x.box.top > bottom - 1 and not at_page_edge(x, page)]
    return not below or (
        all(in_deep_foot(x, page) for x in below)
        and max(x.box.bottom for x in below) - min(x.box.bottom for x in below) < 1
        and not any(at_page_edge(x, page) and x.box.top > bottom for x in page.lines)
    )


def _without_text(raw_page: RawPage, has_table: bool) -> str | None:
    """Why a page without a word is none of which nothing is to be said."""
    if has_table or raw_page.items:
        return None
    drawn = raw_page.images or raw_page.shapes or raw_page.rules or raw_page.fills
    return PICTURES_ONLY if drawn else BLANK


def _letter_by_letter(items: Sequence[TextItem]) -> bool:
    """Some producers print every letter as an object of its own; then only its words make lines."""
    return len(items) > 20 and sum(1 for i in items if len(i.text.strip()) <= 2) > 0.5 * len(items)


def _inside_box(items: Iterable[TextItem], box: tuple[float, float, float, float]) -> list[TextItem]:
    return [i for i in items if _centre_in(i, box)]


def _outside_box(items: Iterable[TextItem], box: tuple[float, float, float, float]) -> list[TextItem]:
    return [i for i in items if not _centre_in(i, box)]


def _centre_in(item: TextItem, box: tuple[float, float, float, float]) -> bool:
    x, y = (item.x0 + item.x1) / 2, (item.top + item.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _glyph(shape: Shape, page: int) -> Glyph:
    box = Box.kept(page, shape.x0, shape.top, shape.x1, shape.bottom)
    return Glyph(box, shape.shape, shape.origin, colour=shape.colour)


def table_of(grid: GridTable, page: int, lines: Sequence[Line]) -> Table:
    rows: list[Row] = []
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    for number in sorted(by_row):
        cells = tuple(_cell(c, page) for c in by_row[number])
        rows.append(Row(cells, (Box.around(c.box for c in cells),)))
    box = Box.kept(page, *grid.box)
    above = tuple(line for line in lines if line.box.bottom <= box.top + 1)
    return Table(
        rows=tuple(rows),
        boxes=(box,),
        columns=tuple(zip(grid.xs, grid.xs[1:], strict=False)),
        ruled=grid.ruled,
        above=above,
        cut_below=grid.cut_below,
    )


def _cell(cell: GridCell, page: int) -> Cell:
    glyphs = glyphs_of(cell.items, page)
    glyphs += [_glyph(s, page) for s in cell.shapes]
    return Cell(
        tuple(lines_of(cell.items, page)),
        (Box.kept(page, cell.x0, cell.top, cell.x1, cell.bottom),),
        cell.row,
        cell.column,
        cell.row_span,
        cell.column_span,
        cell.fill,
        tuple(glyphs),
    )
