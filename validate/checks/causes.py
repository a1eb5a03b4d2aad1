"""What a finding says about each of the usual causes: which could be ruled out, and how."""

from __future__ import annotations

from collections.abc import Iterable

from validate.cases import Row
from validate.checks.evidence import weak_signals


def reading_of(*rows_and_fields: tuple[Row, Iterable[str]]) -> str:
    """Cause 1: did we misread the page?"""
    signals: list[str] = []
    for row, fields in rows_and_fields:
        signals.extend(weak_signals(row, *fields))
    if signals:
        return (
            "Misreading: not ruled out; "
            + ", ".join(s.replace("_", " ") for s in dict.fromkeys(signals))
            + "."
        )
    return "Misreading: nothing speaks for it; the cells were read without any doubtful sign."


def rule_of(text: str) -> str:
    """Cause 2: is the rule what we think?"""
    return f"Rule: {text}"


NO_RULE = "Rule: no rule is needed; the report prints both."
REPORT = "Report: this is what remains."
