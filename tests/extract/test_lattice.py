"""Cells between rules: the same as pdfplumber makes, whatever the rules are."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import edges_to_intersections, intersections_to_cells, merge_edges

from extract.breaks.open_rows import level_edge, upright_edge
from extract.lattice import cells_between

Edges = list[dict[str, Any]]

places = st.integers(0, 6)
# Beside the lattice, a little off it, and off it so far that edges stay apart.
offsets = st.sampled_from([0.0, 0.0, 0.0, 1.5, 4.0])


@st.composite
def edges(draw: st.DrawFn) -> Edges:
    made: Edges = []
    for upright in draw(st.lists(st.booleans(), min_size=4, max_size=30)):
        low, high = sorted((draw(places), draw(places)))
        at = draw(places) * 20 + draw(offsets)
        make = upright_edge if upright else level_edge
        made.append(make(at, low * 20.0, high * 20.0 + draw(offsets)))
    return made


@given(edges(), st.booleans())
@settings(max_examples=400)
def test_the_same_cells_as_pdfplumber_makes(drawn: Edges, merged: bool) -> None:
    crossings = edges_to_intersections(merge_edges(drawn, 3, 3, 3, 3) if merged else drawn, 3, 3)
    assert cells_between(crossings) == intersections_to_cells(crossings)


def test_a_cell_over_two_columns_is_one() -> None:
    drawn = [level_edge(y, 0, 40) for y in (0, 10, 20)]
    drawn += [upright_edge(0, 0, 20), upright_edge(40, 0, 20), upright_edge(20, 10, 20)]
    crossings = edges_to_intersections(drawn, 3, 3)
    assert cells_between(crossings) == [(0, 0, 40, 10), (0, 10, 20, 20), (20, 10, 40, 20)]
