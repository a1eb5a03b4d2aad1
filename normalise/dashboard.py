"""A dashboard table to measures: one record a row, each field with the cells it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from extract.cells import Cell
from normalise.cellreading import (
    source,
    sources,
    value_from,
)
from normalise.codes import (
    CodeAndTitle,
    CodeStyle,
    holds_two_measures,
    read_code_and_title,
)
from normalise.grid import Grid, GridRow
from normalise.recognised import ocr_signals
from normalise.records import VALUE_FIELDS, Measure, Source
from normalise.remark_rows import remark_cells, with_remark
from normalise.row_fields import Fields, put, put_polarity, put_signs
from normalise.row_kinds import (
    EMPTY,
    NAMELESS,
    NOTE,
    RUN_TOGETHER,
    has_two_of_each,
    is_sentence,
    is_total,
    repeats_header,
    rest_of,
    section_heading,
)
from normalise.section_names import names_other_table
from normalise.shading import row_is_grey
from normalise.statuses import read_status
from normalise.table_context import STATUS_FIELDS, TITLE_FIELDS, Context, has_section_column, table_code_style
from normalise.target_rows import is_target_row, with_target
from normalise.words import join_cell

NOTE_FIELDS = ("note",)
PAIR = 2  # value columns that a text may stand under for the first of them, such as a figure and its target
LONGEST_STATUS = 4  # words of a status in a merged cell; "New measure: baseline to be set" is a note


class RowsRead(Struct):
    """What came of a table: its measures, rows that are no measure with the reason, and names of sections."""

    measures: list[Measure] = field(default_factory=list)
    left: list[tuple[Sequence[Cell], str]] = field(default_factory=list)
    headings: list[Sequence[Cell]] = field(default_factory=list)
    last_section: str | None = None
    section_source: tuple[Source, ...] = ()


def read_dashboard(grid: Grid, header: tuple[int, int], context: Context) -> RowsRead:
    """The measures of a dashboard table. ``header`` are its first and one past its last header row."""
    out = RowsRead(last_section=context.section)
    section_source = context.section_source
    style = table_code_style(grid, header, context)
    headings = [h.lower() for h in grid.headings(*header)]
    told = False  # whether the row above is a measure, or says more of one
    for row in grid.rows[: header[0]]:
        out.left.append((row.filled(), "caption of the table"))
    for row in grid.rows[header[1] :]:
        filled = row.filled()
        if not filled:
            continue
        if repeats_header(row, headings):
            out.left.append((filled, "header repeated inside the table"))
            continue
        remark = remark_cells(row, grid.columns, context)
        if remark and told:
            out.measures[-1] = with_remark(out.measures[-1], remark)
            continue
        told = False  # what stands below a section's name is said of no measure
        if remark:
            out.left.append((filled, EMPTY))
            continue
        heading = section_heading(row, grid.columns, context, style)
        if heading is not None and names_other_table(heading, context.vocabulary):
            out.left += rest_of(grid, row)
            break
        if heading is not None:
            out.headings.append(filled)
            out.last_section = heading
            section_source = sources(filled[0])
            continue
        if out.measures and is_target_row(grid, row, context):
            out.measures[-1], rest = with_target(out.measures[-1], row, context)
            out.left.append((rest, "the target row of the measure above"))
            told = True
            continue
        measure, why = _measure(row, context, style, out.last_section, section_source)
        if measure is None:
            note = why == EMPTY and is_sentence(filled, (m.title for m in out.measures))
            out.left.append((filled, NOTE if note else why))
            continue
        if has_section_column(context):
            # A section is often printed once, in the first of its rows.
            out.last_section = measure.section
            section_source = measure.sources.get("section", ())
        out.measures.append(measure)
        told = True
    out.section_source = section_source
    return out


def _measure(
    row: GridRow,
    context: Context,
    style: CodeStyle,
    section: str | None,
    section_source: tuple[Source, ...],
) -> tuple[Measure | None, str]:
    found = _titles(row, context, style)
    if found is None or not (found.title or found.code):
        return None, NAMELESS
    if is_total(found.title):
        return None, "a row of totals"
    if holds_two_measures(found, vocabulary=context.vocabulary) or has_two_of_each(row, context, found):
        return None, RUN_TOGETHER
    titles = [
        row.cells[k] for k, g in enumerate(context.columns) if g.field in TITLE_FIELDS and k in row.cells
    ]
    signals = (*found.signals, *ocr_signals(line for c in titles for line in c.lines))
    out = Fields(
        {
            "title": found.title or found.code or "",
            "code": found.code,
            "other_codes": found.other_codes,
            "former_codes": found.former_codes,
        },
        {},
        {"title": found.printed},
        {"title": signals} if signals else {},
    )
    out.places["title"] = tuple(s for c in dict.fromkeys(titles) for s in sources(c))
    if code := _code_text(row, context, found):
        out.printed["code"] = code
    if section is not None:
        out.values["section"] = section
        out.places["section"] = section_source
    notes = _notes(row, context)
    for k, guess in enumerate(context.columns):
        cell = row.cells.get(k)
        if cell is None or guess.field in TITLE_FIELDS or cell in notes or k in context.marked:
            continue
        whose = _figure_field(cell, context)
        if whose == k or (whose is None and (cell.column == k or not _spans_fields(cell, context))):
            put(cell, guess, context, out, row)
    if notes:
        out.values["note"] = " ".join(dict.fromkeys(join_cell(c) for c in notes))
        out.places["note"] = tuple(s for c in notes for s in sources(c))
    put_signs(row, context, out)
    if not _has_substance(out.values) and not _says_none(row, context):
        return None, EMPTY
    put_polarity(context, out)
    if context.grey_has_meaning:
        out.values["in_portfolio"] = row_is_grey(row.own)
    box = row.row.boxes[0]
    measure = Measure(
        page=box.page,
        bbox=source(box).bbox,
        printed=out.printed,
        sources=out.places,
        signals=out.signals,
        column_headings={g.field: g.heading for g in context.columns if g.field != "extra"},
        **out.values,
    )
    return measure, ""


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


def _code_text(row: GridRow, context: Context, found: CodeAndTitle) -> str:
    """What a code column prints, where it is more than the codes that were read from it."""
    cells = [row.cells[k] for k, g in enumerate(context.columns) if g.field == "code" and k in row.cells]
    text = " ".join(join_cell(cell) for cell in cells)
    known = "".join(c for c in (found.code, *found.other_codes, *found.former_codes) if c)
    letters = [ch for ch in text if ch.isalnum()]
    return text if len(letters) > sum(ch.isalnum() for ch in known) else ""


def _spans_fields(cell: Cell, context: Context) -> bool:
    """A cell over several columns is read for the first of them only."""
    return len({g.field for g in context.columns[cell.column : cell.column + cell.column_span]}) > 1


def _figure_field(cell: Cell, context: Context) -> int | None:
    """The column that a figure over several columns belongs to: the only one of them that holds figures."""
    span = range(cell.column, min(cell.column + cell.column_span, len(context.columns)))
    fields = [k for k in span if context.columns[k].field in VALUE_FIELDS]
    others = [k for k in span if context.columns[k].heading and k not in fields]
    if cell.column_span < 2 or len(fields) != 1 or others:
        return None
    value = value_from(cell, "", context.vocabulary)
    return fields[0] if value is not None and value.value is not None else None


def _notes(row: GridRow, context: Context) -> list[Cell]:
    """Cells merged over several columns whose words are no status: notes.

    A few words over value columns alone ("On track" under forecast and target) stand for the first of them.
    """
    notes: list[Cell] = []
    for cell in row.own:
        if cell.column_span < 2 or not cell.lines:
            continue
        fields = [g.field for g in context.columns[cell.column : cell.column + cell.column_span]]
        if any(f in TITLE_FIELDS for f in fields):
            continue
        text = join_cell(cell)
        figures = len(fields) <= PAIR and any(ch.isdigit() for ch in text)
        worded = len(text.split()) > LONGEST_STATUS and not figures
        if all(f in VALUE_FIELDS for f in fields) and not worded:
            continue
        if _figure_field(cell, context) is not None:
            continue
        read = read_status(text, vocabulary=context.vocabulary)
        if read is not None and fields[0] in STATUS_FIELDS and len(text.split()) <= LONGEST_STATUS:
            continue
        notes.append(cell)
    return notes


def _says_none(row: GridRow, context: Context) -> bool:
    """Whether two or more figures of a row are said not to apply, and none is printed."""
    cells = [
        row.cells[k] for k, g in enumerate(context.columns) if g.field in VALUE_FIELDS and k in row.cells
    ]
    texts = [join_cell(c).lower() for c in cells if c.lines]
    return len(texts) > 1 and all(t in context.vocabulary.values.nulls for t in texts)


def _has_substance(fields: dict[str, Any]) -> bool:
    """A row with a title alone is no measure."""
    names = (*VALUE_FIELDS, *STATUS_FIELDS, "direction", "note", "good_is")
    return any(fields.get(n) is not None for n in names) or bool(fields.get("extra"))
