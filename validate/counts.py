"""Whether a measure counts things one by one: then a whole number is exact, else it was rounded.

A wrong "it is a count" accuses, a wrong "it is measured" only spares. So what is not surely a count is not one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from normalise.records import Improvement, Measure, Value
from validate.words import data_of, one_of_words, word_list

Nature = Literal["count", "perhaps a count", "measured", "unknown"]
FIRST_WORDS = 4  # "new affordable homes completed": so far into a title the thing counted may stand
COUNTED_WORDS = 3  # so far after "number of" a unit that comes in fractions may stand
FIGURES = ("actual", "target", "forecast", "year_end_target")
MOST_PERCENT = 100  # a larger figure is hardly a percentage that has lost its sign


class _Words(Struct, frozen=True):
    counting: re.Pattern[str]
    measured: re.Pattern[str]
    divided: re.Pattern[str]
    changes: frozenset[str]
    fractions: frozenset[str]
    things: re.Pattern[str]
    headings: re.Pattern[str]


@cache
def _words() -> _Words:
    data = data_of("counts")
    return _Words(
        counting=one_of_words(data["counting"]),
        measured=one_of_words(data["measured"]),
        divided=one_of_words(data["divided"]),
        changes=frozenset(data["changes"]),
        fractions=frozenset(data["fractions"]),
        things=one_of_words(data["things"], "s?"),
        headings=one_of_words(data["headings"]),
    )


@lru_cache(maxsize=4096)
def nature_of(title: str) -> Nature:
    """What a title says: "Number of fires" is a count, "Average time to relet" is measured.

    A title that only begins with things that can be counted ("Households helped") is perhaps a count: it
    may as well be the share of them.
    """
    text = " ".join(title.lower().split())
    words = _words()
    if words.divided.search(text):
        return "measured"
    said = words.counting.search(text)
    if said:
        before = {word[0] for word in words.measured.finditer(text[: said.start()])}
        after = re.findall(r"[\w'-]+", text[said.end() :])[:COUNTED_WORDS]
        return "measured" if before - words.changes or words.fractions & set(after) else "count"
    if words.measured.search(text):
        return "measured"
    head = " ".join(re.findall(r"[\w'-]+", text)[:FIRST_WORDS])
    return "perhaps a count" if words.things.search(head) else "unknown"


def headings_of(row: Measure | Improvement) -> tuple[str, ...]:
    """The headings over the figures of a row."""
    headings = row.column_headings if isinstance(row, Measure) else {}
    return tuple(headings[name] for name in FIGURES if name in headings)


def is_count(
    title: str,
    figures: Iterable[Value | None],
    headings: Iterable[str] = (),
    *,
    percent_signs: bool = False,
) -> bool:
    """Whether the figures of a row are exact where they are whole.

    ``headings`` are those over the figures. ``percent_signs`` tells that the report marks its percentages,
    so that a plain figure is none.
    """
    nature = nature_of(title)
    if nature == "measured" or any(_words().headings.search(h.lower()) for h in headings):
        return False
    printed = [v for v in figures if v is not None and v.value is not None]
    named = (word_list("counted") - {"number"}) & {(v.unit or "").lower() for v in printed}
    if nature == "count" or named:
        return True
    large = any(abs(v.value) > MOST_PERCENT for v in printed if v.value is not None)
    return nature == "perhaps a count" and (percent_signs or large)


def marks_percentages(rows: Iterable[Measure | Improvement]) -> bool:
    """Whether the report prints a per cent sign with some figure of its rows."""
    figures = (v for row in rows for v in (row.actual, row.target, row.forecast))
    return any(v is not None and "%" in v.printed for v in figures)
