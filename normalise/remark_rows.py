"""Rows below a measure that hold what is said of it: "Comment: two posts were filled", across the table."""

from __future__ import annotations

from collections.abc import Sequence

from extract.cells import Cell
from normalise.cellreading import sources
from normalise.grid import GridRow
from normalise.heading.words import by_words
from normalise.records import Measure
from normalise.table_context import TITLE_FIELDS, Context
from normalise.words import join_cell

SAID = ("context", "actions")  # fields of columns whose words begin a remark
LONGEST_LABEL = 4  # words


def remark_cells(row: GridRow, columns: int, context: Context) -> Sequence[Cell]:
    """The cells of a row that is a remark on the measure above, none for other rows.

    It is one cell across the table that begins with its label, or a label and one merged cell beside it.
    """
    filled = row.filled()
    if len(filled) == 1 and filled[0].column_span >= max(2, columns - 1):
        label, colon, said = join_cell(filled[0]).partition(":")
        return filled if colon and said and _is_label(label, context) else ()
    if len(filled) == 2 and filled[1].column_span > 1:
        first = min((k for k, g in enumerate(context.columns) if g.field in TITLE_FIELDS), default=0)
        label = join_cell(filled[0]).rstrip(" :")
        return filled if filled[0].column <= first and _is_label(label, context) else ()
    return ()


def with_remark(measure: Measure, cells: Sequence[Cell]) -> Measure:
    """The measure with the words of a remark added to its note."""
    words = " ".join(join_cell(cell) for cell in cells)
    places = (*measure.sources.get("note", ()), *(s for cell in cells for s in sources(cell)))
    return measure.model_copy(
        update={
            "note": f"{measure.note} {words}" if measure.note else words,
            "sources": {**measure.sources, "note": places},
        }
    )


def _is_label(text: str, context: Context) -> bool:
    return 0 < len(text.split()) <= LONGEST_LABEL and by_words(text, None, context.vocabulary).base in SAID
