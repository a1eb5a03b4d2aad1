"""A page drawn as a picture, as finely as its own scan is worth, with the paper made white."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw

from extract.page.matrices import PageTrouble, page_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[Any]  # bytes; rows of pixels, of three colours or of grey

FINE, COARSE = 300.0, 200.0  # dots an inch: finer shows nothing new, coarser makes small print unreadable
MOST_PIXELS = 24_000_000  # an A3 page at 300 dots an inch has 17 million
WHOLE = 0.5  # share of the page from which a picture on it is taken for the scan itself
DARKEST_PAPER = 110  # paper darker than this is no paper


def drawn(pdf: Any, number: int) -> tuple[Pixels, float, float, float]:
    """Page ``number`` (from 1) as rows of blue, green, red; the pixels in a point; the page's size as shown.

    Raises PageTrouble where PDFium cannot load or draw it.
    """
    page = raw.FPDF_LoadPage(pdf.raw, number - 1)
    if not page:
        raise PageTrouble("PDFium cannot load the page", page=number)
    try:
        _, width, height = page_matrix(page)
        pixels, scale = _draw(page, width, height)
    finally:
        raw.FPDF_ClosePage(page)
    return pixels, scale, width, height


def _draw(page: Any, width: float, height: float) -> tuple[Pixels, float]:
    import numpy as np

    scale = _resolution(page, width, height) / 72
    scale = min(scale, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = raw.FPDFBitmap_CreateEx(across, down, raw.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise PageTrouble("the page is too large to be drawn")
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        held = (raw.c_ubyte * (stride * down)).from_address(_address(raw.FPDFBitmap_GetBuffer(bitmap)))
        rows = np.frombuffer(held, dtype=np.uint8).reshape(down, stride)
        pixels = rows[:, : across * 3].reshape(down, across, 3).copy()
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return _on_white_paper(pixels), scale


def _address(pointer: Any) -> int:
    import ctypes

    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _resolution(page: Any, width: float, height: float) -> float:
    """Dots an inch of the largest picture on the page, if it fills most of it; else fine."""
    best, area = FINE, WHOLE * width * height
    data = raw.FPDF_IMAGEOBJ_METADATA()
    for index in range(min(raw.FPDFPage_CountObjects(page), 50)):
        obj = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(obj) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        if not raw.FPDFImageObj_GetImageMetadata(obj, page, data) or min(data.horizontal_dpi, 1) <= 0:
            continue
        dots = max(float(data.horizontal_dpi), float(data.vertical_dpi))
        covered = data.width / data.horizontal_dpi * 72 * data.height / max(data.vertical_dpi, 1.0) * 72
        if covered >= area:
            best, area = min(FINE, max(COARSE, dots)), covered
    return best


def _on_white_paper(pixels: Pixels) -> Pixels:
    """The colours with the most common light one, the paper's, made white."""
    import cv2
    import numpy as np

    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    grey = small.min(axis=2)
    counts = np.bincount(grey[grey >= DARKEST_PAPER].ravel(), minlength=256)
    if not counts.any():
        return pixels
    paper = int(np.argmax(np.convolve(counts, np.ones(5), mode="same")))
    near = small[(grey >= paper - 3) & (grey <= paper + 3)]
    level = np.median(near, axis=0) if len(near) else np.array([255, 255, 255])
    # A little below the paper's own level, so that its grain is white, too.
    gain = 255.0 / np.maximum(level - 4.0, 1.0)
    if (gain < 1.002).all():
        return pixels
    return np.clip(pixels * gain, 0, 255).astype(np.uint8)
