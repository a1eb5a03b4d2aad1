"""Which pieces of a page's text are signs, not letters, and what they look like."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import pypdfium2.raw as raw

from extract import glyphs
from extract.page import outlines, shapes
from extract.page.letters import UNKNOWN
from extract.page.parts import TextItem

LONGEST = 3  # characters of a sign
FEW = 8  # characters of a font that holds signs only
UNSEEN = " \u00a0\ufe0e\ufe0f"  # may stand beside a symbol in its piece of text; letters may not


class Signs:
    """Marks the signs of a page; remembers the shapes of its fonts' characters, by the fonts' handles."""

    def __init__(self) -> None:
        self._shapes: dict[tuple[int, str], str | None] = {}

    def mark(self, items: Sequence[TextItem]) -> None:
        """Set ``shape`` on the items that are symbols, but for those whose font does not say what they are."""
        letters: dict[int, set[str]] = {}
        for item in items:
            letters.setdefault(item.font_key, set()).update(item.text)
        for item in items:
            text = item.text.strip()
            if len(text) > LONGEST or not text or text == UNKNOWN:
                continue
            if glyphs.is_symbol_font(item.font) or all(_is_symbol(c) or c in UNSEEN for c in text):
                item.shape, item.doubt = self._shape_of(item, text)
            elif len(text) == 1 and not text.isdigit() and len(letters[item.font_key]) <= FEW:
                self._mark_unnamed(item, text, letters[item.font_key])

    def mark_words(self, words: Sequence[TextItem], items: Sequence[TextItem]) -> None:
        """The same for the words of a page, of which ``items`` are the pieces: those that were drawn are known."""
        self.mark(words)
        drawn = [i for i in items if i.shape and i.text.strip() == UNKNOWN]
        for word in words if drawn else ():
            if word.text.strip() == UNKNOWN:
                x = (word.x0 + word.x1) / 2
                same = (i.shape for i in drawn if i.x0 <= x <= i.x1 and abs(i.base - word.base) < 1)
                word.shape = next(same, None)

    def _mark_unnamed(self, item: TextItem, text: str, letters: set[str]) -> None:
        """A letter in a font of a few characters that all draw arrows or the like is a symbol."""
        drawn = [self._outline_shape(item.font_key, c) for c in letters if not c.isspace()]
        if drawn and all(d and d.startswith(("arrow", "triangle")) for d in drawn):
            item.shape = self._outline_shape(item.font_key, text)

    def _shape_of(self, item: TextItem, text: str) -> tuple[str | None, bool]:
        found: tuple[str | None, bool] = (None, False)
        for char in text:
            if char.isspace():
                continue
            table = glyphs.table_shape(char, item.font)
            drawn = self._outline_shape(item.font_key, char)
            shape, doubt = glyphs.settle(table, drawn)
            if found[0] is not None and shape is not None and shape != found[0]:
                pair = {found[0], shape}
                if pair <= {"triangle-left", "triangle-right", "arrow-left", "arrow-right"}:
                    return "arrow-both", False
                return None, True
            if shape is not None:
                found = (shape, doubt)
        return found

    def _outline_shape(self, key: int, char: str) -> str | None:
        if char == UNKNOWN or not key:
            return None  # the font's code for it is that of another sign
        if (key, char) not in self._shapes:
            handle = ctypes.cast(ctypes.c_void_p(key), raw.FPDF_FONT)
            outline = outlines.flipped(outlines.glyph_outline(handle, char))
            self._shapes[key, char] = shapes.name_shape(outline) if outline else None
        return self._shapes[key, char]


def _is_symbol(char: str) -> bool:
    code = ord(char)
    return code in glyphs.PRIVATE or (code >= 0x2190 and glyphs.unicode_shape(char) is not None)
