"""Rules to cells and cells to tables: what pdfplumber's table finder does, on rules instead of dicts.

Rules that nearly lie on one line are moved onto it and joined; where upright and level ones cross are corners;
each corner is the upper left one of the smallest rectangle whose sides are rules; rectangles that share corners
are a table. Tests hold it against pdfplumber, whose answers it gives to the last bit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from extract.pages import Rule

Corner = tuple[float, float]
Box4 = tuple[float, float, float, float]


def merged(rules: Iterable[Rule], tolerance: float) -> list[Rule]:
    """Rules on one line, and along it joined where they meet; the level ones first, each by place."""
    found: list[Rule] = []
    given = list(rules)
    for vertical in (False, True):
        snapped = _snapped([r for r in given if r.vertical is vertical], tolerance)
        snapped.sort(key=lambda r: r.at)
        for _, line in groupby(snapped, key=lambda r: r.at):
            found += _joined(line, tolerance)
    return found


def _snapped(rules: Sequence[Rule], tolerance: float) -> list[Rule]:
    """The rules, those that follow each other closely all at their mean."""
    clusters: list[list[Rule]] = []
    last = float("-inf")
    group_of: dict[float, list[Rule]] = {}
    for at in sorted({r.at for r in rules}):
        if at > last + tolerance:
            clusters.append([])
        group_of[at] = clusters[-1]
        last = at
    for rule in rules:
        group_of[rule.at].append(rule)
    found: list[Rule] = []
    for cluster in clusters:
        mean = sum(r.at for r in cluster) / len(cluster)
        found += [Rule(r.vertical, r.at + (mean - r.at), r.start, r.end) for r in cluster]
    return found


def _joined(line: Iterable[Rule], tolerance: float) -> Iterator[Rule]:
    current: Rule | None = None
    for rule in sorted(line, key=lambda r: r.start):
        if current is None or rule.start > current.end + tolerance:
            if current is not None:
                yield current
            current = rule
        elif rule.end > current.end:
            current.end = rule.end
    if current is not None:
        yield current


class _Corners:
    """Where rules cross: for each corner the upright and the level rules through it, as bits of two numbers."""

    def __init__(self, rules: Sequence[Rule], tolerance: float) -> None:
        self.upright: dict[Corner, int] = {}
        self.level: dict[Corner, int] = {}
        level = sorted((r for r in rules if not r.vertical), key=lambda r: (r.at, r.start))
        tops = [r.at for r in level]
        bits = _bits(level)
        uprights = sorted((r for r in rules if r.vertical), key=lambda r: (r.at, r.start))
        for rule, bit in zip(uprights, _bits(uprights), strict=True):
            for k in range(bisect_left(tops, rule.start - 2 * tolerance), len(level)):
                other = level[k]
                if rule.end < other.at - tolerance:
                    break
                if (
                    rule.start <= other.at + tolerance
                    and other.start - tolerance <= rule.at <= other.end + tolerance
                ):
                    corner = (rule.at, other.at)
                    self.upright[corner] = self.upright.get(corner, 0) | bit
                    self.level[corner] = self.level.get(corner, 0) | bits[k]

    def cells(self) -> Iterator[Box4]:
        """The smallest rectangle below and to the right of each corner, if rules close one."""
        columns: dict[float, list[float]] = {}
        rows: dict[float, list[float]] = {}
        for x, y in sorted(self.upright):
            columns.setdefault(x, []).append(y)
            rows.setdefault(y, []).append(x)
        for x, ys in columns.items():
            for k, top in enumerate(ys):
                xs = rows[top]
                right = [
                    x1 for x1 in xs[bisect_left(xs, x) + 1 :] if self.level[x, top] & self.level[x1, top]
                ]
                cell = self._smallest(x, top, ys[k + 1 :], right) if right else None
                if cell:
                    yield cell

    def _smallest(self, x0: float, top: float, below: Sequence[float], right: Sequence[float]) -> Box4 | None:
        for bottom in below:
            if not self.upright[x0, top] & self.upright[x0, bottom]:
                continue
            for x1 in right:
                across = self.level.get((x1, bottom))
                if (
                    across is not None
                    and across & self.level[x0, bottom]
                    and self.upright[x1, top] & self.upright[x1, bottom]
                ):
                    return x0, top, x1, bottom
        return None


def _bits(rules: Sequence[Rule]) -> list[int]:
    """A bit for each rule; the same one for rules that are the same."""
    known: dict[tuple[float, float, float], int] = {}
    return [known.setdefault((r.at, r.start, r.end), 1 << len(known)) for r in rules]


def cells_of(rules: Sequence[Rule], tolerance: float) -> list[Box4]:
    """The cells that rules draw, as x0, top, x1, bottom."""
    return list(_Corners(rules, tolerance).cells())


def tables_of(cells: Sequence[Box4]) -> list[list[Box4]]:
    """Cells that share corners, taken together; a cell by itself is no table."""
    at_corner: dict[Corner, list[int]] = {}
    corners = [((x0, top), (x0, bottom), (x1, top), (x1, bottom)) for x0, top, x1, bottom in cells]
    for number, four in enumerate(corners):
        for corner in four:
            at_corner.setdefault(corner, []).append(number)
    left = set(range(len(cells)))
    tables: list[list[Box4]] = []
    for first in range(len(cells)):
        if first not in left:
            continue
        left.discard(first)
        reached = [first]
        for number in reached:
            for corner in corners[number]:
                near = left.intersection(at_corner.pop(corner, ()))
                left -= near
                reached += sorted(near)
        tables.append([cells[number] for number in reached])
    return [table for table in tables if len(table) > 1]
