"""A page's text read by characters and gathered into words, for pages where a text object is no cell."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw

from extract.errors import OverLimit
from extract.page import calls
from extract.page.letters import HYPHEN, PAGE_HYPHEN, UNKNOWN, spelled, spelled_half

if TYPE_CHECKING:
    from extract.page.matrices import Matrix
    from extract.page.parts import TextItem

MAX_CHARACTERS = 400_000
# Heights of ink above and below the baseline, in font sizes, as in common text fonts.
ASCENT, DESCENT = 0.73, 0.2
# A gap wider than this share of the font size parts two words. Ordinary spaces are about 0.25 wide.
WORD_GAP = 0.18
MADE_UP = frozenset(" \r\n")  # what PDFium puts between words and lines
OVERHUNG_GAP = 0.1  # where PDFium guesses a space: an "f" and a "j" reach into the one between them

# Font name, bold, font key, size in points, colour, angle and baseline.
Style = tuple[str, bool, int, float, str, int, float]


def words_of_page(
    text: Any,
    matrix: Matrix,
    style: Callable[[int, Matrix], Style],
    inside: Mapping[int, TextItem] = MappingProxyType({}),
    whole: str = "",
) -> list[TextItem]:
    """Words with tight boxes, in reading order of the content stream.

    ``inside`` are the pieces that stand in forms, by the addresses of their objects: PDFium leaves the form's own
    scale out of account for a ligature, so what it puts outside its piece stands where the piece does.
    ``whole`` is the text of the page, where that is known already.
    Raises OverLimit for a page of more characters than any report has.
    """
    from extract.page.matrices import shown_box
    from extract.page.parts import TextItem

    count = raw.FPDFText_CountChars(text)
    if count > MAX_CHARACTERS:
        raise OverLimit(f"the page has {count:,} characters, the limit is {MAX_CHARACTERS:,}")
    loose = raw.FS_RECTF()
    loose_at, page = ctypes.addressof(loose), calls.address(text)
    styles: dict[int, Style] = {}
    words: list[TextItem] = []
    current: TextItem | None = None
    guessed = False
    # What is no character in the text of the page may be half of one, or half of a ligature.
    sound = len(whole) == count and UNKNOWN not in whole
    codes = enumerate(map(ord, whole)) if sound else _codes(page, count)
    for i, code in codes:
        char = _named(code) or spelled_half(code, current.text if current else "") or UNKNOWN
        if char in (HYPHEN, PAGE_HYPHEN) and calls.is_hyphen(page, i) == 1:
            char = "-"
        if char in MADE_UP and calls.is_generated(page, i) == 1:
            guessed = True
            continue  # PDFium's guess at a space; the gap itself decides below
        if char.isspace():
            if current is not None:
                current.text += " "  # so that words stay apart however close their ink stands
            current = None
            continue
        obj = calls.object_of(page, i)
        if not obj or not calls.loose_box(page, i, loose_at):
            continue
        known = styles.get(obj)
        if known is None:
            known = styles[obj] = _based(style(obj, matrix), text, i, matrix)
        font, bold, font_key, size, colour, angle, base = known
        if not " " <= char <= "~":
            char = spelled(char, font)
        # Advance widths, not ink: the ink of a "1" is so narrow that its neighbours seem a space away.
        x0, y0, x1, y1 = shown_box(matrix, loose.left, loose.bottom, loose.right, loose.top)
        if obj in inside:
            x0, y0, x1, y1, base = _in_form(inside[obj], x0, y0, x1, y1, base)
        if angle == 0:
            y0, y1 = base - ASCENT * size, base + DESCENT * size
        least = OVERHUNG_GAP if guessed else WORD_GAP
        guessed = False
        if current is not None and _goes_on(current, x0, x1, y0, y1, base, angle, size, least):
            current.text += char
            current.x0, current.x1 = min(current.x0, x0), max(current.x1, x1)
            current.top, current.bottom = min(current.top, y0), max(current.bottom, y1)
        else:
            if current is not None and angle == current.angle and abs(base - current.base) <= 0.3 * size:
                current.text += " "
            current = TextItem(char, x0, y0, x1, y1, base, size, angle, font, bold, colour, font_key)
            words.append(current)
    return words


def _codes(page: int | None, count: int) -> Iterator[tuple[int, int]]:
    """The code points of a text page, with the place of each; pairs of halves as one, at the second's place."""
    high = 0
    for i in range(count):
        code = calls.code_of(page, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        yield i, code


def _in_form(
    piece: TextItem, x0: float, y0: float, x1: float, y1: float, base: float
) -> tuple[float, float, float, float, float]:
    """Where a character of a form's piece stands: its own box and baseline, or the piece's if it is off that."""
    x, y, slack = (x0 + x1) / 2, (y0 + y1) / 2, piece.size / 2
    if piece.x0 - slack < x < piece.x1 + slack and piece.top - slack < y < piece.bottom + slack:
        return x0, y0, x1, y1, base
    return piece.x0, piece.top, piece.x1, piece.bottom, piece.base


def _named(code: int) -> str:
    """The character of a code, "" for a code that is none."""
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _based(known: Style, text: Any, i: int, matrix: Matrix) -> Style:
    """A style with the baseline where the page shows it: an object inside a form knows its place in the form only."""
    from extract.page.matrices import apply

    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetCharOrigin(text, i, x, y):
        return known
    at = apply(matrix, x.value, y.value)
    return (*known[:6], at[1] if known[5] in (0, 180) else at[0])


def _goes_on(
    word: TextItem,
    x0: float,
    x1: float,
    y0: float,
    y1: float,
    base: float,
    angle: int,
    size: float,
    least: float,
) -> bool:
    if angle != word.angle or abs(base - word.base) > 0.3 * size:
        return False
    gap = {0: x0 - word.x1, 180: word.x0 - x1, 90: word.top - y1, 270: y0 - word.bottom}[angle]
    # Both letters of a ligature have the ligature's box, so a letter may lie wholly on the one before it.
    return -1.6 * size < gap < least * size
