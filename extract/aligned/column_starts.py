"""Columns that stand as close as words do: told by words that begin at one place line after line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple

from extract.aligned.chunks import TextRow
from extract.page.parts import TextItem

SAME_START = 0.7  # points by which words of one column, set to the left, begin apart
BESIDE = 1.5  # font sizes right of a place where a line's ink must begin at it
MOST = 0.8  # share of the lines with ink there
FEWEST = 3
SET_OFF = 0.34  # font sizes: more than a space between two words


def shared_starts(header: Sequence[TextRow], body: Sequence[TextRow]) -> list[float]:
    """Where words of most body lines begin, set off from those before them.

    Columns may stand as close as words do; running text does not begin its words at one place line after line.
    """
    lines = [r for r in body if len(r.words) > 2]
    headings = [w.x0 for r in header for a, w in pairwise(r.words) if w.x0 - a.x1 >= SET_OFF * w.size]
    places: list[list[tuple[float, float]]] = []  # beginnings close together, with the gap before each
    for x, gap in sorted((w.x0, (w.x0 - a.x1) / w.size) for r in lines for a, w in pairwise(r.words)):
        if places and x - places[-1][0][0] <= SAME_START:
            places[-1].append((x, gap))
        else:
            places.append([(x, gap)])
    found: list[float] = []
    for place in places:
        headed = any(abs(x - place[0][0]) <= SAME_START for x in headings)
        enough = max(3, (0.6 if headed else 0.9) * len(lines))
        if len(place) >= enough and median(gap for _, gap in place) >= SET_OFF:
            found.append(place[0][0])
    return found


def left_edges(rows: Sequence[TextRow]) -> list[float]:
    """Places where nearly every line that has ink there begins a word, alone or at different distances from the one before.

    Words that many titles share ("Percentage of") begin at one place, too, but always at the same distance.
    """
    starts = sorted(w.x0 for r in rows for w in r.words)
    lines = [_Line.of(row) for row in rows]
    found: list[float] = []
    tried = float("-inf")
    for k, x in enumerate(starts):
        if x == tried or (found and x - found[-1] <= SAME_START):
            continue
        tried = x
        if bisect_left(starts, x + SAME_START) - k >= FEWEST and _is_edge(x + SAME_START / 2, lines):
            found.append(x)
    return found


class _Line(NamedTuple):
    """A line by where its words begin and end. ``reached``: how far the first words reach, one more each time."""

    begins: list[float]
    ends: list[float]
    reached: list[float]
    beside: float

    @staticmethod
    def of(row: TextRow) -> _Line:
        ends = [w.x1 for w in row.words]
        return _Line([w.x0 for w in row.words], ends, list(accumulate(ends, max)), BESIDE * row.size)


def _is_edge(x: float, lines: Sequence[_Line]) -> bool:
    begins = inked = first = 0
    gaps: set[int] = set()
    for line in lines:
        before = bisect_left(line.begins, x + line.beside)
        if not before or line.reached[before - 1] <= x + SAME_START:
            continue
        inked += 1
        at = bisect_left(line.begins, x - SAME_START)
        if at == len(line.begins) or line.begins[at] > x + SAME_START:
            continue
        begins += 1
        first += at == 0
        gaps.add(round(line.begins[at] - line.ends[at - 1]) if at else -1)
    apart = len(gaps) >= FEWEST or 2 * first >= begins
    return begins >= FEWEST and begins >= MOST * inked and apart


def shared_ends(body: Sequence[TextRow]) -> list[float]:
    """Where words of most body lines end, set off from those after them: figures set to the right."""
    lines = [r for r in body if len(r.words) > 2]
    places: list[list[tuple[float, float]]] = []
    for x, gap in sorted((a.x1, (w.x0 - a.x1) / a.size) for r in lines for a, w in pairwise(r.words)):
        if places and x - places[-1][0][0] <= SAME_START:
            places[-1].append((x, gap))
        else:
            places.append([(x, gap)])
    enough = max(3, 0.9 * len(lines))
    return [p[0][0] for p in places if len(p) >= enough and median(gap for _, gap in p) >= SET_OFF]


def cut_at(
    run: Sequence[TextItem], starts: Sequence[float], ends: Sequence[float] = ()
) -> list[list[TextItem]]:
    """A run of words, cut before each that stands where a column begins and after each where one ends."""
    parts: list[list[TextItem]] = [[]]
    for word in run:
        begins = any(abs(word.x0 - x) <= SAME_START for x in starts)
        if parts[-1] and (begins or any(0 <= parts[-1][-1].x1 - x <= SAME_START for x in ends)):
            parts.append([])
        parts[-1].append(word)
    return parts
