"""Targets that moved.

A target for a quarter may rise with the year on purpose (25, 50, 75, 100). It is said to have moved only
where the print shows that it stands for the whole year: its heading says so, or it stood still for reports of the
year. Where two quarters are all there is and nearly all other measures keep theirs, it is said with a doubt.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from belisha.history.changes.change import Change
from belisha.history.changes.restated import differ
from belisha.history.moments import Moment
from belisha.history.points import Points, Printed
from validate.checks.figures import relative_change

if TYPE_CHECKING:
    from belisha.history.chronicle import Chronicle

MOST = Fraction(3, 4)
SMALL = 25  # per cent
OTHERS = 4  # measures whose targets can be compared before they tell anything


def find(chronicle: Chronicle) -> Iterator[Change]:
    """Targets moved within a period or year, and targets set anew for a new year."""
    keep = _keeping(chronicle)
    for number, points in enumerate(chronicle.points):
        yield from _same_period(chronicle, number, points)
        quarterly = _quarterly(points)
        for year in sorted({m.first for m, _ in quarterly}):
            mine = [(m, p) for m, p in quarterly if m.first == year]
            yield from _within(chronicle, number, mine, keep)
        yield from _new_year(chronicle, number, points, quarterly)


def _same_period(chronicle: Chronicle, number: int, points: Points) -> Iterator[Change]:
    for (moment, field), printed in sorted(points.items(), key=lambda kv: (kv[0][0].order, kv[0][1])):
        if field not in ("target", "year_end_target"):
            continue
        for was, now in itertools.pairwise(printed):
            if differ(was, now):
                yield _moved(chronicle, number, str(moment), field, was, now)


def _moved(chronicle: Chronicle, number: int, period: str, field: str, was: Printed, now: Printed) -> Change:
    return chronicle.change(
        number,
        "target-moved",
        f"{chronicle.name(number)}: the target for {period} was {was.printed} in {was.whence}, and is"
        f" {now.printed} in {now.whence}.",
        field=field,
        period=period,
        was=was.printed,
        now=now.printed,
        places=(was, now),
    )


def _quarterly(points: Points) -> list[tuple[Moment, Printed]]:
    """Targets printed as those of a part of the year, in order of periods, one each."""
    found = {m: p[-1] for (m, field), p in points.items() if field == "target" and m.span != "year"}
    return sorted(found.items(), key=lambda mp: mp[0].order)


def _within(
    chronicle: Chronicle,
    number: int,
    mine: list[tuple[Moment, Printed]],
    keep: dict[tuple[Moment, Moment], tuple[int, int]],
) -> Iterator[Change]:
    for i, ((before, was), (after, now)) in enumerate(itertools.pairwise(mine)):
        if not differ(was, now):
            continue
        stood = i > 0 and not differ(mine[i - 1][1], was)
        stays = i + 2 < len(mine) and not differ(now, mine[i + 2][1])
        kept, of = keep.get((before, after), (0, 0))
        others_keep = of - 1 >= OTHERS and kept >= MOST * (of - 1)
        if stood or (stays and i == 0 and len(mine) > 3):
            yield _moved(chronicle, number, before.year, "target", was, now)
        elif others_keep and len(mine) == 2 and _is_small(was, now):
            one = _moved(chronicle, number, before.year, "target", was, now)
            doubt = " It has not moved if each quarter has a target of its own."
            yield replace(one, verdict="depends", message=one.message + doubt)


def _is_small(was: Printed, now: Printed) -> bool:
    """Too small a step for a target that is built up over the year."""
    if was.value is None or now.value is None:
        return False
    change = relative_change(now.value, was.value)
    return change is not None and abs(change) <= SMALL


def _keeping(chronicle: Chronicle) -> dict[tuple[Moment, Moment], tuple[int, int]]:
    """For each step within a year: how many measures keep their target, of how many that print one."""
    counts: dict[tuple[Moment, Moment], list[int]] = defaultdict(lambda: [0, 0])
    for points in chronicle.points:
        mine = _quarterly(points)
        for (before, was), (after, now) in itertools.pairwise(mine):
            if before.first == after.first:
                counts[before, after][0] += not differ(was, now)
                counts[before, after][1] += 1
    return {step: (kept, of) for step, (kept, of) in counts.items()}


def _new_year(
    chronicle: Chronicle, number: int, points: Points, quarterly: list[tuple[Moment, Printed]]
) -> Iterator[Change]:
    """The last target of a year against that of the next: for the year, else for its last and first quarters.

    Targets that differ from quarter to quarter within a year say nothing here.
    """
    yearly = {m.first: p[-1] for (m, field), p in points.items() if field == "year_end_target"}
    if not yearly:
        for year in {m.first for m, _ in quarterly}:
            mine = [p for m, p in quarterly if m.first == year]
            if len(mine) == 1 or not differ(mine[-2], mine[-1]):
                yearly[year] = mine[-1]
        first: dict[int, Printed] = {}
        for moment, printed in quarterly:
            first.setdefault(moment.first, printed)
    else:
        first = yearly
    for year in sorted(yearly):
        if year + 1 in first and differ(yearly[year], first[year + 1]):
            was, now = yearly[year], first[year + 1]
            period = Moment.year_of(year + 1)
            yield chronicle.change(
                number,
                "new-year-target",
                f"{chronicle.name(number)}: the target for {period} is {now.printed}; it was {was.printed} the"
                " year before.",
                field="target",
                period=str(period),
                was=was.printed,
                now=now.printed,
                places=(was, now),
            )
