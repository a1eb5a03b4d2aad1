"""Rows and rules for the tests, in few words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any as Anything

from normalise.records import Bound, Confidence, ExtraValue, Improvement, Measure, Role, Value
from validate.cases import Case, case_of
from validate.scheme import Band, Basis, Condition, Reading, Scheme, Span

BOX = (0.0, 0.0, 1.0, 1.0)
TITLE = "Parcels sorted by noon"


def value(
    text: str,
    unit: str | None = "percent",
    *,
    resolution: str | None = None,
    bound: Bound | None = None,
    upper: str | None = None,
    qualifier: str | None = None,
    confidence: Confidence = "high",
    signals: tuple[str, ...] = (),
) -> Value:
    """A figure as a cell would print it: "97.8", "35,000"; the resolution is its last printed place."""
    amount = Decimal(text.replace(",", ""))
    exponent = amount.as_tuple().exponent
    place = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else None
    return Value(
        printed=text + ("%" if unit == "percent" else ""),
        value=amount,
        unit=unit,
        resolution=Decimal(resolution) if resolution else place,
        bound=bound,
        upper=Decimal(upper) if upper else None,
        qualifier=qualifier,
        confidence=confidence,
        signals=signals,
    )


def words(text: str) -> Value:
    """A cell that holds words."""
    return Value(printed=text)


def extra(text: str, role: Role, unit: str | None = "percent") -> ExtraValue:
    """A figure in a column that the contract has no field for."""
    return ExtraValue(**value(text, unit).model_dump(), role=role)


def measure(**given: Anything) -> Measure:
    """A dashboard row; strings for figures are percentages."""
    figures = ("actual", "target", "forecast", "year_end_target", "previous")
    fields = {k: value(v) if k in figures and isinstance(v, str) else v for k, v in given.items()}
    return Measure.model_validate({"page": 1, "bbox": BOX, "title": TITLE, **fields})


def improvement(**given: Anything) -> Improvement:
    """A row of an improvement report; strings for figures are percentages."""
    figures = ("actual", "target", "forecast")
    fields = {k: value(v) if k in figures and isinstance(v, str) else v for k, v in given.items()}
    return Improvement.model_validate({"pages": (1,), "bbox": BOX, "title": TITLE, **fields})


def span(low: str | None, high: str | None, ends: str = "[]", basis: Basis = "relative") -> Span:
    """A span of variance; ``ends`` says as in mathematics which edges belong to it: "[)"."""
    return Span(
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        ends[0] == "[",
        ends[1] == "]",
        basis,
    )


def reading(name: str = "only", /, **bands: Condition | None) -> Reading:
    """A reading with one band a status, best first."""
    return Reading(name, tuple(Band(status, condition) for status, condition in bands.items()))


def three_bands(width: str = "5", basis: Basis = "relative", name: str = "") -> Reading:
    """Green on target, amber up to ``width`` worse, red beyond."""
    return reading(
        name or basis,
        green=span("0", None, basis=basis),
        amber=span(f"-{width}", "0", "[)", basis),
        red=span(None, f"-{width}", "[)", basis),
    )


def scheme(*readings: Reading) -> Scheme:
    statuses = dict.fromkeys(band.status for r in readings for band in r.bands)
    return Scheme(readings, tuple(statuses), rule="the rule")


def cases_of(rows: Iterable[Measure]) -> list[Case]:
    """The case of each row that prints a status."""
    return [case_of(row) for row in rows if row.status is not None]
