"""Tables without rules whose headings stand down the side: each line begins with one, and what they are of stands on top."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extract.aligned.chunks import HEADER_GAP, TextRow, bare, header_hits

FEWEST = 3  # labels below each other
COLUMNS = 3  # of labels and of two things at least
LONGEST_LABEL = 5  # words
LONGEST_ENTRY = 4  # words beside a label
SAME_PLACE = 2.0  # points
CLOSE, APART = 1.6, 4.0  # font sizes between the lines of a cell, and at most between two labels
DEEPEST = 4  # lines of names on top
MOSTLY = 0.75  # share of the lines of several texts that begin with a label

Block = tuple[int, int, int]


def labelled_blocks(rows: Sequence[TextRow], header_words: Collection[str]) -> dict[int, Block]:
    """First and one past the last line of names, and one past the last line, of each such table, by its first line."""
    found: dict[int, Block] = {}
    k = 0
    while k < len(rows):
        labels = _labels_from(rows, k, header_words)
        if len(labels) < FEWEST:
            k += 1
            continue
        upper, lower = _names(rows, labels)
        end = labels[-1] + 1
        while end < len(rows) and _goes_on(rows[end], rows[end - 1], rows[labels[0]], header_words):
            end += 1
        begun = [n for n in range(labels[0], end) if _begins_like(rows[n], rows[labels[0]])]
        several = [n for n in begun if len(rows[n].chunks(HEADER_GAP)) >= COLUMNS]
        headed = any(header_hits(rows[n], header_words) >= FEWEST for n in range(max(0, upper - 1), lower))
        told = not headed and lower < end and len(labels) >= MOSTLY * len(several)
        if told and _is_side(rows, labels, range(upper, end)):
            found[upper] = (upper, lower, end)
        k = end
    return found


def _labels_from(rows: Sequence[TextRow], k: int, header_words: Collection[str]) -> list[int]:
    """The lines from ``k`` on that begin with labels at one place, other lines of their cells between them."""
    if not _is_labelled(rows[k], header_words):
        return []
    found = [k]
    last = rows[k]  # that begins there
    for n in range(k + 1, len(rows)):
        row = rows[n]
        if row.base - last.base > APART * last.size:
            break
        if not _begins_like(row, rows[k]):
            continue
        last = row
        if _is_labelled(row, header_words):
            found.append(n)
    return found


def _is_side(rows: Sequence[TextRow], labels: Sequence[int], lines: Sequence[int]) -> bool:
    """Are no two labels the same, as entries of a column are, and does no line begin left of them?"""
    said = {" ".join(bare(w.text) for w in rows[n].chunks(HEADER_GAP)[0]) for n in labels}
    left = rows[labels[0]].words[0].x0 - SAME_PLACE
    return len(said) == len(labels) and all(rows[n].words[0].x0 > left for n in lines)


def _begins_like(row: TextRow, label: TextRow) -> bool:
    return abs(row.words[0].x0 - label.words[0].x0) < SAME_PLACE


def _goes_on(row: TextRow, above: TextRow, label: TextRow, header_words: Collection[str]) -> bool:
    """Is a line the rest of the cells above it, or one of labelled texts, however long they are?"""
    gap = (row.base - above.base) / row.size
    return gap < CLOSE or (gap < APART and _begins_like(row, label) and _label(row, header_words))


def _label(row: TextRow, header_words: Collection[str]) -> bool:
    """Does a line begin with a heading, and do two texts at least stand beside it?"""
    label, *entries = row.chunks(HEADER_GAP)
    words = [bare(w.text) for w in label]
    known = sum(word in header_words for word in words)
    short = len(words) <= LONGEST_LABEL and 2 * known >= len(words)
    numbered = any(ch.isdigit() for word in words for ch in word)  # "PI 1" is a code
    return len(entries) >= COLUMNS - 1 and short and words[0] in header_words and not numbered


def _is_labelled(row: TextRow, header_words: Collection[str]) -> bool:
    entries = row.chunks(HEADER_GAP)[1:]
    return _label(row, header_words) and all(len(run) <= LONGEST_ENTRY for run in entries)


def _names(rows: Sequence[TextRow], labels: Sequence[int]) -> tuple[int, int]:
    """The lines of names: those on top beside an empty corner, and the first labelled one with all that is in its cells."""
    first = labels[0]
    upper = first
    left = rows[first].chunks(HEADER_GAP)[1][0].x0 - 2 * rows[first].size
    while upper > 0 and first - upper < DEEPEST:
        row, below = rows[upper - 1], rows[upper]
        if row.words[0].x0 < left or below.base - row.base > APART / 2 * row.size:
            break
        upper -= 1
    if upper < first and rows[first].base - rows[first - 1].base > CLOSE * rows[first].size:
        return upper, first
    if upper < first and any(c.isdigit() for w in rows[first].words for c in w.text):
        return upper, first
    return upper, next(n for n in range(first + 1, labels[-1] + 1) if _begins_like(rows[n], rows[first]))
