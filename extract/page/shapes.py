"""What a small piece of ink looks like: arrow, triangle, circle, star … told from its outline alone.

An outline is a list of closed contours of (x, y) points, y growing downwards. It is scaled to its own box
and rasterised on a small grid; the decision rests on how the width of the ink runs along each axis,
so that it holds for any font and any drawing program.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor

Point = tuple[float, float]
Outline = Sequence[Sequence[Point]]
Grid = list[list[bool]]

GRID = 30
BARB = 4  # cells that the slanted ends of an open arrow head take
NEAR = 5e-4  # cells; outlines come as single precision floats
FINE = 5  # decimals of an outline's larger side to which outlines that are alike agree


_PAIRS = {
    frozenset(("triangle-left", "triangle-right")): "arrow-both",
    frozenset(("arrow-left", "arrow-right")): "arrow-both",
    frozenset(("triangle-up", "triangle-down")): "arrow-up-down",
    frozenset(("arrow-up", "arrow-down")): "arrow-up-down",
    frozenset(("bar",)): "bar",
}


def name_shape(outline: Outline) -> str | None:
    """The shape's name as in ``cells.Glyph.shape``, or None where it looks like nothing known.

    Two shapes side by side that point apart (or two bars) are one sign.
    """
    points = [p for contour in outline for p in contour]
    if len(points) < 3:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, y0 = min(xs), min(ys)
    size = max(max(xs) - x0, max(ys) - y0)
    if size <= 0:
        return None
    return _named(
        tuple(
            tuple((round((x - x0) / size, FINE), round((y - y0) / size, FINE)) for x, y in contour)
            for contour in outline
        )
    )


@lru_cache(maxsize=512)
def _named(outline: tuple[tuple[Point, ...], ...]) -> str | None:
    """The name of an outline of size 1: the lights of a column are all drawn alike."""
    if len(outline) == 2:
        pair = frozenset(str(_name_one([contour])) for contour in outline)
        if pair in _PAIRS:
            return _PAIRS[pair]
    return _name_one(outline)


def _name_one(outline: Outline) -> str | None:
    points = [p for contour in outline for p in contour]
    if len(points) < 3:
        return None
    x0, x1 = min(p[0] for p in points), max(p[0] for p in points)
    y0, y1 = min(p[1] for p in points), max(p[1] for p in points)
    width, height = x1 - x0, y1 - y0
    if width <= 0 or height <= 0:
        return None
    if max(width, height) > 4.5 * min(width, height):
        return "bar" if width > height and len(points) <= 8 else None
    grid = rasterise(outline, x0, y0, width, height)
    return name_mask(grid, width / height)


def rasterise(outline: Outline, x0: float, y0: float, width: float, height: float) -> Grid:
    """The ink on a GRID × GRID mask (non-zero winding rule), stretched to fill it."""
    edges: list[tuple[float, float, float, float]] = []
    for contour in outline:
        scaled = [((x - x0) / width * GRID, (y - y0) / height * GRID) for x, y in contour]
        for a, b in zip(scaled, scaled[1:] + scaled[:1], strict=True):
            if a[1] != b[1]:
                edges.append((*a, *b))
    grid: Grid = []
    for row in range(GRID):
        y = row + 0.5 + NEAR
        crossings: list[tuple[float, int]] = []
        for ax, ay, bx, by in edges:
            if (ay <= y) != (by <= y):
                crossings.append((ax + (y - ay) / (by - ay) * (bx - ax), 1 if by > ay else -1))
        crossings.sort()
        line = [False] * GRID
        winding = 0
        for (x, turn), (x_next, _) in pairwise(crossings):
            winding += turn
            if winding:
                # Cells whose middle is inside, both ends counted, so that mirrored outlines give mirrored masks.
                for column in range(max(0, ceil(x - 0.5 - NEAR)), min(GRID, floor(x_next - 0.5 + NEAR) + 1)):
                    line[column] = True
        grid.append(line)
    return grid


def name_mask(grid: Grid, aspect: float) -> str | None:
    """Name a mask; ``aspect`` is the width of the real shape over its height."""
    ink = sum(map(sum, grid))
    share = ink / (GRID * GRID)
    if share < 0.08:
        return None
    columns = [list(c) for c in zip(*grid, strict=True)]
    up_down = _mirror_error(grid, ink)  # small where left and right halves mirror each other
    left_right = _mirror_error(columns, ink)
    rows_wide, columns_wide = [_extent(r) for r in grid], [_extent(c) for c in columns]
    if share > 0.93:
        return "square" if 0.8 <= aspect <= 1.25 else ("bar" if aspect > 2 else None)
    if up_down < 0.16 and left_right < 0.16:
        return _both_ways(grid, share, aspect, rows_wide, columns_wide)
    if up_down < 0.2 and _is_star(grid, rows_wide):
        return "star"
    if up_down < 0.22 and up_down <= left_right:
        found = _pointed(rows_wide, share)
        if found:
            return f"{found[0]}-{'up' if found[1] else 'down'}"
    if left_right < 0.22 and left_right <= up_down:
        found = _pointed(columns_wide, share)
        if found:
            return f"{found[0]}-{'left' if found[1] else 'right'}"
    return _diagonal(grid, ink, aspect) or _tick(grid, share)


def _extent(line: list[bool]) -> int:
    """Distance from the first to the last ink of a line of cells, so that open arrow heads count whole."""
    return len(line) - line.index(True) - line[::-1].index(True) if True in line else 0


def _is_star(grid: Grid, rows_wide: list[int]) -> bool:
    """Point on top, widest in the upper half, two legs apart at the bottom."""
    middle = slice(GRID // 2 - 2, GRID // 2 + 2)
    peak = max(rows_wide)
    return (
        rows_wide[0] < 0.3 * peak
        and 0.25 * GRID < rows_wide.index(peak) < 0.55 * GRID
        and rows_wide[-2] > 0.5 * peak
        and not any(grid[-2][middle])
        and all(grid[GRID // 2][middle])
    )


def _tick(grid: Grid, share: float) -> str | None:
    """A check mark: the lowest ink lies left of the middle, the long arm ends top right."""
    if not 0.1 <= share <= 0.45:
        return None
    lowest = [x for x, on in enumerate(grid[-1]) if on]
    right_top = [y for y in range(GRID) if grid[y][-1]]
    left_top = [y for y in range(GRID) if grid[y][0]]
    if not (lowest and right_top and left_top):
        return None
    at = sum(lowest) / len(lowest)
    return "tick" if at < 0.5 * GRID and min(right_top) < 0.3 * GRID and min(left_top) > 0.35 * GRID else None


def _mirror_error(grid: Grid, ink: int) -> float:
    """Share of ink cells whose mirror image across the middle of the row is empty."""
    wrong = sum(1 for row in grid for a, b in zip(row, reversed(row), strict=True) if a and not b)
    return wrong / ink


def _pointed(widths: list[int], share: float) -> tuple[str, bool] | None:
    """Triangle or arrow along an axis; True where the point is at the start of ``widths``."""
    third = GRID // 3
    head, tail = sum(widths[:third]), sum(widths[-third:])
    peak = max(widths)
    at_peak = widths.index(peak)
    at_peak_end = GRID - 1 - widths[::-1].index(peak)
    if (0.4 <= share <= 0.62 or share < 0.4) and peak > 0.85 * GRID and _straight_sides(widths):
        falling = sum(1 for a, b in pairwise(widths) if b + 1 < a)
        rising = sum(1 for a, b in pairwise(widths) if a + 1 < b)
        if head < tail and at_peak > 0.7 * GRID and falling <= 2:
            return "triangle", True
        if head > tail and at_peak_end < 0.3 * GRID and rising <= 2:
            return "triangle", False
    # An arrow has a narrow shaft on one side of its widest place and tapers to a point on the other.
    first_half = at_peak + at_peak_end < GRID
    for starts in (first_half, not first_half):
        run = widths if starts else widths[::-1]
        if _is_arrow(run):
            return "arrow", starts
    return None


def _is_arrow(widths: list[int]) -> bool:
    """Does an arrow point at the start of ``widths``: tip, barbs, then a shaft?"""
    peak = max(widths)
    at_peak, at_peak_end = widths.index(peak), GRID - 1 - widths[::-1].index(peak)
    shaft = widths[min(GRID - 2, at_peak_end + BARB) :]
    return (
        at_peak < 0.72 * GRID
        and max(shaft) < 0.72 * peak
        and widths[0] < 0.5 * peak
        and _tapers(widths[: at_peak + 1])
    )


def _straight_sides(widths: list[int]) -> bool:
    """True where widths run evenly from nothing to the full width, as in a triangle."""
    rising = widths if widths[0] < widths[-1] else widths[::-1]
    peak = max(widths)
    return all(abs(w / peak - (i + 0.5) / GRID) < 0.14 for i, w in enumerate(rising[: round(0.9 * GRID)]))


def _tapers(widths: list[int]) -> bool:
    """True where widths grow from the tip to the head's base without falling back much."""
    return len(widths) >= 4 and all(b >= a - 2 for a, b in pairwise(widths))


def _both_ways(
    grid: Grid, share: float, aspect: float, rows_wide: list[int], columns_wide: list[int]
) -> str | None:
    corner = any(grid[y][x] for y in (0, 1, -1, -2) for x in (0, 1, -1, -2))
    middle = grid[GRID // 2][GRID // 2]
    if 0.74 <= share <= 0.83 and 0.8 <= aspect <= 1.25 and not corner:
        return "circle"
    if (
        0.44 <= share <= 0.56
        and 0.75 <= aspect <= 1.35
        and not corner
        and middle
        and rows_wide[GRID // 2] > 0.9 * GRID
    ):
        return "diamond"
    if aspect > 1.2 and _two_heads(columns_wide):
        return "arrow-both"
    if aspect < 0.83 and _two_heads(rows_wide):
        return "arrow-up-down"
    if share < 0.6 and corner and middle and rows_wide[GRID // 2] < 0.6 * GRID:
        return "cross"
    if not middle and 0.15 < share < 0.6 and 0.8 <= aspect <= 1.25 and not corner:
        return "circle"
    return None


def _two_heads(widths: list[int]) -> bool:
    centre = max(widths[GRID // 2 - 2 : GRID // 2 + 2])
    peak = max(widths)
    first = widths[: 2 * (GRID // 4)]
    at = first.index(max(first))
    # The grid may cut one head a little shorter than the other.
    return centre < 0.75 * peak and widths[0] < 0.6 * peak and at > 1 and max(first) > 0.85 * peak


def _diagonal(grid: Grid, ink: int, aspect: float) -> str | None:
    """An arrow that points to a corner: symmetrical about a diagonal, heavy in that corner."""
    if not 0.7 <= aspect <= 1.4:
        return None
    half = GRID // 2
    transposed = [list(c) for c in zip(*grid, strict=True)]
    falling = sum(
        1 for a, b in zip(grid, transposed, strict=True) for x, y in zip(a, b, strict=True) if x and not y
    )
    flipped = [row[::-1] for row in grid]
    flipped_t = [list(c) for c in zip(*flipped, strict=True)]
    rising = sum(
        1 for a, b in zip(flipped, flipped_t, strict=True) for x, y in zip(a, b, strict=True) if x and not y
    )
    upper_right = sum(sum(row[half:]) for row in grid[:half])
    lower_left = sum(sum(row[:half]) for row in grid[half:])
    lower_right = sum(sum(row[half:]) for row in grid[half:])
    upper_left = sum(sum(row[:half]) for row in grid[:half])
    if (
        rising / ink < 0.2
        and rising <= falling
        and max(upper_right, lower_left) > 1.4 * min(upper_right, lower_left)
    ):
        return "arrow-up-right" if upper_right > lower_left else "arrow-down-left"
    if (
        falling / ink < 0.2
        and falling <= rising
        and max(lower_right, upper_left) > 1.4 * min(lower_right, upper_left)
    ):
        return "arrow-down-right" if lower_right > upper_left else "arrow-up-left"
    return None
