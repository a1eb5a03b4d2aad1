"""Rules told twice: "at or above target (at or below where low is good)".

Bands are weighed by merit, so that the half for measures of which low is good adds nothing where it says the same the
other way round. Where it says something else, the text is left as it is, and then it is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from validate.rules.words import plain, tidied, tokenise
from validate.words import data_of

_SIDES = {"above": "below", "below": "above"}
_ORDERS = {
    "more": "less", "less": "more", "atleast": "atmost", "atmost": "atleast", "ormore": "orless", "orless": "ormore",
}  # fmt: skip
_SEPARATOR = re.compile(r"\s*(?:[;,(\[]\s*(?:or|and|but)?|\s\bor\b|\s-\s)\s*", re.IGNORECASE)
Said = tuple[str, Decimal, Decimal, str]  # a token: its kind, its figures and their unit
_LEFT_OVER = " ,;:()[]-–—'\"‘’“”"
SHARE_FROM = Decimal(50)


def told_once(text: str) -> str:
    """The text without its half for measures of which low is good; as it is where it has none, or none that fits."""
    words = tidied(text)
    marks = list(_marks().finditer(words))
    low = [m for m in marks if m["low"]]
    high = [m for m in marks if not m["low"]]
    if len(low) != 1 or len(high) > 1:
        return text
    halves = _with_both(words, low[0], high[0]) if high else _with_one(words, low[0])
    if halves is None:
        return text
    kept, other = (re.sub(r"^(?:or|and)\s+", "", half.strip(_LEFT_OVER)) for half in halves)
    return kept if kept and (_reversed().fullmatch(plain(other)) or _mirrors(kept, other)) else text


def _with_both(words: str, low: re.Match[str], high: re.Match[str]) -> tuple[str, str] | None:
    """Both halves, each with its kind of measure behind it, or each before it."""
    first, second = sorted((low, high), key=lambda m: m.start())
    behind = (words[: first.start()], words[first.end() : second.start()])
    before = (words[first.end() : second.start()], words[second.end() :])
    if not words[: first.start()].strip(_LEFT_OVER):
        halves = before
    elif not words[second.end() :].strip(_LEFT_OVER):
        halves = behind
    else:
        return None
    return halves if first is high else (halves[1], halves[0])


def _with_one(words: str, low: re.Match[str]) -> tuple[str, str] | None:
    """The main words and those of the half that names its kind: in brackets, behind a comma or an "or"."""
    start = words.rfind("(", 0, low.start())
    end = words.find(")", low.end())
    if start >= 0 and end >= 0 and ")" not in words[start : low.start()]:
        inner = words[start + 1 : low.start()] + " " + words[low.end() : end]
        return words[:start] + " " + words[end + 1 :], inner
    if words[low.end() :].strip(_LEFT_OVER):
        return words[: low.start()], words[low.end() :]
    for mark in reversed(list(_SEPARATOR.finditer(words, 0, low.start()))):
        kept, other = words[: mark.start()], words[mark.end() : low.start()]
        if _mirrors(kept, other):
            return kept, other
    return None


def _mirrors(kept: str, other: str) -> bool:
    """Whether one says of low figures what the other says of high ones."""
    one, two = _claim(kept), _claim(other)
    return bool(two) and one in (_by_distance(two), _by_order(two), _by_share(two))


def _claim(text: str) -> list[Said]:
    skipped = ("noise", "mark", "target")
    return [(t.kind, t.low, t.high, t.unit) for t in tokenise(text) if t.kind not in skipped]


def _by_distance(said: Sequence[Said]) -> list[Said]:
    """ "More than 5% above": the size stays, the side changes."""
    return [(_SIDES.get(kind, kind), low, high, unit) for kind, low, high, unit in said]


def _by_order(said: Sequence[Said]) -> list[Said] | None:
    """ "Equal to or less than target", without a size."""
    if any(kind == "figure" for kind, *_ in said):
        return None
    return [((_SIDES | _ORDERS).get(kind, kind), low, high, unit) for kind, low, high, unit in said]


def _by_share(said: Sequence[Said]) -> list[Said] | None:
    """ "Up to 105% of target": as far over the target as the other falls short of it."""
    if any(kind == "figure" and low < SHARE_FROM for kind, low, *_ in said):
        return None
    turned = _SIDES | _ORDERS
    whole = 2 * Decimal(100)
    return [
        (kind, whole - high, whole - low, unit)
        if kind == "figure"
        else (turned.get(kind, kind), low, high, unit)
        for kind, low, high, unit in said
    ]


@cache
def _marks() -> re.Pattern[str]:
    data = data_of("rule_words")["low_is_good"]
    forms = "|".join(f"(?P<{name}>{'|'.join(data[name])})" for name in ("low", "high"))
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


@cache
def _reversed() -> re.Pattern[str]:
    return re.compile("|".join(data_of("rule_words")["low_is_good"]["reversed"]))
