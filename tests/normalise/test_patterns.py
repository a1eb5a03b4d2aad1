"""Many patterns as one, and what every text holds that a pattern matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalise.patterns import anchor_of, any_of
from normalise.vocabulary import load

HINTS = sorted({word for hint in load().polarity.hints for word in (*hint.words, *hint.unless)})
ODD = [
    r"a{0,2}bcd", r"abc?d", r"ab*", r"(?:ab)?cd+e", r"x[]a]bc", r"x[^]a]bc", r"[\]a]bcd", r"\(abc\)d",
    r"(a(b|c)[)]d)ef", r"ab|cdef", r"^abc$", r"a.cd", r"(?!not)the end", r"ab\d+cd ef",
]  # fmt: skip


@given(st.data())
@settings(max_examples=30)
@pytest.mark.parametrize("pattern", [*ODD, *HINTS])
def test_every_text_that_a_pattern_matches_holds_its_anchor(pattern: str, data: st.DataObject) -> None:
    assert anchor_of(pattern) in data.draw(st.from_regex(pattern, alphabet=st.characters(max_codepoint=127)))


@pytest.mark.parametrize(
    ("pattern", "anchor"),
    [(r"\bdays? lost\b", " lost"), (r"abc?de", "ab"), (r"ab|cd", ""), (r"(?:ab)(?:cd)", ""), (r"a+bc", "bc")],
)
def test_the_anchor_is_the_longest_plain_run(pattern: str, anchor: str) -> None:
    assert anchor_of(pattern) == anchor


@pytest.mark.parametrize("patterns", [(r"\bat\b", r"\bcat"), (r"\bat\b", "cat"), ("at", r"c|d")])
@given(text=st.text("act d", max_size=12))
def test_any_of_some_patterns_is_one_of_them(patterns: tuple[str, ...], text: str) -> None:
    assert bool(re.search(any_of(patterns), text)) is any(re.search(p, text) for p in patterns)


def test_none_of_none() -> None:
    assert re.search(any_of(()), "anything") is None
