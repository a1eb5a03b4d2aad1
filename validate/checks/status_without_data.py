"""A status beside words that say there is nothing to rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from normalise.records import Finding, Improvement, Measure, Value
from normalise.statuses import is_rated
from validate.checks import causes
from validate.checks.check import Check
from validate.checks.evidence import Evidence, name_of, place
from validate.words import data_of, one_of_patterns


@cache
def _words(name: str) -> re.Pattern[str]:
    return one_of_patterns(data_of("no_data")[name])


class StatusWithoutData(Check):
    kind = "status-without-data"
    title = "A status is printed although there is no figure to rate"
    fields = ("status",)
    accuses = False
    compares = (
        "The printed status with the row's figure, and with what the improvement report says about the data."
    )
    matters = "A light without a figure rests on a judgement that nobody can check."
    silent = (
        "The status is no judgement (Annual, N/A); the table has no column for figures and no text says that "
        "data are missing."
    )
    example = (
        "Red in the dashboard; the improvement report says that the quarter's data will come in three weeks."
    )

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        told: set[int] = set()
        for pair in evidence.pairs:
            quote = self._said(pair.improvement)
            if pair.improvement.actual and pair.improvement.actual.value is not None:
                continue
            if (
                quote
                and pair.measure.status
                and is_rated(pair.measure.status)
                and self._no_figure(pair.measure.actual)
            ):
                told.add(id(pair.measure))
                yield self._finding(pair.measure, pair.improvement, quote)
        for measure in evidence.report.measures:
            if id(measure) in told or measure.status is None or not is_rated(measure.status):
                continue
            printed = measure.actual.printed if measure.actual else measure.printed.get("actual", "")
            if (
                printed
                and self._no_figure(measure.actual)
                and (_words("cell").fullmatch(printed.strip()) or _words("sentence").search(printed))
            ):
                yield self._finding(measure, None, printed)

    @staticmethod
    def _no_figure(value: Value | None) -> bool:
        return value is None or value.value is None

    @staticmethod
    def _said(row: Improvement) -> str:
        """The words that say there are no data, from the performance cell first."""
        texts = [
            row.performance,
            row.actual.printed if row.actual else None,
            row.printed.get("actual"),
            row.context,
        ]
        for text in texts:
            match = _words("sentence").search(text or "")
            if text and match:
                start = max(text.rfind(mark, 0, match.start()) for mark in (". ", "• ", "; ")) + 1
                end = min(
                    (i for i in (text.find(mark, match.end()) for mark in (". ", "• ", "; ")) if i > 0),
                    default=len(text),
                )
                return text[start:end].strip(" •.;")
        return ""

    def _finding(self, measure: Measure, row: Improvement | None, quote: str) -> Finding:
        spot = place(measure, "status")[0]
        where = "the improvement report says" if row else "its figure reads"
        sources = place(row, "performance", "actual", "context") if row else place(measure, "actual")
        return Finding(
            kind=self.kind,
            verdict="note",
            page=spot.page,
            bbox=spot.bbox,
            code=measure.code,
            title=measure.title,
            field="status",
            printed=measure.status,
            arithmetic=f"{where}: {quote}",
            message=f"{name_of(measure)} is printed {measure.status}, but {where} “{quote}”.",
            causes=(
                causes.reading_of((measure, ("status", "actual"))),
                causes.rule_of("a status may also be given for words or by judgement."),
            ),
            sources=sources,
        )
