"""The audit of one report: its rule read, every status judged, every check run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from normalise.records import Finding, Report
from validate.cases import Case, Row, case_of
from validate.checks import KINDS, Evidence, JudgedStatus, chosen, run_checks
from validate.checks.evidence import STATUS_FIELDS
from validate.checks.pairing import Pair, pair_rows
from validate.counts import marks_percentages
from validate.infer import infer_scheme
from validate.provisos import Provisos
from validate.readings import Likelihood, likely_reading
from validate.rule_reader import read_scheme
from validate.scheme import Reading, Scheme
from validate.verdicts import judge

if TYPE_CHECKING:
    import pandas as pd

LAST = 10**9  # where a finding without a page is sorted


class Audit(Struct, frozen=True):
    """What was found in a report.

    ``report`` has ``findings`` filled; ``verdicts`` holds one entry for every printed status, supported ones
    too; ``scheme`` is the rule as it was read (None: the report prints none); ``likelihood`` counts how many
    statuses each of its readings explains.
    """

    report: Report
    scheme: Scheme | None = None
    verdicts: tuple[JudgedStatus, ...] = ()
    likelihood: Likelihood = field(default_factory=lambda: Likelihood(()))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the order in which they stand in the report."""
        return self.report.findings

    @property
    def contradicted(self) -> tuple[Finding, ...]:
        """The accusations among the findings."""
        return tuple(f for f in self.findings if f.verdict == "contradicted")

    @property
    def likely_reading(self) -> Reading | None:
        """The reading of the rule that explains most of the statuses."""
        return self.likelihood.likely

    @property
    def counts(self) -> Counter[str]:
        """How many statuses have each verdict."""
        return Counter(v.verdict for v in self.verdicts)

    def to_frame(self) -> pd.DataFrame:
        """One row for every finding, in order. Needs pandas, which is imported only here."""
        import pandas as pd

        names = [
            "page",
            "kind",
            "verdict",
            "code",
            "title",
            "field",
            "printed",
            "expected",
            "status",
            "arithmetic",
            "rule",
            "message",
        ]
        rows = [[_flat(f, name) for name in names] for f in self.findings]
        return pd.DataFrame(rows, columns=names)

    def verdicts_frame(self) -> pd.DataFrame:
        """One row for every printed status with its verdict. Needs pandas, which is imported only here."""
        import pandas as pd

        return pd.DataFrame([v.as_row() for v in self.verdicts])


def _flat(finding: Finding, name: str) -> object:
    value = getattr(finding, name)
    return ", ".join(value) if isinstance(value, tuple) else value


def audit_report(
    report: Report,
    *,
    scheme: Scheme | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    infer: bool = False,
) -> Audit:
    """Check a report against its own words. Its records stay as they are; findings it has are replaced.

    ``scheme`` takes the place of the printed rule; ``select`` and ``ignore`` name kinds of findings. With
    ``infer`` a report that prints no rule that can be read is judged by the one that its statuses seem to
    follow; such a rule accuses nobody.
    Raises ``validate.checks.UnknownKind`` for a kind that does not exist.
    """
    checks = chosen(select, ignore)
    rule = scheme if scheme is not None else printed_scheme(report)
    pairs = pair_rows(report.measures, report.improvements)
    cases = tuple(all_cases(report, pairs))
    if infer and (rule is None or not rule.usable):
        found = infer_scheme(cases)
        rule = found.scheme if found else rule
    likelihood = likely_reading(rule, cases) if rule is not None else Likelihood(())
    provisos = Provisos(report, rule)
    judged = tuple(JudgedStatus(c.row, c.field, judge(c, rule, likelihood, provisos=provisos)) for c in cases)
    evidence = Evidence(report, rule, judged, likelihood.line, pairs)
    findings = sorted(run_checks(evidence, checks), key=_order)
    return Audit(report.model_copy(update={"findings": tuple(findings)}), rule, judged, likelihood)


def printed_scheme(report: Report) -> Scheme | None:
    """The report's own rule; None where it prints none."""
    if not report.scheme:
        return None
    return read_scheme(report.scheme, context=rule_context(report))


def rule_context(report: Report) -> str:
    """The text around the rule: the passages on its pages, which may say how its percentages are meant."""
    pages = {entry.page for entry in report.scheme if entry.page is not None}
    return "\n".join(p.text for p in report.passages if p.page in pages)


def all_cases(report: Report, pairs: Iterable[Pair]) -> Iterator[Case]:
    """Every printed status with its figures; an improvement row with the dashboard's row beside it."""
    dashboard = {id(p.improvement): p.measure for p in pairs if p.sure}
    rows: tuple[Row, ...] = (*report.measures, *report.improvements)
    signs = marks_percentages(rows)
    for row in rows:
        for name in STATUS_FIELDS:
            if getattr(row, name) is not None:
                beside = dashboard.get(id(row))
                yield case_of(row, name, beside, percent_signs=signs, quarter=report.report.period.quarter)


def _order(finding: Finding) -> tuple[int, float, float, int, str, str]:
    """Page, then down the page, then across it; the order of the checks breaks ties."""
    page = finding.page if finding.page is not None else LAST
    x0, top = (finding.bbox[0], finding.bbox[1]) if finding.bbox else (0.0, 0.0)
    return page, top, x0, KINDS.index(finding.kind), finding.field or "", finding.code or ""
