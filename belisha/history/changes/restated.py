"""Two reports that print another figure for one period."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from belisha.history.changes.change import Change
from belisha.history.moments import Moment
from belisha.history.points import ENOUGH, HALF, MOST, Printed
from validate.checks.evidence import misread
from validate.checks.figures import agreement, comparable

if TYPE_CHECKING:
    from belisha.history.chronicle import Chronicle


def find(chronicle: Chronicle) -> Iterator[Change]:
    """Restated figures and statuses, and whole columns that disagree."""
    inferred = {(reading, c.heading) for reading, cs in chronicle.columns.items() for c in cs if not c.named}
    at_odds = _at_odds(chronicle)
    for number, points in enumerate(chronicle.points):
        for (moment, field), printed in sorted(points.items(), key=lambda kv: (kv[0][0].order, kv[0][1])):
            if field not in ("actual", "status"):
                continue
            for was, now in _pairs(printed):
                if (was.vintage.reading, now.vintage.reading) in at_odds:
                    continue
                sure = (now.vintage.reading, now.heading) not in inferred
                yield _restated(
                    chronicle, number, "restated" if sure else "previous-differs", moment, field, was, now
                )
    yield from at_odds.values()
    yield from _columns(chronicle)
    yield from _year_ends(chronicle)


def _restated(
    chronicle: Chronicle, number: int, kind: str, moment: Moment, field: str, was: Printed, now: Printed
) -> Change:
    provisional = was.value is not None and was.value.qualifier is not None
    remark = f" It was printed as {was.value.qualifier}." if provisional and was.value else ""
    what = "status" if field == "status" else "figure"
    names = [p.whence for p in (was, now)]
    if was.vintage.name == now.vintage.name:
        names = [f"{p.vintage.report.source.file} ({p.vintage.sha256[:8]})" for p in (was, now)]
    return chronicle.change(
        number,
        kind,
        f"{chronicle.name(number)}: the {what} for {moment} was {was.printed} in {names[0]},"
        f" and is {now.printed} in {names[1]}.{remark}",
        field=field,
        period=str(moment),
        was=was.printed,
        now=now.printed,
        places=(was, now),
    )


def _at_odds(chronicle: Chronicle) -> dict[tuple[str, str], Change]:
    """Pairs of reports on one period most of whose figures differ: they measure different things.

    Such are a monthly and a cumulative report of the same month. Nothing is said of their single figures.
    """
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    sides: dict[tuple[str, str], tuple[Printed, Printed]] = {}
    for points in chronicle.points:
        for (_, field), printed in points.items():
            own = [p for p in printed if field == "actual" and p.column == "actual" and p.value is not None]
            for was, now in itertools.pairwise(own):
                pair = (was.vintage.reading, now.vintage.reading)
                sides[pair] = (was, now)
                counts[pair][0] += differ(was, now)
                counts[pair][1] += 1
    return {
        pair: Change(
            "column-differs",
            "depends",
            f"{sides[pair][0].vintage.report.source.file} and {sides[pair][1].vintage.report.source.file} are both"
            f" about {sides[pair][0].vintage.moment}, but {differing} of {of} figures differ; they are more likely"
            " reports on different things than restated throughout.",
            period=str(sides[pair][0].vintage.moment),
            reports=tuple(p.vintage.report.source.file for p in sides[pair]),
        )
        for pair, (differing, of) in counts.items()
        if of > ENOUGH and differing > HALF * of
    }


def _year_ends(chronicle: Chronicle) -> Iterator[Change]:
    """A year's column that, by most of its rows, repeats the figures of the year's last quarter."""
    for vintage in chronicle.vintages:
        for column in chronicle.columns[vintage.reading]:
            if column.moment is None or column.moment.span != "year":
                continue
            last = Moment.quarter_of(column.moment.first, 4)
            found: list[tuple[int, Printed, Printed]] = []
            for number, points in enumerate(chronicle.points):
                told = [
                    p
                    for p in points.get((column.moment, "actual"), ())
                    if p.vintage is vintage and p.heading == column.heading
                ]
                then = [p for p in points.get((last, "actual"), ()) if p.vintage.order < vintage.order]
                if told and then and _figures(then[-1], told[0]):
                    found.append((number, then[-1], told[0]))
            wrong = [one for one in found if differ(one[1], one[2])]
            if len(found) >= ENOUGH and len(found) - len(wrong) >= MOST * len(found):
                for number, was, now in wrong:
                    yield _restated(chronicle, number, "previous-differs", last, "actual", was, now)


def _figures(was: Printed, now: Printed) -> bool:
    return was.value is not None and now.value is not None and comparable(was.value, now.value)


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
