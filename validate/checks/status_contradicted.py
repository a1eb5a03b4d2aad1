"""Each printed status against the report's own rule."""

from __future__ import annotations

from collections.abc import Iterator

from normalise.records import Finding
from validate.checks import causes
from validate.checks.check import Check
from validate.checks.evidence import STATUS_FIELDS, Evidence, JudgedStatus, name_of, place

_FIGURES = {"status": ("actual", "target"), "forecast_status": ("forecast", "year_end_target", "target")}
QUIET = ("borderline", "depends", "note")


class StatusContradicted(Check):
    kind = "status-contradicted"
    title = "A status does not follow from the printed rule"
    fields = STATUS_FIELDS
    accuses = True
    compares = (
        "Each printed status and forecast status, in both tables, with what the report's own rule gives for "
        "the printed figure and target. Every value that rounds to the printed figure is tried, and every "
        "way in which the rule can be read."
    )
    matters = "A wrong light hides a missed target, or raises an alarm where none is due."
    silent = (
        "The figure, the target or which way is good is not printed; the status judges nothing (Annual, "
        "N/A); the rule is not printed or could not be read. Where only rounding or another reading of the "
        "rule saves the status, the finding says “borderline” or “depends” and accuses nobody."
    )
    example = (
        "89.3% against 99.5%, high is good, printed Amber under a rule by which more than 7.5% worse is Red."
    )

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        for judged in evidence.judged:
            if judged.verdict == "contradicted" or judged.verdict in QUIET:
                yield self._finding(evidence, judged)

    def _finding(self, evidence: Evidence, judged: JudgedStatus) -> Finding:
        row, found = judged.row, judged.found
        spot = place(row, judged.field)[0]
        scheme = evidence.scheme
        sources = [s for name in _FIGURES[judged.field] if getattr(row, name, None) for s in place(row, name)]
        return Finding(
            kind=self.kind,
            verdict=found.verdict,
            page=spot.page,
            bbox=spot.bbox,
            code=row.code,
            title=row.title,
            field=judged.field,
            printed=found.printed,
            expected=found.expected,
            arithmetic=found.arithmetic,
            rule=scheme.rule if scheme else found.rule,
            message=f"{name_of(row)}: {found.message}",
            causes=found.causes or _causes(judged),
            sources=(*dict.fromkeys(sources), *evidence.rule_sources),
        )


def _causes(judged: JudgedStatus) -> tuple[str, ...]:
    """What explains a status that accuses nobody."""
    found = judged.found
    doubt = causes.reading_of((judged.row, (judged.field, *_FIGURES[judged.field])))
    reading = causes.rule_of(f"read as “{found.reading}”.") if found.reading else causes.rule_of("not read.")
    return doubt, reading, found.reason[:1].upper() + found.reason[1:] + "."
