"""Status names and the rule words behind them, told from running text.

A rule entry is a status followed by the words that say when it is given: "Green – on target", "RED: …",
"AMBER within 5% of target", or a sentence that names several ("green if …, amber if … and red otherwise").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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


class LegendWords(Data):
    """The words of ``data/legend_words.toml``."""

    colours: tuple[str, ...]
    shades: tuple[str, ...]
    shapes: tuple[str, ...]
    letters: tuple[str, ...]
    others: tuple[str, ...]
    rule: tuple[str, ...]
    firm: tuple[str, ...]
    narrative: tuple[str, ...]
    means: tuple[str, ...]
    arrows: ArrowWords


@cache
def legend_words() -> LegendWords:
    """The words, read once. Raises pydantic.ValidationError where the file does not fit."""
    text = files("normalise").joinpath("data", "legend_words.toml").read_text(encoding="utf-8")
    return LegendWords.model_validate(tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Named:
    """A status and its words. ``firm``: words that can be reckoned with."""

    status: str
    label: str
    text: str

    @property
    def firm(self) -> bool:
        return bool(_firm().search(self.text))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A status name in a text: where it stands and where its words begin."""

    start: int
    end: int
    label: str
    separated: bool


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    signs = _alternatives(tuple(w for w in words if not w[0].isalnum()))
    return re.compile(
        rf"(?<!\w)(?:{_alternatives(tuple(w for w in words if w[0].isalnum()))})(?!\w)|{signs}", re.IGNORECASE
    )


@cache
def _firm() -> re.Pattern[str]:
    return _any_of(legend_words().firm)


@cache
def _rule() -> re.Pattern[str]:
    return _any_of(legend_words().rule)


@cache
def _narrative() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(legend_words().narrative)})(?!\w)", re.IGNORECASE)


@cache
def _colour() -> str:
    words = legend_words()
    one = rf"(?:(?:{_alternatives(words.shades)})[ -])?(?:{_alternatives(words.colours)})"
    return rf"{one}(?:\s?[/-]\s?{one})?(?:[ -](?:{_alternatives(words.shapes)}))?"


@cache
def _status_name() -> re.Pattern[str]:
    words = legend_words()
    others = _alternatives(words.others)
    return re.compile(
        rf"(?<![\w/-])(?P<name>(?P<colour>(?i:{_colour()}))|(?P<other>(?i:{others}))|(?P<letter>{_alternatives(words.letters)}))"
        r"(?![\w'’])[\"”’\])]?(?:\s*\((?:[A-Z]{1,2}|[A-Z]?[a-z]+(?: [a-z]+)?)\))?"
        r"(?P<separator>\s*(?:[-–—:=→]+|\.{3}|…|\)(?=\s))\s*)?"
    )


# What is left of a list sign or number at the start of an item, emoji lights included.
_START = re.compile(
    r"^(?:[•▪·●◦–■➢►✓○⬤◆★⭐\-\uf0b7*]+\s+|\(?[a-z0-9]{1,2}[.)]\s+|[ivx]+[.)]\s+|\d{1,2}(?:\.\d{1,2}){0,2}\.?\s+)"
)
_LIGHT = re.compile(r"^([🟢🟩💚🔴🟥🛑🟠🟧🟡🟨🔵🟦⚪⚫])\ufe0f?\s*[-–—:=]?\s*")
_BOUNDARY = re.compile(r"(?:^|[;•.,:|\n(]\s*|\s\s+|\band\s+|\bor\s+)$", re.IGNORECASE)
_COUNTED = re.compile(r"\d+(?:\.\d+)?%?\s*(?:were|are|is|was|rated|at|as)?\s*$", re.IGNORECASE)
_COUNTS = re.compile(
    r"^\W*\d+\s*(?:\(|measures?|indicators?|pis?\b|kpis?\b|actions?|of\b|%?\s*$)", re.IGNORECASE
)


def is_rule_text(text: str) -> bool:
    """Whether words could say when a status is given, as narrative, counts and headings do not."""
    words = text.strip()
    if not 2 <= len(words) <= 400 or not re.search(r"[A-Za-z]{2}", words):
        return False
    return bool(_rule().search(words)) and not _COUNTS.match(words)


def cleaned(text: str) -> str:
    """The words of an entry in the style of the record contract: no separator, no final stop."""
    text = " ".join(text.split())
    text = re.sub(r"^(?:[-–—:=→.,;]\s*)+(?![\d.])", "", text)
    text = re.sub(r"(?:[;,]\s*(?:and|or)?|\s+and)\s*$", "", text)
    return text.strip().removesuffix(".").strip(" ;,•")


def status_of(label: str) -> str:
    """The status word for a printed name: "GREEN" → green, "On target" → on_target."""
    read = read_status(label.strip(" ()[]\"“”'"))
    if read is not None and not read.misprint:
        return read.status
    return snake(label)


def entries_in(text: str) -> tuple[Named, ...]:
    """The rule entries in one passage, in printed order; empty where it holds none."""
    body = " ".join(text.split())
    light = _LIGHT.match(body)
    if light:
        status = read_status(light[1])
        rest = body[light.end() :]
        if status is not None and not _status_name().match(rest) and is_rule_text(rest):
            return (Named(status.status, light[1], cleaned(rest)),)
        body = rest
    body = _START.sub("", body, count=1)
    for found in (_separated(body), in_sentence(body), _set_side_by_side(body)):
        if found:
            return found
    return ()


def _separated(text: str) -> tuple[Named, ...]:
    """ "Green – …; Amber – …": each status followed by a separating sign."""
    marks = [
        _Mark(m.start(), m.end(), m["name"], True)
        for m in _status_name().finditer(text)
        if m["separator"] and m["separator"].strip() and _stands_free(text, m) and not _is_range(text, m)
    ]
    if not marks or (marks[0].start and not _lead_in(text[: marks[0].start])):
        return ()
    return _cut(text, marks)


def _is_range(text: str, match: re.Match[str]) -> bool:
    """A hyphen that joins words ("red-rated") is no separator."""
    separator = match["separator"]
    return separator.strip() == "-" and separator == "-" and text[match.end() : match.end() + 1].isalpha()


def _stands_free(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rstrip("[(\"“‘' ")
    name = match["name"]
    if match["letter"] and not (before == "" or before[-1] in ";•,.|)"):
        return False
    if match["other"] and not name[0].isupper():
        return False
    if not before:
        return True
    if _COUNTED.search(before):
        return False
    return bool(_BOUNDARY.search(before + " ")) or before[-1] in ";•.,:|%)" or name[0].isupper()


def _lead_in(text: str) -> bool:
    """Words such as "Key:" or "The ratings are as follows –" before the first status."""
    words = text.strip(" [(\"“‘'")
    return bool(
        re.search(
            r"(?:[:•–—-]|\.{3}|…|follows|are|means?|key|legend|ratings?|rag|status)\W*$", words, re.IGNORECASE
        )
    ) or words.endswith(".")


def _set_side_by_side(text: str) -> tuple[Named, ...]:
    """ "GREEN Target met AMBER Within 5% …", "Green performance meets target": no sign between."""
    marks: list[_Mark] = []
    for m in _status_name().finditer(text):
        if m["letter"] or (m["separator"] or "").strip() or not m["name"][0].isupper():
            continue
        before, after = text[: m.start()].rstrip(), text[m.end() :].lstrip()
        if m["other"] and before:
            continue
        if not after or _narrative().match(after) or (before and _COUNTED.search(before)):
            continue
        shouted = m["name"].isupper() and len(m["name"]) > 2
        if not before or shouted or before[-1] in ";•.:|" or (marks and not marks[0].start):
            marks.append(_Mark(m.start(), m.end(), m["name"], False))
    if not marks or (marks[0].start and not _lead_in(text[: marks[0].start])):
        return ()
    if len({m.label.isupper() for m in marks}) > 1:
        first = marks[0].label.isupper()
        marks = [m for m in marks if m.label.isupper() == first]
    found = _cut(text, marks)
    # one entry alone is a weak sign: its words must go on like a rule
    if len(found) == 1 and not marks[0].label.isupper() and not found[0].firm:
        return ()
    return found


def _cut(text: str, marks: list[_Mark]) -> tuple[Named, ...]:
    """Entries from marks. A status name inside the words of another ("better than Red") is no mark."""
    found: list[Named] = []
    pieces = [
        (mark, text[mark.end : (marks[i + 1].start if i + 1 < len(marks) else len(text))])
        for i, mark in enumerate(marks)
    ]
    for mark, words in pieces:
        if _status_only(words):
            return ()
        if not is_rule_text(words) or (_narrative().match(words.strip()) and not mark.separated):
            if not found:
                return ()
            continue
        found.append(Named(status_of(mark.label), mark.label.strip(), cleaned(words)))
    if len({n.status for n in found}) < len(found):
        return ()
    return tuple(found)


def _status_only(words: str) -> bool:
    """ "G = Green": the words are only a status name."""
    match = _status_name().match(words.strip(" .;,"))
    return match is not None and match.end() >= len(words.strip(" .;,")) and bool(match["colour"])


# --- sentences -----------------------------------------------------------------------------------------


@cache
def _in_sentence() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-])[\"“'‘]?(?P<name>(?i:{_colour()}))[\"”'’]?(?![\w'])")


_TALK = re.compile(
    r"\b(?:councillors?|cllrs?|members?|asked|noted|reported|explained|resolved|said|agreed|queried"
    r"|pleased|commented|welcomed|highlighted|had been|remained)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:[,;]?\s*\b(?:and|or|but|is|are|be|been|being|will|would|may|then|shown|rated|given|marked|coloured|colour|coded|classed|scored|judged|assessed|graded|flagged|turns?|goes|gets?|get|as|an?|the|in|to|status|rating|it|they|these|those|measures?|indicators?|of|by|with)\b\s*|[,;]\s*)+$",
    re.IGNORECASE,
)
# Between two rules of one sentence: ", and it is rated", " and".
_JOINT = re.compile(
    r"(?:[,;]\s*|\s+(?:and|or|but)\b\s*)+(?:(?:it|they|these|those|an?|the|is|are|will|be|shown|rated|given|marked|coloured|classed|scored|judged|as)\b\s*)*$",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"^\s*(?:otherwise|in all other cases|in any other case|for anything else|if not\b|for all others?|elsewhere|for the rest)",
    re.IGNORECASE,
)


def in_sentence(text: str) -> tuple[Named, ...]:
    """The entries of a sentence that names at least two colours with their rules; empty for narrative."""
    for sentence in re.split(r"(?<=[a-z%)])\.\s+(?=[A-Z])", text):
        names = [m for m in _in_sentence().finditer(sentence) if not _COUNTED.search(sentence[: m.start()])]
        if len(names) < 2 or _TALK.search(sentence):
            continue
        for found in (tuple(_rule_after(sentence, names)), tuple(_rule_before(sentence, names))):
            firm = sum(n.firm for n in found)
            if len({n.status for n in found}) == len(found) >= 2 and firm >= max(1, len(found) - 1):
                return found
    return ()


@cache
def _means() -> re.Pattern[str]:
    return re.compile(
        rf"^[\"”'’)]?\s*(?:\([A-Z]\)\s*)?(?:(?:status|rating|light)\s+)?(?P<verb>{_alternatives(legend_words().means)})\b\s*",
        re.IGNORECASE,
    )


def _rule_after(sentence: str, names: list[re.Match[str]]) -> Iterator[Named]:
    """ "… are green if on target, amber if within 5% and red otherwise"."""
    first = _means().match(sentence[names[0].end() :])
    if not first:
        return
    marks = [m for m in names if _means().match(sentence[m.end() :]) or _OTHERWISE.match(sentence[m.end() :])]
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(sentence)
        words = sentence[mark.end() : end]
        if at + 1 < len(marks):
            words = _JOINT.sub("", words)
        verb = _means().match(words)
        if verb:
            words = words[verb.end() :]
        words = re.sub(r"^that\s+", "", words)
        if is_rule_text(words):
            yield Named(status_of(mark["name"]), mark["name"], cleaned(words))


_LEAD = re.compile(
    r"^(?:[,;.]\s*)?(?:and\s+|or\s+|but\s+|while\s+|whilst\s+|with\s+)?"
    r"(?:(?:those|these|any|all|each)?\s*(?:measures?|indicators?|targets?|results?|performance|those|pis?|kpis?|ones?)\s+"
    r"(?:(?:which|that|where|whose|with|are|is)\b)?\s*)?",
    re.IGNORECASE,
)


def _rule_before(sentence: str, names: list[re.Match[str]]) -> Iterator[Named]:
    """ "Measures that meet target are green, those within 5% amber and all others red"."""
    head = _BEFORE.search(sentence[: names[0].start()])
    if head is None or not re.search(
        r"\b(?:is|are|be|as|coded|coloured|rated|shown|marked)\b", head[0], re.IGNORECASE
    ):
        return
    start = 0
    for mark in names:
        words = _BEFORE.sub("", sentence[start : mark.start()])
        start = mark.end()
        words = _LEAD.sub("", words.strip(), count=1)
        if is_rule_text(words):
            yield Named(status_of(mark["name"]), mark["name"], cleaned(words))
