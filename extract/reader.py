"""A whole PDF to pages, lines and tables: the one door of the extract stage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from msgspec import Struct, field
from msgspec.structs import replace

from extract.breaks.carried import NOTHING_CARRIED, Carried, Known, OpenHeader
from extract.breaks.furniture import Furniture, at_page_edge, in_deep_foot
from extract.breaks.spilled import take_spilled
from extract.cells import Box, Cell, Document, Glyph, Line, Page, Row, Table, hundredths
from extract.document import Opened, page_numbers
from extract.errors import BelishaError, OverLimit
from extract.joining import join_tables
from extract.limits import ReadLimits
from extract.lines import glyphs_of, lines_of
from extract.page.interleaved import in_reading_order
from extract.page.parts import RawPage, Shape, TextItem
from extract.page.small_fills import lights_in_cells, lights_outside
from extract.pages import PageReader
from extract.remarks import passed_over, without_colours
from extract.ruled import GridCell, GridTable, fill_cells, find_ruled
from extract.screening import Screen
from extract.twins import part_ruled
from extract.unruled import find_unruled
from extract.usable import PICTURES_ONLY, Ocr, unread_because, way_to_read, why_unusable

BLANK = "the page is blank, or what stands on it cannot be reached"
NOTHING_SEEN = "the page has no text, only pictures or drawings, and character recognition found none in them"


class ReadOptions(Struct, frozen=True):
    """``header_words``: lower-case words that column headings are made of, to find tables without rules.
    ``telling_words``: lower-case words of which a page that has to do with measures holds at least one; without
    them every page of a long document is read.
    ``progress`` is called with the page number before each page, ``watch`` gives what is to stand around its
    reading (a clock), ``watch_picture`` what is to stand around reading it from its picture.
    ``skip``: pages that are not to be touched, with the reason. ``ocr``: which pages are read from their
    pictures, "auto" for those whose text cannot be used."""

    pages: str | None = None
    header_words: Collection[str] = ()
    telling_words: Collection[str] = ()
    progress: Callable[[int], None] | None = None
    watch: Callable[[], AbstractContextManager[None]] = nullcontext
    watch_picture: Callable[[], AbstractContextManager[None]] = nullcontext
    ocr: Ocr = "auto"
    skip: Mapping[int, str] = field(default_factory=dict)
    limits: ReadLimits = field(default_factory=ReadLimits)


class _PageResult(Struct):
    page: Page
    tables: list[Table]
    above: GridTable | None = None  # headings on the page before that the first table's rows stand under
    open: OpenHeader | None = None  # headings at the foot without rows
    known: tuple[Known, ...] = ()


def read_document(opened: Opened, options: ReadOptions | None = None) -> Document:
    """Read the pages asked for. Raises SettingsError for an impossible page range, OverLimit for too many pages."""
    options = options or ReadOptions()
    numbers = page_numbers(options.pages, opened.page_count)
    if len(numbers) > options.limits.pages:
        raise OverLimit(
            f"there are {len(numbers):,} pages to read, the limit is {options.limits.pages:,}",
            advice="name fewer with --pages, or allow more with --max-pages",
        )
    reader = PageReader(options.limits)
    results: list[_PageResult] = []
    carried = NOTHING_CARRIED
    passed: list[int] = []
    screen = Screen(opened.pdf, numbers, frozenset(options.telling_words), options.skip)
    for place, number in enumerate(numbers):
        if options.progress and number not in options.skip:
            options.progress(number)
        with options.watch():
            wanted = screen.wants(place)
        if not wanted:
            passed.append(number)
            results.append(_PageResult(Page(number, 0.0, 0.0), []))
            carried = NOTHING_CARRIED
            continue
        if results and number != results[-1].page.number + 1:
            carried = NOTHING_CARRIED
        results.append(_read_page(reader, opened, number, options, carried))
        if results[-1].above is not None:
            results[-2] = _with_headings(results[-2], results[-1].above)
        carried = _carried(results[-1])
        if results[-1].tables:
            screen.has_table(place)
    pages = tuple(r.page for r in results)
    return Document(
        pages=pages,
        tables=tuple(_join(results)),
        page_count=opened.page_count,
        notes=(*opened.notes, *passed_over(passed), *without_colours(pages)),
    )


def _carried(result: _PageResult) -> Carried:
    """Columns of a table that reaches the foot of its page, so that the next page may go on in it."""
    if result.open is not None:
        return Carried(header=result.open, tables=result.known)
    if not result.tables:
        return Carried(tables=result.known)
    table, page = result.tables[-1], result.page
    if table.boxes[-1].bottom < 0.6 * page.height or not _nothing_below(table.boxes[-1].bottom, page):
        return Carried(tables=result.known)
    edges = (*(x for x, _ in table.columns), table.columns[-1][1])
    return Carried(edges, table.ruled, table.cut_below, result.known)


def _with_headings(result: _PageResult, above: GridTable) -> _PageResult:
    """A page with the headings at its foot as a table, whose rows stand on the next page."""
    page = result.page
    box = Box(page.number, *above.box)
    lines = tuple(line for line in page.lines if not box.holds(*line.box.centre))
    headings = replace(_table(above, page.number, lines), header_rows=1)
    return _PageResult(replace(page, lines=lines, has_table=True), [*result.tables, headings])


def _nothing_below(bottom: float, page: Page) -> bool:
    """Whether only what may be a footer stands below a height: at the edge, or one line near it."""
    below = [x for x in page.lines if x.box.top > bottom - 1 and not at_page_edge(x, page)]
    return not below or (
        all(in_deep_foot(x, page) for x in below)
        and max(x.box.bottom for x in below) - min(x.box.bottom for x in below) < 1
        and not any(at_page_edge(x, page) and x.box.top > bottom for x in page.lines)
    )


def _read_page(
    reader: PageReader, opened: Opened, number: int, options: ReadOptions, carried: Carried
) -> _PageResult:
    if number in options.skip:
        return _PageResult(Page(number, 0.0, 0.0, trouble=options.skip[number]), [])
    width = height = 0.0
    words = frozenset(options.header_words)
    try:
        with options.watch():
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
            return _PageResult(
                Page(number, width, height, trouble=f"{why}; {unread_because(options.ocr)}"), []
            )
        with options.watch_picture():
            return _read_picture(opened, number, words, carried)
    except Exception as error:  # whatever is wrong with one page, the others are read
        return _PageResult(Page(number, width, height, trouble=_trouble(error)), [])


def _read_picture(opened: Opened, number: int, header_words: frozenset[str], carried: Carried) -> _PageResult:
    from extract.scan.page import read_picture

    scanned = read_picture(opened.pdf, number)
    result = _tables_and_lines(scanned.page, header_words, carried)
    has_words = any(c.isalnum() for item in scanned.page.items for c in item.text)
    trouble = None if has_words else NOTHING_SEEN
    result.page = replace(result.page, turn=scanned.turn, trouble=trouble, colourless=scanned.colourless)
    return result


def _trouble(error: Exception) -> str:
    if isinstance(error, BelishaError):
        return error.what
    if isinstance(error, (MemoryError, RecursionError)):
        return "the page needs more memory than is allowed"
    return f"the page could not be understood ({type(error).__name__}: {' '.join(str(error).split())[:120]})"


def _tables_and_lines(raw_page: RawPage, header_words: frozenset[str], carried: Carried) -> _PageResult:
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
    tables = [_table(g, number, lines) for g in grids]
    return _PageResult(page, tables, found.above, found.open, found.known)


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


def _table(grid: GridTable, page: int, lines: Sequence[Line]) -> Table:
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


def _join(results: Sequence[_PageResult]) -> list[Table]:
    tables: list[Table] = []
    homes: list[int] = []
    for index, result in enumerate(results):
        for table in result.tables:
            tables.append(table)
            homes.append(index)
    running = Furniture([r.page for r in results])
    between: dict[tuple[int, int], bool] = {}
    for i in range(len(tables) - 1):
        if homes[i + 1] == homes[i] + 1:
            page, following = results[homes[i]].page, results[homes[i + 1]].page
            between[i, i + 1] = _text_between(tables[i], tables[i + 1], page, following, running)
    return join_tables(tables, between)


def _text_between(first: Table, second: Table, page: Page, following: Page, running: Furniture) -> bool:
    """Is there body text below ``first`` on its page or above ``second`` on the next?

    At the edges only a heading counts that is no running header.
    """
    below = (x for x in page.lines if first.boxes[-1].bottom - 1 < x.box.top)
    above = (x for x in following.lines if x.box.bottom < second.boxes[0].top + 1)
    return any(_is_body(x, page, running) for x in below) or any(
        _is_body(x, following, running) for x in above
    )


def _is_body(line: Line, page: Page, running: Furniture) -> bool:
    if running.is_running(line, page):
        return False
    return not at_page_edge(line, page) or (line.bold and len(line.text) > 4)
