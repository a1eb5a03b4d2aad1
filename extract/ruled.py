"""Tables from rules: pdfplumber's table finder on PDFium's shapes, then text, fills and symbols put into cells.

Cells are filled in one pass: the grid lines of a table are sorted, and each piece finds its row and
column by bisection.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct, field

from extract.breaks.open_rows import closing_edges, ends_open
from extract.lattice import cells_between
from extract.merged_rules import merged_edges
from extract.page.parts import Fill, RawPage, Shape, TextItem

SNAP = 3.0  # points; pdfplumber's own default
TOUCH = 3.0
CROSSING = 3.0  # a piece that reaches further than this into a neighbouring cell is read by characters
MAX_EDGES = 6000  # after merging; more is a drawing
PALE = 0xF8  # fills lighter than this in all three colours count as white


class GridCell(Struct):
    """A cell of the grid with what lies in it. Rows and columns count from 0; spans are at least 1."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    top: float
    x1: float
    bottom: float
    items: list[TextItem] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    fill: str | None = None


class GridTable(Struct):
    """A table on one page: its grid lines and cells, row by row.

    ``cut_below``: its last row is not closed by a rule as the others are, so a page break cuts it.
    """

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    ruled: bool = True
    cut_below: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_map(self) -> dict[tuple[int, int], GridCell]:
        places: dict[tuple[int, int], GridCell] = {}
        for cell in self.cells:
            for r in range(cell.row, cell.row + cell.row_span):
                for c in range(cell.column, cell.column + cell.column_span):
                    places[(r, c)] = cell
        return places


def find_ruled(page: RawPage, carried: Sequence[float] = ()) -> list[GridTable]:
    """The tables that rules draw on a page, top to bottom, empty cells included.

    ``carried``: column edges of the ruled table that the page before ended with; rows whose cells are merged may
    go on in some of them only.
    """
    if sum(1 for r in page.rules if r.vertical) < 2 or len(page.rules) < 4:
        return []
    from pdfplumber.table import (  # takes as long to load as a page to read
        cells_to_tables,
        edges_to_intersections,
    )

    edges = merged_edges(page.rules, SNAP)
    if len(edges) > MAX_EDGES:
        return []
    closing = closing_edges(edges)
    edges += closing
    boxes = cells_between(edges_to_intersections(edges, TOUCH, TOUCH))
    tables = [_grid(cells) for cells in cells_to_tables(boxes)]
    tables.sort(key=lambda t: (t.ys[0], t.xs[0]))
    found = [
        t
        for k, t in enumerate(tables)
        if len(t.xs) >= 3 and (len(t.ys) >= 3 or len(t.xs) >= 4 or (k == 0 and _goes_on_in(t, carried)))
    ]
    for table in found:
        table.cut_below = ends_open(closing, table.box)
    return found


def _goes_on_in(table: GridTable, carried: Sequence[float]) -> bool:
    """Do all edges of a table stand at edges of the carried one, the outer ones at its outer ones?"""
    return bool(carried) and all(
        min(abs(x - edge) for edge in edges) <= SNAP
        for x, edges in [(table.xs[0], carried[:1]), (table.xs[-1], carried[-1:])]
        + [(x, carried) for x in table.xs[1:-1]]
    )


def _grid(boxes: Sequence[tuple[float, float, float, float]]) -> GridTable:
    xs = sorted({v for b in boxes for v in (b[0], b[2])})
    ys = sorted({v for b in boxes for v in (b[1], b[3])})
    column_of, row_of = {x: i for i, x in enumerate(xs)}, {y: i for i, y in enumerate(ys)}
    cells = [
        GridCell(
            row_of[top],
            column_of[x0],
            row_of[bottom] - row_of[top],
            column_of[x1] - column_of[x0],
            x0,
            top,
            x1,
            bottom,
        )
        for x0, top, x1, bottom in boxes
    ]
    cells.sort(key=lambda c: (c.row, c.column))
    return GridTable(xs, ys, cells)


def fill_cells(table: GridTable, page: RawPage, items: Sequence[TextItem]) -> tuple[list[TextItem], bool]:
    """Put pieces, fills and shapes into the cells of a table.

    Gives the pieces that lie in no cell, and whether a piece crosses a cell's edge, so that the table
    should be filled again from words.
    """
    places = table.cell_map()
    outside: list[TextItem] = []
    crossing = False
    for item in items:
        cell = _place(table, places, (item.x0 + item.x1) / 2, (item.top + item.bottom) / 2)
        if cell is None:
            outside.append(item)
            crossing = crossing or _reaches_in(table, places, item)
            continue
        cell.items.append(item)
        if item.x0 < cell.x0 - CROSSING or item.x1 > cell.x1 + CROSSING:
            crossing = crossing or len(item.text.strip()) > 1
    for shape in page.shapes:
        cell = _place(table, places, (shape.x0 + shape.x1) / 2, (shape.top + shape.bottom) / 2)
        if cell is not None:
            cell.shapes.append(shape)
    _colour_cells(table, page.fills, places)
    return outside, crossing


def _place(table: GridTable, places: dict[tuple[int, int], GridCell], x: float, y: float) -> GridCell | None:
    return places.get((bisect_right(table.ys, y) - 1, bisect_right(table.xs, x) - 1))


def _reaches_in(table: GridTable, places: dict[tuple[int, int], GridCell], item: TextItem) -> bool:
    y = (item.top + item.bottom) / 2
    return any(_place(table, places, x, y) is not None for x in (item.x0 + CROSSING, item.x1 - CROSSING))


def _colour_cells(table: GridTable, fills: Sequence[Fill], places: dict[tuple[int, int], GridCell]) -> None:
    """The colour that covers at least half of a cell; strips of one colour add up, later fills lie on top."""
    covered: dict[int, dict[str, float]] = {}
    order: dict[int, list[str]] = {}
    for fill in fills:
        r0, r1 = bisect_right(table.ys, fill.top + 1) - 1, bisect_right(table.ys, fill.bottom - 1) - 1
        c0, c1 = bisect_right(table.xs, fill.x0 + 1) - 1, bisect_right(table.xs, fill.x1 - 1) - 1
        if r1 < 0 or c1 < 0 or r0 >= len(table.ys) - 1 or c0 >= len(table.xs) - 1:
            continue
        seen: set[int] = set()
        for r in range(max(r0, 0), min(r1, len(table.ys) - 2) + 1):
            for c in range(max(c0, 0), min(c1, len(table.xs) - 2) + 1):
                cell = places.get((r, c))
                if cell is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                w = min(cell.x1, fill.x1) - max(cell.x0, fill.x0)
                h = min(cell.bottom, fill.bottom) - max(cell.top, fill.top)
                if w > 0 and h > 0:
                    mine = covered.setdefault(id(cell), {})
                    mine[fill.colour] = mine.get(fill.colour, 0.0) + w * h
                    order.setdefault(id(cell), []).append(fill.colour)
    for cell in table.cells:
        shares = covered.get(id(cell))
        if not shares:
            continue
        area = (cell.x1 - cell.x0) * (cell.bottom - cell.top)
        for colour in reversed(order[id(cell)]):
            if shares[colour] >= 0.5 * area:
                cell.fill = None if is_white(colour) else colour
                break


def is_white(colour: str) -> bool:
    """True for white and what nobody can tell from it."""
    return all(int(colour[i : i + 2], 16) >= PALE for i in (0, 2, 4))
