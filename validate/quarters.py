"""Quarters and years that a text names: "Q2", "Qtr 2", "quarter two", "the second quarter", "2012/13"."""

from __future__ import annotations

import re

from normalise.records import Period

_NUMBERS = {
    w: i % 4 + 1 for i, w in enumerate(["one", "two", "three", "four", "first", "second", "third", "fourth"])
}
_QUARTER = re.compile(
    r"\b(?:q|qtr|quarter)\.? ?(?P<digit>[1-4])\b|\b(?:qtr|quarter) (?P<word>one|two|three|four)\b"
    r"|\b(?P<ordinal>first|second|third|fourth) (?:quarter|qtr)\b",
    re.I,
)
_YEAR = re.compile(r"\b(20\d\d) ?[/–-] ?(?:20)?\d\d\b")


def quarters_in(text: str) -> set[int]:
    """The quarters that a text names, 1 to 4."""
    found = _QUARTER.finditer(" ".join(text.split()))
    return {int(m["digit"]) if m["digit"] else _NUMBERS[(m["word"] or m["ordinal"]).lower()] for m in found}


def years_in(text: str) -> set[int]:
    """The financial years that a text names, each by the year in which it starts."""
    return {int(m[1]) for m in _YEAR.finditer(text)}


def first_year(period: Period) -> int | None:
    """The year in which the report's financial year starts; None where it is not known."""
    match = re.match(r"20\d\d", period.year or "")
    return int(match[0]) if match else None


def names_another(text: str, period: Period) -> bool:
    """Does a text name a quarter or a year that is not the report's?"""
    year = first_year(period)
    quarters = quarters_in(text) if period.quarter is not None else set()
    return bool(quarters - {period.quarter}) or (year is not None and bool(years_in(text) - {year}))
