"""Rows whose cells are centred in their height: lines of one row stand on many baselines, about one middle.

Told from the table itself: the lines of each cell make a block, and in such a table the middles of blocks of one,
two and three lines in a row agree, where in others their first lines do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct, field

from extract.aligned.chunks import TextRow, column_of

CLOSE = 1.35  # font sizes: the widest spacing of lines within a cell
SAME_LINE = 1.04
SAME_MIDDLE = 0.22  # font sizes
ONE_LINE = 0.75  # font sizes between the baselines of two rows at least
MOST = 0.8
FEWEST = 2  # blocks of several lines that must agree before anything is said


class _Block(Struct):
    """The lines of one cell: their baselines, and the numbers of the page's lines that they stand in."""

    bases: list[float]
    first: float
    last: float
    rows: set[int] = field(default_factory=set)

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def centred_rows(
    rows: Sequence[TextRow], edges: Sequence[float], barriers: Sequence[float]
) -> list[list[TextRow]] | None:
    """Lines gathered into table rows about their middles; None where the cells are not centred."""
    size = median(w.size for r in rows for w in r.words)
    blocks = _blocks(rows, edges, barriers, size)
    tall = [b for b in blocks if len(b.bases) > 1]
    singles = [b.first for b in blocks if len(b.bases) == 1]
    slack = SAME_MIDDLE * size
    # A row whose cells all have as many lines tells nothing.
    tall = [b for b in tall if any(b.first - slack <= y <= b.last + slack for y in singles)]
    if len(tall) < FEWEST:
        return None
    about = sum(1 for b in tall if any(abs(b.middle - y) <= slack for y in singles))
    below = sum(1 for b in tall if any(abs(b.first - y) <= slack for y in singles))
    if about < MOST * len(tall) or below * 2 > about:
        return None
    groups: list[tuple[float, set[int]]] = []
    for block in sorted(blocks, key=lambda b: b.middle):
        if groups and block.middle - groups[-1][0] <= 2 * slack:
            groups[-1][1].update(block.rows)
        else:
            groups.append((block.middle, set(block.rows)))
    if any(max(a) >= min(b) for (_, a), (_, b) in pairwise(groups)):
        return None  # rows that overlap are no rows
    starts = [min(lines) for _, lines in groups]
    # The middles of a row that a page break cuts are off; but no row begins before the one above has ended.
    starts = [k for k in starts if not k or rows[k].base - rows[k - 1].base >= ONE_LINE * size]
    return [list(rows[a:b]) for a, b in pairwise([0, *starts[1:], len(rows)])]


def _blocks(
    rows: Sequence[TextRow], edges: Sequence[float], barriers: Sequence[float], size: float
) -> list[_Block]:
    columns = _columns(rows, edges, size)
    gaps = [
        gap
        for lines in columns.values()
        for (a, _), (b, _) in pairwise(lines)
        if (gap := b - a) <= CLOSE * size
    ]
    leading = min(gaps, default=0.0)
    out: list[_Block] = []
    for lines in columns.values():
        block: _Block | None = None
        for base, numbers in lines:
            near = block is not None and base - block.last <= SAME_LINE * leading
            if block is None or not near or any(block.last < y < base for y in barriers):
                block = _Block([], base, base)
                out.append(block)
            block.bases.append(base)
            block.rows |= numbers
            block.last = base
    return out


def _columns(
    rows: Sequence[TextRow], edges: Sequence[float], size: float
) -> dict[int, list[tuple[float, set[int]]]]:
    """Baselines of each column with the numbers of the lines they stand in; symbols and raised marks set aside.

    A line may hold words of several baselines, for a large symbol among small letters takes in what is near.
    """
    columns: dict[int, list[tuple[float, set[int]]]] = {}
    words = [(w, k) for k, row in enumerate(rows) for w in row.words]
    for word, k in sorted(words, key=lambda pair: pair[0].base):
        if word.shape is not None or word.size < 0.8 * size:
            continue
        lines = columns.setdefault(column_of(edges, (word.x0 + word.x1) / 2), [])
        if lines and word.base - lines[-1][0] < 0.3 * size:
            lines[-1][1].add(k)
        else:
            lines.append((word.base, {k}))
    return columns
