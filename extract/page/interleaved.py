"""Pieces of text that lie one inside the other, taken apart into words.

A word processor that lacks a sign in its font prints a line in two pieces: the letters, with gaps, and the signs
that stand in the gaps. Only word by word do they come in reading order.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.page.parts import RawPage, TextItem

SAME_LINE = 2.0  # points between baselines
SLACK = 1.0


def in_reading_order(page: RawPage, items: Sequence[TextItem]) -> list[TextItem]:
    """The pieces, those that lie one inside the other replaced by their words."""
    mixed = _mixed(items)
    if not mixed:
        return list(items)
    kept = [item for item in items if id(item) not in mixed]
    areas = [item for item in items if id(item) in mixed]
    words = [w for w in page.words() if any(_holds(area, w) for area in areas)]
    return [*kept, *(w for w in words if not any(_holds(item, w) for item in kept))]


def _mixed(items: Sequence[TextItem]) -> set[int]:
    """Pieces of upright text in the gaps of which another piece begins and ends, and these others."""
    lines: dict[int, list[TextItem]] = {}
    for item in items:
        if item.angle == 0:
            lines.setdefault(round(item.base / SAME_LINE), []).append(item)
    found: set[int] = set()
    for line in lines.values():
        line.sort(key=lambda i: i.x0)
        for k, outer in enumerate(line):
            for inner in line[k + 1 :]:
                if inner.x0 >= outer.x1:
                    break
                inside = outer.x0 + SLACK < inner.x0 and inner.x1 < outer.x1 - SLACK
                if inside and " " in outer.text.strip() and abs(inner.base - outer.base) < SAME_LINE:
                    found |= {id(outer), id(inner)}
    return found


def _holds(area: TextItem, word: TextItem) -> bool:
    x, y = (word.x0 + word.x1) / 2, word.base
    return area.x0 - SLACK <= x <= area.x1 + SLACK and abs(y - area.base) < SAME_LINE
