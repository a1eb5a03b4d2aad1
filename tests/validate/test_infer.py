"""A rule inferred from the statuses of a report that prints none."""

from __future__ import annotations

from decimal import Decimal

from normalise.records import Measure
from tests.validate.making import cases_of, extra, measure, value
from validate.infer import infer_scheme, merit_order
from validate.scheme import Scheme, Span
from validate.verdicts import judge


def row(actual: str, status: str, target: str = "80.0", unit: str = "percent") -> Measure:
    return measure(good_is="high", actual=value(actual, unit), target=value(target, unit), status=status)


TWO = [row(a, "green") for a in ("80.0", "84.1", "91.0")] + [row(a, "red") for a in ("79.0", "70.2", "78.1")]
THREE = [*TWO[:3], row("79.0", "amber"), row("73.1", "amber"), row("70.2", "red"), row("71.4", "red")]


def edges(scheme: Scheme) -> list[tuple[str, Decimal | None, Decimal | None]]:
    found: list[tuple[str, Decimal | None, Decimal | None]] = []
    for band in scheme.readings[0].bands:
        assert isinstance(band.condition, Span)
        found.append((band.status, band.condition.low, band.condition.high))
    return found


def test_two_bands_meet_at_target() -> None:
    found = infer_scheme(cases_of(TWO))
    assert found is not None
    assert edges(found.scheme) == [("green", Decimal(0), None), ("red", None, Decimal(0))]
    assert found.scheme.origin == "inferred"
    assert "6 of 6" in found.sentence


def test_three_bands_with_a_common_tolerance() -> None:
    found = infer_scheme(cases_of(THREE))
    assert found is not None
    assert edges(found.scheme)[1] == ("amber", Decimal(-10), Decimal(0))


def test_an_edge_belongs_to_the_better_band() -> None:
    counts = [row(a, "amber", "80", "number") for a in ("72", "76")] + [row("71", "red", "80", "number")]
    found = infer_scheme(cases_of([*THREE, *counts]))
    assert found is not None
    assert found.explained == 10
    assert edges(found.scheme)[1] == ("amber", Decimal(-10), Decimal(0))


def test_points_where_only_points_fit() -> None:
    rows = [
        row(a, s, t)
        for a, s, t in (("22.0", "green", "20.0"), ("18.0", "amber", "20.0"), ("15.6", "amber", "20.0"))
    ]
    rows += [row("93.0", "red", "99.0"), row("94.2", "amber", "99.0"), row("14.4", "red", "20.0")]
    found = infer_scheme(cases_of(rows))
    assert found is not None
    assert found.explained == 6
    assert edges(found.scheme)[1][1] == Decimal(-5)
    assert found.scheme.readings[0].name == "inferred, points"


def test_own_thresholds_come_before_edges_that_fit_by_chance() -> None:
    rows = [
        measure(actual=a, target="80.0", status=s, extra={"Least": extra(floor, "floor")})
        for a, floor, s in (
            ("82.0", "70.0", "green"),
            ("71.0", "70.0", "amber"),
            ("75.0", "72.0", "amber"),
            ("69.0", "70.0", "red"),
            ("60.0", "61.5", "red"),
            ("90.0", "50.0", "green"),
        )
    ]
    found = infer_scheme(cases_of(rows))
    assert found is not None
    assert "threshold" in found.scheme.readings[0].name


def test_too_few_or_too_wild_statuses_follow_no_rule() -> None:
    assert infer_scheme(cases_of(TWO[:5])) is None
    assert infer_scheme(cases_of(TWO[:3] * 4)) is None
    wild = [row(a, s) for a, s in (("90.0", "red"), ("70.0", "green")) for _ in range(4)]
    assert infer_scheme(cases_of([*TWO, *wild])) is None


def test_a_status_that_is_never_explained_spoils_the_rule() -> None:
    odd = [row("90.0", "amber"), row("60.0", "amber")]
    assert infer_scheme(cases_of(TWO * 6)) is not None
    assert infer_scheme(cases_of([*TWO * 6, *odd])) is None


def test_an_exception_is_a_note() -> None:
    odd = row("60.0", "green")
    found = infer_scheme(cases_of([*TWO * 3, odd]))
    assert found is not None
    assert judge(odd, found.scheme).verdict == "note"


def test_order_of_merit() -> None:
    assert merit_order(["Red", "green", "Amber/Green", "blue", "annual", "mauve"]) == [
        "blue",
        "green",
        "amber_green",
        "red",
    ]
