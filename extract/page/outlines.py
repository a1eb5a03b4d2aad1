"""Outlines of drawn paths and of the glyphs of embedded fonts, as PDFium gives them."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw

from extract.page.shapes import Outline, Point

STEPS = 5  # points a Bézier curve is flattened to; shapes need no more
MAX_SEGMENTS = 400  # more than any icon has; longer paths are charts or drawings


def path_outline(path: Any, count: int) -> Outline:
    """Contours of a path object in its own coordinates, y growing upwards."""
    return _collect(raw.FPDFPath_GetPathSegment, path, min(count, MAX_SEGMENTS))


def glyph_outline(font: Any, char: str) -> Outline:
    """Contours of a character as the font draws it, y growing upwards; empty where there is none."""
    path = raw.FPDFFont_GetGlyphPath(font, ord(char), 100.0)
    if not path:
        return []
    count = raw.FPDFGlyphPath_CountGlyphSegments(path)
    if not 0 < count <= MAX_SEGMENTS:
        return []
    return _collect(raw.FPDFGlyphPath_GetGlyphPathSegment, path, count)


def _collect(get_segment: Any, path: Any, count: int) -> Outline:
    contours: list[list[Point]] = []
    pending: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = get_segment(path, i)
        if not segment or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO or not contours:
            contours.append([point])
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            pending.append(point)
            if len(pending) == 3:
                contours[-1].extend(_flatten(contours[-1][-1], *pending))
                pending = []
        else:
            contours[-1].append(point)
    return contours


def _flatten(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    points: list[Point] = []
    for i in range(1, STEPS + 1):
        t = i / STEPS
        s = 1 - t
        points.append(
            (
                s**3 * a[0] + 3 * s * s * t * b[0] + 3 * s * t * t * c[0] + t**3 * d[0],
                s**3 * a[1] + 3 * s * s * t * b[1] + 3 * s * t * t * c[1] + t**3 * d[1],
            )
        )
    return points


def flipped(outline: Outline) -> Outline:
    """The same outline with y growing downwards, as ``shapes`` wants it."""
    return [[(x, -y) for x, y in contour] for contour in outline]
