"""Which pages of a long document are worth a full reading: those that tell of performance, and their neighbours.

An agenda pack of hundreds of pages holds a report of ten. The text of a page costs PDFium little; to know where
each piece of it stands costs ten times as much. So the words are looked at first, and a page is passed over
only if it is plain prose without a telling word, far from any page that is not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import pypdfium2.raw as raw

from extract.page import calls
from extract.page.piece_texts import PieceTexts

SHORTEST = 24  # pages: a document shorter than this is read whole
FRONT = 5  # pages at the front, which name the organisation and the period
AROUND = 2  # pages before and after one that is read: headings, rules, tables that go on
_FIGURES = 25  # words with figures that no page of prose holds
_RULES = 12  # drawn paths that no page of prose holds
_PROSE = frozenset((b"the", b"and", b"of", b"to", b"in", b"a", b"for", b"is", b"that", b"be"))
_WORD = re.compile(r"[^\W\d_]+")
_APART = bytes(ord(chr(b).lower()) if chr(b).isalpha() and b < 128 else ord(" ") for b in range(256))
_FIGURE = re.compile(r"\d\S*")
# Arrows, boxes, shapes, dingbats and private characters: lights and arrows of status columns.
_SIGN = re.compile(
    r"[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\ue000-\uf0a6\uf0a8-\uf0b6\uf0b8-\uf8ff]"
)  # not the bullets of word processors


def is_prose(text: str, telling: Collection[str]) -> bool:
    """Whether a page's text is sentences of which none has to do with measures.

    A page whose text cannot be read (an unknown language, a font without a map) is not called prose.
    """
    words = _words(text, telling)
    return (
        bool(words)
        and words.isdisjoint(_encoded(frozenset(telling)))
        and (len(words) < 10 or len(_PROSE.intersection(words)) >= 3)
        and (sum(map(text.count, "0123456789")) < _FIGURES or len(_FIGURE.findall(text)) < _FIGURES)
        and (text.isascii() or not _SIGN.search(text))
    )


def _words(text: str, telling: Collection[str]) -> set[bytes]:
    """The lower-case words of a text, or their pieces between other letters than those of ASCII.

    Pieces will do where no telling word has such a letter, and bytes are parted several times as fast.
    """
    if not (text.isascii() or "".join(telling).isascii()):
        return set(map(str.encode, _WORD.findall(text.lower())))
    return set(text.encode("ascii", "replace").translate(_APART).split())


@lru_cache(maxsize=8)
def _encoded(words: frozenset[str]) -> frozenset[bytes]:
    return frozenset(map(str.encode, words))


class Screen:
    """Tells of each page of a document, by its place among those asked for, whether it is to be read.

    Places in ``known`` need no look: they are read, or what is to be said of them is known already.
    """

    def __init__(
        self, pdf: Any, numbers: Sequence[int], telling: Collection[str], known: Collection[int] = ()
    ) -> None:
        self._pdf, self._numbers, self._telling = pdf, numbers, telling
        self._whole = len(numbers) < SHORTEST or not telling
        self._tells = dict.fromkeys(range(min(FRONT, len(numbers))), True)
        self._tells |= {place: True for place, number in enumerate(numbers) if number in known}

    def wants(self, place: int) -> bool:
        """Whether the page is to be read: it tells, or one near it does."""
        if self._whole:
            return True
        near = range(max(0, place - AROUND), min(len(self._numbers), place + AROUND + 1))
        return any(self._tells.get(p) for p in near) or any(self._tell(p) for p in near)

    def has_table(self, place: int) -> None:
        """A table was found on a page that was read for another's sake, so no look at it is needed."""
        self._tells[place] = True

    def _tell(self, place: int) -> bool:
        if place not in self._tells:
            self._tells[place] = _tells(self._pdf, self._numbers[place], self._telling)
        return self._tells[place]


def _tells(pdf: Any, number: int, telling: Collection[str]) -> bool:
    """Whether a page has anything to do with measures, or may have because it cannot be looked at."""
    page = raw.FPDF_LoadPage(pdf.raw, number - 1)
    if not page:
        return True
    try:
        text = raw.FPDFText_LoadPage(page)
        if not text:
            return True
        try:
            found = _text_of(text)
        finally:
            raw.FPDFText_ClosePage(text)
        return not is_prose(found, telling) or _drawn(page, found.count("\n") + 1)
    finally:
        raw.FPDF_ClosePage(page)


def _text_of(text: Any) -> str:
    texts = PieceTexts()
    texts.turn_to(calls.address(text), max(0, raw.FPDFText_CountChars(text)))
    return texts.whole


def _drawn(page: Any, lines: int) -> bool:
    """Whether rules or fills enough for a table are drawn. No piece of text stands in two lines of it."""
    count = raw.FPDFPage_CountObjects(page)
    if count - lines <= _RULES:
        return False
    at, get, kind_of = calls.address(page), calls.page_object, calls.kind
    paths = (i for i in range(count) if kind_of(get(at, i)) == raw.FPDF_PAGEOBJ_PATH)
    return next(islice(paths, _RULES, None), None) is not None
