"""Units that stand in a column of their own: "31.6" beside "%" is 31.6%, "1,240" beside "£000" is £1,240k."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalise.grid import GridRow
from normalise.heading.guess import ColumnGuess
from normalise.vocabulary import Vocabulary
from normalise.words import collapse

_PLAIN = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?")
_POUNDS = re.compile(
    r"£\s*(?:(?P<thousand>['’]?000s?|k|thousands?)|(?P<million>m|millions?))?", re.IGNORECASE
)
_NO_UNIT = ("number", "points")  # what counts are measured in says nothing of the figure


def unit_of_row(row: GridRow, columns: Sequence[ColumnGuess]) -> str:
    """What the row prints under "Unit"; empty where the table has no such column."""
    for k, guess in enumerate(columns):
        if guess.base == "unit":
            return row.text(k)
    return ""


def with_unit(text: str, unit: str, vocabulary: Vocabulary) -> str | None:
    """A plain figure with the unit of its row put to it; None where it has one of its own, or none is known."""
    if not unit:
        return None
    figure, plain = collapse(text), collapse(unit)
    if not plain or not _PLAIN.fullmatch(figure):
        return None
    pounds = _POUNDS.fullmatch(plain)
    if pounds:
        return f"£{figure}{'k' if pounds['thousand'] else 'm' if pounds['million'] else ''}"
    known = {w: name for name, written in vocabulary.values.units.items() for w in written}
    name = known.get(plain.lower())
    if name is None or name in _NO_UNIT:
        return None
    return f"{figure}%" if name == "percent" else f"{figure} {plain}"
