"""Words, sizes and weight of lines, told by their ink; and the shapes of signs."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from extract.scan.engine import Heard, Letter
from extract.scan.lettering import Lettering, Word, measure
from extract.scan.setting import bold_from, settled_sizes
from extract.scan.signs import shape_of

np = pytest.importorskip("numpy")


def picture(*strokes: tuple[int, int], wide: int) -> Any:
    """A line in which each stroke is an upright bar: its left edge and its width, 20 pixels high."""
    pixels = np.full((32, wide, 3), 255, np.uint8)
    for x, width in strokes:
        pixels[6:26, x : x + width] = 0
    return pixels


def heard(text: str, places: list[int], wide: int) -> Heard:
    return Heard(tuple(Letter(c, 1.0, x / wide) for c, x in zip(text, places, strict=True)))


def test_a_wide_space_in_the_ink_parts_what_was_read_as_one_word() -> None:
    ink = picture((10, 8), (22, 8), (60, 8), (72, 8), wide=100)
    made = measure(heard("HMBt", [14, 26, 64, 76], 100), ink)
    assert [w.text for w in made.words] == ["HM", "Bt"]
    close = picture((10, 8), (22, 8), (34, 8), (46, 8), wide=100)
    assert [w.text for w in measure(heard("HMBt", [14, 26, 38, 50], 100), close).words] == ["HMBt"]


def test_the_edge_of_the_neighbour_that_the_crop_cut_belongs_to_no_word() -> None:
    ink = picture((0, 3), (22, 8), (34, 8), wide=60)
    (word,) = measure(heard("85", [26, 38], 60), ink).words
    assert word.x0 >= 20


def setting(size: float, stroke: float, darkness: float, letters: int = 10) -> Lettering:
    words = [Word([Letter("x", 1.0, 0.0)] * letters, 0, 0, 10, 10)]
    return Lettering(words, [], np.zeros((2, 2), bool), 20.0, size, stroke, darkness, "000000")


def test_bold_letters_are_told_by_darkness_where_blur_has_made_all_strokes_as_thick() -> None:
    plain, heavy = setting(20.0, 2.4, 170.0, 100), setting(20.0, 2.6, 230.0)
    bold = bold_from([plain, heavy])
    assert bold(heavy)
    assert not bold(plain)
    assert not bold(setting(20.0, 2.6, 175.0))


def test_coloured_letters_are_not_taken_for_plain_since_they_are_paler() -> None:
    plain = setting(20.0, 2.4, 230.0, 100)
    blue = replace(setting(20.0, 3.4, 120.0), colour="2040A0")
    assert bold_from([plain, blue])(blue)


def test_sizes_a_pixel_apart_are_one_and_those_of_two_fonts_are_not() -> None:
    lines = [setting(19.4, 2.0, 200.0, 60), setting(20.8, 2.0, 200.0, 50), setting(23.6, 2.0, 200.0, 40)]
    first, second, third = settled_sizes(lines, [30, 30, 30])
    assert first == second
    assert third > 1.1 * first


WORN = """
.........#.........
.........##........
........####.......
.......#####.......
.......#####.......
......#######......
......########.....
.....#########.....
.....##########....
....###########....
....############...
....############...
...#############...
...##############..
..###############..
..################.
.#################.
......###..###.....
"""


@pytest.mark.parametrize("turned", [False, True])
def test_a_small_worn_triangle_is_one(turned: bool) -> None:
    mask = np.array([[c == "#" for c in row] for row in WORN.split()])
    assert shape_of(mask[::-1] if turned else mask) == f"triangle-{'down' if turned else 'up'}"


def test_a_blot_has_no_shape() -> None:
    mask = np.random.default_rng(3).random((18, 19)) > 0.6
    assert shape_of(mask) is None
