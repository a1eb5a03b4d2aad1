"""A report with its audit, as the renderers want it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from normalise.records import Finding, Report

if TYPE_CHECKING:
    from belisha.profile_files import NamedProfile
    from validate.audit import Audit
    from validate.checks import JudgedStatus
    from validate.readings import Score

CHECKED = "status-checked"  # the kind of what ``--all`` adds: statuses of which there is nothing to find


class Audited(Struct, frozen=True):
    """``report`` has its findings filled; ``checked`` holds the statuses of which nothing was found.

    ``counts``: how many statuses have each verdict. ``rule_text`` is the report's rule in its own words,
    ``rule`` how it was taken; ``readings`` pairs how many statuses each way to read it explains with its
    name, the likely one first. ``found`` is the audit itself, for those who want more of it.
    """

    report: Report
    checked: tuple[Finding, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    rule: str = ""
    rule_text: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    found: Audit | None = None

    @staticmethod
    def of(
        report: Report,
        *,
        select: frozenset[str] = frozenset(),
        ignore: frozenset[str] = frozenset(),
        infer: bool = False,
        profile: NamedProfile | None = None,
    ) -> Audited:
        """Audit a report."""
        from belisha.pipeline import audit

        found = audit(report, profile=profile, select=select, ignore=ignore, infer=infer)
        return Audited(
            report=found.report,
            checked=tuple(_checked(found)),
            counts=tuple(found.counts.items()),
            rule=_rule(found),
            rule_text=found.scheme.rule if found.scheme else "",
            readings=tuple((_explained(score), score.reading.name) for score in found.likelihood.scores),
            found=found,
        )

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The verdicts of the findings."""
        return tuple(finding.verdict for finding in self.report.findings)

    def with_all(self) -> Report:
        """The report with every status listed: the findings, then those of which nothing was found."""
        return self.report.model_copy(update={"findings": (*self.report.findings, *self.checked)})


def kinds(words: Iterable[str]) -> frozenset[str]:
    """The kinds named in --select or --ignore: commas or repeated options."""
    return frozenset(kind.strip() for word in words for kind in word.split(",") if kind.strip())


def _checked(found: Audit) -> Iterator[Finding]:
    for judged in found.verdicts:
        if judged.verdict in {"supported", "unverifiable"}:
            yield _finding(judged)


def _finding(judged: JudgedStatus) -> Finding:
    from validate.checks.evidence import place

    spot = place(judged.row, judged.field)[0]
    return Finding(
        kind=CHECKED,
        verdict=judged.verdict,
        page=spot.page,
        bbox=spot.bbox,
        code=judged.row.code,
        title=judged.row.title,
        field=judged.field,
        printed=judged.found.printed,
        expected=judged.found.expected,
        arithmetic=judged.found.arithmetic,
        message=judged.found.reason,
    )


def _rule(found: Audit) -> str:
    """One sentence on the rule that the statuses were held against."""
    scheme = found.scheme
    if scheme is None:
        return "The report prints no rule for its statuses, so none of them could be checked." * bool(
            found.verdicts
        )
    if not scheme.usable:
        return "The report's rule could not be read, so no status could be checked against it."
    origin = {
        "printed": "The report's own rule",
        "profile": "The rule of the profile",
        "inferred": "No rule is printed. One that the statuses seem to follow",
    }[scheme.origin]
    where = f" (page {scheme.page})" if scheme.page else ""
    if not found.likelihood.decided:
        return f"{origin}{where} decides none of the statuses."
    return f"{origin}{where} explains, by how it is read, so many of the statuses that it decides:"


def _explained(score: Score) -> str:
    within = f", {score.borderline} more within rounding" if score.borderline else ""
    return f"{score.explained} of {score.decided}{within}"
