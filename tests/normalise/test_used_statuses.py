"""Which statuses the tables print, so that of two keys the one about them is taken for the rule."""

from __future__ import annotations

from normalise.grid import Grid
from normalise.headers import Headed
from normalise.heading.guess import ColumnGuess
from normalise.used_statuses import used_statuses
from normalise.vocabulary import load
from tests.normalise.test_legend_tables import cell, table


def test_words_of_status_columns_that_judge() -> None:
    rows = [
        [cell("Measure", 0, 0), cell("Actual", 0, 1), cell("RAG", 0, 2)],
        [cell("Amber traffic lights repaired", 1, 0), cell("91%", 1, 1), cell("Green", 1, 2)],
        [cell("Calls answered", 2, 0), cell("7", 2, 1), cell("RED", 2, 2)],
        [cell("Trees planted", 3, 0), cell("", 3, 1), cell("No data", 3, 2)],
    ]
    columns = tuple(
        ColumnGuess(h, f, "") for h, f in (("Measure", "title"), ("Actual", "actual"), ("RAG", "status"))
    )
    headed = Headed(Grid(table(*rows)), 0, 1, columns, "dashboard")
    assert used_statuses([headed], load()) == {"green", "red"}
    assert used_statuses([Headed(Grid(table(*rows)))], load()) == frozenset()
