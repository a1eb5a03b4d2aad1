"""Nothing that a PDF holds may steer a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.safe_text import one_line, printable, shortened, well_formed, width

ANY_TEXT = st.text(st.characters())  # lone surrogates included
DANGEROUS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(ANY_TEXT)
def test_nothing_dangerous_is_left(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in DANGEROUS]
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_shown_twice_is_shown_once(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"])))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("97% \x1b[32mgreen", "97% \\x1b[32mgreen"),
        ("der\u202egreb", "der\\u202egreb"),
        ("soft\u00adly", "softly"),
        ("a\u2028b\nc\td", "a b c d"),
        ("arrow \uf0e9", "arrow \\uf0e9"),
        ("lone \ud800", "lone \\ud800"),
        ("Grüße – café £5", "Grüße – café £5"),
    ],
)
def test_how_it_is_shown(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(ANY_TEXT)
def test_well_formed_text_can_be_written(text: str) -> None:
    written = well_formed(text)
    assert written.encode("utf-8").decode("utf-8") == written
    assert len(written) == len(text)


@given(ANY_TEXT, st.integers(1, 30))
def test_shortened_text_fits(text: str, columns: int) -> None:
    assert width(shortened(text, columns)) <= columns


def test_wide_and_combining_characters_are_measured() -> None:
    assert width("市") == 2
    assert width("e\u0301") == 1
