"""Counts in the text: "35 of the 38 measures could be rated: 6 are Blue, 14 Green, 7 Amber and 8 Red".

A count is taken only where number and status belong together beyond doubt. Whether it may be held against
the rows is for the check to decide, from the totals that the same words give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from normalise.records import Passage, Period, Source
from validate.quarters import names_another
from validate.words import data_of, one_of_patterns

CountOf = Literal["status", "forecast_status"]

_COLOURS = ("blue", "green", "amber", "yellow", "orange", "red", "purple", "grey", "black")


class Count(Struct, frozen=True):
    """``number`` measures have one of ``statuses``."""

    statuses: tuple[str, ...]
    number: int


class Statement(Struct, frozen=True):
    """What one passage counts: ``total`` measures, ``rated`` of them with a status."""

    of: CountOf
    counts: tuple[Count, ...]
    total: int | None
    rated: int | None
    text: str
    source: Source

    @property
    def sum(self) -> int:
        return sum(c.number for c in self.counts)


@cache
def _any(name: str) -> re.Pattern[str]:
    return one_of_patterns(data_of("narrative")[name])


@cache
def _number() -> str:
    """A number in digits or in words, as a regular expression."""
    units, tens = "|".join(data_of("narrative")["units"]), "|".join(data_of("narrative")["tens"])
    small = "|".join(data_of("narrative")["units"][1:10])
    below_hundred = rf"(?:{tens})(?:[- ](?:{small}))?|{units}"
    in_words = rf"(?:(?:{small}) hundred(?: and)? )?(?:{below_hundred})|(?:{small}|a) hundred"
    return rf"(?:\d{{1,3}}(?![\d/.,]*\d)|{in_words}|none|no)"


def number_of(text: str) -> int | None:
    """ "38", "thirteen", "twenty-four", "one hundred and six", "none"; None for anything else."""
    word = text.strip().lower().replace("-", " ")
    if word.isdigit():
        return int(word)
    if word in ("none", "no"):
        return 0
    units, tens = data_of("narrative")["units"], data_of("narrative")["tens"]
    total = 0
    for part in word.split():
        if part == "and":
            continue
        if part in ("hundred",):
            total = (total or 1) * 100
        elif part == "a":
            total += 1
        elif part in units:
            total += units.index(part)
        elif part in tens:
            total += (tens.index(part) + 2) * 10
        else:
            return None
    return total


def read_counts(
    passages: Sequence[Passage], period: Period, statuses: Sequence[str] = ()
) -> tuple[Statement, ...]:
    """The statements of the text, in order. ``statuses``: those that the tables print."""
    names = tuple(dict.fromkeys((*_COLOURS, *(s.replace("_", " ") for s in statuses))))
    printed = " ".join(" ".join(p.text for p in passages).split()).lower()
    names = tuple(name for name in names if name.lower() in printed)
    found: list[Statement] = []
    for passage in passages:
        found.extend(_statements(passage, period, names))
    return tuple(found)


def _statements(passage: Passage, period: Period, names: tuple[str, ...]) -> Iterator[Statement]:
    text = " ".join(passage.text.split())
    text = re.sub(r"^\(?\d+((\.\d+)+[.)]?|[.)])\s+(?=[A-Z\d])", "", text)  # the paragraph's own number
    groups: dict[CountOf, list[Count]] = {"status": [], "forecast_status": []}
    total: int | None = None
    rated: int | None = None
    for sentence in _sentences(text):
        if _any("elsewhere").search(sentence) or names_another(sentence, period):
            continue
        of: CountOf = "forecast_status" if _any("forecast").search(sentence) else "status"
        groups[of].extend(_counts(sentence, names))
        all_, some = _totals(sentence)
        total = all_ if total is None else total
        rated = some if rated is None else rated
    source = Source(page=passage.page, bbox=passage.bbox)
    for of, counts in groups.items():
        settled = _settled(counts)
        if settled or (of == "status" and total is not None):
            yield Statement(of, settled, total, rated if settled else None, text, source)


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[A-Za-z\d%)])\.\s+(?=[A-Z\d])", text) if s]


@lru_cache(maxsize=64)
def _forward(names: tuple[str, ...]) -> re.Pattern[str]:
    """A number with statuses after it: "14 are Green"."""
    noun = "|".join(data_of("narrative")["nouns"])
    between = "|".join(map(re.escape, data_of("narrative")["between"]))
    of = rf"(?: (?:out )?of (?:the |all |our )?(?:{_number()}))?"
    share = r"(?: ?[(\[]?\d+(?:\.\d+)? ?%[)\]]?,?)?"
    return re.compile(
        rf"(?<![\w.,/£%-])(?P<n>{_number()})\b(?! ?%| per ?cent| ?percent){of}{share}"
        rf"(?: (?:{noun})\b)?{share}(?: (?:{between}))*{share}[ “\"'(]+{_statuses(names)}\b(?! (?:to|than)\b)",
        re.I,
    )


@lru_cache(maxsize=64)
def _backward(names: tuple[str, ...]) -> re.Pattern[str]:
    """Statuses with a number after them: "Green: 14"."""
    noun = "|".join(data_of("narrative")["nouns"])
    return re.compile(
        rf"\b{_statuses(names)}(?: (?:{noun}))? ?(?:[:=–-]|\() ?(?P<n>{_number()})\b(?! ?%| per ?cent|[.,/]\d)",
        re.I,
    )


def _statuses(names: tuple[str, ...]) -> str:
    status = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return rf"(?P<s>(?:{status})(?:(?: ?/ ?| or )(?:{status}))*)"


def _counts(sentence: str, names: tuple[str, ...]) -> Iterator[Count]:
    low = sentence.lower()
    if not any(name.lower() in low for name in names):
        return
    found = [m for m in _forward(names).finditer(sentence) if _is_count(sentence, m.start())]
    if not found:
        found = list(_backward(names).finditer(sentence))
        if len(found) < 2:
            return
    for match in found:
        number = number_of(match["n"])
        if number is not None:
            parts = re.split(r" ?/ ?| or ", match["s"].lower())
            yield Count(tuple(p.replace(" ", "_") for p in parts), number)


def _is_count(sentence: str, start: int) -> bool:
    """Not "quarter 2", not "about 20"; but "this quarter 14" is one."""
    before = sentence[:start].rstrip().lower()
    number = re.match(r"\d+", sentence[start:])
    if number and int(number[0]) > 4:
        before = re.sub(r"\b(this|the|current) (quarter|qtr)$", "", before)
    return not _before_no_count().search(before)


@cache
def _before_no_count() -> re.Pattern[str]:
    words = [*data_of("narrative")["no_count"], *data_of("narrative")["roughly"]]
    return re.compile(rf"(?:^|\W)(?:{'|'.join(map(re.escape, words))})$")


@cache
def _told() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """ "35 of the 38 measures", "38 measures" and "of the 38,"."""
    noun = "|".join(data_of("narrative")["nouns"])
    return (
        re.compile(
            rf"(?<![\w.,/£-])(?P<a>{_number()}) (?:out )?of (?:the |all |our )?"
            rf"(?P<b>{_number()})(?: (?P<n>{noun}))?\b",
            re.I,
        ),
        re.compile(rf"(?<![\w.,/£-])(?P<n>{_number()}) (?:{noun})\b", re.I),
        re.compile(rf"\bof (?:the |all |our )?(?P<n>{_number()})(?: (?:{noun}))?,", re.I),
    )


@cache
def _colour() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_COLOURS)})\b", re.I)


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(r"\d|" + "|".join(data_of("narrative")["units"]), re.I)


def _totals(sentence: str) -> tuple[int | None, int | None]:
    """How many measures there are, and how many of them could be rated, where the sentence says so."""
    some_of, so_many, of_so_many = _told()
    of = some_of.search(sentence)
    if of and _is_count(sentence, of.start()) and (of["n"] or _any("rateable").search(sentence)):
        rated = number_of(of["a"]) if _any("rateable").search(sentence) else None
        return number_of(of["b"]), rated
    said = so_many.search(sentence)
    if not said or said["n"].lower() in ("no", "none") or not _is_count(sentence, said.start()):
        said = of_so_many.search(sentence)
        if not said:
            return None, None
    following = sentence[said.end() : said.end() + 45]
    first = _colour().search(following)
    # "24 measures are Green" counts the green ones; "24 measures: 10 are Green" counts them all.
    if first and not _figure().search(following[: first.start()]):
        return None, None
    if _any("rateable").search(said[0] + following) or re.search(r"\brat(?:ed|eable) ", said[0], re.I):
        return None, number_of(said["n"])  # "the 36 measures that could be rated": there may be more
    return number_of(said["n"]), None


def _settled(counts: Sequence[Count]) -> tuple[Count, ...]:
    """Counts that nothing in the same passage contradicts: a status counted twice is left out."""
    numbers: dict[str, set[int]] = {}
    for count in counts:
        for status in count.statuses:
            numbers.setdefault(status, set()).add(count.number)
    return tuple(dict.fromkeys(c for c in counts if all(len(numbers[s]) == 1 for s in c.statuses)))
