"""Dates as printed, days before months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from normalise.words import collapse

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)

DAY = r"(\d{1,2})\s?(?:st|nd|rd|th)?"

WRITTEN_DATES = (
    re.compile(rf"(?<!\d){DAY}\s+(?:of\s+)?({MONTH})\s*,?\s+((?:20|19)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b({MONTH})\s+{DAY}\s*,?\s+((?:20|19)\d\d)\b", re.IGNORECASE),
)

NUMERIC_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-]((?:20|19)?\d\d)(?![\d/])")

_DIGIT = re.compile(r"\d")
ISO_DATE = re.compile(r"(?<!\d)((?:20|19)\d\d)-(\d\d)-(\d\d)(?!\d)")


def read_date(text: str) -> str | None:
    """The first date in a text as YYYY-MM-DD; days come before months; None where there is none."""
    return next((found.isoformat() for found in dates_in(collapse(text))), None)


def dates_in(plain: str) -> Iterator[date]:
    if not _DIGIT.search(plain):
        return iter(())
    found: list[tuple[int, date]] = []
    for pattern, order in zip(WRITTEN_DATES, ((1, 2), (2, 1)), strict=True):
        for match in pattern.finditer(plain):
            day, month = match[order[0]], match[order[1]]
            found += _as_date(match.start(), int(match[3]), month_number(month), int(day))
    for match in ISO_DATE.finditer(plain):
        found += _as_date(match.start(), int(match[1]), int(match[2]), int(match[3]))
    for match in NUMERIC_DATE.finditer(plain):
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        found += _as_date(match.start(), year, int(match[2]), int(match[1]))
    return (day for _, day in sorted(found))


def _as_date(at: int, year: int, month: int, day: int) -> list[tuple[int, date]]:
    try:
        return [(at, date(year, month, day))]
    except ValueError:
        return []


def month_number(word: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.lower()[:3]))
