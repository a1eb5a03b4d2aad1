"""``belisha history`` and ``belisha export`` as people run them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from belisha.history.columns import INNER, tables
from belisha.history.history import History
from belisha.history.store import Store
from tests.batch.stores import belisha, start
from tests.belisha.running import Ended, one_line_of_trouble
from tests.history.from_plan import as_report, report
from tests.history.test_identity import OTHERS, row
from tests.history.twelve_quarters import draw
from tests.isolation.at_hand import rounds


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "h.db"
    with History(path) as history:
        for one in draw():
            history.add(as_report(one))
    return path


def ask(store: Path, *arguments: str | Path) -> Ended:
    return belisha("history", *arguments, "--store", store)


def test_a_table_of_one_measure(store: Path) -> None:
    ended = ask(store, "TV 02")
    assert ended.code == 0
    assert "2013/14 Q2" in ended.text
    assert "is " in next(line for line in ended.text.splitlines() if line.startswith("2013/14 Q2"))


def test_json_and_csv_hold_the_same_rows(store: Path) -> None:
    as_json = json.loads(ask(store, "TV 02", "--format", "json").out)
    as_csv = list(csv.DictReader(io.StringIO(ask(store, "TV 02", "--format", "csv").text)))
    assert len(as_json) == len(as_csv) > 24
    assert [r["printed"] for r in as_json] == [r["printed"] for r in as_csv]


def test_changes_name_both_sources(store: Path) -> None:
    found = json.loads(ask(store, "--changes", "--kind", "restated,dropped", "--format", "json").out)
    assert {c["kind"] for c in found} == {"restated", "dropped"}
    (one,) = [c for c in found if c["code"] == "TV 02"]
    assert [s["file"] for s in one["sources"]] == ["q02.pdf", "q03.pdf"]


def test_as_of_a_day(store: Path) -> None:
    found = json.loads(ask(store, "--as-of", "2014-04-01", "--format", "json").out)
    assert {m["last"] for m in found} == {"2013/14 Q4"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("NO 1",), "no measure 'NO 1'"),
        (("--as-of", "soon"), "is no date"),
        (("--changes", "--proposals"), "cannot be had together"),
        (("--kind", "restated"), "goes with --changes"),
        (("--changes", "--kind", "wobbled"), "no such kind: wobbled"),
        (("--organisation", "Nowhere"), "no report of 'Nowhere'"),
        (("-o", "answer.pdf"), "names no format"),
    ],
)
def test_wrong_questions(store: Path, arguments: tuple[str, ...], says: str) -> None:
    one_line_of_trouble(ask(store, *arguments), code=2, says=[says])


def test_no_store_is_said_and_none_made(tmp_path: Path) -> None:
    for command in (("history",), ("export", "-o", tmp_path / "out")):
        ended = belisha(*command, "--store", tmp_path / "none.db")
        one_line_of_trouble(ended, code=2, says=["no such store"])
    assert not list(tmp_path.iterdir())


class Outside(HTMLParser):
    """Collects everything in a page that would be fetched or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe", "object", "embed"):
            self.found.append(tag)
        self.found += [f"{k}={v}" for k, v in attrs if k in ("src", "href") or k.startswith("on")]


def test_a_chart_needs_nothing_else(store: Path, tmp_path: Path) -> None:
    page = tmp_path / "chart.html"
    ended = ask(store, "TV 02", "--chart", page)
    assert (ended.code, ended.out) == (0, b"")
    text = page.read_text(encoding="utf-8")
    outside = Outside()
    outside.feed(text)
    assert not outside.found
    assert "default-src 'none'" in text
    assert text.count('class="was"') == 1
    assert 'class="target"' in text


def test_a_chart_shows_what_a_report_says_as_text_only(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with History(path) as history:
        history.add(report(1, [row("<b>", "<script>alert(1)</script>\x1b[31m", "61.2%"), *OTHERS]))
    page = tmp_path / "chart.html"
    assert belisha("history", "--store", path, "--chart", page).code == 0
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "\x1b" not in text


def test_every_column_of_the_store_is_explained(store: Path) -> None:
    with Store.to_read(store) as opened:
        names = {n for (n,) in opened.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert {t.name for t in tables()} == names - INNER
        for table in tables():
            held = [r[1] for r in opened.rows(f"PRAGMA table_info('{table.name}')")]
            assert list(table.names) == held


def test_an_export_is_a_whole_data_package(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert belisha("export", "--store", store, "-o", out).code == 0
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["path"] for r in package["resources"]} == {f"{t.name}.csv" for t in tables()}
    for resource in package["resources"]:
        data = (out / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
        assert rows[0] == [f["name"] for f in resource["schema"]["fields"]]
        assert all(len(r) == len(rows[0]) for r in rows)
    points = list(csv.DictReader((out / "point.csv").open(encoding="utf-8")))
    with History(store) as history:
        assert len(points) == sum(len(list(s.rows())) for s in history.all_series())
    assert sorted(p.name for p in out.iterdir() if p.name.startswith(".")) == []


def test_parquet_holds_the_figures_as_decimals(store: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra belisha[parquet]")
    assert belisha("export", "--store", store, "-o", tmp_path / "out", "--parquet").code == 0
    table = parquet.read_table(tmp_path / "out" / "point.parquet")
    rows = list(csv.DictReader((tmp_path / "out" / "point.csv").open(encoding="utf-8")))
    assert table.num_rows == len(rows)
    assert "decimal" in str(table.schema.field("value").type)


@pytest.mark.parametrize("moment", [0.3 + n * 0.6 / rounds(3, 99) for n in range(rounds(4, 100))])
def test_an_export_that_is_killed_leaves_whole_files(store: Path, tmp_path: Path, moment: float) -> None:
    out = tmp_path / "out"
    assert belisha("export", "--store", store, "-o", out).code == 0
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    run = start("export", "--store", store, "-o", out)
    time.sleep(moment)
    run.kill()
    run.communicate()
    after = {p.name: p.read_bytes() for p in out.iterdir() if not p.name.startswith(".")}
    assert after == before  # the store is the same, so old and new files are too
    assert belisha("export", "--store", store, "-o", out).code == 0
    assert sorted(p.name for p in out.iterdir()) == sorted(before)


@pytest.mark.parametrize("name", ["datasette.json", "datapackage.json", "point.csv"])
def test_what_a_killed_export_left_is_written_over(store: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / f".{name}.part").write_bytes(b"half of it")
    assert belisha("export", "--store", store, "-o", out).code == 0
    assert [p.name for p in out.iterdir() if p.name.startswith(".")] == []


def test_help_loads_no_stage() -> None:
    code = (
        "import sys; from belisha.cli import history, export, backfill; sys.exit('pydantic' in sys.modules)"
    )
    from tests.belisha.running import ROOT, environment

    assert subprocess.run([sys.executable, "-c", code], env=environment({}), cwd=ROOT).returncode == 0


def test_a_restatement_names_report_and_page_on_both_sides(store: Path) -> None:
    words = " ".join(ask(store, "TV 02").text.split())
    assert "in the report of 2013/14 Q2, page 1, is" in words
    assert "in the report of 2013/14 Q3, page 1" in words


def test_what_stands_beside_no_period_stands_below(store: Path) -> None:
    assert "TV 35: the target for 2014/15 was" in ask(store, "TV 35").text
    text = " ".join(ask(store, "TV 12").text.split())
    assert "It may go on as “Average cost of a planning appeal in pounds”" in text


def test_one_organisation_is_named_once(store: Path) -> None:
    lines = ask(store).text.splitlines()
    assert lines[0] == "Tarnvale District Council: 22 measures"
    assert not any("Tarnvale" in line for line in lines[1:])


@pytest.mark.parametrize(("entry", "series"), [("[[same]]", 21), ("[[different]]", 22)])
def test_a_proposal_is_settled_by_the_lines_it_prints(
    store: Path, tmp_path: Path, entry: str, series: int
) -> None:
    (pair,) = json.loads(ask(store, "--proposals", "--format", "json").out)
    assert pair["settle"].splitlines()[0] == "[[same]]"
    for line in pair["settle"].splitlines()[1:]:
        assert line in ask(store, "--proposals").text
    settled = tmp_path / "settled.toml"
    settled.write_text(pair["settle"].replace("[[same]]", entry), encoding="utf-8")
    assert "0 pairs" in ask(store, "--proposals", "--settled", settled).text
    assert len(json.loads(ask(store, "--settled", settled, "--format", "json").out)) == series


def test_a_chart_has_round_figures_on_its_axis(store: Path, tmp_path: Path) -> None:
    page = tmp_path / "chart.html"
    assert ask(store, "TV 02", "--chart", page).code == 0
    ticks = re.findall(r'text-anchor="end">([^<]*)<', page.read_text(encoding="utf-8"))
    assert ticks == ["75%", "80%", "85%", "90%", "95%"]


def test_what_is_printed_in_python_is_short(store: Path) -> None:
    with History(store) as history:
        series = history.series("TV 02")
        first = series.in_force(series.periods[0], "actual")
        assert str(first) == "84.1% (the report of 2013/14 Q2, page 1)"  # printed once more there
        assert len(repr(first)) < 500
        assert repr(series) == "<series tarnvale district council / tv02>"
