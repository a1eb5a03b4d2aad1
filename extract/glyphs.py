"""Symbols: font and code, or Unicode character, to the shape they show.

Three witnesses are asked: the table of well-known symbol fonts, the Unicode name of the character, and the
outline that the font really draws. What is drawn does not lie, so an outline that is recognised wins; a
witness that says otherwise leaves a doubt. What nobody knows keeps the shape None and is reported.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

PRIVATE = range(0xE000, 0xF900)
SYMBOL_OFFSET = 0xF000  # symbol fonts map code c to U+F000 + c

_WAYS = {
    "UPWARDS": "up",
    "UPWARD": "up",
    "UP-POINTING": "up",
    "DOWNWARDS": "down",
    "DOWNWARD": "down",
    "DOWN-POINTING": "down",
    "RIGHTWARDS": "right",
    "RIGHTWARD": "right",
    "RIGHT-POINTING": "right",
    "LEFTWARDS": "left",
    "LEFTWARD": "left",
    "LEFT-POINTING": "left",
    "NORTH EAST": "up-right",
    "SOUTH EAST": "down-right",
    "NORTH WEST": "up-left",
    "SOUTH WEST": "down-left",
    "LEFT RIGHT": "both",
    "UP DOWN": "up-down",
}


class Family(Struct, frozen=True):
    """A symbol font: parts of its names (lower case, no spaces) and its shapes by code."""

    names: tuple[str, ...]
    not_names: tuple[str, ...]
    shapes: dict[int, str]


@cache
def _data() -> dict[str, Any]:
    text = (files("extract") / "data" / "symbol_fonts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def families() -> tuple[Family, ...]:
    """The well-known symbol fonts."""
    return tuple(
        Family(
            tuple(entry["names"]),
            tuple(entry.get("not_names", ())),
            {int(code, 16): shape for code, shape in entry["shapes"].items()},
        )
        for entry in _data()["families"].values()
    )


@cache
def family_of(font: str) -> Family | None:
    """The symbol font that a PDF font name stands for, subset prefix and style ignored."""
    name = font.rpartition("+")[2].lower().replace(" ", "").replace("-", "").replace("_", "")
    for family in families():
        if any(n in name for n in family.names) and not any(n in name for n in family.not_names):
            return family
    return None


@cache
def is_symbol_font(font: str) -> bool:
    """True for fonts whose letters are pictures, so that their text must not be read as words."""
    name = font.lower()
    return family_of(font) is not None or any(
        w in name for w in ("opensymbol", "dingbat", "marlett", "arrows", "fontawesome", "icon")
    )


@cache
def unicode_shape(char: str) -> str | None:
    """The shape that a Unicode arrow, triangle, circle, tick … shows by its own definition."""
    listed: str | None = _data()["unicode"].get(f"{ord(char):x}")
    if listed:
        return listed
    name = unicodedata.name(char, "")
    kind = "arrow" if "ARROW" in name else "triangle" if "TRIANGLE" in name or "POINTER" in name else ""
    if not kind:
        return None
    for words, way in _WAYS.items():
        if words in name and not (
            way in ("left", "right", "up", "down") and " ".join(("LEFT RIGHT",)) in name
        ):
            return f"{kind}-{way}"
    return None


def unicode_colour(char: str) -> str | None:
    """The colour that an emoji has by its definition, as RRGGBB."""
    found: str | None = _data()["unicode_colours"].get(f"{ord(char):x}")
    return found


def table_shape(char: str, font: str) -> str | None:
    """The shape by the tables: the font's own where it is well known, else Unicode's."""
    family = family_of(font)
    code = ord(char)
    if family is not None:
        own = family.shapes.get(code - SYMBOL_OFFSET if code in PRIVATE else code)
        if own:
            return own
    return unicode_shape(char)


def settle(by_table: str | None, by_outline: str | None) -> tuple[str | None, bool]:
    """The shape to report and whether the witnesses disagree about what it points at."""
    if by_outline is None or by_table is None:
        return by_outline or by_table, False
    same = by_outline.partition("-")[2] == by_table.partition("-")[2]
    pointing = by_table.startswith(("arrow", "triangle")) or by_outline.startswith(("arrow", "triangle"))
    if not pointing or same:
        return by_table, False
    return by_outline, True
