"""What an arrow shows: up, down or level; never what it means.

A word of merit ("Improving") is kept as such, since the way the figure moved depends on polarity.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal, get_args

from msgspec import Struct

from normalise.records import Direction
from normalise.vocabulary import Vocabulary, load
from normalise.words import collapse

Merit = Literal["better", "same", "worse"]
_OTHERS = re.compile(r"[^a-z/. -]")
_DENIED = re.compile(r"\b(?:not|no|un\w+|is|the)\b")
_PLAIN = re.compile(r"[A-Za-z0-9.%,]+")
_MERITS = get_args(Merit)
_DIRECTIONS = get_args(Direction)
_BY_MERIT: dict[str, Direction] = {"better": "up", "same": "level", "worse": "down"}


# A sign of Latin-1, or one without a name, on its own: no footnote's mark and no part of a word.
_NAMELESS = re.compile(r"(?<!\S)[\u00a1-\u00b6\u00b8-\u00bf\ufffd](?!\S)")


class ReadDirection(Struct, frozen=True):
    """A direction cell. ``merit`` is set where words judge; ``from_words`` where no sign was printed.

    With words of merit alone, ``direction`` is up for better and down for worse, as an arrow would be drawn.
    """

    direction: Direction
    printed: str
    merit: Merit | None = None
    from_words: bool = False


def direction_from_shape(shape: str | None, *, vocabulary: Vocabulary | None = None) -> Direction | None:
    """The direction that a drawn shape shows, None for shapes that point nowhere and for unknown ones."""
    if shape is None:
        return None
    return _as_direction((vocabulary or load()).directions.shapes.get(shape))


def direction_from_face(shape: str | None, *, vocabulary: Vocabulary | None = None) -> Direction | None:
    """The direction that a face stands for: up for a happy one, as an arrow would be drawn."""
    merit = (vocabulary or load()).directions.faces.get(shape or "")
    return _BY_MERIT.get(merit or "")


def direction_from_text(text: str, *, vocabulary: Vocabulary | None = None) -> ReadDirection | None:
    """The direction that a cell's text shows: arrows and triangles of Unicode first, then words."""
    words = (vocabulary or load()).directions
    printed = collapse(text)
    if not printed or len(printed) > 80:
        return None
    plain = collapse(_OTHERS.sub(" ", printed.lower())).strip(" .-")
    if printed.lower() in words.none or plain in words.none:
        return ReadDirection("not_applicable", printed)
    merit = _merit(plain, words.merit)
    shown = _shown(printed, words.signs)
    if shown is not None:
        return ReadDirection(shown, printed, merit)
    if _NAMELESS.search(printed):
        return None  # an arrow that its font calls something else; beside "better" it may point either way
    if merit is not None:
        return ReadDirection(_BY_MERIT[merit], printed, merit, from_words=True)
    for name, forms in words.plain.items():
        if plain in forms:
            direction = _as_direction(name)
            if direction:
                return ReadDirection(direction, printed, from_words=True)
    return None


def _merit(plain: str, merits: dict[str, tuple[str, ...]]) -> Merit | None:
    found = {name for name, forms in merits.items() if plain in forms}
    if not found and len(plain.split()) <= 6 and not _DENIED.search(plain):
        found = {name for name, forms in merits.items() if forms and _any_word(forms).search(plain)}
    if len(found) != 1:
        return None
    name = found.pop()
    return next((merit for merit in _MERITS if merit == name), None)


@cache
def _any_word(forms: tuple[str, ...]) -> re.Pattern[str]:
    """One of the forms, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")


def _shown(printed: str, signs: dict[str, tuple[str, ...]]) -> Direction | None:
    bare = collapse(_PLAIN.sub(" ", printed))
    for name, forms in signs.items():
        if bare in forms:
            return _as_direction(name)
    seen = [way for way in map(_sign_way, printed) if way is not None] if not printed.isascii() else []
    ways = set(seen)
    if not ways:
        return None
    if ways == {"left", "right"} or ways <= {"left", "right", "level"}:
        return "level"
    if len(ways) == 1:
        return _as_direction(ways.pop())
    return None  # signs that contradict each other


def _sign_way(ch: str) -> str | None:
    """Which way a Unicode arrow or triangle points, by its name: up, down, left, right or level."""
    if ord(ch) < 0x2190:
        return None
    name = unicodedata.name(ch, "")
    if not re.search(r"ARROW|TRIANGLE|POINT|CHEVRON|TRIANGLE-HEADED", name):
        return None
    up = bool(re.search(r"\bUP(?:WARDS?)?\b|\bNORTH\b", name))
    down = bool(re.search(r"\bDOWN(?:WARDS?)?\b|\bSOUTH\b", name))
    left = bool(re.search(r"\bLEFT(?:WARDS?)?\b", name))
    right = bool(re.search(r"\bRIGHT(?:WARDS?)?\b", name))
    if up and down:
        return "both ways"
    if up:
        return "up"
    if down:
        return "down"
    if left and right:
        return "level"
    if left:
        return "left"
    return "right" if right or re.search(r"HEADED|POINTED|FEATHERED|SHAFTED", name) else None


def _as_direction(name: str | None) -> Direction | None:
    return next((way for way in _DIRECTIONS if way == name), None)
