"""What the page shows of one report: its rows with the verdicts and findings that speak of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from belisha.original import Original
from belisha.pages.crops import Camera
from belisha.places import GRAVITY, Row, holds, owner, pages_of
from belisha.render.audited import Audited
from normalise.records import BBox, Finding, Report
from validate.checks import JudgedStatus


class RowView(Struct, frozen=True):
    """A row with what was found about it. ``key`` is its id on the page."""

    key: str
    row: Row
    judged: tuple[JudgedStatus, ...] = ()
    findings: tuple[int, ...] = ()  # numbers into the list of findings as shown, from 1

    def verdict_on(self, name: str) -> JudgedStatus | None:
        """The verdict on one of its statuses."""
        return next((j for j in self.judged if j.field == name), None)


class ReportView(Struct, dict=True):
    """One report of the page. ``prefix`` sets its ids apart from those of other reports on the page."""

    audited: Audited
    prefix: str = ""
    level: int = 2
    original: Original | None = None
    roomy: bool = True  # is there room for large strips?
    camera: Camera | None = None

    @property
    def report(self) -> Report:
        return self.audited.report

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, the gravest first, then in the order of the report."""
        return tuple(sorted(self.report.findings, key=lambda f: GRAVITY.index(f.verdict)))

    @cached_property
    def measures(self) -> tuple[RowView, ...]:
        return tuple(self._views(self.report.measures, "m"))

    @cached_property
    def improvements(self) -> tuple[RowView, ...]:
        return tuple(self._views(self.report.improvements, "i"))

    @cached_property
    def _owners(self) -> dict[int, int]:
        """Which row (by id) each finding (by its place in ``findings``) is about."""
        rows: list[Row] = [*self.report.measures, *self.report.improvements]
        return {
            n: id(row) for n, f in enumerate(self.findings) for row in [owner(f, rows)] if row is not None
        }

    def _views(self, rows: Sequence[Row], kind: str) -> Iterator[RowView]:
        judged: dict[int, list[JudgedStatus]] = {}
        found = self.audited.found
        for one in found.verdicts if found else ():
            judged.setdefault(id(one.row), []).append(one)
        about: dict[int, list[int]] = {}
        for number, row_id in self._owners.items():
            about.setdefault(row_id, []).append(number + 1)
        for n, row in enumerate(rows, 1):
            key = f"{self.prefix}{kind}{n}"
            yield RowView(key, row, tuple(judged.get(id(row), ())), tuple(about.get(id(row), ())))

    def rows_at(self, page: int, boxes: Sequence[BBox]) -> list[BBox]:
        """The boxes of the rows on a page that hold one of these boxes."""
        rows: list[Row] = [*self.report.measures, *self.report.improvements]
        there = [row.bbox for row in rows if page in pages_of(row)[:1]]
        return [b for b in there if any(holds(b, box) for box in boxes)]

    def row_of(self, number: int) -> RowView | None:
        """The row that finding ``number`` (from 1) is about."""
        wanted = self._owners.get(number - 1)
        views = (*self.measures, *self.improvements)
        return next((view for view in views if id(view.row) == wanted), None)


def picture_pages(report: Report) -> list[int]:
    """Pages with rows, those of findings first, so that they have pictures if there is no room for all."""
    rows: list[Row] = [*report.measures, *report.improvements]
    wanted = [p for row in rows for p in pages_of(row)]
    first = [f.page for f in report.findings if f.page in set(wanted) and f.verdict == "contradicted"]
    return list(dict.fromkeys([*(p for p in first if p is not None), *wanted]))
