"""Tables without vertical rules: columns by alignment under a line of header words.

A table begins at a line of three or more header words that stand apart, or, at the top of a page, goes on in
the columns of the table that the page before ended with.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extract.aligned.charts import chart_areas
from extract.aligned.chunks import HEADER_GAP, TextRow, bare, only_a_figure, starts_table, straddles
from extract.aligned.grid_building import Region, build, with_marks
from extract.aligned.group_headings import share_group_headings
from extract.aligned.headings import header_block, set_like
from extract.aligned.side_labels import labelled_blocks
from extract.aligned.turned import SIDEWAYS, level_turned_headings
from extract.breaks.carried import (
    NOTHING_CARRIED,
    Carried,
    Known,
    OpenHeader,
    carry_on,
    edges_like,
    lines_like,
    rows_of_header,
)
from extract.lines import rows_of
from extract.next_table import before_caption
from extract.page.abutting import part_at_cells
from extract.page.parts import RawPage, TextItem
from extract.ruled import GridCell, GridTable, fill_cells
from extract.twins import side_of, split_lines

Box4 = tuple[float, float, float, float]
STRETCHED = 0.64  # letters of text fonts are half a font size wide on average, bold ones up to 0.6
STRETCHED_CAPITALS = 0.85


class Found(Struct):
    """The tables of a page and the pieces left over. ``above``: the headings on the page before of the first table;
    ``open``: headings at this page's foot; ``known``: the lines below each of its headings."""

    tables: list[GridTable]
    left: list[TextItem]
    above: GridTable | None = None
    open: OpenHeader | None = None
    known: tuple[Known, ...] = ()


def find_unruled(
    page: RawPage,
    items: Sequence[TextItem],
    header_words: frozenset[str],
    taken: Sequence[Box4],
    carried: Carried = NOTHING_CARRIED,
) -> Found:
    """Tables among the pieces that no ruled table took, and the pieces that are left."""
    edges = () if carried.ruled else carried.edges
    if not _worth_looking(items, header_words, bool(edges or carried.header)):
        return Found([], list(items))
    charts = chart_areas(page)
    words = [w for w in page.words() if not any(_inside(w, box) for box in (*taken, *charts))]
    words = part_at_cells(words, page)
    rows = [TextRow(r) for r in rows_of(level_turned_headings(words))]
    blocks = labelled_blocks(rows, header_words)
    inside = {k for upper, _, end in blocks.values() for k in range(upper, end)}
    usual = (k for k in range(len(rows)) if k not in inside and starts_table(rows, k, header_words))
    starts = sorted((*usual, *blocks))
    found = Found([], [])
    first = len(rows)
    if starts:
        first = starts[0] if starts[0] in blocks else header_block(rows, starts[0], page, header_words)[0]
    headers: dict[int, list[TextRow]] = {}
    if carried.header and first:
        found.tables, found.above = rows_of_header(page, rows[:first], carried.header)
    elif edges and first:
        going_on = carry_on(page, rows[:first], carried)
        if going_on:
            found.tables.append(going_on)
    regions = [
        blocks.get(start)
        or _region(
            page,
            rows,
            k,
            starts,
            header_words,
            taken,
            min((b for b in blocks if b > start), default=len(rows)),
        )
        for k, start in enumerate(starts)
    ]
    known = [Known(tuple(rows[a:b]), tuple(with_marks(page, rows[b:c]))) for a, b, c in regions]
    begun = (Known((), tuple(rows[:first])),) if found.tables else ()
    done = 0
    for k, (start, (upper, lower, end)) in enumerate(zip(starts, regions, strict=True)):
        if start < done:
            continue
        region = Region(rows[max(upper, done) : lower], rows[lower:end])
        beside = _tables_of(page, region, (*carried.tables, *known))
        if len(beside) == 1:
            known[k] = replace(known[k], edges=tuple(beside[0][0].xs))
        for table, header in beside:
            found.tables.append(table)
            headers[id(table)] = header
            done = max(done, lower + sum(1 for r in rows[lower:end] if r.base <= table.ys[-1]))
        if beside:
            continue
        if _at_foot(page, region.header, rows[lower:]):
            found.open = OpenHeader.of(region.header, page, words)
    found.known = (*begun, *known)
    for number, table in enumerate(found.tables):
        fill_cells(table, page, [w for w in words if _inside(w, table.box)])
        if id(table) not in headers and number == 0 and edges:
            table.xs[:] = list(edges)  # so that it joins the table it goes on from
        share_group_headings(table, headers.get(id(table), []), page)
        _merge_spanning(table, id(table) in headers)
    found.tables = [t for t in found.tables if any(c.items or c.shapes for c in t.cells)]
    found.left = [i for i in items if not any(_inside(i, t.box) for t in found.tables)]
    return found


def _tables_of(
    page: RawPage, region: Region, known: Sequence[Known]
) -> list[tuple[GridTable, list[TextRow]]]:
    """The table of a region with its header lines, or two where two stand side by side."""
    table = build(page, region, lines_like(region.header, known), edges_like(region.header, known))
    if table is None:
        return []
    cut = split_lines(table.xs, region.header, region.body)
    if cut is None:
        return [(table, region.header)]
    ends = (float("-inf"), cut, float("inf"))
    sides = [Region(side_of(region.header, *pair), side_of(region.body, *pair)) for pair in pairwise(ends)]
    return [found for side in sides for found in _tables_of(page, side, known)]


def _region(
    page: RawPage,
    rows: Sequence[TextRow],
    k: int,
    starts: Sequence[int],
    header_words: frozenset[str],
    taken: Sequence[Box4],
    last: int,
) -> tuple[int, int, int]:
    """First and one past the last header line of start ``k``, and one past the last line that may be its table's.

    No line from ``last`` on is.
    """
    upper, lower = header_block(rows, starts[k], page, header_words)
    alike = (s for s in starts[k + 1 :] if s >= lower and set_like(rows[s], rows[starts[k]], page))
    following = next(alike, len(rows))
    end = header_block(rows, following, page, header_words)[0] if following < len(rows) else len(rows)
    end = before_caption(rows, lower, max(min(end, last), lower))
    return upper, lower, _before_taken(rows, lower, end, taken)


def _at_foot(page: RawPage, header: Sequence[TextRow], below: Sequence[TextRow]) -> bool:
    """Do headings stand at the page's foot with nothing below them but a footer?"""
    if not header or header[0].base < 0.6 * page.height or len(below) > 1:
        return False
    return not below or below[0].base - header[-1].base > 2 * header[-1].size


def _worth_looking(items: Sequence[TextItem], header_words: frozenset[str], carried: bool) -> bool:
    """The cheap look: is there a line of several pieces with header words, or one of little else?"""
    if carried:
        return True
    letters = sum(1 for i in items if len(i.text.strip()) <= 2)
    if letters > 0.5 * len(items) and len(items) > 20:
        # Some producers print letter by letter; then only the words of the page can tell.
        return True
    sideways = [bare(w) for i in items if i.angle in SIDEWAYS for w in i.text.split()]
    if sum(1 for w in sideways if w in header_words) >= 3:
        return True
    labelled = 0
    for row in rows_of(i for i in items if i.angle == 0):
        labelled += len(row) >= 3 and all(bare(w) in header_words for w in row[0].text.split()[:1])
        if labelled >= 3:
            return True
        words = [bare(w) for i in row for w in i.text.split()]
        if len(words) > max(40, 4 * len(row)) or sum(1 for w in words if w in header_words) < 2:
            continue  # a line of sentences
        if len(row) >= 3 and len(TextRow(row).chunks(HEADER_GAP)) >= 3:
            return True
        if any(_is_stretched(i) for i in row):
            return True
    return False


def _is_stretched(item: TextItem) -> bool:
    """A piece much wider than its letters holds several columns, parted by wide gaps."""
    usual = STRETCHED_CAPITALS if item.text.isupper() else STRETCHED
    return item.x1 - item.x0 > usual * item.size * len(item.text.strip()) and len(item.text.split()) >= 3


def _inside(item: TextItem, box: Box4) -> bool:
    x, y = (item.x0 + item.x1) / 2, (item.top + item.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _before_taken(rows: Sequence[TextRow], lower: int, end: int, taken: Sequence[Box4]) -> int:
    """The body stops where a ruled table stands below the header."""
    tops = [box[1] for box in taken if lower < len(rows) and box[1] > rows[lower - 1].base]
    if not tops:
        return end
    return min(end, lower + sum(1 for r in rows[lower:end] if r.base < min(tops)))


def _merge_spanning(table: GridTable, has_header: bool) -> None:
    """Cells that one run of words crosses become one cell over several columns."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(cell)
    kept: list[GridCell] = []
    for number, row in by_row.items():
        # Headings over several columns were shared out already; theirs stay apart.
        kept += row if number == 0 and has_header else _merged(row)
    table.cells = kept


def _merged(row: list[GridCell]) -> list[GridCell]:
    words = sorted((i for c in row for i in c.items), key=lambda i: i.x0)
    # A single run of words over several columns, and nothing else in the row, is one text.
    alone = (
        bool(words)
        and len({round(w.base) for w in words}) == 1
        and len(TextRow(words).chunks(HEADER_GAP)) == 1
    )
    out: list[GridCell] = []
    for cell in sorted(row, key=lambda c: c.column):
        before = out[-1] if out else None
        crossed = before is not None and _crosses(before, cell) and not _is_figure_each(before, cell)
        if before and (crossed or (alone and before.items and cell.items)):
            before.column_span += cell.column_span
            before.x1 = cell.x1
            before.items += cell.items
            before.shapes += cell.shapes
            before.fill = before.fill or cell.fill
        else:
            out.append(cell)
    return out


def _is_figure_each(left: GridCell, right: GridCell) -> bool:
    """Does each of two cells hold one whole figure? A long one may stand over the edge between them."""
    return all(c.items and only_a_figure(sorted(c.items, key=lambda i: i.x0)) for c in (left, right))


def _crosses(left: GridCell, right: GridCell) -> bool:
    """Does a word, or a run of words that leaves no gap, stand across the edge between two cells?"""
    edge = right.x0
    return any(straddles(w, edge, 2.0) for w in [*left.items, *right.items])
