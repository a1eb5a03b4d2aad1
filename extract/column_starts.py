"""Columns that stand as close as words do: told by words that begin at one place line after line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.chunks import TextRow
from extract.pages import TextItem

SAME_START = 0.7  # points by which words of one column, set to the left, begin apart
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


def cut_at(run: Sequence[TextItem], starts: Sequence[float]) -> list[list[TextItem]]:
    """A run of words, cut before each that stands where a column begins."""
    parts: list[list[TextItem]] = [[]]
    for word in run:
        if parts[-1] and any(abs(word.x0 - x) <= SAME_START for x in starts):
            parts.append([])
        parts[-1].append(word)
    return parts
