"""Year-end forecasts against what came: how good they were, by service."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from belisha.history.history import History
from normalise.records import Measure, Report
from tests.batch.stores import belisha
from tests.history.from_plan import report, value
from tests.history.test_identity import OTHERS, row

# by measure: section, then for each quarter the figure, the forecast for the year, its status, the quarter's status
YEAR = {
    ("RB 1", "Hedges cut", "Parks"): (
        ("61%", "70%", "green", "amber"), ("64%", "70%", "green", "amber"),
        ("66%", "70%", "green", "amber"), ("70%", None, None, "green"),
    ),
    ("RB 2", "Paths swept", "Parks"): (
        ("50%", "80%", "green", "red"), ("52%", "75%", "amber", "red"),
        ("54%", "75%", "amber", "red"), ("55%", None, None, "red"),
    ),
    ("RB 3", "Calls answered", "Contact"): (
        ("90%", "On track", "green", "green"), ("91%", "95.4%", "green", "green"),
        ("91%", "95.4%", "green", "green"), ("95.35%", None, None, "green"),
    ),
}  # fmt: skip


def _measure(like: Measure, key: tuple[str, str, str], quarter: int) -> Measure:
    actual, forecast, forecast_status, status = YEAR[key][quarter - 1]
    return like.model_copy(
        update={
            "section": key[2],
            "actual": value(actual or ""),
            "forecast": value(forecast) if forecast else None,
            "forecast_status": forecast_status,
            "status": status,
        }
    )


def _report(quarter: int) -> Report:
    rows = [row(code, title, "1%") for code, title, _ in YEAR]
    plain = report(quarter, [*rows, *(replace(other) for other in OTHERS)])
    mine = tuple(_measure(m, key, quarter) for m, key in zip(plain.measures, YEAR, strict=False))
    return plain.model_copy(update={"measures": (*mine, *plain.measures[len(mine) :])})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "h.db"
    with History(path) as history:
        for quarter in range(1, 5):
            history.add(_report(quarter))
    return path


def test_each_forecast_stands_beside_its_outturn(store: Path) -> None:
    found = json.loads(belisha("history", "--forecasts", "--store", store, "--format", "json").out)
    assert {(f["code"], f["made"], f["forecast"], f["outturn"], f["error"], f["hit"]) for f in found} == {
        ("RB 1", "2013/14 Q1", "70%", "70%", "0", True),
        ("RB 1", "2013/14 Q2", "70%", "70%", "0", True),
        ("RB 1", "2013/14 Q3", "70%", "70%", "0", True),
        ("RB 2", "2013/14 Q1", "80%", "55%", "-25", False),
        ("RB 2", "2013/14 Q2", "75%", "55%", "-20", False),
        ("RB 2", "2013/14 Q3", "75%", "55%", "-20", False),
        ("RB 3", "2013/14 Q1", "On track", "95.35%", None, None),
        ("RB 3", "2013/14 Q2", "95.4%", "95.35%", "-0.05", True),
        ("RB 3", "2013/14 Q3", "95.4%", "95.35%", "-0.05", True),
    }


def test_how_good_they_were_is_summed_up_by_service(store: Path) -> None:
    text = belisha("history", "--forecasts", "--store", store).text
    assert "Parks: 3 of 6 figures came as forecast, 3 of 6 statuses" in text
    assert "Contact: 2 of 2 figures came as forecast, 3 of 3 statuses" in text


def test_a_year_that_ended_with_another_status_is_told(store: Path) -> None:
    with History(store) as history:
        ((_, missed),) = history.changes(["forecast-missed"])
    assert (missed.code, missed.period, missed.was, missed.now) == ("RB 2", "2013/14", "amber", "red")
    assert "75% was forecast, 55% came" in missed.message
