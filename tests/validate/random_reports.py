"""Audits of random reports as records, each status changed in turn, held against rule arithmetic of another make.

``python -m tests.validate.random_reports --reports 100`` prints how many statuses were accused that can be right, and
how many changes were told of those that no reading of the rule and no value near the figure allows. The rules, their
words and what they could mean come from ``fixtures/generator``, which shares no code with the audit. Ends with 1 if
a status that can be right was accused, or too few changes were told.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from fixtures.generator.scene import Item, Scene, draw_scene
from normalise.records import (
    ExtraValue,
    Measure,
    Report,
    ReportFacts,
    Role,
    SchemeEntry,
    Source,
    SourceFile,
    Value,
)
from tests.validate.from_truth import value
from validate.audit import audit_report, printed_scheme
from validate.cases import case_of
from validate.counts import marks_percentages
from validate.readings import likely_reading
from validate.scheme import Scheme
from validate.verdicts import StatusVerdict, judge

LEAST_TOLD = (
    0.85  # of the changes that can be told; the rest lie in the doubt of a whole kind or a repeated basis
)


@dataclass
class Tally:
    """What came of the reports: accusations of what can be right, and changes told of those that can be."""

    reports: int = 0
    refused: int = 0
    statuses: int = 0
    changes: int = 0
    tellable: int = 0
    told: int = 0
    ruled_out: int = 0
    false: list[str] = field(default_factory=list)
    untold: Counter[str] = field(default_factory=Counter)


def report_of(scene: Scene) -> Report:
    """The scene as a perfect reading of its report would give it."""
    return Report(
        source=SourceFile(file="report.pdf", sha256="0" * 64, pages=3),
        report=ReportFacts(organisation=scene.organisation),
        scheme=tuple(
            SchemeEntry(status=status, text=text, label=status.title(), page=1)
            for status, text in scene.rule.texts
        ),
        measures=tuple(_measure(scene, item, n) for n, item in enumerate(scene.items)),
    )


def _measure(scene: Scene, item: Item, number: int) -> Measure:
    at = Source(page=2, bbox=(40, 20 * number, 550, 20 * number + 18))
    extra = {}
    roles: tuple[tuple[Role, Decimal], ...] = (("floor", item.floor), ("tolerance", item.tolerance))
    for role, amount in roles:
        if scene.rule.family == role:
            extra[role.title()] = ExtraValue(**_value(item, amount, at).model_dump(), role=role)
    return Measure(
        page=2,
        bbox=at.bbox,
        section=item.area,
        code=item.code,
        title=item.title,
        good_is="high" if item.good == "high" else "low",
        actual=_value(item, item.actual, at),
        target=_value(item, item.target, at),
        previous=_value(item, item.previous, at),
        status=item.status,
        extra=extra,
        column_headings={"previous": "Last year" if scene.base == "last_year" else "Previous quarter"},
    )


def _value(item: Item, figure: Decimal, at: Source) -> Value:
    raw = item.kind.value(figure)
    read = value(raw["printed"], at)
    unit = raw["alt"][-1]["unit"] if raw.get("alt") else raw["unit"]
    return read.model_copy(update={"value": Decimal(raw["value"]), "unit": unit})


def audit(seed: int, tally: Tally) -> None:
    """One report: its own statuses, then every other status for every row."""
    scene = draw_scene(Random(f"{seed}-scene"))  # noqa: S311 - test data
    if not scene.rule.computable:
        return
    report = report_of(scene)
    tally.reports += 1
    scheme = printed_scheme(report)
    if scheme is None or not scheme.usable:
        tally.refused += 1
        tally.false += [f"{seed}: refused {scene.rule.texts}"]
        return
    found = audit_report(report, select=["status-contradicted"])
    tally.false += [f"{seed}: {f.message} {f.arithmetic}" for f in found.contradicted]
    for verdict, item, status in _changes(report, scene, scheme):
        standing = item.standing(scene.rule, printed=True)
        can_be = scene.rule.possible(standing, item.kind.half)
        tally.changes += status != item.status
        tally.statuses += status == item.status
        accused = verdict.verdict == "contradicted"
        if status in can_be:
            if not accused or status not in scene.rule.right(standing, item.kind.half):
                continue
            if any("the report cannot mean that" in cause for cause in verdict.causes):
                tally.ruled_out += 1
            else:
                tally.false.append(f"{seed}: {status} for {item.title}: {verdict.arithmetic}")
            continue
        tally.tellable += 1
        tally.told += accused
        if not accused:
            tally.untold[f"{scene.rule.family}: {verdict.verdict}, {verdict.reason[:60]}"] += 1


def _changes(report: Report, scene: Scene, scheme: Scheme) -> Iterator[tuple[StatusVerdict, Item, str]]:
    signs = marks_percentages(report.measures)
    cases = [case_of(m, "status", percent_signs=signs) for m in report.measures]
    for at, item in enumerate(scene.items):
        for status in scene.rule.statuses:
            changed = report.measures[at].model_copy(update={"status": status})
            case = case_of(changed, "status", percent_signs=signs)
            likely = likely_reading(scheme, [*cases[:at], case, *cases[at + 1 :]])
            yield judge(case, scheme, likely), item, status


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--start", type=int, default=65000)
    given = parser.parse_args(arguments)
    tally = Tally()
    for seed in range(given.start, given.start + given.reports):
        audit(seed, tally)
    print(
        f"{tally.reports} reports, {tally.refused} rules refused, {tally.statuses} statuses, "
        f"{tally.changes} changes, told {tally.told} of {tally.tellable} that can be told, "
        f"{len(tally.false)} accused that can be right, {tally.ruled_out} on a basis that the report rules out"
    )
    for line in tally.false[:10]:
        print(f"  {line}", file=sys.stderr)
    for reason, count in tally.untold.most_common(8):
        print(f"  not told {count}: {reason}", file=sys.stderr)
    return 1 if tally.false or tally.told < LEAST_TOLD * tally.tellable else 0


if __name__ == "__main__":
    sys.exit(main())
