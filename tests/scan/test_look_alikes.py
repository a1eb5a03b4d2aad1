"""Letters that look alike, told apart by their ink or their neighbours; what stays open leaves a doubt."""

from __future__ import annotations

import pytest

from extract.scan.engine import Letter
from extract.scan.ink import Blob
from extract.scan.lettering import Lettering, Word
from extract.scan.look_alikes import LOOK_ALIKE, POINT, settle

np = pytest.importorskip("numpy")
TALL, LOW = "bdfhkltABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%", "acegmnopqrsuvwxyz"


def line(text: str, *, ink: str | None = None, pieces: list[Blob] | None = None) -> Lettering:
    """A line of a font of 40 pixels; each letter of ``ink`` (as really printed) is a piece 16 wide."""
    words: list[Word] = []
    blobs: list[Blob] = []
    x = 0
    drawn = (ink or text).split(" ")
    for told, printed in zip(text.split(" "), drawn, strict=True):
        x0 = x
        for char in printed:
            if ink is not None:
                high = 29 if char in TALL else 21
                blobs.append(Blob(x, 40 - high, x + 16, 40, 16 * high))
            x += 18
        letters = [Letter(c, 1.0, (x0 + 18 * k + 8) / 1000) for k, c in enumerate(told)]
        words.append(Word(letters, x0, 11, x - 2, 40))
        x += 14
    return Lettering(words, pieces or blobs, np.zeros((50, 1000), bool), 40.0, 40.0, 4.0, 255.0, "000000")


def settled(made: Lettering) -> str:
    settle(made)
    return " ".join(w.text for w in made.words)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("sS PM01", "SS PM01"),
        ("PMo6b", "PM06b"),
        ("lncrease", "lncrease"),
        ("Cost of cases", "Cost of cases"),
        ("Vacant homes", "vacant homes"),
        ("value", "value"),
    ],
)
def test_the_height_of_the_ink_tells_small_letters_from_capitals(read: str, printed: str) -> None:
    assert settled(line(read, ink=printed)) == printed


@pytest.mark.parametrize(
    ("read", "means"),
    [
        ("LPl 52b", "LPI 52b"),
        ("ElISS", "EIISS"),
        ("EllsS PM16", "EIISS PM16"),
        ("Nl 130", "NI 130"),
        ("LPi52g", "LPI52g"),
        ("WiFi", "WiFi"),
        ("sS", "SS"),
        ("All", "All"),
        ("(All", "(All"),
        ("Full", "Full"),
        ("So", "So"),
        ("GCSEs", "GCSEs"),
        ("CP 07c", "CP 07c"),
    ],
)
def test_without_ink_of_their_own_letters_follow_their_neighbours(read: str, means: str) -> None:
    assert settled(line(read)) == means


def test_a_letter_in_a_figure_becomes_its_digit_and_leaves_a_doubt() -> None:
    made = line("1O0%")
    assert settled(made) == "100%"
    assert made.words[0].doubts == {LOOK_ALIKE}


@pytest.mark.parametrize("text", ["12B", "PM10", "S106", "Bl"])
def test_a_code_is_no_figure(text: str) -> None:
    made = line(text)
    assert settled(made) == text
    assert made.words[0].doubts == set()


def test_a_point_in_the_ink_that_was_not_read_leaves_a_doubt() -> None:
    point = Blob(35, 36, 39, 40, 16)
    digits = [Blob(0, 11, 16, 40, 300), Blob(18, 11, 34, 40, 300), Blob(41, 11, 57, 40, 300)]
    lost, kept = line("978", pieces=[*digits, point]), line("97.8", pieces=[*digits, point])
    settle(lost)
    settle(kept)
    assert lost.words[0].doubts == {POINT}
    assert kept.words[0].doubts == set()


def test_a_space_in_the_ink_parts_words_and_the_narrow_one_does_not() -> None:
    wide = [Blob(0, 11, 16, 40, 300), Blob(18, 19, 34, 40, 300), Blob(46, 11, 62, 40, 300)]
    made = line("Qaf", pieces=wide)
    made.words[0].x1 = 62
    assert settled(made) == "Qa f"
    ones = [Blob(0, 11, 16, 40, 300), Blob(18, 11, 34, 40, 300), Blob(46, 19, 62, 40, 300)]
    narrow = line("M1b", pieces=ones)
    narrow.words[0].x1 = 62
    assert settled(narrow) == "M1b"


@pytest.mark.parametrize(("text", "high"), [("finished", 4), ("Business", 1)])
def test_no_capital_is_made_within_a_word_of_small_letters(text: str, high: int) -> None:
    made = line(text, ink=text[:high] + text[high].upper() + text[high + 1 :])  # a letter swollen by grain
    assert settled(made) == text


def test_the_suffix_of_a_code_does_not_make_its_other_letters_small() -> None:
    assert settled(line("REs05b")) == "RES05b"


def grouped(tail: int) -> Lettering:
    """1.234, whose point hangs below the line by so many pixels."""
    digits = [Blob(x, 11, x + 16, 40, 300) for x in (0, 26, 44, 62)]
    made = line("1.234", pieces=[digits[0], Blob(18, 36, 23, 40 + tail, 20), *digits[1:]])
    made.words[0].x1 = 80
    return made


def test_a_point_before_three_digits_is_a_comma_where_its_ink_hangs_below_the_line() -> None:
    comma, worn = grouped(6), grouped(0)
    assert settled(comma) == "1,234"
    assert comma.words[0].doubts == set()
    assert settled(worn) == "1.234"
    assert worn.words[0].doubts == {POINT}


@pytest.mark.parametrize("text", ["97.8", "0.125", "12.3456"])
def test_other_points_leave_no_doubt(text: str) -> None:
    made = line(text)
    assert settled(made) == text
    assert made.words[0].doubts == set()


def test_the_end_of_a_digit_whose_thin_stroke_has_broken_is_no_point() -> None:
    digits = [Blob(0, 11, 16, 34, 300), Blob(18, 11, 34, 40, 300), Blob(41, 11, 57, 40, 300)]
    made = line("978", pieces=[*digits, Blob(6, 36, 10, 40, 16)])
    settle(made)
    assert made.words[0].doubts == set()
