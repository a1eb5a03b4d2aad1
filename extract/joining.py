"""Tables and rows that a page break cut: joined again, repeated headers dropped.

Two pieces of table belong together when the second is the first table of the next page, the first the
last of its page, and their columns stand at the same places. A row whose first cells are empty on the new page
and whose text runs on is the rest of the row above the break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.cells import Cell, Row, Table

SAME_COLUMN = 4.0  # points a column edge may wander between pages
FEWEST = 2  # rows that show how many lines a cell has
OVERLAP = 0.6  # share of a column's width that it has in common with the same column of another page
PADDING = 6.0  # points that text stands off the sides of its cell, at most
SAME_WIDTH = 0.02  # share of the table's width that columns may differ by after the margins are evened out


_FIGURE = re.compile(r"^[-+<>£$€(]*\d[\d,.]*[%km)]*$")  # a whole one; "42.8 per" may go on


def join_tables(tables: Sequence[Table], text_between: dict[tuple[int, int], bool]) -> list[Table]:
    """Tables in page order, those that go on over page breaks joined.

    ``text_between`` tells for two indices of ``tables`` whether body text stands between them.
    """
    joined: list[Table] = []
    last_index: list[int] = []
    for index, table in enumerate(tables):
        if joined:
            before = joined[-1]
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
    if torn and (_cut(before, rest[0]) or _is_rest_of(rows[-1], rest[0], [*rows[:-1], *rest[1:]])):
        rows[-1] = _merge(rows[-1], rest.pop(0))
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


def _cut(before: Table, first: Row) -> bool:
    """Is the first row after the break the rest of one that was plainly cut?"""
    upper = before.rows[-1]
    if not before.cut_below or not _same_spans(upper, first):
        return False
    return not _marked_twice(upper, first) and not _figures_twice(upper, first)


def _figures_twice(upper: Row, lower: Row) -> bool:
    """True where two or more columns hold a whole figure in both rows: each has its own."""
    pairs = zip(upper.cells, lower.cells, strict=True)
    return sum(1 for a, b in pairs if _FIGURE.match(a.text) and _FIGURE.match(b.text)) >= 2


def _marked_twice(upper: Row, lower: Row) -> bool:
    """True where two or more columns hold a sign or a single word of its own in both rows: each has its statuses."""
    both = [(a, b) for a, b in zip(upper.cells, lower.cells, strict=True) if _is_mark(a) and _is_mark(b)]
    return sum(1 for _, b in both if b.glyphs or b.text[:1].isupper()) >= 2


def _is_mark(cell: Cell) -> bool:
    word = cell.text.strip()
    return len(cell.lines) <= 1 and (
        bool(cell.glyphs) if not word else not any(c.isdigit() or c == " " for c in word)
    )


def _is_rest_of(upper: Row, lower: Row, others: Sequence[Row]) -> bool:
    """Is ``lower`` the part of ``upper`` that fell on the next page? ``others``: the table's other rows."""
    below = {c.column: c for c in lower.cells}
    above = {c.column: c for c in upper.cells}
    if not _same_spans(upper, lower):
        return False
    filled = [c for c in lower.cells if c.lines or c.glyphs]
    if not filled:
        # An empty strip of row: its fill may be the rest of a coloured cell.
        return True
    if not any(c.lines for c in upper.cells):
        return False
    if _both_complete(upper, lower) or _marked_twice(upper, lower):
        return False
    first = min(k for k in above if above[k].lines)
    if not below[first].lines:
        return True
    return _cut_mid_sentence(upper, lower) or _wraps(upper, lower) or _completes(upper, lower, others)


def _completes(upper: Row, lower: Row, others: Sequence[Row]) -> bool:
    """True where the lower row has nothing but the second line of a cell that has two or more in every other row."""
    filled = [c for c in lower.cells if c.lines or c.glyphs]
    cell = filled[0]
    above = next((c for c in upper.cells if c.column == cell.column), None)
    if len(filled) != 1 or above is None or len(above.lines) != 1 or any(x.bold for x in cell.lines):
        return False
    same = [
        c
        for r in others
        for c in r.cells
        if c.column == cell.column and 4 * sum(1 for x in r.cells if x.lines) > len(r.cells)
    ]
    body = [c for c in same if not all(line.bold for line in c.lines)]
    return len(body) >= FEWEST and all(len(c.lines) > 1 for c in body)


def _both_complete(upper: Row, lower: Row) -> bool:
    """True where two or more columns hold a short entry of their own in both rows: figures, statuses, arrows."""
    short = [(a, b) for a, b in zip(upper.cells, lower.cells, strict=True) if _is_entry(a) and _is_entry(b)]
    return sum(1 for a, b in short if not _is_second_line(a, b)) >= 2


def _is_second_line(above: Cell, below: Cell) -> bool:
    """Words that had no room beside those above them, such as the second line of a short title or "1,000" below "58.2 per"."""
    if above.text.lower().split()[-1:] == ["per"]:
        return bool(below.lines)
    worded = above.lines and below.lines and not any(ch.isdigit() for ch in below.text)
    return bool(worded) and above.lines[-1].bold == below.lines[0].bold and _no_room(above, below)


def _is_entry(cell: Cell) -> bool:
    text = cell.text
    return bool(text or cell.glyphs) and len(cell.lines) <= 1 and len(text) <= 14 and len(text.split()) <= 2


def _wraps(upper: Row, lower: Row) -> bool:
    """True where each text that goes on had no room for its next word, and most cells do not go on.

    A heading or a new row fails this: its first word would have fitted, or its figures are printed.
    """
    filled = [(a, b) for a, b in zip(upper.cells, lower.cells, strict=True) if a.lines]
    going_on = [(a, b) for a, b in filled if b.lines]
    if not going_on or 2 * len(going_on) > len(filled):
        return False
    if any(b.lines and not a.lines for a, b in zip(upper.cells, lower.cells, strict=True)):
        return False
    return all(_no_room(a, b) and a.lines[-1].bold == b.lines[0].bold for a, b in going_on)


def _no_room(above: Cell, below: Cell) -> bool:
    last, following = above.lines[-1], below.lines[0]
    word = following.text.split()[0]
    width = (following.box.x1 - following.box.x0) * len(word) / max(1, len(following.text))
    # Text keeps the same distance from both sides of its cell; set to the middle or the right it says nothing of that.
    margin = min(PADDING, max(1.0, min(x.box.x0 for x in above.lines) - above.boxes[-1].x0))
    return last.box.x1 + width + 0.25 * following.size > above.boxes[-1].x1 - margin


def _same_spans(upper: Row, lower: Row) -> bool:
    return [(c.column, c.column_span) for c in upper.cells] == [
        (c.column, c.column_span) for c in lower.cells
    ]


def _cut_mid_sentence(upper: Row, lower: Row) -> bool:
    """True where the first cell that goes on does so with a small letter or a bracket, or broke off open."""
    for a, b in zip(upper.cells, lower.cells, strict=True):
        if not b.lines:
            continue
        if not a.lines:
            return False
        start = b.lines[0].text[:1]
        stop = a.lines[-1].text.rstrip()[-1:]
        return start.islower() or start in "(),;&/" or stop in ",–(/&"
    return False


def _merge(upper: Row, lower: Row) -> Row:
    below = {c.column: c for c in lower.cells}
    cells: list[Cell] = []
    for cell in upper.cells:
        rest = below.get(cell.column)
        if rest is None:
            cells.append(cell)
            continue
        cells.append(
            replace(
                cell,
                lines=cell.lines + rest.lines,
                boxes=cell.boxes + (rest.boxes if rest.lines or rest.glyphs else ()),
                glyphs=cell.glyphs + rest.glyphs,
                fill=cell.fill or rest.fill,
            )
        )
    return Row(tuple(cells), upper.boxes + (lower.boxes if any(c.lines for c in lower.cells) else ()))
