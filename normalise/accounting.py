"""An account of every word on pages with tables: what is in no record is listed with the reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from extract.cells import Cell, Line, Page
from normalise.cellreading import source, sources
from normalise.passages import PageText
from normalise.records import Improvement, Measure, SchemeEntry, Unread

NO_TABLE = "in a row of figures of which no table was found"
FEWEST_ROWS = 3
FEWEST_PIECES, FEWEST_FIGURES = 3, 2  # of a row
# "95.1%", "£1.2m", "(350)", "12 days". Looser than what is read as a value: here a figure need only be noticed.
_FIGURE = re.compile(r"^[-–−+<>≤≥(£$€~]*\d[\d,.]*\s?(?:%|[a-z]{1,12})?\)?$", re.IGNORECASE)
_WHY = {"heading": "heading outside the tables", "footnote": "footnote", "legend": "legend"}


def left_cells(cells: Iterable[Cell], why: str) -> list[Unread]:
    """Lines and symbols of cells that became no record."""
    out: list[Unread] = []
    for cell in cells:
        out += [left_line(line, why) for line in cell.lines]
        if not cell.lines:
            out += [
                Unread(page=g.box.page, bbox=source(g.box).bbox, text=g.text or (g.shape or "?"), reason=why)
                for g in cell.glyphs
            ]
    return out


def left_line(line: Line, why: str) -> Unread:
    """A line that is in no record."""
    return Unread(page=line.box.page, bbox=source(line.box).bbox, text=line.text, reason=why)


def unused_names(
    headings: Sequence[Sequence[Cell]], records: Iterable[Measure | Improvement]
) -> list[Sequence[Cell]]:
    """The names of sections within tables that none of some records stands under."""
    used = {place for r in records for name in _GROUPS for place in r.sources.get(name, ())}
    return [cells for cells in headings if used.isdisjoint(sources(cells[0]))]


_GROUPS = ("section", "directorate")


def left_text(
    pages: Sequence[Page],
    with_tables: Collection[int],
    texts: Sequence[PageText],
    rules: Sequence[Sequence[SchemeEntry]],
) -> list[Unread]:
    """Text outside the tables of pages that have one, rows of figures of pages that have none, and pages that could
    not be read. ``with_tables`` are the numbers of the pages that have one.
    """
    out = [Unread(page=page.number, reason=page.trouble) for page in pages if page.trouble]
    in_scheme, in_others = (
        {(e.page, e.bbox) for rule in some for e in rule if e.page and e.bbox}
        for some in (rules[:1], rules[1:])
    )
    for text in texts:
        if text.page not in with_tables:
            out += [left_line(line, NO_TABLE) for line in _rows_of_figures(text)]
            continue
        out += [left_line(line, "running header or footer") for line in text.furniture]
        for gathered in text.passages:
            why = _WHY.get(gathered.passage.kind, "text outside the tables")
            if (gathered.passage.page, gathered.passage.bbox) in in_scheme:
                why = "the rating rule (see scheme)"
            elif (gathered.passage.page, gathered.passage.bbox) in in_others:
                why = "another rating rule (see other_schemes)"
            out += [left_line(line, why) for line in gathered.lines]
    return out


def _rows_of_figures(text: PageText) -> list[Line]:
    """The lines of a page that stand in rows of a name and figures side by side, if there are several such rows."""
    rows: list[list[Line]] = []
    lines = (line for gathered in text.passages for line in gathered.lines)
    for line in sorted(lines, key=lambda x: (x.box.bottom, x.box.x0)):
        if rows and line.box.bottom - rows[-1][0].box.bottom < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    found = [row for row in rows if _is_row_of_figures(row)]
    return [line for row in found for line in row] if len(found) >= FEWEST_ROWS else []


def _is_row_of_figures(row: Sequence[Line]) -> bool:
    figures = sum(1 for line in row if _FIGURE.match(line.text.strip()))
    name = min(row, key=lambda line: line.box.x0).text.strip()
    return len(row) >= FEWEST_PIECES and figures >= FEWEST_FIGURES and name[:1].isalpha()


def in_order(entries: Iterable[Unread]) -> tuple[Unread, ...]:
    """By page, then from top to bottom and from left to right."""
    return tuple(
        sorted(entries, key=lambda e: (e.page, e.bbox[1] if e.bbox else 0.0, e.bbox[0] if e.bbox else 0.0))
    )
