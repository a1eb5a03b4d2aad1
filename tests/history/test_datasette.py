"""The store as it is, and the words of its export, in a real Datasette."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from belisha.history.columns import INNER, tables
from belisha.history.history import History
from tests.batch.stores import belisha
from tests.history.from_plan import as_report
from tests.history.twelve_quarters import draw

pytest.importorskip("datasette", reason="needs the extra belisha[datasette]")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "council history.db"
    with History(path) as history:
        for one in draw():
            history.add(as_report(one))
    ended = belisha("export", "--store", path, "-o", path.parent / "out")
    assert ended.code == 0, ended.err
    return path


class Opened:
    """A store in Datasette, asked one address at a time."""

    def __init__(self, store: Path) -> None:
        self._store = store

    def page(self, address: str) -> str:
        metadata = self._store.parent / "out" / "datasette.json"
        done = subprocess.run(
            [sys.executable, "-m", "datasette", self._store, "--metadata", metadata, "--get", address],
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, f"{address}: {done.stderr}{done.stdout[:500]}"
        return done.stdout

    def data(self, address: str) -> Any:
        return json.loads(self.page(address))


def test_a_store_opens_as_it_is_and_is_not_changed(store: Path) -> None:
    before = store.read_bytes()
    told = Opened(store).data("/council history.json".replace(" ", "~20"))
    shown = {t["name"]: t["count"] for t in told["tables"] if not t["hidden"]}
    assert set(shown) == {t.name for t in tables()}
    assert shown["reading"] == 12
    assert {t["name"] for t in told["tables"] if t["hidden"]} == INNER
    assert store.read_bytes() == before


def test_every_column_is_explained_where_its_table_is_shown(store: Path) -> None:
    opened = Opened(store)
    for table in tables():
        page = opened.page(f"/council~20history/{table.name}?_size=3")
        assert table.about in unescape(page)
        terms = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.S)
        assert [(unescape(name), unescape(about)) for name, about in terms] == [
            (c.name, c.about) for c in table.columns
        ]


def test_a_series_can_be_asked_for_with_its_sources(store: Path) -> None:
    sql = (
        "select p.period, p.printed, r.period as report from point p join series s using (series)"
        " join reading r using (reading) where s.code = 'TV 02' and p.field = 'actual' and p.period = '2013/14 Q2'"
        " order by p.vintage"
    )
    rows = Opened(store).data(f"/council~20history.json?sql={sql.replace(' ', '+')}&_shape=array")
    assert [row["report"] for row in rows] == ["2013/14 Q2", "2013/14 Q3"]
    assert rows[0]["printed"] != rows[1]["printed"]  # restated, both kept


def test_points_are_shown_under_the_names_of_their_measures(store: Path) -> None:
    page = Opened(store).page("/council~20history/point?_size=1&field=actual")
    assert "Planning applications decided on time" in page
