"""A table as a grid of places: which cell covers which row and column, and which rows are headers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct, field

from extract.cells import Cell, Row, Table
from normalise.words import join_cell

MAX_HEADER_ROWS = 4
LONGEST_HEADING = 90  # characters


class GridRow(Struct, eq=False):
    """One row of the table's body: ``cells`` by column, spans repeated; ``own`` begin in this row.

    ``known`` keeps the texts that were asked for, by column.
    """

    row: Row
    number: int
    cells: dict[int, Cell]
    known: dict[int, str] = field(default_factory=dict)

    @property
    def own(self) -> tuple[Cell, ...]:
        return self.row.cells

    def text(self, column: int) -> str:
        known = self.known.get(column)
        if known is None:
            cell = self.cells.get(column)
            known = self.known[column] = join_cell(cell) if cell else ""
        return known

    def filled(self) -> list[Cell]:
        """Cells that begin in this row and hold text or symbols."""
        return [c for c in self.row.cells if c.lines or c.glyphs]


_COUNT = re.compile(r"(?!(?:19|20)\d\d$)\d{2,}")  # a year heads a column, and so does the number of a quarter


def _holds_figures(texts: Sequence[str], is_figure: Callable[[str], bool]) -> bool:
    """Whether a row is one of the body: it holds a figure with a unit, two plain counts, or one digit twice."""
    digits = [t for t in texts if len(t) == 1 and t.isdecimal()]  # those that number headings differ
    counts = sum(1 for t in texts if _COUNT.fullmatch(t))
    return any(map(is_figure, texts)) or counts >= 2 or len(set(digits)) < len(digits)


class Grid:
    """Looks a table up by row and column."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = len(table.columns)
        places: dict[tuple[int, int], Cell] = {}
        for row in table.rows:
            for cell in row.cells:
                for r in range(cell.row, cell.row + cell.row_span):
                    for c in range(cell.column, cell.column + cell.column_span):
                        places.setdefault((r, c), cell)
        self.rows = [
            GridRow(
                row,
                row.cells[0].row,
                {
                    c: places[(row.cells[0].row, c)]
                    for c in range(self.columns)
                    if (row.cells[0].row, c) in places
                },
            )
            for row in table.rows
        ]

    def headings(self, start: int, end: int) -> list[str]:
        """The heading of each column from rows ``start`` to ``end`` (exclusive), levels joined by a space.

        A text over all columns is the table's title and not part of the headings.
        """
        out: list[str] = []
        for column in range(self.columns):
            parts: list[str] = []
            seen: set[int] = set()
            for row in self.rows[start:end]:
                cell = row.cells.get(column)
                if cell is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                if cell.column_span >= self.columns or self._alone(row, cell):
                    continue
                text = join_cell(cell)
                if text:
                    parts.append(text)
            out.append(" ".join(parts))
        return self._spread(out, start, end)

    def _has_long_text(self, row: GridRow) -> bool:
        return any(
            sum(len(line.text) for line in c.lines) > LONGEST_HEADING and c.column_span < self.columns
            for c in row.own
        )

    def _alone(self, row: GridRow, cell: Cell) -> bool:
        """The only text of a row, in its first cell: a caption above the headings."""
        filled = row.filled()
        return len(filled) == 1 and filled[0] is cell and cell.column == 0 and self.columns > 2

    def _spread(self, headings: list[str], start: int, end: int) -> list[str]:
        """A group heading printed in the first of several empty cells counts for its neighbours to the right.

        Only where a lower header row has a heading of its own under the empty cell.
        """
        if end - start < 2:
            return headings
        upper, lower = self.rows[start], self.rows[end - 1]
        carried = ""
        out = list(headings)
        for column in range(self.columns):
            top, bottom = upper.text(column), lower.text(column)
            cell = upper.cells.get(column)
            spans = cell is not None and cell.column_span > 1
            if top:
                carried = "" if spans or not bottom else top
            elif carried and bottom and not self.table.ruled:
                out[column] = f"{carried} {headings[column]}".strip()
        return out

    def _starts_whole(self, start: int) -> bool:
        """Whether no cell reaches down into a row from above it: a heading beside two rows of them."""
        return all(cell.row >= self.rows[start].number for cell in self.rows[start].cells.values())

    def _ends_whole(self, end: int) -> bool:
        """Whether no cell goes on from the rows before ``end`` into those after it."""
        last = self.rows[end - 1].number
        return all(c.row + c.row_span - 1 <= last for row in self.rows[:end] for c in row.own if c.lines)

    def _first_gathering(self, limit: int) -> int:
        """The first row in which one text stands below several headings: a note over a row's figures.

        Headings divide downwards; none gathers what the row above it has parted. The name of a section may
        stand between.
        """
        upper = self.rows[0]
        for k in range(1, limit):
            row = self.rows[k]
            if len(self.rows[k - 1].filled()) > 1:
                upper = self.rows[k - 1]
            for cell in row.own:
                over = {upper.cells.get(c) for c in range(cell.column, cell.column + cell.column_span)}
                named = [c for c in over if c is not None and c is not cell and c.lines]
                if cell.lines and cell.column_span > 2 and len(named) > 2:
                    return k
        return limit

    def header_block(
        self, score: Callable[[Sequence[str]], int], is_figure: Callable[[str], bool]
    ) -> tuple[int, int] | None:
        """First and one past the last header row: the block among the first rows whose headings score best.

        ``score`` says how many headings are understood, ``is_figure`` what no heading is. None where no block scores.
        """
        best: tuple[bool, int, bool, int, int, int] | None = None
        limit = min(len(self.rows), MAX_HEADER_ROWS + 2)
        # Headings are short; a row with a long text is body already.
        long = next((k for k, r in enumerate(self.rows[:limit]) if self._has_long_text(r)), limit)
        body = next(
            (
                k
                for k, r in enumerate(self.rows[:limit])
                if k and _holds_figures([join_cell(c) for c in r.own], is_figure)
            ),
            limit,
        )
        limit = max(min(long, body, self._first_gathering(limit)), 1)
        for start in range(min(limit, 4)):
            for end in range(start + 1, min(start + MAX_HEADER_ROWS, limit) + 1):
                got = score(self.headings(start, end))
                if got <= 0:
                    continue
                # A block as long as what repeats on later pages is preferred, then the shorter one.
                agrees = 1 if end == self.table.header_rows else 0
                key = (self._ends_whole(end), got, self._starts_whole(start), agrees, -(end - start), -start)
                if best is None or key > best:
                    best = key
                    found = (start, end)
        return found if best is not None else None
