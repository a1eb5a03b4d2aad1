"""Rows, and cells over several rows, that a page cuts: upright rules run on and no level rule closes them.

A table finder makes cells of crossings only, so the text would stand outside the table. A level edge is put
where the upright rules end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Edge = dict[str, Any]  # as pdfplumber's finder takes it

SAME_END = 2.0  # points by which the ends of rules of one row may differ
REACH = 3.0  # points by which a rule may miss another that it meets
MIN_RULES = 3
MOSTLY = 0.6  # share of a table's width


def level_edge(at: float, start: float, end: float) -> Edge:
    """A horizontal edge."""
    return {
        "orientation": "h",
        "x0": start,
        "x1": end,
        "top": at,
        "bottom": at,
        "width": end - start,
        "height": 0,
        "object_type": "line",
    }


def upright_edge(at: float, top: float, bottom: float) -> Edge:
    """A vertical edge."""
    return {
        "orientation": "v",
        "x0": at,
        "x1": at,
        "top": top,
        "bottom": bottom,
        "width": 0,
        "height": bottom - top,
        "object_type": "line",
    }


def closing_edges(edges: Sequence[Edge]) -> list[Edge]:
    """Level edges for rows and cells that are open above or below, from merged edges."""
    upright = [e for e in edges if e["orientation"] == "v"]
    level = [e for e in edges if e["orientation"] == "h"]
    return [*_closing(upright, level, "bottom"), *_closing(upright, level, "top")]


def ends_open(closing: Sequence[Edge], box: tuple[float, float, float, float]) -> bool:
    """Is the last row of a table open over most of its width, rather than a single cell of it?"""
    x0, _, x1, bottom = box
    at_foot = [
        e
        for e in closing
        if abs(e["top"] - bottom) <= REACH and x0 - REACH <= e["x0"] and e["x1"] <= x1 + REACH
    ]
    return bool(sum(e["width"] for e in at_foot) > MOSTLY * (x1 - x0))


def _closing(upright: Sequence[Edge], level: Sequence[Edge], end: str) -> list[Edge]:
    found: list[Edge] = []
    for group in _same_ends(upright, end):
        if len(group) < MIN_RULES:
            continue
        group.sort(key=lambda e: float(e["x0"]))
        for a, b in pairwise(group):
            at = min(a[end], b[end]) if end == "bottom" else max(a[end], b[end])
            over = [e for e in level if _spans(e, a, b)]
            closed = any(abs(e["top"] - at) <= REACH for e in over)
            # Both rules belong to one table where a level one leads from one to the other further in.
            if not closed and any(_crosses(e, a) and _crosses(e, b) for e in over):
                found.append(level_edge(at, a["x0"], b["x0"]))
    return found


def _same_ends(upright: Sequence[Edge], end: str) -> list[list[Edge]]:
    groups: list[list[Edge]] = []
    for edge in sorted(upright, key=lambda e: float(e[end])):
        if groups and edge[end] - groups[-1][-1][end] <= SAME_END:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def _spans(level: Edge, a: Edge, b: Edge) -> bool:
    """Does a level edge lead from one upright edge to the other?"""
    return bool(level["x0"] - REACH <= a["x0"] and b["x0"] <= level["x1"] + REACH)


def _crosses(level: Edge, upright: Edge) -> bool:
    return bool(upright["top"] - REACH <= level["top"] <= upright["bottom"] + REACH)
