"""What a page leaves open at its foot: a table that may go on at the top of the next page, or headings alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.aligned.alignment import WIDE_RULE, rivers, wide_rules
from extract.aligned.chunks import TIGHT_GAP, TextRow, columns_of_row
from extract.aligned.grid_building import (
    MIN_COLUMNS,
    Region,
    build,
    cuts_words,
    grid,
    is_cut,
    row_edges,
    with_marks,
)
from extract.aligned.group_headings import share_group_headings
from extract.aligned.table_end import LARGER, before_other, fits, until_it_ends
from extract.breaks.rests import closed_at, is_in_columns, is_rest, keeps_behind, name_alone
from extract.page.parts import RawPage, TextItem
from extract.ruled import GridTable, fill_cells

SAME_PLACE = 3.0  # points
LEVEL_GAP = 3.0  # font sizes from a line of headings to what stands below it
TOP_LINES = 3  # lines at a page's top among which the rest of a row begins, below a running header


class OpenHeader(Struct, frozen=True):
    """Headings that stand alone at a page's foot: their rows begin on the next page.

    In ``lines`` those set on their side are laid level; ``words`` are as the page has them.
    """

    lines: tuple[TextRow, ...]
    page: RawPage
    words: tuple[TextItem, ...]

    @staticmethod
    def of(lines: Sequence[TextRow], page: RawPage, words: Iterable[TextItem]) -> OpenHeader:
        """The headings in these lines, whose words are among those of the page."""
        top, bottom = _extent(lines)
        return OpenHeader(tuple(lines), page, tuple(w for w in words if top <= w.top and w.bottom <= bottom))

    @property
    def extent(self) -> list[float]:
        """From above the first line to below the last."""
        return _extent(self.lines)


def _extent(lines: Sequence[TextRow]) -> list[float]:
    return [lines[0].top - 3, lines[-1].bottom + 3]


class Known(Struct, frozen=True):
    """Headings, the lines below them, and the column edges found, that tell of other tables with the same headings."""

    header: tuple[TextRow, ...]
    body: tuple[TextRow, ...]
    edges: tuple[float, ...] = ()


class Carried(Struct, frozen=True):
    """What the page before left open: column edges of a table that reaches its foot, or headings without rows.

    ``cut`` tells that the table's last row goes on, ``nameless`` that it lacks the name that every other row begins
    with. ``tables``: the lines of the page's tables without rules.
    """

    edges: tuple[float, ...] = ()
    ruled: bool = False
    cut: bool = False
    tables: tuple[Known, ...] = ()
    header: OpenHeader | None = None
    nameless: bool = False


NOTHING_CARRIED = Carried()


def lines_like(header: Sequence[TextRow], known: Sequence[Known]) -> list[TextRow]:
    """The body lines of other tables whose headings stand at the same places: few rows tell little about columns."""
    return [row for k in _alike(header, known) for row in k.body]


def edges_like(header: Sequence[TextRow], known: Sequence[Known]) -> Sequence[float]:
    """The most column edges that were found below headings at the same places."""
    return max((k.edges for k in _alike(header, known)), key=len, default=())


def _alike(header: Sequence[TextRow], known: Sequence[Known]) -> list[Known]:
    own = _places(header)
    return [k for k in known if k.header and k.header[0] is not header[0] and _same(_places(k.header), own)]


def _places(header: Sequence[TextRow]) -> list[tuple[str, float]]:
    return sorted((w.text.strip(), w.x0) for r in header for w in r.words)


def _same(a: Sequence[tuple[str, float]], b: Sequence[tuple[str, float]]) -> bool:
    return len(a) == len(b) and all(
        x[0] == y[0] and abs(x[1] - y[1]) < SAME_PLACE for x, y in zip(a, b, strict=True)
    )


def carry_on(page: RawPage, rows: Sequence[TextRow], carried: Carried) -> GridTable | None:
    """The rows at the top of a page that go on in the columns of the table before."""
    edges = _adjusted(carried.edges, rows)
    enough = max(2, len(edges) // 2)
    with_signs = list(zip(rows, with_marks(page, rows), strict=True))  # a column may hold signs only
    start = next(
        (
            k
            for k, (r, marked) in enumerate(with_signs)
            if _fills(r, edges, enough) or _fills(marked, edges, enough)
        ),
        None,
    )
    if start is None and carried.nameless and (name := name_alone(page, rows, edges)):
        return grid(edges, [name[0].top - 3, name[-1].bottom + 3])
    closed = closed_at(page, edges) if start is None else None
    if carried.cut:
        rest = next(
            (k for k, r in enumerate(rows) if fits(r, edges) and columns_of_row(r, edges) - {0}), None
        )
        start = rest if start is None or rest is None else min(start, rest)
    rest_alone = start is None or closed is not None
    if start is None:
        begun = [run[0].x0 for k in carried.tables for r in k.body for run in r.chunks(TIGHT_GAP)]
        start = next(
            (
                k
                for k, r in enumerate(rows[:TOP_LINES])
                if is_rest(r, edges, begun) or (closed and r.base < closed and keeps_behind(r, edges))
            ),
            None,
        )
    if start is None:
        return None
    start = _first_of(rows, start, edges[0], edges)
    if rows[start].base > 0.3 * page.height:
        return None
    while start > 0 and fits(rows[start - 1], edges) and _on_band(page, rows[start - 1], edges):
        start -= 1
    header = TextRow(rows[start].words[:1])
    body = until_it_ends(page, [header], before_other(rows[start:]), edges, known=rest_alone)
    body = _before_heading(body, edges, enough)
    if not body:
        return None
    ys = row_edges(page, [], body, edges, body[0].top - 3, body[0].top - 3)
    if carried.cut and (above := _strip_of_signs(page, edges, body[0])):
        ys = [*above, *ys[1:]]
    table = grid(edges, ys)
    table.cut_below = is_cut(page, body[-1], body[0].top, edges)
    return table


def _before_heading(body: list[TextRow], edges: Sequence[float], enough: int) -> list[TextRow]:
    """The lines before a larger bold one, if none after it fills the columns as a row would."""
    for k, row in enumerate(body[1:], 1):
        larger = row.bold and row.size > LARGER * body[0].size and len(row.chunks()) == 1
        if larger and not any(_fills(r, edges, enough) for r in body[k + 1 :]):
            return body[:k]
    return body


def _strip_of_signs(page: RawPage, edges: Sequence[float], first: TextRow) -> tuple[float, ...]:
    """The upper and lower edge of a strip that holds nothing but signs, ruled off from the first line below it."""
    signs = [
        s
        for s in page.shapes
        if edges[0] < s.x0 and s.x1 < edges[-1] and s.bottom <= first.top + 1 < s.bottom + 3 * first.size
    ]
    if not signs:
        return ()
    top, bottom = min(s.top for s in signs) - 1, max(s.bottom for s in signs)
    below = wide_rules(page, bottom - 1, first.base, edges[0], edges[-1])
    return (top, below[0]) if below else ()


def _fills(row: TextRow, edges: Sequence[float], enough: int) -> bool:
    return is_in_columns(row, edges) and len(columns_of_row(row, edges)) >= enough


def _first_of(rows: Sequence[TextRow], start: int, left: float, edges: Sequence[float] = ()) -> int:
    """The first line of the row that line ``start`` is part of, or of the section's name above it.

    First lines that only hold the rest of one cell are part of the row above the break; a bold one at the
    table's left edge names a section, and may run across columns.
    """
    below_section = False
    while start > 0:
        before, gap = rows[start - 1], rows[start].base - rows[start - 1].base
        section = before.bold and abs(before.words[0].x0 - left) < 8 and gap < 3 * before.size
        inside = not edges or fits(before, edges)
        below = (w.x0 for r in rows[start : start + 8] for w in r.words)
        aligned = any(abs(before.words[0].x0 - x) < SAME_PLACE for x in below)
        near = 3.0 if below_section else 2.5 if aligned and edges else 1.5
        if not section and (not inside or gap >= near * before.size):
            break
        below_section = section
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
    lower = _lower_headings(rows[:start], header, rows[start])
    down = (lower[0] if lower else rows[start]).top - 2 - header.lines[-1].bottom
    lowered = [
        TextRow([replace(w, top=w.top + down, bottom=w.bottom + down, base=w.base + down) for w in r.words])
        for r in header.lines
    ]
    table = build(page, Region([*lowered, *lower], list(rows[start:])))
    if table is None:
        return [], None
    body = grid(table.xs, [lower[0].top - 3, *table.ys[1:]] if lower else table.ys[1:])
    above = grid(table.xs, header.extent)
    fill_cells(above, header.page, header.words)
    share_group_headings(above, header.lines, header.page)
    return [body], above


def _lower_headings(above: Sequence[TextRow], header: OpenHeader, below: TextRow) -> list[TextRow]:
    """The lower level of headings that the page break parted from the upper one: bold lines of several texts.

    They stand close above the first row ``below``, and none under the first heading, where a running header begins.
    """
    first = header.lines[0].chunks()[0][-1].x1
    lines: list[TextRow] = []
    for row in reversed(above):
        gap = (lines[0] if lines else below).base - row.base
        if not row.bold or row.words[0].x0 < first or gap > LEVEL_GAP * row.size:
            break
        lines.insert(0, row)
    bold = all(r.bold for r in header.lines)
    return lines if bold and any(len(r.chunks()) > 1 for r in lines) else []
