"""Cut words: joined where the page proves it, left alone where it does not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.cells import Box, Cell, Line
from normalise.header_words import header_words
from normalise.vocabulary import load
from normalise.words import Piece, collapse, is_word, join_cell, join_lines, rejoin

LETTER = 5.0  # points a letter is wide in these tests


def joined(*lines: str, width: float | None = None) -> str:
    return join_lines([Piece(line, 0, len(line) * LETTER) for line in lines], width)


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (("31%", "(Provisio", "nal)"), 58, "31% (Provisional)"),
        (("Tren", "d"), 32, "Trend"),
        (("per", "10,00", "0"), 30, "per 10,000"),
        (("12,", "500"), 24, "12,500"),
        (("10,000", "5"), 36, "10,000 5"),
        (("£151.", "7k"), 32, "£151.7k"),
        (("2,191.", "5"), 36, "2,191.5"),
        (("£151.", "7k"), 90, "£151. 7k"),
        (("There were 12.", "5 more"), 75, "There were 12. 5 more"),
        (("Satis", "facti", "on"), 38, "Satisfaction"),
        (("paths/lanes", "/tracks kept"), 100, "paths/lanes/tracks kept"),
        (("and/", "or"), None, "and/or"),
        (("non-", "payment"), 80, "non-payment"),
        (("perfor-", "mance"), 45, "performance"),
        (("A*-", "C grades"), None, "A*-C grades"),
        (("Care -", "Direct"), None, "Care - Direct"),
        (("Target –", "94%"), None, "Target – 94%"),
        (("51.2 per 10,", "000"), 70, "51.2 per 10,000"),
        (("51.2 per 10,000", "popn"), 90, "51.2 per 10,000 popn"),
        (("2012–", "13"), None, "2012–13"),
        (("No", "target"), 40, "No target"),
        (("High", ""), None, "High"),
    ],
)
def test_lines_of_a_cell(lines: tuple[str, ...], width: float | None, text: str) -> None:
    assert joined(*lines, width=width) == text


def test_a_line_that_had_room_was_not_cut() -> None:
    assert joined("Tren", "d", width=32) == "Trend"
    assert joined("Tren", "d", width=200) == "Tren d"


def test_two_words_stay_two_even_if_together_they_are_one() -> None:
    assert joined("be", "long", width=30) == "be long"
    assert rejoin("in formation") == "in formation"


def test_a_cell_brings_its_own_geometry() -> None:
    def cell(right: float) -> Cell:
        lines = [Line(text, Box(1, 2, 0, 2 + len(text) * LETTER, 9)) for text in ("Forecas", "t")]
        return Cell(tuple(lines), (Box(1, 0, 0, right, 20),), 0, 0)

    assert join_cell(cell(42)) == "Forecast"
    assert join_cell(cell(150)) == "Forecas t"


@pytest.mark.parametrize(
    ("text", "healed"),
    [
        ("(Provisio nal)", "(Provisional)"),
        ("Amb er", "Amber"),
        ("Sati sfac tion", "Satisfaction"),
        ("Chil dren in care", "Children in care"),
        ("Perform ance", "Performance"),
        ("Direc tion of Tra vel", "Direction of Travel"),
    ],
)
def test_words_cut_within_a_line(text: str, healed: str) -> None:
    assert rejoin(text) == healed


@pytest.mark.parametrize(
    "text", ["per cent", "Level s", "CO2 e", "Band D", "out turn", "Not e", "Key Stage", "a b c", "NI no"]
)
def test_what_is_not_surely_cut_keeps_its_space(text: str) -> None:
    assert rejoin(text) == text


def test_every_word_of_a_known_heading_is_a_word() -> None:
    """Else a narrow column that cuts it ("Desire", "d") turns one heading into another."""
    words = {word for word in header_words(load()) if word.isalpha() and len(word) > 3}
    assert {word for word in words if not is_word(word)} == set()


def test_inflections_are_words() -> None:
    assert all(map(is_word, ["councils", "policies", "collecting", "planned", "quickly", "assessments"]))
    assert not any(map(is_word, ["provisio", "nal", "ance", "zzz"]))


@given(st.lists(st.text(max_size=12), max_size=6), st.one_of(st.none(), st.floats(1, 300)))
def test_joining_keeps_every_letter_in_order(lines: list[str], width: float | None) -> None:
    def letters(text: str) -> str:
        return "".join(ch for ch in text if ch.isalnum())

    assert letters(joined(*lines, width=width)) == letters("".join(collapse(line) for line in lines))


@given(st.text(max_size=60))
def test_rejoining_only_takes_spaces_away(text: str) -> None:
    healed = rejoin(text)
    assert healed.replace(" ", "") == collapse(text).replace(" ", "")
    assert all(one != " " or two != " " for one, two in pairwise(healed))
