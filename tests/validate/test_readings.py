"""Choosing the likely reading."""

from __future__ import annotations

from msgspec.structs import replace

from normalise.records import Measure
from tests.validate.making import cases_of, measure, reading, scheme, span, three_bands, value
from validate.cases import case_of
from validate.readings import Likelihood, likely_reading
from validate.scheme import Scheme
from validate.verdicts import judge

RELATIVE, POINTS = three_bands(), three_bands(basis="points")
BOTH = scheme(POINTS, RELATIVE)


def row(actual: str, target: str, status: str, unit: str = "percent") -> Measure:
    return measure(good_is="high", actual=value(actual, unit), target=value(target, unit), status=status)


def likelihood(rule: Scheme, *rows: Measure) -> Likelihood:
    return likely_reading(rule, cases_of(rows))


# 18.0 against 20.0 is 10% worse and 2 points worse; 38.4 against 40.0 is within 5% either way
ONLY_RELATIVE = row("18.0", "20.0", "red")
ONLY_POINTS = row("18.0", "20.0", "amber")
BOTH_FIT = row("38.4", "40.0", "amber")
NEITHER = row("18.0", "20.0", "green")


def test_the_reading_that_explains_most_is_likely() -> None:
    found = likelihood(BOTH, ONLY_RELATIVE, BOTH_FIT, NEITHER)
    assert found.likely == RELATIVE
    assert found.line == "relative: 2 of 3; points: 1 of 3"


def test_ties_go_to_the_order_given() -> None:
    found = likelihood(BOTH, BOTH_FIT, ONLY_RELATIVE, ONLY_POINTS)
    assert found.likely == POINTS


def test_as_printed_counts_before_within_rounding() -> None:
    inside = reading("inside", green=span("0", None), amber=span("-5", "0", "[)"), red=span(None, "-5", "[)"))
    beyond = reading("beyond", green=span("0", None), amber=span("-5", "0", "()"), red=span(None, "-5"))
    found = likelihood(scheme(beyond, inside), row("76", "80", "amber"))
    assert found.likely == inside
    assert found.line == "inside: 1 of 1; beyond: 0 and 1 within rounding of 1"


def test_points_are_not_held_to_measures_that_are_no_percentages() -> None:
    days = row("19.2", "20.0", "amber", "days")
    found = likelihood(BOTH, days, ONLY_POINTS)
    assert found.likely == POINTS
    assert found.line == "points: 2 of 2; relative: 1 of 2"


def test_what_cannot_be_judged_does_not_count() -> None:
    annual = row("18.0", "20.0", "annual")
    no_figure = measure(good_is="high", target="20", status="red")
    assert likelihood(BOTH, annual, no_figure).decided == 0


def test_misfits_are_counted_by_kind() -> None:
    groups = {name: (n, bad) for name, n, bad in likelihood(BOTH, NEITHER, BOTH_FIT).groups}
    assert groups["all"] == (2, 1)
    assert groups["status green"] == (1, 1)
    assert groups["status amber"] == (1, 0)
    assert groups["high is good"] == (2, 1)


def test_a_reading_that_most_statuses_speak_against_no_longer_excuses_one() -> None:
    few = likelihood(BOTH, ONLY_RELATIVE, ONLY_RELATIVE, BOTH_FIT, ONLY_POINTS)
    assert judge(ONLY_POINTS, BOTH, few).verdict == "depends"
    close = likelihood(BOTH, *[ONLY_RELATIVE] * 3, ONLY_POINTS)
    assert judge(ONLY_POINTS, BOTH, close).verdict == "depends"
    many = likelihood(BOTH, *[ONLY_RELATIVE] * 4, BOTH_FIT, ONLY_POINTS)
    assert [(r.reading, r.worse, r.better) for r in many.refuted] == [(POINTS, 4, 1)]
    found = judge(ONLY_POINTS, BOTH, many)
    assert (found.verdict, found.expected) == ("contradicted", ("red",))
    assert "read as “points” it would fit, but then 4 statuses would not" in found.causes[1]


def test_a_report_that_seems_to_measure_in_two_ways_refutes_neither() -> None:
    mixed = likelihood(BOTH, *[ONLY_RELATIVE] * 7, *[ONLY_POINTS] * 2)
    assert mixed.refuted == ()
    assert judge(ONLY_POINTS, BOTH, mixed).verdict == "depends"
    rare = likelihood(BOTH, *[ONLY_RELATIVE] * 8, *[ONLY_POINTS] * 2)
    assert [(r.worse, r.better) for r in rare.refuted] == [(8, 2)]


def test_a_measure_that_two_tables_print_counts_once_against_a_reading() -> None:
    twice = [case_of(m, "status", m) for m in [ONLY_RELATIVE] * 3]
    assert likelihood(BOTH, *[ONLY_RELATIVE] * 3).refuted
    assert not likely_reading(BOTH, [case_of(ONLY_RELATIVE), *twice]).refuted


def test_a_reading_refuted_by_percentages_still_speaks_of_days() -> None:
    days = row("19.2", "20.0", "red", "days")
    found = likelihood(BOTH, *[ONLY_POINTS] * 4, days)
    assert found.likely == POINTS
    assert [r.reading for r in found.refuted] == [RELATIVE]
    verdict = judge(days, BOTH, found)
    assert (verdict.verdict, verdict.reading, verdict.expected) == ("contradicted", "relative", ("amber",))


def test_many_readings_are_named_by_their_first_question() -> None:
    def named(basis: str, edge: str) -> tuple[tuple[str, str], ...]:
        return (("basis", basis), ("exactly 5%", edge))

    readings = [
        replace(base, name=f"{base.name}; exactly 5% is {edge}", choices=named(base.name, edge))
        for base in (RELATIVE, POINTS)
        for edge in ("amber", "red", "left open")
    ]
    line = likelihood(scheme(*readings), ONLY_RELATIVE).line
    assert line == "relative; exactly 5% is amber: 1 of 1; points; exactly 5% is amber: 0 of 1; and 4 more"
