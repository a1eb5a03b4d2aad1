"""Blocks of one measure each among the tables of a report, and tables turned round: put in the place of what prints them.

Where a dashboard lists the same measures, the blocks are its details and are read to be held against it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.cells import Cell, Glyph, Line, Table
from normalise.cards import MOSTLY, Card, card_of, cards_of
from normalise.grid import Grid
from normalise.headers import Headed
from normalise.passages import PageText, without_lines
from normalise.records import Period
from normalise.table_context import title_texts
from normalise.turned import turned_round
from normalise.vocabulary import Vocabulary
from normalise.written_cards import written_in, written_in_cells

SHORTEST = 8  # letters and digits from which two titles may be compared by one holding the other
WHY = "a block of labels and values for one measure"
DETAILS = "details of a measure that another table lists"


class Unfolded(Struct, frozen=True):
    """The tables with each block as a table of its own, the blocks by the number of their table, and the text
    without the lines that became part of one."""

    tables: tuple[Table, ...]
    cards: dict[int, Card]
    texts: list[PageText]


def unfold(
    tables: Sequence[Table], texts: Sequence[PageText], glyphs: Sequence[Glyph], words: Vocabulary
) -> Unfolded:
    """The blocks of labels and values among the tables and, in the same form again and again, in the text; tables
    turned round become rows."""
    out: list[Table] = []
    cards: dict[int, Card] = {}
    written, left = _in_text(texts, glyphs, words)
    for card in written:
        cards[len(out)] = card
        out.append(card.table)
    for table in tables:
        found = cards_of(table, texts, words) or _in_cells(table, texts, words)
        for card in found:
            cards[len(out)] = card
            out.append(card.table)
        if not found:
            out += turned_round(table, words) or [table]
    return Unfolded(*_in_page_order(out, cards), left)


def _in_page_order(
    tables: Sequence[Table], cards: Mapping[int, Card]
) -> tuple[tuple[Table, ...], dict[int, Card]]:
    order = sorted(range(len(tables)), key=lambda k: tables[k].boxes[0].page)
    return tuple(tables[k] for k in order), {n: cards[k] for n, k in enumerate(order) if k in cards}


def _in_text(
    texts: Sequence[PageText], glyphs: Sequence[Glyph], words: Vocabulary
) -> tuple[list[Card], list[PageText]]:
    """The measures that are written in lines outside tables, and the text that is left."""
    cards: list[Card] = []
    left: list[PageText] = []
    for text in texts:
        found = written_in([line for g in text.passages for line in g.lines], words)
        signs = [g for g in glyphs if g.box.page == text.page]
        used: set[Line] = set()
        for one in sorted(found, key=lambda w: (w.lines()[0].box.top, w.lines()[0].box.x0)):
            card = card_of(one.block(signs), None, (), words)
            if card is not None:
                cards.append(card)
                used.update(one.lines())
        left.append(without_lines(text, used) if used else text)
    return cards, left


def _in_cells(table: Table, texts: Sequence[PageText], words: Vocabulary) -> list[Card]:
    """The measures of a table whose cells each hold one; none unless most of its cells do."""
    cells = [cell for row in table.rows for cell in row.cells if cell.lines]
    found = written_in_cells(cells, words, MOSTLY)
    if not found:
        return []
    cards = []
    for one in found:
        block = one.block(())
        block.rest = [Cell((line,), (line.box,), 0, 0) for line in one.rest]
        cards.append(card_of(block, table, texts, words))
    held = {line for one in found for line in (*one.lines(), *one.rest)}
    others = tuple(cell for cell in cells if not held.intersection(cell.lines))
    made = [card for card in cards if card is not None]
    if len(made) < len(found):
        return []
    return [replace(made[0], rest=(*made[0].rest, *others)), *made[1:]]


def with_cards(
    headed: Sequence[Headed], cards: Mapping[int, Card], period: Period, words: Vocabulary
) -> list[Headed]:
    """The tables with what their headings make of them, the blocks among them read by their labels."""
    samples: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for number, card in cards.items():
        samples[card.labels].append(_values(headed[number].grid))
    listed = _listed(headed, cards)
    out = list(headed)
    for number, card in cards.items():
        columns = tuple(card.columns(period, samples[card.labels], words))
        grid = headed[number].grid
        details = _is_listed(_squeezed("".join(title_texts(grid, 1, columns))), listed)
        out[number] = replace(
            Headed(grid, 0, 1, columns, "improvement" if details else "dashboard", headings=card.labels),
            why=DETAILS if details else WHY,
        )
    return out


def _values(grid: Grid) -> list[str]:
    return [grid.rows[1].text(k) for k in range(grid.columns)]


def _listed(headed: Sequence[Headed], cards: Mapping[int, Card]) -> list[str]:
    """Codes and titles in the rows of tables that are no blocks."""
    return [
        _squeezed(text)
        for number, table in enumerate(headed)
        if table.kind == "dashboard" and number not in cards
        for text in title_texts(table.grid, table.end, table.columns)
    ]


def _is_listed(title: str, listed: Sequence[str]) -> bool:
    return any(
        title == other or (min(len(title), len(other)) >= SHORTEST and (title in other or other in title))
        for other in listed
    )


def _squeezed(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())


_NO_LETTERS = re.compile(r"[\W_]+")
