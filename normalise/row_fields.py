"""The cells of one dashboard row, each put into the field that its column stands for."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from extract.cells import Cell
from normalise.cellreading import direction_from, extra_from, source, sources, status_from, value_from
from normalise.columns import ColumnGuess
from normalise.grid import GridRow
from normalise.heading.looks import lit_colour
from normalise.heading.marked import marked
from normalise.polarity import infer_polarity, polarity_by_status, read_polarity
from normalise.records import VALUE_FIELDS, Source
from normalise.row_kinds import row_fill
from normalise.table_context import STATUS_FIELDS, Context
from normalise.unit_column import unit_of_row
from normalise.words import join_cell

NOTE_FIELDS = ("note",)


class Fields(Struct):
    """The fields of one measure while its row is read."""

    values: dict[str, Any]
    places: dict[str, tuple[Source, ...]]
    printed: dict[str, str]
    signals: dict[str, tuple[str, ...]]
    polarity_printed: bool = False

    def note(self, name: str, text: str, cell: Cell, signals: tuple[str, ...] = ()) -> None:
        """Keep what is printed for a field and where it stands."""
        self.printed[name] = text
        self.places[name] = sources(cell)
        if signals:
            self.signals[name] = signals

    def colour(self, name: str, colour: str) -> None:
        self.values.setdefault("colours", {})[name] = colour


def put(cell: Cell, guess: ColumnGuess, context: Context, out: Fields, row: GridRow) -> None:
    """Read one cell into the field that its column stands for."""
    name = guess.field
    empty = not cell.lines and not cell.glyphs
    if name in STATUS_FIELDS:
        _put_status(cell, name, context, out, row)
    elif empty:
        return
    elif name in VALUE_FIELDS:
        _put_value(cell, guess, context, out, row)
    elif name == "direction":
        shown = direction_from(cell, context.vocabulary, context.still)
        out.values["direction"] = shown.direction
        out.note(name, shown.printed, cell, shown.signals)
    elif name == "good_is":
        text = join_cell(cell) or " ".join(g.shape or "" for g in cell.glyphs)
        out.polarity_printed = True
        out.values["good_is"] = read_polarity(text, vocabulary=context.vocabulary)
        out.note(name, text, cell)
    elif name in ("section", "directorate"):
        text = join_cell(cell)
        out.values["section"] = text or out.values.get("section")
        out.places["section"] = sources(cell)
    elif name in NOTE_FIELDS:
        before = out.values.get("note")
        out.values["note"] = join_cell(cell) if before is None else f"{before} {join_cell(cell)}"
        out.places["note"] = (*out.places.get("note", ()), *sources(cell))
    else:
        _put_extra(cell, guess, context, out)


def _put_value(cell: Cell, guess: ColumnGuess, context: Context, out: Fields, row: GridRow) -> None:
    name = guess.field
    if out.values.get(name) is None:
        hint, unit = f"{guess.heading} {out.values['title']}", unit_of_row(row, context.columns)
        out.values[name] = value_from(cell, hint, context.vocabulary, unit)
        if out.values[name] is None:
            out.note(name, join_cell(cell), cell)
    if cell.fill and not row_fill(row, cell.fill):
        out.colour(name, cell.fill)


def _put_status(cell: Cell, name: str, context: Context, out: Fields, row: GridRow) -> None:
    read = status_from(cell, context.lights, context.vocabulary)
    banded = cell.fill is not None and row_fill(row, cell.fill)
    if not cell.lines and not cell.glyphs and (read.status is None or banded):
        return
    out.values[name] = read.status
    out.note(name, read.printed, cell, read.signals)
    if read.colour and not banded:
        out.colour(name, read.colour)


def _put_arrow(cell: Cell, context: Context, out: Fields) -> None:
    """The direction arrow that stands beside a figure or a status word."""
    shown = direction_from(cell, context.vocabulary)
    if shown.by_sign:
        out.values["direction"] = shown.direction
        out.note("direction", shown.printed, cell, shown.signals)


def _put_lit_status(row: GridRow, column: int, context: Context, out: Fields) -> None:
    """The status that the fill of a figure's cell shows, or the light or ink of the figure."""
    colour = lit_colour(row, column)
    status = context.lights.of_colour(colour, context.vocabulary)
    if colour is not None and status is not None:
        cell = row.cells[column]
        out.values["status"] = status
        out.printed["status"] = ""
        out.places["status"] = tuple(source(box) for box in cell.boxes[:1])
        out.signals["status"] = ("status-from-colour",)
        out.colour("status", colour)


def _put_marked(row: GridRow, context: Context, out: Fields) -> None:
    """The status in whose column a row has its mark; more than one mark is no status that can be told."""
    found = marked(row, context.marked)
    shown = [row.cells[k] for k in context.marked if k in row.cells and row.cells[k].lines]
    if found is not None:
        out.values["status"], cell = found
        out.note("status", join_cell(cell), cell, ("status-from-column",))
    elif shown:
        out.note("status", " / ".join(join_cell(c) for c in shown), shown[0], ("several-marks",))


def _put_extra(cell: Cell, guess: ColumnGuess, context: Context, out: Fields) -> None:
    extra = extra_from(cell, f"{guess.heading} {out.values['title']}", guess.role, context.vocabulary)
    if extra is not None:
        heading = guess.heading or f"column {cell.column + 1}"
        known = out.values.setdefault("extra", {})
        known[heading if heading not in known else f"{heading} (column {cell.column + 1})"] = extra


def put_signs(row: GridRow, context: Context, out: Fields) -> None:
    """The status and the direction that stand beside or behind a figure, where no column is for them."""
    if context.arrow_column is not None and (cell := row.cells.get(context.arrow_column)) is not None:
        _put_arrow(cell, context, out)
    if context.marked:
        _put_marked(row, context, out)
    if context.lit_column is not None:
        _put_lit_status(row, context.lit_column, context, out)


def put_polarity(context: Context, out: Fields) -> None:
    """What title or status imply of a polarity that is not printed."""
    values = out.values
    if values.get("good_is") is None and not out.polarity_printed:
        values["inferred_good_is"] = infer_polarity(
            values["title"], vocabulary=context.vocabulary
        ) or polarity_by_status(
            values.get("status"), values.get("actual"), values.get("target"), context.vocabulary
        )
