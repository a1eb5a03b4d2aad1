"""The words by which a rating rule is known: status names, rule words, and what is narrative."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from normalise.data_files import parsed
from normalise.statuses import read_status
from normalise.vocabulary import Data, snake


class ArrowWords(Data):
    """Arrow signs and their names by direction, and stems of what arrows mean."""

    up: tuple[str, ...]
    down: tuple[str, ...]
    level: tuple[str, ...]
    named_up: tuple[str, ...]
    named_down: tuple[str, ...]
    named_level: tuple[str, ...]
    meaning: tuple[str, ...]


class MarkWords(Data):
    """Words about statuses that are printed as numbers or stars."""

    lead: tuple[str, ...]
    means: tuple[str, ...]
    numbers: tuple[str, ...]


class LegendWords(Data):
    """The words of ``data/legend_words.toml``."""

    colours: tuple[str, ...]
    shades: tuple[str, ...]
    shapes: tuple[str, ...]
    letters: tuple[str, ...]
    others: tuple[str, ...]
    no_statuses: tuple[str, ...]
    rule: tuple[str, ...]
    firm: tuple[str, ...]
    narrative: tuple[str, ...]
    means: tuple[str, ...]
    arrows: ArrowWords
    marks: MarkWords


@cache
def legend_words() -> LegendWords:
    """The words, read once. Raises pydantic.ValidationError where the file does not fit."""
    return LegendWords.model_validate(parsed("legend_words.toml"))


class Named(Struct, frozen=True):
    """A status and its words. ``firm``: words that can be reckoned with."""

    status: str
    label: str
    text: str

    @property
    def firm(self) -> bool:
        return bool(_firm().search(self.text))


def alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    signs = alternatives(tuple(w for w in words if not w[0].isalnum()))
    return re.compile(
        rf"(?<!\w)(?:{alternatives(tuple(w for w in words if w[0].isalnum()))})(?!\w)|{signs}", re.IGNORECASE
    )


@cache
def _firm() -> re.Pattern[str]:
    return _any_of(legend_words().firm)


@cache
def _rule() -> re.Pattern[str]:
    return _any_of(legend_words().rule)


@cache
def narrative() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(legend_words().narrative)})(?!\w)", re.IGNORECASE)


@cache
def colour_pattern() -> str:
    words = legend_words()
    one = rf"(?:(?:{alternatives(words.shades)})[ -])?(?:{alternatives(words.colours)})"
    return rf"{one}(?:\s?[/-]\s?{one})?(?:[ -](?:{alternatives(words.shapes)}))?"


@cache
def status_name() -> re.Pattern[str]:
    words = legend_words()
    others = alternatives(words.others)
    return re.compile(
        rf"(?<![\w/-])(?P<name>(?P<colour>(?i:{colour_pattern()}))|(?P<other>(?i:{others}))|(?P<letter>{alternatives(words.letters)}))"
        r"(?![\w'’])[\"”’\])]?(?:\s*\((?:[A-Z]{1,2}|[A-Z]?[a-z]+(?: [a-z]+)?)\))?"
        r"(?P<separator>\s*(?:[-–—:=→]+|\.{3}|…|\)(?=\s))\s*)?"
    )


def may_name_a_status(text: str) -> bool:
    """Whether ``status_name`` can find anything, which most passages answer much faster than it does."""
    return holds_any(text, _names()) or _letter().search(text) is not None


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Whether a text holds one of some words in any case, also within others; ``words`` are case-folded."""
    folded = text.casefold()
    for word in words:  # noqa: SIM110 - asked of every line of a report, a loop takes half the time
        if word in folded:
            return True
    return False


@cache
def _names() -> frozenset[str]:
    words = legend_words()
    return frozenset(word.casefold() for word in (*words.colours, *words.others))


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(legend_words().letters)})\b")


_COUNTED = re.compile(r"\d+(?:\.\d+)?%?\s*(?:were|are|is|was|rated|at|as)?\s*$", re.IGNORECASE)
_LIMIT = re.compile(
    r"(?:over|than|by|within|to|least|most|under|above|below|exceeding|of|[-–<>≤≥±+])\s*\d+(?:\.\d+)?\s*%\s*$",
    re.IGNORECASE,
)


def is_counted(before: str) -> bool:
    """Whether the text before a status name counts it ("3 Green", "45% are amber"), as "by over 2%" does not."""
    return bool(_COUNTED.search(before)) and not _LIMIT.search(before)


_TOPIC = re.compile(
    r"^[A-Z][^:;,.]{2,60}:\s+(?!within|more|less|up to|on )[A-Za-z]"
)  # "Housing: target was missed"
_COUNTS = re.compile(
    r"^\W*\d+\s*(?:\(|measures?|indicators?|pis?\b|kpis?\b|actions?|of\b|%?\s*$)", re.IGNORECASE
)


_REASON = re.compile(r"\b(?:because|due to|owing to|as a result of|following)\b", re.IGNORECASE)


def is_report(words: str) -> bool:
    """Whether words after a status name count it ("Green: 12 measures") or tell of one measure, and why."""
    if _COUNTS.match(words) or re.match(r"\W*\d+\W*$", words):
        return True
    return bool(_TOPIC.match(words) or _REASON.search(words))


# "Actual - 4.0%", "actual 85": what one measure reached, unless it goes on as a limit does ("outturn - 5% below target").
_REACHED = re.compile(
    r"\b(?:actual|outturn|forecast|result)\s*(?:[-–—:=]\s*[-+£$€]*|[-+£$€]*(?!(?:19|20)\d\d))\d"
    r"(?!\S*\s*(?:(?:per\s?cent(?:age)?|points?|pp)\s+)*"
    r"(?:or|and|to|below|above|under|over|of|off|from|short|worse|better|less|more|lower|higher|away)\b)",
    re.IGNORECASE,
)


def is_rule_text(text: str) -> bool:
    """Whether words could say when a status is given, as narrative, counts and headings do not."""
    words = text.strip()
    if not 2 <= len(words) <= 400 or not re.search(r"[A-Za-z]{2}", words):
        return False
    if _COUNTS.match(words) or _TOPIC.match(words) or _REACHED.search(words):
        return False
    return bool(_rule().search(words))


def cleaned(text: str) -> str:
    """The words of an entry in the style of the record contract: no separator, no final stop."""
    text = " ".join(text.split())
    text = re.sub(r"^(?:[-–—:=→.,;]\s*)+(?![\d.])", "", text)
    text = re.sub(r"(?:[;,]\s*(?:and|or)?|\s+and)\s*$", "", text)
    if text and text[0] in "([" and text.strip(" .")[-1:] in ")]" and text.count(text[0]) == 1:
        text = text.strip(" .")[1:-1]
    return text.strip().removesuffix(".").strip(" ;,•")


def status_of(label: str) -> str:
    """The status word for a printed name: "GREEN" → green, "On target" → on_target."""
    read = read_status(label.strip(" ()[]\"“”'"))
    if read is not None and not read.misprint:
        return read.status
    return snake(label)
