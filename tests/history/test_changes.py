"""Events between reports: what must be said, beside it what looks like one and must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from belisha.history.history import History
from normalise.periods import read_period
from tests.history.from_plan import measure, report
from tests.history.test_identity import OTHERS, kinds, made, row
from tests.history.twelve_quarters import Row


def test_a_restated_figure(tmp_path: Path) -> None:
    history = made(tmp_path, [row("RB 9", "Hedges", "61.2%")], [row("RB 9", "Hedges", "63.0%", "60.8%")])
    assert [(c.kind, c.was, c.now, c.period) for _, c in history.changes()] == [
        ("restated", "61.2%", "60.8%", "2013/14 Q1")
    ]


@pytest.mark.parametrize("again", ["61%", "61.2%", "61.20%", "", "N/A"])
def test_the_same_figure_rounded_or_missing_is_no_restatement(tmp_path: Path, again: str) -> None:
    assert not kinds(
        made(tmp_path, [row("RB 9", "Hedges", "61.2%")], [row("RB 9", "Hedges", "63.0%", again)])
    )


def test_roundings_do_not_add_up_to_a_restatement(tmp_path: Path) -> None:
    history = made(tmp_path, [row("RB 9", "Hedges", "61.44%")], [row("RB 9", "Hedges", "63.0%", "61.4%")])
    assert not kinds(history)


def test_as_of_leaves_out_what_came_later(tmp_path: Path) -> None:
    history = made(tmp_path, [row("RB 9", "Hedges", "61.2%")], [row("RB 9", "Hedges", "63.0%", "60.8%")])
    then = history.as_of("2013-08-01").series("RB 9")
    (period,) = then.periods
    held = then.in_force(period, "actual")
    assert held is not None
    assert held.printed == "61.2%"
    now = history.series("RB 9").in_force(period, "actual")
    assert now is not None
    assert now.printed == "60.8%"


def quarters(*targets: str) -> list[list]:  # type: ignore[type-arg]  # rows of strings and None
    return [[row("RB 9", "Hedges", f"6{n}.0%", "", target)] for n, target in enumerate(targets)]


def test_a_target_that_stood_and_moved(tmp_path: Path) -> None:
    assert kinds(made(tmp_path, *quarters("70%", "70%", "65%"))) == ["target-moved"]


@pytest.mark.parametrize(
    "targets", [("25%", "50%", "75%", "100%"), ("70%", "70%", "70%", "70%"), ("20%", "45%")]
)
def test_a_target_that_rises_with_the_year_has_not_moved(tmp_path: Path, targets: tuple[str, ...]) -> None:
    assert not kinds(made(tmp_path, *quarters(*targets)))


def test_a_new_year_may_have_a_new_target(tmp_path: Path) -> None:
    assert kinds(made(tmp_path, *quarters("70%", "70%", "70%", "70%", "75%"))) == ["new-year-target"]


def test_dropped_without_a_word(tmp_path: Path) -> None:
    assert kinds(made(tmp_path, [row("RB 9", "Hedges", "61.2%")], [], [])) == ["dropped"]


def test_a_report_on_other_ground_drops_nothing(tmp_path: Path) -> None:

    history = History(tmp_path / "h.db")
    history.add(report(1, [row("RB 9", "Hedges", "61.2%"), *OTHERS]))
    history.add(report(2, [row(f"ZZ {n}", f"Thing {n} of another kind", "50%") for n in range(6)]))
    assert not kinds(history)


def test_a_measure_of_the_year_end_is_waited_for(tmp_path: Path) -> None:
    yearly = [row("RB 9", "Hedges", "61.2%")]
    assert kinds(made(tmp_path, [], [], [], yearly, [], [], [])) == ["added"]


def test_a_measure_that_comes_back_was_not_dropped(tmp_path: Path) -> None:
    one = [row("RB 9", "Hedges", "61.2%")]
    assert not kinds(made(tmp_path, one, [], one))


def test_a_row_that_was_not_read_is_not_dropped(tmp_path: Path) -> None:
    from normalise.records import Unread

    history = History(tmp_path / "h.db")
    history.add(report(1, [row("RB 9", "Hedges", "61.2%"), *OTHERS]))
    torn = report(2, OTHERS)
    unread = (Unread(page=2, bbox=(0, 0, 1, 1), text="RB 9 Hedges 62.0% 80% Red", reason="torn"),)
    history.add(torn.model_copy(update={"unread": unread}))
    assert not kinds(history)


def test_a_column_that_never_agrees_accuses_nobody(tmp_path: Path) -> None:
    names = ("Hedges", "Ditches", "Walls", "Fences", "Stiles", "Paths")
    first = [row(f"RD {n}", name, f"{40 + n}.0%") for n, name in enumerate(names)]
    second = [row(f"RD {n}", name, f"{50 + n}.0%", f"{70 - n}.0%") for n, name in enumerate(names)]
    assert kinds(made(tmp_path, first, second)) == ["column-differs"]


NAMES = ("Hedges", "Ditches", "Walls", "Fences", "Stiles", "Paths")


def rows(first: int, previous: int | None = None, **odd: str) -> list[Row]:
    """Six measures; ``odd`` gives another earlier figure to some of them."""
    before = [odd.get(name, "" if previous is None else f"{previous + n}.0%") for n, name in enumerate(NAMES)]
    return [row(f"FB {n}", name, f"{first + n}.0%", before[n]) for n, name in enumerate(NAMES)]


def titled(folder: Path, *reports: tuple[str, str | None, list[Row]]) -> History:
    """A history of reports with these titles and headings over their earlier figures."""
    history = History(folder / "h.db")
    for title, heading, measures in reports:
        period = read_period(title)
        assert period is not None
        one = report(1, measures, file=title)
        records = tuple(measure(r, heading) for r in measures)
        facts = one.report.model_copy(update={"period": period})
        history.add(one.model_copy(update={"report": facts, "measures": records}))
    return history


def test_months_are_no_quarters(tmp_path: Path) -> None:
    history = titled(
        tmp_path,
        ("Performance, May 2021", None, rows(40)),
        ("Performance, June 2021", "Previous month", rows(50, 40, Walls="12.0%")),
        ("Quarter 1 2021/22", None, rows(60)),
    )
    assert [(c.kind, c.title, c.period) for _, c in history.changes()] == [
        ("previous-differs", "Walls", "2021/22 M02")
    ]


def test_two_reports_on_one_period_that_differ_throughout_are_on_different_things(tmp_path: Path) -> None:
    history = titled(
        tmp_path, ("Quarter 1 2021/22", None, rows(40)), ("Quarter one of 2021/22", None, rows(60))
    )
    assert [(c.kind, c.verdict) for _, c in history.changes()] == [("column-differs", "depends")]


def test_a_draft_with_one_other_figure_is_restated(tmp_path: Path) -> None:
    changed = rows(40)
    changed[2].actual = "11.0%"
    history = titled(
        tmp_path, ("Quarter 1 2021/22", None, rows(40)), ("Quarter one of 2021/22", None, changed)
    )
    assert kinds(history) == ["restated"]


def test_a_years_column_that_repeats_the_last_quarter_but_for_one(tmp_path: Path) -> None:
    history = titled(
        tmp_path,
        ("Quarter 4 2020/21", None, rows(40)),
        ("Quarter 1 2021/22", "2020/21", rows(50, 40, Walls="12.0%")),
    )
    assert [(c.kind, c.title, c.was, c.now) for _, c in history.changes()] == [
        ("previous-differs", "Walls", "42.0%", "12.0%")
    ]


def test_a_years_column_of_its_own_says_nothing(tmp_path: Path) -> None:
    history = titled(
        tmp_path, ("Quarter 4 2020/21", None, rows(40)), ("Quarter 1 2021/22", "2020/21", rows(50, 70))
    )
    assert not kinds(history)


@pytest.mark.parametrize(("heading", "first"), [("Same period last year", 30), ("Last year", 40)])
def test_figures_tell_which_period_last_year_is(tmp_path: Path, heading: str, first: int) -> None:
    history = titled(
        tmp_path,
        ("Quarter 1 2020/21", None, rows(30)),
        ("Quarter 4 2020/21", None, rows(40)),
        ("Quarter 1 2021/22", heading, rows(50, first)),
    )
    assert not kinds(history)
