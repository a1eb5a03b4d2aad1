"""What a printed figure may stand for."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.records import Bound, Value
from tests.validate.making import value, words
from validate.rounding import Interval, interval, stretches


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        (value("62.4"), "62.35", "62.45"),
        (value("62"), "61.5", "62.5"),
        (value("62.40"), "62.395", "62.405"),
        (value("7.5", "days"), "7.45", "7.55"),
        (value("7", "days"), "6.5", "7.5"),
        (value("31", "per 10,000"), "30.5", "31.5"),
        (value("412", "number"), "412", "412"),
        (value("412.0", "number"), "411.95", "412.05"),
        (value("35,000", "number"), "34500", "35500"),
        (value("1,200", "number"), "1200", "1200"),
        (value("40,000", "number"), "35000", "45000"),
        (value("0", "number"), "0", "0"),
        (value("1200000", "gbp", resolution="100000"), "1150000", "1250000"),
        (value("3000000", "gbp", resolution="100000"), "2950000", "3050000"),
        (value("3000000", "gbp", resolution="1000000"), "2500000", "3500000"),
        (value("3000000", "gbp"), "2500000", "3500000"),
        (value("-3.2"), "-3.25", "-3.15"),
        (value("19", "households"), "19", "19"),
    ],
)
def test_a_measurement_stands_for_all_that_rounds_to_it(printed: Value, low: str, high: str) -> None:
    found = interval(printed, measured=True)
    assert found is not None
    assert (found.low, found.high) == (Fraction(low), Fraction(high))
    assert found.low in found
    assert found.high in found


def test_a_target_is_what_is_printed() -> None:
    assert interval(value("62.4"), measured=False) == Interval.at(Fraction("62.4"))


def test_a_count_beside_decimals_may_be_a_rounded_average() -> None:
    eight = value("8", "number")
    alone = interval(eight, measured=True, beside=[value("9", "number"), None])
    beside = interval(eight, measured=True, beside=[value("8.61", "number")])
    assert alone == Interval.at(Fraction(8))
    assert beside is not None
    assert (beside.low, beside.high) == (Fraction("7.5"), Fraction("8.5"))


def test_a_whole_number_that_is_no_count_was_rounded() -> None:
    found = interval(value("8", "number"), measured=True, count=False)
    assert found is not None
    assert (found.low, found.high) == (Fraction("7.5"), Fraction("8.5"))


def test_words_stand_for_no_figure() -> None:
    assert interval(words("On course"), measured=True) is None


@pytest.mark.parametrize(
    ("bound", "inside", "outside"),
    [("lt", "4.99", "5"), ("le", "5", "5.01"), ("gt", "5.01", "5"), ("ge", "5", "4.99")],
)
def test_a_bound_is_half_a_line(bound: Bound, inside: str, outside: str) -> None:
    found = interval(value("5", "days", bound=bound), measured=True)
    assert found is not None
    assert found.point is None
    assert Fraction(inside) in found
    assert Fraction(outside) not in found


def test_fewer_than_five_people_are_not_fewer_than_none() -> None:
    found = interval(value("5", "number", bound="lt"), measured=True)
    assert found is not None
    assert Fraction(-1) not in found
    assert Fraction(0) in found


def test_a_range_keeps_the_rounding_of_its_ends() -> None:
    found = interval(value("45", upper="50"), measured=True)
    assert found is not None
    assert (found.low, found.high, found.point) == (Fraction("44.5"), Fraction("50.5"), None)


@given(st.decimals("-999", "999", places=2), st.lists(st.fractions(-5, 5), max_size=4))
def test_test_points_lie_inside_and_between_all_marks(centre: object, offsets: list[Fraction]) -> None:
    middle = Fraction(str(centre))
    line = Interval(middle - 1, middle + 1, low_in=False, high_in=True, point=middle)
    marks = [middle + offset for offset in offsets]
    found = line.test_points(marks)
    assert all(x in line for x in found)
    assert {m for m in marks if m in line} <= set(found)
    cuts = sorted({m for m in marks if m in line} | {middle - 1, middle + 1})
    for a, b in pairwise(cuts):
        assert any(a < x < b for x in found)


def test_stretches_of_a_set_with_a_hole() -> None:
    marks = [Fraction(0), Fraction(3), Fraction(5)]
    found = list(stretches(marks, lambda x: 0 <= x < 3 or 3 < x <= 5))
    assert found == [
        Interval(Fraction(0), Fraction(3), True, False),
        Interval(Fraction(3), Fraction(5), False, True),
    ]
