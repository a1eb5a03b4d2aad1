"""Pages whose text is nonsense, and pages that only say little."""

from __future__ import annotations

import pytest

from extract.page.soundness import is_nonsense

PROSE = (
    "Members asked how the council would answer residents who had waited longest for repairs during winter, "
    "and officers explained that two further teams begin work before summer, paid from savings made elsewhere; "
    "quarterly figures should therefore improve, although weather, prices and vacancies remain beyond control."
)
MOVED = str.maketrans("abcdefghijklmnopqrstuvwxyz", "hijklmnopqrstuvwxyzabcdefg")


def test_words_are_sound_and_letters_exchanged_for_others_are_not() -> None:
    assert not is_nonsense([PROSE])
    assert is_nonsense([PROSE.lower().translate(MOVED)])


@pytest.mark.parametrize("words", ["Amber Green N/A Q1", "No data Annual Q4", "Bus km run"])
def test_the_same_few_words_over_and_over_are_no_nonsense(words: str) -> None:
    assert not is_nonsense([words] * 60)
