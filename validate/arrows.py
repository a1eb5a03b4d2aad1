"""What a direction arrow means, by the report's own words.

An arrow up may say that performance is better ("merit") or that the figure is higher ("movement"). Where
no words settle it, both are admissible. What the arrow compares with may be the period before, the same
period a year ago, or last year as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from normalise.records import Passage, Period, Source
from validate.quarters import first_year, quarters_in, years_in
from validate.words import data_of, one_of_patterns

Meaning = Literal["merit", "movement"]
Compared = Literal["previous_period", "same_period_last_year", "last_year"]
BOTH: frozenset[Meaning] = frozenset(("merit", "movement"))
FOLLOWING = 7  # short passages after a heading about arrows that may be its legend
CLOSE = 60  # characters between an arrow and the words that say what it means
KEY = 300  # characters of a whole key that was read as one passage under its heading
SHORT = 90  # characters; longer passages are prose, not the lines of a legend

_TOLERANCE = re.compile(
    r"(?:within|less than|under|up to|no more than|±|\+/-|\+ ?or ?-|plus or minus)\s*(?P<n>\d+(?:\.\d+)?)\s*"
    r"(?P<unit>percentage points?|% ?points?|pp\b|%|per ?cent)",
    re.I,
)


class Legend(Struct, frozen=True):
    """What the words settle. ``meanings`` is empty where they turn the arrow round: then nothing is said."""

    meanings: frozenset[Meaning] = BOTH
    compared: frozenset[Compared] = frozenset()
    tolerance: Decimal | None = None
    rule: str = ""
    sources: tuple[Source, ...] = ()


@cache
def _pattern(*keys: str) -> re.Pattern[str]:
    node: Any = data_of("arrows")
    for key in keys:
        node = node[key]
    return one_of_patterns(node)


def read_legend(passages: Sequence[Passage], period: Period) -> Legend:
    """Read every passage about arrows. Passages that disagree leave both meanings open."""
    meanings: set[Meaning] = set()
    compared: set[Compared] = set()
    tolerance: Decimal | None = None
    said: list[Passage] = []
    inverted = False
    for window in _windows(passages):
        text = " \n ".join(p.text for p in window)
        found = _meanings(text, window)
        inverted = inverted or found is None
        periods = {c for sentence in _sentences(text) if (c := compared_with(sentence, period))}
        allowed = _tolerance(text)
        if found or periods or allowed is not None:
            said.extend(p for p in window if p not in said)
        meanings |= found or set()
        compared |= periods
        tolerance = allowed if tolerance is None else tolerance
    settled: frozenset[Meaning] = frozenset() if inverted else (frozenset(meanings) or BOTH)
    rule = " ".join(" ".join(p.text.split()) for p in said)
    sources = tuple(Source(page=p.page, bbox=p.bbox) for p in said)
    return Legend(settled, frozenset(compared), tolerance, rule, sources)


def _windows(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Each passage about arrows, with the short ones after it on its page that explain it."""
    topic = _pattern("topic")
    taken: set[int] = set()
    for i, first in enumerate(passages):
        if i in taken or not topic.search(first.text):
            continue
        window = [first]
        for j in range(i + 1, min(i + 1 + FOLLOWING, len(passages))):
            after = passages[j]
            room = KEY if j == i + 1 else SHORT
            explains = len(after.text) <= room and (_has_sense(after.text) or topic.search(after.text))
            if after.page != first.page or not explains or len(first.text) > SHORT:
                break
            window.append(after)
            taken.add(j)
        yield window


def _has_sense(text: str) -> bool:
    return any(_pattern("sense", s).search(text) for s in ("better", "worse", "same", "higher", "lower"))


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.;!?])\s+|\n", text) if s.strip()]


class Token(NamedTuple):
    """A word about arrows in a text: ``name`` is a direction ("up") or a sense ("better")."""

    start: int
    end: int
    name: str


def _tokens(text: str) -> list[Token]:
    """Arrow words and sense words in the order in which they stand; the longest wins where they overlap."""
    found = [
        Token(m.start(), m.end(), name)
        for group in ("direction", "sense")
        for name in data_of("arrows")[group]
        for m in _pattern(group, name).finditer(text)
    ]
    found.sort(key=lambda t: (t.start, -t.end))
    kept: list[Token] = []
    for token in found:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


_MEANS: dict[tuple[str, str], Meaning] = {
    ("up", "better"): "merit",
    ("down", "worse"): "merit",
    ("up", "higher"): "movement",
    ("down", "lower"): "movement",
}
_INVERTED = {("up", "worse"), ("down", "better")}
_DIRECTIONS = ("up", "down", "level")


def _meanings(text: str, window: Sequence[Passage]) -> set[Meaning] | None:
    """Which meanings these words speak for; None where they turn the arrow round."""
    found: set[Meaning] = set()
    for meaning in ("merit", "movement"):
        if _pattern("settles", meaning).search(text):
            found.add(meaning)
    if found:
        return found
    pairs = _associations(text)
    if any(p in _INVERTED for p in pairs):
        # A coloured arrow can show the movement by its point and the merit by its colour.
        return set(BOTH) if _pattern("settles", "coloured").search(text) else None
    found = {_MEANS[p] for p in pairs if p in _MEANS}
    if found and _pattern("settles", "coloured").search(text):
        return set(BOTH)
    return found or _meanings_without_arrows(text, window)


def _meanings_without_arrows(text: str, window: Sequence[Passage]) -> set[Meaning]:
    """What a key says whose arrows are drawn: "Improved", "Worsened"; or "… means better, … means worse"."""
    if len(window[0].text) <= SHORT and not re.search(r"\d", text):
        sentences = [text]
    else:
        sentences = [s for s in _sentences(text) if re.search(r"\b(means?|shows?|indicates?|denotes?)\b", s)]
    found: set[Meaning] = set()
    for sentence in sentences:
        names = {token.name for token in _tokens(sentence)}
        if {"better", "worse"} <= names and not names & {"higher", "lower"}:
            found.add("merit")
        if {"higher", "lower"} <= names and not names & {"better", "worse"}:
            found.add("movement")
    return found


def _associations(text: str) -> set[tuple[str, str]]:
    """Arrow with sense: each arrow with the words after it, or before it where the list begins with words.

    They must stand close together with no figure between them, or the text is a row of a table and no key.
    """
    pairs: set[tuple[str, str]] = set()
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text):
        tokens = _tokens(sentence)
        names = [t.name for t in tokens]
        if not set(names) & set(_DIRECTIONS) or set(names) <= set(_DIRECTIONS):
            continue
        if names[0] not in _DIRECTIONS and names[-1] in _DIRECTIONS:
            tokens.reverse()
        current: Token | None = None
        for token in tokens:
            if token.name in _DIRECTIONS:
                current = token
            elif current:
                between = sentence[min(current.end, token.end) : max(current.start, token.start)]
                if len(between) <= CLOSE and not re.search(r"\d", between):
                    pairs.add((current.name, token.name))
                current = None
    return pairs


def _tolerance(text: str) -> Decimal | None:
    """The change in per cent (or points) that still counts as level, where the words give one."""
    for clause in re.split(r"[;\n]|(?<=[.!?])\s", text):
        if _pattern("sense", "same").search(clause) or re.search(r"\bchange\b", clause, re.I):
            match = _TOLERANCE.search(clause)
            if match:
                return Decimal(match["n"])
    return None


def compared_with(text: str, period: Period) -> Compared | None:
    """Which earlier figure a phrase or a column heading names; None where it names none, or more than one."""
    for name in ("same_period_last_year", "previous_period"):
        if _pattern("compared", name).search(text):
            return name
    if not _pattern("compared", "last_year").search(text):
        return _explicit(text, period)
    # "Q3 last year", "last year's quarter": a part of that year, and ours only if it is the same part.
    quarters = quarters_in(text)
    if quarters:
        return "same_period_last_year" if quarters == {period.quarter} else None
    part = re.search(r"\b(quarter|qtr|month|period)\b", text, re.I)
    return "same_period_last_year" if part else "last_year"


def _explicit(text: str, period: Period) -> Compared | None:
    """ "Q1" in a report on quarter two, "Q3 2013/14" in one on quarter three of 2014/15, "2014/15"."""
    year, years = first_year(period), years_in(text)
    quarters = quarters_in(text)
    if period.quarter is None or (years and year is None):
        return "last_year" if years and year is not None and years - {year} == {year - 1} else None
    others = quarters - {period.quarter}
    if not quarters:
        return "last_year" if year is not None and years - {year} == {year - 1} else None
    earlier_years = {y for y in years if year is not None and y != year}
    if not earlier_years:
        before = period.quarter - 1 or 4
        return "previous_period" if others == {before} else None
    if year is None or earlier_years != {year - 1}:
        return None
    if not others:
        return "same_period_last_year"
    return "previous_period" if others == {4} and period.quarter == 1 else None
