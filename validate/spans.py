"""Stretches of time: may a target be one for the whole year, and the figure one for a part of it?

Residual waste of 131 kg in a quarter meets no target of 510 kg for the year, nor misses it. Such a pair accuses nobody.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from normalise.periods import heading_period
from normalise.records import Improvement, Measure, Value
from validate.words import one_of_words, word_list

NEAR = Fraction(1, 10)  # share of the target within which a figure is hardly one of another stretch of time
ABOUT = Fraction(1, 10)  # share of the target by which a figure may be off a quarter, a half of it
QUARTERS = 4


def of_unlike_spans(row: Measure | Improvement, figure: Value, target: Value) -> str:
    """Why the target is for another stretch of time than the figure by their headings; empty where it is not."""
    if not isinstance(row, Measure) or not figure.value or not target.value or not may_grow(row, figure):
        return ""
    part, year = (heading_period(row.column_headings.get(name, "")) for name in ("actual", "target"))
    if part is None or year is None or part.span not in ("month", "quarter", "half") or year.span != "year":
        return ""
    if abs(figure.value - target.value) * NEAR.denominator <= abs(target.value) * NEAR.numerator:
        return ""
    return f"the target is headed “{row.column_headings['target']}”, the figure “{row.column_headings['actual']}”"


def part_of_the_year(row: Measure | Improvement, figure: Value, target: Value, quarter: int | None) -> str:
    """Why the target may be for the year, the figure being about the quarter's share of it; empty where it is not."""
    if quarter is None or quarter == QUARTERS or not figure.value or not target.value:
        return ""
    ratio = Fraction(figure.value) / Fraction(target.value)
    shares = (Fraction(quarter, QUARTERS), Fraction(1, QUARTERS))
    if all(abs(ratio - share) > ABOUT for share in shares) or not may_grow(row, figure):
        return ""
    return f"{target.printed} may be the target for the whole year, and {figure.printed} is about the share of it that is due by now"


def may_grow(row: Measure | Improvement, figure: Value) -> bool:
    """Whether a measure may add up through the year: a percentage only where its title says so."""
    title = row.title.lower()
    if _any_of("accumulating").search(title):
        return True
    return figure.unit != "percent" and not _any_of("steady").search(title)


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return one_of_words(word_list(name))
