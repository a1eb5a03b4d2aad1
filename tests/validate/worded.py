"""Random rows under every wording of the collection: what is accused must be wrong by brute force.

``python -m tests.validate.worded --rows 40`` judges so many rows for each rule in ``data/rule_wordings.json``. Whenever a
status is contradicted, all figures of a fine grid inside the rounding are tried under every admissible reading; none may
give it. Prints how many accusations held, and ends with 1 if one did not.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from normalise.records import Measure
from tests.validate.making import extra, measure, value
from tests.validate.oracle import Spot, holds
from tests.validate.test_rule_reader import WORDINGS, read
from validate.scheme import Any, Scheme
from validate.verdicts import judge

STEPS = 40  # figures tried inside the rounding, on each side


def rows(dice: random.Random, statuses: tuple[str, ...], count: int) -> Iterator[Measure]:
    """Percentages, days and counts near their targets, with a threshold, a tolerance and an earlier figure."""
    for _ in range(count):
        unit = dice.choice(("percent", "percent", "days", "number"))
        target = dice.choice((20, 40, 50, 80, 90, 95, 100))
        places = dice.choice((0, 1))

        def near(reach: int, unit: str = unit, target: int = target, places: int = places) -> str:
            return f"{target * (1 + dice.uniform(-reach, reach) / 100):.{places}f}"

        columns = {"Floor": extra(f"{target * 0.9:.0f}", "floor", unit)} if dice.random() < 0.5 else {}
        yield measure(
            title="Average parcels sorted",
            good_is=dice.choice(("high", "low")),
            actual=value(near(dice.choice((3, 8, 20))), unit),
            target=value(str(target), unit),
            previous=value(near(8), unit) if dice.random() < 0.5 else None,
            status=dice.choice(statuses),
            extra=columns,
        )


def is_possible(row: Measure, scheme: Scheme) -> bool:
    """Whether some reading gives the printed status for some figure, and some earlier figure, inside the rounding."""
    for reading in scheme.readings:
        bands = [b.condition for b in reading.bands if b.status == row.status and b.condition is not None]
        rule = Any(tuple(bands))
        for spot in spots(row):
            truth = holds(rule, spot)
            if truth or (truth is None and any(holds(rule, other) is not False for other in alike(spot))):
                return True
    return False


def alike(spot: Spot) -> Iterator[Spot]:
    """Percentages on the same side of target, for what is no percentage and a rule only in points; else the spot."""
    if spot.percentage:
        yield spot
        return
    side = (spot.figure > spot.target) - (spot.figure < spot.target)
    for distance in (0, 1, 2, 3, 5, 8, 12, 20, 50) if side else (0,):
        yield replace(
            spot, figure=spot.target + side * (distance + Fraction(1, 7) * bool(side)), percentage=True
        )


def spots(row: Measure) -> Iterator[Spot]:
    assert row.actual is not None
    assert row.target is not None
    floor = next((v for v in row.extra.values() if v.role == "floor"), None)
    earlier = grid(row.previous) if row.previous else [None]
    for figure in grid(row.actual):
        for before in earlier[:: 1 if len(earlier) == 1 else STEPS // 4]:
            yield Spot(
                figure,
                before,
                Fraction(row.target.value or 0),
                row.good_is == "high",
                row.actual.unit == "percent",
                Fraction(floor.value) if floor and floor.value is not None else None,
                None,
                tolerance_in_percent=False,
            )


def grid(figure: object) -> list[Fraction]:
    amount, place = Fraction(figure.value), Fraction(figure.resolution)  # type: ignore[attr-defined]  # figures here are not None
    return [amount + place / 2 * step / STEPS for step in range(-STEPS, STEPS + 1)]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=40)
    given = parser.parse_args(arguments)
    judged = accused = 0
    wrong: list[str] = []
    for number, case in enumerate(WORDINGS):
        scheme = read(case["words"])
        if not scheme.readings:
            continue
        dice = random.Random(number)  # noqa: S311 - test data
        for row in rows(dice, scheme.statuses, given.rows):
            judged += 1
            found = judge(row, scheme)
            if found.verdict != "contradicted":
                continue
            accused += 1
            if is_possible(row, scheme):
                wrong.append(f"{case['words']}: {row.status}: {found.arithmetic}")
    print(f"{judged} rows judged, {accused} accused, {len(wrong)} of these can be right")
    for line in wrong[:10]:
        print(f"  {line}", file=sys.stderr)
    return 1 if wrong or not accused else 0


if __name__ == "__main__":
    sys.exit(main())
