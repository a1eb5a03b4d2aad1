"""Shapes are told from outlines alone, whatever their size and place."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.page.shapes import Outline, name_shape

UP_ARROW = [[(5, 0), (10, 5), (7, 5), (7, 12), (3, 12), (3, 5), (0, 5)]]
OPEN_ARROW = [[(5, 0), (10, 5), (9, 6), (5.6, 2.4), (5.6, 14), (4.4, 14), (4.4, 2.4), (1, 6), (0, 5)]]
TRIANGLE = [[(5, 0), (10, 9), (0, 9)]]
SQUARE = [[(0, 0), (10, 0), (10, 10), (0, 10)]]
DIAMOND = [[(5, 0), (10, 5), (5, 10), (0, 5)]]
CIRCLE = [[(5 + 5 * math.cos(a / 12 * math.pi), 5 + 5 * math.sin(a / 12 * math.pi)) for a in range(24)]]
BOTH = [[(0, 5), (4, 1), (4, 4), (10, 4), (10, 1), (14, 5), (10, 9), (10, 6), (4, 6), (4, 9)]]
BOTH_OFF_GRID = [
    [
        (0, 2.4),
        (2.4, 0),
        (2.4, 1.6),
        (5.2, 1.6),
        (5.2, 0),
        (7.7, 2.4),
        (5.2, 4.8),
        (5.2, 3.2),
        (2.4, 3.2),
        (2.4, 4.8),
    ]
]
APART = [[(0, 5), (5, 0), (5, 10)], [(13, 5), (8, 10), (8, 0)]]
EQUALS = [[(0, 0), (9, 0), (9, 1.5), (0, 1.5)], [(0, 4), (9, 4), (9, 5.5), (0, 5.5)]]
LETTER_E = [
    [(0, 0), (8, 0), (8, 2), (2, 2), (2, 5), (7, 5), (7, 7), (2, 7), (2, 10), (8, 10), (8, 12), (0, 12)]
]


def turn(outline: Outline, quarters: int) -> Outline:
    for _ in range(quarters):
        outline = [[(-y, x) for x, y in contour] for contour in outline]
    return outline


@pytest.mark.parametrize(
    ("outline", "kind"), [(UP_ARROW, "arrow"), (OPEN_ARROW, "arrow"), (TRIANGLE, "triangle")]
)
@pytest.mark.parametrize(("quarters", "way"), [(0, "up"), (1, "right"), (2, "down"), (3, "left")])
def test_pointed_shapes(outline: Outline, kind: str, quarters: int, way: str) -> None:
    assert name_shape(turn(outline, quarters)) == f"{kind}-{way}"


@pytest.mark.parametrize(
    ("outline", "name"),
    [
        (SQUARE, "square"),
        (DIAMOND, "diamond"),
        (CIRCLE, "circle"),
        (BOTH, "arrow-both"),
        (BOTH_OFF_GRID, "arrow-both"),
        (APART, "arrow-both"),
        (EQUALS, "bar"),
        (LETTER_E, None),
        ([], None),
    ],
)
def test_other_shapes(outline: Outline, name: str | None) -> None:
    assert name_shape(outline) == name


@given(st.floats(0.5, 500), st.floats(-900, 900), st.floats(-900, 900))
def test_size_and_place_do_not_matter(scale: float, dx: float, dy: float) -> None:
    moved = [[(x * scale + dx, y * scale + dy) for x, y in contour] for contour in OPEN_ARROW]
    assert name_shape(moved) == "arrow-up"


@given(st.lists(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), max_size=8), max_size=4))
def test_no_outline_is_too_odd(outline: Outline) -> None:
    found = name_shape(outline)
    assert found is None or isinstance(found, str)
