"""Financial years, quarters, months and dates as printed; and how a column's period stands to the report's.

Financial years run from April to March: quarter 1 of 2012/13 ends in June 2012. Periods are compared by
the month they end in.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from normalise.dates import (
    DAY,
    ISO_DATE,
    MONTH,
    NUMERIC_DATE,
    WRITTEN_DATES,
    dates_in,
    month_number,
    read_date,
)
from normalise.records import Period
from normalise.words import collapse

__all__ = [
    "HeadingPeriod",
    "Relation",
    "end_of",
    "financial_year",
    "heading_period",
    "quarter_of",
    "read_date",
    "read_period",
    "relation",
    "report_end",
]

Relation = Literal["this", "earlier", "same_last_year", "later", "unknown"]
Span = Literal["month", "quarter", "half", "year", "to_date", "latest", "previous", "last_year"]

_ORDINALS = {"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "1": 1, "2": 2, "3": 3, "4": 4, "final": 4}
_ORDINALS |= {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = re.compile(
    r"\b(?:quarters?|qtrs?|qrt|qu)\.?\s*(?:no\.?\s*)?(one|two|three|four|[1-4]|iv|i{1,3})\b(?!\s*(?:per\s?cent|%))"
    r"|\b(first|second|third|fourth|final|1st|2nd|3rd|4th)\s+(?:quarter|qtr)\b"
    r"|\bq\.?\s?([1-4])(?![0-9.%])\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.-])(?:20|19)(\d\d)\s?[/\\–-]\s?(?:(?:20|19)?)(\d\d)(?![\d/]|[-.]\d)")
_SHORT_YEAR = re.compile(r"(?<![\d/.-])(\d\d)\s?[/–-]\s?(\d\d)(?![\d/%]|[-.]\d)")
_CALENDAR_YEAR = re.compile(r"(?<![\d/.,£-])((?:20|19)\d\d)(?![\d/%,]|\.\d|[-–]\d)")
_ENDING = r"(?:to|until|till|up to|end of|ending|ended|end|as at|as of|at|-|–)"
_FILLERS = re.compile(
    rf"\b(?:as at|as of|at|to|end of|ending|ended|the|from|for|in|until|up to|{MONTH}|\d{{1,2}} months?"
    r"|\d{1,2}(?:st|nd|rd|th)?)(?!\w)",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(
    r"\b(?:(?:same|this|corresponding|equivalent) (?:period|quarter|qtr|month|time|point)?\s*"
    r"(?:of |in )?(?:the )?(?:last|previous|prior) year"
    r"|(?:last|previous|prior) year(?:'s|s)?(?: same)?(?: (?:quarter|period|qtr|month))?"
    r"|(?:a )?year ago|(?:prior|last|prev(?:ious)?\.?) yr|prev\.? year)\b",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(
    r"\b(?:previous|prior|last|preceding|prev\.?) (?:quarter|qtr|month|period"
    r"|report(?:ed|ing)?(?: period)?|result|value|position|performance|figure|score|outturn|actual|data)\b"
    r"|\bprevious\b",
    re.IGNORECASE,
)


class HeadingPeriod(Struct, frozen=True):
    """The period that a column heading names.

    ``year`` is the financial year it lies in, ``month`` the calendar month it ends in (1 to 12), ``end`` a
    number that orders periods by the month they end in (year * 12 + month), None where no year is told.
    ``span`` says what kind of period it is; ``rest`` is the heading without the words of the period.
    """

    span: Span
    year: str | None = None
    quarter: int | None = None
    month: int | None = None
    end: int | None = None
    rest: str = ""


def financial_year(calendar_year: int, month: int) -> str:
    """The financial year of a month: (2021, 6) -> "2021/22"."""
    first = calendar_year if month >= 4 else calendar_year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def quarter_of(month: int) -> int:
    """The financial quarter of a calendar month: June -> 1, March -> 4."""
    return (month - 4) % 12 // 3 + 1


def read_period(text: str) -> Period | None:
    """The period that a title, heading or sentence names, None where it names none."""
    plain = _mended(collapse(text))
    quarter = _quarter(plain)
    year = _year(
        plain, short=quarter is not None or re.search(r"\b(?:year|performance)\b", plain, re.I) is not None
    )
    month, month_year = _ending_month(plain)
    if quarter is None and re.search(r"\b(?:year[ -]end|end[ -]of[ -]year|outturn|full year)\b", plain, re.I):
        quarter = 4 if year else None
    if quarter is None and re.search(r"\b(?:half[ -]year(?:ly)?|mid[ -]year|six months?)\b", plain, re.I):
        quarter = 2
    if quarter is None and re.search(r"\bnine months?\b", plain, re.I):
        quarter = 3
    if month is not None:
        if year is None and month_year is not None:
            year = financial_year(month_year, month)
        if quarter is None and month % 3 == 0:
            quarter = quarter_of(month)
    if year is None and quarter is not None:
        year = _year_of_quarter(plain, quarter)
    if year is None and quarter is None:
        return None
    return Period(year=year, quarter=quarter, label=plain)


# words without which a heading names no period by how it stands to another
_MAY_BE_RELATIVE = re.compile(
    r"year|yr|prev|prior|last|preceding|date|ytd|y\.t\.d|cumulative|latest|current|this|month|quarter",
    re.IGNORECASE,
)


def heading_period(heading: str) -> HeadingPeriod | None:
    """The period in a column heading ("Q1 Actual", "2014/15", "Jun 20", "Previous Quarter"), or None."""
    plain = _mended(collapse(heading))
    if not _MAY_BE_RELATIVE.search(plain):
        return _dated(plain)
    last_year = _LAST_YEAR.search(plain)
    if last_year:
        return HeadingPeriod("last_year", rest=_without(plain, last_year))
    previous = _PREVIOUS.search(plain)
    if previous:
        return HeadingPeriod("previous", rest=_without(plain, previous))
    to_date = re.search(
        r"\b(?:year[ -]to[ -]date|ytd|y\.t\.d\.?|cumulative(?: to date)?|to date)\b", plain, re.I
    )
    if to_date:
        return HeadingPeriod("to_date", rest=_without(plain, to_date))
    latest = re.search(
        r"\b(?:latest|current|this) (?:quarter|qtr|month|period)\b|\bin[ -](?:month|quarter)\b", plain, re.I
    )
    if latest:
        return HeadingPeriod("latest", rest=_without(plain, latest))
    return _dated(plain)


def relation(found: HeadingPeriod, report: Period | None) -> Relation:
    """How a column's period stands to the report's; "unknown" where the words do not settle it."""
    if found.span in ("latest", "to_date"):
        return "this"
    if found.span == "previous":
        return "earlier"
    if found.span == "last_year":
        return "same_last_year"
    if report is None:
        return "unknown"
    theirs, ours = end_of(found, report), report_end(report)
    if theirs is None or ours is None:
        return _by_quarter_only(found, report)
    if found.span == "year" and report.quarter is not None and theirs >= ours:
        return "this" if theirs - ours < 12 and found.year == report.year else "later"
    if theirs == ours:
        return "this"
    if theirs > ours:
        return "later"
    return "same_last_year" if ours - theirs == 12 and found.span != "year" else "earlier"


def end_of(found: HeadingPeriod, report: Period | None) -> int | None:
    """The number that orders a heading's period; a missing year is the report's year."""
    if found.end is not None:
        return found.end
    year = report.year if report else None
    if year is None:
        return None
    if found.quarter is not None:
        return _quarter_end(year, found.quarter)
    if found.month is not None:
        first = int(year[:4])
        return (first if found.month >= 4 else first + 1) * 12 + found.month
    return None


def report_end(report: Period) -> int | None:
    """The number that orders the report's own period."""
    if report.year is None:
        return None
    if report.quarter is None and report.label:
        month, calendar_year = _ending_month(report.label)
        if month is not None and calendar_year and financial_year(calendar_year, month) == report.year:
            return calendar_year * 12 + month
    return _quarter_end(report.year, report.quarter or 4)


def _by_quarter_only(found: HeadingPeriod, report: Period) -> Relation:
    if found.quarter is not None and report.quarter is not None and found.year is None:
        if found.quarter == report.quarter:
            return "this"
        return "earlier" if found.quarter < report.quarter else "later"
    return "unknown"


def _quarter_end(year: str, quarter: int) -> int:
    return int(year[:4]) * 12 + 3 + quarter * 3


_CUT_YEAR = re.compile(r"(?<!\d)((?:20|19)\d\d\s?[/–-]\s?)(\d)\s(\d)(?!\d)")


def _mended(plain: str) -> str:
    """A financial year that a narrow column cut, joined again: "2009-1 0", "2012/ 13", "Q 2"."""
    return _CUT_YEAR.sub(r"\1\2\3", plain) if " " in plain else plain


def _without(plain: str, *matches: re.Match[str]) -> str:
    for match in matches:
        plain = plain.replace(match[0], " ", 1)
    return collapse(plain)


# a figure, a quarter or a month, without which no words name a point in time
_MAY_BE_DATED = re.compile(r"\d|q|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)


def _dated(plain: str) -> HeadingPeriod | None:
    if not _MAY_BE_DATED.search(plain):
        return None
    quarter, year = _quarter(plain), _year(plain)
    rest = plain
    day = next(dates_in(plain), None)
    if day is not None and quarter is None:
        for pattern in (*WRITTEN_DATES, NUMERIC_DATE, ISO_DATE):
            rest = pattern.sub(" ", rest)
        on = day.year * 12 + day.month
        return HeadingPeriod(
            "month", financial_year(day.year, day.month), None, day.month, on, _trimmed(rest)
        )
    for pattern in (_QUARTER, _YEAR, _SHORT_YEAR):
        rest = pattern.sub(" ", rest)
    if quarter is not None:
        calendar = _CALENDAR_YEAR.search(rest)
        if year is None and calendar:
            year = _year_of_quarter(plain, quarter)
            rest = _without(rest, calendar)
        rest = _trimmed(re.sub(rf"\(?\b{MONTH}\s?[-–]\s?{MONTH}\)?", " ", rest, flags=re.IGNORECASE))
        end = _quarter_end(year, quarter) if year else None
        return HeadingPeriod("quarter", year, quarter, None, end, rest)
    month, calendar_year, match = _month_in(plain)
    if month is not None and match is not None and (calendar_year is not None or _is_month_heading(plain)):
        fy = financial_year(calendar_year, month) if calendar_year else year
        end = calendar_year * 12 + month if calendar_year else None
        if end is None and fy:
            end = (int(fy[:4]) + (month < 4)) * 12 + month
        rest = _trimmed(_without(_YEAR.sub(" ", plain), match))
        return HeadingPeriod("month", fy, None, month, end, rest)
    if year:
        return HeadingPeriod("year", year, None, None, _quarter_end(year, 4), _trimmed(rest))
    calendar = _CALENDAR_YEAR.search(plain)
    if calendar and not re.search(r"\d", _without(plain, calendar)):
        only = int(calendar[1])
        return HeadingPeriod("year", None, None, None, only * 12 + 12, _trimmed(_without(plain, calendar)))
    return None


def _trimmed(rest: str) -> str:
    """What a heading says beside its period, without the small words that only tie the two together."""
    bare = re.sub(r"\(\s*\)", " ", _FILLERS.sub(" ", rest))
    return collapse(re.sub(r"(?<!\w)[-–:/,.']+(?!\w)", " ", bare)).strip(" -–:/,.")


def _is_month_heading(plain: str) -> bool:
    """A month without a year is a period only where the heading has little else ("Sept", "May Actual")."""
    return len(plain.split()) <= 3


def _quarter(plain: str) -> int | None:
    """The quarter named first; of joined ones ("Q1 & Q2", "quarters 1 to 3") the last."""
    match = _QUARTER.search(plain)
    if match is None:
        return None
    number = _ORDINALS[(match[1] or match[2] or match[3]).lower()]
    joined = re.match(
        r"\s*(?:&|and|to|-|–|/|\+)\s*(?:q|qtr|quarter)?\.?\s*([1-4])(?![\w/%.-])",
        plain[match.end() :],
        re.IGNORECASE,
    )
    return max(number, int(joined[1])) if joined else number


def _year(plain: str, *, short: bool = True) -> str | None:
    """A financial year; with ``short`` also "12/13", which elsewhere may be a minute or an item."""
    for match in _YEAR.finditer(plain):
        first, second = int(match[0][:4]), int(match[2])
        if (first + 1) % 100 == second:
            return f"{first}/{second:02d}"
    for match in _SHORT_YEAR.finditer(plain) if short else ():
        first, second = int(match[1]), int(match[2])
        if (first + 1) % 100 == second and 5 <= first <= 60:
            return f"20{first:02d}/{second:02d}"
    return None


def _year_of_quarter(plain: str, quarter: int) -> str | None:
    """ "Quarter 2 2016" is of 2016/17; "Quarter 4 2016" may be of either year and is not settled."""
    match = _CALENDAR_YEAR.search(plain)
    if not match or quarter == 4:
        return None
    return financial_year(int(match[1]), 4)


def _month_in(plain: str) -> tuple[int | None, int | None, re.Match[str] | None]:
    """The last month named, with its calendar year where one is printed."""
    with_year = list(
        re.finditer(
            rf"\b({MONTH})\s*[,'’-]?\s*((?:20|19)\d\d|\d\d)(?!\s?(?:st|nd|rd|th)?\d|[/%.]\d|%)", plain, re.I
        )
    )
    if with_year:
        match = with_year[-1]
        year = int(match[2])
        return month_number(match[1]), year if year > 99 else 2000 + year, match
    bare = list(re.finditer(rf"\b({MONTH})", plain, re.IGNORECASE))
    if bare:
        return month_number(bare[-1][1]), None, bare[-1]
    return None, None, None


def _ending_month(plain: str) -> tuple[int | None, int | None]:
    """The month a period ends in ("to 30 September 2012", "April - June 2012", "June 2021") and its year."""
    dated = re.search(
        rf"(?<!\w){_ENDING}\s+(?:the\s+)?(?:{DAY}\s+)?({MONTH})\s*((?:20|19)\d\d)?\b", plain, re.IGNORECASE
    )
    if dated:
        return month_number(dated[2]), int(dated[3]) if dated[3] else _calendar(plain)
    numeric = re.search(rf"(?<!\w){_ENDING}\s+(?:the\s+)?\d{{1,2}}[/.](\d{{1,2}})[/.]((?:20)?\d\d)\b", plain)
    if numeric and 1 <= int(numeric[1]) <= 12:
        return int(numeric[1]), int(numeric[2]) % 100 + 2000
    if next(dates_in(plain), None) is not None:
        return None, None  # a date by itself is a meeting's
    month = re.search(rf"\b({MONTH})\s+((?:20|19)\d\d)\b", plain, re.IGNORECASE)
    if month:
        return month_number(month[1]), int(month[2])
    return None, None


def _calendar(plain: str) -> int | None:
    match = _CALENDAR_YEAR.search(plain)
    return int(match[1]) if match else None
