"""Reports as pandas frames, wide (one row a measure) and long (one row a field). pandas is imported late.

Types are nullable: "string", "Int64", "boolean"; figures stay ``Decimal`` unless floats are asked for.
Statuses and verdicts are categories in order of merit, the best first; statuses that are no judgement come
last. So sorting by status puts the best on top, and ``frame.status > "green"`` means worse than green.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from normalise.records import VALUE_FIELDS, Report, measure_row
from normalise.tidy import COLUMNS, tidy_rows
from normalise.vocabulary import load

if TYPE_CHECKING:
    import pandas as pd

Shape = Literal["wide", "long"]
MERIT = ("blue", "gold", "green", "amber_green", "yellow", "amber", "orange", "amber_red", "red", "black")
VERDICTS = ("supported", "note", "unverifiable", "depends", "borderline", "contradicted")
WIDE = (
    *("page", "section", "code", "other_codes", "former_codes", "title", "good_is", "status"),
    *("forecast_status", "direction", "in_portfolio", "note"),
    *(f"{name}{end}" for name in VALUE_FIELDS for end in ("", "_printed", "_unit", "_qualifier")),
)


def frame_of(reports: Sequence[Report], *, shape: Shape = "wide", floats: bool = False) -> pd.DataFrame:
    """Reports as one frame. ``floats``: figures as Float64 rather than Decimal.

    Wide has the columns of ``measure_row`` after "report", "organisation" and "period" where there are several
    reports; long has those of the CSV. A report without rows gives the columns all the same.
    """
    import pandas as pd

    order = [e.status for report in reports for e in report.scheme]
    if shape == "long":
        rows: list[dict[str, Any]] = [dict(row) for report in reports for row in tidy_rows(report)]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        figures: tuple[str, ...] = ("value",)
    else:
        rows = [{**_origin(r, len(reports) > 1), **measure_row(m)} for r in reports for m in r.measures]
        head = ("report", "organisation") if len(reports) > 1 else ()
        frame = pd.DataFrame(rows, columns=[*head, *WIDE])
        figures = VALUE_FIELDS
    return _typed(frame, figures, order, floats=floats)


def _origin(report: Report, several: bool) -> dict[str, Any]:
    if not several:
        return {}
    return {"report": report.source.file, "organisation": report.report.organisation}


def _typed(
    frame: pd.DataFrame, figures: Iterable[str], order: Sequence[str], *, floats: bool
) -> pd.DataFrame:
    import pandas as pd

    wanted = set(figures)
    for name in frame.columns:
        column = frame[name]
        if name in wanted:
            frame[name] = (
                pd.array([None if x is None else float(x) for x in column], dtype="Float64")
                if floats
                else column.astype(object)
            )
        elif name == "page":
            frame[name] = column.astype("Int64")
        elif name == "in_portfolio":
            frame[name] = column.astype("boolean")
        elif name in {"status", "forecast_status"}:
            frame[name] = pd.Categorical(
                column, categories=in_merit([*order, *column.dropna()]), ordered=True
            )
        elif name == "verdict":
            frame[name] = pd.Categorical(column, categories=list(VERDICTS), ordered=True)
        else:
            frame[name] = column.astype("string")
    return frame


def in_merit(statuses: Iterable[str]) -> list[str]:
    """Statuses in order of merit, best first: colours by convention, other words in the order of the report's
    own rule (good ones first), and last those that are no judgement."""
    words = load().statuses
    found = list(dict.fromkeys(statuses))

    def rank(status: str) -> tuple[int, int, int]:
        if status in words.unrated:
            return 2, 0, found.index(status)
        if status in MERIT:
            return 1, MERIT.index(status), 0
        return (0 if status in words.good else 1), len(MERIT), found.index(status)

    return sorted(found, key=rank)
