"""Rules made edges: the same as pdfplumber makes of them, whatever they are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pdfplumber.table import merge_edges

from extract.breaks.open_rows import Edge, level_edge, upright_edge
from extract.merged_rules import merged_edges
from extract.page.parts import Rule

TOLERANCE = 3.0
# Near one another, and so far off that lines and their parts stay apart.
places = st.integers(0, 8).map(lambda step: step * 20.0)
offsets = st.sampled_from([0.0, 0.0, 1.5, 2.5, 4.0])


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    ends = [
        (draw(st.booleans()), draw(places) + draw(offsets), draw(places), draw(places) + draw(offsets))
        for _ in range(draw(st.integers(1, 30)))
    ]
    return [Rule(*end) for end in ends]


def _edge(rule: Rule) -> Edge:
    low, high = min(rule.start, rule.end), max(rule.start, rule.end)
    return upright_edge(rule.at, low, high) if rule.vertical else level_edge(rule.at, low, high)


def _shown(edges: list[Edge]) -> set[tuple[object, ...]]:
    """Rounded, for pdfplumber moves each edge by its own distance from the mean, which may miss it by a last digit."""
    names = ("x0", "x1", "top", "bottom", "width", "height")
    return {(e["orientation"], *(round(e[name], 6) for name in names)) for e in edges}


@given(rules())
@settings(max_examples=400)
def test_the_same_edges_as_pdfplumber_makes(drawn: list[Rule]) -> None:
    ours = merged_edges(drawn, TOLERANCE)
    theirs = merge_edges([_edge(r) for r in drawn], TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    # Where its edges miss the mean differently it takes one line for two, and joins their parts only when asked again.
    assert _shown(ours) == _shown(merge_edges(theirs, 1e-6, 1e-6, TOLERANCE, TOLERANCE))


def test_a_frame_drawn_twice_is_four_edges() -> None:
    frame = [Rule(False, y, 0, 40) for y in (0, 20)] + [Rule(True, x, 0, 20) for x in (0, 40)]
    assert merged_edges(frame * 2, TOLERANCE) == merged_edges(frame, TOLERANCE)
    assert len(merged_edges(frame, TOLERANCE)) == 4
