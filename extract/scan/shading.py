"""Fills in a picture: the colour of the ground under the letters, of each cell and of bands without rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.page.parts import Fill

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.scan.picture import Pixels

    Colour = NDArray[np.float64]

PALE = 236  # a ground lighter than this in every colour is paper with its grain
SAME = 14  # levels within which two grounds are one colour
OTHER = 30  # levels from which on two rows of a band are of two colours
NEUTRAL = 10  # levels between the colours of what is called grey
BAND = (24.0, 5.0)  # points: the least width and height of a band outside of cells
SOLID = 0.8  # share of its box that a band must fill

COLOURED = (
    40,
    12,
)  # levels between the inks of a coloured pixel, and how many of a quarter's scale make a page so
WHOLE_ROW = 0.5  # share of a table's width from which a fill is that of a row


def has_colours(pixels: Pixels) -> bool:
    """Is there anything on the page that is neither black, white nor grey?"""
    import cv2

    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    levels, least = COLOURED
    return int((small.max(axis=2) - small.min(axis=2) > levels).sum()) >= least


def of_whole_rows(fills: Sequence[Fill], table: tuple[float, float, float, float]) -> list[Fill]:
    """Those of the cells of a table that make up most of a row with others of the same colour."""
    x0, top, x1, bottom = table
    inside = [
        f for f in fills if x0 - 1 <= f.x0 and f.x1 <= x1 + 1 and top - 1 <= f.top and f.bottom <= bottom + 1
    ]
    rows: dict[tuple[str, int], float] = {}
    for fill in inside:
        row = fill.colour, round(fill.top)
        rows[row] = rows.get(row, 0.0) + fill.x1 - fill.x0
    return [f for f in inside if rows[f.colour, round(f.top)] >= WHOLE_ROW * (x1 - x0)]


def cell_fills(
    pixels: Pixels, cells: Sequence[tuple[float, float, float, float]], scale: float
) -> list[Fill]:
    """The grounds of cells (boxes in points) that are not white."""
    grounds: list[tuple[tuple[float, float, float, float], Colour]] = []
    for box in cells:
        x0, top, x1, bottom = box
        inset = min(1.6, 0.15 * (bottom - top), 0.15 * (x1 - x0))
        part = pixels[
            round((top + inset) * scale) : round((bottom - inset) * scale),
            round((x0 + inset) * scale) : round((x1 - inset) * scale),
        ]
        ground = _ground(part)
        if ground is not None:
            grounds.append((box, ground))
    return _as_fills(grounds)


def band_fills(
    pixels: Pixels, known: Sequence[tuple[float, float, float, float]], scale: float
) -> list[Fill]:
    """Coloured rectangles outside of ``known`` boxes (in points)."""
    import cv2
    import numpy as np

    step = max(1, round(scale))
    small = cv2.resize(
        cv2.medianBlur(pixels, 5), None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA
    )
    # Letters are closed over with what surrounds them, so that only grounds are left.
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    coloured = (small.min(axis=2) < PALE).astype(np.uint8)
    for x0, top, x1, bottom in known:
        a, b, c, d = (round(v * scale / step) for v in (x0 - 2, top - 2, x1 + 2, bottom + 2))
        coloured[max(0, b) : d, max(0, a) : c] = 0
    found: list[tuple[tuple[float, float, float, float], Colour]] = []
    count, _, stats, _ = cv2.connectedComponentsWithStats(coloured, connectivity=4)
    for k in range(1, min(count, 2000)):
        x, y, w, h, area = (int(v) for v in stats[k])
        box = tuple(v * step / scale for v in (x, y, x + w, y + h))
        if box[2] - box[0] < BAND[0] or box[3] - box[1] < BAND[1] or area < SOLID * w * h:
            continue
        for first, last, colour in _stripes(small[y : y + h, x : x + w]):
            edges = box[0], (y + first) * step / scale, box[2], (y + last) * step / scale
            found.append((edges, colour))
    return _as_fills(found)


def _stripes(part: Pixels) -> list[tuple[int, int, Colour]]:
    """The stretches of rows of one colour that a band is made of, as of status cells one below the other."""
    import numpy as np

    rows: Colour = np.median(part, axis=1)
    edges = [0]
    for k in range(1, len(rows)):
        if np.abs(rows[k] - np.median(rows[edges[-1] : k], axis=0)).max() > OTHER:
            edges.append(k)
    edges.append(len(rows))
    stretches = [(a, b) for a, b in pairwise(edges) if b - a >= min(3, len(rows))]
    return [(a, b, np.median(rows[a:b], axis=0)) for a, b in stretches]


def _ground(part: Pixels) -> Colour | None:
    """The most common colour of a piece of picture, None where it is white."""
    import numpy as np

    if part.size < 60:
        return None
    flat = part.reshape(-1, 3)
    grey = flat.min(axis=1)
    counts = np.convolve(np.bincount(grey, minlength=256), np.ones(17), mode="same")
    level = int(np.argmax(counts))
    near = flat[np.abs(grey.astype(np.int16) - level) <= 8]
    if len(near) < 0.3 * len(flat):  # a dither of dark and light, as copiers print grey
        near = flat
    colour: Colour = np.median(near, axis=0) if len(near) < len(flat) else flat.mean(axis=0)
    return None if (colour >= PALE).all() else colour


def _as_fills(grounds: Sequence[tuple[tuple[float, float, float, float], Colour]]) -> list[Fill]:
    """Fills with like colours made one, since grain gives each cell a shade of its own."""
    import numpy as np

    groups: list[list[Colour]] = []
    where: list[int] = []
    for _, colour in grounds:
        for k, group in enumerate(groups):
            if (np.abs(np.mean(group, axis=0) - colour) <= SAME).all():
                group.append(colour)
                where.append(k)
                break
        else:
            groups.append([colour])
            where.append(len(groups) - 1)
    names = [_name(np.mean(group, axis=0)) for group in groups]
    return [Fill(*box, names[k]) for (box, _), k in zip(grounds, where, strict=True)]


def _name(colour: Colour) -> str:
    """RRGGBB; what has no colour to speak of is made plain grey."""
    blue, green, red = (min(255, max(0, round(float(v)))) for v in colour)
    if max(red, green, blue) - min(red, green, blue) <= NEUTRAL:
        red = green = blue = round((red + green + blue) / 3)
    return f"{red:02X}{green:02X}{blue:02X}"
