"""Grey rows: what the report says they mean, and which rows are grey.

Only where the report's own words say what grey shading means is a row called in or out of the portfolio.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extract.cells import Cell
from normalise.records import Passage

_SAYS_GREY = re.compile(
    # "shaded in grey", "grey shading", "highlighted in grey"
    r"\b(?:shad(?:ed|ing|e)\b[^.]{0,40}\bgr[ea]y|gr[ea]y(?:ed)?[^.]{0,20}\b"
    r"(?:shad(?:ed|ing|e)|rows?|highlight\w*|background|cells?)|highlighted in gr[ea]y|gr[ea]y(?:ed)? out)\b",
    re.IGNORECASE,
)
_PORTFOLIO = re.compile(
    r"\b(portfolio|remit|relevant to|responsib\w+|this (?:committee|panel|board)|cabinet member|within the (?:scope|terms)|belong)\b",
    re.IGNORECASE,
)


def grey_means_portfolio(passages: Iterable[Passage]) -> Passage | None:
    """The sentence that says that grey rows belong to the portfolio, or None."""
    for passage in passages:
        for sentence in re.split(r"(?<=[.!?])\s+", passage.text):
            if _SAYS_GREY.search(sentence) and _PORTFOLIO.search(sentence):
                return passage
    return None


@lru_cache(maxsize=1024)
def is_grey(colour: str | None) -> bool:
    """True for a neutral colour between near-white and dark grey."""
    if colour is None:
        return False
    r, g, b = (int(colour[i : i + 2], 16) for i in (0, 2, 4))
    return max(r, g, b) - min(r, g, b) <= 12 and 0x80 <= r <= 0xEF


def row_is_grey(cells: Sequence[Cell]) -> bool:
    """True where most cells of a row are grey; cells of other colours (statuses) are set aside."""
    plain = [c for c in cells if c.fill is None or is_grey(c.fill)]
    return bool(plain) and sum(1 for c in plain if is_grey(c.fill)) * 2 > len(plain)
