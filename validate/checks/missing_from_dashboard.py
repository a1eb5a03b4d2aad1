"""A measure in the improvement report that the dashboard does not show."""

from __future__ import annotations

from collections.abc import Iterator

from normalise.records import Finding
from validate.checks import causes
from validate.checks.check import Check
from validate.checks.evidence import Evidence, name_of, place
from validate.checks.pairing import perhaps_among

FEW = 2


class MissingFromDashboard(Check):
    kind = "missing-from-dashboard"
    title = "A measure is in the improvement report but not in the dashboard"
    fields = ("dashboard",)
    accuses = False
    compares = "The codes and titles of the improvement report with those of the dashboard."
    matters = "Its status and its earlier figures can be seen nowhere else in the report."
    silent = (
        "The report has no dashboard, or one that shares no measure with the improvement report, or a "
        "dashboard row might be this measure under another name."
    )
    example = "A row for a code that no dashboard row bears."

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        report = evidence.report
        if not report.measures or (len(report.improvements) > FEW and not evidence.pairs):
            return  # two tables that share no measure are about different things, or were misread
        for row in report.improvements:
            if perhaps_among(row, report.measures):
                continue
            spot = place(row, "code", "title")[0]
            yield Finding(
                kind=self.kind,
                verdict="note",
                page=spot.page,
                bbox=spot.bbox,
                code=row.code,
                title=row.title,
                field="dashboard",
                printed="present",
                expected=("in the dashboard",),
                arithmetic=f"none of the {len(report.measures)} dashboard rows has this code or title",
                message=f"{name_of(row)} is in the improvement report but has no row in the dashboard.",
                causes=(causes.reading_of((row, ("code", "title"))), causes.NO_RULE),
            )
