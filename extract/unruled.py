"""Tables without vertical rules: columns by alignment under a line of header words.

A table begins at a line of three or more header words that stand apart, or, at the top of a page, goes on in
the columns of the table that the page before ended with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.alignment import band_edges, drawn_columns, group_rows, rivers, wide_rules
from extract.charts import chart_areas
from extract.chunks import HEADER_GAP, TextRow, bare, column_of, starts_table, straddles
from extract.group_headings import share_group_headings
from extract.headings import header_block, set_like
from extract.lines import rows_of
from extract.pages import RawPage, TextItem
from extract.ruled import GridCell, GridTable, fill_cells
from extract.table_end import columns_of_row, fits, until_it_ends
from extract.turned import SIDEWAYS, level_turned_headings

Box4 = tuple[float, float, float, float]
MIN_COLUMNS = 3
STRETCHED = 0.64  # letters of text fonts are half a font size wide on average, bold ones up to 0.6
STRETCHED_CAPITALS = 0.85


@dataclass(frozen=True, slots=True)
class _Region:
    """Header lines and body lines of one table."""

    header: list[TextRow]
    body: list[TextRow]


def find_unruled(
    page: RawPage,
    items: Sequence[TextItem],
    header_words: frozenset[str],
    taken: Sequence[Box4],
    carried: Sequence[float] = (),
) -> tuple[list[GridTable], list[TextItem]]:
    """Tables among the pieces that no ruled table took, and the pieces that are left.

    ``carried``: column edges of the table that the page before ended with, or none.
    """
    if not _worth_looking(items, header_words, bool(carried)):
        return [], list(items)
    charts = chart_areas(page)
    words = [w for w in page.words() if not any(_inside(w, box) for box in (*taken, *charts))]
    rows = [TextRow(r) for r in rows_of(level_turned_headings(words))]
    starts = [k for k in range(len(rows)) if starts_table(rows, k, header_words)]
    tables: list[GridTable] = []
    first = header_block(rows, starts[0], page, header_words)[0] if starts else len(rows)
    if carried and first:
        going_on = _carry_on(page, rows[:first], carried)
        if going_on:
            tables.append(going_on)
    headers: dict[int, list[TextRow]] = {}
    done = 0
    for k, start in enumerate(starts):
        if start < done:
            continue
        upper, lower = header_block(rows, start, page, header_words)
        alike = (s for s in starts[k + 1 :] if set_like(rows[s], rows[start], page))
        following = next(alike, len(rows))
        end = header_block(rows, following, page, header_words)[0] if following < len(rows) else len(rows)
        end = _before_taken(rows, lower, max(end, lower), taken)
        region = _Region(rows[max(upper, done) : lower], rows[lower:end])
        table = _build(page, region)
        if table:
            tables.append(table)
            headers[id(table)] = region.header
            done = lower + sum(1 for r in rows[lower:end] if r.base <= table.ys[-1])
    for table in tables:
        fill_cells(table, page, [w for w in words if _inside(w, table.box)])
        if id(table) not in headers:
            table.xs[:] = list(carried)  # so that it joins the table it goes on from
        share_group_headings(table, headers.get(id(table), []), page)
        _merge_spanning(table, id(table) in headers)
    tables = [t for t in tables if any(c.items or c.shapes for c in t.cells)]
    left = [i for i in items if not any(_inside(i, t.box) for t in tables)]
    return tables, left


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
    for row in rows_of(i for i in items if i.angle == 0):
        words = [bare(w) for i in row for w in i.text.split()]
        if len(words) > 40 or sum(1 for w in words if w in header_words) < 2:
            continue
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


def _build(page: RawPage, region: _Region) -> GridTable | None:
    body = region.body
    if not region.header or not body:
        return None
    left = min(r.extent()[0] for r in region.header + body)
    right = max(r.extent()[1] for r in region.header + body)
    top = region.header[0].top - 3
    edges = _edges(page, region, left, right, top)
    if len(edges) - 1 < MIN_COLUMNS:
        return None
    left, right = edges[0], edges[-1]
    header_bottom = region.header[-1].bottom
    body = until_it_ends(page, region.header, region.body, edges)
    if not body:
        return None
    ys = _row_edges(page, region.header, body, edges, top, header_bottom)
    return _grid(edges, ys)


def _edges(page: RawPage, region: _Region, left: float, right: float, top: float) -> list[float]:
    bottom = region.body[-1].bottom + 6
    multi = [r for r in region.body if len(r.chunks()) >= 3]
    if multi:
        bottom = multi[-1].bottom + 14
    drawn = drawn_columns(page, top, bottom, left, right)
    if len(drawn) - 1 >= MIN_COLUMNS and not _cut_words(drawn, region.header + multi):
        outer = [
            r for r in region.header + multi if r.extent()[0] < drawn[0] - 3 or r.extent()[1] > drawn[-1] + 3
        ]
        headings = {column_of(drawn, (w.x0 + w.x1) / 2) for r in region.header for w in r.words}
        if not outer and len(headings) >= MIN_COLUMNS:
            return drawn
    table_rows = region.header + multi
    left = min(r.extent()[0] for r in table_rows) - 2
    # Further lines of the last column may reach further than its first ones.
    last = min((r.chunks()[-1][0].x0 for r in multi), default=left) - 3
    lone = [r for r in region.body if len(r.chunks()) == 1 and r.words[0].x0 >= last]
    right = max(r.extent()[1] for r in [*table_rows, *lone]) + 2
    return rivers(
        region.header, region.body[: region.body.index(multi[-1]) + 1] if multi else region.body, left, right
    )


def _cut_words(edges: Sequence[float], rows: Sequence[TextRow]) -> bool:
    """Do the edges run through words of more than a line or two?"""
    bad = sum(1 for r in rows if any(straddles(w, e, 2.0) for w in r.words for e in edges[1:-1]))
    return bad > max(1, len(rows) // 8)


def _row_edges(
    page: RawPage,
    header: Sequence[TextRow],
    body: Sequence[TextRow],
    edges: Sequence[float],
    top: float,
    header_bottom: float,
) -> list[float]:
    rules = wide_rules(page, header_bottom - 2, body[-1].bottom + 10, edges[0], edges[-1])
    barriers = sorted(
        {*rules, *band_edges(page, header_bottom - 2, body[-1].bottom + 10, edges[0], edges[-1])}
    )
    by_rules = _groups_between(body, rules)
    if len(rules) >= 3 and len(by_rules) >= 2 and len(by_rules) >= 0.6 * (len(rules) - 1):
        groups = [g for part in by_rules for g in _one_or_more(part, edges, barriers)]
    else:
        groups = group_rows(body, edges, barriers)
    ys = [min([top, *(y for y in rules if top - 8 < y < top)])] if header else []
    previous_bottom = header_bottom
    for group in groups:
        upper = min(r.top for r in group)
        between = [y for y in barriers if previous_bottom - 2 <= y <= upper + 2]
        ys.append(between[-1] if between else (previous_bottom + upper) / 2)
        previous_bottom = max(r.bottom for r in group)
    below = [y for y in rules if y >= previous_bottom - 2]
    ys.append(below[0] if below else previous_bottom + 3)
    return ys


def _groups_between(rows: Sequence[TextRow], rules: Sequence[float]) -> list[list[TextRow]]:
    groups: dict[int, list[TextRow]] = {}
    for row in rows:
        groups.setdefault(sum(1 for y in rules if y < row.base), []).append(row)
    return [groups[k] for k in sorted(groups)]


def _one_or_more(
    part: list[TextRow], edges: Sequence[float], barriers: Sequence[float]
) -> list[list[TextRow]]:
    """Between two rules stands one row, unless it is clearly several (only blocks are ruled off)."""
    full = sum(
        1 for r in part if len(columns_of_row(r, edges)) >= 0.7 * (len(edges) - 1) and _figures(r) >= 2
    )
    return [part] if full <= 2 else group_rows(part, edges, barriers)


def _figures(row: TextRow) -> int:
    """How many chunks of a line are nothing but a figure."""
    return sum(
        1
        for run in row.chunks()
        if len(run) <= 2 and bare(run[0].text).strip("%£<>≥≤+").replace(",", "").replace(".", "").isdigit()
    )


def _carry_on(page: RawPage, rows: Sequence[TextRow], carried: Sequence[float]) -> GridTable | None:
    """The rows at the top of a page that go on in the columns of the table before."""
    edges = _adjusted(carried, rows)
    enough = max(2, len(edges) // 2)
    start = next(
        (k for k, r in enumerate(rows) if fits(r, edges) and len(columns_of_row(r, edges)) >= enough), None
    )
    if start is None or rows[start].base > 0.3 * page.height:
        return None
    # A first line that only holds the rest of one cell is part of the row above the break; a bold one
    # at the table's left edge names a section.
    while start > 0 and fits(rows[start - 1], edges):
        before, gap = rows[start - 1], rows[start].base - rows[start - 1].base
        section = before.bold and abs(before.words[0].x0 - edges[0]) < 8 and gap < 3 * before.size
        if gap >= 1.5 * before.size and not section:
            break
        start -= 1
    header = TextRow(rows[start].words[:1])
    body = until_it_ends(page, [header], list(rows[start:]), edges)
    if not body:
        return None
    ys = _row_edges(page, [], body, edges, body[0].top - 3, body[0].top - 3)
    return _grid(edges, ys)


def _adjusted(carried: Sequence[float], rows: Sequence[TextRow]) -> list[float]:
    """The carried column edges, moved where longer texts on the new page ask for it."""
    edges = list(carried)
    multi = [r for r in rows if len(r.chunks()) >= max(2, len(edges) // 2)]
    if not multi or not _cut_words(edges, multi):
        return edges
    found = rivers([], multi, edges[0], edges[-1])
    same = len(found) == len(edges) and all(abs(a - b) < 40 for a, b in zip(found, edges, strict=True))
    return found if same else edges


def _grid(edges: Sequence[float], ys: Sequence[float]) -> GridTable:
    cells = [
        GridCell(r, c, 1, 1, edges[c], ys[r], edges[c + 1], ys[r + 1])
        for r in range(len(ys) - 1)
        for c in range(len(edges) - 1)
    ]
    return GridTable(list(edges), list(ys), cells, ruled=False)


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
        if before and (_crosses(before, cell) or (alone and before.items and cell.items)):
            before.column_span += cell.column_span
            before.x1 = cell.x1
            before.items += cell.items
            before.shapes += cell.shapes
            before.fill = before.fill or cell.fill
        else:
            out.append(cell)
    return out


def _crosses(left: GridCell, right: GridCell) -> bool:
    """Does a word, or a run of words that leaves no gap, stand across the edge between two cells?"""
    edge = right.x0
    return any(straddles(w, edge, 2.0) for w in [*left.items, *right.items])
