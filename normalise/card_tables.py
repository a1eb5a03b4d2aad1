"""Blocks of one measure each among the tables of a report: put in the place of the tables that print them.

Where a dashboard lists the same measures, the blocks are its details and are read to be held against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.cells import Table
from normalise.cards import Card, cards_of
from normalise.grid import Grid
from normalise.headers import Headed
from normalise.passages import PageText
from normalise.records import Period
from normalise.table_context import title_texts
from normalise.vocabulary import Vocabulary

SHORTEST = 8  # letters and digits from which two titles may be compared by one holding the other
WHY = "a block of labels and values for one measure"
DETAILS = "details of a measure that another table lists"


def unfold(
    tables: Sequence[Table], texts: Sequence[PageText], words: Vocabulary
) -> tuple[tuple[Table, ...], dict[int, Card]]:
    """The tables with each block as a table of its own, and the blocks by the number of their table."""
    out: list[Table] = []
    cards: dict[int, Card] = {}
    for table in tables:
        found = cards_of(table, texts, words)
        for card in found:
            cards[len(out)] = card
            out.append(card.table)
        if not found:
            out.append(table)
    return tuple(out), cards


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
    return "".join(c for c in text.lower() if c.isalnum())
