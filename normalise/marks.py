"""Numbers and stars that a report prints for statuses. What they mean is for the report's own key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from extract.cells import Cell, Glyph
from normalise.legends.words import alternatives, legend_words

MOST = 10  # no scale of statuses has more steps
_FULL, _OUTLINED = "★⭐✭✮✯✰🌟", "☆⚝"
SIGNS = rf"[{_FULL}](?:[{_FULL}\s\ufe0f]*[{_FULL}\ufe0f])?(?:\s*[{_OUTLINED}])*"


class Mark(Struct, frozen=True):
    """What a report may print for a status: a number, or so many stars."""

    count: int
    stars: bool = False

    @property
    def status(self) -> str:
        """The status as a word, where the report's key gives it no name."""
        if not self.stars:
            return f"status_{self.count}"
        return "1_star" if self.count == 1 else f"{self.count}_stars"


def mark_of(cell: Cell) -> Mark | None:
    """The mark that is all that a cell holds."""
    text = " ".join(cell.text.split())
    if re.fullmatch(r"\d{1,2}", text):
        return Mark(int(text)) if int(text) <= MOST else None
    if re.fullmatch(SIGNS, text):
        return of_signs(text)
    named = named_stars().fullmatch(text)
    if named:
        return of_name(named)
    return None if any(ch.isalnum() for ch in text) else _drawn(cell.glyphs)


def of_signs(text: str) -> Mark:
    return Mark(sum(ch in _FULL for ch in text), stars=True)


def of_name(match: re.Match[str]) -> Mark:
    """ "3 stars", "three stars"."""
    said, numbers = match["stars"].lower(), legend_words().marks.numbers
    return Mark(numbers.index(said) + 1 if said in numbers else int(said), stars=True)


def _drawn(glyphs: Sequence[Glyph]) -> Mark | None:
    """Stars of a symbol font or a drawing; where they are of two colours, nobody knows which of them count."""
    full = [g for g in glyphs if g.shape == "star" and (not g.text or g.text not in _OUTLINED)]
    plain = all(g.shape == "star" for g in glyphs) and len({g.colour for g in full}) == 1
    return Mark(len(full), stars=True) if plain else None


@cache
def named_stars() -> re.Pattern[str]:
    numbers = alternatives(legend_words().marks.numbers)
    return re.compile(rf"(?P<stars>[1-9]|{numbers})[ -]stars?", re.IGNORECASE)
