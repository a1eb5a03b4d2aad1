"""A row that a page break cut: is the first row of the next page the rest of the last one above the break?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from extract.aligned.row_groups import GOES_ON
from extract.cells import Cell, Row, Table

FEWEST = 2  # rows that show how many lines a cell has
PADDING = 6.0  # points that text stands off the sides of its cell, at most
USUAL_GAP = 0.8  # share of the white between other rows that stands above a row at the foot

# A text that ends with one of these is not at its end: "missed for every" over "100,000 collected".
OPEN = GOES_ON | {"every"}
_FIGURE = re.compile(r"^[-+<>£$€(]*\d[\d,.]*[%km)]*$")  # a whole one; "42.8 per" may go on
_FIGURE_BEGINS = re.compile(r"^[-+<>£$€(]*\d")


def is_torn(before: Table, first: Row, others: Sequence[Row]) -> bool:
    """Is ``first`` the rest of the last row of ``before``? ``others``: the other rows of both pages."""
    return _cut(before, first) or _is_rest_of(before.rows[-1], first, others)


def _cut(before: Table, first: Row) -> bool:
    """Is the first row after the break the rest of one that was plainly cut?"""
    upper = before.rows[-1]
    if not before.cut_below or not _same_spans(upper, first):
        return False
    return not _marked_twice(upper, first) and not _figures_twice(upper, first)


def _figures_twice(upper: Row, lower: Row) -> bool:
    """True where two or more columns hold a whole figure and one that begins below it: each row has its own."""
    pairs = zip(upper.cells, lower.cells, strict=True)
    return sum(1 for a, b in pairs if _FIGURE.match(a.text) and _FIGURE_BEGINS.match(b.text)) >= 2


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
    if _both_complete(upper, lower) or _marked_twice(upper, lower) or _figures_twice(upper, lower):
        return False
    first = min(k for k in above if above[k].lines)
    if not below[first].lines:
        return True
    if _is_named_below(upper, lower, others):
        return True
    if _complement(upper, lower, others):
        return True
    return _cut_mid_sentence(upper, lower, others) or _wraps(upper, lower) or _completes(upper, lower, others)


def _is_named_below(upper: Row, lower: Row, others: Sequence[Row]) -> bool:
    """True where only the upper row lacks what each other row begins with, and the lower one has it.

    A name of two lines that must not be parted goes to the next page, while the texts beside it begin at the foot.
    """
    rows = [r for r in others if len([c for c in r.cells if c.lines]) > 1]
    if len(rows) < FEWEST or any(not r.cells[0].lines for r in rows):
        return False
    if upper.cells[0].lines or upper.cells[0].glyphs or not lower.cells[0].lines:
        return False
    last = next((r for r in reversed(others) if r.boxes[-1].page == upper.boxes[0].page), None)
    if last is not None and sum(1 for c in last.cells if c.lines) == 1:
        return True  # the name of a section, which goes on in no other column
    whites = [_white(a, b) for a, b in pairwise(rows) if a.boxes[-1].page == b.boxes[0].page]
    return last is not None and bool(whites) and _white(last, upper) >= USUAL_GAP * median(whites)


def _white(above: Row, below: Row) -> float:
    """The points between the words of two rows of a page."""
    bottom = max((x.box.bottom for c in above.cells for x in c.lines), default=above.boxes[-1].bottom)
    return min((x.box.top for c in below.cells for x in c.lines), default=below.boxes[0].top) - bottom


def _complement(upper: Row, lower: Row, others: Sequence[Row]) -> bool:
    """True where either part lacks what the other has, in columns that all other rows fill; a name may go on.

    A code whose name must stand below it is told by that alone.
    """
    filled = {k for k, c in enumerate(upper.cells) if c.lines or c.glyphs} - {0}
    below = {k for k, c in enumerate(lower.cells) if c.lines or c.glyphs} - {0}
    if filled & below or not filled or not below:
        return False
    if len(filled) >= FEWEST and lower.cells[0].lines and _is_half(upper.cells[0], others):
        return True
    rows = [r for r in others if _same_spans(upper, r) and sum(1 for c in r.cells if c.lines) > 1]
    always = {k for k in filled | below if all(r.cells[k].lines or r.cells[k].glyphs for r in rows)}
    return len(rows) >= FEWEST and bool(filled & always) and bool(below & always) and len(always) > FEWEST


def _completes(upper: Row, lower: Row, others: Sequence[Row]) -> bool:
    """True where the lower row has nothing but the second line of a cell that has two or more in every other row."""
    filled = [c for c in lower.cells if c.lines or c.glyphs]
    cell = filled[0]
    above = next((c for c in upper.cells if c.column == cell.column), None)
    if len(filled) != 1 or above is None or any(x.bold for x in cell.lines):
        return False
    return _is_half(above, others)


def _both_complete(upper: Row, lower: Row) -> bool:
    """True where two or more columns hold a short entry of their own in both rows: figures, statuses, arrows."""
    short = [(a, b) for a, b in zip(upper.cells, lower.cells, strict=True) if _is_entry(a) and _is_entry(b)]
    return sum(1 for a, b in short if not _is_second_line(a, b)) >= 2


def _is_second_line(above: Cell, below: Cell) -> bool:
    """Words that had no room beside those above them, such as the second line of a short title, "1,000" below "58.2 per"
    or "per 1,000" below "58.2"."""
    if _is_light_over_word(above, below):
        return True
    if above.text.lower().split()[-1:] == ["per"] or below.text.lower().split()[:1] == ["per"]:
        return bool(above.lines and below.lines)
    worded = above.lines and below.lines and not any(ch.isdigit() for ch in below.text)
    return bool(worded) and above.lines[-1].bold == below.lines[0].bold and _no_room(above, below)


def _is_light_over_word(above: Cell, below: Cell) -> bool:
    """A sign alone, and words without one: a light and its name."""
    sign = bool(above.glyphs) and not any(ch.isalnum() for ch in above.text)
    return sign and bool(below.lines) and not below.glyphs


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
    begun = (
        a for a, b in zip(upper.cells, lower.cells, strict=True) if b.lines and not _is_light_over_word(a, b)
    )
    if not all(a.lines for a in begun):
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


def _cut_mid_sentence(upper: Row, lower: Row, others: Sequence[Row]) -> bool:
    """True where the first cell that goes on does so with a small letter or a bracket, or broke off open.

    A cell of one line that has two or more in every other row may go on with a name below its code, and one without the
    number that every other row begins with, with that ("LPI" over "10a").
    """
    first = next((a.column for a in upper.cells if a.lines), 0)  # the name of a section may stand before it
    for a, b in zip(upper.cells, lower.cells, strict=True):
        if not b.lines:
            continue
        if not a.lines:
            return False
        if _runs_on(a, b):
            return True
        if a.column != first or not (_is_half(a, others) or _lacks_number(a, b, others)):
            return False
    return False


def _lacks_number(above: Cell, below: Cell, others: Sequence[Row]) -> bool:
    body = _body_of(above.column, others)
    return (
        len(body) >= FEWEST
        and all(any(ch.isdigit() for ch in c.text) for c in body)
        and not any(ch.isdigit() for ch in above.text)
        and below.text[:1].isdigit()
    )


def _runs_on(above: Cell, below: Cell) -> bool:
    last, following = above.lines[-1], below.lines[0]
    start, stop = following.text[:1], last.text.rstrip()[-1:]
    if start.islower() or start in "(),;&/" or stop in ",–(/&" or _closes_bracket(above, below):
        return True
    return last.bold == following.bold and not OPEN.isdisjoint(last.text.lower().split()[-1:])


def _closes_bracket(above: Cell, below: Cell) -> bool:
    """ "(LPI" over "69)"."""
    return above.text.count("(") > above.text.count(")") and below.text.count(")") > below.text.count("(")


def _is_half(cell: Cell, others: Sequence[Row]) -> bool:
    """Has the cell one line, and those in its column two or more, in all other rows?

    The last of them may be cut by the next page break itself.
    """
    bodies = (_body_of(cell.column, rows) for rows in (others, others[:-1]))
    return len(cell.lines) == 1 and any(
        len(body) >= FEWEST and all(len(c.lines) > 1 for c in body) for body in bodies
    )


def _body_of(column: int, rows: Sequence[Row]) -> list[Cell]:
    """The cells of a column in rows that are neither headings nor names of sections."""
    same = [
        c
        for r in rows
        for c in r.cells
        if c.column == column and 4 * sum(1 for x in r.cells if x.lines) > len(r.cells)
    ]
    return [c for c in same if not all(line.bold for line in c.lines)]


def merge(upper: Row, lower: Row) -> Row:
    """The two parts of a row as one."""
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
