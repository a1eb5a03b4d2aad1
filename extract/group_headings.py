"""Headings over several columns of a table without vertical rules: told from neighbours that stand close.

A shared heading ("This quarter" over "Actual" and "Target") is read once for each column below it, so that
every column has its whole heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.chunks import HEADER_GAP, TextRow, column_of, straddles
from extract.pages import RawPage, TextItem
from extract.ruled import GridTable

NEAR_EDGE = 0.6  # font sizes: words of one shared heading end this close to the edge between its columns
OFF_CENTRE = 0.2  # share of a column's width by which they lie off the middle of their own column
UNDERLINE = 6.0  # points between a shared heading and the line drawn under it


def share_group_headings(table: GridTable, header: Sequence[TextRow], page: RawPage) -> None:
    """Fill the header cells (the grid's first row) again, shared headings into each of their columns."""
    cells = {c.column: c for c in table.cells if c.row == 0}
    if len(cells) != len(table.xs) - 1 or any(w.angle for c in cells.values() for w in c.items):
        return
    runs = [(row, run) for row in header for run in row.chunks(HEADER_GAP)]
    shared = {
        id(run): columns
        for row, run in runs
        if len(columns := _columns(table.xs, run, page, row, header)) > 1
    }
    if not shared:
        return
    for cell in cells.values():
        cell.items = []
    for _, run in runs:
        for word in run:
            own = [column_of(table.xs, (word.x0 + word.x1) / 2)]
            for column in shared.get(id(run), own):
                cells[column].items.append(word)


def _columns(
    xs: Sequence[float], run: list[TextItem], page: RawPage, row: TextRow, header: Sequence[TextRow]
) -> list[int]:
    """The columns that a run of heading words stands for: more than one for a shared heading."""
    below = [r for r in header if r.base > row.base + 0.5 * row.size]
    if not below:
        return []
    drawn = _underlined(xs, run, page)
    if len(drawn) > 1:
        return drawn
    first, last = column_of(xs, run[0].x0), column_of(xs, run[-1].x1 - 1)
    covered = list(range(first, last + 1))
    if len(covered) < 2 or not all(_headed(below, xs, c) for c in covered):
        return []
    edges = [xs[c + 1] for c in covered[:-1]]
    if all(any(straddles(w, e) for w in run) or _close_to(run, e, xs) for e in edges):
        return covered
    return []


def _headed(rows: Sequence[TextRow], xs: Sequence[float], column: int) -> bool:
    return any(column_of(xs, (w.x0 + w.x1) / 2) == column for r in rows for w in r.words)


def _underlined(xs: Sequence[float], run: list[TextItem], page: RawPage) -> list[int]:
    """The columns over which a short rule is drawn below the run."""
    x0, x1, bottom = run[0].x0, run[-1].x1, max(w.bottom for w in run)
    width = xs[-1] - xs[0]
    for rule in page.rules:
        if rule.vertical or not bottom - 2 <= rule.at <= bottom + UNDERLINE:
            continue
        if rule.start <= x0 + 1 and rule.end >= x1 - 1 and rule.end - rule.start < 0.8 * width:
            middles = [(k, (a + b) / 2) for k, (a, b) in enumerate(pairwise(xs))]
            return [k for k, middle in middles if rule.start <= middle <= rule.end]
    return []


def _close_to(run: list[TextItem], edge: float, xs: Sequence[float]) -> bool:
    """Do the words at an edge belong together: close to it and away from the middle of their own columns?"""
    left = [w for w in run if w.x1 <= edge + 1]
    right = [w for w in run if w.x0 >= edge - 1]
    if not left or not right:
        return False
    size = run[0].size
    if edge - left[-1].x1 > NEAR_EDGE * size or right[0].x0 - edge > NEAR_EDGE * size:
        return False
    k = column_of(xs, left[-1].x0)
    middle, width = (xs[k] + xs[k + 1]) / 2, xs[k + 1] - xs[k]
    own = (max(left[0].x0, xs[k]) + left[-1].x1) / 2
    return own - middle > OFF_CENTRE * width
