"""What a page leaves open at its foot: a table that may go on at the top of the next page, or headings alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.alignment import WIDE_RULE, rivers
from extract.chunks import TextRow
from extract.grid_building import MIN_COLUMNS, Region, build, cuts_words, grid, row_edges
from extract.group_headings import share_group_headings
from extract.pages import RawPage
from extract.ruled import GridTable, fill_cells
from extract.table_end import columns_of_row, fits, until_it_ends


@dataclass(frozen=True, slots=True)
class OpenHeader:
    """Headings that stand alone at a page's foot: their rows begin on the next page."""

    lines: tuple[TextRow, ...]
    page: RawPage


@dataclass(frozen=True, slots=True)
class Carried:
    """What the page before left open: column edges of a table that reaches its foot, or headings without rows.

    ``cut`` tells that the table's last row goes on.
    """

    edges: tuple[float, ...] = ()
    ruled: bool = False
    cut: bool = False
    header: OpenHeader | None = None


NOTHING_CARRIED = Carried()


def carry_on(page: RawPage, rows: Sequence[TextRow], carried: Carried) -> GridTable | None:
    """The rows at the top of a page that go on in the columns of the table before."""
    edges = _adjusted(carried.edges, rows)
    enough = max(2, len(edges) // 2)
    start = next(
        (k for k, r in enumerate(rows) if fits(r, edges) and len(columns_of_row(r, edges)) >= enough), None
    )
    if carried.cut:
        rest = next(
            (k for k, r in enumerate(rows) if fits(r, edges) and columns_of_row(r, edges) - {0}), None
        )
        start = rest if start is None or rest is None else min(start, rest)
    if start is None or rows[start].base > 0.3 * page.height:
        return None
    start = _first_of(rows, start, edges[0], edges)
    while start > 0 and fits(rows[start - 1], edges) and _on_band(page, rows[start - 1], edges):
        start -= 1
    header = TextRow(rows[start].words[:1])
    body = until_it_ends(page, [header], list(rows[start:]), edges)
    if not body:
        return None
    ys = row_edges(page, [], body, edges, body[0].top - 3, body[0].top - 3)
    return grid(edges, ys)


def _first_of(rows: Sequence[TextRow], start: int, left: float, edges: Sequence[float] = ()) -> int:
    """The first line of the row that line ``start`` is part of, or of the section's name above it.

    A first line that only holds the rest of one cell is part of the row above the break; a bold one at the
    table's left edge names a section.
    """
    while start > 0 and (not edges or fits(rows[start - 1], edges)):
        before, gap = rows[start - 1], rows[start].base - rows[start - 1].base
        section = before.bold and abs(before.words[0].x0 - left) < 8 and gap < 3 * before.size
        if gap >= 1.5 * before.size and not section:
            break
        start -= 1
    return start


def _on_band(page: RawPage, row: TextRow, edges: Sequence[float]) -> bool:
    """Do fills of one height lie behind a line over most of the table's width?"""
    y, width = row.base - 0.3 * row.size, edges[-1] - edges[0]
    behind = [f for f in page.fills if f.top <= y <= f.bottom and f.x1 > edges[0] and f.x0 < edges[-1]]
    return sum(min(f.x1, edges[-1]) - max(f.x0, edges[0]) for f in behind) >= WIDE_RULE * width


def _adjusted(carried: Sequence[float], rows: Sequence[TextRow]) -> list[float]:
    """The carried column edges, moved where longer texts on the new page ask for it."""
    edges = list(carried)
    multi = [r for r in rows if len(r.chunks()) >= max(2, len(edges) // 2)]
    if not multi or not cuts_words(edges, multi):
        return edges
    found = rivers([], multi, edges[0], edges[-1])
    same = len(found) == len(edges) and all(abs(a - b) < 40 for a, b in zip(found, edges, strict=True))
    return found if same else edges


def rows_of_header(
    page: RawPage, rows: Sequence[TextRow], header: OpenHeader
) -> tuple[list[GridTable], GridTable | None]:
    """The rows at the top of a page below headings of the page before, and the headings in the same columns."""
    start = next((k for k, r in enumerate(rows) if len(r.chunks()) >= MIN_COLUMNS), None)
    if start is None or rows[start].base > 0.3 * page.height:
        return [], None
    start = _first_of(rows, start, rows[start].words[0].x0)
    down = rows[start].top - 2 - header.lines[-1].bottom
    lowered = [
        TextRow([replace(w, top=w.top + down, bottom=w.bottom + down, base=w.base + down) for w in r.words])
        for r in header.lines
    ]
    table = build(page, Region(lowered, list(rows[start:])))
    if table is None:
        return [], None
    body = grid(table.xs, table.ys[1:])
    above = grid(table.xs, [header.lines[0].top - 3, header.lines[-1].bottom + 3])
    fill_cells(above, header.page, [w for r in header.lines for w in r.words])
    share_group_headings(above, header.lines, header.page)
    return [body], above
