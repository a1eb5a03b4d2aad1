"""Arrows, lights and other signs in a picture, told by the shape of their ink as on text pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import glyphs
from extract.page import shapes

if TYPE_CHECKING:
    from extract.scan.ink import Mask

LEAST_PIXELS = 9


def shape_of(mask: Mask) -> str | None:
    """The name of the shape that all ink of a mask makes together."""
    import numpy as np

    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows) < LEAST_PIXELS and len(columns) < LEAST_PIXELS:
        return None
    part = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
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
