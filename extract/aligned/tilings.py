"""Column edges that a header draws: rules or fills laid side by side, one a cell, over the table's width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extract.page.parts import RawPage

MEETING = 2.5  # points by which neighbours may overlap or stand apart (a border is shared by both)
SAME_LINE = 1.5  # points by which pieces of one line may differ in height
WHOLE = 0.9  # share of the table's width that a line of pieces covers
LEAST_HEIGHT = 4.0  # points; a lower fill is a rule
OFF_EDGE = 8.0  # points from any column edge at which a line is not the table's own
HALF = 0.5  # share of the table's width from which another line is a table's
NARROWEST = 4.0  # points; a narrower piece is a gap or an ornament

Span = tuple[float, float]


def tiled_columns(page: RawPage, top: float, bottom: float, left: float, right: float) -> list[float]:
    """The edges at which pieces side by side meet, between two heights; empty where none cover the width.

    A line of cells over several columns has fewer edges than the line below it, so all lines add up.
    """
    lines = [*_ruled_lines(page, top, bottom), *_filled_lines(page, top, bottom)]
    whole = [
        line for line in lines if min(line[-1][1], right) - max(line[0][0], left) >= WHOLE * (right - left)
    ]
    if not whole:
        return []
    x0, x1 = min(line[0][0] for line in whole), max(line[-1][1] for line in whole)
    inner = [(a[1] + b[0]) / 2 for line in lines for a, b in pairwise(line) if x0 < b[0] < x1]
    edges = [x0]
    for x in sorted(inner):
        if x - edges[-1] > MEETING:
            edges.append(x)
    if x1 - edges[-1] > MEETING:
        edges.append(x1)
    return edges


def foreign_line(
    page: RawPage, heading: tuple[float, float], bottom: float, edges: Sequence[float]
) -> float | None:
    """The height at which pieces side by side begin that end elsewhere than a table's columns: another table.

    ``heading``: where its headings begin and end; the rules at them end where the table does, further out than the
    words that ``edges`` come of.
    """
    above, top = heading
    known = [*edges, *(x for _, ends in _wide_lines(page, above, top, edges) for x in ends)]
    for at, ends in _wide_lines(page, top, bottom, edges):
        if any(min(abs(x - e) for e in known) > OFF_EDGE for x in ends):
            return at
    return None


def _wide_lines(
    page: RawPage, top: float, bottom: float, edges: Sequence[float]
) -> Iterator[tuple[float, Span]]:
    """Lines of rules side by side over half a table's width at least: height, and where each begins and ends."""
    rules = [(r.at, (r.start, r.end)) for r in page.rules if not r.vertical and top < r.at < bottom]
    for at, group in _level(rules):
        for line in _side_by_side(group):
            if line[-1][1] - line[0][0] >= HALF * (edges[-1] - edges[0]):
                yield at, (line[0][0], line[-1][1])


def _ruled_lines(page: RawPage, top: float, bottom: float) -> list[list[Span]]:
    rules = [(r.at, (r.start, r.end)) for r in page.rules if not r.vertical and top <= r.at <= bottom]
    return [line for _, group in _level(rules) for line in _side_by_side(group)]


def _filled_lines(page: RawPage, top: float, bottom: float) -> list[list[Span]]:
    fills = [
        (f.top, (f.x0, f.x1))
        for f in page.fills
        if top <= f.top and f.bottom <= bottom and f.bottom - f.top >= LEAST_HEIGHT
    ]
    return [line for _, group in _level(fills) for line in _side_by_side(group)]


def _level(pieces: Iterable[tuple[float, Span]]) -> list[tuple[float, list[Span]]]:
    """Pieces gathered by height, each group with that of its first piece."""
    groups: list[tuple[float, list[Span]]] = []
    for y, span in sorted(pieces):
        if not groups or y - groups[-1][0] > SAME_LINE:
            groups.append((y, []))
        groups[-1][1].append(span)
    return groups


def _side_by_side(spans: Sequence[Span]) -> list[list[Span]]:
    """Runs of two or more pieces of which each begins where the one before ends."""
    lines: list[list[Span]] = []
    for span in sorted({s for s in spans if s[1] - s[0] >= NARROWEST}):
        if lines and abs(span[0] - lines[-1][-1][1]) <= MEETING:
            lines[-1].append(span)
        elif not lines or span[0] > lines[-1][-1][1]:
            lines.append([span])
    return [line for line in lines if len(line) > 1]
