"""Which lines are a table whose headings stand down the side, and which only begin with words of headings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.aligned.chunks import TextRow
from extract.aligned.side_labels import labelled_blocks
from extract.page.parts import TextItem
from normalise.header_words import header_words
from normalise.vocabulary import load

WORDS = header_words(load())
TURNED = ["Measure|Calls answered|Homes let", "Target|80%|60%", "Actual|81%|58%", "Status|Green|Amber"]


def rows(lines: Sequence[str]) -> list[TextRow]:
    """Lines 15 points apart, of texts that begin every 200 points; a letter is 5 points wide, a space 2.5."""
    found = []
    for n, line in enumerate(lines):
        items: list[TextItem] = []
        base = 100 + 15.0 * n
        for column, text in enumerate(line.split("|")):
            x = 50.0 + 200 * column
            for word in text.split():
                items.append(
                    TextItem(
                        word, x, base - 7, x + 5 * len(word), base + 2, base, 9.0, 0, "F", False, "000000"
                    )
                )
                x += 5 * len(word) + 2.5
        found.append(TextRow(items))
    return found


def test_the_names_stand_beside_the_first_label_or_an_empty_corner() -> None:
    assert labelled_blocks(rows(TURNED), WORDS) == {0: (0, 1, 4)}
    empty = ["|Calls answered|Homes let", *TURNED[1:]]
    assert labelled_blocks(rows(empty), WORDS) == {0: (0, 1, 4)}
    below = [TURNED[0], "|in time|in a month", *TURNED[1:]]
    assert labelled_blocks(rows(below), WORDS)[0][:2] == (0, 2)


def test_a_last_row_of_long_texts_is_part_of_it() -> None:
    long = "Comments|Calls were many in the spring|Homes stood empty for months"
    assert labelled_blocks(rows([*TURNED, long]), WORDS) == {0: (0, 1, 5)}


@pytest.mark.parametrize(
    "lines",
    [
        ["Measure|Actual|Target|Status", "Calls answered|81%|80%|Green", "Homes let|58%|60%|Amber", "Fires|9|12|Red"],
        ["Measure|Actual|Target|Status", "Response rate|81%|80%|Green", "Target met|58%|60%|Amber", "Actual cost|9|12|Red"],
        ["Term|Meaning", "Target|what is to be reached", "Actual|what was reached", "Status|how it stands"],
        ["Target|80%|60%", "Calls taken|81%|58%", "Letters sent|9|8", "Status|Green|Amber", "Fires|9|7"],
        ["PI 1|80%|60%", "PI 2|81%|58%", "PI 3|9|8", "PI 4|7|7"],
        ["High|Green|7|7", "Low|Red|9|8", "High|Green|81%|58%", "High|Amber|7|7"],
        TURNED[:2],
    ],
)  # fmt: skip
def test_others_are_none(lines: list[str]) -> None:
    assert labelled_blocks(rows(lines), WORDS) == {}
