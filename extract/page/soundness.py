"""Whether the text of a page is what it shows: a font may name other letters than it draws, or none at all.

Told by the letters alone: whatever English a page prints, E and T come often and Q and Z hardly ever.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection

NONSENSE = (
    "the fonts name other letters than they draw (no sound Unicode map), so the page's text is nonsense"
)
LEAST = 200  # letters, or characters of any kind, from which anything can be told
ALIKE = 0.72  # English stays above 0.88, letters exchanged for one another below 0.7
UNNAMED = 0.4  # share of control and private characters that no text has
# How often each letter comes in a hundred letters of English.
_ENGLISH = {
    "a": 8.2, "b": 1.5, "c": 2.8, "d": 4.3, "e": 12.7, "f": 2.2, "g": 2.0, "h": 6.1, "i": 7.0, "j": 0.15, "k": 0.77, "l": 4.0,
    "m": 2.4, "n": 6.7, "o": 7.5, "p": 1.9, "q": 0.1, "r": 6.0, "s": 6.3, "t": 9.1, "u": 2.8, "v": 0.98, "w": 2.4, "x": 0.15,
    "y": 2.0, "z": 0.07,
}  # fmt: skip
_LENGTH = math.sqrt(sum(share * share for share in _ENGLISH.values()))


def is_nonsense(texts: Collection[str]) -> bool:
    """Whether texts of one page can be no words; False where there is too little to tell."""
    words = "\n".join(texts).lower().split()
    printed = "".join(words)
    total = len(printed)
    if total < LEAST:
        return False
    unnamed = sum(
        printed.count(char)
        for char in set(printed)
        if unicodedata.category(char) in ("Cc", "Co", "Cn") or char == "\ufffd"
    )
    if unnamed >= UNNAMED * total:
        return True
    # Each word once: a page of "Amber" and "No data" is short of letters, not of sense.
    once = "".join(set(words))
    letters = {char: once.count(char) for char in _ENGLISH}
    if sum(letters.values()) < LEAST:
        return False
    length = math.sqrt(sum(n * n for n in letters.values()))
    return sum(n * _ENGLISH[char] for char, n in letters.items()) < ALIKE * length * _LENGTH
