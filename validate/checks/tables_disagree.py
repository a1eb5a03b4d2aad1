"""The dashboard against the improvement report: one measure, two printings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalise.records import Finding, Improvement, Period, Report, Value, Verdict
from normalise.statuses import is_rated
from validate.checks import causes
from validate.checks.check import Check
from validate.checks.evidence import STATUS_FIELDS, Evidence, misread, name_of, place
from validate.checks.figures import agreement, comparable, other_date
from validate.checks.pairing import Pair
from validate.quarters import quarters_in
from validate.words import status_in_words

FIGURES = ("actual", "target", "forecast")
_PERIOD_FIELDS = ("actual", "target", "status")
_NAMES = {
    "actual": "figure",
    "target": "target",
    "forecast": "forecast",
    "status": "status",
    "forecast_status": "forecast status",
}
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_LAST_MONTHS = {1: ("jun",), 2: ("sep",), 3: ("dec",), 4: ("mar",)}


class TablesDisagree(Check):
    kind = "tables-disagree"
    title = "The dashboard and the improvement report differ"
    fields = (*FIGURES, *STATUS_FIELDS)
    accuses = True
    compares = (
        "For each measure that stands in both tables: the figure, target and status of the period, the "
        "forecast and the forecast status. Rows are matched by code, white space ignored and with codes in "
        "brackets and former codes, then by title."
    )
    matters = (
        "Two figures for one thing cannot both be right, and a reader of one table never sees the other."
    )
    silent = (
        "One of the two is not printed or is in words; the figures are equal after rounding (7.52 and 7.5); "
        "the improvement row or the heading over its table speaks of another period; a year-end target stands beside one for the quarter; "
        "the units differ. A word like Annual beside a status is told as a note."
    )
    example = "79% in the dashboard, 82% in the improvement report, both for quarter two."

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        found = list(self._differences(evidence))
        many = {field for field in self.fields if _is_habit(field, found, evidence.pairs)}
        for finding in found:
            habit = finding.verdict == "contradicted" and finding.field in many
            yield _as_habit(finding) if habit else finding

    def _differences(self, evidence: Evidence) -> Iterator[Finding]:
        period = evidence.report.report.period
        for pair in evidence.pairs:
            label = pair.improvement.period_label or heading_over(pair.improvement, evidence.report)
            now = same_period(label, period)
            for field in FIGURES:
                if now or field not in _PERIOD_FIELDS:
                    yield from self._figure(pair, field, period)
            for field in STATUS_FIELDS:
                if now or field not in _PERIOD_FIELDS:
                    yield from self._status(pair, field)

    def _figure(self, pair: Pair, field: str, period: Period) -> Iterator[Finding]:
        mine: Value | None = getattr(pair.measure, field)
        theirs: Value | None = getattr(pair.improvement, field)
        if mine is None or theirs is None or not comparable(mine, theirs):
            return
        if field in _PERIOD_FIELDS and other_span(pair, field, period):
            return
        found = agreement(mine, theirs)
        if found in ("same", "rounding"):
            return
        verdict: Verdict = "contradicted"
        doubt = ""
        if found == "truncation":
            verdict, doubt = "borderline", "One may be the other with its last place cut off."
        elif other_date(mine) != other_date(theirs):
            verdict, doubt = "depends", "One of them names a date of its own."
        elif mine.qualifier != theirs.qualifier:
            doubt = "Only one of them is marked " + str(mine.qualifier or theirs.qualifier) + "."
        arithmetic = f"dashboard {mine.printed}, improvement report {theirs.printed}"
        yield self._finding(pair, field, verdict, mine.printed, theirs.printed, arithmetic, doubt)

    def _status(self, pair: Pair, field: str) -> Iterator[Finding]:
        mine: str | None = getattr(pair.measure, field)
        theirs: str | None = getattr(pair.improvement, field)
        if mine is None or theirs is None or mine == theirs:
            return
        rated = is_rated(mine), is_rated(theirs)
        if not any(rated):
            return
        verdict: Verdict = "contradicted" if all(rated) else "note"
        doubt = "" if all(rated) else "A word that judges nothing stands beside a status."
        if all(rated) and field in _PERIOD_FIELDS and _has_another_figure(pair):
            verdict, doubt = "depends", "The improvement report sets it beside a figure of another time."
        mine, theirs = status_in_words(mine), status_in_words(theirs)
        arithmetic = f"dashboard {mine}, improvement report {theirs}"
        yield self._finding(pair, field, verdict, mine, theirs, arithmetic, doubt)

    def _finding(
        self, pair: Pair, field: str, verdict: Verdict, mine: str, theirs: str, arithmetic: str, doubt: str
    ) -> Finding:
        measure, row = pair.measure, pair.improvement
        if verdict == "contradicted":
            if not pair.sure:
                verdict, doubt = (
                    "depends",
                    "The titles differ so much that the code may belong to another measure.",
                )
            elif misread(measure, field) or misread(row, field):
                verdict, doubt = "unverifiable", "One of the two was not read with certainty."
        spot = place(row, field)[0]
        sentence = (
            f"{name_of(measure)}: the dashboard prints {mine} as its {_NAMES[field]}, "
            f"the improvement report prints {theirs}."
        )
        return Finding(
            kind=self.kind,
            verdict=verdict,
            page=spot.page,
            bbox=spot.bbox,
            code=row.code or measure.code,
            title=row.title,
            field=field,
            printed=theirs,
            expected=(mine,),
            arithmetic=arithmetic,
            message=sentence + (f" {doubt}" if doubt else ""),
            causes=(
                causes.reading_of((measure, (field,)), (row, (field,))),
                f"Same measure: matched by {pair.by}.",
                causes.NO_RULE,
                doubt or causes.REPORT,
            ),
            sources=place(measure, field),
        )


MANY = 3  # so many differences in one field are no slips, if they are most of what can be compared
_HABIT = "So many rows differ in this that the two tables rather speak of two times."


def _is_habit(field: str, found: Sequence[Finding], pairs: Sequence[Pair]) -> bool:
    """Whether most of the measures that both tables show differ in a field."""
    differ = sum(f.field == field and f.verdict == "contradicted" for f in found)
    both = sum(
        getattr(p.measure, field, None) is not None and getattr(p.improvement, field, None) is not None
        for p in pairs
    )
    return differ >= MANY and differ * 2 > both


def _as_habit(finding: Finding) -> Finding:
    changes = {
        "verdict": "depends",
        "message": f"{finding.message} {_HABIT}",
        "causes": (*finding.causes[:-1], _HABIT),
    }
    return finding.model_copy(update=changes)


def _has_another_figure(pair: Pair) -> bool:
    """Whether the improvement row prints a figure, but none that its table calls the period's."""
    row = pair.improvement
    own = (row.actual, row.forecast)
    return not any(own) and any(v.value is not None or _PLAIN.match(v.printed) for v in row.extra.values())


_PLAIN = re.compile(r"[£<>≤≥~]?\s*-?\d[\d,.]*\s*%?$")


def heading_over(row: Improvement, report: Report) -> str | None:
    """The heading that a row's table stands under: the last one above it on its page, else on an earlier page."""
    at = (row.pages[0] if row.pages else 1, row.bbox[1] if row.bbox else 0.0)
    tables = [(t.pages[0], t.bbox[1]) for t in report.tables if t.kind == "improvement"]
    start = max((place for place in tables if place <= at), default=at)
    above = [p for p in report.passages if p.kind == "heading" and (p.page, p.bbox[1]) < start]
    return max(above, key=lambda p: (p.page, p.bbox[1])).text if above else None


def same_period(label: str | None, period: Period) -> bool:
    """Is what an improvement row is headed with the period of the report? No heading counts as yes.

    In a report on quarter two "Q2 2012/13" and "September 2012" are; "Quarter 1" and "August" are not.
    """
    text = (label or "").lower()
    quarters = quarters_in(text)
    if quarters and period.quarter is not None:
        return quarters == {period.quarter}
    months = re.findall(rf"\b({_MONTHS})[a-z]*\b", text)
    if months and period.quarter is not None:
        return months[-1] in _LAST_MONTHS[period.quarter]
    if re.search(r"\b(previous|last|prior|year[ -]end|annual|outturn|full year)\b", text):
        return period.quarter is None
    return True


def other_span(pair: Pair, field: str, period: Period) -> bool:
    """Does the dashboard's column speak of another stretch of time than the improvement row?"""
    heading = pair.measure.column_headings.get(field, "")
    if not same_period(heading, period):
        return True
    by_quarter = bool(quarters_in(pair.improvement.period_label or "")) or field == "target"
    return by_quarter and spans_year(heading)


def spans_year(heading: str) -> bool:
    """Does a column's heading name the whole year ("Year End Target", "2012/13 target"), not the period?"""
    text = heading.lower()
    if re.search(r"\bq(uarter|tr)?\s*[1-4]?\b|\bperiod\b|\bmonth", text):
        return False
    return bool(re.search(r"\b(year|annual|ytd|cumulative|20\d\d)\b|20\d\d\s*[/–-]\s*\d\d", text))
