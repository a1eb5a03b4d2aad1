"""Headings over several columns of a table without vertical rules: told from neighbours that stand close.

A shared heading ("This quarter" over "Actual" and "Target") is read once for each column below it, so that
every column has its whole heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.chunks import HEADER_GAP, TextRow, bare, column_of, straddles
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
    told = shared_extents(header, page)
    shared: dict[int, list[int]] = {}
    for row, run in runs:
        columns = _columns(table.xs, run, page, row, header)
        if id(run[0]) in told:
            low, high = told[id(run[0])]
            columns = [
                k for k, (a, b) in enumerate(pairwise(table.xs)) if low <= (a + b) / 2 <= high
            ] or columns
        if len(columns) > 1:
            shared[id(run)] = columns
    if not shared:
        return
    for cell in cells.values():
        cell.items = []
    for _, run in runs:
        for word in run:
            own = [column_of(table.xs, (word.x0 + word.x1) / 2)]
            for column in shared.get(id(run), own):
                cells[column].items.append(word)


def shared_extents(header: Sequence[TextRow], page: RawPage) -> dict[int, tuple[float, float]]:
    """How far headings reach that stand over several of the next line, by the identity of their first word.

    They are told by a fill that covers them and the columns below, or by headings below that come again under each.
    """
    found: dict[int, tuple[float, float]] = {}
    for row in header:
        below = [r for r in header if r.base > row.base + 0.5 * row.size]
        if not below:
            continue
        runs = row.chunks(HEADER_GAP)
        lower = max(below, key=lambda r: len(r.chunks(HEADER_GAP))).chunks(HEADER_GAP)
        for run in runs:
            extent = _filled_over(run, lower, page)
            if extent:
                found[id(run[0])] = extent
        for run, block in _blocks(runs, lower):
            found.setdefault(id(run[0]), (block[0][0].x0 - 1, block[-1][-1].x1 + 1))
    return found


def _filled_over(
    run: list[TextItem], lower: Sequence[list[TextItem]], page: RawPage
) -> tuple[float, float] | None:
    """The reach of a fill behind a heading that covers two or more of the headings below, and not all of them."""
    middle = (run[0].top + run[0].bottom) / 2
    for fill in page.fills:
        if not (fill.x0 <= run[0].x0 + 1 and fill.x1 >= run[-1].x1 - 1 and fill.top < middle < fill.bottom):
            continue
        covered = [r for r in lower if fill.x0 <= (r[0].x0 + r[-1].x1) / 2 <= fill.x1]
        if 2 <= len(covered) < len(lower) and fill.bottom < min(w.base for r in covered for w in r):
            return fill.x0, fill.x1
    return None


def _blocks(
    runs: Sequence[list[TextItem]], lower: Sequence[list[TextItem]]
) -> list[tuple[list[TextItem], Sequence[list[TextItem]]]]:
    """Each of two or more headings with its block of lower ones, where the blocks are as long and mostly alike."""
    texts = [" ".join(bare(w.text) for w in r) for r in lower]
    count = len(runs)
    if count < 2:
        return []
    for size in range(len(lower) // count, 1, -1):
        for first in range(len(lower) - size * count + 1):
            starts = range(first, first + size * count, size)
            names = [texts[k : k + size] for k in starts]
            alike = all(
                2 * sum(a == b for a, b in zip(x, y, strict=True)) >= size for x, y in pairwise(names)
            )
            blocks = [lower[k : k + size] for k in starts]
            if alike and all(_stands_over(run, block) for run, block in zip(runs, blocks, strict=True)):
                return list(zip(runs, blocks, strict=True))
    return []


def _stands_over(run: list[TextItem], block: Sequence[list[TextItem]]) -> bool:
    """Is a heading set in the middle or at the left of the headings below?"""
    low, high, size = block[0][0].x0, block[-1][-1].x1, run[0].size
    centred = abs(run[0].x0 + run[-1].x1 - low - high) / 2 <= 2 * size
    return run[-1].x1 <= high + size and (centred or abs(run[0].x0 - low) <= size)


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
