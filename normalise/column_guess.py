"""A guess what a column holds, and the plain words of a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalise.periods import HeadingPeriod, Relation
from normalise.records import Role
from normalise.words import rejoin

EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column holds.

    ``field``: a record's field (code, title, code_title, good_is, actual, target, status, forecast,
    year_end_target, forecast_status, previous, direction, note, context, actions, intervention,
    performance, directorate, section) or "extra" for printed columns without one; then ``role`` says what
    it is where that is known. ``base``: the field its own words name, before periods and neighbours decided.
    ``alternatives``: what else it might be. ``period``: the period its heading names. ``why``: the reason.
    """

    heading: str
    field: str
    why: str
    role: Role | None = None
    base: str = ""
    alternatives: tuple[str, ...] = ()
    period: HeadingPeriod | None = None
    relation: Relation | None = None


_SHORT = {
    "perf": "performance",
    "prev": "previous",
    "curr": "current",
    "cur": "current",
    "desc": "description",
    "tgt": "target",
    "ind": "indicator",
    "avg": "average",
}


def heading_words(heading: str) -> str:
    """A heading as lower-case words: line breaks, cut words and punctuation gone ("Tren\\nd" -> "trend")."""
    joined = rejoin(re.sub(r"(?<=[A-Za-z])-\n(?=[a-z])", "", heading))
    lowered = joined.lower().replace("’", "'").replace("'s", "s")
    words = re.sub(r"[^a-z0-9%£#+]+", " ", lowered).split()
    return " ".join(_SHORT.get(word, word) for word in words)
