"""Symbols told by drawing them: small images, and characters whose font does not say what they are."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pypdfium2.raw as raw

from extract.page import shapes
from extract.page.matrices import Matrix

SHARP = 64.0  # pixels that the longer side of a symbol is drawn with
SHARPEST = 16.0  # pixels a point


def look_at_image(
    obj: Any, aspect: float, max_pixels: int, handles: tuple[Any, Any], shown: Matrix
) -> tuple[str | None, str | None]:
    """Shape and ink colour (RRGGBB) of a small image object; None for what cannot be told.

    ``handles`` are PDFium's of document and page, ``shown`` takes the image to the page as shown: so it is drawn,
    turned with its page and transparent where it is masked.
    """
    width, height = _pixel_size(obj)
    if not 0 < width * height <= max_pixels:
        return None, None
    bitmap = _drawn(obj, handles, shown) or raw.FPDFImageObj_GetBitmap(obj)
    if not bitmap:
        return None, None
    try:
        pixels = _pixels(bitmap)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    if not pixels:
        return None, None
    inks = [[p is not None and not _pale(p) for p in row] for row in pixels]
    colours = Counter(p for row in pixels for p in row if p is not None and not _pale(p))
    if not colours:
        return None, None
    main = colours.most_common(1)[0][0]
    return shapes.name_mask(_to_grid(inks), aspect), f"{main[0]:02X}{main[1]:02X}{main[2]:02X}"


def look_at_text(obj: Any, handles: tuple[Any, Any], matrix: Matrix, size: float) -> str | None:
    """The shape of a text object's ink as its font draws it, None where it cannot be told.

    ``matrix`` is the object's own, ``size`` its size in points: the drawing is turned upright, and sharp.
    """
    document, page = handles
    bitmap = raw.FPDFTextObj_GetRenderedBitmap(document, page, obj, min(SHARPEST, SHARP / max(size, 1.0)))
    if not bitmap:
        return None
    try:
        pixels = _pixels(bitmap)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    inks = [[p is not None for p in row] for row in pixels]
    for _ in range(_quarters(matrix)):
        inks = [list(row) for row in zip(*inks[::-1], strict=True)]
    if not any(map(any, inks)):
        return None
    x0, y0, x1, y1 = _ink_box(inks)
    return shapes.name_mask(_to_grid(inks), (x1 - x0) / (y1 - y0))


def _quarters(matrix: Matrix) -> int:
    """By how many quarters of a turn to the right a drawing is turned upright, whose text runs as its matrix says."""
    a, b = matrix[0], matrix[1]
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _drawn(obj: Any, handles: tuple[Any, Any], shown: Matrix) -> Any:
    """The image with its mask, drawn large; the object is left as it was."""
    document, page = handles
    matrix = raw.FS_MATRIX()
    if not document or not page or not raw.FPDFPageObj_GetMatrix(obj, matrix):
        return None
    a, b, c, d = shown[0], -shown[1], shown[2], -shown[3]  # a page's own y grows upwards
    side = max(abs(a) + abs(c), abs(b) + abs(d))
    if side <= 0:
        return None
    by = SHARP / side
    larger = raw.FS_MATRIX(a * by, b * by, c * by, d * by, 0, 0)
    if not raw.FPDFPageObj_SetMatrix(obj, larger):
        return None
    try:
        return raw.FPDFImageObj_GetRenderedBitmap(document, page, obj)
    finally:
        raw.FPDFPageObj_SetMatrix(obj, matrix)


def _pixel_size(obj: Any) -> tuple[int, int]:
    data = raw.FPDF_IMAGEOBJ_METADATA()
    if not raw.FPDFImageObj_GetImageMetadata(obj, None, data):
        return 0, 0
    return int(data.width), int(data.height)


def _pixels(bitmap: Any) -> list[list[tuple[int, int, int] | None]]:
    """Rows of (r, g, b), None where transparent. Empty for a format that is not known."""
    width, height = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
    stride = raw.FPDFBitmap_GetStride(bitmap)
    kind = raw.FPDFBitmap_GetFormat(bitmap)
    size = {
        raw.FPDFBitmap_Gray: 1,
        raw.FPDFBitmap_BGR: 3,
        raw.FPDFBitmap_BGRx: 4,
        raw.FPDFBitmap_BGRA: 4,
    }.get(kind)
    if size is None:
        return []
    import ctypes

    data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    rows: list[list[tuple[int, int, int] | None]] = []
    for y in range(height):
        row: list[tuple[int, int, int] | None] = []
        for x in range(width):
            at = y * stride + x * size
            if size == 1:
                row.append((data[at],) * 3)
            elif kind == raw.FPDFBitmap_BGRA and data[at + 3] < 128:
                row.append(None)
            else:
                row.append((data[at + 2], data[at + 1], data[at]))
        rows.append(row)
    return rows


def _pale(p: tuple[int, int, int]) -> bool:
    return min(p) > 225


def _to_grid(inks: list[list[bool]]) -> shapes.Grid:
    """The ink's own box sampled on the grid that ``shapes`` works on."""
    x0, y0, x1, y1 = _ink_box(inks)
    n = shapes.GRID
    return [
        [inks[y0 + int((r + 0.5) * (y1 - y0) / n)][x0 + int((c + 0.5) * (x1 - x0) / n)] for c in range(n)]
        for r in range(n)
    ]


def _ink_box(inks: list[list[bool]]) -> tuple[int, int, int, int]:
    """First and one past the last column and row with ink: left, top, right, bottom."""
    ys = [y for y, row in enumerate(inks) if any(row)]
    xs = [x for row in inks for x, on in enumerate(row) if on]
    return min(xs), ys[0], max(xs) + 1, ys[-1] + 1
