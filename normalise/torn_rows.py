"""Rows that carry on the row above them: torn by a page break, or printed as several rows under one title."""

from __future__ import annotations

from msgspec.structs import replace

from extract.cells import Cell, Row
from normalise.codes import CodeStyle, read_code_and_title
from normalise.grid import GridRow
from normalise.table_context import TITLE_FIELDS, Context

_OWN_FIELDS = ("code", "target", "actual", "forecast", "status", "forecast_status")  # one each a measure


def carries_on(
    row: GridRow, before: GridRow, context: Context, style: CodeStyle, *, after_break: bool
) -> bool:
    """Whether a row holds no measure of its own but more text of the row ``before``.

    ``after_break``: it is the first row of a page, where the title itself may go on.
    """
    if max(row.cells, default=-1) > max(before.cells, default=-1):
        return False
    for k, guess in enumerate(context.columns):
        cell = row.cells.get(k)
        if guess.field in _OWN_FIELDS and cell is not None and cell.row == row.number and cell.lines:
            return False
    titles = [
        cell
        for k, guess in enumerate(context.columns)
        if guess.field in TITLE_FIELDS and (cell := row.cells.get(k)) is not None
    ]
    own = [cell for cell in titles if cell.row == row.number and cell.lines]
    if not own:
        return bool(row.filled())
    text = own[0].lines[0].text
    if not after_break or not text[:1].islower():
        return False
    return read_code_and_title(text, style=style, vocabulary=context.vocabulary).code is None


def joined(row: GridRow, more: GridRow) -> GridRow:
    """A row and the one that carries it on as one, cell by cell; boxes on the same page stay apart."""
    cells: dict[int, Cell] = dict(row.cells)
    for k, cell in more.cells.items():
        first = cells.get(k)
        if first is None:
            cells[k] = cell
        elif first is not cell and cell.row == more.number:
            cells[k] = _with(first, cell)
    whole = Row(cells=tuple(dict.fromkeys(cells.values())), boxes=(*row.row.boxes, *more.row.boxes))
    return GridRow(whole, row.number, cells)


def _with(first: Cell, more: Cell) -> Cell:
    return replace(
        first,
        lines=(*first.lines, *more.lines),
        boxes=(*first.boxes, *more.boxes),
        glyphs=(*first.glyphs, *more.glyphs),
    )
