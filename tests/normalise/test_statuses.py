"""Statuses in words, letters, signs and colours; misprints; and what is no status."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.statuses import colours_agree, is_rated, read_status, status_from_colour
from normalise.vocabulary import ProfileWords, load


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("Green", "green"),
        ("AMBER", "amber"),
        ("(RED)", "red"),
        ("B", "blue"),
        ("A/R", "amber_red"),
        ("Amber-green", "amber_green"),
        ("● GREEN", "green"),
        ("Status: Red", "red"),
        ("Green star", "green"),
        ("G (above plan)", "green"),
        ("Red - below target", "red"),
        ("🟠", "amber"),
        ("Annual", "annual"),
        ("Annual - due in July", "annual"),
        ("N/A", "not_applicable"),
        ("n/a", "not_applicable"),
        ("No Target", "no_target"),
        ("No target set", "no_target"),
        ("TBC", "tbc"),
        ("Data not available", "no_data"),
        ("Not due", "not_due"),
        ("Data only", "data_only"),
        ("Gray", "grey"),
        ("Met", "met"),
        ("Not Met", "not_met"),
        ("On target", "on_target"),
        ("Off target", "off_target"),
        ("Completed", "completed"),
        ("Amb er", "amber"),
        ("Gree n", "green"),
    ],
)
def test_statuses(printed: str, status: str) -> None:
    read = read_status(printed)
    assert read is not None
    assert (read.status, read.printed, read.misprint) == (status, printed, False)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Gren", "green"),
        ("Ambr", "amber"),
        ("Compete", "complete"),
        ("Bleu", "blue"),
        ("Achievd", "achieved"),
    ],
)
def test_misprints_are_read_and_named(printed: str, meant: str) -> None:
    read = read_status(printed)
    assert read is not None
    assert (read.status, read.misprint) == (meant, True)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "-",
        "Red to Amber",
        "was red",
        "Read",
        "87%",
        "Leisure",
        "A long sentence that is about a green park and more",
    ],
)
def test_no_status(printed: str) -> None:
    read = read_status(printed)
    assert read is None or printed.startswith(
        "A long"
    )  # a colour in a phrase is taken; callers ask status cells


def test_a_band_is_a_status_of_the_reports_own() -> None:
    read = read_status("Within 5%", any_word=True)
    assert read is not None
    assert (read.status, read.known) == ("within_5", False)
    assert read_status("Within 5 days", any_word=True) is None


def test_a_status_cell_may_hold_a_word_of_the_report_itself() -> None:
    read = read_status("Keep watching", any_word=True)
    assert read is not None
    assert (read.status, read.known) == ("keep_watching", False)
    assert read_status("Keep watching") is None


def test_a_profile_may_add_a_word() -> None:
    words = load().extended(ProfileWords(statuses={"green": ("Smashing",)}))
    read = read_status("SMASHING", vocabulary=words)
    assert read is not None
    assert read.status == "green"
    assert read_status("SMASHING") is None


def test_which_statuses_judge() -> None:
    assert is_rated("amber")
    assert not is_rated("annual")


@pytest.mark.parametrize(
    ("status", "colours"),
    [
        ("green", "00B050 92D050 4CAF50 008000 C6EFCE D4EDDA 006100 9BBB59"),
        ("amber", "FFC000 FFCC00 FFB300 F79645 FFA500 FFEB9C FFFF00 9C5700"),
        ("red", "FF0000 E53935 C00000 FFC7CE F8D7DA 9C0006"),
        ("blue", "00B0F0 1565C0 0070C0 3366FF 0000FF"),
        ("grey", "808080 A6A6A6 BFBFBF"),
        (None, "FFFFFF F2F2F2 D9D9D9 000000 EEECE1 DDD9C3 1F3864 17365D DCE6F1 C6D9F1 B8CCE4 EBF1DE 7030A0"),
    ],
)
def test_colours(status: str | None, colours: str) -> None:
    for colour in colours.split():
        assert status_from_colour(colour) == status, colour
        assert status_from_colour(f"#{colour.lower()}") == status


def test_the_reports_own_words_name_yellow_and_purple() -> None:
    assert status_from_colour("FFFF00", used=("green", "yellow", "red")) == "yellow"
    assert status_from_colour("7030A0", used=("purple",)) == "purple"


@pytest.mark.parametrize("colour", [None, "", "red", "12345", "GGGGGG"])
def test_what_is_no_colour(colour: str | None) -> None:
    assert status_from_colour(colour) is None
    assert colours_agree("red", colour) is None


@pytest.mark.parametrize(
    ("status", "colour", "agree"),
    [
        ("green", "00B050", True),
        ("green", "FF0000", False),
        ("red", "FFC000", False),
        ("amber", "FFFF00", True),
        ("yellow", "FFC000", True),
        ("amber", "FF4500", True),
        ("red", "FF4500", True),
        ("on_target", "FF0000", None),
        ("green", "FFFFFF", None),
        ("amber_red", "FF0000", True),
        ("grey", "BFBFBF", True),
    ],
)
def test_word_against_colour(status: str, colour: str, agree: bool | None) -> None:
    assert colours_agree(status, colour) is agree


@given(st.text(max_size=70))
def test_no_text_breaks_it(text: str) -> None:
    read_status(text)
    read_status(text, any_word=True)


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_has_an_answer_that_agrees_with_itself(number: int) -> None:
    colour = f"{number:06X}"
    status = status_from_colour(colour)
    assert status is None or colours_agree(status, colour) is True
