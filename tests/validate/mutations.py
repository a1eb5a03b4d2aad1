"""Change one printed status at a time and see whether the audit tells.

``python -m tests.validate.mutations`` prints, for each example report, how many changes were found of those
that the report's rule can tell, and how many unchanged statuses were accused. What a rule can tell is worked
out here in another way than in the audit: each report's rule is written down by hand, in every way in which
its words can be read, and tried on many values inside the rounding. Ends with 1 if a change was missed or an
unchanged status accused.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from normalise.records import Improvement, Measure, Report, Value
from tests.validate.from_truth import REPORTS, load_truth, report_from_truth
from validate.audit import Audit, audit_report
from validate.checks.pairing import code_key

Row = Measure | Improvement
D = Decimal
STEPS = 40  # values tried inside the rounding


@dataclass
class Case:
    """A figure as it might be without rounding, with what the row prints beside it."""

    figure: Decimal
    target: Decimal
    high: bool
    percentage: bool
    floor: Decimal | None = None
    previous: tuple[Decimal, Decimal] | None = None

    def variances(self) -> list[Decimal]:
        """Positive is better: per cent of target, and for percentages points too."""
        gain = self.figure - self.target if self.high else self.target - self.figure
        size = abs(self.target)
        found = [gain / size * 100 if size else gain * D("1e9")]
        return [*found, gain] if self.percentage else found

    def trends(self) -> set[int]:
        """1 better, 0 the same, -1 worse than the earlier figure, all that its rounding allows."""
        if self.previous is None:
            return {-1, 0, 1}
        sign = 1 if self.high else -1
        return {((self.figure > p) - (self.figure < p)) * sign for p in self.previous}


@dataclass
class Tally:
    """What came of the changes in one report."""

    changed: int = 0
    tellable: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def banded(*edges: tuple[str, str, str]) -> Callable[[Case], set[str]]:
    """Statuses by variance; edges as (status, lowest, highest), both in, "" for none."""

    def statuses(case: Case) -> set[str]:
        return {
            name
            for v in case.variances()
            for name, low, high in edges
            if (not low or v >= D(low)) and (not high or v <= D(high))
        }

    return statuses


def floored(case: Case) -> set[str]:
    """Green on target, amber on the floor, else red."""
    if case.floor is None:
        return {"green", "amber", "red"}
    sign = 1 if case.high else -1
    gain, above_floor = (case.figure - case.target) * sign, (case.figure - case.floor) * sign
    return {"green" if gain >= 0 else "amber" if above_floor >= 0 else "red"}


def travelled(case: Case) -> set[str]:
    """Within 10% of target green; beyond it amber or red by the direction of travel."""
    found: set[str] = set()
    for v in case.variances():
        if v >= -10:
            found.add("green")
        if abs(v) >= 10:  # "off" may also mean too good
            found |= {"red" if t < 0 else "amber" for t in case.trends()}
    return found


def in_points(case: Case) -> set[str]:
    """Points for percentages, per cent for the rest."""
    v = case.variances()[-1]
    return {"green"} if v >= 0 else {"amber"} if v > -3 else {"red"} if v < -3 else {"amber", "red"}


RULES: dict[str, Callable[[Case], set[str]]] = {
    "brackwater_q2_2016": banded(
        ("blue", "5", ""), ("green", "0", "5"), ("amber", "-7.5", "-0.0000001"), ("red", "", "-7.5")
    ),
    "derby-2012-13-q2": banded(
        ("blue", "0.0000001", ""), ("green", "0", "2"), ("amber", "-5", "-0.0000001"), ("red", "", "-5")
    ),
    "eastmarch_q1_2021": floored,
    "harrowmere_q3_2014": travelled,
    "oakshire_2015_q1": in_points,
    "oakshire_2015_q2": in_points,
}
USED = {
    name: ("green", "amber", "red")
    if name not in ("brackwater_q2_2016", "derby-2012-13-q2")
    else ("blue", "green", "amber", "red")
    for name in RULES
}


def spread(value: Value, *beside: Value | None) -> list[Decimal]:
    """Many values that round to the printed one; a count printed without decimals beside others is itself."""
    if value.value is None:
        return []
    figure, place = value.value, value.resolution or D(1)
    decimals = [v for v in (value, *beside) if v and v.resolution and v.resolution < 1]
    if value.unit == "number" and place == 1 and not decimals:
        size = len(str(figure)) - len(str(figure).rstrip("0"))
        place = D(10) ** size if figure and figure % 1000 == 0 else D(0)
    return [figure + place * (D(i) / STEPS - D("0.5")) for i in range(STEPS + 1)] if place else [figure]


def tellable(name: str, row: Row, where: str, status: str, good_is: str | None) -> bool:
    """Can no reading of the rule and no value inside the rounding give this status? True: the change can be told."""
    figure, target = row.actual, row.target
    if where == "forecast_status":
        figure = row.forecast
        target = row.year_end_target if isinstance(row, Measure) else None
    if figure is None or target is None or figure.value is None or target.value is None:
        return False
    if good_is is None:
        return all(tellable(name, row, where, status, either) for either in ("high", "low"))
    floor = row.extra["floor"].value if "floor" in row.extra else None
    previous = row.previous if isinstance(row, Measure) else None
    beside = [target, previous, *row.extra.values()]
    earlier = spread(previous, figure, target) if previous else []
    percentage = "percent" in (figure.unit, target.unit)
    if ("percent" in row.title.lower() or "%" in row.title) and "number of" not in row.title.lower():
        figure = figure.model_copy(update={"unit": "percent"})
    for x in spread(figure, *beside):
        case = Case(x, target.value, good_is == "high", percentage, floor)
        if earlier:
            case.previous = (earlier[0], earlier[-1])
        if status in RULES[name](case):
            return False
    return True


def told_polarity(measure: Measure) -> str | None:
    """Which way is good, where it is printed or follows from a floor apart from the target."""
    floor, target = measure.extra.get("floor"), measure.target
    if measure.good_is or floor is None or target is None or floor.value is None or target.value is None:
        return measure.good_is
    return None if floor.value == target.value else "high" if floor.value < target.value else "low"


def mutants(report: Report, name: str) -> Iterator[tuple[Report, int, Row, str, str]]:
    """Every report with one status changed: the report, the changed row's place, the row, field and new status."""
    for table in ("measures", "improvements"):
        rows: tuple[Row, ...] = getattr(report, table)
        for i, row in enumerate(rows):
            for where in ("status", "forecast_status"):
                printed = getattr(row, where)
                for status in USED[name]:
                    if printed in USED[name] and status != printed:
                        changed = row.model_copy(update={where: status})
                        made = report.model_copy(update={table: (*rows[:i], changed, *rows[i + 1 :])})
                        yield made, i, changed, where, status


def accused(audit: Audit) -> set[tuple[int, tuple[float, ...], str]]:
    """The accused statuses by page, box and field."""
    return {(f.page or 0, f.bbox or (), f.field or "") for f in audit.contradicted}


def run(name: str) -> Tally:
    """All mutants of one report."""
    truth = load_truth(name)
    report = report_from_truth(truth, (), {"previous": "earlier"})
    goods = {code_key(m.code or ""): told_polarity(m) for m in report.measures}
    before = accused(audit_report(report, select=["status-contradicted"]))
    tally = Tally()
    for made, _, row, where, status in mutants(report, name):
        page = row.page if isinstance(row, Measure) else row.pages[0]
        spot = (page, row.bbox, where)
        after = accused(audit_report(made, select=["status-contradicted"]))
        tally.changed += 1
        if tellable(name, row, where, status, goods.get(code_key(row.code or ""))):
            tally.tellable += 1
            if spot in after:
                tally.found += 1
            else:
                tally.missed.append(f"{row.code} {where} {status}")
        elif spot in after:
            tally.false.append(f"{row.code} {where} {status} (changed, but it could be right)")
        tally.false += [f"{row.code} {where} {status}: {other}" for other in after - before - {spot}]
    return tally


def main() -> int:
    """Prints one line a report. 1 where something was missed or falsely accused, 2 without reports."""
    names = [n for n in RULES if (REPORTS / n / "truth.json").exists()]
    if not names:
        print("the example reports are not at hand", file=sys.stderr)
        return 2
    bad = False
    for name in names:
        tally = run(name)
        print(
            f"{name}: found {tally.found} of {tally.tellable} that can be told ({tally.changed} changes), "
            f"{len(tally.false)} false"
        )
        for line in (*tally.missed[:10], *tally.false[:10]):
            print(f"  {line}")
        bad = bad or bool(tally.missed or tally.false)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
