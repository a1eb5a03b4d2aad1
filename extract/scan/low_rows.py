"""Upright rules in rows too low for them to be told from letters by their length: they stand between two level
rules, where an upright rule of other rows stands, and have ink all the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.scan.ruling import DARKER, SHORTEST, Run

if TYPE_CHECKING:
    from extract.scan.picture import Pixels

LOWEST = 5.0  # points: a row that holds letters is no lower
NEAR = 1.5  # points by which two rules may miss each other that are one
DRAWN = 0.9  # share of its length that a rule has ink for


def upright_in_low_rows(grey: Pixels, runs: Sequence[Run], scale: float) -> list[Run]:
    """Further upright rules of a picture in which ``runs`` were found. ``scale``: pixels in a point."""
    near = NEAR * scale
    upright = [r for r in runs if r.vertical]
    found: list[Run] = []
    for x in _merged([r.at for r in upright], near):
        own = [r for r in upright if abs(r.at - x) <= near]
        heights = _merged([r.at for r in runs if not r.vertical and r.x0 - near <= x <= r.x1 + near], near)
        for top, bottom in pairwise(heights):
            if not LOWEST * scale <= bottom - top <= SHORTEST * scale + near:
                continue
            middle = (top + bottom) / 2
            if not any(r.top <= middle <= r.bottom for r in own) and _is_inked(grey, x, top, bottom, scale):
                found.append(Run(True, round(x) - 1, round(top), round(x) + 1, round(bottom)))
    return found


def _merged(places: Sequence[float], near: float) -> Iterator[float]:
    """Places in order, of those that are near each other only the first."""
    last: float | None = None
    for place in sorted(places):
        if last is None or place - last > near:
            last = place
            yield place


def _is_inked(grey: Pixels, x: float, top: float, bottom: float, scale: float) -> bool:
    """Is there, nearly all the way from one height to the other, ink at ``x`` darker than on either side of it?"""
    import numpy as np

    at, inner, outer = round(x), max(2, round(0.8 * scale)), max(5, round(2.5 * scale))
    edge = max(2, round(0.8 * scale))
    strip = grey[round(top) + edge : round(bottom) - edge, max(0, at - outer) : at + outer + 1]
    if not strip.shape[0] or strip.shape[1] < 2 * outer + 1:
        return False
    line = strip[:, outer - inner : outer + inner + 1].min(axis=1).astype(np.float32)
    left = np.median(strip[:, : outer - inner], axis=1)
    right = np.median(strip[:, outer + inner + 1 :], axis=1)
    least, share = DARKER
    beside = np.minimum(left, right)
    return float((beside - line > least + share * beside).mean()) >= DRAWN
