"""The printed rule for inclusion in the improvement report: which statuses, now and at year end.

The reader is strict on purpose: from such a rule follows that something is missing. A sentence with one
word that is not known ("deteriorating", "selected", "not") is no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from normalise.records import Passage, Period, Source
from validate.quarters import names_another
from validate.words import data_of, one_of_patterns

Mode = Literal["status", "forecast_status"]


class InclusionRule(Struct, frozen=True):
    """Measures whose status is in ``now`` or whose forecast status is in ``forecast`` are included.

    ``together`` means that both are asked for. ``heading`` marks a rule that is only the name of the table
    ("Corrective action for Red indicators"): its practice must bear it out before it accuses.
    """

    now: frozenset[str]
    forecast: frozenset[str]
    together: bool
    heading: bool
    text: str
    source: Source

    def asks_for(self, status: str | None, forecast_status: str | None) -> bool:
        """Does a measure with these statuses meet the rule?"""
        is_now, is_later = status in self.now, forecast_status in self.forecast
        return (is_now and is_later) if self.together else (is_now or is_later)

    def met_by(self, status: str | None, forecast_status: str | None) -> str:
        """What makes it meet the rule, for a sentence: "red", "forecast to be amber"."""
        parts = []
        if status in self.now:
            parts.append(str(status))
        if forecast_status in self.forecast:
            parts.append(f"forecast to be {forecast_status}")
        return " and ".join(parts)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return one_of_patterns(data_of("inclusion")[name])


@cache
def _known() -> frozenset[str]:
    return frozenset(data_of("inclusion")["filler"]) | frozenset(data_of("inclusion")["statuses"])


def read_inclusion_rules(passages: Sequence[Passage], period: Period) -> tuple[InclusionRule, ...]:
    """Every sentence that is a rule for this period's inclusion and is understood to its last word."""
    found = []
    for passage in passages:
        for sentence in _sentences(passage.text):
            rule = _read(sentence, passage)
            if rule and not names_another(sentence, period):
                found.append(rule)
    return tuple(found)


def _sentences(text: str) -> Iterator[str]:
    joined = " ".join(text.split())
    joined = re.sub(r"^\(?\d+(\.\d+)*[.)]?\s+", "", joined)  # the paragraph's own number
    for sentence in re.split(r"(?<=[A-Za-z0-9)])[.;]\s+(?=[A-Z])|[.;]$", joined):
        if sentence and sentence.strip():
            yield sentence.strip()


def _read(sentence: str, passage: Passage) -> InclusionRule | None:
    if not _pattern("place").search(sentence) or not _pattern("statuses").search(sentence):
        return None
    if not _all_known(sentence):
        return None
    condition = _condition(sentence)
    if condition is None:
        return None
    now, forecast, together = condition
    verb = re.search(
        r"\b(is|are|was|were|has|have|includes?|contains?|explains?|lists?|covers?|shows?|sets?|gives?)\b",
        sentence,
    )
    heading = passage.kind == "heading" or not verb
    source = Source(page=passage.page, bbox=passage.bbox)
    return InclusionRule(now, forecast, together, heading, sentence, source)


def _all_known(sentence: str) -> bool:
    """Can none of the words turn the meaning? Years, numbers and letters of appendices are passed over."""
    text = re.sub(r"\b20\d\d\s*[/–-]\s*\d{2,4}\b", " ", sentence)
    text = re.sub(
        r"\b(appendix|annexe?|schedule|section|paragraph|table)\s+[A-Z0-9]{1,3}\b",
        " appendix ",
        text,
        flags=re.I,
    )
    text = re.sub(r"\bq(tr|uarter)?\s*[1-4]\b", " quarter ", text, flags=re.I)
    words = re.findall(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*", text)
    return all(w.lower() in _known() or all(p in _known() for p in w.lower().split("-")) for w in words)


def _condition(sentence: str) -> tuple[frozenset[str], frozenset[str], bool] | None:
    """Statuses now, statuses at year end, and whether both are asked for; None where that stays open."""
    marks: list[tuple[int, str, str]] = [
        (m.start(), "status", m[0].lower())
        for m in re.finditer(_pattern("statuses").pattern.join((r"\b(?:", r")\b")), sentence, re.I)
    ]
    marks += [(m.start(), "to forecast", m[0]) for m in _pattern("forecast").finditer(sentence)]
    marks += [(m.start(), "to present", m[0]) for m in _pattern("present").finditer(sentence)]
    marks += [(m.start(), "year", m[0]) for m in _pattern("year").finditer(sentence)]
    marks += [
        (m.start(), "join", m[0].lower())
        for m in re.finditer(r"\band\s*/\s*or\b|\bor\b|\band\b|/|,", sentence, re.I)
    ]
    marks.sort()
    now: set[str] = set()
    later: set[str] = set()
    mode: Mode = "status"
    pending: list[str] = []  # statuses since the last turn, waiting for words after them
    bridge = ""
    together = False
    for _, kind, word in marks:
        if kind == "status":
            pending.append(word)
            if mode == "forecast_status" and now and not later and bridge == "and":
                together = True
        elif kind == "join":
            bridge = word
        elif kind == "to forecast":
            now.update(pending if mode == "status" else ())
            later.update(pending if mode == "forecast_status" else ())
            pending, mode = [], "forecast_status"
        elif kind == "to present" and pending:
            if mode == "forecast_status" and len(pending) > 1:
                later.update(pending[:-1])
                pending = pending[-1:]
            now.update(pending)
            pending, mode = [], "status"
        elif kind == "to present":
            mode = "status"
        elif kind == "year" and pending and mode == "status":
            return None
    (now if mode == "status" else later).update(pending)
    if not now and not later:
        return None
    return frozenset(now), frozenset(later), together
