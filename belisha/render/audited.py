"""A report with its audit, as the renderers want it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from normalise.records import Report


@dataclass(frozen=True, slots=True)
class Audited:
    """``report`` has its findings filled.

    ``counts``: how many statuses have each verdict. ``reading``: the likely reading of the rule in words.
    """

    report: Report
    counts: tuple[tuple[str, int], ...] = ()
    reading: str = ""

    @staticmethod
    def of(
        report: Report,
        *,
        select: frozenset[str] = frozenset(),
        ignore: frozenset[str] = frozenset(),
        infer: bool = False,
        show_all: bool = False,
    ) -> Audited:
        """Audit a report."""
        from belisha.pipeline import audit

        found = audit(report, select=select, ignore=ignore, infer=infer)
        findings = tuple(found.findings)
        counts = Counter(str(verdict.verdict) for verdict in found.verdicts)
        return Audited(
            report.model_copy(update={"findings": findings}),
            tuple(counts.items()),
            str(found.likely_reading or ""),
        )


def kinds(words: Iterable[str]) -> frozenset[str]:
    """The kinds named in --select or --ignore: commas or repeated options."""
    return frozenset(kind.strip() for word in words for kind in word.split(",") if kind.strip())
