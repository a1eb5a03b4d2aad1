"""An improvement table to records: measure, performance, context, actions and intervention, each text whole."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct, field

from extract.cells import Cell, Line
from normalise.cellreading import as_value, extra_from, sources, status_from, value_from
from normalise.codes import CodeStyle, read_code_and_title
from normalise.columns import ColumnGuess
from normalise.grid import Grid, GridRow
from normalise.performance import read_performance
from normalise.recognised import lines_with, ocr_signals
from normalise.records import Improvement, Source
from normalise.row_kinds import NAMELESS, rest_of, section_heading
from normalise.section_names import names_other_table
from normalise.statuses import read_status
from normalise.table_context import TITLE_FIELDS, Context, table_code_style
from normalise.torn_rows import carries_on, joined
from normalise.words import join_cell, join_lines

_WORD = re.compile(r"[A-Za-z]{2}")  # figures of a chart below the table name no measure
TEXT_FIELDS = ("context", "actions", "intervention")
_END_STATUS = re.compile(r"\s*[(\[]\s*([A-Za-z][A-Za-z ]{1,14}?)\s*[)\]]\s*$")


class Part(Struct, frozen=True):
    """A table of an improvement report: its grid, its header rows, and whether it carries on the part before."""

    grid: Grid
    header: tuple[int, int]
    context: Context
    goes_on: bool = False


class PartRead(Struct):
    """What came of a part: its records, rows that are no measure with the reason, and names of directorates."""

    records: list[Improvement] = field(default_factory=list)
    left: list[tuple[Sequence[Cell], str]] = field(default_factory=list)
    headings: list[Sequence[Cell]] = field(default_factory=list)


class _Entry(Struct):
    """A row that will be a record, with the parts of it that were printed as rows of their own."""

    part: int
    row: GridRow
    style: CodeStyle
    directorate: str | None
    directorate_source: tuple[Source, ...]


def read_improvements(parts: Iterable[Part]) -> list[PartRead]:
    """The records of each part, in order. A row torn over a page is one record, of the part it begins in.

    Parts are taken one at a time, and a row is let go once it is a record.
    """
    reads: list[PartRead] = []
    contexts: list[Context] = []
    entries: deque[_Entry] = deque()
    directorate: str | None = None
    where: tuple[Source, ...] = ()
    for number, part in enumerate(parts):
        reads.append(PartRead())
        contexts.append(part.context)
        if not part.goes_on:
            directorate, where = part.context.section, part.context.section_source
        style = table_code_style(part.grid, part.header, part.context)
        before = entries[-1] if part.goes_on and entries else None  # what the next row may carry on
        fresh = part.goes_on
        for row, filled in _body(part, reads[number]):
            if before is not None and carries_on(row, before.row, part.context, style, after_break=fresh):
                before.row = joined(before.row, row)
                fresh = False
                continue
            fresh = False
            heading = section_heading(row, part.grid.columns, part.context, style)
            if heading is not None and names_other_table(heading, part.context.vocabulary):
                reads[number].left += rest_of(part.grid, row)
                before = None
                break
            if heading is not None:
                directorate, where, before = heading, sources(filled[0]), None
                reads[number].headings.append(filled)
                continue
            before = _Entry(number, row, style, directorate, where)
            entries.append(before)
    while entries:
        entry = entries.popleft()
        record = _record(
            entry.row, contexts[entry.part], entry.style, entry.directorate, entry.directorate_source
        )
        if record is None:
            reads[entry.part].left.append((entry.row.filled(), NAMELESS))
        else:
            reads[entry.part].records.append(record)
    return reads


def _body(part: Part, out: PartRead) -> Iterator[tuple[GridRow, list[Cell]]]:
    """The rows below the headers that hold anything and repeat no header."""
    headings = ["".join(h.lower().split()) for h in part.grid.headings(*part.header)]
    for row in part.grid.rows[: part.header[0]]:
        out.left.append((row.filled(), "caption of the table"))
    for row in part.grid.rows[part.header[1] :]:
        filled = row.filled()
        if not filled:
            continue
        if len(filled) > 1 and all(
            "".join(join_cell(c).lower().split()) in headings[c.column]
            for c in filled
            if c.column < len(headings)
        ):
            out.left.append((filled, "header repeated inside the table"))
            continue
        yield row, filled


def _record(
    row: GridRow,
    context: Context,
    style: CodeStyle,
    directorate: str | None,
    directorate_source: tuple[Source, ...],
) -> Improvement | None:
    fields: dict[str, Any] = {"directorate": directorate}
    places: dict[str, tuple[Source, ...]] = {"directorate": directorate_source} if directorate else {}
    printed: dict[str, str] = {}
    code_text: str | None = None
    titles: list[str] = []
    named: list[Line] = []
    for k, guess in enumerate(context.columns):
        cell = row.cells.get(k)
        if cell is None or cell.column != k or not (cell.lines or cell.glyphs or cell.fill):
            continue
        if guess.field in TITLE_FIELDS:
            places["title"] = (*places.get("title", ()), *sources(cell))
            named += cell.lines
            if guess.field == "code":
                code_text = join_cell(cell)
            elif cell.lines:
                titles.append(join_cell(cell))
        else:
            _put(cell, guess, context, fields, places, printed)
    if not titles and not code_text:
        return None
    title = _take_status(" ".join(titles) if titles else code_text or "", fields, printed, context)
    found = read_code_and_title(
        title, code_column=code_text if titles else None, style=style, vocabulary=context.vocabulary
    )
    if not (found.title or found.code) or not _WORD.search(f"{found.title} {code_text or ''}"):
        return None
    pages = tuple(dict.fromkeys(b.page for b in row.row.boxes))
    box = row.row.boxes[0]
    signals = ocr_signals(named)
    return Improvement(
        pages=pages,
        bbox=(box.x0, box.top, box.x1, box.bottom),
        code=found.code,
        other_codes=found.other_codes,
        former_codes=found.former_codes,
        title=found.title or found.code or "",
        printed=printed | {"title": found.printed},
        sources=places,
        signals={"title": signals} if signals else {},
        **fields,
    )


def _put(
    cell: Cell,
    guess: ColumnGuess,
    context: Context,
    fields: dict[str, Any],
    places: dict[str, tuple[Source, ...]],
    printed: dict[str, str],
) -> None:
    """Read one cell into the field that its column stands for."""
    name = guess.field
    if name in TEXT_FIELDS:
        text = whole_text(cell)
        if text:
            before = fields.get(name)
            fields[name] = f"{before} {text}" if before else text
            places[name] = (*places.get(name, ()), *sources(cell))
    elif name == "performance":
        _performance(cell, context, fields, places, printed)
    elif name in ("target", "actual", "forecast"):
        fields[name] = value_from(cell, guess.heading, context.vocabulary)
    elif name in ("status", "forecast_status"):
        read = status_from(cell, context.lights, context.vocabulary)
        if read.status is not None:
            fields[name], printed[name], places[name] = read.status, read.printed, sources(cell)
    elif name in ("section", "directorate"):
        fields["directorate"] = join_cell(cell) or fields.get("directorate")
        places["directorate"] = sources(cell)
    else:
        value = extra_from(cell, guess.heading, guess.role, context.vocabulary)
        if value is not None:
            fields.setdefault("extra", {})[guess.heading or f"column {cell.column + 1}"] = value


def _take_status(title: str, fields: dict[str, Any], printed: dict[str, str], context: Context) -> str:
    """A status in brackets at the end of a title ("… considered (RED)") is the row's status."""
    match = _END_STATUS.search(title)
    if not match or fields.get("status") is not None:
        return title
    read = read_status(match[1], vocabulary=context.vocabulary)
    if read is None or read.status not in {*context.lights.used, "red", "amber", "green", "blue"}:
        return title
    fields["status"], printed["status"] = read.status, match[1]
    return title[: match.start()]


def _performance(
    cell: Cell,
    context: Context,
    fields: dict[str, Any],
    places: dict[str, tuple[Source, ...]],
    printed: dict[str, str],
) -> None:
    text = join_cell(cell)
    if not text:
        return
    read = read_performance(text, context.vocabulary)
    where = sources(cell)
    places["performance"] = where
    fields["performance"] = text
    fields["period_label"] = read.period_label
    for name, value in read.values.items():
        if name in ("target", "actual", "forecast"):
            fields[name] = as_value(value, where, *ocr_signals(lines_with(cell, value.printed)))
    for name, status in read.statuses.items():
        fields[name] = status
        printed[name] = read.printed_statuses[name]
        places[name] = where


class _Piece:
    """A line of a cell for ``join_lines``."""

    def __init__(self, line: Line) -> None:
        self.text, self.x0, self.x1 = line.text, line.box.x0, line.box.x1


def whole_text(cell: Cell) -> str:
    """All lines of a cell in one text, bullets kept as "• "; joined over page breaks."""
    width = cell.box.x1 - cell.box.x0
    paragraphs: list[list[Line]] = []
    for line in cell.lines:
        if not paragraphs or _begins(line, paragraphs[-1][-1]):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return " ".join(join_lines([_Piece(line) for line in p], width) for p in paragraphs).strip()


def _begins(line: Line, before: Line) -> bool:
    """Does a line begin a paragraph: a bullet, or set apart from the line before?"""
    if line.text.startswith("•"):
        return True
    return line.box.page == before.box.page and line.box.top - before.box.bottom > 0.9 * line.size
