"""A measure in the improvement report that does not meet the printed rule for inclusion."""

from __future__ import annotations

from collections.abc import Iterator

from normalise.records import Finding
from validate.checks import causes
from validate.checks.check import Check
from validate.checks.evidence import Evidence, name_of, place
from validate.words import status_in_words


class IncludedWithoutCause(Check):
    kind = "included-without-cause"
    title = "A measure is in the improvement report without meeting its rule"
    fields = ("improvement",)
    accuses = False
    compares = (
        "The statuses of each row of the improvement report with the rules for inclusion that the report "
        "prints."
    )
    matters = (
        "It often shows that a status was changed after the improvement report was written, or that two rules"
        " are in use."
    )
    silent = "No rule is printed or understood; the statuses are not printed; the row meets any of the rules."
    example = (
        "A measure that is amber now and forecast to be green, in a table of measures that are red now or "
        "forecast red or amber."
    )

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        rules = evidence.inclusion_rules
        firm = [r for r in rules if not r.heading] or list(rules)
        if not firm:
            return
        pairs = evidence.pairs
        fitting = 0
        strangers = []
        for pair in pairs:
            rows = (pair.measure, pair.improvement)
            statuses = [(r.status, r.forecast_status) for r in rows]
            # A row may owe its place to a status that only one of the tables prints.
            mixed = [(a.status, b.forecast_status) for a in rows for b in rows]
            if any(r.asks_for(now, later) for r in rules for now, later in (*statuses, *mixed)):
                fitting += 1
            elif all(now is None and later is None for now, later in statuses):
                continue
            else:
                strangers.append(pair)
        if len(strangers) * 2 > fitting + len(strangers):
            return  # so many that the rule must be another
        for pair in strangers:
            measure = pair.measure
            spot = place(pair.improvement, "title", "code")[0]
            parts = []
            if measure.status or pair.improvement.status:
                parts.append(status_in_words(measure.status or pair.improvement.status or ""))
            if measure.forecast_status or pair.improvement.forecast_status:
                later = measure.forecast_status or pair.improvement.forecast_status or ""
                parts.append("forecast " + status_in_words(later))
            what = " and ".join(parts)
            yield Finding(
                kind=self.kind,
                verdict="note",
                page=spot.page,
                bbox=spot.bbox,
                code=pair.improvement.code or measure.code,
                title=pair.improvement.title,
                field="improvement",
                printed="included",
                expected=("not included",),
                arithmetic=what,
                rule=firm[0].text,
                message=(
                    f"{name_of(measure)} is in the improvement report although it is {what}, "
                    "which the printed rule does not ask for."
                ),
                causes=(
                    causes.reading_of((measure, ("status", "forecast_status"))),
                    causes.rule_of("another sentence of the report may put it more widely."),
                ),
                sources=(firm[0].source, *place(measure, "status", "forecast_status")),
            )
