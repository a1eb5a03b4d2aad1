"""No text and no order of rule words breaks the reading of rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalise.legend import find_arrow_legend
from tests.normalise.legends import find_scheme, passages


@given(st.lists(st.text(max_size=120), max_size=6))
def test_any_text_is_survived(texts: list[str]) -> None:
    find_scheme(passages(*texts))
    find_arrow_legend(passages(*texts))


WORDS = [
    "Green",
    "AMBER",
    "red",
    "–",
    ":",
    "if",
    "on",
    "target",
    "within 5%",
    "and",
    "otherwise",
    ";",
    "•",
    "▲",
    "are",
    "12",
    "G",
    "(",
    ")",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_order_of_rule_words_is_survived(words: list[str]) -> None:
    for entry in find_scheme(passages(" ".join(words))):
        assert entry.text
        assert entry.status
