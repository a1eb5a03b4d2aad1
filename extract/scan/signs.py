"""Arrows, lights and other signs in a picture, told by the shape of their ink as on text pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import glyphs
from extract.page import shapes

if TYPE_CHECKING:
    from extract.scan.ink import Mask

LEAST_PIXELS = 9


def shape_of(mask: Mask) -> str | None:
    """The name of the shape that all ink of a mask makes together, if need be without half a pixel at its edges.

    In coarse pictures a sign is a pixel too wide for its height, or has a worn first or last line.
    """
    part = _inked(mask)
    if not part.size or max(part.shape) < LEAST_PIXELS:
        return None
    trimmed = (part, part[:-1], part[1:], part[:, :-1], part[:, 1:])
    ways = (*trimmed, *map(_slimmer, trimmed))
    return next((name for way in ways if (name := _named(_inked(way))) is not None), None)


def _slimmer(mask: Mask) -> Mask:
    """A mask of twice the size, without half a pixel of the first all around."""
    import cv2
    import numpy as np

    fine = np.pad(mask.astype(np.uint8).repeat(2, axis=0).repeat(2, axis=1), 1)
    return np.asarray(cv2.erode(fine, np.ones((3, 3), np.uint8)) > 0)


def _inked(mask: Mask) -> Mask:
    """The part of a mask that holds all its ink."""
    import numpy as np

    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return mask[:0, :0]
    return mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _named(part: Mask) -> str | None:
    import numpy as np

    if not part.size:
        return None
    height, width = part.shape
    if max(height, width) > 4.5 * min(height, width):
        return None
    n = shapes.GRID
    down = ((np.arange(n) + 0.5) * height / n).astype(int)
    across = ((np.arange(n) + 0.5) * width / n).astype(int)
    grid = [[bool(v) for v in row] for row in part[np.ix_(down, across)]]
    return shapes.name_mask(grid, width / height)


def is_sign(text: str) -> bool:
    """Does a piece of text hold nothing but signs that show a shape?"""
    return bool(text) and all(not c.isalnum() and glyphs.unicode_shape(c) is not None for c in text)


def points(shape: str | None) -> bool:
    return shape is not None and shape.startswith(("arrow", "triangle"))
