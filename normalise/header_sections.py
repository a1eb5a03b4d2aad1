"""A section's name that stands so near below the headings that it was read as part of the first of them."""

from __future__ import annotations

from normalise.cellreading import source
from normalise.grid import Grid
from normalise.heading.words import by_words, is_heading_of_column, is_known_heading
from normalise.section_names import Named
from normalise.vocabulary import Vocabulary
from normalise.words import join_lines

_COLUMNS = 2  # a section's name stands over the first columns


def part_section(
    grid: Grid, block: tuple[int, int], headings: list[str], words: Vocabulary
) -> tuple[list[str], Named | None]:
    """The headings without the section's name, and the name with its place; None where there is none.

    A name lies below the lines of all other headings, and what is left without it is a heading by itself.
    """
    cells = list(dict.fromkeys(c for row in grid.rows[block[0] : block[1]] for c in row.own if c.lines))
    for cell in cells:
        if cell.column >= _COLUMNS or cell.column_span > 1 or len(cell.lines) < _COLUMNS:
            continue
        others = [line.box.bottom for c in cells if c is not cell for line in c.lines]
        below = [line for line in cell.lines if line.box.top >= max(others, default=float("inf"))]
        above = [line for line in cell.lines if line not in below]
        if not below or not above:
            continue
        name = " ".join(line.text.strip() for line in below)
        rest = join_lines([_Piece(line.text) for line in above])
        if not name[:1].islower() and _are_heading_and_name(rest, name, words):
            out = list(headings)
            out[cell.column] = rest
            return out, (name, tuple(source(line.box) for line in below))
    return headings, None


def _are_heading_and_name(heading: str, name: str, words: Vocabulary) -> bool:
    """Whether a text heads a column and the one below it does not: "Priority: Young people" names a section."""
    if by_words(name, None, words).base == "section":
        return is_known_heading(heading, words) and not is_heading_of_column(name, words)
    return is_heading_of_column(heading, words) and not is_known_heading(name, words)


class _Piece:
    """A line without geometry for ``join_lines``."""

    def __init__(self, text: str) -> None:
        self.text, self.x0, self.x1 = text, 0.0, 0.0
