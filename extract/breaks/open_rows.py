"""Rows, and cells over several rows, that a page cuts: upright rules run on and no level rule closes them.

Cells are made of crossings only, so the text would stand outside the table. A level rule is put
where the upright rules end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pages import Rule

SAME_END = 2.0  # points by which the ends of rules of one row may differ
REACH = 3.0  # points by which a rule may miss another that it meets
MIN_RULES = 3
MOSTLY = 0.6  # share of a table's width


def closing_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Level rules for rows and cells that are open above or below, from merged rules."""
    upright = [r for r in rules if r.vertical]
    level = [r for r in rules if not r.vertical]
    return [*_closing(upright, level, below=True), *_closing(upright, level, below=False)]


def ends_open(closing: Sequence[Rule], box: tuple[float, float, float, float]) -> bool:
    """Is the last row of a table open over most of its width, rather than a single cell of it?"""
    x0, _, x1, bottom = box
    at_foot = [
        r for r in closing if abs(r.at - bottom) <= REACH and x0 - REACH <= r.start and r.end <= x1 + REACH
    ]
    return sum(r.end - r.start for r in at_foot) > MOSTLY * (x1 - x0)


def _closing(upright: Sequence[Rule], level: Sequence[Rule], *, below: bool) -> list[Rule]:
    found: list[Rule] = []
    for group in _same_ends(upright, below=below):
        if len(group) < MIN_RULES:
            continue
        group.sort(key=lambda r: r.at)
        for a, b in pairwise(group):
            at = min(a.end, b.end) if below else max(a.start, b.start)
            over = [r for r in level if _spans(r, a, b)]
            closed = any(abs(r.at - at) <= REACH for r in over)
            # Both rules belong to one table where a level one leads from one to the other further in.
            if not closed and any(_crosses(r, a) and _crosses(r, b) for r in over):
                found.append(Rule(False, at, a.at, b.at))
    return found


def _same_ends(upright: Sequence[Rule], *, below: bool) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    last = 0.0
    for end, rule in sorted(((r.end if below else r.start, r) for r in upright), key=lambda pair: pair[0]):
        if groups and end - last <= SAME_END:
            groups[-1].append(rule)
        else:
            groups.append([rule])
        last = end
    return groups


def _spans(level: Rule, a: Rule, b: Rule) -> bool:
    """Does a level rule lead from one upright one to the other?"""
    return level.start - REACH <= a.at and b.at <= level.end + REACH


def _crosses(level: Rule, upright: Rule) -> bool:
    return upright.start - REACH <= level.at <= upright.end + REACH
