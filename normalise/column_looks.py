"""What columns are by their looks, where headings do not say: groups of rows, and statuses shown as fills."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from extract.cells import Cell
from normalise.cellreading import symbol_ink
from normalise.columns import ColumnGuess
from normalise.grid import Grid, GridRow
from normalise.records import VALUE_FIELDS
from normalise.row_kinds import row_fill
from normalise.statuses import status_from_colour
from normalise.table_context import TITLE_FIELDS
from normalise.vocabulary import Vocabulary

_FEWEST = 2
ENOUGH = 0.6  # share of rows that must show a status colour before a fill counts as the status


def by_looks(
    grid: Grid,
    start: int,
    columns: Sequence[ColumnGuess],
    used: Collection[str],
    vocabulary: Vocabulary,
    lit_before: Collection[str] = (),
) -> tuple[tuple[ColumnGuess, ...], int | None]:
    """The columns with the section column named, and the column whose fills are the status, if one is.

    ``start`` is the first row of the body; ``used`` are the statuses that the report's rule names;
    ``lit_before`` the headings of columns whose fills were statuses in earlier tables.
    """
    rows = grid.rows[start:]
    found = list(columns)
    if not any(g.field in ("section", "directorate") for g in found):
        k = _section_column(rows, found)
        if k is not None:
            found[k] = replace(
                found[k], field="section", why="its cells stand before the measures and group their rows"
            )
    _move_empty_status(rows, found, used, vocabulary)
    lit = None
    if not any(g.field == "status" for g in found):
        lit = _lit_column(rows, found, used, vocabulary)
        if lit is None:
            lit = next((k for k, g in enumerate(found) if g.heading and g.heading in lit_before), None)
    return tuple(found), lit


def _move_empty_status(
    rows: Sequence[GridRow], columns: list[ColumnGuess], used: Collection[str], vocabulary: Vocabulary
) -> None:
    """Where no cell under "status" shows anything, the one unnamed column of lights is the status.

    A heading of two words over a narrow column is easily taken for two columns.
    """
    named = next((k for k, g in enumerate(columns) if g.field == "status"), None)
    if named is not None and any(_shows(r, named) for r in rows):
        return
    lights = [
        k
        for k, g in enumerate(columns)
        if g.field == "extra" and _is_of_lights([r.cells.get(k) for r in rows], used, vocabulary)
    ]
    if len(lights) != 1:
        return
    if named is not None:
        columns[named] = replace(columns[named], field="extra", why="none of its cells shows anything")
    columns[lights[0]] = replace(
        columns[lights[0]], field="status", role=None, why="its cells are lights without words"
    )


def _shows(row: GridRow, column: int) -> bool:
    cell = row.cells.get(column)
    return cell is not None and bool(
        cell.lines or cell.glyphs or (cell.fill is not None and not row_fill(row, cell.fill))
    )


def _is_of_lights(cells: Sequence[Cell | None], used: Collection[str], vocabulary: Vocabulary) -> bool:
    """Whether most cells hold no words but a symbol in the colour of a status."""
    full = [c for c in cells if c is not None and (c.lines or c.glyphs)]
    lit = [
        c
        for c in full
        if not any(ch.isalnum() for ch in c.text)
        and status_from_colour(symbol_ink(c.glyphs), used=used, vocabulary=vocabulary) is not None
    ]
    return len(full) >= _FEWEST and len(lit) >= ENOUGH * len(full)


def _section_column(rows: Sequence[GridRow], columns: Sequence[ColumnGuess]) -> int | None:
    """A column left of code and title whose texts are few: merged over rows, printed once, or repeated."""
    first = next((k for k, g in enumerate(columns) if g.field in TITLE_FIELDS), 0)
    body = [r for r in rows if len(r.filled()) > 1]
    for k in range(first):
        if columns[k].field != "extra" or len(body) < 2:
            continue
        spans = any(c.row_span > 1 for r in body for c in [r.cells.get(k)] if c is not None)
        texts = [r.text(k) for r in body]
        printed = [t for t in texts if t]
        if not printed or any(len(t) > 90 for t in printed):
            continue
        if spans or len(printed) < len(texts) or len(set(printed)) < len(printed):
            return k
    return None


def _lit_column(
    rows: Sequence[GridRow], columns: Sequence[ColumnGuess], used: Collection[str], vocabulary: Vocabulary
) -> int | None:
    """The column whose cells are filled with status colours in most rows, figures before other columns."""
    order = sorted(
        range(len(columns)),
        key=lambda k: (columns[k].field != "actual", columns[k].field not in VALUE_FIELDS, k),
    )
    body = [r for r in rows if len(r.filled()) > 1]
    for k in order:
        if columns[k].field in TITLE_FIELDS or columns[k].field == "section":
            continue
        shown: list[str] = []
        for row in body:
            cell = row.cells.get(k)
            if cell is None or cell.fill is None or row_fill(row, cell.fill):
                continue
            status = status_from_colour(cell.fill, used=used, vocabulary=vocabulary)
            if status is not None:
                shown.append(status)
        if len(shown) >= max(2, ENOUGH * len(body)) and len(set(shown)) >= 2:
            return k
    return None
