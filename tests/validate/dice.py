"""Random rows and rules for the oracle.

Edges are multiples of 0.5, targets of 4 (of 20 where earlier figures come in), so that every critical
figure is a multiple of 0.02 (of 0.1).
"""

from __future__ import annotations

import random
from decimal import Decimal

from normalise.records import ExtraValue, Inferred, Measure, Polarity, Role, Value
from validate.scheme import (
    Against,
    All,
    Any,
    Band,
    Basis,
    Condition,
    Floor,
    Not,
    Reading,
    Scheme,
    Span,
    Trend,
    TrendIs,
    UnitIs,
    WithinTolerance,
)

STATUSES = ("blue", "green", "amber", "red")
BASES: tuple[Basis, ...] = ("relative", "points", "absolute")
POLARITIES: tuple[Polarity | None, ...] = ("high", "low", None)

MEASURED = "Average parcels sorted by noon"
COUNTED = "Number of parcels sorted by noon"


class Dice:
    """Random rows and rules whose critical figures lie on the grid."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  (test data)

    def row_and_scheme(self) -> tuple[Measure, Scheme]:
        trends = self.random.random() < 0.15
        base = self.random.choice([20, 40, 60, 80, 100] if trends else range(4, 201, 4))
        if self.random.random() < 0.05:
            base = 0
        unit = self.random.choice(["percent", "percent", "days", "number"])
        place = Decimal(1) if trends else self.random.choice([Decimal(1), Decimal("0.1")])
        scheme = self.scheme(trends)
        target = Value(printed=str(base), value=Decimal(base), unit=unit, resolution=Decimal(1))
        spread = self.random.choice([2, 6, 12, 30, 60])
        drop = unit == "percent" and self.random.random() < 0.1
        actual = self.figure(base, spread, place, "number" if drop else unit)
        columns: dict[str, ExtraValue] = {}
        if self.random.random() < 0.3:
            columns["Least"] = self.column(base, unit, "floor")
        if self.random.random() < 0.3:
            columns["Leeway"] = self.column(0, self.random.choice([unit, "percent"]), "tolerance")
        good = self.random.choice(POLARITIES)
        supposed = self.random.choice(POLARITIES)
        row = Measure(
            page=1,
            bbox=(0, 0, 1, 1),
            title=self.random.choice((MEASURED, COUNTED)) if unit == "number" else MEASURED,
            good_is=good,
            inferred_good_is=Inferred(good_is=supposed, reason="a guess") if supposed else None,
            actual=actual,
            target=target,
            previous=self.figure(base, spread, place, unit)
            if trends and self.random.random() < 0.8
            else None,
            status=self.random.choice(scheme.statuses),
            extra=columns,
        )
        return row, scheme

    def figure(self, base: int, spread: int, place: Decimal, unit: str) -> Value:
        """A figure within ``spread`` per cent of ``base``, so that no unit is in doubt."""
        reach = max(1, base * spread // 100)
        tenths = self.random.randint(-10 * reach, 10 * reach)
        amount = (Decimal(base) + Decimal(tenths) / 10).quantize(place)
        return Value(printed=str(amount), value=amount, unit=unit, resolution=place)

    def column(self, base: int, unit: str, role: Role) -> ExtraValue:
        amount = Decimal(base) + Decimal(self.random.randint(-20, 20)) / 2
        place = Decimal("0.1") if amount % 1 else Decimal(1)
        text = amount.quantize(place)
        return ExtraValue(printed=str(text), value=text, unit=unit, resolution=place, role=role)

    def scheme(self, trends: bool) -> Scheme:
        statuses = STATUSES[-self.random.randint(2, 4) :]
        count = self.random.randint(1, 3)
        readings = tuple(
            Reading(
                f"reading {n}",
                tuple(Band(s, c) for s, c in zip(statuses, self.cuts(statuses, trends), strict=True)),
            )
            for n in range(count)
        )
        return Scheme(readings, statuses)

    def cuts(self, statuses: tuple[str, ...], trends: bool) -> list[Condition]:
        """Conditions for the statuses: mostly bands of the line with sound edges, else anything."""
        if self.random.random() < 0.25:
            return [self.condition(trends, 2) for _ in statuses]
        edges = sorted({self.edge() for _ in range(len(statuses) - 1)}, reverse=True)
        while len(edges) < len(statuses) - 1:
            edges.append(edges[-1] - 1)
        basis = self.random.choice(BASES)
        found: list[Condition] = []
        shared = self.random.random() < 0.5
        for n in range(len(statuses)):
            high, low = (edges[n - 1] if n else None), (edges[n] if n < len(edges) else None)
            found.append(Span(low, high, shared or self.coin(), not shared and self.coin(), basis))
        if trends and self.coin():
            found[-1] = All((found[-1], self.condition(trends, 0)))
        return found

    def condition(self, trends: bool, depth: int) -> Condition:
        kind = self.random.randint(0, 8 if depth else 5)
        if trends and kind == 2 and self.coin():
            ends = sorted((self.edge(), self.edge()))
            low, high = (ends[0] if self.coin() else None), (ends[1] if self.coin() else None)
            basis = self.random.choice(BASES[1:])  # in per cent of it the edges would lie off the grid
            return Against(low, high, self.coin(), self.coin(), basis, literal=self.coin())
        if trends and kind in (1, 5):
            some: list[Trend] = ["better", "same", "worse"]
            return TrendIs(frozenset(self.random.sample(some, self.random.randint(1, 2))))
        if kind == 1:
            return Floor(self.coin(), self.coin())
        if kind == 2:
            return WithinTolerance(self.coin(), self.coin(), self.random.choice(BASES))
        if kind == 3:
            return UnitIs(self.coin())
        if kind in (6, 7):
            parts = tuple(self.condition(trends, depth - 1) for _ in range(self.random.randint(1, 3)))
            return All(parts) if kind == 6 else Any(parts)
        if kind == 8:
            return Not(self.condition(trends, depth - 1))
        ends = sorted((self.edge(), self.edge()))
        low, high = (ends[0] if self.coin() else None), (ends[1] if self.coin() else None)
        return Span(low, high, self.coin(), self.coin(), self.random.choice(BASES))

    def edge(self) -> Decimal:
        return self.random.choice([Decimal(0), Decimal(self.random.randint(-30, 30)) / 2])

    def coin(self) -> bool:
        return self.random.random() < 0.5
