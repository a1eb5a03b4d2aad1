"""Ink in pictures of single lines: which pixels it is, its pieces, how thick its strokes are, its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from extract.scan.picture import Pixels

    Mask = NDArray[Any]  # truth values

FAINT = 28  # levels between ground and ink below which there is no ink
GRAIN = 12  # levels by which a ground may vary
COLOURED = 45  # levels between the colours of an ink that is not black


class Blob(Struct, frozen=True):
    """A connected piece of ink: box in pixels (x1 and bottom are one past the end) and area."""

    x0: int
    top: int
    x1: int
    bottom: int
    area: int


def luminance(pixels: Pixels) -> Pixels:
    import cv2

    grey: Pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    return grey


def ink_mask(grey: Pixels) -> Mask:
    """Where the ink is in a small picture: what is clearly darker than its ground, or lighter on a dark one."""
    import numpy as np

    if not grey.size:
        return np.zeros(grey.shape, bool)
    counts = np.convolve(np.bincount(grey.ravel(), minlength=256), np.ones(9), mode="same")
    ground = int(np.argmax(counts))
    dark, light = (int(v) for v in np.percentile(grey, (1.5, 98.5)))
    if max(ground - dark, light - ground) < FAINT:
        return np.zeros(grey.shape, bool)
    if ground - dark >= light - ground:
        return np.asarray(grey < (ground + dark) / 2)
    return np.asarray(grey > (ground + light) / 2)


def blobs(mask: Mask) -> list[Blob]:
    """The connected pieces of a mask, from left to right."""
    import cv2
    import numpy as np

    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    found = [Blob(int(x), int(y), int(x + w), int(y + h), int(a)) for x, y, w, h, a in stats[1:count]]
    return sorted(found, key=lambda b: (b.x0, b.top))


def stroke(mask: Mask) -> float:
    """The usual thickness of the strokes of a piece of ink, in pixels; 0 without ink."""
    import cv2
    import numpy as np

    if not mask.any():
        return 0.0
    grown = cv2.resize(np.pad(mask, 1).astype(np.uint8), None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR)
    depth = cv2.distanceTransform(grown, cv2.DIST_L2, 3)
    return float(4 * depth[grown > 0].mean() / 3)


def darkness(grey: Pixels, mask: Mask) -> float:
    """All darkness of a piece of ink, its blurred edges too, over the area of its mask: in levels, 0 without ink."""
    import numpy as np

    if not mask.any() or mask.all():
        return 0.0
    levels = grey.astype(np.float32)
    off = np.abs(levels - np.median(levels[~mask]))
    return float(off[off >= GRAIN].sum() / mask.sum())


def ink_colour(pixels: Pixels, mask: Mask) -> str:
    """The colour of ink as RRGGBB: black for what is only dark, white for light letters on a dark ground."""
    import cv2
    import numpy as np

    core = mask
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if inner.sum() >= 8:
        core = inner
    if not core.any():
        return "000000"
    blue, green, red = (int(v) for v in np.median(pixels[core], axis=0))
    if max(red, green, blue) - min(red, green, blue) < COLOURED:
        return "FFFFFF" if min(red, green, blue) > 170 else "000000"
    return f"{red:02X}{green:02X}{blue:02X}"
