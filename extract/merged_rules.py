"""Rules as the edges of a table: those along one line brought onto it, those that touch made one.

What pdfplumber's ``merge_edges`` does, which the tests hold this against. That one copies every edge at every step, and
a frame is four of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter

from extract.breaks.open_rows import Edge, level_edge, upright_edge
from extract.page.parts import Rule

Stretch = tuple[float, float]  # of a line, from the left or the top


def merged_edges(rules: Sequence[Rule], tolerance: float) -> list[Edge]:
    """The level edges from top to bottom, then the upright ones from left to right.

    ``tolerance``, in points, is how far apart neighbouring lines may be that are one, and parts of a line.
    """
    level = [r for r in rules if not r.vertical]
    upright = [r for r in rules if r.vertical]
    return [
        *(level_edge(at, *part) for at, part in _lines(level, tolerance)),
        *(upright_edge(at, *part) for at, part in _lines(upright, tolerance)),
    ]


def _lines(rules: Sequence[Rule], tolerance: float) -> Iterator[tuple[float, Stretch]]:
    for group in _along_one_line(rules, tolerance):
        at = sum(map(attrgetter("at"), group)) / len(group)
        stretches = ((min(r.start, r.end), max(r.start, r.end)) for r in group)
        for part in _touching(stretches, tolerance):
            yield at, part


def _along_one_line(rules: Sequence[Rule], tolerance: float) -> list[list[Rule]]:
    """The rules by their line, each line in the order given."""
    number_of: dict[float, int] = {}
    number, before = -1, None
    for at in sorted({r.at for r in rules}):
        if before is None or at > before + tolerance:
            number += 1
        number_of[at] = number
        before = at
    groups: list[list[Rule]] = [[] for _ in range(number + 1)]
    for rule in rules:
        groups[number_of[rule.at]].append(rule)
    return groups


def _touching(stretches: Iterable[Stretch], tolerance: float) -> list[Stretch]:
    joined: list[Stretch] = []
    for low, high in sorted(stretches, key=itemgetter(0)):
        if joined and low <= joined[-1][1] + tolerance:
            if high > joined[-1][1]:
                joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined
