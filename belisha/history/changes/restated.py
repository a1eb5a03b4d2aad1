"""Two reports that print another figure for one period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from belisha.history.changes.change import Change
from belisha.history.points import Printed
from validate.checks.evidence import misread
from validate.checks.figures import agreement, comparable

if TYPE_CHECKING:
    from belisha.history.chronicle import Chronicle


def find(chronicle: Chronicle) -> Iterator[Change]:
    """Restated figures and statuses, and whole columns that disagree."""
    inferred = {(reading, c.heading) for reading, cs in chronicle.columns.items() for c in cs if not c.named}
    for number, points in enumerate(chronicle.points):
        for (moment, field), printed in sorted(points.items(), key=lambda kv: (kv[0][0].order, kv[0][1])):
            if field not in ("actual", "status"):
                continue
            for was, now in _pairs(printed):
                kind = "previous-differs" if (now.vintage.reading, now.heading) in inferred else "restated"
                provisional = was.value is not None and was.value.qualifier is not None
                remark = f" It was printed as {was.value.qualifier}." if provisional and was.value else ""
                what = "status" if field == "status" else "figure"
                yield chronicle.change(
                    number,
                    kind,
                    f"{chronicle.name(number)}: the {what} for {moment} was {was.printed} in {was.vintage.name}"
                    f" and is {now.printed} in {now.vintage.name}.{remark}",
                    field=field,
                    period=str(moment),
                    was=was.printed,
                    now=now.printed,
                    places=(was, now),
                )
    yield from _columns(chronicle)


def _pairs(printed: list[Printed]) -> Iterator[tuple[Printed, Printed]]:
    last: Printed | None = None
    for one in printed:
        if one.value is not None and (one.value.value is None or one.value.confidence == "low"):
            continue
        if one.column in ("actual", "previous") and misread(one.vintage.report.measures[one.row], one.column):
            continue
        if last is not None and differ(last, one):
            yield last, one
        # of two printings that agree the finer is kept, so that roundings do not add up
        if last is None or differ(last, one) or finer(one, last):
            last = one


def differ(was: Printed, now: Printed) -> bool:
    """Are these two figures, or two statuses, that cannot be one and the same?"""
    if was.value is None or now.value is None:
        return was.word is not None and now.word is not None and was.word != now.word
    return comparable(was.value, now.value) and agreement(was.value, now.value) == "different"


def finer(one: Printed, other: Printed) -> bool:
    """Is the first printed with more places?"""
    if (
        one.value is None
        or other.value is None
        or one.value.resolution is None
        or other.value.resolution is None
    ):
        return False
    return one.value.resolution < other.value.resolution


def _columns(chronicle: Chronicle) -> Iterator[Change]:
    for vintage in chronicle.vintages:
        for column in chronicle.columns[vintage.reading]:
            if column.doubtful and column.named:
                yield Change(
                    "column-differs",
                    "depends",
                    f"{vintage.name}: under “{column.heading}” {column.compared - column.agreed} of"
                    f" {column.compared} figures differ from what was printed for {column.moment}; the column is"
                    " more likely something else than restated throughout.",
                    period=str(column.moment),
                    reports=(vintage.report.source.file,),
                )
