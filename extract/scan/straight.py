"""How a page lies in its picture: a quarter turn, upside down, a few degrees askew; and the picture put right.

Text and rules run in lines, so the darkness of rows of pixels changes most sharply at the right angle. Which
end is up only reading can tell: see ``upright_way`` in ``extract.scan.reading``.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from extract.scan.picture import Pixels

LOOK = 1100  # pixels of the longer side of the picture in which the angle is looked for
MOST = 5.0  # degrees askew that are looked for
LEAST = 0.03  # degrees below which turning would only blur


class Turn(Struct, frozen=True):
    """How an upright page was made from a page as shown: quarter turns anticlockwise, then ``angle`` degrees.

    Lengths are in points: ``shown`` and ``upright`` are the sizes before and after.
    """

    quarters: int
    angle: float
    shown: tuple[float, float]

    @property
    def upright(self) -> tuple[float, float]:
        return self.shown if self.quarters % 2 == 0 else (self.shown[1], self.shown[0])

    @property
    def is_none(self) -> bool:
        """Did the page lie straight and upright?"""
        return not self.quarters % 4 and not self.angle

    def back(self, x: float, y: float) -> tuple[float, float]:
        """A point of the upright page on the page as shown."""
        width, height = self.upright
        cx, cy, turn = width / 2, height / 2, radians(self.angle)
        # The picture was turned anticlockwise by ``angle`` about its middle; this goes back.
        dx, dy = x - cx, y - cy
        x, y = cx + dx * cos(turn) - dy * sin(turn), cy + dx * sin(turn) + dy * cos(turn)
        for _ in range(self.quarters % 4):
            x, y, width, height = height - y, x, height, width
        return x, y

    def box_back(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """The smallest upright box on the page as shown around a box of the upright page."""
        corners = [self.back(x, y) for x in (x0, x1) for y in (top, bottom)]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        return min(xs), min(ys), max(xs), max(ys)


def turned(pixels: Pixels, quarters: int) -> Pixels:
    """The picture turned anticlockwise by quarters."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(pixels, quarters % 4))


def straightened(pixels: Pixels, angle: float) -> Pixels:
    """The picture turned anticlockwise by ``angle`` degrees about its middle, white where nothing was."""
    import cv2

    if abs(angle) < LEAST:
        return pixels
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    made: Pixels = cv2.warpAffine(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )  # fmt: skip
    return made


def skew(pixels: Pixels) -> float:
    """By how many degrees the picture must be turned anticlockwise to lie straight."""
    ink = _ink(pixels)
    if not ink.any():
        return 0.0
    best, step = 0.0, 0.5
    angles = [k * step for k in range(round(-MOST / step), round(MOST / step) + 1)]
    while True:
        best = max(angles, key=lambda angle: _sharpness(ink, angle))
        if step <= 0.02:
            return 0.0 if abs(best) < LEAST else round(best, 3)
        step /= 5
        angles = [best + k * step for k in range(-5, 6)]


def _ink(pixels: Pixels) -> Pixels:
    """Thin dark strokes of a reduced picture: letters and rules, no fills."""
    import cv2
    import numpy as np

    grey = pixels.min(axis=2)
    scale = LOOK / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    hat = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8))
    kept: Pixels = np.where(hat > 30, hat, 0).astype(np.uint8)
    # The black edge of a badly laid scan is straight, but not the page.
    margin = max(2, round(0.01 * max(kept.shape)))
    kept[:margin] = kept[-margin:] = 0
    kept[:, :margin] = kept[:, -margin:] = 0
    return kept


def _sharpness(ink: Pixels, angle: float) -> float:
    """How sharply the darkness of rows changes once the picture is turned by ``angle``."""
    import cv2
    import numpy as np

    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())
