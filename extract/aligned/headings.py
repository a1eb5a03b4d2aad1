"""Which lines are the headings of a table without vertical rules, and which belong to its body."""

from __future__ import annotations

from collections.abc import Sequence

from extract.aligned.alignment import wide_rules
from extract.aligned.chunks import HEADER_GAP, TextRow, bare
from extract.page.parts import RawPage
from extract.ruled import is_white

FAR_APART = 2.9  # font sizes between two lines of headings at most
TALL_CELLS = 4.0  # font sizes between lines of headings in coloured cells at most
LONGEST_GROUP = 4  # words of a heading over several columns


def header_block(
    rows: Sequence[TextRow], start: int, page: RawPage, header_words: frozenset[str]
) -> tuple[int, int]:
    """First and one past the last line of the header that line ``start`` belongs to."""
    upper, lower = start, start + 1
    while upper > 0 and (
        _same_header(rows[upper - 1], rows[upper], rows[start], page, header_words)
        or _groups(rows[upper - 1], rows[upper], rows[start : start + 4], header_words)
    ):
        upper -= 1
    while lower < len(rows) and (
        _same_header(rows[lower], rows[lower - 1], rows[start], page, header_words)
        or _all_headings(rows[lower], rows[lower - 1], header_words)
    ):
        lower += 1
    return upper, lower


def _groups(row: TextRow, below: TextRow, table: Sequence[TextRow], header_words: frozenset[str]) -> bool:
    """Is a line above the headings made of headings over several of them ("Quarter 2" over "Actual" and "Target")?

    ``table`` begins with the line of headings.
    """
    main = table[0]
    if below.base - row.base > FAR_APART * main.size or abs(row.size - main.size) > 1.0:
        return False
    runs = row.chunks(HEADER_GAP)
    if len(runs) == 1 and row.words[0].x0 <= min(r.words[0].x0 for r in table) + 2 * main.size:
        return False  # it begins where the table does: a caption, or text
    if row.extent()[1] > max(r.extent()[1] for r in table) + 4 * main.size:
        return False
    if len(runs) > len(main.chunks(HEADER_GAP)) + 2 or any(len(run) > LONGEST_GROUP for run in runs):
        return False
    known = sum(any(bare(w.text) in header_words or _is_period(w.text) for w in run) for run in runs)
    return known == len(runs) or (known > 2 and 3 * known >= 2 * len(runs))


def _all_headings(row: TextRow, above: TextRow, header_words: frozenset[str]) -> bool:
    """Is a line below headings over several columns made of nothing but headings?"""
    runs = row.chunks(HEADER_GAP)
    if row.base - above.base > FAR_APART * row.size or abs(row.size - above.size) > 1.0:
        return False
    if len(runs) < 2 or row.bold != above.bold or len({bare(r[0].text) for r in runs}) < 2:
        return False
    named = [r for r in runs if len(r) <= LONGEST_GROUP and all(bare(w.text) in header_words for w in r)]
    return len(named) == len(runs) and not any(_is_period(w.text) for w in row.words)


def _same_header(
    row: TextRow, neighbour: TextRow, main: TextRow, page: RawPage, header_words: frozenset[str]
) -> bool:
    gap = abs(row.base - neighbour.base)
    if _names_section(row, neighbour, main, page):
        return False
    if _has_band(main, page):
        return _one_band(row, neighbour, page)
    if gap <= 2.0 * main.size and (_ruled_off(row, main, page) or _bold_block(row, main)):
        return True
    if gap > 1.7 * main.size or row.bold != main.bold or abs(row.size - main.size) > 1.0:
        return False
    if row.words[0].colour != main.words[0].colour:
        return False
    low, high = sorted((row.base, neighbour.base))
    left, right = main.extent()
    if any(low < y < high - 0.3 * main.size for y in wide_rules(page, low, high, left, right)):
        return False
    known = [w for w in row.words if bare(w.text) in header_words or _is_period(w.text)]
    return 2 * len(known) >= len(row.words) and len(row.words) <= 3 * len(row.chunks(HEADER_GAP))


def _names_section(row: TextRow, neighbour: TextRow, main: TextRow, page: RawPage) -> bool:
    """Is a line alone below the headings, at the table's left edge, set apart from them by a gap or a rule?"""
    lone = len(row.chunks(HEADER_GAP)) == 1 and row.words[0].x0 <= main.words[0].x0 + 3
    if not lone or row.base <= main.base:
        return False
    left, right = main.extent()
    ruled = wide_rules(page, neighbour.base, row.base - 0.3 * main.size, left, right)
    return bool(ruled) or row.base - neighbour.base > 1.35 * main.size


def set_like(row: TextRow, first: TextRow, page: RawPage) -> bool:
    """Headings below others are set like them or more strongly: as bold, and on a band where they have one."""
    if row.bold != first.bold:
        return row.bold
    band, first_band = _has_band(row, page), _has_band(first, page)
    if band != first_band:
        return band
    if first.bold or first_band:
        return True
    # Plain headings are only told from body lines by coming again.
    ours, theirs = {bare(w.text) for w in row.words}, {bare(w.text) for w in first.words}
    return 2 * len(ours & theirs) >= len(ours)


def _has_band(row: TextRow, page: RawPage) -> bool:
    return _one_band(row, row, page)


def _one_band(a: TextRow, b: TextRow, page: RawPage) -> bool:
    """Do two lines stand on one coloured band that is no taller than a few lines?"""
    x = (a.words[0].x0 + a.words[0].x1) / 2
    for fill in page.fills:
        tall = fill.bottom - fill.top
        if is_white(fill.colour) or not fill.x0 <= x <= fill.x1 or tall > 14 * a.size:
            continue
        if all(fill.top - 1 <= r.base - 0.3 * r.size <= fill.bottom + 1 for r in (a, b)):
            return True
    # Header cells are often filled one by one: then the same colour lies under both lines.
    apart = abs(a.base - b.base)
    colour = _colour_under(a, page)
    if colour is None or colour != _colour_under(b, page) or apart > TALL_CELLS * a.size:
        return False
    upper, lower = (a, b) if a.base < b.base else (b, a)
    return apart <= 2.2 * a.size or _runs_through(colour, upper, lower, page)


def _runs_through(colour: str, upper: TextRow, lower: TextRow, page: RawPage) -> bool:
    """Does one colour lie under all that stands between two lines: cells filled one by one, and tall?"""
    x = (lower.words[0].x0 + lower.words[0].x1) / 2
    steps = int(lower.base - upper.base)
    return all(_colour_at(x, upper.base + k, page) == colour for k in range(0, steps, 2))


def _colour_under(row: TextRow, page: RawPage) -> str | None:
    """The fill under the middle of a line's first word, None for none or white."""
    return _colour_at((row.words[0].x0 + row.words[0].x1) / 2, row.base - 0.3 * row.size, page)


def _colour_at(x: float, y: float, page: RawPage) -> str | None:
    for fill in reversed(page.fills):
        if fill.x0 <= x <= fill.x1 and fill.top <= y <= fill.bottom:
            return None if is_white(fill.colour) else fill.colour
    return None


def _ruled_off(row: TextRow, main: TextRow, page: RawPage) -> bool:
    """Does a line stand between the headings and the rule drawn under them?"""
    if row.base <= main.base:
        return False
    left, right = main.extent()
    below = wide_rules(page, main.base, main.base + 7 * main.size, left, right)
    return bool(below) and row.base < below[0] and _narrow(row)


def _bold_block(row: TextRow, main: TextRow) -> bool:
    """The rest of bold headings that wrap: bold, alike, and made of short pieces."""
    alike = abs(row.size - main.size) <= 0.5 and row.words[0].colour == main.words[0].colour
    return (
        main.bold
        and row.bold
        and alike
        and _narrow(row)
        and len(row.words) <= 2 * len(main.chunks(HEADER_GAP))
    )


def _narrow(row: TextRow) -> bool:
    """No run of words longer than a heading's."""
    return all(len(run) <= 4 for run in row.chunks(HEADER_GAP))


def _is_period(text: str) -> bool:
    word = bare(text)
    return bool(word) and (word[:2] in ("q1", "q2", "q3", "q4", "20", "19") or word in ("1", "2", "3", "4"))
