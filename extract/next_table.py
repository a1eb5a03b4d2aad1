"""Where a table without rules stops because another one begins whose headings nobody knows: at its caption."""

from __future__ import annotations

from collections.abc import Sequence

from extract.aligned.chunks import HEADER_GAP, TextRow, is_figure

LARGER = 1.15  # a caption against the text of the table above it
FEWEST = 3  # headings


def before_caption(rows: Sequence[TextRow], lower: int, end: int) -> int:
    """The first line from ``lower`` on that is the caption of another table, else ``end``.

    A caption stands alone in its line, set larger than the rows above it or bold; headings follow. A section's name
    within a table is followed by a row, which is not bold.
    """
    for k in range(lower + 1, end - 1):
        row, above, below = rows[k], rows[k - 1], rows[k + 1]
        if len(row.chunks(HEADER_GAP)) > 1 or len(above.words) < 2 or above.bold:
            continue
        larger = row.size >= LARGER * above.size
        if (larger or row.bold) and _are_headings(below, must_be_bold=not larger):
            return k
    return end


def _are_headings(row: TextRow, *, must_be_bold: bool) -> bool:
    runs = row.chunks(HEADER_GAP)
    if len(runs) < FEWEST or (must_be_bold and not row.bold):
        return False
    return not any(is_figure(w.text.strip().lower()) or any(c.isdigit() for c in w.text) for w in row.words)
