"""Which rows of each table are its headers, and what the headings make of the table.

Tables of one report speak for each other: those with the same headings are read by the cells of all of them, and
a table without headers of its own goes on with the columns of the one before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.cells import Table
from normalise.columns import ColumnGuess, Kind, TableKind, heading_words, read_headings, table_kind
from normalise.grid import Grid
from normalise.header_sections import part_section
from normalise.heading.words import is_known_heading
from normalise.other_kinds import header_cells, other_caption
from normalise.periods import heading_period
from normalise.records import Period
from normalise.section_names import Named, names_other_table
from normalise.values import read_value
from normalise.vocabulary import Vocabulary

SAMPLE_ROWS = 12
LONGEST_SAMPLE = 100  # characters of a cell that its kind is told from
READ = ("dashboard", "improvement")
FURTHEST = 2  # pages that a table without headers may stand behind the one that it goes on from
SAME_PLACE = 6.0  # points within which columns of two tables are the same
_GOOD, _SOME = 40, 10
_LONGEST_FIGURE = 24  # characters
_FIGURE = re.compile(r"^[-+<>£$€(~≈≤≥]?\s?[£$€]?\d[\d,]*(?:\.\d|\s?%|,\d{3}|[km]\b|\s[a-z]{3})|^[£$€]\d")
_CARRIES_ON = re.compile(r"^(?:[a-z]|\d)")  # the second word of a heading, or its year


class Headed(Struct, frozen=True):
    """A table with its header rows (``start`` to ``end``, exclusive) and what they make of it.

    ``columns`` is empty where the table has no headings that say anything. ``goes_on`` is the number of the
    table whose columns this one goes on with, None where it has headers of its own. ``section`` is the name of a
    section that was printed right below the headings. ``foreign``: headings or caption name another kind of table.
    """

    grid: Grid
    start: int = 0
    end: int = 0
    columns: tuple[ColumnGuess, ...] = ()
    kind: Kind = "other"
    why: str = "no headings of a performance table"
    headings: tuple[str, ...] = ()
    goes_on: int | None = None
    section: Named | None = None
    foreign: bool = False

    @property
    def is_read(self) -> bool:
        return self.kind in READ


def find_headers(tables: Sequence[Table], period: Period, words: Vocabulary) -> list[Headed]:
    """Each table with its headers, in order."""
    scores: dict[tuple[str, ...], int] = {}

    def score(headings: Sequence[str]) -> int:
        key = tuple(headings)
        if key not in scores:
            scores[key] = _understood(key, period, words)
        return scores[key]

    grids = [Grid(table) for table in tables]
    blocks = [grid.header_block(score, lambda text: _is_entry(text, words)) for grid in grids]
    alike: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for grid, block in zip(grids, blocks, strict=True):
        if block is not None:
            headings = _headings(grid, block)
            alike[_key(headings)] += _samples(grid, block[1], headings, words)
    read: dict[
        Hashable, tuple[tuple[ColumnGuess, ...], TableKind]
    ] = {}  # tables that are alike are read once
    found: list[Headed] = []
    for grid, block in zip(grids, blocks, strict=True):
        headed = Headed(grid)
        if block is not None:
            headings = _headings(grid, block)
            key = _key(headings)
            headings, section = part_section(grid, block, headings, words)
            cells = header_cells(grid, *block)
            same = (key, tuple(headings), tuple(cells))
            if same not in read:
                columns = tuple(read_headings(headings, period, alike[key], vocabulary=words))
                read[same] = (
                    columns,
                    table_kind(headings, period, alike[key], guesses=columns, cells=cells, vocabulary=words),
                )
            headed = replace(_headed(grid, block, headings, read[same], words), section=section)
        if not headed.is_read or _is_body(headed, words) or _is_rest(headed, found):
            headed = _continued(headed, found)
        found.append(headed)
    return found


def _key(headings: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(heading_words(h).split()) for h in headings)


def _headed(
    grid: Grid,
    block: tuple[int, int],
    headings: Sequence[str],
    read: tuple[tuple[ColumnGuess, ...], TableKind],
    words: Vocabulary,
) -> Headed:
    columns, found = read
    caption = other_caption(grid.table, headings, words) if found.kind in READ else None
    if caption:
        found = TableKind("other", f"the heading above it names no measures: {caption}", foreign=True)
    headed = Headed(grid, *block, columns, found.kind, found.why, tuple(headings))
    return replace(headed, foreign=found.foreign)


def _continued(headed: Headed, before: Sequence[Headed]) -> Headed:
    """The table with the columns of the nearest earlier one that stands in the same places; itself if there is none."""
    if headed.kind == "legend" or headed.foreign:
        return headed
    for number in range(len(before) - 1, -1, -1):
        earlier = before[number]
        if headed.grid.table.pages[0] - earlier.grid.table.pages[-1] > FURTHEST:
            return headed
        if earlier.is_read and _same_places(earlier.grid.table, headed.grid.table):
            rest = _is_lower_part(headed, earlier)
            return replace(
                earlier,
                grid=headed.grid,
                start=headed.start if rest else 0,
                end=headed.end if rest else 0,
                why="it has the columns of the table before it and no header of its own",
                goes_on=number,
                section=None,
            )
    return headed


def _is_rest(headed: Headed, before: Sequence[Headed]) -> bool:
    """Whether the headers are the lower part of those of an earlier table, whose upper part the page before kept."""
    return any(
        e.is_read and _same_places(e.grid.table, headed.grid.table) and _is_lower_part(headed, e)
        for e in before
    )


def _is_lower_part(headed: Headed, earlier: Headed) -> bool:
    ours, theirs = _key(headed.headings), _key(earlier.headings)
    named = [k for k, heading in enumerate(ours) if heading]
    fewer = len(named) < sum(1 for heading in theirs if heading)
    return bool(named) and fewer and all(k < len(theirs) and theirs[k].endswith(ours[k]) for k in named)


def _is_body(headed: Headed, words: Vocabulary) -> bool:
    """Whether the rows taken for headers may be rows of the body: they hold figures, a lone status, no known words."""
    if any(is_figure(heading, words) for heading in headed.headings):
        return True
    named = [h for h in headed.headings if h]
    known = [h for h in named if is_known_heading(h, words)]
    if len(known) * 2 < len(named):
        return True
    lights = [h for h in headed.headings if words.statuses.lookup.get(h.lower()) in words.statuses.colours]
    return len(lights) == 1


def _is_entry(text: str, words: Vocabulary) -> bool:
    """Whether a text is a figure, or stands where there is none ("N/A")."""
    return text.strip().lower() in words.values.nulls or is_figure(text, words)


def is_figure(text: str, words: Vocabulary) -> bool:
    """Whether a text is a measured figure, as no heading is: it has a unit, decimals or thousands."""
    if len(text) > _LONGEST_FIGURE or not _FIGURE.match(text) or heading_period(text) is not None:
        return False
    value = read_value(text, vocabulary=words)
    return value is not None and value.value is not None


def _headings(grid: Grid, block: tuple[int, int]) -> list[str]:
    """The headings of a table; in one without rules those of two words that were taken for two columns mended."""
    headings = grid.headings(*block)
    if grid.table.ruled:
        return headings
    for k in range(len(headings) - 1):
        left, right = headings[k], headings[k + 1]
        if not left or not _CARRIES_ON.match(right) or (heading_period(left) and heading_period(right)):
            continue  # "Q3" and "2015/16 Target" are each of a period, and neither is the other's rest
        full = [column for column in (k, k + 1) if _is_filled(grid, block[1], column)]
        if len(full) == 1:
            headings[k], headings[k + 1] = "", ""
            headings[full[0]] = f"{left} {right}"
    return headings


def _is_filled(grid: Grid, start: int, column: int) -> bool:
    """Whether cells of a column's own hold anything below the headings, be it a colour, in more than a few rows."""
    rows = grid.rows[start:]
    full = [
        c
        for row in rows
        if (c := row.cells.get(column)) and c.column == column and c.column_span == 1
        if c.lines or c.glyphs or (c.fill and c.fill != row.own[0].fill)
    ]
    return len(full) * 10 > len(rows)


def _understood(headings: Sequence[str], period: Period, words: Vocabulary) -> int:
    """How well a block of headings is understood; 0 for none."""
    if sum(1 for h in headings if h) < 2:
        return 0
    columns = tuple(read_headings(headings, period, vocabulary=words))
    kind = table_kind(headings, period, guesses=columns, vocabulary=words).kind
    fields = [g.field for g in columns if g.field != "extra"]
    roles = sum(1 for g in columns if g.role)
    good = _GOOD if kind in READ else _SOME if kind == "legend" else 0
    return 2 * len(fields) + roles + 3 * len(set(fields)) + good


def _samples(grid: Grid, start: int, headings: Sequence[str], words: Vocabulary) -> list[list[str]]:
    """Cells of the first rows below the headers, for headings that only the cells explain.

    A note over the columns of several headings ("New measure: baseline to be set") explains none of them.
    """
    out: list[list[str]] = []
    for row in grid.rows[start : start + SAMPLE_ROWS]:
        filled = row.filled()
        if len(filled) == 1 and names_other_table(row.text(filled[0].column), words):
            break
        notes = [c for c in row.own if len(set(headings[c.column : c.column + c.column_span])) > 1]
        noted = {k for c in notes for k in range(c.column, c.column + c.column_span)}
        out.append(["" if k in noted else row.text(k)[:LONGEST_SAMPLE] for k in range(grid.columns)])
    return out


def _same_places(a: Table, b: Table) -> bool:
    if len(a.columns) != len(b.columns):
        return False
    return all(
        abs(x[0] - y[0]) < SAME_PLACE and abs(x[1] - y[1]) < SAME_PLACE
        for x, y in zip(a.columns, b.columns, strict=True)
    )
