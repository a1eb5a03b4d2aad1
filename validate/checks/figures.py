"""Printed figures compared with each other: what rounding allows, and when two are not comparable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from normalise.records import Value
from validate.pairing import unit_key
from validate.rounding import half_width, interval

Agreement = Literal["same", "rounding", "truncation", "different"]
Move = Literal["up", "down", "level"]

_SCALES = (Decimal(100), Decimal(1000), Decimal(1_000_000))
_OTHER_DATE = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b|\bq(uarter)?\s*\d|\d{4}", re.I
)


def is_point(value: Value | None) -> bool:
    """Is this one figure, neither words nor a range nor "<5"?"""
    return value is not None and value.value is not None and value.bound is None and value.upper is None


def comparable(a: Value, b: Value) -> bool:
    """Two single figures in one unit, or one of them printed without any."""
    units = unit_key(a.unit), unit_key(b.unit)
    return is_point(a) and is_point(b) and (units[0] == units[1] or "number" in units)


def agreement(a: Value, b: Value) -> Agreement:
    """How far two printings of what should be one figure agree.

    The finer may have become the coarser by rounding, or by dropping places ("truncation"). A figure that
    is printed once without its unit may also be the same on another scale (0.79 and 79%).
    """
    x, y = a.value, b.value
    if x is None or y is None:
        raise ValueError("no figure to compare")
    if x == y or (unit_key(a.unit) != unit_key(b.unit) and any(x * s == y or y * s == x for s in _SCALES)):
        return "same"
    halves = half_width(a, (b,)), half_width(b, (a,))
    coarse = max(halves)
    if halves[0] == halves[1]:
        return "different"
    gap = abs(x - y)
    if gap <= coarse:
        return "rounding"
    return "truncation" if gap < 2 * coarse else "different"


def moves(
    now: Value, then: Value, beside: Iterable[Value | None] = (), *, count: bool = True
) -> frozenset[Move]:
    """Which movements of the figure two printed figures leave possible, given their rounding."""
    others = (now, then, *beside)
    new = interval(now, measured=True, beside=others, count=count)
    old = interval(then, measured=True, beside=others, count=count)
    if new is None or old is None:
        raise ValueError("no figure to compare")
    if new.low is None or new.high is None or old.low is None or old.high is None:
        return frozenset(("up", "down", "level"))
    found: set[Move] = set()
    if new.high > old.low:
        found.add("up")
    if new.low < old.high:
        found.add("down")
    if new.low <= old.high and new.high >= old.low:
        found.add("level")
    return frozenset(found)


def relative_change(now: Value, then: Value) -> Decimal | None:
    """Change in per cent of the earlier figure; None where that is nought or missing."""
    if now.value is None or not then.value:
        return None
    return (now.value - then.value) / abs(then.value) * 100


def other_date(value: Value) -> bool:
    """Does its qualifier name a date of its own ("August figures")?"""
    return bool(value.qualifier and _OTHER_DATE.search(value.qualifier))


def plain(number: Decimal, places: int = 1) -> str:
    """A number for a sentence: rounded, no exponent, no trailing noughts after the point."""
    text = f"{round(number, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
