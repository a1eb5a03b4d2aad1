"""One page through PDFium: its text objects, rules, fills, small shapes and images, as shown to a viewer.

Whole text objects are read rather than characters, since a text object is usually one line of one cell;
``RawPage.words`` reads the page again by characters for pages where that does not hold.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pypdfium2.raw as raw

from extract.limits import ReadLimits
from extract.page import calls, outlines, shapes
from extract.page.characters import Style, words_of_page
from extract.page.fonts import Fonts
from extract.page.letters import UNKNOWN, spelled
from extract.page.matrices import (
    IDENTITY,
    Matrix,
    PageTrouble,
    apply,
    page_matrix,
    rectangle,
    shown_box,
    times,
)
from extract.page.parts import ICON, SMALLEST_ICON, Fill, RawPage, Rule, Shape, TextItem
from extract.page.piece_texts import PieceTexts
from extract.page.signs import Signs

MAX_DEPTH = 8  # nested form XObjects
THIN = 2.2  # points: a filled rectangle thinner than this is a rule
MOST_UNKNOWN = 200  # drawn characters of one page: more are letters of a text that cannot be read
THICK = 9.0  # points that the box of a drawn rule is high, at most: PDFium's is twice as high as the line is thick
BAND = 5.0  # points: a filled rectangle up to this may be a rule as a browser draws it, and is a fill, too


class PageReader:
    """Reads the pages of one document, one at a time."""

    def __init__(self, limits: ReadLimits | None = None) -> None:
        self._limits = limits or ReadLimits()
        self._fonts, self._signs, self._texts = Fonts(), Signs(), PieceTexts()
        self._styles: dict[int, Style] = {}  # of the page's pieces
        self._in_forms: dict[int, TextItem] = {}  # its pieces inside forms
        self._unknown = 0  # characters of the page that were drawn, for their font does not say what they are
        self._handles: tuple[Any, Any] = (None, None)  # PDFium's document and page that are being read
        self._sizes: dict[float, float] = {}  # numbers that lines share, for they are kept
        self._inks: dict[bytes, str | None] = {}
        # What PDFium fills in, with the addresses of each number.
        self._floats, self._floats_at = _numbers("f", 6)
        self._uints, self._uints_at = _numbers("I", 4)
        self._modes, self._modes_at = _numbers("i", 2)

    def read(self, pdf: Any, number: int) -> tuple[RawPage, Any, Any]:
        """Read page ``number`` (from 1). Gives the page and PDFium's two handles; close them with ``close``.

        Raises PageTrouble where PDFium cannot load the page.
        """
        page = raw.FPDF_LoadPage(pdf.raw, number - 1)
        if not page:
            raise PageTrouble("PDFium cannot load the page", page=number)
        self._fonts, self._signs = Fonts(), Signs()
        self._styles.clear()
        self._in_forms.clear()
        self._unknown = 0
        text = None
        try:
            matrix, width, height = page_matrix(page)
            text = raw.FPDFText_LoadPage(page)
            if not text:
                raise PageTrouble("PDFium cannot read the text of the page", page=number)
            found = RawPage(number, width, height)
            self._handles = (pdf.raw, page)
            count = raw.FPDFPage_CountObjects(page)
            self._check("objects", count, self._limits.objects, number)
            characters = raw.FPDFText_CountChars(text)
            self._check("characters", characters, self._limits.characters, number)
            at, get = calls.address(page), calls.page_object
            self._texts.turn_to(calls.address(text), characters)
            self._walk([get(at, i) for i in range(count)], matrix, found, 0)
        except BaseException:
            self.close(page, text)
            raise
        found.items = [i for i in found.items if _on_page(i, width, height)]
        self._fonts.settle(found.items)
        self._signs.mark(found.items)
        found.words = cache(lambda: self._words(found, text, matrix))
        return found, page, text

    def _words(self, found: RawPage, text: Any, matrix: Matrix) -> tuple[TextItem, ...]:
        words = words_of_page(text, matrix, self.style, self._in_forms, self._texts.whole)
        shown = tuple(w for w in words if _on_page(w, found.width, found.height))
        self._fonts.settle(shown)
        self._signs.mark_words(shown, found.items)
        return shown

    @staticmethod
    def close(page: Any, text: Any) -> None:
        if text:
            raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)

    @staticmethod
    def _check(what: str, count: int, limit: int, number: int) -> None:
        if count > limit:
            raise PageTrouble(f"the page has {count:,} {what}, the limit is {limit:,}", page=number)

    def _walk(self, objects: list[int], matrix: Matrix, found: RawPage, depth: int) -> None:
        kind_of = calls.kind
        for obj in objects:
            kind = kind_of(obj)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(obj, matrix, found, inside_form=depth > 0)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(obj, matrix, found)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                inner = times(self._matrix_of(obj), matrix)
                count = calls.count_in_form(obj)
                self._check("objects", count, self._limits.objects, found.number)
                if count > 0:
                    inside = [calls.form_object(obj, i) for i in range(count)]
                    self._walk(inside, inner, found, depth + 1)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._image(obj, matrix, found)

    def _matrix_of(self, obj: int) -> Matrix:
        if not calls.matrix(obj, self._floats_at[0]):
            return IDENTITY
        a, b, c, d, e, f = self._floats
        return a, b, c, d, e, f

    def _box(self, obj: int, m: Matrix) -> tuple[float, float, float, float] | None:
        at = self._floats_at
        if not calls.bounds(obj, at[0], at[1], at[2], at[3]):
            return None
        f = self._floats
        return shown_box(m, f[0], f[1], f[2], f[3])

    def _colour(self, obj: int, stroke: bool = False) -> str | None:
        get = calls.stroke_colour if stroke else calls.fill_colour
        if not get(obj, *self._uints_at):
            return None
        told = self._uints.tobytes()
        if told not in self._inks:
            red, green, blue, opacity = self._uints
            self._inks[told] = f"{red:02X}{green:02X}{blue:02X}" if opacity else None
        return self._inks[told]

    def _text(self, obj: int, matrix: Matrix, found: RawPage, *, inside_form: bool) -> None:
        string = self._texts.of(obj)
        if not string or string.isspace():
            return
        box = self._box(obj, matrix)
        if box is None:
            return
        found.items.append(self._item(obj, string, box, matrix))
        if inside_form:
            self._in_forms[obj] = found.items[-1]

    def _item(
        self, obj: int, string: str, box: tuple[float, float, float, float], matrix: Matrix
    ) -> TextItem:
        font, bold, key, size, colour, angle, base = self.style(obj, matrix)
        item = TextItem(spelled(string, font), *box, base, size, angle, font, bold, colour, key)
        if item.text.strip() == UNKNOWN and self._unknown < MOST_UNKNOWN:
            from extract.page.icons import look_at_text

            self._unknown += 1
            item.shape = look_at_text(_handle(obj), self._handles, self._matrix_of(obj), size)
        return item

    def style(self, obj: int, matrix: Matrix) -> Style:
        """Font name, bold, font key, size in points, colour, angle and baseline of a text object.

        ``matrix`` takes it to the page as shown; once asked, its first answer stays, for only who walks through the
        forms of a page knows where they put it.
        """
        known = self._styles.get(obj)
        if known is None:
            known = self._styles[obj] = self._style(obj, matrix)
        return known

    def _style(self, obj: int, matrix: Matrix) -> Style:
        key: int = calls.font(obj) or 0
        font = self._fonts.of(key)
        m = times(self._matrix_of(obj), matrix)
        calls.font_size(obj, self._floats_at[0])
        scale = (m[2] * m[2] + m[3] * m[3]) ** 0.5
        if abs(m[0]) >= abs(m[1]):
            angle, base = (0 if m[0] >= 0 else 180), m[5]
        else:
            # y grows downwards here, so text that runs up the page has a negative second entry.
            angle, base = (90 if m[1] < 0 else 270), m[4]
        size = self._floats[0] * scale
        size = self._sizes.setdefault(size, size)
        return font.name, font.bold, key, size, self._colour(obj) or "000000", angle, base

    def _path(self, obj: int, matrix: Matrix, found: RawPage) -> None:
        box = self._box(obj, matrix)
        if box is None:
            return
        calls.draw_mode(obj, *self._modes_at)
        fill_mode, stroked = self._modes
        fill = self._colour(obj) if fill_mode else None
        stroke = self._colour(obj, stroke=True) if stroked else None
        if fill is None and stroke is None:
            return
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if min(width, height) <= THIN:
            if max(width, height) > THIN:
                _add_rule(found, box)
            return
        count = calls.count_segments(obj)
        small = max(width, height) <= ICON and min(width, height) >= SMALLEST_ICON
        if count > (5 if small else 6) or (small and count != 2) or (stroke and count != 2):
            self._outlined_path(obj, count, box, matrix, fill, stroke, small, found)
        elif count == 2 and stroke:
            lines = self._contours(obj, count, matrix) if min(width, height) <= THICK else []
            if not any(_add_line(found, line) for line in lines if len(line) == 2):
                found.drawings.append(box)
        elif fill and count in (4, 5, 6):
            found.fills.append(Fill(*box, fill))
            if min(width, height) <= BAND and not small:
                _add_rule(found, box)

    def _outlined_path(
        self,
        obj: int,
        count: int,
        box: tuple[float, float, float, float],
        matrix: Matrix,
        fill: str | None,
        stroke: str | None,
        small: bool,
        found: RawPage,
    ) -> None:
        contours = self._contours(obj, count, matrix)
        boxes = [rectangle(c) for c in contours]
        if small and not all(boxes):
            # White ink is a cut-out or a mask, not a symbol.
            if (fill or stroke) != "FFFFFF":
                found.shapes.append(Shape(*box, shapes.name_shape(contours), fill or stroke, "path"))
            return
        if not all(boxes) and _is_drawing(contours):
            found.drawings.append(box)
        for contour, rect in zip(contours, boxes, strict=True):
            if rect is not None:
                if min(rect[2] - rect[0], rect[3] - rect[1]) <= THIN:
                    _add_rule(found, rect)
                    continue
                if fill:
                    found.fills.append(Fill(*rect, fill))
                if stroke:
                    found.frames.append(rect)
                    _add_frame(found, rect)
            elif len(contour) == 2 and stroke:
                _add_line(found, contour)

    def _contours(self, obj: int, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        m = times(self._matrix_of(obj), matrix)
        return [[apply(m, *p) for p in c] for c in outlines.path_outline(_handle(obj), count)]

    def _image(self, obj: int, matrix: Matrix, found: RawPage) -> None:
        box = self._box(obj, matrix)
        if box is None:
            return
        found.images += 1
        found.pictures.append(box)
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) >= SMALLEST_ICON and max(width, height) <= ICON:
            from extract.page.icons import look_at_image

            shown = times(self._matrix_of(obj), matrix)
            shape, colour = look_at_image(
                _handle(obj), width / height, self._limits.pixels, self._handles, shown
            )
            found.shapes.append(Shape(*box, shape, colour, "image"))


def _numbers(kind: str, count: int) -> tuple[array[Any], tuple[int, ...]]:
    """An array of numbers and where each of them lies."""
    numbers = array(kind, [0] * count)
    start, _ = numbers.buffer_info()
    return numbers, tuple(start + i * numbers.itemsize for i in range(count))


def _handle(obj: int) -> Any:
    """An object as PDFium's own bindings want it."""
    return ctypes.cast(obj, raw.FPDF_PAGEOBJECT)


def _on_page(item: TextItem, width: float, height: float) -> bool:
    return item.x1 > -2 and item.x0 < width + 2 and item.bottom > -2 and item.top < height + 2


def _is_drawing(contours: Sequence[Sequence[tuple[float, float]]]) -> bool:
    """Does a path hold slanted strokes, as the lines of a chart do?"""
    return any(
        abs(a[0] - b[0]) > 3 and abs(a[1] - b[1]) > 1 for c in contours if len(c) > 2 for a, b in pairwise(c)
    )


def _add_rule(found: RawPage, box: tuple[float, float, float, float]) -> None:
    x0, top, x1, bottom = box
    if x1 - x0 >= bottom - top:
        found.rules.append(Rule(False, (top + bottom) / 2, x0, x1))
    else:
        found.rules.append(Rule(True, (x0 + x1) / 2, top, bottom))


def _add_line(found: RawPage, contour: list[tuple[float, float]]) -> bool:
    """Add a line of two points as a rule; False where it is slanted."""
    (ax, ay), (bx, by) = contour
    if abs(ax - bx) > 1 and abs(ay - by) > 1:
        return False
    _add_rule(found, (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return True


def _add_frame(found: RawPage, box: tuple[float, float, float, float]) -> None:
    x0, top, x1, bottom = box
    found.rules += [
        Rule(False, top, x0, x1),
        Rule(False, bottom, x0, x1),
        Rule(True, x0, top, bottom),
        Rule(True, x1, top, bottom),
    ]
