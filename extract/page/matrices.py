"""From a page's own space to the page as shown: matrices, page rotation, boxes (PDF 1.7, 8.3)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pypdfium2.raw as raw

from extract.errors import BelishaError

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class PageTrouble(BelishaError):
    """A page that cannot be read; the others still can."""


def times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that applies ``m`` first and ``n`` after it (PDF 1.7, 8.3.4)."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def page_matrix(page: Any) -> tuple[Matrix, float, float]:
    """From the page's user space to points from the top left as shown, with the shown width and height."""
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box):
        raise PageTrouble("the page has no size")
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    if not (right > left and top > bottom) or max(abs(v) for v in (left, top, right, bottom)) > 1e6:
        raise PageTrouble("the page has an impossible size")
    turn = raw.FPDFPage_GetRotation(page)
    if turn == 1:
        return (0.0, 1.0, 1.0, 0.0, -bottom, -left), top - bottom, right - left
    if turn == 2:
        return (-1.0, 0.0, 0.0, 1.0, right, -bottom), right - left, top - bottom
    if turn == 3:
        return (0.0, -1.0, -1.0, 0.0, top, right), top - bottom, right - left
    return (1.0, 0.0, 0.0, -1.0, -left, top), right - left, top - bottom


def apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def shown_box(
    m: Matrix, left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    """The box as shown: x0, top, x1, bottom from the top left."""
    ax, ay = m[0] * left + m[2] * bottom + m[4], m[1] * left + m[3] * bottom + m[5]
    bx, by = m[0] * right + m[2] * top + m[4], m[1] * right + m[3] * top + m[5]
    return (ax if ax < bx else bx, ay if ay < by else by, bx if ax < bx else ax, by if ay < by else ay)


def rectangle(contour: list[tuple[float, float]]) -> tuple[float, float, float, float] | None:
    """The box of a contour that is an upright rectangle, else None."""
    points = contour[:-1] if len(contour) > 1 and _near(contour[0], contour[-1]) else contour
    if len(points) != 4:
        return None
    xs, ys = sorted(p[0] for p in points), sorted(p[1] for p in points)
    if xs[1] - xs[0] > 0.5 or xs[3] - xs[2] > 0.5 or ys[1] - ys[0] > 0.5 or ys[3] - ys[2] > 0.5:
        return None
    for a, b in pairwise(points):
        if abs(a[0] - b[0]) > 0.5 and abs(a[1] - b[1]) > 0.5:
            return None
    return xs[0], ys[0], xs[3], ys[3]


def _near(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) < 0.1 and abs(a[1] - b[1]) < 0.1
