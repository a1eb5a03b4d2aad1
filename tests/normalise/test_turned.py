"""Tables turned round become rows; tables that only look like it stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.cells import Table
from normalise.grid import Grid
from normalise.turned import turned_round
from normalise.vocabulary import load
from tests.normalise.test_legend_tables import cell, table

TURNED = ["Measure|Calls answered|Homes let", "Target|80%|60%", "Actual|81%|58%", "Status|Green|Amber"]


def made(lines: Sequence[str]) -> Table:
    return table(*([cell(text, r, c) for c, text in enumerate(x.split("|"))] for r, x in enumerate(lines)))


def texts(found: Sequence[Table]) -> list[list[str]]:
    return [
        ["|".join(row.text(k) for k in range(grid.columns)) for row in grid.rows] for grid in map(Grid, found)
    ]


def test_each_column_is_a_row() -> None:
    assert texts(turned_round(made(TURNED), load())) == [
        ["Measure|Target|Actual|Status", "Calls answered|80%|81%|Green", "Homes let|60%|58%|Amber"]
    ]


def test_bands_below_each_other() -> None:
    lower = ["Measure|Trees planted|Fires", "Target|90|12", "Actual|95|9", "Status|Green|Green"]
    assert [t[1:] for t in texts(turned_round(made([*TURNED, *lower]), load()))] == [
        ["Calls answered|80%|81%|Green", "Homes let|60%|58%|Amber"],
        ["Trees planted|90|95|Green", "Fires|12|9|Green"],
    ]


def test_the_fill_of_a_band_is_no_status() -> None:
    rows = [
        [
            cell(text, r, c, fill="EEEEEE" if r == 1 else "00B050" if (r, c) == (3, 1) else None)
            for c, text in enumerate(x.split("|"))
        ]
        for r, x in enumerate(TURNED)
    ]
    (found,) = turned_round(table(*rows), load())
    assert [[c.fill for c in row.cells] for row in found.rows] == [
        [None] * 4,
        [None, None, None, "00B050"],
        [None] * 4,
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Measure|Calls answered|Homes let"],
        [
            "Measure|Actual|Target|Status",
            "Calls answered|81%|80%|Green",
            "Homes let|58%|60%|Amber",
            "Fires|9|12|Green",
        ],
        ["|Q1|Q2", *TURNED[1:]],
        ["|2018/19 target|2019/20 target", *TURNED[1:]],
        ["|Green|Red", *TURNED[1:]],
        ["|12|14", *TURNED[1:]],
        ["|Parks|Parks", *TURNED[1:]],
        ["Days lost to sickness|Parks|Streets", *TURNED[1:]],
        ["|Parks|Streets", "On target|12|9", "Off target|3|2", "Total|15|11"],
        ["|Parks|Streets", "Target|8.0|8.0", "Actual|9.1|7.2"],
        ["|Parks|Streets", "Target|8.0|8.0", "Calls taken|9|7", "Letters sent|12|11", "Status|Red|Green"],
        ["Measure|Calls answered", "Target|80%", "Actual|81%", "Status|Green"],
    ],
)
def test_others_stay_as_they_are(lines: list[str]) -> None:
    found = made(lines) if lines else Table((), (), ())
    assert turned_round(found, load()) == []
