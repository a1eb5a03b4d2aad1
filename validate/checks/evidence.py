"""What the checks look at: the report, its rule, the verdicts on its statuses, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from normalise.recognised import is_doubted
from normalise.records import ExtraValue, Measure, Polarity, Report, Source, Value, Verdict
from validate.arrows import Legend, read_legend
from validate.cases import Row, StatusField
from validate.checks.pairing import Pair
from validate.inclusion import InclusionRule, read_inclusion_rules
from validate.scheme import Scheme
from validate.verdicts import StatusVerdict
from validate.words import word_list

STATUS_FIELDS: tuple[StatusField, ...] = ("status", "forecast_status")


class JudgedStatus(Struct, frozen=True):
    """A printed status of a row with the verdict on it."""

    row: Row
    field: StatusField
    found: StatusVerdict

    @property
    def verdict(self) -> Verdict:
        return self.found.verdict

    @property
    def code(self) -> str | None:
        return self.row.code

    @property
    def arithmetic(self) -> str:
        return self.found.arithmetic

    @property
    def table(self) -> Literal["dashboard", "improvement"]:
        return "dashboard" if isinstance(self.row, Measure) else "improvement"

    def as_row(self) -> dict[str, Any]:
        """One flat row for a table or a file."""
        return {
            "page": place(self.row, self.field)[0].page,
            "table": self.table,
            "code": self.row.code,
            "title": self.row.title,
            "field": self.field,
            "printed": self.found.printed,
            "verdict": self.found.verdict,
            "expected": ", ".join(self.found.expected) or None,
            "arithmetic": self.found.arithmetic or None,
            "reading": self.found.reading or None,
            "reason": self.found.reason or None,
        }


class Evidence(Struct, frozen=True, dict=True):
    """Everything that a check may look at; nothing here may be changed. ``likelihood`` is the line that
    names each reading with its count, ``pairs`` the measures that both tables show."""

    report: Report
    scheme: Scheme | None = None
    judged: tuple[JudgedStatus, ...] = ()
    likelihood: str = ""
    pairs: tuple[Pair, ...] = ()

    @cached_property
    def rule_sources(self) -> tuple[Source, ...]:
        """Where the rule stands."""
        return tuple(
            Source(page=e.page, bbox=e.bbox) for e in self.report.scheme if e.page is not None and e.bbox
        )

    @cached_property
    def legend(self) -> Legend:
        return read_legend(self.report.passages, self.report.report.period)

    @cached_property
    def inclusion_rules(self) -> tuple[InclusionRule, ...]:
        return read_inclusion_rules(self.report.passages, self.report.report.period)

    def statuses(self) -> Iterator[tuple[Row, StatusField, str]]:
        """Every printed status: row, field, status; the dashboard first."""
        rows: tuple[Row, ...] = (*self.report.measures, *self.report.improvements)
        for row in rows:
            for field in STATUS_FIELDS:
                status = getattr(row, field)
                if status is not None:
                    yield row, field, status


def page_of(row: Row) -> int:
    return row.page if isinstance(row, Measure) else (row.pages[0] if row.pages else 1)


def place(row: Row, *fields: str) -> tuple[Source, ...]:
    """Where fields of a row stand; the row itself where the cell is not known."""
    found: list[Source] = []
    for field in fields:
        value = getattr(row, field, None)
        if isinstance(value, Value):
            found.extend(value.source)
        found.extend(row.sources.get(field, ()))
    return tuple(dict.fromkeys(found)) or (Source(page=page_of(row), bbox=row.bbox),)


def name_of(row: Row) -> str:
    """A row's name in a sentence: its code, else its title in quotes."""
    return row.code or f"“{row.title}”"


def extra_by_role(row: Row, role: str) -> tuple[ExtraValue, ...]:
    return tuple(v for v in row.extra.values() if v.role == role and v.value is not None)


def polarity(measure: Measure) -> tuple[Polarity | None, bool]:
    """Which way is good, and whether that is certain: printed, or told by a floor or the target's sign."""
    if measure.good_is:
        return measure.good_is, True
    target = measure.target
    for floor in extra_by_role(measure, "floor"):
        if target and target.value is not None and floor.value is not None and floor.value != target.value:
            return ("high" if floor.value < target.value else "low"), True
    if target is not None and target.bound is not None:
        return ("high" if target.bound in ("gt", "ge") else "low"), True
    if measure.inferred_good_is and measure.inferred_good_is.origin != "status":
        return measure.inferred_good_is.good_is, False
    return None, False


def weak_signals(row: Row, *fields: str) -> tuple[str, ...]:
    """What speaks against our own reading of these fields."""
    found: list[str] = []
    for field in fields:
        value = getattr(row, field, None)
        if isinstance(value, Value):
            found.extend(value.signals)
            if value.confidence == "low" and not value.signals:
                found.append("low confidence")
        if isinstance(row, Measure):
            found.extend(row.signals.get(field, ()))
    return tuple(dict.fromkeys(found))


def doubtful(row: Row, *fields: str) -> bool:
    """Does a signal leave room for another reading of one of these fields?"""
    return any(part in s.lower() for s in weak_signals(row, *fields) for part in word_list("weak_signals"))


def misread(row: Row, *fields: str) -> bool:
    """Is one of these fields so badly read that nothing should hang on it?"""
    values = (getattr(row, field, None) for field in fields)
    return any(isinstance(v, Value) and v.confidence == "low" for v in values) or any(
        is_doubted(row.signals.get(field, ())) for field in fields
    )
