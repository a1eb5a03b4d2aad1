"""What columns are by their looks, where headings do not say: groups of rows, and statuses shown as fills."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from extract.cells import Cell
from normalise.cellreading import direction_from, symbol_ink
from normalise.columns import ColumnGuess
from normalise.grid import Grid, GridRow
from normalise.lights import Lights
from normalise.records import VALUE_FIELDS
from normalise.row_kinds import row_fill
from normalise.table_context import TITLE_FIELDS
from normalise.vocabulary import Vocabulary

_FEWEST = 2
_POINTING = ("arrow", "triangle", "bar")
ENOUGH = 0.6  # share of rows that must show a status colour before a fill counts as the status


def by_looks(
    grid: Grid,
    start: int,
    columns: Sequence[ColumnGuess],
    lights: Lights,
    vocabulary: Vocabulary,
    lit_before: Collection[str] = (),
) -> tuple[tuple[ColumnGuess, ...], int | None]:
    """The columns with the section column named, and the column whose fills are the status, if one is.

    ``start`` is the first row of the body; ``lights`` are the report's;
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
    _move_empty_status(rows, found, lights, vocabulary)
    lit = None
    if not any(g.field == "status" for g in found):
        lit = _lit_column(rows, found, lights, vocabulary)
        if lit is None:
            lit = next((k for k, g in enumerate(found) if g.heading and g.heading in lit_before), None)
    return tuple(found), lit


def arrows_beside(
    grid: Grid, start: int, columns: Sequence[ColumnGuess], vocabulary: Vocabulary
) -> int | None:
    """The column whose figures or status words have the direction arrow beside them, where no column is for arrows.

    A triangle beside a figure or a word may be its light: where all of them point one way, or stand among circles
    and stars, they are none.
    """
    if any(g.field == "direction" or g.role == "direction" for g in columns):
        return None
    for name in ("actual", "status"):
        k = next((k for k, g in enumerate(columns) if g.field == name), None)
        cells = [cell for row in grid.rows[start:] if k is not None and (cell := row.cells.get(k))]
        worded = [c for c in cells if any(ch.isalnum() for ch in c.text)]
        ways = [d.direction for c in worded if (d := direction_from(c, vocabulary)).by_sign]
        shapes = {g.shape or "" for c in worded for g in c.glyphs}
        lights = any(not shape.startswith(_POINTING) for shape in shapes)
        arrows = bool(shapes) and all(shape.startswith("arrow") for shape in shapes) and name == "actual"
        if (
            len(ways) >= _FEWEST
            and 2 * len(ways) >= len(worded)
            and (len(set(ways)) > 1 or arrows)
            and not lights
        ):
            return k
    return None


def _move_empty_status(
    rows: Sequence[GridRow], columns: list[ColumnGuess], lights: Lights, vocabulary: Vocabulary
) -> None:
    """Where no cell under "status" shows anything, the one unnamed column of lights is the status.

    A heading of two words over a narrow column is easily taken for two columns.
    """
    named = next((k for k, g in enumerate(columns) if g.field == "status"), None)
    if named is not None and any(_shows(r, named) for r in rows):
        return
    lit = [
        k
        for k, g in enumerate(columns)
        if g.field == "extra" and _is_of_lights([r.cells.get(k) for r in rows], lights, vocabulary)
    ]
    if len(lit) != 1:
        return
    if named is not None:
        columns[named] = replace(columns[named], field="extra", why="none of its cells shows anything")
    columns[lit[0]] = replace(
        columns[lit[0]], field="status", role=None, why="its cells are lights without words"
    )


def _shows(row: GridRow, column: int) -> bool:
    cell = row.cells.get(column)
    return cell is not None and bool(
        cell.lines or cell.glyphs or (cell.fill is not None and not row_fill(row, cell.fill))
    )


def _is_of_lights(cells: Sequence[Cell | None], lights: Lights, vocabulary: Vocabulary) -> bool:
    """Whether most cells hold no words but a symbol in the colour of a status."""
    full = [c for c in cells if c is not None and (c.lines or c.glyphs)]
    lit = [
        c
        for c in full
        if not any(ch.isalnum() for ch in c.text)
        and lights.of_colour(symbol_ink(c.glyphs), vocabulary) is not None
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


def lit_colour(row: GridRow, column: int) -> str | None:
    """The colour of a figure's cell that may be its status: the fill, else a light beside it, else the ink."""
    cell = row.cells.get(column)
    if cell is None or (cell.fill is not None and row_fill(row, cell.fill)):
        return None
    signs = [g for g in cell.glyphs if not (g.shape or "").startswith(("arrow", "triangle"))]
    inks = {line.colour for line in cell.lines if any(ch.isalnum() for ch in line.text)}  # not of an arrow
    return cell.fill or symbol_ink(signs) or (inks.pop() if len(inks) == 1 else None)


def _lit_column(
    rows: Sequence[GridRow], columns: Sequence[ColumnGuess], lights: Lights, vocabulary: Vocabulary
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
        plain: list[Cell] = []
        for row in body:
            cell = row.cells.get(k)
            status = lights.of_colour(lit_colour(row, k), vocabulary)
            shows = cell is not None and (cell.fill is not None or bool(cell.glyphs))
            if cell is not None and status is None:
                plain.append(cell)
            elif status is not None and (shows or columns[k].field in VALUE_FIELDS):
                shown.append(status)
        if len(shown) < max(2, ENOUGH * len(body)):
            continue
        in_key = not plain and all(lights.in_key(lit_colour(row, k)) for row in body)
        if len(set(shown)) >= 2 or in_key or (set(shown) <= lights.used and _only_without_figures(plain)):
            return k
    return None


def _only_without_figures(cells: Sequence[Cell]) -> bool:
    """Whether cells are left unlit because there is nothing to judge in them: then the others' one colour is no decoration."""
    return bool(cells) and all(c.column_span == 1 and not any(ch.isdigit() for ch in c.text) for c in cells)
