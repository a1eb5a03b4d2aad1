"""Whether a figure and a target can be set against each other."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from normalise.records import Value
from validate.rounding import fraction
from validate.words import word_list

# A column may drop its unit, but not also print wholly other amounts: then a count stands beside a share.
MIXED_UNITS_RATIO = 3
_PER = re.compile(r"per ([\d,]+)")
SAME_UNIT_RATIO = 1000  # beyond this one side has lost its "thousand" or "m"


def unlike(figure: Value, target: Value) -> str:
    """Why the two cannot be compared, empty where they can."""
    one, other = unit_key(figure.unit), unit_key(target.unit)
    mixed = one != other
    if mixed and not (one == "number" or other == "number"):
        return f"figure and target have different units ({figure.unit} and {target.unit})"
    ratio = _ratio(figure, target)
    if ratio is not None and ratio >= (MIXED_UNITS_RATIO if mixed else SAME_UNIT_RATIO):
        return f"figure and target do not seem to be in the same unit ({figure.printed} and {target.printed})"
    return ""


@lru_cache(maxsize=1024)
def unit_key(unit: str | None) -> str:
    """Units that mean the same get the same key: "per 10,000 population" and "per 10,000"."""
    text = (unit or "number").lower().strip()
    per = _PER.match(text)
    if per:
        return "per " + per.group(1).replace(",", "")
    return "number" if text in word_list("counted") else text


def common_unit(figure: Value, target: Value) -> str | None:
    """The unit of both, where one may have dropped it."""
    return target.unit if unit_key(figure.unit) == "number" and target.unit else figure.unit


def _ratio(figure: Value, target: Value) -> Fraction | None:
    """How many times the larger is of the smaller; None where one of them is 0."""
    if not figure.value or not target.value:
        return None
    sizes = sorted((abs(fraction(figure.value)), abs(fraction(target.value))))
    return sizes[1] / sizes[0]


def is_percentage(figure: Value, target: Value, title: str) -> bool | None:
    """Whether the measure is a percentage; None where only the title hints at it."""
    units = {unit_key(figure.unit), unit_key(target.unit)}
    if "percent" in units:
        return True
    hint = any(word in title.lower() for word in word_list("percentage_titles"))
    if units == {"number"} and (hint or figure.unit is None or target.unit is None):
        return None
    return False
