"""Headings of one column, told from those that stand over several columns, before any column edge is known."""

from __future__ import annotations

from collections.abc import Sequence

from extract.aligned.chunks import HEADER_GAP, TIGHT_GAP, TextRow
from extract.page.parts import TextItem

FEW_LINES, OWN_ENTRIES = 3, 0.5  # of so many lines such a share has an entry below a heading of one column
BESIDE = 1.25  # font sizes between a line and the next one above it in the same cell, at most


def own_headings(
    row: TextRow, header: Sequence[TextRow], body: Sequence[TextRow] = ()
) -> list[list[TextItem]]:
    """The runs of a header line that stand for one column: not those over several headings further down.

    The body tells, too: entries stand below a heading of one column, and hardly any below the middle of one over two.
    """
    lower = [r for r in header if r.base > row.base + 0.5 * row.size]
    runs = row.chunks(HEADER_GAP)
    # Headings of several lines begin above one of a single line that is centred beside them.
    level = [r for r in header if 0 <= row.base - r.base <= BESIDE * row.size]
    beside = [r for line in level for r in line.chunks(HEADER_GAP)]
    own: list[list[TextItem]] = []
    for run in runs:
        share = _share_below(run, lower, body)
        if any(_stands_over_several(run, r.chunks(TIGHT_GAP), beside) for r in lower):
            over = share < OWN_ENTRIES
        else:
            # Headings of one line and of two, each centred in its cell, stand on several baselines.
            below = [r for line in lower for r in line.chunks(TIGHT_GAP)]
            over = share == 0.0 and len(body) >= FEW_LINES and _stands_over_several(run, below, beside)
        if not over:
            own.append(run)
    return own


def _share_below(run: Sequence[TextItem], lower: Sequence[TextRow], body: Sequence[TextRow]) -> float:
    """The share of the body's lines with an entry below the middle of a heading that reaches below no other; 0 for few."""
    middle = (run[0].x0 + run[-1].x1) / 2
    others = [r for row in lower for r in row.chunks(TIGHT_GAP) if not r[0].x0 <= middle <= r[-1].x1]
    entries = [[r for r in row.chunks() if r[0].x0 <= middle <= r[-1].x1] for row in body]
    alone = [
        e for e in entries if e and not any(o[0].x0 < e[0][-1].x1 and e[0][0].x0 < o[-1].x1 for o in others)
    ]
    return len(alone) / len(body) if len(body) >= FEW_LINES else 0.0


def _stands_over_several(
    run: Sequence[TextItem], lower: Sequence[Sequence[TextItem]], beside: Sequence[Sequence[TextItem]]
) -> bool:
    """Do two headings further down begin left and right of the middle of a run, close to it?

    What stands below another run ``beside`` it goes on with that one.
    """
    x0, x1 = run[0].x0, max(w.x1 for w in run)
    middle, reach = (x0 + x1) / 2, 6 * max(w.size for w in run)
    under = [r for r in lower if r[-1].x1 > x0 - reach and r[0].x0 < x1 + reach]
    others = [r for r in beside if r[0] is not run[0]]
    under = [r for r in under if not any(o[0].x0 < r[-1].x1 - 1 and r[0].x0 + 1 < o[-1].x1 for o in others)]
    left = [r for r in under if r[-1].x1 <= middle + 1]
    right = [r for r in under if r[0].x0 >= middle - 1]
    straddling = [r for r in under if r[0].x0 < middle - 1 and r[-1].x1 > middle + 1]
    return bool(left and right) and not straddling
