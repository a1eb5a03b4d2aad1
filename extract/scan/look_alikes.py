"""Letters that look alike: told apart by the height of their ink and by the letters beside them.

What the ink decides is changed. What only the neighbours tell is changed, too, but leaves a doubt where it is
a figure. What neither decides is left as recognised. No sum is asked here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from extract.scan.engine import Letter
from extract.scan.ink import Blob
from extract.scan.lettering import CAPITAL, SMALL, Lettering, Word

LOOK_ALIKE = "ocr-doubt-look-alike"
POINT = "ocr-doubt-point"
SAME_FORM = frozenset("cosuvwxz")  # small letters that only their size tells from capitals
SURELY_SMALL = frozenset("aemnr")
LOWER, UPPER = 0.82, 0.89  # of the height of a capital: below it is a small letter, above none
LEAST_CAPITAL = 9  # pixels: heights of smaller letters differ by less than the grain
DASH = 0.42  # font sizes: longer is a dash, shorter a hyphen
SPACE, BESIDE_ONE = 0.22, 0.34  # font sizes between the ink of two letters that belong to two words
_FOR_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_LIKE_DIGITS = frozenset("OolI|SBZ")
_CORE = r"[\d.,OolI|SBZ]+"
_FIGURE = re.compile(rf"^[<>≤≥+\-–£$€(]*(?P<core>{_CORE})(?:%|\)|\*|m|k|bn|th|st|nd|rd)*$")
_GROUPED = re.compile(r"^[<>≤≥+\-–£$€(]*(?P<core>[1-9]\d{0,2}(?:[.,]\d{3})+)(?![\d])")
TAIL = 0.08  # font sizes by which a comma hangs below the line
POINT_SIZE = (0.04, 0.22)  # in font sizes: the sides of a point


def settle(line: Lettering) -> None:
    """Put right, word by word, the letters of a line that can be told apart, and note the doubts."""
    words: list[Word] = []
    inks = [_letter_ink(word, line) for word in line.words]
    small = _small_letters(line, inks)
    for word, own in zip(line.words, inks, strict=True):
        _thousands(word, own, line)
        if own and line.size:
            _by_ink(word, own, line, small)
            words += _parted(word, own, line.size)
        else:
            words.append(word)
    line.words = words
    for k, word in enumerate(words):
        _capital_i(word, words[k + 1].text if k + 1 < len(words) else "")
        _among_capitals(word)
        _digits(word)
        if line.size:
            _points(word, line)


def _letter_ink(word: Word, line: Lettering) -> list[Blob]:
    """The ink of each letter, where there are as many pieces of ink, dots put on their letters, as letters.

    A per cent sign may have up to three pieces.
    """
    inside = [p for p in line.pieces if word.x0 <= (p.x0 + p.x1) / 2 <= word.x1]
    joined: list[Blob] = []
    for piece in inside:
        last = joined[-1] if joined else None
        if last and min(last.x1, piece.x1) - max(last.x0, piece.x0) >= 0.6 * min(
            last.x1 - last.x0, piece.x1 - piece.x0
        ):
            joined[-1] = _around((last, piece))
        else:
            joined.append(piece)
    more = len(joined) - len(word.letters)
    if more in (1, 2) and word.text.count("%") == 1:
        k = word.text.index("%")
        joined[k : k + more + 1] = [_around(joined[k : k + more + 1])]
    return joined if len(joined) == len(word.letters) else []


def _around(pieces: Sequence[Blob]) -> Blob:
    return Blob(
        min(p.x0 for p in pieces),
        min(p.top for p in pieces),
        max(p.x1 for p in pieces),
        max(p.bottom for p in pieces),
        sum(p.area for p in pieces),
    )


def _small_letters(line: Lettering, inks: Sequence[Sequence[Blob]]) -> float:
    """How high the surely small letters of a line are, in pixels; 0 where it has none."""
    heights = [
        ink.bottom - ink.top
        for word, own in zip(line.words, inks, strict=True)
        for letter, ink in zip(word.letters, own, strict=False)
        if letter.char in SURELY_SMALL
    ]
    return median(heights) if heights else 0.0


def _by_ink(word: Word, own: Sequence[Blob], line: Lettering, small: float) -> None:
    capital = small / SMALL * CAPITAL if small else CAPITAL * line.size
    if capital < LEAST_CAPITAL:
        return
    for k, (letter, ink) in enumerate(zip(word.letters, own, strict=True)):
        char = letter.char
        share = (ink.bottom - ink.top) / capital
        if char in "-–":
            word.letters[k] = replace(letter, char="–" if ink.x1 - ink.x0 > DASH * line.size else "-")
        elif char in SAME_FORM and share > UPPER and not _among_small(word, k):
            upper = "0" if char == "o" and _beside_digit(word, k) else char.upper()
            word.letters[k] = replace(letter, char=upper)
        elif char.lower() in SAME_FORM and char.isupper() and share < LOWER:
            word.letters[k] = replace(letter, char=char.lower())
        elif char == "0" and share < LOWER:
            word.doubts.add(LOOK_ALIKE)


def _parted(word: Word, own: Sequence[Blob], size: float) -> list[Word]:
    """The word as several where a space in the ink was passed over."""
    edges = [0]
    edges += [k for k in range(1, len(own)) if own[k].x0 - own[k - 1].x1 > _space(word.letters, k) * size]
    if len(edges) == 1:
        return [word]
    edges.append(len(own))
    return [
        Word(
            word.letters[a:b],
            min(p.x0 for p in own[a:b]),
            word.top,
            max(p.x1 for p in own[a:b]),
            word.bottom,
            set(word.doubts),
        )
        for a, b in pairwise(edges)
    ]


def _space(letters: Sequence[Letter], k: int) -> float:
    """From which gap in font sizes on the letter ``k`` begins a word.

    Digits stand in columns of equal width, so that a 1 has wide gaps about it; between digits only a space
    that was recognised counts.
    """
    pair = (letters[k - 1].char, letters[k].char)
    if all(c.isdigit() or c in ".,%£" for c in pair):
        return float("inf")
    return BESIDE_ONE if "1" in pair else SPACE


def _among_small(word: Word, k: int) -> bool:
    """Does a small letter follow one within a word? No capital stands there, whatever grain has done to its ink."""
    before, after = word.text[max(0, k - 1) : k], word.text[k + 1 : k + 2]
    return before.isalpha() and after.isalpha() and after.islower()


def _beside_digit(word: Word, k: int) -> bool:
    around = [word.letters[j].char for j in (k - 1, k + 1) if 0 <= j < len(word.letters)]
    return any(c.isdigit() for c in around)


def _named_by_number(text: str, following: str) -> bool:
    """Is a word of a capital and an l the name before a number, as in "NI 130"?"""
    return len(text) == 2 and text[0].isupper() and following[:1].isdigit()


def _capital_i(word: Word, following: str) -> None:
    """A small l among capitals is a capital I: "LPl" is no word, "LPI" a code. So is an i beside digits."""
    text = word.text.strip("()[]'\"“”‘’.,:;")
    like = "li" if any(c.isdigit() for c in text) else "l"
    if not any(c in text for c in like):
        return
    whole = re.sub(r"(?<=\d)[a-z]$", "", text.rstrip("s"))  # without the suffix of "LPI 52g"
    others = [c for c in whole if c.isalpha() and c not in like and c not in SAME_FORM]
    if any(c.islower() for c in others) or (len(others) < 2 and not _named_by_number(text, following)):
        return
    for k, letter in enumerate(word.letters):
        if letter.char in like:
            word.letters[k] = replace(letter, char="I")


def _among_capitals(word: Word) -> None:
    """A small letter of the same form as its capital, among capitals: "sS" is "SS", "PMo6" is "PM06"."""
    text = word.text
    plain = text.rstrip("s") if not text.endswith("ss") else text
    named = re.sub(r"(?<=\d)[a-z]$", "", plain)  # without the suffix of "RES.05b"
    certain = [c for c in named if c.isalpha() and c not in SAME_FORM]
    if any(c.islower() for c in certain) or not any(c.isupper() for c in text):
        return
    capitals = sum(c.isupper() for c in text)
    for k, letter in enumerate(word.letters[: len(plain)]):
        if letter.char not in SAME_FORM:
            continue
        before, after = text[k - 1] if k else "", text[k + 1] if k + 1 < len(text) else ""
        if before.isdigit() and not after.isalnum() and letter.char != "o":
            continue  # a suffix: "07c"
        if letter.char == "o" and (before.isdigit() or after.isdigit()):
            word.letters[k] = replace(letter, char="0")
        elif capitals >= 2 or after.isupper():
            word.letters[k] = replace(letter, char=letter.char.upper())


def _digits(word: Word) -> None:
    """Letters in a figure that are digits in all but name."""
    match = _FIGURE.match(word.text)
    if match is None:
        return
    core = match["core"]
    if not any(c in _LIKE_DIGITS for c in core) or 2 * sum(c.isdigit() for c in core) < len(core):
        return
    if (core[:-1].isdigit() and core[-1] in "SBZ") or (core[1:].isdigit() and core[0] in "SBZ"):
        return  # "12B" and "S106" are codes or clauses
    for k in range(match.start("core"), match.end("core")):
        letter = word.letters[k]
        if letter.char in _LIKE_DIGITS:
            word.letters[k] = replace(letter, char=letter.char.translate(_FOR_DIGITS))
            word.doubts.add(LOOK_ALIKE)


def _thousands(word: Word, own: Sequence[Blob], line: Lettering) -> None:
    """A point before three digits may be a comma whose tail is worn away: 4.044 for 4,044.

    It is one where its ink hangs below the line, else it is left with a doubt.
    """
    match = _GROUPED.match(word.text)
    if match is None:
        return
    for k in range(match.start("core"), match.end("core")):
        if word.text[k] != ".":
            continue
        if own and line.size and own[k].bottom > line.base + TAIL * line.size:
            word.letters[k] = replace(word.letters[k], char=",")
        else:
            word.doubts.add(POINT)


def _points(word: Word, line: Lettering) -> None:
    """A doubt where a figure has more points in its ink than in its text."""
    text = word.text
    if not any(c.isdigit() for c in text) or any(c in ":;!?i" for c in text):
        return
    least, most = POINT_SIZE[0] * line.size, POINT_SIZE[1] * line.size
    seen = [
        p
        for p in line.pieces
        if word.x0 - 1 <= p.x0
        and p.x1 <= word.x1 + 1
        and least <= p.x1 - p.x0 <= most
        and least <= p.bottom - p.top <= 1.7 * most
        and p.top >= line.base - 0.35 * line.size
        and p.area >= 0.4 * (p.x1 - p.x0) * (p.bottom - p.top)
        and not any(_stands_over(q, p) for q in line.pieces)
    ]
    if len(seen) > sum(text.count(c) for c in ".,"):
        word.doubts.add(POINT)


def _stands_over(other: Blob, piece: Blob) -> bool:
    """Is a piece at the foot of another, as the end of a digit is whose thin strokes have broken?"""
    both = min(other.x1, piece.x1) - max(other.x0, piece.x0)
    return other is not piece and other.top < piece.top and both >= 0.5 * (piece.x1 - piece.x0)
