"""The cells between rules: the smallest rectangle whose four sides run along rules, from each crossing on.

What pdfplumber's ``intersections_to_cells`` finds, which the tests hold this against. That one looks for the crossings
below and beside each crossing among all others, so a spreadsheet page of six thousand cells takes it half a second.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

Point = tuple[float, float]  # x and y of a crossing, in points from the page's top left
Bounds = tuple[float, float, float, float]  # x0, top, x1, bottom


def cells_between(crossings: Mapping[Point, Mapping[str, list[dict[str, Any]]]]) -> list[Bounds]:
    """The cells of ``crossings``: for each point, the edges through it, upright ones as "v" and level ones as "h".

    They come by their left edges and then downwards, as pdfplumber's do.
    """
    names: dict[Bounds, int] = {}
    known: dict[int, int] = {}  # by the edge's own id, for most stand at many crossings

    def name(edge: dict[str, Any]) -> int:
        if id(edge) not in known:
            box = (edge["x0"], edge["top"], edge["x1"], edge["bottom"])
            known[id(edge)] = names.setdefault(box, len(names))
        return known[id(edge)]

    def through(edges: list[dict[str, Any]]) -> frozenset[int]:
        return frozenset(map(name, edges))

    upright = {point: through(edges["v"]) for point, edges in crossings.items()}
    level = {point: through(edges["h"]) for point, edges in crossings.items()}
    points = sorted(crossings)
    columns: defaultdict[float, list[float]] = defaultdict(list)
    rows: defaultdict[float, list[float]] = defaultdict(list)
    for x, y in points:
        columns[x].append(y)
        rows[y].append(x)

    def smallest(x: float, y: float) -> Bounds | None:
        down, along, row = upright[x, y], level[x, y], rows[y]
        beyond = bisect_right(row, x)
        column = columns[x]
        for bottom in column[bisect_right(column, y) :]:
            if down.isdisjoint(upright[x, bottom]):
                continue
            for k in range(beyond, len(row)):
                right = row[k]
                foot = (right, bottom)
                if (
                    foot in upright
                    and not along.isdisjoint(level[right, y])
                    and not upright[foot].isdisjoint(upright[right, y])
                    and not level[foot].isdisjoint(level[x, bottom])
                ):
                    return x, y, right, bottom
        return None

    return [cell for x, y in points if (cell := smallest(x, y)) is not None]
