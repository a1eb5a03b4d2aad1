"""The letters of a text as its page shows them: ligatures spelled out, and what names no character marked.

On the page it says "Direction", whichever code point a program gave to the sign for "ti"; and a pound sign whose font
does not name it comes as a bare code, of which nobody can say that it is no minus.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_PRIVATE = 0x100000  # some programs give a glyph's number as a character of the last private plane
_HALF = 0xDD00
UNKNOWN = "\ufffd"  # what half a pair, and a character that its font does not name, come as
HYPHEN = "\x02"  # what PDFium gives for a hyphen that parts a word at the end of a line
PAGE_HYPHEN = "\ufffe"  # and what it puts in its place in the text of a whole page
# Codes that name no character, white space apart.
_BARE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_PARTED = re.compile(rf"(?<=[^\W\d_]){HYPHEN}(?=\s*$)")


def spelled(text: str, font: str) -> str:
    """A text object's text as it is shown. ``font`` is the font's name in the PDF."""
    if _BARE.search(text):
        text = _BARE.sub(UNKNOWN, _PARTED.sub("-", text))
    if text.isascii():
        return text
    plain, named, names, half = _tables()
    if UNKNOWN in text:
        for first, letters in half.items():
            text = text.replace(first + UNKNOWN, letters)
    low = font.lower()
    return text.translate(named if any(name in low for name in names) else plain)


def spelled_half(code: int, before: str) -> str | None:
    """The letters that half a pair stands for behind another letter of its sign; None for any other code."""
    if code != _HALF:
        return None
    last = _data()["swapped"][f"{code:x}"]
    return str(last) if before.endswith(last[0]) else None


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("extract") / "data" / "ligatures.toml").read_text(encoding="utf-8"))


@cache
def _tables() -> tuple[dict[int, str], dict[int, str], tuple[str, ...], dict[str, str]]:
    """Letters by code point in any font and in the fonts of ``names``; what stands before half a pair, with both."""
    data = _data()
    some = dict(data["numbers_in"])
    names = tuple(some.pop("fonts"))
    numbers = _by_code(data["numbers"])
    named = numbers | _by_code(some)
    plain = _by_code(data["forms"]) | _by_code(data["swapped"]) | numbers
    plain |= {_PRIVATE + code: letters for code, letters in named.items()}
    last = data["swapped"][f"{_HALF:x}"]
    half = {chr(ord(last[0]) << 8): last[0] + last}
    return plain, plain | named, names, half


def _by_code(letters: dict[str, str]) -> dict[int, str]:
    return {int(code, 16): spelling for code, spelling in letters.items()}
