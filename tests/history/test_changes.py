"""Events between reports: what must be said, beside it what looks like one and must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history.test_identity import OTHERS, kinds, made, row


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


def quarters(*targets: str) -> list[list]:  # type: ignore[type-arg]
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
    from belisha.history.history import History
    from tests.history.from_plan import report

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
    from belisha.history.history import History
    from normalise.records import Unread
    from tests.history.from_plan import report

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
