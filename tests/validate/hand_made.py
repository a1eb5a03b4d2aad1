"""Records made by hand for tests of the checks: short to write, each row in a box of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from normalise.records import (
    Finding,
    Improvement,
    Measure,
    Passage,
    Period,
    Report,
    ReportFacts,
    SchemeEntry,
    SourceFile,
    Value,
)
from tests.validate.from_truth import passage, value
from validate.audit import audit_report
from validate.checks import CHECKS

FIGURES = ("actual", "target", "forecast", "year_end_target", "previous")
RULE = {
    "green": "At or better than target",
    "amber": "Worse than target by no more than 6% of the target",
    "red": "Worse than target by more than 6% of the target",
}


def _figures(keys: dict[str, Any]) -> dict[str, Any]:
    return {k: value(v) if k in FIGURES and isinstance(v, str) else v for k, v in keys.items()}


def measure(code: str = "T 01", **keys: Any) -> Measure:
    """A dashboard row; figures are given as printed."""
    made = {"page": 2, "bbox": (40.0, 100.0, 550.0, 118.0), "title": f"Made measure {code}", **_figures(keys)}
    words = {f: str(made[f]).title() for f in ("status", "forecast_status") if made.get(f)}
    return Measure(code=code, **{"printed": words, **made})


def row(code: str | None = "T 01", **keys: Any) -> Improvement:
    """A row of an improvement report; figures are given as printed."""
    made = {"pages": (4,), "bbox": (40.0, 200.0, 550.0, 260.0), "title": f"Made measure {code}"}
    return Improvement(code=code, **{**made, **_figures(keys)})


def report(
    measures: Iterable[Measure] = (),
    improvements: Iterable[Improvement] = (),
    text: Sequence[str | Passage] = (),
    rule: dict[str, str] | None = None,
    quarter: int = 2,
    **keys: Any,
) -> Report:
    """A report on a quarter of 2018/19 with passages of text and the rule above, or another, or none."""
    entries = (RULE if rule is None else rule).items()
    return Report(
        source=SourceFile(file="made.pdf", sha256="0" * 64, pages=6),
        report=ReportFacts(period=Period(year="2018/19", quarter=quarter)),
        scheme=tuple(
            SchemeEntry(
                status=s, text=t, label=s.title(), page=1, bbox=(60.0, 300.0 + 14 * i, 500.0, 312.0 + 14 * i)
            )
            for i, (s, t) in enumerate(entries)
        ),
        measures=tuple(measures),
        improvements=tuple(improvements),
        passages=tuple(passage(t, n) if isinstance(t, str) else t for n, t in enumerate(text)),
        **keys,
    )


def found(made: Report, kind: str) -> list[Finding]:
    """The findings of one kind."""
    assert kind in {check.kind for check in CHECKS}
    return list(audit_report(made, select=(kind,)).findings)


def told(made: Report, kind: str) -> list[tuple[str, str | None, str | None]]:
    """The findings of one kind as verdict, code and field: the whole list, so that nothing extra slips by."""
    return [(f.verdict, f.code, f.field) for f in found(made, kind)]


def figure(printed: str, **keys: Any) -> Value:
    """A VALUE, for tests that need its signals or its qualifier."""
    return value(printed, **keys)


def lights(**numbers: int) -> list[Measure]:
    statuses = [status for status, n in numbers.items() for _ in range(n)]
    return [measure(f"T {i:02}", status=status) for i, status in enumerate(statuses)]
