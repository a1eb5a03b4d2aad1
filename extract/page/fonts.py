"""The fonts of one page: their names, and which of them are bold."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable

import pypdfium2.raw as raw
from msgspec import Struct

from extract.page.parts import TextItem

_BOLD = ("bold", "black", "heavy", "semib", "demi")  # in names of fonts
HEAVY = 600  # the weight from which on a font is bold, as in OpenType's tables


class Font(Struct):
    """``name`` as the PDF gives it; ``bold`` by name, ``heavy`` by weight."""

    name: str
    bold: bool
    heavy: bool


class Fonts:
    """Remembers the fonts of a page by their handle, which is only unique while the page is open."""

    def __init__(self) -> None:
        self._known: dict[int, Font] = {}

    def of(self, key: int) -> Font:
        """The font with PDFium's handle ``key``."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _look(key)
        return known

    def settle(self, items: Iterable[TextItem]) -> None:
        """Set ``bold``: by names where one says so, else by weight, for which some programs write any number."""
        named = any(font.bold for font in self._known.values())
        for item in items:
            font = self._known[item.font_key]
            item.bold = font.bold or (font.heavy and not named)


def _look(key: int) -> Font:
    handle = ctypes.cast(key, raw.FPDF_FONT)
    name = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(handle, name, 256)
    label = name.value.decode("utf-8", "replace")
    low = label.lower()
    return Font(label, any(word in low for word in _BOLD), raw.FPDFFont_GetWeight(handle) >= HEAVY)
