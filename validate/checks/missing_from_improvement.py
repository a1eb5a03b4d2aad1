"""A measure that meets the printed rule for inclusion but is not in the improvement report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalise.recognised import is_doubted
from normalise.records import Finding, Improvement, Measure, Verdict
from validate.checks import causes
from validate.checks.check import Check
from validate.checks.evidence import Evidence, name_of, place
from validate.checks.pairing import NEARLY_ALIKE, likeness, perhaps_among, title_key
from validate.inclusion import InclusionRule

TEXTS = ("title", "directorate", "performance", "context", "actions", "intervention")
SHORT_TITLE = 12  # letters; a shorter title may stand anywhere by chance


class MissingFromImprovement(Check):
    kind = "missing-from-improvement"
    title = "A measure should be in the improvement report and is not"
    fields = ("improvement",)
    accuses = True
    compares = (
        "The rule for inclusion that the report prints (“measures rated Red are explained at Appendix B”) "
        "with the rows of its improvement report."
    )
    matters = (
        "The improvement report is where poor performance is owned up to; what is left out is not discussed."
    )
    silent = (
        "No rule is printed, or one of its words is not understood (“may”, “selected”, “deteriorating”); no "
        "improvement report was read; a row might be this measure under another name; in a scan, the name or the "
        "status of the measure is in doubt, or a row's name fits no measure for sure. Where pages were not "
        "read, or most of the measures that the rule asks for are missing, it is told but not held against "
        "the report: then the rule is probably not what it seems."
    )
    example = (
        "A measure printed Red, in a report that explains all Red measures in an appendix, without a row "
        "there."
    )

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        report = evidence.report
        if not report.improvements or _some_name_unsure(evidence):
            return
        told: set[int] = set()
        for rule in evidence.inclusion_rules:
            wanted = [m for m in report.measures if rule.asks_for(m.status, m.forecast_status)]
            missing = [m for m in wanted if not perhaps_among(m, report.improvements)]
            doubt = self._doubt(evidence, rule, len(wanted), len(missing))
            if doubt is None:
                continue
            for measure in missing:
                if id(measure) not in told and not _is_unsure(measure):
                    told.add(id(measure))
                    yield self._finding(evidence, rule, measure, doubt)

    def _doubt(self, evidence: Evidence, rule: InclusionRule, wanted: int, missing: int) -> str | None:
        """Why nothing is held against the report; "" where it is, None where the rule is of no use."""
        report = evidence.report
        included = {id(p.measure) for p in evidence.pairs}
        if rule.heading:
            inside = [p.measure for p in evidence.pairs]
            if not inside or not all(rule.asks_for(m.status, m.forecast_status) for m in inside):
                return None
            if missing * 4 > wanted:
                return None
        if missing * 2 > wanted:
            return "Most measures that the rule asks for are missing, so it may not mean what it seems to."
        if len(included) < len(report.improvements) / 2:
            return "Most rows of the improvement report match no row of the dashboard."
        if any(is_stray(row, report.measures) for row in report.improvements):
            return "A row of the improvement report matches no measure, and may be this one."
        if any(u.bbox is None for u in report.unread):
            return "Some pages could not be read."
        return ""

    def _finding(self, evidence: Evidence, rule: InclusionRule, measure: Measure, doubt: str) -> Finding:
        if not doubt and seen_elsewhere(evidence, measure):
            doubt = "Its name stands in the text there, so its row may have been lost in another one."
        verdict: Verdict = "depends" if doubt else "contradicted"
        spot = place(measure, "status" if measure.status in rule.now else "forecast_status")[0]
        why = rule.met_by(measure.status, measure.forecast_status)
        return Finding(
            kind=self.kind,
            verdict=verdict,
            page=spot.page,
            bbox=spot.bbox,
            code=measure.code,
            title=measure.title,
            field="improvement",
            printed=None,
            expected=("in the improvement report",),
            arithmetic=f"{why}; none of the {len(evidence.report.improvements)} rows is this measure",
            rule=rule.text,
            message=f"{name_of(measure)} is {why} but has no row in the improvement report."
            + (f" {doubt}" if doubt else ""),
            causes=(
                causes.reading_of((measure, ("status", "forecast_status", "code"))),
                causes.rule_of("every word of it was understood."),
                doubt or causes.REPORT,
            ),
            sources=(rule.source,),
        )


def _is_unsure(measure: Measure) -> bool:
    """Was the name or the status of a measure recognised in a picture, and is it in doubt?"""
    return any(is_doubted(measure.signals.get(name, ())) for name in ("title", "status", "forecast_status"))


def _some_name_unsure(evidence: Evidence) -> bool:
    """Is there an improvement row from a picture whose code and title do not both lead to one measure?

    A code that was misread may be that of any measure.
    """
    sure = {
        id(p.improvement)
        for p in evidence.pairs
        if likeness(p.measure.title, p.improvement.title, NEARLY_ALIKE) >= NEARLY_ALIKE
    }
    return any(row.signals.get("title") and id(row) not in sure for row in evidence.report.improvements)


def is_stray(row: Improvement, measures: Sequence[Measure]) -> bool:
    """Is this a row that has lost its name: no code, where the dashboard has codes, or a title like no other?"""
    return row.code is None and not perhaps_among(row, measures)


def seen_elsewhere(evidence: Evidence, measure: Measure) -> bool:
    """Does its code or title stand in the texts of the improvement rows, or unread on their pages?

    Then its row may have been lost in another one.
    """
    rows = evidence.report.improvements
    pages = {page for row in rows for page in row.pages}
    texts = [getattr(row, name) or "" for row in rows for name in TEXTS]
    texts += [value.printed for row in rows for value in row.extra.values()]
    texts += [unread.text for unread in evidence.report.unread if unread.page in pages]
    code = re.compile(rf"(?<!\w){_spaced(measure.code)}(?!\w)", re.I) if measure.code else None
    title = title_key(measure.title)
    return any(
        (code and code.search(text)) or (len(title) > SHORT_TITLE and title in title_key(text))
        for text in texts
        if text
    )


def _spaced(code: str) -> str:
    """A pattern for the code with or without its spaces."""
    return r"\s*".join(re.escape(c) for c in code if not c.isspace())
