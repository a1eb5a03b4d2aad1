"""Headings over several columns of a table without vertical rules: told from neighbours that stand close.

A shared heading ("This quarter" over "Actual" and "Target") is read once for each column below it, so that
every column has its whole heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.aligned.chunks import HEADER_GAP, TIGHT_GAP, TextRow, bare, column_of, straddles
from extract.page.parts import RawPage, TextItem
from extract.ruled import GridTable

NEAR_EDGE = 0.6  # font sizes: words of one shared heading end this close to the edge between its columns
OFF_CENTRE = 0.2  # share of a column's width by which they lie off the middle of their own column
LEFT_OF = 3.0  # font sizes that a heading set to the left may begin before centred ones below it
PIECES_MEET = 2.5  # points between pieces of one line
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
            below = [w for r in header if r.base > row.base + 0.5 * row.size for w in r.words]
            columns = _under(table.xs, below, *told[id(run[0])]) or columns
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


def _under(xs: Sequence[float], words: Sequence[TextItem], low: float, high: float) -> list[int]:
    """The columns whose own headings stand between two places."""
    return sorted({column_of(xs, x) for w in words if low <= (x := (w.x0 + w.x1) / 2) <= high})


def shared_extents(header: Sequence[TextRow], page: RawPage) -> dict[int, tuple[float, float]]:
    """How far headings reach that stand over several of the next line, by the identity of their first word.

    They are told by a fill that covers them and the columns below, or by headings below that come again under each.
    """
    found: dict[int, tuple[float, float]] = {}
    for row in reversed(header):
        below = [r for r in header if r.base > row.base + 0.5 * row.size]
        if not below:
            continue
        runs = row.chunks(HEADER_GAP)
        lower = max(below, key=lambda r: len(r.chunks(TIGHT_GAP))).chunks(TIGHT_GAP)
        for run in runs:
            extent = _filled_over(run, lower, page)
            if extent:
                found[id(run[0])] = extent
        reach = _over_groups(runs, found)
        for run, low, high in [*_over_blocks(runs, lower), *([reach] if reach else [])]:
            found.setdefault(id(run[0]), (low, high))
    return found


def _over_groups(
    runs: Sequence[list[TextItem]], found: dict[int, tuple[float, float]]
) -> tuple[list[TextItem], float, float] | None:
    """The reach of a heading alone in its line over others that stand over several columns each."""
    if len(runs) != 1 or len(found) < 2:
        return None
    low, high = min(a for a, _ in found.values()), max(b for _, b in found.values())
    return (runs[0], low, high) if low <= runs[0][0].x0 and runs[0][-1].x1 <= high else None


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


def _over_blocks(
    runs: Sequence[list[TextItem]], lower: Sequence[list[TextItem]]
) -> list[tuple[list[TextItem], float, float]]:
    """Headings with their reach, each over one of several blocks of lower ones that are alike or mostly so."""
    texts = [" ".join(bare(w.text) for w in r) for r in lower]
    best: tuple[float, int] = (0.0, 0)
    found: list[tuple[list[TextItem], float, float]] = []
    for size in range(2, len(lower) // 2 + 1):
        for first in range(len(lower) - 2 * size + 1):
            shares = _repeats(texts, first, size)
            key = (min(shares, default=0.0), size * len(shares))
            if not shares or key <= best:
                continue
            starts = range(first, first + size * (len(shares) + 1), size)
            # The reach is that of the headings' words; their columns are wider.
            reaches = [(lower[k][0].x0 - 1, lower[k + size - 1][-1].x1 + 1) for k in starts]
            # A heading set to the left may begin left of those below that are centred.
            lefts = [reaches[0][0] - LEFT_OF * lower[first][0].size, *(high for _, high in reaches)]
            own = [_only_one_over(runs, left, high) for left, (_, high) in zip(lefts, reaches, strict=False)]
            if all(own):
                best = key
                found = [(run, *reach) for run, reach in zip(own, reaches, strict=True) if run]
    return found


def _repeats(texts: Sequence[str], first: int, size: int) -> list[float]:
    """How much each block after the first is like it, as long as it is in half of its headings."""
    one = texts[first : first + size]
    shares: list[float] = []
    for k in range(first + size, len(texts) - size + 1, size):
        share = sum(a == b for a, b in zip(one, texts[k : k + size], strict=True)) / size
        if share < 0.5:
            break
        shares.append(share)
    return shares


def _only_one_over(runs: Sequence[list[TextItem]], low: float, high: float) -> list[TextItem] | None:
    inside = [r for r in runs if low < (r[0].x0 + r[-1].x1) / 2 < high]
    return inside[0] if len(inside) == 1 else None


def _columns(
    xs: Sequence[float], run: list[TextItem], page: RawPage, row: TextRow, header: Sequence[TextRow]
) -> list[int]:
    """The columns that a run of heading words stands for: more than one for a shared heading."""
    below = [r for r in header if r.base > row.base + 0.5 * row.size]
    if not below:
        return []
    drawn = _underlined(xs, run, page, row)
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


def _underlined(xs: Sequence[float], run: list[TextItem], page: RawPage, row: TextRow) -> list[int]:
    """The columns over which a short rule is drawn below the run, and below no other of its line."""
    others = [(r[0].x0 + r[-1].x1) / 2 for r in row.chunks(HEADER_GAP) if r[0] is not run[0]]
    x0, x1, bottom = run[0].x0, run[-1].x1, max(w.bottom for w in run)
    width = xs[-1] - xs[0]
    below = [r for r in page.rules if not r.vertical and bottom - 2 <= r.at <= bottom + UNDERLINE]
    for start, end in _joined(sorted((r.start, r.end) for r in below)):
        alone = not any(start < middle < end for middle in others)
        if alone and start <= x0 + 1 and end >= x1 - 1 and end - start < 0.8 * width:
            middles = [(k, (a + b) / 2) for k, (a, b) in enumerate(pairwise(xs))]
            return [k for k, middle in middles if start <= middle <= end]
    return []


def _joined(pieces: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Pieces of one line, drawn cell by cell, as one."""
    joined: list[tuple[float, float]] = []
    for start, end in pieces:
        if joined and start <= joined[-1][1] + PIECES_MEET:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


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
