"""Periods as points on one line: financial years, their quarters and their months."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from normalise.periods import HeadingPeriod, heading_period, quarter_of
from normalise.records import Period, ReportFacts


class Moment(Struct, frozen=True):
    """A period that figures are about. ``first`` is the calendar year in which its financial year starts.

    ``month`` is 1 for April to 12 for March, the month in which the period ends; ``span`` is "year",
    "quarter" or "month". Moments of different spans are different periods, though they may end together.
    """

    first: int
    month: int
    span: str

    @classmethod
    def year_of(cls, first: int) -> Moment:
        """A whole financial year."""
        return cls(first, 12, "year")

    @classmethod
    def quarter_of(cls, first: int, quarter: int) -> Moment:
        """A quarter, 1 to 4."""
        return cls(first, quarter * 3, "quarter")

    @classmethod
    def month_of(cls, first: int, calendar_month: int) -> Moment:
        """A month by its calendar number (4 is April)."""
        return cls(first, (calendar_month - 4) % 12 + 1, "month")

    @property
    def year(self) -> str:
        """The financial year, "2015/16"."""
        return f"{self.first}/{(self.first + 1) % 100:02d}"

    @property
    def quarter(self) -> int | None:
        """1 to 4 for a quarter."""
        return self.month // 3 if self.span == "quarter" else None

    @property
    def whole_year(self) -> Moment:
        """The financial year that it lies in."""
        return Moment.year_of(self.first)

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts by the month in which periods end, the shorter first."""
        return self.first, self.month, ("month", "quarter", "year").index(self.span)

    @property
    def end(self) -> date:
        """The first day after the period."""
        months = self.first * 12 + 3 + self.month
        return date(months // 12, months % 12 + 1, 1)

    def earlier(self, steps: int = 1) -> Moment:
        """The period of the same span so many before."""
        size = {"year": 12, "quarter": 3, "month": 1}[self.span]
        ends = self.first * 12 + self.month - 1 - size * steps
        return Moment(ends // 12, ends % 12 + 1, self.span)

    def __str__(self) -> str:
        if self.span == "year":
            return self.year
        if self.span == "quarter":
            return f"{self.year} Q{self.quarter}"
        return f"{self.year} M{self.month:02d}"


def moment_of_report(facts: ReportFacts, *, monthly: bool = False) -> Moment | None:
    """The period that a report is about; None where it names no year.

    A report without a quarter is about the year only if its words name no month. A report of June is one on
    the first quarter, unless it is known to be one of monthly reports.
    """
    period = facts.period
    first = first_year(period)
    if first is None:
        return None
    named = heading_period(period.label or "")
    of_month = named is not None and named.span == "month" and named.month is not None
    if period.quarter is not None and not (monthly and of_month):
        return Moment.quarter_of(first, period.quarter)
    if named is not None and named.month is not None and of_month:
        return Moment.month_of(first, named.month)
    return Moment.year_of(first)


def first_year(period: Period) -> int | None:
    """The calendar year in which the financial year starts."""
    start = (period.year or "")[:4]
    return int(start) if len(start) == 4 and start.isascii() and start.isdigit() else None


def moments_of_heading(heading: str, report: Moment) -> tuple[Moment, ...]:
    """The periods that a column heading of this report may mean; one where its words settle it, often none."""
    found = heading_period(heading)
    if found is None:
        return ()
    if found.span == "previous":
        return (report.earlier(), report.whole_year.earlier())
    if found.span == "last_year":
        ago = Moment(report.first - 1, report.month, report.span)
        return (ago,) if report.span == "year" else (ago, report.whole_year.earlier())
    return _named(found, report)


def _named(found: HeadingPeriod, report: Moment) -> tuple[Moment, ...]:
    first = int(found.year[:4]) if found.year else None
    if found.span == "quarter" and found.quarter is not None:
        named = Moment.quarter_of(report.first if first is None else first, found.quarter)
        if first is None and named.order > report.order:
            named = Moment.quarter_of(report.first - 1, found.quarter)
        return (named,)
    if found.span == "month" and found.month is not None:
        named = Moment.month_of(report.first if first is None else first, found.month)
        if first is None and named.order > report.order:
            named = Moment.month_of(report.first - 1, found.month)
        by_quarter = Moment.quarter_of(named.first, quarter_of(found.month))
        if report.span == "quarter" and found.month % 3 == 0:
            return (by_quarter,)  # a quarterly report that calls its quarters by their last month
        return (named,)
    if found.span == "year" and first is not None:
        return (Moment.year_of(first),)
    return ()


def parse(text: str) -> Moment:
    """A moment from its text ("2015/16", "2015/16 Q2", "2015/16 M05"). Raises ValueError."""
    year, _, part = text.partition(" ")
    first = int(year[:4])
    if not part:
        return Moment.year_of(first)
    if part[0] not in "QM":
        raise ValueError(text)
    number = int(part[1:])
    return Moment(first, number * 3 if part[0] == "Q" else number, "quarter" if part[0] == "Q" else "month")
