"""Rows of a table without rules whose figures stand at the middle height of titles of several lines.

The lines of one title then stand evenly above and below the line of its figures, and the next title begins as close
as its own next line would: spacing does not tell rows apart, but the middles do.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.aligned.chunks import TextRow, columns_of_row

NEAR = 0.25  # font sizes that the middle of a title may lie off the line of its figures


def rows_about_middles(rows: Sequence[TextRow], edges: Sequence[float]) -> list[list[TextRow]] | None:
    """Lines gathered into rows about their middles; None where they do not all fall into place.

    A title of an even number of lines leaves none on the line of the figures; without such a one nothing is told.
    """
    columns = [columns_of_row(row, edges) for row in rows]
    full = max((len(c) for c in columns), default=0)
    anchors = [len(c) >= max(3, 0.6 * full) for c in columns]
    wrapped = {c for cs, anchor in zip(columns, anchors, strict=True) if not anchor for c in cs}
    if len(wrapped) != 1 or not any(anchors):
        return None
    (title,) = wrapped
    if all(title in cs for cs, anchor in zip(columns, anchors, strict=True) if anchor):
        return None
    groups: list[list[TextRow]] = []
    start = 0
    for at in (k for k, anchor in enumerate(anchors) if anchor):
        if any(row.bold != rows[at].bold for row in rows[start:at]):
            return None
        end = _end(rows, start, at, anchors, title in columns[at])
        if end is None:
            return None
        groups.append(list(rows[start:end]))
        start = end
    return groups if start == len(rows) else None


def _end(rows: Sequence[TextRow], start: int, at: int, anchors: Sequence[bool], titled: bool) -> int | None:
    """One past the last line of the row about line ``at``: as many lines below as above, and as far away."""
    end = at + 1 + (at - start)
    if end > len(rows) or any(anchors[at + 1 : end]) or (at == start and not titled):
        return None
    lines = [row.base for k, row in enumerate(rows[start:end], start) if k != at or titled]
    middle = (lines[0] + lines[-1]) / 2
    return end if abs(middle - rows[at].base) <= NEAR * rows[at].size else None
