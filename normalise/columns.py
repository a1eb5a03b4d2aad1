"""Headings of a table's columns as fields of a record, and what kind of table they make.

The words are data (``data/columns.toml``); the report's period decides which of several dated columns is
this period's figure, which an earlier one and which is still to come; sample cells settle headings whose
words mislead ("Value" over "Bigger is better").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from normalise.heading.beside import beside_their_figures
from normalise.heading.choice import choose_figures, choose_statuses, choose_targets, once_each
from normalise.heading.contents import contents
from normalise.heading.guess import ColumnGuess, heading_words, shared_headings
from normalise.heading.pairs import target_of_the_figure, without_shared_periods
from normalise.heading.titles import choose_titles
from normalise.heading.words import by_contents, by_words
from normalise.other_kinds import other_subject
from normalise.records import Period
from normalise.statuses import read_status
from normalise.vocabulary import Vocabulary, load
from normalise.words import rejoin

__all__ = ["ColumnGuess", "Kind", "TableKind", "heading_words", "read_headings", "table_kind"]

Kind = Literal["dashboard", "improvement", "legend", "other"]
_TITLES = ("title", "code_title")
_TEXTS = ("context", "actions", "intervention")
_MIXED = 0.4  # share of good statuses from which a table is no list of what needs improving
_PAIR = 2
_LEGEND_WIDTH = 4  # a legend has no more columns than that


class TableKind(Struct, frozen=True):
    """What kind of table a set of headings makes, and why. ``foreign``: they name another kind of table."""

    kind: Kind
    why: str
    foreign: bool = False


def read_headings(
    headings: Sequence[str],
    period: Period | None = None,
    samples: Sequence[Sequence[str]] = (),
    *,
    vocabulary: Vocabulary | None = None,
) -> tuple[ColumnGuess, ...]:
    """One guess a heading, in order. ``samples``: rows of cell texts, aligned with the headings."""
    words = vocabulary or load()
    rows = [
        row for row in samples if len({text for text in row if text}) > 1
    ]  # a section heading is no sample
    seen = [contents([row[i] for row in rows if i < len(row)], words) for i in range(len(headings))]
    own = shared_headings(headings)
    guesses = [by_words(heading, period, words) for heading in own]
    guesses = [
        guess
        if told == printed
        else replace(guess, heading=rejoin(printed), why=f"{guess.why}, its part of a shared one")
        for guess, told, printed in zip(guesses, own, headings, strict=True)
    ]
    guesses = [by_contents(guess, content, words) for guess, content in zip(guesses, seen, strict=True)]
    guesses = choose_titles(without_shared_periods(guesses, seen), seen)
    guesses = choose_figures(guesses, seen, period)
    guesses = target_of_the_figure(choose_targets(beside_their_figures(guesses, words)))
    guesses = choose_statuses(guesses)
    return tuple(_performance(once_each(guesses)))


def _performance(guesses: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    """In an improvement report "Performance v target" holds figures, status and forecast in one cell."""
    texts = sum(guess.field in _TEXTS for guess in guesses)
    figures = {guess.field for guess in guesses} & {"actual", "target"}
    if texts < 2 or figures:
        return list(guesses)
    return [
        replace(guess, field="performance", base="performance", why=f"{guess.why}, beside actions taken")
        if guess.base == "status" and _holds_figures(heading_words(guess.heading))
        else guess
        for guess in guesses
    ]


def _holds_figures(plain: str) -> bool:
    return "performance" in plain and not any(word in plain.split() for word in ("status", "rag", "rating"))


def table_kind(
    headings: Sequence[str],
    period: Period | None = None,
    samples: Sequence[Sequence[str]] = (),
    *,
    guesses: Sequence[ColumnGuess] | None = None,
    cells: Sequence[str] = (),
    vocabulary: Vocabulary | None = None,
) -> TableKind:
    """The kind of table, with the reason. ``guesses`` saves reading the headings a second time.

    ``cells``: the plain words of header cells one by one, where headings are made of several.
    """
    words = vocabulary or load()
    found = guesses if guesses is not None else read_headings(headings, period, samples, vocabulary=words)
    plain = [heading_words(heading) for heading in headings]
    fields = {guess.field for guess in found}
    bases = {guess.base for guess in found}
    titled = bool(fields & {"title", "code_title"}) or {"code", "actual", "target"} <= fields
    lights = [h for h in plain if words.statuses.lookup.get(h) in words.statuses.colours]
    if len(lights) >= 2 and not (titled and "actual" in fields):
        return TableKind("other", f"its headings count statuses ({', '.join(lights)})", foreign=True)
    counted = [h for h in plain if h in words.columns.counted]
    if counted and len(counted) + len(lights) >= 2:
        return TableKind(
            "other", f"its headings count statuses ({', '.join(counted + lights)})", foreign=True
        )
    legend = _legend(plain, fields, bases, words)
    if legend:
        return TableKind("legend", legend)
    subject = other_subject(plain, cells, found, words.columns)
    if subject:
        return TableKind("other", f"it lists no measures, its heading says “{subject}”", foreign=True)
    foreign = [h for h in [*plain, *cells] if h in words.columns.foreign]
    strong = titled and bool(fields & {"actual", "previous"}) and "target" in bases
    if {"context", "actions"} <= fields and _titles_are_measures(plain, found, words):
        foreign = [h for h in foreign if h not in words.columns.of_actions]
    if foreign and not strong:
        return TableKind("other", f"a heading of another kind of table: {foreign[0]}", foreign=True)
    texts = [field for field in _TEXTS if field in fields]
    broad = bool(fields & {"direction", "previous", "good_is", "forecast", "year_end_target"})
    figures = {"actual", "target"} <= fields
    good = _share_of_good(found, samples, words)
    if titled and len(texts) >= 2 and not ((broad or good > _MIXED) and figures and "status" in fields):
        return TableKind("improvement", f"measures with {' and '.join(texts)}")
    if titled and texts and not figures and not broad and _is_performance(fields):
        return TableKind("improvement", f"measures with {texts[0]} beside their performance")
    failing = _failing(plain, found, words)
    if titled and failing and not broad and good <= _MIXED:
        return TableKind("improvement", f"measures with “{failing}”")
    if titled and "status" in fields | _possible(found):
        if not _says_measures(plain, found, fields, words):
            return TableKind("other", "a status beside words that no heading calls measures, and no figure")
        return TableKind("dashboard", "measures with a status")
    if titled and ("forecast_status" in fields or figures or {"actual", "year_end_target"} <= fields):
        return TableKind("dashboard", "measures with figures and targets")
    if {"actual", "previous", "direction"} <= fields and _titles_are_measures(plain, found, words):
        return TableKind("dashboard", "measures with figures of two periods and their trend")
    missing = "no column of measures" if not titled else "neither a status nor both a figure and a target"
    return TableKind("other", missing)


def _says_measures(
    plain: Sequence[str], found: Sequence[ColumnGuess], fields: set[str], words: Vocabulary
) -> bool:
    """Whether figures, trends or codes stand beside a status, or a heading's own words name what is measured."""
    if fields & {
        "code",
        "actual",
        "target",
        "previous",
        "forecast",
        "year_end_target",
        "direction",
        "good_is",
    }:
        return True
    return _titles_are_measures(plain, found, words) or any(g.heading == "" for g in found)


def _titles_are_measures(plain: Sequence[str], found: Sequence[ColumnGuess], words: Vocabulary) -> bool:
    """Whether the heading over the titles itself says "PI" or "Measure", as none of an action plan does."""
    return any(
        g.field in _TITLES and by_words(h, None, words).base in ("code", "code_title")
        for h, g in zip(plain, found, strict=True)
    )


def _failing(plain: Sequence[str], found: Sequence[ColumnGuess], words: Vocabulary) -> str | None:
    """The heading of a text column that asks why a measure fails, as only improvement reports do."""
    for heading, guess in zip(plain, found, strict=True):
        padded = f" {heading} "
        if guess.base in _TEXTS and any(f" {phrase} " in padded for phrase in words.columns.failing):
            return heading
    return None


def _share_of_good(
    found: Sequence[ColumnGuess], samples: Sequence[Sequence[str]], words: Vocabulary
) -> float:
    """The share of sample rows with a good status: an improvement report lists few of them."""
    column = next((i for i, guess in enumerate(found) if guess.field == "status"), None)
    if column is None:
        return 0.0
    read = [read_status(row[column], vocabulary=words) for row in samples if column < len(row)]
    statuses = [status.status for status in read if status]
    return sum(status in words.statuses.good for status in statuses) / len(statuses) if statuses else 0.0


def _possible(found: Sequence[ColumnGuess]) -> set[str]:
    return {other for guess in found for other in guess.alternatives if guess.field in ("forecast_status",)}


def _is_performance(fields: set[str]) -> bool:
    return bool(fields & {"performance", "actions", "intervention"}) or (
        "status" in fields and "actual" not in fields
    )


def _legend(plain: Sequence[str], fields: set[str], bases: set[str], words: Vocabulary) -> str | None:
    named = [h for h in plain if h]
    if not 1 <= len(named) <= _LEGEND_WIDTH or fields & {"target", "previous", "year_end_target"}:
        return None
    if "actual" in fields and len(named) > _PAIR:
        return None
    symbols = [h for h in named if h in words.columns.legend_symbols]
    meanings = [h for h in named if h in words.columns.legend_meanings]
    if (
        symbols
        and meanings
        and set(symbols) != set(meanings)
        and named[0] in symbols
        and len(named) == len({*symbols, *meanings})
    ):
        return f"{symbols[0]} and {meanings[-1]}: what the signs mean"
    return None
