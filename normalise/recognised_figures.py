"""Figures read from pictures, held against their neighbours in the row: a lost point, a % read as digits.

A figure that would fit if a point or a sign had been misread is marked, never changed. The mark makes its
confidence low, so that nothing is accused by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from normalise.cellreading import grade
from normalise.recognised import SCORE
from normalise.records import VALUE_FIELDS, Record, Value

Row = TypeVar("Row", bound=Record)  # with fields of values: a Measure or an Improvement

UNIT = "ocr-doubt-unit"
SIZE = "ocr-doubt-size"
MINUS = "ocr-doubt-minus"
LIKE = Decimal("0.5")  # of the larger figure: the smaller one of a usual pair is no less
FAR = 8  # times: figures of one row that are further apart may have lost a point


def with_figures_compared(row: Row) -> Row:
    """The row with a mark on each recognised figure that its neighbours speak against."""
    figures: list[tuple[str, Value]] = []
    for name in VALUE_FIELDS:
        printed = getattr(row, name, None)
        if isinstance(printed, Value) and printed.value is not None:
            figures.append((name, printed))
    update: dict[str, Any] = {}
    for name, value in figures:
        if not _recognised(value):
            continue
        others = [v for n, v in figures if n != name]
        signals = (*value.signals, *_doubts(value, others))
        if signals != value.signals:
            update[name] = value.model_copy(update={"signals": signals, "confidence": grade(signals)})
    return row.model_copy(update=update) if update else row


def _recognised(value: Value) -> bool:
    return any(s.startswith(SCORE) for s in value.signals)


def _doubts(value: Value, others: list[Value]) -> Iterator[str]:
    if value.unit == "number" and any(o.unit == "percent" for o in others):
        yield UNIT  # the sign may be what the last digits are
    if (value.value or 0) < 0:
        yield MINUS  # it may be the dash between a label and its figure
    alike = [o for o in others if o.unit == value.unit]
    if alike and (all(_lost_point(value, o) for o in alike) or _beyond_all(value, alike)):
        yield SIZE


def _lost_point(value: Value, other: Value) -> bool:
    """Would the two be much alike with the point of one moved?"""
    a, b = abs(value.value or Decimal(0)), abs(other.value or Decimal(0))
    if not a or not b or max(a, b) < FAR * min(a, b):
        return False
    small, large = min(a, b), max(a, b)
    return any(min(small * m, large) / max(small * m, large) >= LIKE for m in (10, 100, 1000))


def _beyond_all(value: Value, others: list[Value]) -> bool:
    """More than 100 % beside figures that are not."""
    figures = [v.value for v in (value, *others) if v.value is not None]
    return value.unit == "percent" and figures[0] > 100 and all(f <= 100 for f in figures[1:])


def compared(rows: Mapping[int, list[Row]]) -> None:
    """The same for all rows of all tables, in place."""
    for found in rows.values():
        found[:] = [with_figures_compared(row) for row in found]
