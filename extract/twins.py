"""Two tables side by side that look like one: the heading of the first column stands again further right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.aligned.chunks import TextRow, bare, column_of
from extract.ruled import GridCell, GridTable

LEAST = 3  # columns of each of the two
HEADER_ROWS = 3  # among so many first rows of a ruled table the headings are looked for


def seam(headings: Sequence[str]) -> int | None:
    """The column where the second table begins: its first two headings are those of the first table."""
    words = [_plain(h) for h in headings]
    if not words or not any(c.isalpha() for c in words[0]):  # "100,000" may be the rest of several cells
        return None
    for k in range(LEAST, len(words) - LEAST + 1):
        second = words[1] and words[k + 1] == words[1]
        if words[k] == words[0] and (second or words[k + 1 :] == words[1:k]):
            return k
    return None


@lru_cache(maxsize=1024)  # pages repeat their headings
def _plain(heading: str) -> str:
    return " ".join([bare(w) for w in heading.split()])


def split_lines(xs: Sequence[float], header: Sequence[TextRow], body: Sequence[TextRow]) -> float | None:
    """Where to cut the lines of a table without rules that is two; None where it is one."""
    texts = [""] * (len(xs) - 1)
    for row in header:
        for word in row.words:
            texts[column_of(xs, (word.x0 + word.x1) / 2)] += f" {word.text}"
    at = seam([t.strip() for t in texts])
    return None if at is None or not body else xs[at]


def side_of(rows: Sequence[TextRow], low: float, high: float) -> list[TextRow]:
    """The parts of lines whose words stand between two places."""
    parts = [[w for w in row.words if low <= (w.x0 + w.x1) / 2 < high] for row in rows]
    return [TextRow(part) for part in parts if part]


def part_ruled(table: GridTable) -> list[GridTable]:
    """A ruled grid as the one table that it is, or as the two that stand in it side by side."""
    for number in range(min(HEADER_ROWS, len(table.ys) - 1)):
        row = sorted((c for c in table.cells if c.row == number), key=lambda c: c.column)
        texts = [" ".join(i.text.strip() for i in c.items) for c in row]
        at = seam(texts) if row and row[0].column == 0 else None
        if at is not None:
            column = row[at].column
            return [_half(table, 0, column), *part_ruled(_half(table, column, len(table.xs) - 1))]
    return [table]


def _half(table: GridTable, first: int, end: int) -> GridTable:
    cells: list[GridCell] = []
    for cell in table.cells:
        if first <= cell.column < end:
            cell.column_span = min(cell.column_span, end - cell.column)
            cell.x1 = table.xs[cell.column + cell.column_span]
            cell.column -= first
            cells.append(cell)
    last = max((c.row + c.row_span for c in cells if c.items or c.shapes), default=0)
    cells = [c for c in cells if c.row < last]
    for cell in cells:
        cell.row_span = min(cell.row_span, last - cell.row)
    whole = last == len(table.ys) - 1
    return GridTable(
        table.xs[first : end + 1], table.ys[: last + 1], cells, table.ruled, table.cut_below and whole
    )
