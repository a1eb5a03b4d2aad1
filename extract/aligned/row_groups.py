"""Lines of words gathered into the rows of a table, by rules and bands between them and by their spacing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.aligned.centred import ONE_LINE, centred_rows
from extract.aligned.chunks import TextRow, begins_with_code, column_of, columns_of_row, figures
from extract.aligned.middles import rows_about_middles

LINES_APART = 1.3  # font sizes between lines from which on they may be of two rows
OPEN_GAP = 1.45  # font sizes from a line whose text plainly goes on to the one that it goes on in, at most
SHARED = 3  # columns with an entry in each of two lines that make two rows
MANY_COLUMNS = 5
WHOLE = 0.8  # share of the columns that one line of a row fills, and no rest of a row does
ENTRIES, LONG_ENTRY = 3, 14  # of so many characters
# Words that end no text: what follows goes on in the next line.
GOES_ON = frozenset(
    (
        "a", "an", "and", "as", "at", "between", "by", "for", "from", "in", "of", "on", "or", "per", "since", "than",
        "that", "the", "to", "which", "who", "whose", "with", "within", "without",
    )
)  # fmt: skip


def group_rows(
    rows: Sequence[TextRow], edges: Sequence[float], barriers: Sequence[float]
) -> list[list[TextRow]]:
    """Lines of text gathered into table rows by barriers between them and by their spacing."""
    if not rows:
        return []
    centred = centred_rows(rows, edges, barriers) or (None if barriers else rows_about_middles(rows, edges))
    if centred is not None:
        return centred
    columns = [columns_of_row(r, edges) for r in rows]
    full = max(map(len, columns))
    anchors = [len(c) >= max(2, 0.45 * full) for c in columns]
    gaps = [b.base - a.base for a, b in pairwise(rows)]
    leading = _first_step(rows, gaps, edges)
    if leading is None:
        leading = _leading(rows, gaps)
    whole = [_is_whole(r, full, edges) for r in rows]
    coded = [begins_with_code(r) and figures(r) >= ENTRIES for r in rows]
    size = median(w.size for r in rows for w in r.words)
    groups = [[rows[0]]]
    has_anchor = anchors[0]
    for k in range(1, len(rows)):
        above, row = rows[k - 1], rows[k]
        parted = any(above.base < y < row.base - 0.5 * row.size for y in barriers)
        own = range(k - len(groups[-1]), k)
        if whole[k] and not _reads_on(row, edges) and not _breaks_off(above):
            parted = parted or any(whole[j] and columns[j] <= columns[k] for j in own)
        parted = parted or (coded[k] and any(coded[j] for j in own))
        reads_on = _reads_on(row, edges) or _hangs_below(groups[-1], row, edges) or _breaks_off(above)
        rest = _breaks_off(above) and not whole[k] and gaps[k - 1] <= OPEN_GAP * row.size
        if not parted and (gaps[k - 1] < ONE_LINE * size or (leading is None and reads_on) or rest):
            groups[-1].append(row)
        elif parted or _parts(rows, anchors, gaps, k, leading, has_anchor):
            groups.append([row])
            has_anchor = anchors[k]
        else:
            groups[-1].append(row)
            has_anchor = has_anchor or anchors[k]
    return [part for group in groups for part in _rows_apart(group, edges)]


def _rows_apart(group: list[TextRow], edges: Sequence[float]) -> list[list[TextRow]]:
    """A group parted where two of its lines, with a wide gap between, have entries in the same columns."""
    entries = [_entry_columns(row, edges) for row in group]
    for k in range(1, len(group)):
        before = next((j for j in reversed(range(k)) if len(entries[j]) >= SHARED), None)
        if before is None or len(entries[before] & entries[k]) < SHARED:
            continue
        gap, at = max((group[i].base - group[i - 1].base, i) for i in range(before + 1, k + 1))
        if gap > LINES_APART * group[k].size:
            return [group[:at], *_rows_apart(group[at:], edges)]
    return [group]


def _entry_columns(row: TextRow, edges: Sequence[float]) -> set[int]:
    """The columns behind the first in which a line holds a short piece with a figure or a word of its own."""
    short = [run for run in row.chunks() if len(run) <= 2]
    return {column_of(edges, (run[0].x0 + run[-1].x1) / 2) for run in short} - {0}


def _is_whole(row: TextRow, full: int, edges: Sequence[float]) -> bool:
    """Does one line hold nearly all that a row has: entries of a word or two beside its title?"""
    entries = sum(1 for run in row.chunks() if len(run) <= 2 and sum(len(w.text) for w in run) <= LONG_ENTRY)
    return len(columns_of_row(row, edges)) >= max(MANY_COLUMNS, WHOLE * full) and entries >= ENTRIES


_BEGUN = "(),;&"  # what a text does not begin with


def _reads_on(row: TextRow, edges: Sequence[float]) -> bool:
    """A line whose first column goes on with a small letter or a bracket, or is empty beside running text.

    Where the first holds codes, so may the title behind it, beside words alone: "(minutes)" and "minutes".
    """
    first = [w for w in row.words if column_of(edges, (w.x0 + w.x1) / 2) == 0]
    if first:
        start = first[0].text[:1]
        return start.islower() or start in _BEGUN or (start.isdigit() and _others_read_on(row, edges))
    title = next((w for w in row.words if column_of(edges, (w.x0 + w.x1) / 2) == 1), None)
    if title is not None and not figures(row) and (title.text[:1].islower() or title.text[:1] in _BEGUN):
        return True
    return max(len(run) for run in row.chunks()) >= 3


def _others_read_on(row: TextRow, edges: Sequence[float]) -> bool:
    """Do two texts or more behind the first column, and most of them, go on with a small letter?"""
    behind = [run for run in row.chunks() if column_of(edges, (run[0].x0 + run[0].x1) / 2) > 0]
    small = sum(run[0].text[:1].islower() for run in behind)
    return small >= 2 and 2 * small > len(behind)


def _hangs_below(group: Sequence[TextRow], row: TextRow, edges: Sequence[float]) -> bool:
    """A line close below a named row, without a word where code and title stand: "1,000" below "49.9 per"."""
    named = {0, 1} <= columns_of_row(group[0], edges)
    close = row.base - group[-1].base <= 1.3 * row.size
    return named and close and not {0, 1} & columns_of_row(row, edges)


def _leading(rows: Sequence[TextRow], gaps: Sequence[float]) -> float | None:
    """The distance between lines of one cell, where it can be told from that between rows."""
    if not gaps:
        return None
    size = median(w.size for r in rows for w in r.words if w.shape is None)
    close = [g for g in gaps if g <= 1.35 * size]
    far = [g for g in gaps if g > 1.35 * size]
    if close and far and min(far) > 1.12 * max(close):
        return max(close)
    if not close:
        return 0.0
    return None


def _first_step(rows: Sequence[TextRow], gaps: Sequence[float], edges: Sequence[float]) -> float | None:
    """The distance between lines of one cell, where the next larger one is clearly larger.

    Only if no two lines follow each other so closely that are rows of their own: full, with figures.
    """
    size = median(w.size for r in rows for w in r.words if w.shape is None)
    full = 0.7 * (len(edges) - 1)
    own = [len(columns_of_row(r, edges)) >= full and figures(r) >= 2 for r in rows]
    between_rows = [
        g for g, a, b, row in zip(gaps, own, own[1:], rows, strict=False) if a and b and not _breaks_off(row)
    ]
    usual = sorted(g for g in gaps if g >= 0.9 * size)
    for a, b in pairwise(usual):
        if b > 1.12 * a:
            return a if a <= 1.35 * size and a < min(between_rows, default=b) else None
    return None


def _breaks_off(row: TextRow) -> bool:
    """Does a text of a line plainly go on below it: "42.9 per" over "10,000"?"""
    return any(len(run) > 1 and run[-1].text.strip() in GOES_ON for run in row.chunks())


def _parts(
    rows: Sequence[TextRow],
    anchors: Sequence[bool],
    gaps: Sequence[float],
    k: int,
    leading: float | None,
    has_anchor: bool,
) -> bool:
    """Does line ``k`` begin a row of its own?"""
    above, row, gap = rows[k - 1], rows[k], gaps[k - 1]
    if leading is not None:
        return gap > leading * 1.02
    if row.bold != above.bold:
        return True
    if anchors[k]:
        # Rows stand as close as lines: every full line is a row, unless the lines before it are its beginning.
        return has_anchor or gap > 1.5 * row.size
    after = gaps[k] if k < len(gaps) else None
    if after is not None and k + 1 < len(rows) and anchors[k + 1] and after < 0.85 * gap:
        return True
    return gap > 1.6 * row.size
