"""What tells tables that look like measures and are none: savings, risks and projects have targets and lights too.

A table lists what its first columns name: where they name savings and no measure, the figures beside them are no
measures, however well the other headings fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cells import Table
from normalise.grid import Grid
from normalise.heading.guess import ColumnGuess, heading_words
from normalise.section_names import names_other_table
from normalise.vocabulary import ColumnWords, Vocabulary
from normalise.words import join_cell

NEAR = 60.0  # points: a caption stands no further above its table
TITLES = ("title", "code_title")
LARGE = 11.5  # points: a line set larger is a heading though it is not bold


def other_subject(
    headings: Sequence[str], cells: Sequence[str], guesses: Sequence[ColumnGuess], words: ColumnWords
) -> str | None:
    """What a table lists in place of measures, as one of its headings says.

    ``headings`` and header ``cells`` are plain words. Where a title column stands before it, a heading of that kind
    only groups measures.
    """
    if any(_names_measures(h, words) for h in (*headings, *cells)):
        return None
    never = next((h for h in headings if h in words.never), None)
    if never:
        return never
    for heading, guess in zip(headings, guesses, strict=True):
        if heading in words.subjects:
            return heading
        if guess.field in TITLES:
            return None
    return next((h for h in cells if h in words.subjects), None)


def _names_measures(heading: str, words: ColumnWords) -> bool:
    return bool(set(heading.split()) & set(words.measure_words))


def header_cells(grid: Grid, start: int, end: int) -> list[str]:
    """The plain words of each header cell by itself, for blocks that reach into the body."""
    cells = (c for row in grid.rows[start:end] for c in row.own if c.lines)
    return [heading_words(join_cell(c)) for c in cells]


def other_caption(table: Table, headings: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The heading right above a table, where it names a budget, a register, a plan and the table no measures."""
    if any(_names_measures(heading_words(h), vocabulary.columns) for h in headings):
        return None
    top = table.boxes[0]
    over = [
        line
        for line in table.above
        if line.box.x0 < top.x1 and line.box.x1 > top.x0 and top.top - line.box.bottom < NEAR
    ]
    for line in reversed(over[-2:]):
        if line.bold or line.size >= LARGE:
            return line.text if names_other_table(re.sub(r"\s+", " ", line.text), vocabulary) else None
    return None
