"""Numbers and stars in columns of statuses, and the keys that define them; numbers that are something else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from normalise.grid import Grid
from normalise.headers import Headed
from normalise.heading.guess import ColumnGuess
from normalise.legends.marks import find_mark_key
from normalise.marks import mark_of
from tests.normalise.legends import passages
from tests.normalise.test_legend_tables import cell, table

RULE = {
    "status_1": "on or above target",
    "status_2": "within 5% of target",
    "status_3": "more than 5% below target",
}


def dashboard(marks: Sequence[str], priorities: Sequence[str] = ()) -> Headed:
    """Measures with a mark each under "Status" and, where given, a number each under "Priority"."""
    fields = {"Measure": "title", "Priority": "extra", "Status": "status"}
    rows = [[cell(name, 0, k) for k, name in enumerate(fields)]]
    for n, mark in enumerate(marks, 1):
        priority = priorities[n - 1] if priorities else ""
        rows.append([cell(f"Measure {n}", n, 0), cell(priority, n, 1), cell(mark, n, 2)])
    columns = tuple(ColumnGuess(h, f, "") for h, f in fields.items())
    return Headed(Grid(table(*rows)), 0, 1, columns, "dashboard")


def key(marks: Sequence[str], *texts: str) -> dict[str, str]:
    return {e.status: e.text for e in find_mark_key([dashboard(marks)], passages(*texts)).entries}


@pytest.mark.parametrize(
    "texts",
    [
        ("Key: 1 = on or above target; 2 = within 5% of target; 3 = more than 5% below target.",),
        ("1 – on or above target", "2 – within 5% of target", "3 – more than 5% below target"),
        ("• 1: on or above target", "• 2: within 5% of target", "• 3: more than 5% below target"),
        (
            "A status of 1 means on or above target, 2 means within 5% of target and 3 means more than 5% below target.",
        ),
        (
            "Status 1: on or above target. Status 2: within 5% of target. Status 3: more than 5% below target.",
        ),
        (
            "Performance is scored as follows: 1 = on or above target, 2 = within 5% of target, 3 = more than 5% below target",
        ),
    ],
)
def test_keys_of_numbers(texts: tuple[str, ...]) -> None:
    assert key("1231", *texts) == RULE


@pytest.mark.parametrize(
    "texts",
    [
        ("★★★ = on or above target; ★★ = within 5% of target; ★ = more than 5% below target",),
        ("★★★ on or above target ★★☆ within 5% of target ★☆☆ more than 5% below target",),
        ("3 stars: on or above target", "2 stars: within 5% of target", "1 star: more than 5% below target"),
        (
            "Three stars (on or above target), two stars (within 5% of target), one star (more than 5% below target)",
        ),
    ],
)
def test_keys_of_stars(texts: tuple[str, ...]) -> None:
    read = key(["★★★", "★★", "★", "★★"], *texts)
    assert list(read) == ["3_stars", "2_stars", "1_star"]
    assert list(read.values()) == list(RULE.values())


@pytest.mark.parametrize(
    "texts",
    [
        ("Key: 1 = on or above target; 2 = within 5% of target",),  # 3 is not defined
        ("Quarter 1: on target. Quarter 2: target missed. Quarter 3: target met.",),
        ("Priority 1 = on target at all times, Priority 2 = target met, Priority 3 = target missed",),
        ("Priorities: 1 = on target at all times, 2 = target met, 3 = target missed",),
        ("Confidence in delivery: 1 = target met, 2 = near target, 3 = target missed",),
        ("1 = people", "2 = place", "3 = resources"),
        ("Of 12 measures 1 met target, 2 were within 5% of target and 3 were more than 5% below target.",),
        ("1 = on target, 2 = near target", "A paragraph.", "Another.", "3 = target missed"),
    ],
)
def test_numbers_of_something_else(texts: tuple[str, ...]) -> None:
    assert key("1231", *texts) == {}


def test_a_key_of_another_column_is_not_that_of_the_status() -> None:
    words = "1 = target must be met, 2 = target should be met, 3 = target may be missed"
    beside = dashboard("1231", ["2", "1", "3", "1"])
    for said in ([f"Level of priority: {words}"], ["Levels of priority", *words.split(", ")]):
        assert key("1231", *said)
        assert find_mark_key([beside], passages(*said)).entries == ()


@pytest.mark.parametrize(
    ("text", "count", "stars"),
    [
        ("2", 2, False),
        ("★★☆", 2, True),
        ("⭐ ⭐", 2, True),
        ("3 stars", 3, True),
        ("one star", 1, True),
    ],
)
def test_marks(text: str, count: int, stars: bool) -> None:
    mark = mark_of(cell(text, 0, 0))
    assert mark is not None
    assert (mark.count, mark.stars) == (count, stars)


@pytest.mark.parametrize("text", ["", "2%", "17", "2.0", "2012", "Starred", "☆☆", "1a", "2 ★"])
def test_no_marks(text: str) -> None:
    assert mark_of(cell(text, 0, 0)) is None
