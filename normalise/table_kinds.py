"""What kind of table a set of column guesses makes: a dashboard, an improvement report, a legend or none of these."""

from __future__ import annotations

from collections.abc import Sequence

from normalise.columns import ColumnGuess, TableKind, heading_words, read_headings
from normalise.records import Period
from normalise.statuses import read_status
from normalise.vocabulary import Vocabulary, load

_TEXTS = ("context", "actions", "intervention")
_LEGEND_WIDTH = 4  # a legend has no more columns than that


def table_kind(
    headings: Sequence[str],
    period: Period | None = None,
    samples: Sequence[Sequence[str]] = (),
    *,
    guesses: Sequence[ColumnGuess] | None = None,
    vocabulary: Vocabulary | None = None,
) -> TableKind:
    """The kind of table, with the reason. ``guesses`` saves reading the headings a second time."""
    words = vocabulary or load()
    found = guesses if guesses is not None else read_headings(headings, period, samples, vocabulary=words)
    plain = [heading_words(heading) for heading in headings]
    fields = {guess.field for guess in found}
    bases = {guess.base for guess in found}
    titled = bool(fields & {"title", "code_title", "code"})
    lights = [h for h in plain if h and (s := read_status(h, vocabulary=words)) and s.status in words.statuses.colours]
    if len(lights) >= 2:
        return TableKind("other", f"its headings count statuses ({', '.join(lights)})")
    legend = _legend(plain, fields, bases, words)
    if legend:
        return TableKind("legend", legend)
    foreign = [h for h in plain if h in words.columns.foreign]
    strong = titled and bool(fields & {"actual", "previous"}) and "target" in bases
    if foreign and not strong:
        return TableKind("other", f"a heading of another kind of table: {foreign[0]}")
    texts = [field for field in _TEXTS if field in fields]
    broad = bool(fields & {"direction", "previous", "good_is", "forecast", "year_end_target"})
    figures = {"actual", "target"} <= fields
    if titled and len(texts) >= 2 and not (broad and figures and "status" in fields):
        return TableKind("improvement", f"measures with {' and '.join(texts)}")
    if titled and texts and not figures and not broad and _is_performance(fields):
        return TableKind("improvement", f"measures with {texts[0]} beside their performance")
    if titled and "status" in fields | _possible(found):
        return TableKind("dashboard", "measures with a status")
    if titled and ("forecast_status" in fields or figures or {"actual", "year_end_target"} <= fields):
        return TableKind("dashboard", "measures with figures and targets")
    missing = "no column of measures" if not titled else "neither a status nor both a figure and a target"
    return TableKind("other", missing)


def _possible(found: Sequence[ColumnGuess]) -> set[str]:
    return {other for guess in found for other in guess.alternatives if guess.field in ("forecast_status",)}


def _is_performance(fields: set[str]) -> bool:
    return bool(fields & {"performance", "actions", "intervention"}) or ("status" in fields and "actual" not in fields)


def _legend(plain: Sequence[str], fields: set[str], bases: set[str], words: Vocabulary) -> str | None:
    named = [h for h in plain if h]
    if not 1 <= len(named) <= _LEGEND_WIDTH or fields & {"actual", "target", "previous", "year_end_target"}:
        return None
    symbols = [h for h in named if h in words.columns.legend_symbols]
    meanings = [h for h in named if h in words.columns.legend_meanings]
    if symbols and meanings and set(symbols) != set(meanings) and named[0] in symbols and len(named) == len({*symbols, *meanings}):
        return f"{symbols[0]} and {meanings[-1]}: what the signs mean"
    return None
