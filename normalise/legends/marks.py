"""Statuses that are printed as numbers or stars, and the key that says what they mean.

"1" in a column of statuses is one only where the report defines this very number: "1 = on target". A number may as
well be a rank, a quarter or a priority.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

from msgspec import Struct

from extract.cells import Box, Cell
from normalise.grid import GridRow
from normalise.headers import Headed
from normalise.heading.guess import heading_words
from normalise.legends.text import entries_in
from normalise.legends.words import alternatives, cleaned, is_rule_text, legend_words
from normalise.lights import name_in
from normalise.marks import MOST, SIGNS, Mark, mark_of, named_stars, of_name, of_signs
from normalise.records import VALUE_FIELDS, BBox, Passage, SchemeEntry
from normalise.table_context import STATUS_FIELDS

FEWEST = 2  # marks of a key
NEAR = 2  # passages from one entry to the next


class MarkKey(Struct, frozen=True):
    """The entries of a key of marks, and the status that each mark is."""

    entries: tuple[SchemeEntry, ...] = ()
    statuses: tuple[tuple[Mark, str], ...] = ()


class _Found(Struct, frozen=True):
    """A mark with the words that stand beside it. ``lead``: what stands before the first of its passage or table,
    ``above``: what stands in the passage above."""

    mark: Mark
    label: str
    words: str
    lead: str
    page: int
    bbox: BBox
    above: str = ""


def find_mark_key(headed: Sequence[Headed], passages: Sequence[Passage]) -> MarkKey:
    """The key of the marks in status columns; empty where none are printed or no key defines all of them."""
    used, own = _of_columns(headed, lambda name: name in STATUS_FIELDS)
    if not used:
        return MarkKey()
    others = _of_columns(headed, lambda name: name not in (*STATUS_FIELDS, *VALUE_FIELDS))[1] - own
    for found in (*_runs(passages), *([*_in_table(t)] for t in headed if not t.is_read)):
        marks = [one.mark for one in found]
        whole = used <= set(marks) and len(marks) == len(set(marks)) >= FEWEST
        if whole and _is_of(found[0], own, others) and (key := _key(found)) is not None:
            return key
    return MarkKey()


def _of_columns(headed: Sequence[Headed], wanted: Callable[[str], bool]) -> tuple[set[Mark], set[str]]:
    """The marks in the columns of the fields wanted, and the words of the headings of those that hold some."""
    used: set[Mark] = set()
    words: set[str] = set()
    for table in headed:
        rows = table.grid.rows[table.end :] if table.is_read else []
        for k, guess in enumerate(table.columns):
            marks = _of_column(rows, k) if wanted(guess.field) else None
            if marks:
                used |= marks
                words |= set(heading_words(guess.heading).split())
    return used, words


def _of_column(rows: Sequence[GridRow], column: int) -> set[Mark]:
    """The marks of a column; none where most of its cells hold other things."""
    cells = [row.cells[column] for row in rows if column in row.cells]
    full = [c for c in cells if c.lines or c.glyphs]
    marks = [mark for c in full if (mark := mark_of(c))]
    return set(marks) if 2 * len(marks) > len(full) else set()


def _is_of(first: _Found, own: Collection[str], others: Collection[str]) -> bool:
    """Whether what introduces a key speaks of statuses, and not of another column that holds numbers."""
    said, above = (set(heading_words(text).split()) for text in (first.lead, first.above))
    about = not said or bool(said & {*legend_words().marks.lead, *own})
    return about and not (said | above) & set(others)


def _key(found: Sequence[_Found]) -> MarkKey | None:
    """The key that entries make: the names of statuses where all have one, else the marks; None if it is no rule."""
    inside = [entries_in(one.words) for one in found]
    names = [n[0].status if len(n) == 1 else name_in(one.words) for n, one in zip(inside, found, strict=True)]
    named = None not in names and len(set(names)) == len(names)
    if not named and not all(is_rule_text(one.words) for one in found):
        return None
    entries = tuple(
        SchemeEntry(
            status=name if named and name else one.mark.status,
            text=told[0].text if named and len(told) == 1 else one.words,
            label=one.label,
            page=one.page,
            bbox=one.bbox,
        )
        for one, told, name in zip(found, inside, names, strict=True)
    )
    return MarkKey(entries, tuple((f.mark, e.status) for f, e in zip(found, entries, strict=True)))


# --- keys in text ----------------------------------------------------------------------------------------


@cache
def _marked() -> re.Pattern[str]:
    """A mark with what parts it from its meaning."""
    words = legend_words().marks
    means = rf"(?:=|:|→|[-–—](?=\s*[^\s\d])|(?:{alternatives(words.means)})\b)"
    return re.compile(
        rf"(?<![\w.,/£$€%+-])(?:(?:{alternatives(words.lead)})\s+)?(?P<number>\d{{1,2}})\s*{means}\s*"
        rf"|(?P<signs>{SIGNS})(?:\s*{means})?\s*"
        rf"|(?<!\w){named_stars().pattern}\s*(?:{means}|(?P<open>\())\s*",
        re.IGNORECASE,
    )


_FREE = re.compile(r"(?:^|[;,.:|(•▪●○–-]|\b(?:and|or|of))\s*$", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z%)])\.\s+(?=[A-Z])")


def _in_passage(passage: Passage, above: str) -> Iterator[_Found]:
    text = " ".join(passage.text.split())
    starts = [m for m in _marked().finditer(text) if not m["number"] or _stands_free(text, m)]
    lead = text[: starts[0].start()].strip(" •▪●○–-") if starts else ""
    for match, after in zip(starts, [*starts[1:], None], strict=False):
        words = _SENTENCE.split(text[match.end() : after.start() if after else len(text)], maxsplit=1)[0]
        words = cleaned(words.rstrip(" ,;.").removesuffix(")") if match["open"] else words)
        if match["number"]:
            mark, label = Mark(int(match["number"])), match["number"]
        elif match["signs"]:
            mark, label = of_signs(match["signs"]), match["signs"]
        else:
            mark, label = of_name(match), match[0].strip(" (:=–—-")
        if words and mark.count <= MOST:
            yield _Found(mark, label, words, lead, passage.page, passage.bbox, above)


def _stands_free(text: str, match: re.Match[str]) -> bool:
    """No number within a sentence: it opens the text, or follows a stop or a word such as "status"."""
    return not match[0][0].isdigit() or bool(_FREE.search(text[: match.start()]))


def _runs(passages: Sequence[Passage]) -> Iterator[list[_Found]]:
    """The marks of passages that follow on one another."""
    run: list[_Found] = []
    last = 0
    for number, passage in enumerate(passages):
        found = list(_in_passage(passage, passages[number - 1].text if number else ""))
        again = {one.mark for one in run} & {one.mark for one in found}
        if run and found and (number - last > NEAR or again):
            yield run
            run = []
        if found:
            run += found
            last = number
    if run:
        yield run


# --- keys in tables --------------------------------------------------------------------------------------


def _in_table(table: Headed) -> Iterator[_Found]:
    """Marks with the words in the next cell or, in a row of marks, below them."""
    rows = table.grid.rows
    headed = bool(rows) and not any(mark_of(cell) for cell in rows[0].own)
    lead = " ".join(rows[0].text(k) for k in range(table.grid.columns)) if headed else ""
    for upper, lower in zip(rows, [*rows[1:], None], strict=False):
        marks = [(cell, mark) for cell in upper.own if (mark := mark_of(cell))]
        for cell, mark in marks:
            beside = next((c for c in upper.own if c.column == cell.column + cell.column_span), None)
            below = next((c for c in lower.own if c.column == cell.column), None) if lower else None
            for words in (beside, below if len(marks) >= FEWEST else None):
                if words is not None and words.lines and mark_of(words) is None:
                    yield _of_cells(mark, cell, words, lead)
                    break


def _of_cells(mark: Mark, cell: Cell, words: Cell, lead: str) -> _Found:
    box = Box.around([cell.box, *([words.box] if words.box.page == cell.box.page else [])])
    label = " ".join(cell.text.split()) or "★" * mark.count
    return _Found(mark, label, cleaned(words.text), lead, box.page, (box.x0, box.top, box.x1, box.bottom))
