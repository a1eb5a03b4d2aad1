"""The text of each text object of a page.

PDFium looks through all characters of a page for those of one object, which is quick unless a page has many hundreds of
objects: then one walk over the characters gives the texts of all of them.
"""

from __future__ import annotations

import ctypes
from codecs import utf_16_le_decode
from itertools import groupby

from extract.page import calls

MANY = (
    1000  # objects from which on one walk is quicker than a search for each; with 500 the two cost the same
)
_SPACE = 0x20


class PieceTexts:
    """The texts of a page's objects, as ``FPDFTextObj_GetText`` gives them, of one page after another."""

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(4096)
        self._buffer_at = ctypes.addressof(self._buffer)
        self.turn_to(None, 0)

    def turn_to(self, page: int | None, characters: int) -> None:
        """Go on to a page: the address of PDFium's text page, and how many characters it has."""
        self._page, self._characters = page, characters
        self._searches = 0
        self._known: dict[int, str] = {}

    def of(self, obj: int) -> str:
        """The text of an object; "" where it has none."""
        known = self._known.get(obj)
        if known is not None:
            return known
        self._searches += 1
        if self._searches == MANY:
            self._known = walked(self._page, self._characters)
        return self._asked(obj)

    def _asked(self, obj: int) -> str:
        size = calls.text_of(obj, self._page, self._buffer_at, len(self._buffer))
        if size > len(self._buffer):
            self._buffer = ctypes.create_string_buffer(size + 2)
            self._buffer_at = ctypes.addressof(self._buffer)
            size = calls.text_of(obj, self._page, self._buffer_at, len(self._buffer))
        return utf_16_le_decode(self._buffer.raw[: size - 2], "replace")[0] if size > 2 else ""


def walked(page: int | None, characters: int) -> dict[int, str]:
    """Texts by object, without the objects whose characters do not follow one another: PDFium breaks their lines.

    PDFium ends an object's text with a space where one follows that is not its own.
    """
    object_of, code_of = calls.object_of, calls.code_of
    found: dict[int, str] = {}
    parted: set[int] = set()
    place = 0
    for obj, run in groupby(object_of(page, i) or 0 for i in range(characters)):
        end = place + sum(1 for _ in run)
        if obj in found:
            parted.add(obj)
        elif obj:
            codes = [code_of(page, i) for i in range(place, end)]
            if end < characters and code_of(page, end) == _SPACE:
                codes.append(_SPACE)
            found[obj] = _decoded(codes)
        place = end
    return {obj: text for obj, text in found.items() if obj not in parted}


def _decoded(codes: list[int]) -> str:
    """Characters from codes, of which those of rare signs may come in halves."""
    if all(0 < code < 0xD800 for code in codes):
        return "".join(map(chr, codes))
    halves = b"".join(
        chr(code).encode("utf-16-le", "surrogatepass") for code in codes if 0 < code <= 0x10FFFF
    )
    return utf_16_le_decode(halves, "replace")[0]
