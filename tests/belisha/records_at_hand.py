"""A small invented report, for tests of what is written."""

from __future__ import annotations

from decimal import Decimal

from normalise.records import (
    ExtraValue,
    Finding,
    Improvement,
    Measure,
    Period,
    Report,
    ReportFacts,
    Source,
    SourceFile,
    Unread,
    Value,
)

BOX = (10.0, 20.0, 110.5, 40.25)


def value(printed: str, number: str | None, unit: str | None = "percent") -> Value:
    figure = None if number is None else Decimal(number)
    return Value(printed=printed, value=figure, unit=unit, source=(Source(page=3, bbox=BOX),))


def small_report(**changes: object) -> Report:
    """Two measures, one improvement row, one finding on a measure and one on the whole report."""
    report = Report(
        source=SourceFile(file="quarter.pdf", sha256="0" * 64, pages=4),
        report=ReportFacts(
            organisation="Fenwick Borough Council",
            title="Quarterly performance",
            period=Period(year="2019/20", quarter=3),
        ),
        measures=(
            Measure(
                page=3,
                bbox=BOX,
                section="Homes",
                code="H1",
                title="Repairs done on time",
                good_is="high",
                actual=value("-3.2%", "-3.2"),
                target=value("95%", "95"),
                status="red",
                printed={"status": "R"},
                sources={"status": (Source(page=3, bbox=(1, 2, 3, 4)),)},
                extra={"Owner": ExtraValue(printed="=HYPERLINK(1)", role="words")},
            ),
            Measure(page=4, bbox=BOX, title="Bins \x1b[31mmissed", actual=value("New", None, None)),
        ),
        improvements=(
            Improvement(
                pages=(4,), bbox=BOX, directorate="Homes", code="H1", title="Repairs", context="• Hired"
            ),
        ),
        findings=(
            Finding(
                kind="status-contradicted",
                verdict="contradicted",
                page=3,
                bbox=BOX,
                code="H1",
                title="Repairs done on time",
                field="status",
                printed="red",
                expected=("green",),
                arithmetic="-3.2 against 95: 103.4% worse",
                rule="Green: at or above target",
                message="Printed red, but the rule gives green.",
            ),
            Finding(kind="scheme-gap", verdict="note", message="Nothing is said of 0 to 2%."),
        ),
        unread=(Unread(page=4, bbox=BOX, text="stray \u202ewords", reason="outside the table"),),
    )
    return report.model_copy(update=dict(changes))
