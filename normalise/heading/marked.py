"""Columns headed Red, Amber, Green of which each row marks one: the mark's place is the status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.cells import Cell
from normalise.columns import ColumnGuess
from normalise.grid import Grid, GridRow
from normalise.row_kinds import row_fill
from normalise.statuses import is_rated, read_status
from normalise.vocabulary import Vocabulary

_FEWEST = 2  # columns, and rows
_SHARE = (4, 5)  # of the rows that mark anything, those that must mark one column alone
_LETTERS = frozenset({"x", "y", "yes", "v", "p", "ü", "a"})  # typed crosses, and ticks of symbol fonts


def marked_columns(
    grid: Grid, start: int, columns: Sequence[ColumnGuess], vocabulary: Vocabulary
) -> dict[int, str]:
    """The status of each such column, by its number; empty where the table has none.

    ``start`` is the first row of the body. Columns that hold figures or words ("Green: 95%") are limits, no marks.
    """
    if any(g.field == "status" for g in columns):
        return {}
    named = {
        k: found.status
        for k, g in enumerate(columns)
        if g.field == "extra"
        and (found := read_status(g.heading, vocabulary=vocabulary)) is not None
        and is_rated(found.status, vocabulary=vocabulary)
    }
    if len(set(named.values())) < max(_FEWEST, len(named)):
        return {}
    rows = [r for r in grid.rows[start:] if len(r.filled()) > 1]
    marks = [[k for k in named if _shows(r, k)] for r in rows]
    if any(not _is_mark(r.cells[k], named[k]) for r, shown in zip(rows, marks, strict=True) for k in shown):
        return {}
    full = [shown for shown in marks if shown]
    part, whole = _SHARE
    alone = sum(len(shown) == 1 for shown in full)
    several = len({shown[0] for shown in full}) >= _FEWEST
    return named if len(full) >= _FEWEST and several and alone * whole >= len(full) * part else {}


def marked(row: GridRow, columns: Mapping[int, str]) -> tuple[str, Cell] | None:
    """The status that a row marks and the cell with the mark; None where it marks none, or more than one."""
    shown = [k for k in columns if _shows(row, k)]
    return (columns[shown[0]], row.cells[shown[0]]) if len(shown) == 1 else None


def _shows(row: GridRow, column: int) -> bool:
    cell = row.cells.get(column)
    if cell is None or cell.column_span > 1:
        return False
    return bool(cell.lines or cell.glyphs or (cell.fill is not None and not row_fill(row, cell.fill)))


def _is_mark(cell: Cell, status: str) -> bool:
    text = cell.text.strip().lower()
    if not any(ch.isalnum() for ch in text):
        return len(text) <= _FEWEST
    return text in _LETTERS or text in (status, status[0])
