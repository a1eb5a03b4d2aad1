"""A dashboard table to measures: one record a row, each field with the cells it was read from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.cells import Box, Cell, Line
from normalise.cellreading import (
    direction_from,
    extra_from,
    source,
    sources,
    status_from,
    value_from,
)
from normalise.codes import CodeAndTitle, CodeStyle, code_style, read_code_and_title
from normalise.columns import ColumnGuess
from normalise.grid import Grid, GridRow
from normalise.polarity import infer_polarity, read_polarity
from normalise.records import VALUE_FIELDS, BBox, Measure, Source
from normalise.shading import row_is_grey
from normalise.statuses import read_status
from normalise.vocabulary import Vocabulary
from normalise.words import join_cell

STATUS_FIELDS = ("status", "forecast_status")
NOTE_FIELDS = ("note",)
TITLE_FIELDS = ("code", "title", "code_title")


@dataclass(slots=True)
class RowsRead:
    """What came of a table: its measures, the lines that they account for, and rows that are no measure."""

    measures: list[Measure] = field(default_factory=list)
    used: list[Line] = field(default_factory=list)
    left: list[tuple[Sequence[Cell], str]] = field(default_factory=list)
    last_section: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a table's rows need to know of the report."""

    columns: Sequence[ColumnGuess]
    statuses: Collection[str]
    vocabulary: Vocabulary
    section: str | None = None
    section_source: tuple[Source, ...] = ()
    grey_has_meaning: bool = False
    code_styles: CodeStyle | None = None


def read_dashboard(grid: Grid, header: tuple[int, int], context: Context) -> RowsRead:
    """The measures of a dashboard table. ``header`` are its first and one past its last header row."""
    out = RowsRead(last_section=context.section)
    section_source = context.section_source
    style = context.code_styles or table_code_style(grid, header, context)
    headings = [h.lower() for h in grid.headings(*header)]
    for row in grid.rows[: header[0]]:
        out.left.append((row.filled(), "caption of the table"))
    for row in grid.rows[header[0] : header[1]]:
        out.used += [line for c in row.own for line in c.lines]
    for row in grid.rows[header[1] :]:
        filled = row.filled()
        if not filled:
            continue
        if _repeats_header(row, headings):
            out.left.append((filled, "header repeated inside the table"))
            continue
        heading = section_heading(row, grid.columns, context, style)
        if heading is not None:
            out.last_section = heading
            section_source = sources(filled[0])
            out.used += list(filled[0].lines)
            continue
        measure, why = _measure(row, context, style, out.last_section, section_source)
        if measure is None:
            out.left.append((filled, why))
            continue
        out.measures.append(measure)
        out.used += [line for c in filled for line in c.lines]
    return out


def table_code_style(grid: Grid, header: tuple[int, int], context: Context) -> CodeStyle:
    """How the table prints its codes, learnt from all its rows."""
    texts: list[str] = []
    for row in grid.rows[header[1] :]:
        parts = [row.text(k) for k, guess in enumerate(context.columns) if guess.field in TITLE_FIELDS]
        if any(parts):
            texts.append(" ".join(p for p in parts if p))
    return code_style(texts, vocabulary=context.vocabulary)


def _repeats_header(row: GridRow, headings: Sequence[str]) -> bool:
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
    return text.endswith(".") and len(text.split()) > 9 and not all(line.bold for line in cell.lines)


def _is_status_fill(row: GridRow, cell: Cell) -> bool:
    return any(c.fill is not None and c.fill != cell.fill for c in row.own)


def _measure(
    row: GridRow,
    context: Context,
    style: CodeStyle,
    section: str | None,
    section_source: tuple[Source, ...],
) -> tuple[Measure | None, str]:
    found = _titles(row, context, style)
    if found is None or not (found.title or found.code):
        return None, "no measure is named in this row"
    if _is_total(found.title):
        return None, "a row of totals"
    fields: dict[str, Any] = {"title": found.title or found.code or "", "code": found.code}
    fields |= {"other_codes": found.other_codes, "former_codes": found.former_codes}
    places: dict[str, tuple[Source, ...]] = {}
    printed: dict[str, str] = {"title": found.printed}
    signals: dict[str, tuple[str, ...]] = {"title": found.signals} if found.signals else {}
    title_cells = [
        row.cells[k] for k, g in enumerate(context.columns) if g.field in TITLE_FIELDS and k in row.cells
    ]
    places["title"] = tuple(s for c in dict.fromkeys(title_cells) for s in sources(c))
    if section is not None:
        fields["section"] = section
        places["section"] = section_source
    note_cells = _notes(row, context)
    for k, guess in enumerate(context.columns):
        cell = row.cells.get(k)
        if cell is None or guess.field in TITLE_FIELDS:
            continue
        if cell in note_cells or (cell.column != k and cell.column_span > 1 and _spans_fields(cell, context)):
            continue
        _put(cell, guess, context, fields, places, printed, signals, row)
    if note_cells:
        fields["note"] = " ".join(dict.fromkeys(join_cell(c) for c in note_cells))
        places["note"] = tuple(s for c in note_cells for s in sources(c))
    if not _has_substance(fields):
        return None, "no figure, status or note in this row"
    if fields.get("good_is") is None and fields.get("_polarity_cell") is None:
        fields["inferred_good_is"] = infer_polarity(fields["title"], vocabulary=context.vocabulary)
    fields.pop("_polarity_cell", None)
    if context.grey_has_meaning:
        fields["in_portfolio"] = row_is_grey(row.own)
    boxes = row.row.boxes
    fields |= {
        "page": boxes[0].page,
        "bbox": _bbox(boxes[0]),
        "printed": printed,
        "sources": places,
        "signals": signals,
        "column_headings": {g.field: g.heading for g in context.columns if g.field != "extra"},
    }
    return Measure(**fields), ""


def _bbox(box: Box) -> BBox:
    return source(box).bbox


def _titles(row: GridRow, context: Context, style: CodeStyle) -> CodeAndTitle | None:
    code_text: str | None = None
    titles: list[str] = []
    seen: set[int] = set()
    for k, guess in enumerate(context.columns):
        cell = row.cells.get(k)
        if cell is None or id(cell) in seen or guess.field not in TITLE_FIELDS:
            continue
        seen.add(id(cell))
        text = join_cell(cell)
        if guess.field == "code":
            code_text = text
        elif text:
            titles.append(text)
    if not titles and not code_text:
        return None
    return read_code_and_title(
        " ".join(titles) if titles else code_text or "",
        code_column=code_text if titles else None,
        style=style,
        vocabulary=context.vocabulary,
    )


def _is_total(title: str) -> bool:
    return title.strip().lower().rstrip(":") in (
        "total",
        "totals",
        "grand total",
        "overall total",
        "sub total",
        "subtotal",
    )


def _spans_fields(cell: Cell, context: Context) -> bool:
    """A cell over several columns is read for the first of them only."""
    return len({g.field for g in context.columns[cell.column : cell.column + cell.column_span]}) > 1


def _notes(row: GridRow, context: Context) -> list[Cell]:
    """Cells merged over several columns whose words are no status: notes.

    A cell over value columns alone ("On track" under forecast and target) stands for the first of them.
    """
    notes: list[Cell] = []
    for cell in row.own:
        if cell.column_span < 2 or not cell.lines:
            continue
        fields = [g.field for g in context.columns[cell.column : cell.column + cell.column_span]]
        if any(f in TITLE_FIELDS for f in fields):
            continue
        text = join_cell(cell)
        if all(f in VALUE_FIELDS for f in fields):
            continue
        read = read_status(text, vocabulary=context.vocabulary)
        if read is not None and fields[0] in STATUS_FIELDS:
            continue
        notes.append(cell)
    return notes


def _put(
    cell: Cell,
    guess: ColumnGuess,
    context: Context,
    fields: dict[str, Any],
    places: dict[str, tuple[Source, ...]],
    printed: dict[str, str],
    signals: dict[str, tuple[str, ...]],
    row: GridRow,
) -> None:
    """Read one cell into the field that its column stands for."""
    name = guess.field
    empty = not cell.lines and not cell.glyphs
    hint = f"{guess.heading} {fields['title']}"
    if name in VALUE_FIELDS:
        if not empty and fields.get(name) is None:
            fields[name] = value_from(cell, hint, context.vocabulary)
            if fields[name] is None:
                printed[name] = join_cell(cell)
                places[name] = sources(cell)
            colour = cell.fill
            if colour and not row_fill(row, colour):
                fields.setdefault("colours", {})[name] = colour
    elif name in STATUS_FIELDS:
        read = status_from(cell, context.statuses, context.vocabulary)
        own_fill = cell.fill and not (read.status is None and row_fill(row, cell.fill))
        if empty and (not own_fill or read.status is None):
            return
        fields[name] = read.status
        printed[name] = read.printed
        places[name] = sources(cell)
        if read.colour and own_fill is not False:
            fields.setdefault("colours", {})[name] = read.colour
        if read.signals:
            signals[name] = read.signals
    elif name == "direction":
        shown = direction_from(cell, context.vocabulary)
        if not empty:
            fields["direction"] = shown.direction
            printed["direction"] = shown.printed
            places["direction"] = sources(cell)
            if shown.signals:
                signals["direction"] = shown.signals
    elif name == "good_is":
        fields["_polarity_cell"] = None if empty else True
        text = join_cell(cell) or " ".join(g.shape or "" for g in cell.glyphs)
        fields["good_is"] = read_polarity(text, vocabulary=context.vocabulary)
        if not empty:
            printed["good_is"] = text
            places["good_is"] = sources(cell)
    elif name in ("section", "directorate"):
        text = join_cell(cell)
        if text:
            fields["section"] = text
            places["section"] = sources(cell)
    elif name in NOTE_FIELDS:
        text = join_cell(cell)
        if text:
            fields["note"] = text if fields.get("note") is None else f"{fields['note']} {text}"
            places["note"] = (*places.get("note", ()), *sources(cell))
    else:
        extra = extra_from(cell, hint, guess.role, context.vocabulary)
        if extra is not None:
            heading = guess.heading or f"column {cell.column + 1}"
            known = fields.setdefault("extra", {})
            known[heading if heading not in known else f"{heading} (column {cell.column + 1})"] = extra


def row_fill(row: GridRow, colour: str) -> bool:
    """True where a colour is the band of the row rather than the mark of one cell."""
    filled = [c for c in row.own if c.fill == colour]
    return len(filled) >= 3 or 2 * len(filled) > len(row.own)


def _has_substance(fields: dict[str, Any]) -> bool:
    """A row with a title alone is no measure."""
    names = (*VALUE_FIELDS, *STATUS_FIELDS, "direction", "note", "good_is")
    return any(fields.get(n) is not None for n in names) or bool(fields.get("extra"))
