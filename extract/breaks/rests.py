"""What at the top of a page tells that it is the rest of a row whose beginning the page before has."""

from __future__ import annotations

from collections.abc import Sequence

from extract.aligned.chunks import TIGHT_GAP, TextRow, columns_of_row, parts_phrase
from extract.aligned.table_end import fits
from extract.cells import Table
from extract.page.parts import RawPage

SAME_START = 0.8  # points by which lines of one cell begin apart
SAME_EDGE = 3.0  # points by which a drawn line may miss the edge of a column
TOP = 0.5  # share of a page's height in which a row that was torn ends
CLOSE = 1.45  # font sizes between lines of one name
SOME = 3  # entries beside a name


def is_in_columns(row: TextRow, edges: Sequence[float]) -> bool:
    """Does no edge part words that stand as close as those of a sentence?"""
    return fits(row, edges) and not parts_phrase(row, edges)


def is_rest(row: TextRow, edges: Sequence[float], begun: Sequence[float]) -> bool:
    """Does a line go on in cells at the places where texts began on the page before, ``begun``?

    Behind the first cell with a small letter; in the first one, too, where another goes on so ("LPI" over "10a").
    """
    runs = row.chunks(TIGHT_GAP)
    in_first = 0 in columns_of_row(row, edges)
    return (
        any(run[0].text[:1].islower() for run in (runs[1:2] if in_first else runs[:1]))
        and is_in_columns(row, edges)
        and all(any(abs(run[0].x0 - x) < SAME_START for x in begun) for run in runs)
    )


def closed_at(page: RawPage, edges: Sequence[float]) -> float | None:
    """The height of a line near the top that closes a row: drawn in pieces, one below each column."""
    ends: dict[int, set[float]] = {}
    for rule in page.rules:
        if not rule.vertical and rule.at < TOP * page.height:
            ends.setdefault(round(rule.at), set()).update((rule.start, rule.end))
    for at, found in sorted(ends.items()):
        if all(any(abs(x - edge) < SAME_EDGE for x in found) for edge in edges):
            return float(at)
    return None


def keeps_behind(row: TextRow, edges: Sequence[float]) -> bool:
    """Does a line stand in cells behind the first only?"""
    return is_in_columns(row, edges) and bool(columns := columns_of_row(row, edges)) and 0 not in columns


def lacks_name(table: Table) -> bool:
    """Does the last row lack only the text that every other row begins with? It may have gone to the next page."""
    rows = [r for r in table.rows if sum(1 for c in r.cells if c.lines or c.glyphs) >= SOME]
    if len(rows) < SOME or rows[-1] is not table.rows[-1]:
        return False
    return not rows[-1].cells[0].lines and all(r.cells[0].lines for r in rows[:-1])


def name_alone(page: RawPage, rows: Sequence[TextRow], edges: Sequence[float]) -> list[TextRow]:
    """The first lines of a page, close together, that stand in the first column alone."""
    lines: list[TextRow] = []
    for row in rows:
        alone = is_in_columns(row, edges) and columns_of_row(row, edges) == {0}
        if not alone or row.bold or (lines and row.base - lines[-1].base > CLOSE * row.size):
            break
        lines.append(row)
    return lines if lines and lines[0].base < TOP * page.height / 2 else []
