"""Which improvement row speaks of which dashboard row: by code, white space ignored, then by title."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from normalise.records import Improvement, Measure

By = Literal["code", "other code", "former code", "title"]
ALIKE = 0.9  # titles this similar are one title printed twice
NEARLY_ALIKE = 0.75  # enough to doubt that one of them is missing, where no code tells
RELATED = 0.45  # below this, one code over two titles is more likely a slip in the code
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


class Pair(Struct, frozen=True):
    """One measure in both tables. ``sure`` is False where code and title point different ways."""

    measure: Measure
    improvement: Improvement
    by: By
    sure: bool


@lru_cache(maxsize=4096)
def code_key(code: str) -> str:
    """A code without white space, case and kind of dash: "CM PM11b" and "CMPM11b" are one."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", code)).translate(_DASHES).casefold()


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """A title as lower case letters and digits with single spaces."""
    text = unicodedata.normalize("NFKC", title).casefold()
    return " ".join(re.findall(r"[a-z0-9%]+", text))


def likeness(a: str, b: str, least: float = 0.0) -> float:
    """0 to 1: how alike two titles are; one cut short by its cell counts as the same.

    Below ``least`` the answer is only some number below it: that is found much faster.
    """
    x, y = title_key(a), title_key(b)
    if not x or not y:
        return 0.0
    short, long = (x, y) if len(x) <= len(y) else (y, x)
    if len(short) >= 20 and long.startswith(short):
        return 0.95
    if 2 * len(short) < least * (len(x) + len(y)) or _in_common(x, y) * 2 < least * (len(x) + len(y)):
        return 0.0
    return SequenceMatcher(None, x, y, autojunk=False).ratio()


@lru_cache(maxsize=4096)
def _letters(key: str) -> dict[str, int]:
    return Counter(key)


def _in_common(x: str, y: str) -> int:
    """How many letters two titles share in any order: no matching of them can use more."""
    mine, theirs = _letters(x), _letters(y)
    return sum(min(n, theirs.get(letter, 0)) for letter, n in mine.items())


def codes(row: Measure | Improvement) -> dict[str, By]:
    """Every code of a row by its key, with what kind of code it is; the row's own code wins."""
    return _codes(row.code, row.other_codes, row.former_codes)


@lru_cache(maxsize=4096)
def _codes(code: str | None, other: tuple[str, ...], former: tuple[str, ...]) -> dict[str, By]:
    found: dict[str, By] = {code_key(each): "former code" for each in former}
    found |= {code_key(each): "other code" for each in other}
    if code:
        found[code_key(code)] = "code"
    return found


_RANK: dict[By, int] = {"code": 0, "other code": 1, "former code": 2, "title": 3}


def _match(
    measure: Measure, mine: dict[str, By], improvement: Improvement, theirs: dict[str, By]
) -> tuple[By, float] | None:
    """How a row of each may be of one measure, by their codes and titles; None where they are not."""
    if not mine.keys().isdisjoint(theirs):  # the code settles it; the titles only say how surely
        shared = [max(mine[k], theirs[k], key=_RANK.__getitem__) for k in mine.keys() & theirs.keys()]
        return min(shared, key=_RANK.__getitem__), likeness(measure.title, improvement.title)
    if title_key(measure.title) == title_key(improvement.title):
        return "title", 1.0
    if mine and theirs:
        return None
    alike = likeness(measure.title, improvement.title, ALIKE)
    return ("title", alike) if alike >= ALIKE else None


def pair_rows(measures: Sequence[Measure], improvements: Sequence[Improvement]) -> tuple[Pair, ...]:
    """The pairs, in the order of the improvement rows. A row that could belong to two is left out."""
    pairs = []
    listed = [(measure, codes(measure)) for measure in measures]
    for row in improvements:
        own = codes(row)
        found = [(m, hit) for m, known in listed if (hit := _match(m, known, row, own))]
        if not found:
            continue
        best_rank = min(_RANK[by] for _, (by, _) in found)
        best = [(m, by, alike) for m, (by, alike) in found if _RANK[by] == best_rank]
        if len(best) > 1:
            best.sort(key=lambda hit: -hit[2])
            if best[0][2] - best[1][2] < 0.1:
                continue
        measure, by, alike = best[0]
        pairs.append(Pair(measure, row, by, sure=by == "title" or alike >= RELATED))
    return tuple(pairs)


def perhaps_among(row: Measure | Improvement, others: Sequence[Measure | Improvement]) -> bool:
    """Could a row be one of the others, on a generous look? For claims that something is missing."""
    mine = codes(row).keys()
    by_code = any(not mine.isdisjoint(codes(other)) for other in others)
    return by_code or any(perhaps_same(row, other) for other in others)


def perhaps_same(one: Measure | Improvement, other: Measure | Improvement) -> bool:
    """Could these two be one measure, on a generous look?"""
    mine, theirs = codes(one).keys(), codes(other).keys()
    if not mine.isdisjoint(theirs):
        return True
    for a in mine:
        for b in theirs:
            if (a.startswith(b) or b.startswith(a)) and (_without_letter(a) == b or a == _without_letter(b)):
                return True
    enough = ALIKE if mine and theirs else NEARLY_ALIKE
    return likeness(one.title, other.title, enough) >= enough


@lru_cache(maxsize=4096)
def _without_letter(code: str) -> str:
    """The code that a part belongs to: "pm11b" is part of "pm11"."""
    return re.sub(r"(?<=\d)[a-z]$", "", code)
