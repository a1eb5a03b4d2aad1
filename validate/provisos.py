"""What a report says beside its rating rule: that some measures have another, or that more than figures counts.

"Individual tolerances apply to some measures", "unless otherwise stated", "for housing measures a tolerance of
10% applies", "status takes account of direction of travel": after such words a status that does not follow
from the rule is no error that can be told, as far as the words reach. They only ever soften a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, cached_property
from typing import Literal

from msgspec import Struct

from normalise.records import Measure, Report, SchemeEntry
from validate.cases import Case
from validate.conditions import kinds_used, outcome
from validate.readings import condition_for
from validate.rule_reader import read_scheme
from validate.rules.words import Token, tokenise
from validate.scheme import Condition, Floor, Scheme, Span, WithinTolerance, changed, leaves, side_only
from validate.spans import QUARTERS, may_grow
from validate.words import data_of, status_in_words

SAYS = "the report says"
Reach = Literal["sizes", "rules", "all", "year"]


class Proviso(Struct, frozen=True):
    """A sentence that limits the rule.

    ``reach`` "sizes": how far from target a status reaches may differ; "rules": where the best status begins, too;
    "all": the figures alone do not settle a status; "year": nor do those of measures that add up through the year.
    """

    text: str
    page: int
    reach: Reach

    @property
    def quoted(self) -> str:
        return f"{SAYS} (page {self.page}): “{self.text}”"


class Provisos:
    """All sentences that limit the rule of a report, and the further rules that it prints.

    They are looked for when the first status is about to be accused, which most reports give no cause for.
    """

    def __init__(self, report: Report | None = None, scheme: Scheme | None = None) -> None:
        self._report, self._scheme = report, scheme

    @cached_property
    def sentences(self) -> tuple[Proviso, ...]:
        amounts = _amounts(self._scheme) if self._scheme is not None else frozenset[Decimal]()
        return tuple(_sentences(self._report, amounts)) if self._report is not None else ()

    @cached_property
    def other_rules(self) -> tuple[Scheme, ...]:
        others = (read_scheme(rule) for rule in self._report.other_schemes) if self._report else ()
        return tuple(other for other in others if other.usable)

    def another_rule(self, case: Case) -> str:
        """Which further rule gives the printed status; empty where none does."""
        for scheme in self.other_rules:
            if any(_fits(condition_for(r, case.printed or ""), case) for r in scheme.readings):
                where = f" on page {scheme.page}" if scheme.page else ""
                name = status_in_words(case.printed or "")
                return f"another rule that the report prints{where} gives {name} (“{scheme.rule}”)"
        return ""

    def exempts(self, case: Case, scheme: Scheme) -> str:
        """Why a status that the rule does not give may be meant all the same; empty where nothing says so."""
        own = _own_words(case)
        for proviso in (*self.sentences, *own):
            if proviso.reach == "all" or (proviso.reach == "year" and self._is_part_of_a_year(case)):
                return proviso.quoted
            if proviso.reach == "year":
                continue
            if _is_used(case, scheme):
                continue
            loosened = side_only if proviso.reach == "sizes" else _any_start
            for reading in scheme.readings:
                condition = condition_for(reading, case.printed or "")
                if condition is not None and _fits(changed(condition, loosened), case):
                    return proviso.quoted
        return ""

    def _is_part_of_a_year(self, case: Case) -> bool:
        """Whether a figure may be of a part of the year, its target being for the whole."""
        whole = self._report is not None and self._report.report.period.quarter == QUARTERS
        return (
            not whole
            and case.field == "status"
            and case.figure is not None
            and may_grow(case.row, case.figure)
        )


def _sentences(report: Report, amounts: frozenset[Decimal]) -> Iterator[Proviso]:
    entries = [e for rule in (report.scheme, *report.other_schemes) for e in rule]
    kinds = frozenset(k for e in entries for t in tokenise(e.text) for k in _kinds_of(t))
    for passage in report.passages:
        for sentence in _split(passage.text):
            bare = _without_entries(sentence, entries)
            reach = reach_of(bare, amounts)
            if reach is None and bare == sentence and gives_otherwise(sentence, kinds):
                reach = "all"
            if reach is not None:
                yield Proviso(sentence, passage.page, reach)


def reach_of(sentence: str, amounts: frozenset[Decimal] = frozenset()) -> Reach | None:
    """How far a sentence limits the rule; None where it does not. ``amounts`` are the sizes that the rule names."""
    if _says("judged", sentence) and (_says("judgement", sentence) or _says("elsewhere", sentence)):
        return "all"
    for kind in ("rules", "sizes"):
        named = list(_pattern(kind).finditer(sentence))
        if not named or (kind == "rules" and not _says("subjects", sentence)):
            continue
        exception = any(_says(cue, sentence) for cue in _EXCEPTIONS)
        some = _says("of_some", sentence)
        firm = [m for m in named if not _pattern("standing").search(sentence[: m.start()])]
        if exception or (firm and some) or (firm and _other_amount(sentence, amounts)):
            return "rules" if kind == "rules" or _says("statuses", sentence) else "sizes"
    if _says("statuses", sentence) and _says("whole_exceptions", sentence):
        return "rules"
    if _says("defined", sentence) and _other_amount(sentence, amounts):
        return "rules"
    if _says("statuses", sentence) and _says("by_people", sentence):
        return "all"
    if _says("annual_targets", sentence):
        return "year"
    if _says("statuses", sentence) and any(_says(kind, sentence) for kind in _COUNTED_OTHERWISE):
        return "rules"
    return None


# kinds of words that a rule does not have as a rule: with them a sentence tells another case
_STRANGE = {
    "unknown",
    "absolute",
    "last",
    "benchmark",
    "progress",
    "trend_better",
    "trend_same",
    "trend_about",
    "trend_worse",
}


def gives_otherwise(sentence: str, kinds: frozenset[str]) -> bool:
    """Whether a sentence gives a status in a case that the rule, in words of these kinds, does not speak of
    ("shown as amber where the service expects to recover"); the rule told once more does not."""
    if _says("changing", sentence):
        return True
    if after := _pattern("given_where").search(sentence):
        case = sentence[after.end() :]
    elif before := _pattern("where_given").search(sentence):
        case = re.sub(r"\w+\W*$", "", before[0])
        case = re.split(
            r"\b(?:is|are|may be|can be|will be|be)\b(?!.*\b(?:is|are|may be|can be|will be|be)\b)", case
        )[0]
    else:
        return False
    return any(_kinds_of(t) & _STRANGE - kinds and len(t.text) > 1 for t in tokenise(case))


def _kinds_of(token: Token) -> set[str]:
    return {token.kind, token.unit} if token.kind == "figure" else {token.kind}


_COUNTED_OTHERWISE = ("few_cases", "rounded", "leeway", "not_all_open")
_EXCEPTIONS = ("of_its_own", "except_where", "changed", "for_a_kind")
_SENTENCE = re.compile(r"(?<=[a-z%)*\]])[.;]\s+(?=[A-Z*†‡#(\[]|[a-z]+ ?\*)|\n")
_PER_CENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent|percentage)", re.IGNORECASE)


def _split(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def _without_entries(sentence: str, entries: Sequence[SchemeEntry]) -> str:
    """A sentence without what is the rule itself."""
    for entry in entries:
        if entry.text and entry.text in sentence:
            sentence = sentence.replace(entry.text, " ")
    return sentence


def _other_amount(sentence: str, amounts: frozenset[Decimal]) -> bool:
    """Whether a sentence names a share that the rule does not."""
    return bool(amounts) and any(Decimal(number) not in amounts for number in _PER_CENT.findall(sentence))


def _amounts(scheme: Scheme) -> frozenset[Decimal]:
    """The sizes in a rule's bands, also as shares of target ("95%" for 5% below)."""
    found: set[Decimal] = set()
    for reading in scheme.readings:
        for band in reading.bands:
            for part in leaves(band.condition) if band.condition is not None else ():
                for edge in (part.low, part.high) if isinstance(part, Span) else ():
                    if edge is not None:
                        found |= {abs(edge), 100 + edge}
    return frozenset(found) | {Decimal(100)} if found else frozenset()


def _own_words(case: Case) -> Iterator[Proviso]:
    """What a row's own remarks say of its tolerance."""
    row = case.row
    remarks = [getattr(row, name, None) for name in ("note", "context", "performance")]
    remarks += [value.printed for value in row.extra.values() if value.value is None]
    page = row.page if isinstance(row, Measure) else row.pages[0] if row.pages else 1
    for text in remarks:
        for sentence in _split(text or ""):
            named = [*_pattern("sizes").finditer(sentence), *_pattern("rules").finditer(sentence)]
            if any(not _pattern("standing").search(sentence[: m.start()]) for m in named):
                yield Proviso(sentence, page, "rules" if _says("rules", sentence) else "sizes")


def _is_used(case: Case, scheme: Scheme) -> bool:
    """Whether the rule looks at the row's own tolerance or threshold, and the row prints it."""
    kinds = kinds_used(scheme)
    return (case.tolerance is not None and WithinTolerance in kinds) or (
        case.floor is not None and Floor in kinds
    )


def _fits(condition: Condition | None, case: Case) -> bool:
    return condition is not None and any(outcome(condition, w.facts).can_be_true for w in case.worlds)


def _any_start(part: Condition) -> Condition:
    """A stretch that may reach any distance below target, but for a bad status not above it."""
    if not isinstance(part, Span):
        return part
    high = None if part.high is None or part.high > 0 else Decimal(0)
    return Span(None, high, True, part.high == 0 and part.high_in)


def _says(name: str, sentence: str) -> bool:
    return _pattern(name).search(sentence) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = data_of("provisos")[name]
    # what stands before all of them is looked at once: so most places are passed over without a word being tried
    inside = "|".join(w for w in words if not w.startswith("^"))
    parts = [w for w in words if w.startswith("^")] + ([rf"(?<!\w)(?:{inside})(?!\w)"] if inside else [])
    return re.compile("|".join(parts), re.IGNORECASE)
