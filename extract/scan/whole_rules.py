"""Level rules made whole: pieces at one height are one rule where only the fill of a cell lies between them.

A thin rule can hardly be seen on the strong colour of a status.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.scan.ruling import Run

if TYPE_CHECKING:
    from extract.scan.picture import Pixels

SAME_HEIGHT = 0.8  # points
PAPER = 235  # levels, in every colour, from which on a ground is paper
FILLED = 0.9  # share of a gap that a fill covers


def made_whole(pixels: Pixels, runs: Sequence[Run], scale: float) -> list[Run]:
    """The rules with level ones joined over fills. ``pixels`` in colour, ``scale``: pixels in a point."""
    out = [r for r in runs if r.vertical]
    row: list[Run] = []
    for run in sorted((r for r in runs if not r.vertical), key=lambda r: r.at):
        if row and run.at - row[0].at > SAME_HEIGHT * scale:
            out += _joined(pixels, row, scale)
            row = []
        row.append(run)
    return out + _joined(pixels, row, scale)


def _joined(pixels: Pixels, row: Sequence[Run], scale: float) -> list[Run]:
    """The pieces at one height, joined where they overlap or a fill lies between them."""
    joined: list[Run] = []
    for run in sorted(row, key=lambda r: r.x0):
        last = joined[-1] if joined else None
        if last is not None and (run.x0 <= last.x1 or _is_filled(pixels, last.x1, run.x0, run.at, scale)):
            wide = last if last.x1 - last.x0 >= run.x1 - run.x0 else run
            joined[-1] = Run(False, last.x0, wide.top, max(last.x1, run.x1), wide.bottom)
        else:
            joined.append(run)
    return joined


def _is_filled(pixels: Pixels, x0: int, x1: int, at: float, scale: float) -> bool:
    """Does a fill cover the gap between two pieces, above the rule and below it?"""
    near, far = round(at - 3 * scale), round(at + 3 * scale)
    if near < 0 or far >= pixels.shape[0]:
        return False
    return all(
        float((pixels[y, x0 : max(x1, x0 + 1)].min(axis=1) < PAPER).mean()) >= FILLED for y in (near, far)
    )
