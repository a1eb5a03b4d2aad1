"""Measures over two rows: "Actual" with its figures, and below it, beside the same title, "Target" with its own."""

from __future__ import annotations

from extract.cells import Cell
from normalise.cellreading import value_from
from normalise.grid import Grid, GridRow
from normalise.heading.words import by_words
from normalise.records import Measure
from normalise.table_context import TITLE_FIELDS, Context
from normalise.words import join_cell


def is_target_row(grid: Grid, row: GridRow, context: Context) -> bool:
    """Whether a row stands beside a title that began above it, and names itself the target of the row before."""
    titles = [row.cells.get(k) for k, g in enumerate(context.columns) if g.field in TITLE_FIELDS]
    if not [c for c in titles if c is not None and c.row < row.number and c.lines]:
        return False
    label, at = _label(row, context), grid.rows.index(row)
    if label is None or not at:
        return False
    above = grid.rows[at - 1].cells.get(label.column)
    return above is not None and by_words(join_cell(above), None, context.vocabulary).base == "actual"


def with_target(measure: Measure, row: GridRow, context: Context) -> tuple[Measure, list[Cell]]:
    """The measure with the target that its second row gives for this period, and the cells that are left over."""
    now = next((k for k, g in enumerate(context.columns) if g.field == "actual"), None)
    cell = row.cells.get(now) if now is not None else None
    value = value_from(cell, measure.title, context.vocabulary) if cell is not None else None
    if cell is None or value is None or measure.target is not None:
        return measure, row.filled()
    headings = {**measure.column_headings, "target": context.columns[cell.column].heading}
    full = measure.model_copy(update={"target": value, "column_headings": headings})
    return full, [c for c in row.filled() if c is not cell]


def _label(row: GridRow, context: Context) -> Cell | None:
    """The cell of a row that is nothing but the word for a target."""
    labels = [
        c for c in row.own
        if context.columns[c.column].field not in TITLE_FIELDS
        and by_words(join_cell(c), None, context.vocabulary).base == "target"
    ]  # fmt: skip
    return labels[0] if len(labels) == 1 and len(join_cell(labels[0]).split()) <= 2 else None
