"""Whole rules as bodies word them, each with rows whose statuses a careful reader has worked out.

``data/judged_wordings.json``: ``words`` by status, what stands ``beside`` the rule, ``rows`` with the statuses that each
``may be`` given (several where words or rounding leave it open), and how many answers the audit leaves ``untold``.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from normalise.cellreading import as_value
from normalise.records import (
    ExtraValue,
    Measure,
    Passage,
    Report,
    Role,
    SchemeEntry,
    Source,
    SourceFile,
    Value,
)
from normalise.values import read_value
from validate.audit import audit_report

RULES = json.loads((Path(__file__).parent / "data" / "judged_wordings.json").read_text(encoding="utf-8"))
ROLES: dict[str, tuple[str, Role]] = {
    "last year": ("Same period last year", "last_year"),
    "floor": ("Intervention level", "floor"),
    "tolerance": ("Tolerance", "tolerance"),
}
AT = Source(page=1, bbox=(0, 0, 1, 1))


def figure(printed: str | None) -> Value | None:
    return as_value(read_value(printed), (AT,)) if printed else None


def beside(printed: str, role: Role) -> ExtraValue:
    read = figure(printed)
    assert read is not None
    return ExtraValue(**read.model_dump(), role=role)


def title_of(row: dict[str, Any]) -> str:
    printed = row["figure"] + row["target"]
    for sign, title in (
        ("%", "Calls answered in time"),
        ("day", "Average time to let a home"),
        ("£", "Cost of a collection"),
    ):
        if sign in printed:
            return title
    return "Visits per 1,000 population"


def measure(number: int, row: dict[str, Any], status: str | None) -> Measure:
    extra = {heading: beside(row[name], role) for name, (heading, role) in ROLES.items() if name in row}
    extra |= {heading: beside(printed, "benchmark") for heading, printed in row.get("others", {}).items()}
    return Measure(
        page=1,
        bbox=(40, 20 * number, 550, 20 * number + 18),
        code=f"A{number}",
        title=row.get("title") or title_of(row),
        good_is=row.get("good"),
        actual=figure(row["figure"]),
        target=figure(row["target"]),
        previous=figure(row.get("previous")),
        column_headings={"previous": "Previous quarter"},
        status=status,
        extra=extra,
    )


def verdict(rule: dict[str, Any], number: int, status: str) -> str:
    """The verdict on one status among rows that have theirs right, where it can be told."""
    given = [row["may be"][0] if len(row["may be"]) == 1 else None for row in rule["rows"]]
    given[number] = status
    report = Report(
        source=SourceFile(file="report.pdf", sha256="0" * 64, pages=1),
        scheme=tuple(
            SchemeEntry(status=name, text=text, label=name.title(), page=1)
            for name, text in rule["words"].items()
        ),
        measures=tuple(
            measure(i, row, s) for i, (row, s) in enumerate(zip(rule["rows"], given, strict=True))
        ),
        passages=tuple(
            Passage(page=1, bbox=(50, 100 + 20 * i, 500, 115 + 20 * i), text=text)
            for i, text in enumerate(rule.get("beside", []))
        ),
    )
    return next(v.verdict for v in audit_report(report).verdicts if v.row.code == f"A{number}")


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule['id']}: {next(iter(rule['words'].values()))}"[:60]
)
def test_no_status_that_may_be_given_is_accused_and_none_that_may_not_is_supported(
    rule: dict[str, Any],
) -> None:
    found: Counter[str] = Counter()
    for number, row in enumerate(rule["rows"]):
        for status in rule["words"]:
            said = verdict(rule, number, status)
            if status in row["may be"]:
                assert said != "contradicted", (row, status)
                found["told" if said == "supported" or len(row["may be"]) > 1 else "untold"] += 1
            else:
                assert said != "supported", (row, status)
                found["told" if said == "contradicted" else "untold"] += 1
    assert found["untold"] == rule.get("untold", 0)


def test_most_rules_are_told_in_full() -> None:
    assert sum("untold" not in rule for rule in RULES) > 0.7 * len(RULES)
