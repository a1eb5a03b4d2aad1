"""Small filled rectangles as lights: drawn squares, and circles that a program draws by clipping a rectangle.

A rectangle is a light where it stands free inside its cell, or free of any table; what touches an edge of its
cell is a fill, a band or the bar of a chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.page.parts import ICON, SMALLEST_ICON, Fill, Shape, TextItem
from extract.ruled import GridCell, is_white

LONGEST = 3.0  # how many times longer than high a light may be
FREE = 1.0  # points between a light and the edge of its cell
LETTERS = 2  # that may stand on a light
DARK = 0x30
COVERED = 0.3


def lights_in_cells(cells: Sequence[GridCell], fills: Iterable[Fill]) -> None:
    """Give each cell without words the one small fill that stands free in it."""
    small = [fill for fill in fills if _is_small(fill)]
    if not small:
        return
    for cell in cells:
        if cell.shapes or sum(len(item.text.strip()) for item in cell.items) > LETTERS:
            continue
        inside = [fill for fill in small if _is_free(fill, cell)]
        if len(inside) == 1:
            cell.shapes.append(_shape(inside[0]))


def lights_outside(
    fills: Iterable[Fill], boxes: Sequence[tuple[float, float, float, float]], items: Sequence[TextItem]
) -> Iterator[Shape]:
    """Small fills outside all tables on which no words stand: the keys of a legend."""
    for fill in fills:
        if not _is_small(fill) or any(_meets(fill, box) for box in boxes):
            continue
        if not any(len(i.text.strip()) > LETTERS and _is_under(fill, i) for i in items):
            yield _shape(fill)


def _is_small(fill: Fill) -> bool:
    width, height = fill.x1 - fill.x0, fill.bottom - fill.top
    if not min(width, height) >= SMALLEST_ICON or max(width, height) > ICON:
        return False
    dark = all(int(fill.colour[i : i + 2], 16) < DARK for i in (0, 2, 4))
    return max(width, height) <= LONGEST * min(width, height) and not is_white(fill.colour) and not dark


def _is_free(fill: Fill, cell: GridCell) -> bool:
    return (
        cell.x0 + FREE <= fill.x0
        and fill.x1 <= cell.x1 - FREE
        and cell.top + FREE <= fill.top
        and fill.bottom <= cell.bottom - FREE
    )


def _meets(fill: Fill, box: tuple[float, float, float, float]) -> bool:
    return fill.x0 < box[2] and box[0] < fill.x1 and fill.top < box[3] and box[1] < fill.bottom


def _is_under(fill: Fill, item: TextItem) -> bool:
    """Whether text covers more of a fill than a space before it would."""
    covered = min(fill.x1, item.x1) - max(fill.x0, item.x0)
    return fill.top < item.bottom and item.top < fill.bottom and covered > COVERED * (fill.x1 - fill.x0)


def _shape(fill: Fill) -> Shape:
    return Shape(fill.x0, fill.top, fill.x1, fill.bottom, "square", fill.colour, "path")
