"""Which way is good: as a cell prints it, or as a title implies it.

An implied polarity is never certain, so it comes with its reason and only where nothing in the title
speaks against it.
"""

from __future__ import annotations

import re
from functools import cache

from normalise.patterns import anchor_of, any_of
from normalise.records import Inferred, Polarity, Value
from normalise.vocabulary import Vocabulary, load
from normalise.words import collapse, rejoin

_SIGNS: dict[str, Polarity] = {
    "↑": "high",
    "▲": "high",
    "⬆": "high",
    "⇧": "high",
    "🔼": "high",
    "△": "high",
    "+": "high",
    "↓": "low",
    "▼": "low",
    "⬇": "low",
    "⇩": "low",
    "🔽": "low",
    "▽": "low",
}


def read_polarity(text: str, *, vocabulary: Vocabulary | None = None) -> Polarity | None:
    """The polarity that a "good is" cell prints ("High", "Smaller is better", "↑"), else None."""
    words = (vocabulary or load()).polarity
    printed = rejoin(text)
    if not printed or len(printed) > 60:
        return None
    lowered = printed.lower()
    plain = _OTHERS.sub(" ", lowered).strip()
    if lowered in words.neither or plain in words.neither:
        return None
    if plain in words.high and plain not in words.low:
        return "high"
    if plain in words.low and plain not in words.high:
        return "low"
    signs = {_SIGNS[ch] for ch in printed if ch in _SIGNS}
    if not plain and len(signs) == 1 and not re.search(r"\d", printed):
        return signs.pop()
    return _by_phrase(plain)


def _by_phrase(plain: str) -> Polarity | None:
    """A longer wording: "A higher figure is better", "Good performance is low"."""
    found = {name for name, pattern in _wordings().items() if pattern.search(plain)}
    if found == {"high"} and not _NOT.search(plain):
        return "high"
    if found == {"low"} and not _NOT.search(plain):
        return "low"
    return None


_OTHERS = re.compile(r"[^a-z]+")
_NOT = re.compile(r"\bnot\b")


@cache
def _wordings() -> dict[str, re.Pattern[str]]:
    good = r"(?:better|good|best|desirable|desired|preferred|improvement|wanted)"
    high = r"(?:high|higher|bigger|larger|greater|more|increase|increasing|up|upward)"
    low = r"(?:low|lower|smaller|less|fewer|decrease|decreasing|down|downward|reduced|reduction)"
    return {
        name: re.compile(
            rf"\b{word}\b(?: \w+){{0,3}} {good}\b|\b{good}\b(?: \w+){{0,3}} {word}\b"
            rf"|\baim(?:ing)? (?:to|for)(?: a| be)? {word}\b"
        )
        for name, word in (("high", high), ("low", low))
    }


def polarity_by_status(
    status: str | None, figure: Value | None, target: Value | None, vocabulary: Vocabulary | None = None
) -> Inferred | None:
    """What a missed target tells: a red figure above its target should have been low."""
    if status not in (vocabulary or load()).statuses.missed or figure is None or target is None:
        return None
    one, other = figure.value, target.value
    sure = all(v.bound is None and v.upper is None and v.confidence != "low" for v in (figure, target))
    if one is None or other is None or one == other or not sure or figure.unit != target.unit:
        return None
    good: Polarity = "low" if one > other else "high"
    side = "above" if good == "low" else "below"
    reason = f"{figure.printed} is {side} its target of {target.printed} and missed it (from the status)"
    return Inferred(good_is=good, reason=reason, origin="status")


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(words))


@cache
def _anchors(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(anchor_of, words))


def _holds(plain: str, words: tuple[str, ...]) -> bool:
    """Whether a text holds what one of some patterns matches. Most hints are passed over by their anchors."""
    for anchor in _anchors(words):
        if anchor in plain:
            return _any_of(words).search(plain) is not None
    return False


def infer_polarity(title: str, *, vocabulary: Vocabulary | None = None) -> Inferred | None:
    """What a title implies ("days lost" is low), with the reason; None where it is not plain."""
    plain = collapse(title).lower().replace("’", "'")
    if not plain:
        return None
    fitting = [
        hint
        for hint in (vocabulary or load()).polarity.hints
        if _holds(plain, hint.words) and not _holds(plain, hint.unless)
    ]
    if not fitting or len({hint.good_is for hint in fitting}) > 1:
        return None
    return Inferred(good_is=fitting[0].good_is, reason=f"{fitting[0].reason} (from the title)")
