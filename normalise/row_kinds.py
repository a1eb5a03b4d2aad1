"""Rows that are no measure: names of sections, repeated headers, totals, captions of other tables, rows run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.cells import Cell
from normalise.codes import CodeAndTitle, CodeStyle, read_code_and_title, shape
from normalise.grid import Grid, GridRow
from normalise.records import VALUE_FIELDS, Unread
from normalise.table_context import TITLE_FIELDS, Context
from normalise.words import join_cell

# Why a row among measures became none.
NAMELESS = "no measure is named in this row"
RUN_TOGETHER = "two rows that could not be told apart"
EMPTY = "no figure, status or note in this row"
NOTE = "a sentence alone in its row"
SENTENCE = 5  # words
LONG_SENTENCE = 10  # words: on a band of its own, as sections have them
_TWO = 2
_FIGURES = re.compile(r"(?<![\w.])[-+£$]*\d[\d,]*(?:\.\d+)?%?")


def rest_of(grid: Grid, row: GridRow) -> list[tuple[Sequence[Cell], str]]:
    """The rows from a caption on that names another table, with the reason why they are no measures."""
    why = "in a table that holds no measures (its caption says so)"
    return [(rest.filled(), why) for rest in grid.rows[grid.rows.index(row) :]]


def repeats_header(row: GridRow, headings: Sequence[str]) -> bool:
    texts = {k: row.text(k).lower() for k in row.cells}
    filled = {k: t for k, t in texts.items() if t}
    return len(filled) >= 2 and all(
        k < len(headings) and "".join(t.split()) in "".join(headings[k].split()) for k, t in filled.items()
    )


def section_heading(row: GridRow, columns: int, context: Context, style: CodeStyle) -> str | None:
    """The text of a row that names a section: one text over the table, or alone in its row and set off."""
    filled = row.filled()
    if len(filled) != 1 or not filled[0].lines:
        return None
    cell = filled[0]
    text = join_cell(cell)
    if not text or len(text) > 160:
        return None
    if text.lower() in context.vocabulary.sections:
        return text
    wide = cell.column_span >= max(2, columns - 1)
    first = min((k for k, g in enumerate(context.columns) if g.field in TITLE_FIELDS), default=0)
    if cell.column > first and not wide:
        return None
    if wide and len(text) <= 160:
        return None if _is_note(cell, text) else text
    coded = (
        read_code_and_title(text, style=style, vocabulary=context.vocabulary).code if style.leading else None
    )
    if coded:
        return None
    set_off = all(line.bold for line in cell.lines) or (
        cell.fill is not None and not _is_status_fill(row, cell)
    )
    return text if set_off or text.isupper() or style.leading else None


def _is_note(cell: Cell, text: str) -> bool:
    """A sentence across the table is a note and no heading."""
    shortest = SENTENCE if cell.fill is None else LONG_SENTENCE
    return text.endswith(".") and len(text.split()) >= shortest and not all(line.bold for line in cell.lines)


def is_sentence(filled: Sequence[Cell], titles: Iterable[str]) -> bool:
    """Whether what stands alone in a row is a sentence, as no title of the table is: "Targets are set each March." """
    text = join_cell(filled[0]) if len(filled) == 1 else ""
    long = len(text.split()) >= SENTENCE
    return long and text.endswith(".") and not any(title.endswith(".") for title in titles)


def _is_status_fill(row: GridRow, cell: Cell) -> bool:
    return any(c.fill is not None and c.fill != cell.fill for c in row.own)


def row_fill(row: GridRow, colour: str) -> bool:
    """True where a colour is the band of the row rather than the mark of one cell.

    A band lies under the words at the row's beginning, too; figures of several months may all be red.
    """
    filled = [c for c in row.own if c.fill == colour]
    led = any(c.fill == colour for c in row.own[:2])
    return led and (len(filled) >= 3 or 2 * len(filled) > len(row.own))


def is_total(title: str) -> bool:
    return title.strip().lower().rstrip(":") in (
        "total",
        "totals",
        "grand total",
        "overall total",
        "sub total",
        "subtotal",
    )


def has_two_of_each(row: GridRow, context: Context, found: CodeAndTitle) -> bool:
    """Whether a row has two codes of one set and two figures in the cells that should hold one."""
    codes = [code for code in (found.code, *found.other_codes) if code]
    sets = {shape(code) for code in codes}
    if len(codes) < _TWO or len(sets) > 1 or len({code.rstrip("0123456789") for code in codes}) > 1:
        return False
    figures = [
        row.cells[k]
        for k, guess in enumerate(context.columns)
        if guess.field in VALUE_FIELDS and k in row.cells and row.cells[k].lines
    ]
    doubled = [c for c in figures if len(_FIGURES.findall(join_cell(c))) >= _TWO]
    return bool(figures) and len(doubled) == len(figures)


def may_be_measure(unread: Unread) -> bool:
    """Whether a piece of text that is in no record may be of a measure that was not read."""
    return unread.reason in (RUN_TOGETHER, EMPTY) or (
        unread.reason == NAMELESS and any(c.isdigit() for c in unread.text)
    )
