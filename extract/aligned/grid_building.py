"""A grid from the lines of a table without vertical rules: its columns, then its rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extract.aligned.alignment import band_edges, drawn_columns, rivers, wide_rules
from extract.aligned.by_order import all_in_use, columns_by_order
from extract.aligned.chunks import (
    HEADER_GAP,
    TextRow,
    column_of,
    columns_of_row,
    figures,
    only_a_figure,
    parts_phrase,
    straddles,
)
from extract.aligned.group_headings import shared_extents
from extract.aligned.row_groups import group_rows
from extract.aligned.table_end import LOW, before_other, until_it_ends
from extract.aligned.tilings import tiled_columns
from extract.page.parts import RawPage, TextItem
from extract.ruled import GridCell, GridTable, is_white

MIN_COLUMNS = 3
SAME_START = 2.0  # points by which texts of one column begin apart
HEADER_BORDER = 12.0  # points around the header's text in which its cells end
WRAPPED = 1.45  # font sizes between lines of one cell at most
CLOSE = 1.35  # font sizes between lines of one row, where nothing but their closeness tells
NARROW = 0.3  # share of a table's width: a coloured cell, and no band
RULED_OFF = 3  # rules from which on rows are parted by them


class Region(Struct, frozen=True):
    """Header lines and body lines of one table."""

    header: list[TextRow]
    body: list[TextRow]


def build(
    page: RawPage, region: Region, more: Sequence[TextRow] = (), known: Sequence[float] = ()
) -> GridTable | None:
    """The grid of a region. ``more``: lines of other tables with the same columns; ``known``: the edges of one."""
    region = Region(region.header, before_other(region.body))
    body = region.body
    if not region.header or not body:
        return None
    left = min(r.extent()[0] for r in region.header + body)
    right = max(r.extent()[1] for r in region.header + body)
    top = region.header[0].top - 3
    edges = _edges(page, region, left, right, top, more)
    if len(known) > len(edges) and _hold(known, region):
        edges = [min(known[0], edges[0]), *known[1:-1], max(known[-1], edges[-1])]
    if len(edges) - 1 < MIN_COLUMNS:
        return None
    left, right = edges[0], edges[-1]
    header_bottom = region.header[-1].bottom
    body = until_it_ends(page, region.header, region.body, edges, known=bool(more))
    if not body:
        return None
    ys = row_edges(page, region.header, body, edges, top, header_bottom)
    table = grid(edges, ys)
    table.cut_below = is_cut(page, body[-1], top, edges)
    return table


def is_cut(page: RawPage, last: TextRow, top: float, edges: Sequence[float]) -> bool:
    """Are rows ruled off, and the last one, low on the page, is not?"""
    rules = wide_rules(page, top - 2, page.height, edges[0], edges[-1])
    return len(rules) >= RULED_OFF and rules[-1] < last.base and last.base > LOW * page.height


def _edges(
    page: RawPage, region: Region, left: float, right: float, top: float, more: Sequence[TextRow]
) -> list[float]:
    bottom = region.body[-1].bottom + 6
    multi = [r for r in region.body if len(r.chunks()) >= 3]
    if multi:
        bottom = multi[-1].bottom + 14
    head = tiled_columns(page, top - HEADER_BORDER, region.header[-1].bottom + HEADER_BORDER, left, right)
    for drawn in (head, drawn_columns(page, top, bottom, left, right)):
        if _are_columns(drawn, region.header, multi):
            return drawn
    others = [r for r in more if len(r.chunks()) >= MIN_COLUMNS]
    table_rows = region.header + multi + others
    left = min(r.extent()[0] for r in table_rows) - 2
    starts = [run[0].x0 for r in multi for run in r.chunks()]
    end = _last_of(region.body, multi, starts)
    body = region.body[:end]
    wrapped = _with_wrapped(region.body, end, starts)
    # Further lines of the last column may reach further than its first ones.
    last = min((r.chunks()[-1][0].x0 for r in multi), default=left) - 3
    further = [r for r in wrapped if r.chunks()[-1][0].x0 >= last]
    further += [r for r in region.body if len(r.chunks()) == 1 and r.words[0].x0 >= last]
    right = max(r.extent()[1] for r in [*table_rows, *further]) + 2
    lines = [*with_marks(page, wrapped), *others]
    found = rivers(region.header, lines, left, right, shared_extents(region.header, page))
    ordered = _by_order(page, region.header, body) if len(multi) >= 2 else []
    if len(ordered) > len(found):
        return ordered
    better = ordered and not all_in_use(found, region.header, multi)
    cut, kept = (sum(parts_phrase(r, edges) for r in multi) for edges in (ordered, found))
    return ordered if better and cut <= kept else found


def _last_of(body: Sequence[TextRow], multi: Sequence[TextRow], starts: Sequence[float]) -> int:
    """One past the last line that has cells in several columns: parted widely, or by less, where others begin."""
    if not multi:
        return len(body)
    end = body.index(multi[-1]) + 1
    for k, row in enumerate(body[end:], end):
        runs = row.chunks(HEADER_GAP)
        end = k + 1 if len(runs) >= MIN_COLUMNS and _begin_at(runs, starts) else end
    return end


def _begin_at(runs: Sequence[Sequence[TextItem]], starts: Sequence[float]) -> bool:
    return all(any(abs(run[0].x0 - x) < SAME_START for x in starts) for run in runs)


def _by_order(page: RawPage, header: Sequence[TextRow], body: Sequence[TextRow]) -> list[float]:
    """Columns told by the order of words; else of words and signs; else of coloured cells, too."""
    for add in (None, with_marks, with_fills):
        body = add(page, body) if add else body
        if edges := columns_by_order(page, header, body):
            return edges
    return []


def _with_wrapped(body: Sequence[TextRow], end: int, starts: Sequence[float]) -> list[TextRow]:
    """The lines up to ``end`` and those that follow closely, each of one piece or of some that begin where cells do:
    the wrapped rest of the last row."""
    while end < len(body):
        above, row = body[end - 1], body[end]
        runs = row.chunks()
        if len(runs) > 1 and not _begin_at(runs, starts):
            break
        if row.bold != above.bold or row.base - above.base > WRAPPED * row.size:
            break
        end += 1
    return list(body[:end])


def _hold(edges: Sequence[float], region: Region) -> bool:
    """Do edges that were found elsewhere cut no word here?"""
    rows = [*region.header, *(r for r in region.body if len(r.chunks()) >= MIN_COLUMNS)]
    return not any(straddles(w, e) for r in rows for w in r.words for e in edges[1:-1])


def _are_columns(edges: Sequence[float], header: Sequence[TextRow], body: Sequence[TextRow]) -> bool:
    """Do drawn edges hold the whole table, part its headings, and cut hardly any word?"""
    rows = [*header, *body]
    if len(edges) - 1 < MIN_COLUMNS or cuts_words(edges, rows):
        return False
    if any(r.extent()[0] < edges[0] - 3 or r.extent()[1] > edges[-1] + 3 for r in rows):
        return False
    headings = {column_of(edges, (w.x0 + w.x1) / 2) for r in header for w in r.words}
    return len(headings) >= MIN_COLUMNS


def with_marks(page: RawPage, rows: Sequence[TextRow]) -> list[TextRow]:
    """The lines with the drawn signs beside them as words, for a column of signs alone is a column, too."""
    if not rows or not page.shapes:
        return list(rows)
    words = [list(row.words) for row in rows]
    middles = _middles(rows)
    for shape in page.shapes:
        middle = (shape.top + shape.bottom) / 2
        near = min(range(len(rows)), key=lambda k: abs(middles[k] - middle))
        row = rows[near]
        if rows[0].top - row.size <= middle <= rows[-1].bottom + row.size:
            words[near].append(
                replace(row.words[0], text="■", x0=shape.x0, x1=shape.x1, top=shape.top, bottom=shape.bottom)
            )
    return [TextRow(sorted(line, key=lambda w: w.x0)) for line in words]


def with_fills(page: RawPage, rows: Sequence[TextRow]) -> list[TextRow]:
    """The lines with the coloured cells beside them that hold no word: the colour alone is a status."""
    left, right = min(r.extent()[0] for r in rows), max(r.extent()[1] for r in rows)
    words = [list(row.words) for row in rows]
    middles = _middles(rows)
    for fill in page.fills:
        if is_white(fill.colour) or fill.x1 - fill.x0 > NARROW * (right - left):
            continue
        for line, row, middle in zip(words, rows, middles, strict=True):
            beside = fill.top < middle < fill.bottom
            if beside and not any(w.x0 < fill.x1 and fill.x0 < w.x1 for w in line):
                line.append(replace(row.words[0], text="■", x0=fill.x0, x1=fill.x1))
    return [TextRow(sorted(line, key=lambda w: w.x0)) for line in words]


def _middles(rows: Sequence[TextRow]) -> list[float]:
    """The height of the small letters' middle on each line."""
    return [row.base - 0.3 * row.size for row in rows]


def cuts_words(edges: Sequence[float], rows: Sequence[TextRow]) -> bool:
    """Do the edges run through words of more than a line or two?"""
    bad = sum(1 for r in rows if any(straddles(w, e, 2.0) for w in r.words for e in edges[1:-1]))
    return bad > max(1, len(rows) // 8)


def row_edges(
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
    elif len(rules) >= 2 and _is_one_row(body, edges, rules):
        groups = [list(body)]
    else:
        groups = group_rows(body, edges, barriers)
    ys = [min([top, *(y for y in rules if top - 8 < y < top)])] if header else []
    previous_bottom = header_bottom
    for group in groups:
        upper = min(r.top for r in group)
        between = [y for y in barriers if previous_bottom - 2 <= y <= upper + 2]
        if header and len(ys) == 1 and signs_between(page, edges, between):
            ys.append(between[0])
        ys.append(between[-1] if between else (previous_bottom + upper) / 2)
        previous_bottom = max(r.bottom for r in group)
    below = [y for y in rules if y >= previous_bottom - 2]
    ys.append(below[0] if below else previous_bottom + 3)
    return ys


def signs_between(page: RawPage, edges: Sequence[float], barriers: Sequence[float]) -> bool:
    """Do drawn signs stand in a strip of their own? It is the rest of a row whose words are on the page before."""
    return len(barriers) > 1 and any(
        edges[0] < (s.x0 + s.x1) / 2 < edges[-1] and barriers[0] < (s.top + s.bottom) / 2 < barriers[-1]
        for s in page.shapes
    )


def _groups_between(rows: Sequence[TextRow], rules: Sequence[float]) -> list[list[TextRow]]:
    groups: dict[int, list[TextRow]] = {}
    for row in rows:
        base = row.base
        groups.setdefault(sum(1 for y in rules if y < base), []).append(row)
    return [groups[k] for k in sorted(groups)]


def _one_or_more(
    part: list[TextRow], edges: Sequence[float], barriers: Sequence[float]
) -> list[list[TextRow]]:
    """Between two rules stands one row, unless it is clearly several (only blocks are ruled off)."""
    full = sum(1 for r in part if len(columns_of_row(r, edges)) >= 0.7 * (len(edges) - 1) and figures(r) >= 2)
    return [part] if full <= 2 else group_rows(part, edges, barriers)


def _is_one_row(body: Sequence[TextRow], edges: Sequence[float], rules: Sequence[float]) -> bool:
    """Are the lines between two rules one row: close lines of which only the first has figures?

    The columns of its figures must be empty further down, since a row without figures has a word there.
    """
    if not (rules[0] < body[0].base and body[-1].base < rules[-1] and len(_groups_between(body, rules)) == 1):
        return False
    close = all(b.base - a.base <= CLOSE * b.size for a, b in pairwise(body))
    filled = {
        column_of(edges, (run[0].x0 + run[-1].x1) / 2) for run in body[0].chunks() if only_a_figure(run)
    }
    return close and len(filled) >= 2 and not any(filled & columns_of_row(r, edges) for r in body[1:])


def grid(edges: Sequence[float], ys: Sequence[float]) -> GridTable:
    cells = [
        GridCell(r, c, 1, 1, edges[c], ys[r], edges[c + 1], ys[r + 1])
        for r in range(len(ys) - 1)
        for c in range(len(edges) - 1)
    ]
    return GridTable(list(edges), list(ys), cells, ruled=False)
