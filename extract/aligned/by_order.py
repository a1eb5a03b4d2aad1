"""Columns told by order: headings set to the left over figures set to the right.

Such a figure ends where the next heading begins, so no white river parts the columns. Where header and body fall
into equally many strips, the first heading is that of the first strip, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.aligned.chunks import HEADER_GAP, TextRow
from extract.page.abutting import filled_sides, text_sides
from extract.page.parts import RawPage, TextItem

MIN_STRIPS = 4
TOUCH = 0.6  # points that two cells side by side may seem to overlap
Strip = tuple[float, float]


def columns_by_order(page: RawPage, header: Sequence[TextRow], body: Sequence[TextRow]) -> list[float]:
    """Column edges, or none where headings and strips of the body are not as many or not side by side."""
    sides = [*filled_sides(page, header[0].top, body[-1].bottom + 6), *text_sides(page)]
    over = _strips(run for row in header for run in row.chunks(HEADER_GAP))
    under = _strips(part for row in body for run in row.chunks() for part in _cut(run, sides))
    if len(over) != len(under) or len(over) < MIN_STRIPS:
        return []
    both = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(over, under, strict=True)]
    if any(right[0] < left[1] - TOUCH for left, right in pairwise(both)):
        return []
    return [both[0][0] - 2, *((left[1] + right[0]) / 2 for left, right in pairwise(both)), both[-1][1] + 2]


def all_in_use(edges: Sequence[float], header: Sequence[TextRow], body: Sequence[TextRow]) -> bool:
    """Has every column a heading, and something under it?"""
    return all(
        any(low <= (w.x0 + w.x1) / 2 <= high for row in rows for w in row.words)
        for low, high in pairwise(edges)
        for rows in (header, body)
    )


def _strips(runs: Iterable[Sequence[TextItem]]) -> list[Strip]:
    """The widths that runs of words cover together, from left to right."""
    strips: list[Strip] = []
    for x0, x1 in sorted((run[0].x0, max(w.x1 for w in run)) for run in runs):
        if strips and x0 < strips[-1][1] - TOUCH:
            strips[-1] = (strips[-1][0], max(strips[-1][1], x1))
        else:
            strips.append((x0, x1))
    return strips


def _cut(run: Sequence[TextItem], at: Sequence[float]) -> list[list[TextItem]]:
    """A run of words parted where the side of a column stands between two of them."""
    parts = [[run[0]]]
    for a, b in pairwise(run):
        if any(a.x1 - 1.5 <= x <= b.x0 + 1.5 for x in at):
            parts.append([])
        parts[-1].append(b)
    return parts
