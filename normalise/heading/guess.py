"""A guess what a column holds, and the plain words of a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from normalise.periods import HeadingPeriod, Relation
from normalise.records import Role
from normalise.words import collapse, rejoin

EXTRA = "extra"


class ColumnGuess(Struct, frozen=True):
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


def shared_headings(headings: Sequence[str]) -> list[str]:
    """Headings with those taken apart that two-level headers left over several columns.

    "Q1 Result Q1 Target" over two columns is "Q1 Result" over the first and "Q1 Target" over the second. Where
    the parts cannot be told, the columns get no heading, since a figure taken for a target would accuse.
    """
    out = list(headings)
    i = 0
    while i < len(out):
        end = i + 1
        while end < len(out) and out[i].strip() and out[end] == out[i]:
            end += 1
        parts = _parts(collapse(out[i])) if end - i > 1 else []
        if len(parts) == end - i:
            out[i:end] = parts
        elif len(parts) > 1:
            out[i:end] = [""] * (end - i)
        i = end
    return out


def _parts(heading: str) -> list[str]:
    """The parts of a heading that each name a figure, a target, a status or a quarter, with their period."""
    quarters = list({match[0][-1]: match[0] for match in _QUARTERS.finditer(heading)}.values())
    year = re.search(r"20\d\d\s?[/-]\s?(?:20)?\d\d", heading)
    marks = list(_MARKS.finditer(heading))
    names = [next(name for name, word in match.groupdict().items() if word) for match in marks]
    if len(set(names)) > 1:
        one_thing = re.search(r"\b(?:target|performance)\s(?:rag|status|rating)\b", heading, re.IGNORECASE)
        settled = _keeps_order(heading, len(marks))
        if len(quarters) > 1 or len(set(names)) < len(names) or one_thing or not settled:
            return [""] * (len(names) + len(quarters) + 1)  # more than can be told
        period = " ".join(filter(None, (quarters[0] if quarters else "", year[0] if year else "")))
        words = [re.sub(r"(?i)^performanc\w*$", "Performance", match[0]) for match in marks]
        return [f"{period} {word}".strip() for word in words]
    rest = _QUARTERS.sub(" ", heading).replace(year[0], " ") if year else _QUARTERS.sub(" ", heading)
    if len(quarters) > 1 and not marks and not re.search(r"\w", rest):
        return [f"{quarter} {year[0] if year else ''}".strip() for quarter in quarters]
    return []


def _keeps_order(heading: str, marks: int) -> bool:
    """Whether the words tell which part stands left.

    Read line by line, the parts of cells of unequal height swap places: "Quarterly | target" beside "Actual" may
    read "Quarterly Actual target". Sure are only parts that each bring their quarter ("Q1 Result Q1 Target") and
    parts whose lines alternate ("Current Current performance target").
    """
    quarter, mark = rf"(?:{_QUARTERS.pattern})", rf"(?:{_MARKS.pattern})"
    bare = re.sub(r"\(\?P<\w+>", "(?:", rf"(?:{quarter}\s{mark}|{mark}\s{quarter})")
    own = re.findall(bare, heading, re.IGNORECASE)
    plain = re.sub(r"\(\?P<\w+>", "(?:", rf"\b(\w+)\s\1\s{mark}\s{mark}")
    return len(own) == marks or (marks == _TWO and re.search(plain, heading, re.IGNORECASE) is not None)


_TWO = 2
_QUARTERS = re.compile(r"\b(?:q|qtr|quarter)\s?[1-4]\b", re.IGNORECASE)
_MARKS = re.compile(
    r"\b(?:(?P<target>target|goal)|(?P<status>rag(?: rating| status)?|status|rating)"
    r"|(?P<actual>actual|result|outturn|performanc\w*|value)|(?P<variance>variance|difference))\b",
    re.IGNORECASE,
)


_CUT = re.compile(r"(?<=[A-Za-z])-\n(?=[a-z])")
_BESIDE = re.compile(r"[^a-z0-9%£#+]+")


@lru_cache(maxsize=4096)
def heading_words(heading: str) -> str:
    """A heading as lower-case words: line breaks, cut words and punctuation gone ("Tren\\nd" -> "trend")."""
    joined = rejoin(_CUT.sub("", heading) if "\n" in heading else heading)
    lowered = joined.lower().replace("’", "'").replace("'s", "s")
    words = _BESIDE.sub(" ", lowered).split()
    return " ".join(_SHORT.get(word, word) for word in words)
