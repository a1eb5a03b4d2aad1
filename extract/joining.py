"""Tables and rows that a page break cut: joined again, repeated headers dropped.

Two pieces of table belong together when the second is the first table of the next page, the first the
last of its page, and their columns stand at the same places. A row whose first cells are empty on the new page
and whose text runs on is the rest of the row above the break.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extract.breaks.torn_rows import is_torn, merge
from extract.cells import Cell, Row, Table

SAME_COLUMN = 4.0  # points a column edge may wander between pages
OVERLAP = 0.6  # share of a column's width that it has in common with the same column of another page
SAME_WIDTH = 0.02  # share of the table's width that columns may differ by after the margins are evened out


def join_tables(tables: Sequence[Table], text_between: dict[tuple[int, int], bool]) -> list[Table]:
    """Tables in page order, those that go on over page breaks joined.

    ``text_between`` tells for two indices of ``tables`` whether body text stands between them.
    """
    joined: list[Table] = []
    last_index: list[int] = []
    for index, table in enumerate(tables):
        if joined:
            before = _cut_headings(joined[-1], table)
            apart = text_between.get((last_index[-1], index), False)
            wider = _respanned(before, _aligned(before, table))
            if _goes_on(before, wider, apart):
                joined[-1] = _append(before, wider)
                last_index[-1] = index
                continue
        joined.append(table)
        last_index.append(index)
    return joined


def _aligned(before: Table, after: Table) -> Table:
    """``after`` with its missing first columns added, where those of ``before`` go on without rules or text.

    A cell merged over rows that a page break cuts is often not drawn again on the next page.
    """
    missing = len(before.columns) - len(after.columns)
    if missing not in (1, 2) or not before.ruled or not after.ruled:
        return after
    columns = (*before.columns[:missing], *after.columns)
    shifted = replace(
        after,
        columns=columns,
        rows=tuple(
            replace(r, cells=tuple(replace(c, column=c.column + missing) for c in r.cells))
            for r in after.rows
        ),
    )
    return shifted if _same_columns(before, shifted) else after


def _cut_headings(before: Table, after: Table) -> Table:
    """``before`` in the columns of ``after``, where a page break cut headings between a group's and those below it.

    The headings beside the group reach over the break, so that ``after`` begins with the empty rest of them.
    """
    first = after.rows[0]
    rest = len(after.columns) > 2 and not any(c.lines or c.glyphs for c in first.cells)
    if len(before.rows) > 1 or not rest or all(c.row_span < 2 for c in first.cells):
        return before
    return _respanned(after, before)


def _respanned(before: Table, after: Table) -> Table:
    """``after`` in the columns of ``before``, where its rows hold merged cells only and so miss some of the edges."""
    theirs = [before.columns[0][0], *(x for _, x in before.columns)]
    ours = [after.columns[0][0], *(x for _, x in after.columns)]
    if len(ours) >= len(theirs) or not before.ruled or not after.ruled:
        return after
    places = [min(range(len(theirs)), key=lambda k: abs(theirs[k] - x)) for x in ours]
    exact = all(abs(theirs[k] - x) <= SAME_COLUMN for k, x in zip(places, ours, strict=True))
    if not exact or places[0] != 0 or places[-1] != len(theirs) - 1 or len(set(places)) < len(places):
        return after

    def moved(cell: Cell) -> Cell:
        first, end = places[cell.column], places[cell.column + cell.column_span]
        return replace(cell, column=first, column_span=end - first)

    rows = tuple(replace(r, cells=tuple(moved(c) for c in r.cells)) for r in after.rows)
    return replace(after, columns=before.columns, rows=rows)


def _goes_on(before: Table, after: Table, text_between: bool) -> bool:
    if after.pages[0] != before.pages[-1] + 1 or before.ruled != after.ruled:
        return False
    if not _same_columns(before, after) and not _alike(before, after):
        return False
    if text_between:
        return False
    return bool(_repeats(before, after)) or not _starts_with_header(after, before)


def _same_columns(before: Table, after: Table) -> bool:
    a, b = before.columns, after.columns
    if len(a) != len(b):
        return False
    shift = b[0][0] - a[0][0]
    width = a[-1][1] - a[0][0]
    slack = max(SAME_COLUMN, SAME_WIDTH * width)
    return all(
        abs(x[0] + shift - y[0]) <= slack and abs(x[1] + shift - y[1]) <= slack
        for x, y in zip(a, b, strict=True)
    )


def _alike(before: Table, after: Table) -> bool:
    """Do columns found by alignment, page by page, lie below the same headings at nearly the same places?"""
    if before.ruled or len(before.columns) != len(after.columns) or not _repeats(before, after):
        return False
    return all(
        min(a[1], b[1]) - max(a[0], b[0]) > OVERLAP * max(a[1] - a[0], b[1] - b[0])
        for a, b in zip(before.columns, after.columns, strict=True)
    )


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(c.text.split()).lower() for c in row.cells)


def _repeats(before: Table, after: Table) -> int:
    """How many rows at the start of ``after`` repeat the start of ``before``."""
    count = 0
    for a, b in zip(before.rows, after.rows, strict=False):
        if any(_texts(a)) and _squeezed(a) == _squeezed(b):
            count += 1
        else:
            break
    return count


def _squeezed(row: Row) -> tuple[str, ...]:
    """Texts without spaces, since a narrow column may break a heading in other places on another page."""
    return tuple("".join(t.split()) for t in _texts(row))


def _starts_with_header(after: Table, before: Table) -> bool:
    """A first row in bold on a fill, unlike the rows before it, is the header of a table of its own."""
    first = after.rows[0]
    cells = [c for c in first.cells if c.lines]
    if len(cells) < 2 or not all(all(line.bold for line in c.lines) for c in cells):
        return False
    body = [c for r in before.rows[-3:] for c in r.cells if c.lines]
    return not all(all(line.bold for line in c.lines) for c in body)


def _append(before: Table, after: Table) -> Table:
    drop = _repeats(before, after)
    dropped = tuple(line for r in after.rows[:drop] for c in r.cells for line in c.lines)
    rest = list(after.rows[drop:])
    rows = list(before.rows)
    torn = bool(rest) and len(rows) > max(drop, before.header_rows)
    if torn and is_torn(before, rest[0], [*rows[:-1], *rest[1:]]):
        rows[-1] = merge(rows[-1], rest.pop(0))
    offset = len(rows) - (len(after.rows) - len(rest))
    rows += [replace(r, cells=tuple(replace(c, row=c.row + offset) for c in r.cells)) for r in rest]
    return replace(
        before,
        rows=tuple(rows),
        boxes=before.boxes + after.boxes,
        header_rows=max(before.header_rows, drop),
        repeated=before.repeated + dropped,
        cut_below=after.cut_below,
    )
