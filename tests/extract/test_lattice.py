"""Cells between rules: the same as pdfplumber's table finder gives, to the last bit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extract.lattice import Box4, cells_of, merged, tables_of
from extract.pages import Rule

TOLERANCE = 3.0


def as_edge(rule: Rule) -> dict[str, Any]:
    across, along = (rule.at, rule.at), (rule.start, rule.end)
    (x0, x1), (top, bottom) = (across, along) if rule.vertical else (along, across)
    kind = "v" if rule.vertical else "h"
    box = {"x0": x0, "x1": x1, "top": top, "bottom": bottom}
    return {"orientation": kind, **box, "width": x1 - x0, "height": bottom - top}


def theirs(rules: list[Rule]) -> list[set[Box4]]:
    edges = merge_edges([as_edge(r) for r in rules], *[TOLERANCE] * 4)
    cells = intersections_to_cells(edges_to_intersections(edges, TOLERANCE, TOLERANCE))
    return [set(table) for table in cells_to_tables(cells)]


def ours(rules: list[Rule]) -> list[set[Box4]]:
    return [set(table) for table in tables_of(cells_of(merged(rules, TOLERANCE), TOLERANCE))]


def in_order(tables: list[set[Box4]]) -> list[set[Box4]]:
    return sorted(tables, key=lambda table: min((top, x0) for x0, top, _, _ in table))


# near each other, so that rules snap, join, miss each other by a hair and cross
places = st.integers(0, 40).map(lambda n: n * 2.7) | st.floats(0, 110, allow_nan=False, width=32)
rules = st.builds(
    lambda vertical, at, a, b: Rule(vertical, at, min(a, b), max(a, b)), st.booleans(), places, places, places
)


@given(st.lists(rules, max_size=40))
@example([Rule(v, at, 0.0, 60.0) for v in (True, False) for at in (0.0, 20.0, 40.0, 60.0)])
def test_cells_and_tables_are_those_of_pdfplumber(given_rules: list[Rule]) -> None:
    assert in_order(ours(given_rules)) == in_order(theirs(given_rules))


def grid(columns: int, rows: int) -> list[Rule]:
    upright = [Rule(True, x * 50.0, 0.0, rows * 20.0) for x in range(columns + 1)]
    return upright + [Rule(False, y * 20.0, 0.0, columns * 50.0) for y in range(rows + 1)]


@pytest.mark.parametrize(("columns", "rows"), [(1, 2), (2, 1), (7, 30)])
def test_every_cell_of_a_grid_is_found(columns: int, rows: int) -> None:
    (table,) = ours(grid(columns, rows))
    assert table == {
        (x * 50.0, y * 20.0, x * 50.0 + 50, y * 20.0 + 20) for x in range(columns) for y in range(rows)
    }


def test_a_cell_over_two_rows_is_one() -> None:
    rules = [r for r in grid(2, 2) if r.vertical or r.at != 20.0]
    rules.append(Rule(False, 20.0, 50.0, 100.0))  # closes the second column only
    assert ours(rules) == [
        {(0.0, 0.0, 50.0, 40.0), (50.0, 0.0, 100.0, 20.0), (50.0, 20.0, 100.0, 40.0)},
    ]


def test_a_box_alone_is_no_table() -> None:
    assert ours(grid(1, 1)) == []
