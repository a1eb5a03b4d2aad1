"""Tables turned round: a measure a column, and "Target", "Actual", "Status" down the side. They become rows again."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extract.cells import Cell, Row, Table, boxes_of
from normalise.columns import table_kind
from normalise.grid import Grid, GridRow
from normalise.heading.guess import heading_words
from normalise.heading.words import by_words, is_heading_of_column
from normalise.periods import heading_period
from normalise.values import read_value
from normalise.vocabulary import Vocabulary
from normalise.words import join_cell

FEWEST = 2  # measures; a single one is a block of labels and values
SIDE = 3  # known headings down the side
MOSTLY = 0.75  # share of the labels down the side that are known headings
LONGEST_LABEL = 5  # words
LONGEST_NAME = 120  # characters
TITLES = ("title", "code_title")
BESIDE_TITLES = ("code", "section", "directorate", "service")


def turned_round(table: Table, words: Vocabulary) -> list[Table]:
    """The table with its columns as rows, one for each band of measures that stand below each other; else none."""
    if not _may_be_turned(table):
        return []
    grid = Grid(table)
    rows = [row for row in grid.rows if row.filled()]
    while rows and len(rows[0].filled()) == 1 and rows[0].filled()[0].column_span >= grid.columns:
        rows = rows[1:]  # a caption
    bands = _bands(rows)
    if not bands or not all(_is_turned(band, grid.columns, words) for band in bands):
        return []
    captions = [row.row for row in grid.rows if row.filled() and row not in rows]
    made = [_as_rows(band, table) for band in bands]
    if not all(_holds_measures(Grid(one), words) for one in made):
        return []
    made[0] = _below(captions, made[0])
    return made


def _may_be_turned(table: Table) -> bool:
    """Whether most of what stands down the side is as short as a heading: titles of measures are longer."""
    width = len(table.columns)
    cells = [
        c for row in table.rows for c in row.cells if c.column == 0 and c.lines and c.column_span < width
    ]
    side = [join_cell(cell) for cell in cells]
    short = [text for text in side if sum(any(map(str.isalnum, w)) for w in text.split()) <= LONGEST_LABEL]
    return len(short) >= SIDE and len(short) >= MOSTLY * len(side)


def _holds_measures(grid: Grid, words: Vocabulary) -> bool:
    """Whether the labels of the side make a table of measures, as headings: those of a summary count statuses."""
    labels, *body = ([row.text(k) for k in range(grid.columns)] for row in grid.rows)
    return table_kind(labels, None, body, vocabulary=words).kind in ("dashboard", "improvement")


def _bands(rows: Sequence[GridRow]) -> list[list[GridRow]]:
    """The rows in groups that each begin with the labels of the first row and the second."""
    if len(rows) < SIDE:
        return []
    labels = [_label(row) for row in rows]
    starts = [k for k in range(len(rows) - 1) if labels[k : k + 2] == labels[:2]]
    return [list(rows[a:b]) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _label(row: GridRow) -> str:
    return heading_words(row.text(0))


def _is_turned(rows: Sequence[GridRow], columns: int, words: Vocabulary) -> bool:
    if columns <= FEWEST or any(
        c.row_span > 1 or c.column_span > 1 for row in rows for c in row.own if c.lines
    ):
        return False
    known = [row for row in rows if _base(row, words) and len(_label(row).split()) <= LONGEST_LABEL]
    fields = {_base(row, words) for row in known}
    judged = bool(fields & {"actual", "period"}) and bool(fields & {"target", "year_end_target", "status"})
    labels = [row for row in rows if row.text(0)]
    if not judged or len(known) < SIDE or len(known) < MOSTLY * len(labels):
        return False
    return _is_named(rows, columns, words)


def _is_named(rows: Sequence[GridRow], columns: int, words: Vocabulary) -> bool:
    """Whether a row names a measure for each column: the one that says so, else the first, if its corner is empty.

    What stands in the corner otherwise is measured in each column, of one team each, say.
    """
    bases = [_base(row, words) for row in rows]
    titles = [row for row, base in zip(rows, bases, strict=True) if base in TITLES]
    corner = rows[0].text(0)
    if titles and bases[0] in (*TITLES, *BESIDE_TITLES):
        return all(_are_names(row, columns, words) for row in titles)
    unnamed = not corner or _is_period(corner) or bases[0] == "code"
    return not titles and unnamed and _are_names(rows[0], columns, words)


def _base(row: GridRow, words: Vocabulary) -> str:
    return by_words(row.text(0), None, words).base


def _is_period(text: str) -> bool:
    found = heading_period(text)
    return found is not None and not found.rest


def _are_names(row: GridRow, columns: int, words: Vocabulary) -> bool:
    """Whether a row names a measure in each column, and nothing in it heads a column of figures or is one."""
    names = [row.text(k) for k in range(1, columns)]
    filled = [name for name in names if name]
    plain = [name for name in filled if _may_be_name(name, words)]
    return FEWEST <= len(filled) == len(plain) == len(set(plain)) and len(filled) == len(names)


def _may_be_name(text: str, words: Vocabulary) -> bool:
    if len(text) > LONGEST_NAME or is_heading_of_column(text, words) or _heads_a_period(text, words):
        return False
    if text.lower() in words.statuses.lookup:
        return False
    value = read_value(text, vocabulary=words)
    return any(ch.isalpha() for ch in text) and (value is None or value.value is None)


def _heads_a_period(text: str, words: Vocabulary) -> bool:
    """ "Target 2019/20", "Q2 actual"."""
    found = heading_period(text)
    return found is not None and (not found.rest or is_heading_of_column(found.rest, words))


def _as_rows(band: Sequence[GridRow], table: Table) -> Table:
    """A band's columns as rows, in a table of its own whose headings are the labels of the side."""
    rows = []
    for k in range(len(table.columns)):
        cells = [
            replace(_plain(row, cell), row=k, column=n)
            for n, row in enumerate(band)
            if (cell := row.cells.get(k)) is not None
        ]
        if cells:
            rows.append(Row(tuple(cells), boxes_of(cells)))
    boxes = boxes_of([cell for row in rows for cell in row.cells])
    width = max(1.0, boxes[0].width / len(band))
    columns = tuple((boxes[0].x0 + n * width, boxes[0].x0 + (n + 1) * width) for n in range(len(band)))
    return Table(tuple(rows), boxes, columns, header_rows=1, ruled=table.ruled, above=table.above)


def _plain(row: GridRow, cell: Cell) -> Cell:
    """The cell without the fill that its whole printed row has: that is a band, and no status."""
    side = row.cells.get(0)
    return replace(cell, fill=None) if side is not None and cell.fill == side.fill else cell


def _below(captions: Sequence[Row], table: Table) -> Table:
    """The table with its caption rows above it again."""
    if not captions:
        return table
    width = len(table.columns)
    top = [
        Row(
            tuple(replace(c, row=k, column=0, column_span=width, row_span=1) for c in row.cells if c.lines),
            row.boxes,
        )
        for k, row in enumerate(captions)
    ]
    rows = [Row(tuple(replace(c, row=c.row + len(top)) for c in row.cells), row.boxes) for row in table.rows]
    return replace(table, rows=(*top, *rows), boxes=boxes_of([c for r in (*top, *rows) for c in r.cells]))
