"""Rule entries told from running text: a status followed by the words that say when it is given.

"Green – on target", "RED: …", "AMBER within 5% of target"; sentences and brackets are read by
``legend_sentences``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from msgspec import Struct

from normalise.legends.sentences import in_brackets, in_sentence, named_after
from normalise.legends.words import (
    Named,
    alternatives,
    cleaned,
    colour_pattern,
    is_counted,
    is_report,
    is_rule_text,
    legend_words,
    may_name_a_status,
    narrative,
    status_name,
    status_of,
)
from normalise.statuses import read_status


class _Mark(Struct, frozen=True):
    """A status name in a text: where it stands and where its words begin."""

    start: int
    end: int
    label: str
    separated: bool


# What is left of a list sign or number at the start of an item, emoji lights included.
_START = re.compile(
    r"^(?:[•▪·●◦–■➢►✓○⬤◆★⭐\-\uf0b7*]+\s+|[¹²³⁴⁵⁶⁷⁸⁹†‡]\s*|\(?[a-z0-9]{1,2}[.)]\s+|[ivx]+[.)]\s+|\d{1,2}(?:\.\d{1,2}){0,2}\.?\s+)"
)
_LIGHT = re.compile(r"^([🟢🟩💚🔴🟥🛑🟠🟧🟡🟨🔵🟦⚪⚫])\ufe0f?\s*[-–—:=]?\s*")
_BOUNDARY = re.compile(r"(?:^|[;•.,:|\n(]\s*|\s\s+|\band\s+|\bor\s+)$", re.IGNORECASE)


def status_alone(text: str) -> str | None:
    """The label where a passage is nothing but a status name ("Green"), as the heading of its rule."""
    words = _START.sub("", " ".join(text.split()), count=1).strip(" :.-–—")
    match = status_name().match(words)
    return match["name"] if match and match.end() >= len(words) and not match["letter"] else None


_LOOSE_WORDS = 16


def loosely_named(text: str) -> Named | None:
    """A colour and any few words after it: "Red serious worries"; after a letter only a rule: "R more than 5% below".

    Only as one of several such passages.
    """
    body = _START.sub("", " ".join(text.split()), count=1).lstrip("[(\"“‘'")
    match = status_name().match(body)
    if match is None or match["other"] or not match["name"][0].isupper():
        return None
    words = body[match.end() :].strip()
    separated = bool((match["separator"] or "").strip())
    if not re.search(r"[a-z]{2}", words) or len(words.split()) > _LOOSE_WORDS or _status_only(words):
        return None
    if not separated and (narrative().match(words) or words[:1].isdigit() or not is_rule_text(words)):
        return None
    named = Named(status_of(match["name"]), match["name"], cleaned(words))
    return None if is_report(words) or (match["letter"] and not named.firm) else named


def without_next_label(text: str, label: str) -> tuple[str, str | None]:
    """Words of a rule and, where it ran into them, the next status's label, printed like ``label``: "… target RED"."""
    head, _, last = " ".join(text.split()).rpartition(" ")
    match = status_name().fullmatch(last)
    alike = last.isupper() == label.strip().isupper() and last[:1].isupper()
    ends = bool(head) and (head[-1].isalnum() or head[-1] in ".%)")  # "… = GREEN" is no next label
    if ends and match is not None and match["colour"] and alike:
        return head, last
    return text, None


@lru_cache(maxsize=1024)  # a report's cells are asked for rules and again for lights
def entries_in(text: str) -> tuple[Named, ...]:
    """The rule entries in one passage, in printed order; empty where it holds none."""
    body = " ".join(text.split())
    light = _LIGHT.match(body)
    if light:
        status = read_status(light[1])
        rest = body[light.end() :]
        if status is not None and not status_name().match(rest) and is_rule_text(rest):
            return (Named(status.status, light[1], cleaned(rest)),)
        body = rest
    body = _START.sub("", body, count=1).lstrip("[(\"“‘'")
    if not may_name_a_status(body):
        return ()
    body = _letter_explained().sub("", body)
    for way in (in_brackets, _separated, in_sentence, _set_side_by_side, _letters_in_a_row, named_after):
        found = way(body)
        if found:
            return found
    return ()


@cache
def _letter_explained() -> re.Pattern[str]:
    """ "G = " or "G – " in "G = Green: at or above target": the letter that is printed for the colour."""
    letters = alternatives(legend_words().letters)
    return re.compile(
        rf"(?<![\w/])(?:{letters})\s*(?:=|[–—-])\s*(?=(?i:{colour_pattern()})\s*(?:[:–—=-]|\())"
    )


def _separated(text: str) -> tuple[Named, ...]:
    """ "Green – …; Amber – …": each status followed by a separating sign."""
    marks = [
        _Mark(m.start(), m.end(), m["name"], True)
        for m in status_name().finditer(text)
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
    if match["letter"] and not (
        before == "" or before[-1] in ";•,.|)" or (match["separator"] or " ").strip() in (":", "=")
    ):
        return False
    if match["other"] and not name[0].isupper():
        return False
    if not before:
        return True
    if is_counted(before):
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
    for m in status_name().finditer(text):
        if m["letter"] or (m["separator"] or "").strip() or not m["name"][0].isupper():
            continue
        before, after = text[: m.start()].rstrip(), text[m.end() :].lstrip()
        if m["other"] and before:
            continue
        if not after or narrative().match(after) or (before and is_counted(before)):
            continue
        shouted = m["name"].isupper() and len(m["name"]) > 2
        if not before or shouted or before[-1] in ";•.:|" or marks or _lead_in(before):
            marks.append(_Mark(m.start(), m.end(), m["name"], False))
    if not marks or (marks[0].start and not _lead_in(text[: marks[0].start])):
        return ()
    if len({m.label.isupper() for m in marks}) > 1:
        first = marks[0].label.isupper()  # capitals name a status wherever they stand
        marks = [m for m in marks if m.label.isupper() or not first or _begins_rule(text, m)]
    found = _cut(text, marks)
    # one entry alone is a weak sign: its words must go on like a rule
    if len(found) == 1 and not marks[0].label.isupper() and not found[0].firm:
        return ()
    return found


_CONNECTS = re.compile(
    r"\b(?:than|as|is|are|be|to|from|not|or|and|of|the|a|an|in|at|by|for|with)$", re.IGNORECASE
)


def _begins_rule(text: str, mark: _Mark) -> bool:
    """Whether words that can be reckoned with follow at once on a status that ends no phrase: "… quarter Red more than 5% …"."""
    after = " ".join(text[mark.end :].split()[:4])
    return Named("", "", after).firm and not _CONNECTS.search(text[: mark.start].rstrip())


_LETTERS = 3


def _letters_in_a_row(text: str) -> tuple[Named, ...]:
    """ "G on or above target A up to 5% below R more than 5% below": each letter once, each with a rule of its own."""
    marks = [
        _Mark(m.start(), m.end(), m["name"], False)
        for m in status_name().finditer(text)
        if m["letter"] and not is_counted(text[: m.start()])
    ]
    if len(marks) < _LETTERS or (marks[0].start and not _lead_in(text[: marks[0].start])):
        return ()
    found = _cut(text, marks)
    return found if len(found) == len(marks) and all(n.firm for n in found) else ()


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
        if not is_rule_text(words) or (narrative().match(words.strip()) and not mark.separated):
            if not found:
                return ()
            continue
        found.append(Named(status_of(mark.label), mark.label.strip(), cleaned(words)))
    if len({(n.status, n.label.lower()) for n in found}) < len(found):
        return ()
    return tuple(found)


def _status_only(words: str) -> bool:
    """ "G = Green": the words are only a status name."""
    match = status_name().match(words.strip(" .;,"))
    return match is not None and match.end() >= len(words.strip(" .;,")) and bool(match["colour"])
