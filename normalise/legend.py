"""The report's own rating rule, wherever it stands: list, sentence, table, footnote or beside coloured keys.

``find_scheme`` gives the entries as printed. Every place offers candidates; candidates that stand together
make a block, and the block that reads most like a rule is taken. A block of one status is no rule.
``find_arrow_legend`` gives what the direction arrows mean, which is no rating rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from extract.cells import Glyph, Line, Table
from normalise.legend_arrows import find_arrow_legend
from normalise.legend_keys import entries_beside_keys, entries_in_table
from normalise.legend_text import Named, entries_in
from normalise.records import BBox, Passage, SchemeEntry
from normalise.statuses import is_rated

__all__ = ["find_arrow_legend", "find_scheme"]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An entry with its place in reading order; entries of one ``group`` were printed as one thing."""

    entry: SchemeEntry
    order: float
    group: int
    firm: bool


def find_scheme(
    passages: Sequence[Passage],
    tables: Sequence[Table] = (),
    *,
    lines: Sequence[Line] = (),
    glyphs: Sequence[Glyph] = (),
    used: Collection[str] = (),
) -> tuple[SchemeEntry, ...]:
    """The entries of the report's rating rule in printed order, empty where it prints none.

    ``lines`` and ``glyphs`` are those outside tables: with them, keys that are only a coloured shape beside
    words are read too. ``used`` are the statuses of the report's own tables; a block that defines them goes
    before one that does not.
    """
    candidates = list(_from_passages(passages))
    keyed = [_block_entries(block) for block in entries_beside_keys(lines, glyphs)]
    tabled = [_block_entries(block) for table in tables if (block := entries_in_table(table, used))]
    blocks = [*_blocks(candidates), *keyed, *tabled]
    good = [block for block in blocks if _is_rule(block)]
    if not good:
        return ()
    best = max(range(len(good)), key=lambda i: (_worth(good[i], used), -i))
    return tuple(c.entry for c in good[best])


def _from_passages(passages: Sequence[Passage]) -> Iterable[_Candidate]:
    for number, passage in enumerate(passages):
        for named in entries_in(passage.text):
            yield _Candidate(_entry(named, passage.page, passage.bbox), number, number, named.firm)


def _entry(
    named: Named, page: int, bbox: BBox, colour: str | None = None, symbol: str | None = None
) -> SchemeEntry:
    return SchemeEntry(
        status=named.status,
        text=named.text,
        label=named.label,
        page=page,
        bbox=bbox,
        colour=colour,
        symbol=symbol,
    )


def _block_entries(entries: Sequence[SchemeEntry]) -> list[_Candidate]:
    return [_Candidate(e, n, 0, Named(e.status, e.label, e.text).firm) for n, e in enumerate(entries)]


def _blocks(candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Candidates that follow on one another, each status once: at most one other passage may stand between."""
    blocks: list[list[_Candidate]] = []
    for candidate in candidates:
        block = blocks[-1] if blocks else []
        near = bool(block) and candidate.order - block[-1].order <= (
            2 if candidate.group != block[-1].group else 0
        )
        new = candidate.entry.status not in {c.entry.status for c in block}
        if near and new:
            block.append(candidate)
        else:
            blocks.append([candidate])
    return blocks


def _is_rule(block: Sequence[_Candidate]) -> bool:
    rated = [c for c in block if is_rated(c.entry.status)]
    return len(rated) >= 2 and any(c.firm for c in rated)


def _worth(block: Sequence[_Candidate], used: Collection[str]) -> tuple[int, int, int]:
    statuses = {c.entry.status for c in block}
    return (len(statuses & set(used)), sum(c.firm for c in block), len(block))
