"""Rules and fills in pictures."""

from __future__ import annotations

from typing import Any

import pytest

from extract.page.parts import Fill
from extract.scan.low_rows import upright_in_low_rows
from extract.scan.ruling import Run, find_rules, without_rules
from extract.scan.shading import band_fills, cell_fills, has_colours, of_whole_rows
from extract.scan.whole_rules import made_whole

np = pytest.importorskip("numpy")
SCALE = 2.0  # pixels in a point


def page() -> Any:
    return np.full((400, 600, 3), 255, np.uint8)


def near(found: tuple[float, ...], wanted: tuple[float, ...], by: float = 2) -> bool:
    return len(found) == len(wanted) and all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def grey(pixels: Any) -> Any:
    return pixels.min(axis=2)


def test_rules_are_found_and_lines_of_letters_are_not() -> None:
    pixels = page()
    pixels[100:102, 50:550] = 0
    pixels[60:300, 200:202] = 0
    for x in (*range(60, 190, 9), *range(210, 540, 9)):  # letters: strokes with gaps
        pixels[150:160, x : x + 6] = 0
    runs, _ = find_rules(grey(pixels), SCALE)
    level = [r for r in runs if not r.vertical]
    upright = [r for r in runs if r.vertical]
    assert len(level) == len(upright) == 1
    assert near((level[0].start, level[0].end), (50, 550))
    assert near((upright[0].start, upright[0].end), (60, 300))
    assert level[0].at == pytest.approx(101, abs=1)
    assert upright[0].at == pytest.approx(201, abs=1)


def test_a_rule_goes_on_along_the_edge_of_a_dark_fill() -> None:
    pixels = page()
    pixels[50:100, 300:400] = 70
    pixels[100:101, 50:300] = 0
    pixels[100:101, 400:550] = 0
    pixels[100:101, 300:400] = 62  # hardly darker than the fill above it
    runs, _ = find_rules(grey(pixels), SCALE)
    covered = np.zeros(600, bool)
    for run in runs:
        if not run.vertical and abs(run.at - 100) <= 3:
            covered[run.x0 : run.x1] = True
    assert covered[60:540].all()


def test_a_dark_heading_band_ends_cells_where_rules_go_on_below_it() -> None:
    def banded(*, ruled: bool) -> set[tuple[bool, int]]:
        pixels = page()
        pixels[100:140, 50:550] = 40
        for x in (*range(60, 280, 11), *range(320, 540, 11)):  # white letters
            pixels[110:130, x : x + 5] = 250
        if ruled:
            for x in (50, 300, 548):
                pixels[140:300, x : x + 2] = 0
        runs, _ = find_rules(grey(pixels), SCALE)
        return {(r.vertical, 10 * round(r.at / 10)) for r in runs if r.top < 120 or not r.vertical}

    assert banded(ruled=True) >= {(False, 100), (False, 140), (True, 50), (True, 300), (True, 550)}
    assert not {(False, 100), (True, 300)} & banded(ruled=False)


def test_letters_on_a_rule_stay_when_the_rule_is_taken_away() -> None:
    pixels = page()
    pixels[100:102, 50:550] = 0
    pixels[85:100, 120:124] = 0
    runs, mask = find_rules(grey(pixels), SCALE)
    plain = without_rules(pixels, mask, SCALE)
    assert runs
    assert plain[101, 300].min() > 200
    assert plain[90, 122].max() < 50


def test_the_grounds_of_cells_have_one_colour_each_whatever_their_grain() -> None:
    chance = np.random.default_rng(1)
    pixels = page().astype(np.int16)
    pixels[20:60, 20:120] = (60, 60, 200)
    pixels[80:120, 20:120] = (64, 58, 196)
    pixels[140:180, 20:120] = (120, 120, 120)
    pixels = np.clip(pixels + chance.normal(0, 6, pixels.shape), 0, 255).astype(np.uint8)
    pixels[30:40, 40:60] = 0  # a word
    cells = [
        (10.0, 10.0, 60.0, 30.0),
        (10.0, 40.0, 60.0, 60.0),
        (10.0, 70.0, 60.0, 90.0),
        (100.0, 100.0, 200.0, 150.0),
    ]
    fills = cell_fills(pixels, cells, SCALE)
    assert len(fills) == 3
    assert fills[0].colour == fills[1].colour
    red = int(fills[0].colour[:2], 16)
    assert red > 180
    assert len({fills[2].colour[i : i + 2] for i in (0, 2, 4)}) == 1


def test_bands_outside_of_cells_are_found() -> None:
    pixels = page()
    pixels[200:240, 50:550] = (200, 220, 240)
    (band,) = band_fills(pixels, [], SCALE)
    assert near((band.x0, band.x1, band.top, band.bottom), (25, 275, 100, 120))
    assert band_fills(pixels, [(20.0, 90.0, 280.0, 130.0)], SCALE) == []


def test_bars_of_letters_that_blur_has_joined_are_no_rule() -> None:
    pixels = page()
    pixels[100:102, 50:550] = 0
    pixels[154:156, 60:140] = 0  # the bars of letters of a word
    for x in (60, 98, 137):
        pixels[148:162, x : x + 3] = 0
    word = (55, 144, 145, 166)
    alone, mask = find_rules(grey(pixels), SCALE, [word])
    assert [round(r.at) for r in alone] == [101]
    assert not mask[154:156, 60:140].any()
    assert len(find_rules(grey(pixels), SCALE)[0]) > 1


def test_the_ink_of_an_underline_is_taken_away_but_it_is_no_rule() -> None:
    pixels = page()
    pixels[163:165, 58:142] = 0
    runs, mask = find_rules(grey(pixels), SCALE, [(55, 144, 145, 166)])
    assert runs == []
    assert mask[163:165, 60:140].all()


def test_a_line_of_letters_below_a_dark_fill_does_not_make_it_taller() -> None:
    pixels = page()
    pixels[60:100, 50:550] = 40
    for x in (50, 300, 548):
        pixels[100:300, x : x + 2] = 0
    for x in range(60, 545, 9):
        pixels[104:110, x : x + 6] = 0
    runs, _ = find_rules(grey(pixels), SCALE)
    assert {round(r.at, -1) for r in runs if not r.vertical} == {60, 100}


def rows_with_a_low_one(*, letters: bool = False) -> Any:
    """A row 50 points high, and one of 12 below it; in the low one upright rules, or letters where they would stand."""
    pixels = page()
    for y in (50, 150, 174):
        pixels[y : y + 2, 50:552] = 0
    for x in (50, 300, 550):
        pixels[50:150, x : x + 2] = 0
        if letters:
            pixels[156:168, x - 8 : x + 8 : 4] = 0
        else:
            pixels[150:175, x : x + 2] = 0
    return grey(pixels)


def test_upright_rules_go_on_through_a_low_row_and_letters_do_not() -> None:
    seen = rows_with_a_low_one()
    seen[150:176, 300:302] = 255  # a cell over two columns
    found = upright_in_low_rows(seen, find_rules(rows_with_a_low_one(letters=True), SCALE)[0], SCALE)
    assert sorted(round(r.at, -1) for r in found) == [50, 550]
    assert all(near((r.top, r.bottom), (151, 175), 3) for r in found)
    written = rows_with_a_low_one(letters=True)
    assert upright_in_low_rows(written, find_rules(written, SCALE)[0], SCALE) == []


def test_a_page_has_colours_if_a_light_has() -> None:
    pixels = page()
    pixels[100:120, 100:300] = 90
    assert not has_colours(pixels)
    pixels[200:222, 300:322] = (80, 160, 240)
    assert has_colours(pixels)


def test_without_colours_only_the_shade_of_whole_rows_counts() -> None:
    row = [Fill(x, 10.0, x + 50.0, 20.0, "C8C8C8") for x in (0.0, 50.0, 100.0)]
    light = Fill(150.0, 10.0, 200.0, 20.0, "646464")
    lone = Fill(150.0, 20.0, 200.0, 30.0, "C8C8C8")
    assert of_whole_rows([*row, light, lone], (0.0, 10.0, 200.0, 30.0)) == row


def test_lights_one_below_the_other_keep_their_own_colours() -> None:
    pixels = page()
    pixels[100:140, 300:400] = (80, 176, 0)
    pixels[140:180, 300:400] = (0, 0, 255)
    green, red = band_fills(pixels, [], SCALE)
    assert near((green.top, green.bottom), (50, 70), 3)
    assert near((red.top, red.bottom), (70, 90), 3)
    assert (green.colour, red.colour) == ("00B050", "FF0000")


def test_a_rule_goes_on_through_a_fill_and_not_over_paper() -> None:
    pixels = page()
    pixels[80:120, 200:300] = (80, 176, 0)
    pieces = [Run(False, 50, 99, 200, 101), Run(False, 300, 99, 400, 101), Run(False, 460, 99, 560, 101)]
    assert [(r.x0, r.x1) for r in made_whole(pixels, pieces, SCALE)] == [(50, 400), (460, 560)]
