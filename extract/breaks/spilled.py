"""Text that runs out below its cell: a name merged over more rows than its page has room for.

Some producers draw all of a merged cell's text from the cell's top, though a page break leaves it less height.
What follows the last line of such a cell, set as that line is and within the cell's width, is the cell's own.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.page.parts import TextItem
from extract.ruled import GridCell, GridTable

SAME_SIZE = 0.2  # points
SAME_LINE = 1.0  # points by which base lines of one line may differ
LEADING = 0.8, 1.3  # from one base line to the next, in font sizes, where the cell has one line only
SAME_PITCH = 0.05  # share by which the distance of lines of one cell may differ
SAME_EDGE = 1.5  # points by which lines of one cell may begin, end or be centred apart


def take_spilled(grid: GridTable, rest: Sequence[TextItem]) -> list[TextItem]:
    """Put text that spills out of the grid's last row into its cells; returns what is left of ``rest``."""
    left = list(rest)
    for cell in grid.cells:
        if cell.bottom < grid.ys[-1] - 1:
            continue
        while spilled := _next_line(cell, left):
            cell.items += spilled
            left = [i for i in left if not any(i is s for s in spilled)]
    return left


def _next_line(cell: GridCell, rest: Sequence[TextItem]) -> list[TextItem]:
    """What stands where the line after the cell's last would stand, if all of it can be the cell's."""
    lines = _lines(cell.items)
    if not lines or any(i.angle for i in cell.items):
        return []
    last = lines[-1]
    size = last[0].size
    low, high = (v * size for v in LEADING)
    if len(lines) > 1:
        pitch = last[0].base - lines[-2][0].base
        low, high = pitch * (1 - SAME_PITCH), pitch * (1 + SAME_PITCH)
    if last[0].base + high < cell.bottom:
        return []
    found = [i for i in rest if low <= i.base - last[0].base <= high and i.x0 < cell.x1 and cell.x0 < i.x1]
    if not found or any(i.x0 < cell.x0 - 1 or i.x1 > cell.x1 + 1 for i in found):
        return []
    alike = all(abs(i.size - size) <= SAME_SIZE and i.bold == last[0].bold for i in found)
    return found if alike and _same_edge(_span(last), _span(found)) else []


def _lines(items: Sequence[TextItem]) -> list[list[TextItem]]:
    lines: list[list[TextItem]] = []
    for item in sorted(items, key=lambda i: i.base):
        if lines and item.base - lines[-1][0].base <= SAME_LINE:
            lines[-1].append(item)
        else:
            lines.append([item])
    return lines


def _span(items: Sequence[TextItem]) -> tuple[float, float]:
    return min(i.x0 for i in items), max(i.x1 for i in items)


def _same_edge(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return min(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(sum(a) - sum(b)) / 2) <= SAME_EDGE
