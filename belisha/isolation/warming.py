"""What every reading needs first, done once in the process whose children read: modules, word lists, patterns.

A child begins with all that its parent has. What it loads itself is lost with it, so the parent of many loads it before:
by reading and auditing a table that is made up here, and lies in no file.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.cells import Document

_HEADINGS = (
    "Ref",
    "Measure",
    "Good is",
    "Q2 2012/13 Actual",
    "Q2 Target",
    "Status",
    "DoT",
    "Year-end forecast",
    "Comment",
)
_ROWS = (
    ("HS 01", "Repairs done at the first visit", "High", "91.5%", "90%", "Green", "↑", "92%", "On course."),
    (
        "HS 02",
        "Days lost to sickness for each employee",
        "Low",
        "9.4",
        "9",
        "Amber",
        "↓",
        "9",
        "Above the target.",
    ),
    ("HS 03", "Rent collected", "High", "£1.2m", "£1.4m", "Green", "↔", "N/A", "Still £200k behind."),
)
_TEXTS = (
    "Anytown Borough Council",
    "Performance report, quarter 2 2012/13",
    "Green: on or better than target",
    "Amber: within 5% of target",
    "Red: more than 5% worse than target",
    "Of the 3 measures 2 are green and 1 is amber. Targets may be changed by the committee.",
)
_LEFT, _WIDTH, _HEIGHT = 40.0, 80.0, 30.0  # points: where text and table begin, and the size of a cell


@cache
def warm_up(audit: bool) -> None:
    """Load and compile what reading takes, and the audit where one is wanted; only the first call does anything."""
    import pdfplumber.table  # noqa: F401 - loaded for the children to come

    from normalise.reading import read_report

    report = read_report(made_up(), "made up", "")
    if audit:
        from validate.audit import audit_report

        audit_report(report)


def made_up() -> Document:
    """A page with a rule and a table of three measures, one of which has the wrong status."""
    from extract.cells import Box, Cell, Document, Line, Page, Row, Table, boxes_of

    def line(text: str, x: float, y: float) -> Line:
        return Line(text, Box.kept(1, x, y, x + 5.0 * len(text), y + 10.0), 10.0)

    top = 20.0 * len(_TEXTS) + _LEFT
    rows = []
    for r, texts in enumerate((_HEADINGS, *_ROWS)):
        cells = []
        for c, text in enumerate(texts):
            x, y = _LEFT + c * _WIDTH, top + r * _HEIGHT
            cells.append(
                Cell((line(text, x + 2, y + 2),), (Box.kept(1, x, y, x + _WIDTH, y + _HEIGHT),), r, c)
            )
        rows.append(Row(tuple(cells), boxes_of(cells)))
    columns = tuple((_LEFT + c * _WIDTH, _LEFT + (c + 1) * _WIDTH) for c in range(len(_HEADINGS)))
    table = Table(tuple(rows), boxes_of(cell for row in rows for cell in row.cells), columns, header_rows=1)
    lines = tuple(line(text, _LEFT, _LEFT + 20.0 * k) for k, text in enumerate(_TEXTS))
    return Document((Page(1, 842.0, 595.0, lines, has_table=True),), (table,), 1)
