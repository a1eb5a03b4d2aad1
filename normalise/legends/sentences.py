"""Rules that running text gives in sentences and brackets rather than as a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from normalise.legends.words import (
    Named,
    alternatives,
    cleaned,
    colour_pattern,
    is_counted,
    is_rule_text,
    legend_words,
    status_of,
)


@cache
def _in_sentence() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/-])[\"“'‘]?(?P<name>(?i:{colour_pattern()}))[\"”'’]?(?![\w'])")


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


def in_brackets(text: str) -> tuple[Named, ...]:
    """ "Green (target met), Amber (within 5%)" or "target met (green), within 5% (amber)": at least two of a kind."""
    after = [m for m in _rule_in_brackets().finditer(text) if is_rule_text(m["rule"])]
    if len(after) >= 2 and not is_counted(text[: after[0].start()]):
        return _distinct(Named(status_of(m["name"]), m["name"], cleaned(m["rule"])) for m in after)
    before = list(_status_in_brackets().finditer(text))
    if len(before) < 2:
        return ()
    if all(_SEPARATOR.match(text[m.end() :]) for m in before):
        return _named_before_a_sign(text, before)
    found, start = [], 0
    for m in before:
        words = re.sub(r"^.*:\s+", "", text[start : m.start()]) if not start else text[start : m.start()]
        words = re.sub(r"^\W*(?:and|or)\b", "", words.strip(" ,;"))
        start = m.end()
        if is_rule_text(words):
            found.append(Named(status_of(m["name"]), m["name"], cleaned(words)))
    return _distinct(found)


_SEPARATOR = re.compile(r"\s*[-–—:=]\s*")
_LABEL_BEFORE = re.compile(r"(?:^|[;.,]\s*)(?:and\s+)?(?P<label>[A-Z][\w' -]*?)\s*$")


def _named_before_a_sign(text: str, marks: list[re.Match[str]]) -> tuple[Named, ...]:
    """ "Achieved (green) – target met; Missed (red) – …": the words after each sign, up to the next name."""
    labels = [_LABEL_BEFORE.search(text[: m.start()]) for m in marks]
    ends = [label.start() if label else -1 for label in labels[1:]] + [len(text)]
    found = [
        Named(status_of(m["name"]), f"{label['label'] if label else ''} {m[0]}".strip(), cleaned(words))
        for m, label, end in zip(marks, labels, ends, strict=True)
        if is_rule_text(words := _SEPARATOR.sub("", text[m.end() : end], count=1))
    ]
    return _distinct(found) if len(found) == len(marks) else ()


def _distinct(found: Iterable[Named]) -> tuple[Named, ...]:
    entries = tuple(found)
    return entries if len({n.status for n in entries}) == len(entries) >= 2 else ()


@cache
def _rule_in_brackets() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w/-])(?P<name>(?i:{colour_pattern()}))[\"”'’]?\s*\((?P<rule>[^()]*(?:\([^()]*\)[^()]*)*)\)"
    )


@cache
def _status_in_brackets() -> re.Pattern[str]:
    return re.compile(rf"[(\[](?P<name>(?i:{colour_pattern()}))[)\]]")


def named_after(text: str) -> tuple[Named, ...]:
    """ "Target met or better = GREEN": the words first, then a sign and the status."""
    match = _named_after().match(text)
    if match is None or not is_rule_text(match["rule"]) or is_counted(match["rule"]):
        return ()
    return (Named(status_of(match["name"]), match["name"], cleaned(match["rule"])),)


@cache
def _named_after() -> re.Pattern[str]:
    return re.compile(rf"^(?P<rule>[^=]+?)\s*(?:=|\s[-–—→]\s|:)\s*(?P<name>(?i:{colour_pattern()}))\W*$")


def in_sentence(text: str) -> tuple[Named, ...]:
    """The entries of a sentence that names at least two colours with their rules; empty for narrative."""
    sentences = re.split(r"(?<=[a-z%)])\.\s+(?=[A-Z])", text)
    for sentence in [*sentences, text] if len(sentences) > 1 else sentences:
        names = [m for m in _in_sentence().finditer(sentence) if not is_counted(sentence[: m.start()])]
        if len(names) < 2 or _TALK.search(sentence):
            continue
        after, before = tuple(_rule_after(sentence, names)), tuple(_rule_before(sentence, names))
        for found in (after, before):
            firm = sum(n.firm for n in found)
            enough = firm >= max(1, len(found) - 1)
            whole = found is after and len(found) == len(names) >= 3  # each with its own "where" or "if"
            if len({n.status for n in found}) == len(found) >= 2 and (enough or whole):
                return found
    return ()


@cache
def _means() -> re.Pattern[str]:
    return re.compile(
        rf"^[\"”'’)]?\s*(?:\([A-Z]\)\s*)?(?:(?:status|rating|light)\s+)?(?P<verb>{alternatives(legend_words().means)})\b\s*",
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
    r"^(?:[,;.]\s*)?(?:and\s+|or\s+|but\s+|while\s+|whilst\s+|with\s+)?(?:(?:if|when|where)\s+)?(?:(?:an?|the|it)\s+)?"
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
