"""Rules in a picture: long thin runs of ink, darker than what lies on either side of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from extract.scan.ink import Mask
    from extract.scan.picture import Pixels

Box = tuple[int, int, int, int]  # pixels: left, top, right, bottom

SHORTEST = 15.0  # points: no letter of running text has a straight stroke so long
THICKEST = 3.2  # points
GAP = 1.4  # points that a worn or broken rule may miss
DRAWN = 0.9  # share of its length that a rule has ink for
DARKER = (
    12.0,
    0.15,
)  # levels by which a rule must be darker than what is beside it, and share of that one's level
LIGHTER = 45  # levels by which a white rule must be lighter than the dark fills beside it
DARK_FILL = 150  # levels below which a fill is dark
BLOCK = 8.0  # points: the least height of a dark fill
SOLID = 0.85  # share of its box that a fill fills
EDGE = 22  # levels between two grounds along whose edge a rule may run
SLANT = 1.2  # points that a piece of rule may rise before it is cut into shorter ones
UNDER = 0.2  # share of a line's height, at its foot, in which an underline runs
MOST = 4000


class Run(Struct, frozen=True):
    """A rule in pixels: a box that is long and thin."""

    vertical: bool
    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def at(self) -> float:
        return (self.x0 + self.x1) / 2 if self.vertical else (self.top + self.bottom) / 2

    @property
    def start(self) -> int:
        return self.top if self.vertical else self.x0

    @property
    def end(self) -> int:
        return self.bottom if self.vertical else self.x1


def find_rules(grey: Pixels, scale: float, lines: Sequence[Box] = ()) -> tuple[list[Run], Pixels]:
    """The rules of a straightened picture, and a mask of their ink.

    ``scale``: pixels in a point. ``lines``: boxes of lines of text in pixels; runs along them are serifs and
    bars of letters that blur has joined, or underlines, of which only the ink is given.
    """
    import numpy as np

    runs, mask = _runs(grey, np.zeros(grey.shape, np.uint8), scale, lines)
    fills = [f for f in _dark_fills(grey, scale) if _belongs_to_rules(f, runs, scale)]
    if fills:
        solid = np.zeros(grey.shape, np.uint8)
        for x0, top, x1, bottom in fills:
            solid[top:bottom, x0:x1] = 1
        runs, mask = _runs(grey, solid, scale, lines)
        runs += [*_edges(fills), *_through(fills, runs, grey, scale)]
    return runs, mask


def _through(fills: Sequence[Box], runs: Sequence[Run], grey: Pixels, scale: float) -> list[Run]:
    """Upright rules below a dark fill, carried up through it where no letter stands in their way."""
    out: list[Run] = []
    for x0, top, x1, bottom in fills:
        for r in runs:
            if r.vertical and x0 < r.at < x1 and top < r.top <= bottom + 2 * scale:
                x = round(r.at)
                if (grey[top + 2 : bottom - 2, x - 1 : x + 2].max(axis=1) < DARK_FILL).mean() > 0.95:
                    out.append(Run(True, x - 1, top, x + 1, bottom))
    return out


def _belongs_to_rules(fill: Box, runs: Sequence[Run], scale: float) -> bool:
    """Do upright rules go on from a dark fill, above or below it? A band over a table without rules is no cell."""
    x0, top, x1, bottom = fill
    near = 2 * scale
    places = {
        round(r.at / near)
        for r in runs
        if r.vertical
        and x0 - near <= r.at <= x1 + near
        and (
            (top < r.top <= bottom + near)
            or (top - near <= r.bottom < bottom)
            or (r.top < top and r.bottom > bottom)
        )
    }
    return len(places) >= 2


def _runs(grey: Pixels, solid: Pixels, scale: float, lines: Sequence[Box]) -> tuple[list[Run], Pixels]:
    import numpy as np

    runs: list[Run] = []
    mask = np.zeros(grey.shape, np.uint8)
    for vertical in (False, True):
        seen, block = (np.ascontiguousarray(a.T) if vertical else a for a in (grey, solid))
        along = [(y0, x0, y1, x1) for x0, y0, x1, y1 in lines] if vertical else lines
        found, ink = _level_rules(seen, block, scale, along)
        mask |= ink.T if vertical else ink
        for x0, top, x1, bottom in found:
            runs.append(Run(True, top, x0, bottom, x1) if vertical else Run(False, x0, top, x1, bottom))
    return runs, mask


def _level_rules(grey: Pixels, solid: Pixels, scale: float, lines: Sequence[Box]) -> tuple[list[Box], Pixels]:
    import cv2
    import numpy as np

    thick = max(3, round(THICKEST * scale)) | 1
    # What a rule is drawn on, seen without it: across the rule only, so that fills keep their edges.
    beside = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((thick, 1), np.uint8))
    least, share = DARKER
    dark = ((beside.astype(np.float32) - grey) > least + share * beside).astype(np.uint8)
    # White rules between dark fills.
    ground = cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((thick, 1), np.uint8))
    dark |= ((grey.astype(np.int16) - ground > LIGHTER) & (solid > 0)).astype(np.uint8)
    gap = max(3, round(GAP * scale)) | 1
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    long = max(15, round(SHORTEST * scale))
    kept = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    kept = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((3, gap), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=8)
    out: list[Box] = []
    ink: Pixels = np.zeros(kept.shape, np.uint8)
    for k in range(1, min(count, MOST)):
        x, y, w, h = (int(v) for v in stats[k][:4])
        own: Mask = np.asarray(labels[y : y + h, x : x + w] == k)
        if w < long or not _is_drawn(own, dark[y : y + h, x : x + w]):
            continue
        within = _line_around((x, y, x + w, y + h), lines)
        if within is not None and not _is_underline((x, y, x + w, y + h), within):
            continue
        ink[y : y + h, x : x + w][own] = 1
        if within is not None:
            continue
        if h > 2 * thick + SLANT * scale:
            out += _slices(own, x, y, scale)
        else:
            out.append((x, y, x + w, y + h))
            out += _goes_on(grey, own, x, y, scale)
    return out, ink


def _line_around(run: Box, lines: Sequence[Box]) -> Box | None:
    """The line of text along which a level run lies, no longer than it and between its edges."""
    x0, top, x1, bottom = run
    for line in lines:
        left, above, right, below = line
        if (
            above < top
            and bottom < below
            and left - 3 <= x0
            and x1 <= right + 3
            and right - left > below - above
        ):
            return line
    return None


def _is_underline(run: Box, line: Box) -> bool:
    """Does a run lie at the foot of a line of text, nearly as long as it?"""
    low = line[3] - UNDER * (line[3] - line[1])
    return run[1] >= low and run[2] - run[0] >= 0.8 * (line[2] - line[0])


def _goes_on(grey: Pixels, own: Mask, left: int, top: int, scale: float) -> list[Box]:
    """Where a rule goes on along the edge of a dark fill, from which its ink hardly stands out."""
    import numpy as np

    width = own.shape[1]
    out: list[Box] = []
    for at_end in (False, True):
        part = own[:, -12:] if at_end else own[:, :12]
        y = top + int(np.flatnonzero(part.any(axis=1)).mean())
        x = left + width if at_end else left - 1
        row = _edge_along(grey, y)
        run = row[x:] if at_end else row[: x + 1][::-1]
        stop = int(np.argmin(run)) if not run.all() else len(run)
        if stop >= 4 * scale:
            x0, x1 = (x, x + stop) if at_end else (x - stop + 1, x + 1)
            out.append((x0, y, x1, y + 1))
    return out


def _edge_along(grey: Pixels, y: int) -> Mask:
    """For each column whether there is an edge between dark and light, or a thin dark line, at about row ``y``."""
    import numpy as np

    if not 5 <= y < grey.shape[0] - 5:
        return np.zeros(grey.shape[1], bool)
    band = grey[y - 5 : y + 6].astype(np.int16)
    above, below, line = band[0:2].mean(axis=0), band[-2:].mean(axis=0), band[3:8].min(axis=0)
    seen = (np.abs(above - below) > EDGE) | (line < np.minimum(above, below) - EDGE / 2)
    kernel = np.ones(9) / 9
    return np.asarray(np.convolve(seen, kernel, mode="same") >= 0.75)


def _dark_fills(grey: Pixels, scale: float) -> list[Box]:
    """Boxes of dark fills, whatever letters stand on them: where a fill ends, a cell does, though no rule is seen."""
    import cv2
    import numpy as np

    dark = (grey < DARK_FILL).astype(np.float32)
    reach = round(BLOCK * scale) | 1
    # At a straight edge half of what is around is dark; around letters on white less is.
    filled = (cv2.boxFilter(dark, -1, (reach, reach)) >= 0.5).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(filled, connectivity=4)
    out: list[Box] = []
    for x, y, w, h, area in (tuple(int(v) for v in row) for row in stats[1 : min(count, MOST)]):
        if w < 2 * reach or h < reach // 2 or area < SOLID * w * h:
            continue
        rows = dark[max(0, y - reach) : y + h + reach, x : x + w].mean(axis=1)
        columns = dark[y : y + h, max(0, x - reach) : x + w + reach].mean(axis=0)
        top, left = max(0, y - reach), max(0, x - reach)
        first, last = _stretch(rows, y - top, h)
        across = np.flatnonzero(columns >= 0.5)
        if len(across):
            out.append((left + int(across[0]), top + first, left + int(across[-1]) + 1, top + last))
    return out


def _stretch(shares: NDArray[Any], start: int, length: int) -> tuple[int, int]:
    """Where a fill begins and ends, by the shares of dark in rows, from the darkest of those it is about.

    A dark row beyond a light one is that of letters below the fill.
    """
    first = start + int(shares[start : start + length].argmax())
    last = first + 1
    while first > 0 and shares[first - 1] >= 0.5:
        first -= 1
    while last < len(shares) and shares[last] >= 0.5:
        last += 1
    return first, last


def _edges(fills: Sequence[Box]) -> Iterator[Run]:
    for x0, top, x1, bottom in fills:
        yield Run(False, x0, top - 1, x1, top + 1)
        yield Run(False, x0, bottom - 1, x1, bottom + 1)
        yield Run(True, x0 - 1, top, x0 + 1, bottom)
        yield Run(True, x1 - 1, top, x1 + 1, bottom)


def _is_drawn(own: Mask, dark: Pixels) -> bool:
    """Is there ink nearly all along a run, as in no line of letters?"""
    inked = ((dark > 0) & own).any(axis=0)
    return float(inked.mean()) >= DRAWN


def _slices(ink: Mask, left: int, top: int, scale: float) -> list[Box]:
    """A component too tall for one rule, as short pieces side by side, each of its own height."""
    import numpy as np

    step = max(8, round(24 * scale))
    thick = max(3, round(THICKEST * scale))
    out: list[Box] = []
    for x in range(0, ink.shape[1], step):
        part = ink[:, x : x + step]
        filled = part.sum(axis=1) > 0.6 * part.shape[1]
        edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
        for y0, y1 in zip(edges[::2], edges[1::2], strict=True):
            if y1 - y0 <= 2 * thick:
                out.append((left + x, top + int(y0), left + x + part.shape[1], top + int(y1)))
    return out


def without_rules(pixels: Pixels, mask: Pixels, scale: float) -> Pixels:
    """The picture with the ink of rules replaced by what lies beside it, for letters to be read alone."""
    import cv2
    import numpy as np

    wide = max(3, round(THICKEST * scale)) | 1
    edge = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    upright = cv2.morphologyEx(pixels, cv2.MORPH_CLOSE, np.ones((wide + 2, 1), np.uint8))
    both = cv2.morphologyEx(upright, cv2.MORPH_CLOSE, np.ones((1, wide + 2), np.uint8))
    cleaned: Pixels = np.where(edge[:, :, None] > 0, both, pixels)
    return cleaned
