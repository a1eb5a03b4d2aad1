"""The planned reports as records, without the way through a PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from normalise.records import Measure, Period, Report, ReportFacts, Source, SourceFile, Value
from normalise.values import read_value
from tests.history.twelve_quarters import COUNCIL, Drawn, Row, period

BOX = (50.0, 100.0, 400.0, 112.0)
_WAYS = {"▲": "up", "▼": "down"}


def value(text: str) -> Value | None:
    """A VALUE as the reader would make it."""
    parsed = read_value(text)
    if parsed is None:
        return None
    return Value(
        printed=parsed.printed, value=parsed.value, unit=parsed.unit, qualifier=parsed.qualifier,
        resolution=parsed.resolution, source=(Source(page=1, bbox=BOX),),
    )  # fmt: skip


def measure(row: Row, previous_heading: str | None) -> Measure:
    """A row as a record."""
    code, former = row.code, ()
    headings = {"previous": previous_heading} if previous_heading else {}
    return Measure(
        page=1,
        bbox=BOX,
        code=code,
        former_codes=former,
        title=row.title,
        good_is="low" if row.good_is == "Low" else "high",
        actual=value(row.actual),
        target=value(row.target),
        previous=value(row.previous),
        status=row.status.lower(),
        direction=_WAYS.get(row.arrow),  # type: ignore[arg-type]  # the plan knows no other ways
        column_headings=headings,
    )


def report(
    number: int,
    rows: Sequence[Row],
    *,
    council: str | None = COUNCIL,
    file: str | None = None,
    meeting: str | None = None,
) -> Report:
    """A report of the series with these rows."""
    year, quarter = period(number).split()
    heading = "{1} {0}".format(*period(number - 1).split()) if number > 1 else None
    name = file or f"q{number:02d}.pdf"
    return Report(
        source=SourceFile(file=name, sha256=hashlib.sha256(name.encode()).hexdigest(), pages=2),
        report=ReportFacts(
            organisation=council, meeting_date=meeting, period=Period(year=year, quarter=int(quarter[1]))
        ),
        measures=tuple(measure(row, heading) for row in rows),
    )


def as_report(drawn: Drawn) -> Report:
    """A planned report as records."""
    return report(drawn.number, drawn.rows)
