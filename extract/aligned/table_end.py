"""Where a table without vertical rules stops: at prose, a wide gap, its last rule, or a chart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.aligned.alignment import wide_rules
from extract.aligned.chunks import HEADER_GAP, TextRow, columns_of_row, straddles
from extract.aligned.tilings import foreign_line
from extract.page.parts import RawPage

LOW, AT_FOOT, FOOT = 0.6, 0.8, 0.91  # shares of a page's height: its lower part, and where footers stand

_PAGE = re.compile(r"(?:^|[|¦]\s*|\bpage\s+)\d{1,4}(?:\s+of\s+\d{1,4})?$", re.IGNORECASE)
_MARK = re.compile(r"^(?:\d|[*†‡¹²³⁴⁵⁶⁷⁸⁹])[.)]?$")
OFF = 0.8  # points
LARGER = 1.15  # a heading against the text of a table
NEAR_LEFT = 8.0  # points
ALIKE = 0.7  # share of the columns that rows of the same table fill
MANY = 5  # columns
CLOSE = 1.6  # font sizes between lines at the foot that are of one row
FEWEST = 2  # cells that show where those of a column begin
SAME_GAP = 1.1  # by how much the white above the last of several tall rows may be wider than above the others
MIN_RULES = 3  # from which on rows are ruled off


def until_it_ends(
    page: RawPage,
    header: Sequence[TextRow],
    body: Sequence[TextRow],
    edges: Sequence[float],
    *,
    known: bool = False,
) -> list[TextRow]:
    """The body's lines up to where the table stops: a paragraph, a wide gap, or the last rule.

    ``known``: the headings are those of another table, so that the rest of one cell may be all that stands below them.
    """
    rules = wide_rules(page, header[-1].bottom, body[-1].bottom + 8, edges[0], edges[-1])
    heading = (header[0].top - 8, header[-1].bottom + 8)
    other = foreign_line(page, heading, body[-1].bottom + 8, edges)
    if other is not None:
        rules = [y for y in rules if y < other - 1]
        body = [r for r in body if r.base < other]
        if not body:
            return []
    pitch = median([b.base - a.base for a, b in pairwise(body)] or [20.0])
    kept: list[TextRow] = []
    previous = header[-1]
    ruled_gap = 0.0  # the widest so far that a rule parts
    for k, row in enumerate(body):
        gap = row.base - previous.base
        parted = any(previous.base < y < row.base for y in rules)
        tall = parted and (gap <= SAME_GAP * ruled_gap or any(y > row.base for y in rules))
        if gap > max(3.2 * pitch, 3.5 * row.size) and not tall:
            break
        if len(rules) >= 3 and row.top > rules[-1] - 1 and not fits(row, edges):
            break
        if (
            len(rules) >= 2
            and row.base > rules[-1] > previous.base
            and not _row_after_last_rule(row, rules, edges, kept)
            and not _cut_by_page(page, body[k:], rules[-1], edges)
        ):
            break
        if row.base > FOOT * page.height and _numbers_page(row):
            break
        on = _goes_on_after(body[k + 1 : k + 6], edges) or _is_section(row, kept, edges)
        if _is_prose(row, edges) and not _fills(row, edges) and not on:
            break
        kept.append(row)
        previous = row
        ruled_gap = max(ruled_gap, gap) if parted else ruled_gap
    while kept and not fits(kept[-1], edges) and not _is_section(kept[-1], kept[:-1], edges):
        kept.pop()
    last_full = max((k for k, r in enumerate(kept) if len(columns_of_row(r, edges)) >= 2), default=-1)
    if last_full < 0 and _is_ruled_off(kept, header[-1], rules, edges):
        return kept  # the rest of one cell of a row that the page before cut
    if (
        known
        and last_full < 0
        and kept
        and (_goes_on_small(kept[0]) or 0 not in columns_of_row(kept[0], edges))
    ):
        last_full = 0
    # Lines after the last full line are the wrapped rest of its cells only while they stand close, or a rule of
    # the table runs below them.
    end = last_full + 1
    while (
        0 < end < len(kept)
        and (
            kept[end].base - kept[end - 1].base <= 1.45 * kept[end].size
            or (len(rules) >= 3 and kept[end].base < rules[-1])
        )
        and (kept[end].bold == kept[end - 1].bold)
        and not _is_footnote(kept[end], kept[:end])
    ):
        end += 1
    return kept[:end] if end == 0 else kept[: _with_open_row(page, kept, end, rules, edges)]


def _goes_on_small(row: TextRow) -> bool:
    """Does a line begin within a sentence?"""
    return row.words[0].text[:1].islower() and not row.bold


def _numbers_page(row: TextRow) -> bool:
    """Is a line one piece that ends with a page's number: "Scrutiny Committee | 2", "Page 3 of 12"?"""
    text = " ".join("".join(w.text for w in row.words).split())
    return len(row.chunks()) == 1 and bool(_PAGE.search(text))


def _with_open_row(
    page: RawPage, kept: Sequence[TextRow], end: int, rules: Sequence[float], edges: Sequence[float]
) -> int:
    """One past the last line, where lines at the foot name a section or begin a row that goes on on the next page."""
    rest = kept[end:]
    if not rest:
        return end
    if len(rules) >= MIN_RULES and _cut_by_page(page, rest, rules[-1], edges):
        return end + sum(1 for r in rest if r.base < FOOT * page.height)
    if not _is_section(rest[0], kept[:end], edges):
        return end + _begun_at_foot(page, kept[:end], rest, edges)
    low = rest[0].base > LOW * page.height
    close = all(b.base - a.base <= CLOSE * b.size for a, b in pairwise(rest))
    if len(rest) == 1 or (low and close and all(_in_later_column(r, edges) for r in rest[1:])):
        return len(kept)
    return end


def _begun_at_foot(
    page: RawPage, before: Sequence[TextRow], rest: Sequence[TextRow], edges: Sequence[float]
) -> int:
    """How many lines at a page's foot begin a row whose name is on the next page: they begin where cells do."""
    starts = [run[0].x0 for r in before for run in r.chunks(HEADER_GAP)]
    usual = max((b.base - a.base for a, b in pairwise(before)), default=0.0)
    if rest[0].base < AT_FOOT * page.height or rest[0].base - before[-1].base > 1.1 * usual:
        return 0
    count = 0
    # The name of a section is set otherwise than the rows below it.
    last = before[-2] if len(before) > 1 and _is_section(before[-1], before[:-1], edges) else before[-1]
    for row in rest:
        runs = row.chunks(HEADER_GAP)
        begins = all(sum(abs(run[0].x0 - x) < OFF for x in starts) >= FEWEST for run in runs)
        near = not count or row.base - rest[count - 1].base <= CLOSE * row.size
        alike = abs(row.size - last.size) < 0.3 and row.bold == last.bold
        if not (begins and near and alike and _in_later_column(row, edges)):
            break
        count += 1
    return count


def _is_ruled_off(
    rows: Sequence[TextRow], above: TextRow, rules: Sequence[float], edges: Sequence[float]
) -> bool:
    """Do lines that fill one column only stand between a rule below the headings and another one?"""
    if not rows or len({c for r in rows for c in columns_of_row(r, edges)}) != 1:
        return False
    return any(above.base < y < rows[0].base for y in rules) and any(y > rows[-1].base for y in rules)


def _in_later_column(row: TextRow, edges: Sequence[float]) -> bool:
    """Does a line keep to one column behind the first: the beginning of a row whose name is on the next page?"""
    columns = columns_of_row(row, edges)
    return fits(row, edges) and len(columns) == 1 and 0 not in columns


def _is_footnote(row: TextRow, before: Sequence[TextRow]) -> bool:
    """Does a line open with a mark and a capital, set smaller than the table or off the beginnings of its cells?"""
    words = [w.text.strip() for w in row.words]
    if len(words) < 2 or not _MARK.match(words[0]) or not words[1][:1].isupper():
        return False
    beginnings = (w.x0 for r in before for w in r.words)
    size = median(r.size for r in before)
    return row.size < size - 0.4 or not any(abs(row.words[0].x0 - x) < OFF for x in beginnings)


def _is_section(row: TextRow, before: Sequence[TextRow], edges: Sequence[float]) -> bool:
    """Is a last line the name of a section whose rows stand on the next page: set like one further up?"""
    if not row.bold or abs(row.words[0].x0 - edges[0]) > NEAR_LEFT or len(row.chunks(HEADER_GAP)) > 1:
        return False
    return any(
        r.bold
        and len(r.chunks(HEADER_GAP)) == 1
        and abs(r.words[0].x0 - row.words[0].x0) < 1
        and abs(r.size - row.size) < 0.3
        for r in before
    )


def _row_after_last_rule(
    row: TextRow, rules: Sequence[float], edges: Sequence[float], kept: Sequence[TextRow]
) -> bool:
    """Rows may be ruled off above only; then the last one stands below the last rule, full and as near as the others."""
    near = [min((r.top - y for y in rules if y <= r.top + 2), default=99.0) for r in kept]
    usual = min(near, default=0.0)
    full = max((len(columns_of_row(r, edges)) for r in kept), default=len(edges) - 1)
    return row.top - rules[-1] <= 1.5 * usual + 3 and len(columns_of_row(row, edges)) >= 0.6 * full


def _cut_by_page(page: RawPage, rows: Sequence[TextRow], last_rule: float, edges: Sequence[float]) -> bool:
    """Are lines below the last rule the beginning of a row that goes on on the next page?"""
    rest = [r for r in rows if r.base < FOOT * page.height]
    if rows and not rest:
        return _filled_at_foot(rows, last_rule, edges)
    if (
        not rest
        or rest[0].top < last_rule - 1
        or rest[-1].base < LOW * page.height
        or not all(fits(r, edges) for r in rest)
    ):
        return False
    close = rest[0].top - last_rule <= rest[0].size and all(
        b.base - a.base <= CLOSE * b.size for a, b in pairwise(rest)
    )
    return close and bool(columns_of_row(rest[0], edges) - {0})


def _filled_at_foot(rows: Sequence[TextRow], last_rule: float, edges: Sequence[float]) -> bool:
    """Do lines where footers stand fill most columns? A table may reach down to there, and no footer is set so."""
    rest: list[TextRow] = []
    for row in rows:
        if row.base - (rest[-1].base if rest else last_rule) > CLOSE * row.size or not fits(row, edges):
            break
        rest.append(row)
    filled = {c for r in rest for c in columns_of_row(r, edges)}
    return len(filled) >= ALIKE * (len(edges) - 1)


def before_other(body: Sequence[TextRow]) -> list[TextRow]:
    """The lines up to a heading, or to text, larger than the table's, of something that has fewer columns."""
    for k, row in enumerate(body):
        if not k or len(row.chunks(HEADER_GAP)) > 1:
            continue
        larger = LARGER * median(r.size for r in body[:k])
        if any(r.size < larger for r in ([row] if row.bold else body[k : k + 3])):
            continue
        usual = max(len(r.chunks()) for r in body[:k])
        if max((len(r.chunks()) for r in body[k + 1 : k + 6]), default=0) < ALIKE * usual:
            return list(body[:k])
    return list(body)


def fits(row: TextRow, edges: Sequence[float]) -> bool:
    """No word of the line stands across a column edge or outside the table."""
    if row.extent()[0] < edges[0] - 4 or row.extent()[1] > edges[-1] + 4:
        return False
    return not any(straddles(w, e, 2.0) for w in row.words for e in edges[1:-1])


def _fills(row: TextRow, edges: Sequence[float]) -> bool:
    """Does a line stand in nearly all of many columns? Words of a sentence would run over some edge."""
    columns = len(edges) - 1
    return columns >= MANY and fits(row, edges) and len(columns_of_row(row, edges)) >= 0.8 * columns


def _is_prose(row: TextRow, edges: Sequence[float]) -> bool:
    """A run of words that crosses two or more column edges, or one edge within a word."""
    # Figures that fill their columns stand closer than chunks do, but not as close as words of a sentence.
    runs = row.chunks(HEADER_GAP)
    for run in runs:
        x0, x1 = run[0].x0, max(w.x1 for w in run)
        crossed = sum(1 for e in edges[1:-1] if x0 < e - 1 and x1 > e + 1)
        if crossed >= 2 or (crossed and len(runs) == 1):
            return True
    return row.extent()[1] > edges[-1] + 8


def _goes_on_after(rows: Sequence[TextRow], edges: Sequence[float]) -> bool:
    """Does the table go on after a line that runs across its columns (a section heading, a note)?"""
    enough = max(2, (len(edges) - 1) // 2)
    filled: set[int] = set()
    for row in rows:
        if not fits(row, edges):
            return False
        # Cells of one row may stand on several lines, each centred in its own height.
        filled |= columns_of_row(row, edges)
        if len(filled) >= enough:
            return True
    return False
