"""Directions: signs by what they show, words by what they say, and both together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.directions import direction_from_shape, direction_from_text


@pytest.mark.parametrize(
    ("shape", "direction"),
    [
        ("arrow-up", "up"),
        ("triangle-down", "down"),
        ("arrow-up-right", "up"),
        ("arrow-down-right", "down"),
        ("arrow-right", "level"),
        ("triangle-left", "level"),
        ("arrow-both", "level"),
        ("bar", "level"),
        ("circle", None),
        ("tick", None),
        (None, None),
    ],
)
def test_shapes(shape: str | None, direction: str | None) -> None:
    assert direction_from_shape(shape) == direction


@pytest.mark.parametrize(
    ("signs", "direction"),
    [("↑▲⬆⇧↗△🔼⇑", "up"), ("↓▼⬇⇩↘▽🔽⇓", "down"), ("→►◄↔⇔⬌➔➡=", "level")],
)
def test_signs(signs: str, direction: str) -> None:
    for sign in signs:
        read = direction_from_text(sign)
        assert read is not None, sign
        assert (read.direction, read.merit, read.from_words) == (direction, None, False)


@pytest.mark.parametrize(
    ("printed", "direction", "merit"),
    [
        ("Improving", "up", "better"),
        ("Worse", "down", "worse"),
        ("Deteriorating", "down", "worse"),
        ("Stable", "level", "same"),
        ("No change", "level", "same"),
        ("Improved since last year", "up", "better"),
        ("↓ Better", "down", "better"),
        ("Improving¹", "up", "better"),
        ("▲ 2%", "up", None),
        ("◄►", "level", None),
        ("Up", "up", None),
        ("N/A", "not_applicable", None),
    ],
)
def test_words(printed: str, direction: str, merit: str | None) -> None:
    read = direction_from_text(printed)
    assert read is not None
    assert (read.direction, read.merit) == (direction, merit)


@pytest.mark.parametrize(
    "printed", ["", "-", "é", "8", "↑↓", "Not improving", "Leisure", "12%", "³ (better)", "\ufffd Worse"]
)
def test_what_shows_no_direction(printed: str) -> None:
    assert direction_from_text(printed) is None


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    direction_from_text(text)
