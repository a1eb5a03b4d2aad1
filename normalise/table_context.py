"""What the rows of a table need to know: its columns, the report's statuses, and how codes are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from normalise.codes import CodeStyle, code_style
from normalise.columns import ColumnGuess
from normalise.grid import Grid
from normalise.lights import Lights
from normalise.records import Source
from normalise.vocabulary import Vocabulary

TITLE_FIELDS = ("code", "title", "code_title")
STATUS_FIELDS = ("status", "forecast_status")
NO_STYLE = CodeStyle()


class Context(Struct, frozen=True):
    """What a table's rows need to know of the report.

    ``report_style`` is how the report prints its codes, for tables with too few rows to tell; ``known_codes`` are
    keys of codes that were read elsewhere; ``lit_column`` is the column whose fill is the status, where no column
    prints one; ``arrow_column`` the one whose figures have the direction arrow beside them, where no column is for it;
    ``marked`` the statuses of columns of which each row marks one; ``still`` are shapes that the report's key has stand for no change.
    """

    columns: Sequence[ColumnGuess]
    lights: Lights
    vocabulary: Vocabulary
    section: str | None = None
    section_source: tuple[Source, ...] = ()
    grey_has_meaning: bool = False
    report_style: CodeStyle = NO_STYLE
    known_codes: frozenset[str] = frozenset()
    lit_column: int | None = None
    arrow_column: int | None = None
    still: frozenset[str] = frozenset()
    marked: Mapping[int, str] = field(default_factory=dict)


def has_section_column(context: Context) -> bool:
    """Whether a column of the table names the section of each row."""
    return any(g.field in ("section", "directorate") for g in context.columns)


def table_code_style(grid: Grid, header: tuple[int, int], context: Context) -> CodeStyle:
    """How the table prints its codes, learnt from all its rows, or from the whole report where they are too few."""
    style = code_style(title_texts(grid, header[1], context.columns), vocabulary=context.vocabulary)
    if style.leading is None and style.trailing is None:
        style = context.report_style
    return replace(style, known=context.known_codes)


def title_texts(grid: Grid, start: int, columns: Sequence[ColumnGuess]) -> list[str]:
    """Code and title of each row from ``start`` on, as one text."""
    texts: list[str] = []
    for row in grid.rows[start:]:
        parts = [row.text(k) for k, guess in enumerate(columns) if guess.field in TITLE_FIELDS]
        if any(parts):
            texts.append(" ".join(p for p in parts if p))
    return texts
