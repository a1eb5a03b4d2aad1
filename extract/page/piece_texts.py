"""The text of each text object of a page.

PDFium looks through all characters of a page for those of one object, which for a page of a few hundred objects takes
longer than to load it. But the characters of an object follow one another: so the text of the page is asked for as a
whole, and of single characters only so many as tell where an object's text begins and where it ends.
"""

from __future__ import annotations

import ctypes
import re
from codecs import utf_16_le_decode

from extract.page import calls

# What PDFium leaves out of an object's text or makes less of: a second space, what stands in the text of a page for a
# character that its font names as none, and what half a character comes as.
_TOLD_OTHERWISE = re.compile("  |[\ufffd\ufffe]")
# What is read from right to left: its characters do not stand in the order of the objects.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class PieceTexts:
    """The texts of a page's objects, as ``FPDFTextObj_GetText`` gives them, of one page after another."""

    def __init__(self) -> None:
        self._make_room(4096)
        self.turn_to(None, 0)

    def turn_to(self, page: int | None, characters: int) -> None:
        """Go on to a page: the address of PDFium's text page, and how many characters it has."""
        self._page, self._characters = page, characters
        self._known: dict[int, str] | None = None
        self._text: str | None = None

    def of(self, obj: int) -> str:
        """The text of an object; "" where it has none."""
        if self._known is None:
            self._known = texts_of_runs(self._page, self.whole, self._characters)
        known = self._known.get(obj)
        return self.asked(obj) if known is None else known

    def asked(self, obj: int) -> str:
        """The text of an object as PDFium finds it among all characters."""
        size = calls.text_of(obj, self._page, self._buffer_at, len(self._buffer))
        if size > len(self._buffer):
            self._make_room(size)
            size = calls.text_of(obj, self._page, self._buffer_at, len(self._buffer))
        return utf_16_le_decode(self._buffer.raw[: size - 2], "replace")[0] if size > 2 else ""

    @property
    def whole(self) -> str:
        """The text of the page; "" where there is none."""
        if self._text is None:
            self._text = self._asked_whole() if self._characters else ""
        return self._text

    def _asked_whole(self) -> str:
        if 2 * self._characters + 2 > len(self._buffer):
            self._make_room(2 * self._characters + 2)
        count = calls.text_of_page(self._page, 0, self._characters, self._buffer_at)
        whole = ctypes.string_at(self._buffer_at, 2 * count - 2) if count > 1 else b""
        return utf_16_le_decode(whole, "replace")[0]

    def _make_room(self, size: int) -> None:
        self._buffer = ctypes.create_string_buffer(size)
        self._buffer_at = ctypes.addressof(self._buffer)


def texts_of_runs(page: int | None, text: str, characters: int) -> dict[int, str]:
    """Texts by object, of the objects whose characters follow one another, from the ``text`` of the whole page.

    Nothing where the text does not tell which character is which. PDFium ends an object's text with a space where one
    follows that is not its own, makes one of several inside it, and leaves out what has no name.
    """
    if len(text) != characters or (not text.isascii() and _RIGHT_TO_LEFT.search(text)):
        return {}
    object_of = calls.object_of
    found: dict[int, str] = {}
    parted: set[int] = set()
    at = 0
    while at < characters:
        obj = object_of(page, at)
        if not obj:  # made up between two objects: a space, or the end of a line
            at += 2 if text.startswith("\r\n", at) else 1
            continue
        end = _end_of_run(page, text, obj, at)
        if obj in found or _TOLD_OTHERWISE.search(text, at, end):
            parted.add(obj)
        found[obj] = text[at : end + 1] if text[end : end + 1] == " " else text[at:end]
        at = end
    return {obj: piece for obj, piece in found.items() if obj not in parted}


def _end_of_run(page: int | None, text: str, obj: int, at: int) -> int:
    """One past the last character of an object, whose first is ``at``: most end a line, many are one word."""
    object_of = calls.object_of
    beyond = text.find("\r", at + 1)
    if beyond < 0:
        beyond = len(text)
    mine = at
    if beyond - 1 > at and object_of(page, beyond - 1) != obj:
        beyond -= 1
        space = text.find(" ", at + 1, beyond)
        if space > 0:
            if object_of(page, space) == obj or object_of(page, space + 1) == obj:
                mine = space
            else:
                beyond = space
    else:
        mine = beyond - 1
    while beyond - mine > 1:
        between = (mine + beyond) // 2
        if object_of(page, between) == obj:
            mine = between
        else:
            beyond = between
    return beyond
