"""Every figure that was printed for a period: by measure, period and field, one vintage after the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from belisha.history.claims_of_past import Told, told_of_past
from belisha.history.identity import Series
from belisha.history.moments import Moment
from belisha.history.vintages import WORDS, Vintage
from normalise.periods import heading_period
from normalise.records import VALUE_FIELDS, Measure, Source, Value
from validate.checks.figures import agreement, comparable

ENOUGH = 3  # rows that must be comparable before a column's agreement tells what it is
MOST = Fraction(3, 5)  # of them that must agree
HALF = Fraction(1, 2)
_WHOLE_YEAR = re.compile(r"\b(?:annual|year[ -]?end|end of year|full[ -]year|year|yearly)\b", re.I)

Key = tuple[Moment, str]  # period and field


class Printed(Struct, frozen=True):
    """A figure or word as one report printed it for a period.

    ``column`` is the field that it was read from ("actual", "previous", an extra heading); ``value`` is None
    for words such as a status, which ``word`` holds normalised. ``original`` is what stood on the page where
    a correction by hand took its place.
    """

    vintage: Vintage
    row: int
    column: str
    heading: str
    printed: str
    value: Value | None
    word: str | None
    source: tuple[Source, ...]
    original: str | None = None

    def __str__(self) -> str:
        return f"{self.printed} ({self.whence})"

    @property
    def whence(self) -> str:
        """Where it stands, in words: the report and the page."""
        page = f", page {self.source[0].page}" if self.source else ""
        return self.vintage.name + page


class Column(Struct, frozen=True):
    """What a column of earlier figures was found to be.

    ``agreed`` of ``compared`` rows print what was printed then. ``moment`` None: it is not settled.
    ``named`` is whether the heading itself says so.
    """

    heading: str
    moment: Moment | None
    named: bool
    agreed: int
    compared: int

    @property
    def doubtful(self) -> bool:
        """Do its figures mostly differ from what was printed then, so that it is likely something else?"""
        return self.compared > ENOUGH and self.agreed < HALF * self.compared


Points = dict[Key, list[Printed]]


def all_points(
    series: Sequence[Series], vintages: Sequence[Vintage]
) -> tuple[list[Points], dict[str, list[Column]]]:
    """For each series its points; and by reading, what its columns of earlier figures are."""
    number_of = {(a.vintage.reading, a.row): n for n, one in enumerate(series) for a in one.appearances}
    points: list[Points] = [defaultdict(list) for _ in series]
    columns: dict[str, list[Column]] = {}
    for vintage in vintages:
        told = told_of_past(vintage)
        known = {row: points[number_of[vintage.reading, row]] for row in told}
        columns[vintage.reading] = list(_columns(told, known))
        moment_of = {c.heading: c.moment for c in columns[vintage.reading] if not c.doubtful}
        for row, measure in enumerate(vintage.report.measures):
            mine = points[number_of[vintage.reading, row]]
            for claim in told.get(row, ()):
                moment = moment_of.get(claim.heading)
                if moment is not None:
                    field = "target" if claim.target else "actual"
                    mine[moment, field].append(_claimed(vintage, row, measure, claim))
            if vintage.moment is not None:
                for key, printed in _own(vintage, vintage.moment, row, measure):
                    mine[key].append(printed)
    return points, columns


def _claimed(vintage: Vintage, row: int, measure: Measure, claim: Told) -> Printed:
    column = "previous" if claim.value is measure.previous else f"extra: {claim.heading}"
    return Printed(
        vintage, row, column, claim.heading, claim.value.printed, claim.value, None, claim.value.source,
        vintage.originals.get((row, column)),
    )  # fmt: skip


def _own(vintage: Vintage, moment: Moment, row: int, measure: Measure) -> Iterable[tuple[Key, Printed]]:
    for field in VALUE_FIELDS:
        value: Value | None = getattr(measure, field)
        if value is None or field == "previous":
            continue
        heading = measure.column_headings.get(field, "")
        about, name = moment, field
        if field == "year_end_target" or (field == "target" and of_the_year(heading)):
            about, name = moment.whole_year, "year_end_target"
        original = vintage.originals.get((row, field))
        yield (
            (about, name),
            Printed(vintage, row, field, heading, value.printed, value, None, value.source, original),
        )
    for field in WORDS:
        word: str | None = getattr(measure, field)
        if word is not None:
            original = vintage.originals.get((row, field))
            shown = measure.printed.get(field) or word
            yield (
                (moment, field),
                Printed(vintage, row, field, "", shown, None, word, measure.sources.get(field, ()), original),
            )


def of_the_year(heading: str) -> bool:
    """Does a heading of a target column say that the target is the year's ("Annual target", "Target 2015/16")?"""
    found = heading_period(heading)
    return found.span == "year" if found is not None else _WHOLE_YEAR.search(heading) is not None


def _columns(told: Mapping[int, list[Told]], known: Mapping[int, Points]) -> Iterable[Column]:
    """Settle each column by its heading, and where that leaves it open by which figures it repeats."""
    by_heading: dict[str, list[tuple[int, Told]]] = defaultdict(list)
    for row, row_claims in told.items():
        for claim in row_claims:
            by_heading[claim.heading].append((row, claim))
    for heading, claims in by_heading.items():
        first = next(c for cs in told.values() for c in cs if c.heading == heading)
        counted = [(m, *_agreeing(claims, known, m)) for m in first.moments]
        if len(counted) == 1:
            moment, agreed, compared = counted[0]
            yield Column(heading, moment, True, agreed, compared)
            continue
        moment, agreed, compared = max(counted, key=lambda c: c[1])
        settled = compared >= ENOUGH and agreed >= MOST * compared
        yield Column(heading, moment if settled else None, False, agreed, compared)


def _agreeing(
    claims: Iterable[tuple[int, Told]], known: Mapping[int, Points], moment: Moment
) -> tuple[int, int]:
    agreed = compared = 0
    for row, claim in claims:
        if claim.target:
            continue
        then = latest_value(known[row].get((moment, "actual"), ()))
        if then is not None and comparable(claim.value, then):
            compared += 1
            agreed += agreement(claim.value, then) != "different"
    return agreed, compared


def latest_value(printed: Sequence[Printed]) -> Value | None:
    """The figure last printed for a period, None where there is none."""
    return next(
        (p.value for p in reversed(printed) if p.value is not None and p.value.value is not None), None
    )


def in_force(printed: Sequence[Printed]) -> Printed:
    """Of all printings for a period the last that holds a figure; words count only where no figure does."""
    return next((p for p in reversed(printed) if p.value is None or p.value.value is not None), printed[-1])
