"""The store in bad times: damaged, hostile, cut, full, upgraded, copied while it is written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest

from belisha.history import schema
from belisha.history.corrections import Correction, Where, stored
from belisha.history.errors import HistoryTooNew, NotAHistory
from belisha.history.gathering import stale
from belisha.history.history import History
from belisha.history.reaudit import take_corrections
from belisha.history.store import Store
from belisha.history.vintages import Settings, insert, prepare
from extract.errors import BelishaError
from normalise.records import SourceFile
from tests.batch.stores import belisha, content, is_sound
from tests.belisha.running import ROOT, environment
from tests.history.from_plan import as_report
from tests.history.twelve_quarters import Drawn, draw
from tests.isolation.at_hand import rounds


@pytest.fixture(scope="module")
def drawn() -> list[Drawn]:
    return draw()


@pytest.fixture(scope="module")
def store(drawn: list[Drawn], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "h.db"
    with History(path) as history:
        for one in drawn[:4]:
            history.add(as_report(one))
    assert not path.with_name("h.db-wal").exists()  # closed and put in order
    return path


def everything(path: Path) -> None:
    """Ask all that can be asked."""
    with History(path) as history:
        history.changes()
        list(history.all_series())
        history.to_frame()


@pytest.mark.parametrize("seed", range(rounds(60, 1000)))
def test_a_damaged_store_is_told_and_left_alone(store: Path, tmp_path: Path, seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - damage
    data = bytearray(store.read_bytes())
    for _ in range(rng.choice((1, 8, 200))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    if seed % 3 == 0:
        del data[rng.randrange(len(data)) :]
    if seed % 10 == 1:
        start = rng.randrange(len(data))
        data[start : start + 4096] = bytes(len(data[start : start + 4096]))
    damaged = tmp_path / "h.db"
    damaged.write_bytes(bytes(data))
    told = None
    try:
        everything(damaged)
    except BelishaError as error:
        told = error
    assert told is None or ("\n" not in str(told) and told.exit_code == 2)
    assert damaged.read_bytes() == bytes(data)


HOSTILE = (
    "CREATE TRIGGER t AFTER INSERT ON reading BEGIN DELETE FROM reading; END",
    "CREATE TRIGGER t AFTER DELETE ON claim BEGIN DELETE FROM reading; END",
    "CREATE VIEW v AS SELECT load_extension('x')",
    "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
    "CREATE TABLE more (x DEFAULT (randomblob(1000000000)))",
    "CREATE INDEX i ON reading (upper(title))",
    "DROP TABLE point",
    "ALTER TABLE reading ADD COLUMN more TEXT",
    "ALTER TABLE reading RENAME COLUMN title TO name",
    "CREATE TABLE x AS SELECT * FROM reading",
)


@pytest.mark.parametrize("sql", HOSTILE)
@pytest.mark.parametrize("opens", [Store.to_read, Store.to_write])
def test_a_store_with_more_in_it_is_refused_unchanged(
    store: Path, tmp_path: Path, sql: str, opens: object
) -> None:
    hostile = tmp_path / "h.db"
    shutil.copy(store, hostile)
    with sqlite3.connect(hostile) as c:
        c.execute("PRAGMA journal_mode = DELETE")
        c.execute(sql)
    c.close()
    before = hostile.read_bytes()
    with pytest.raises(NotAHistory):
        opens(hostile)  # type: ignore[operator]  # one of several ways to open
    assert hostile.read_bytes() == before


@pytest.mark.parametrize("data", [b"no database", b"SQLite format 3\0" + bytes(200), b""])
def test_another_file_is_no_history(tmp_path: Path, data: bytes) -> None:
    other = tmp_path / "x.db"
    other.write_bytes(data)
    with pytest.raises(NotAHistory):
        Store.to_read(other)
    if data:
        with pytest.raises(NotAHistory):
            Store.to_write(other)
    assert other.read_bytes() == data


def test_another_programs_database_is_no_history(tmp_path: Path) -> None:
    other = tmp_path / "x.db"
    with sqlite3.connect(other) as c:
        c.execute("CREATE TABLE mine (x)")
    c.close()
    with pytest.raises(NotAHistory):
        Store.to_write(other)


def test_a_newer_store_is_left_to_the_newer_program(store: Path, tmp_path: Path) -> None:
    newer = tmp_path / "h.db"
    shutil.copy(store, newer)
    with sqlite3.connect(newer) as c:
        c.execute("PRAGMA user_version = 99")
    c.close()
    with pytest.raises(HistoryTooNew):
        Store.to_write(newer)


def test_reading_changes_no_byte(store: Path) -> None:
    before = store.read_bytes()
    everything(store)
    assert store.read_bytes() == before


def old_store(path: Path, drawn: list[Drawn]) -> None:
    """A store as the first schema had it, with two readings."""
    c = sqlite3.connect(path, isolation_level=None)
    c.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    for statement in schema.statements(schema.migrations()[0]):
        c.execute(statement)
    c.execute("PRAGMA user_version = 1")
    for one in drawn[:2]:
        insert(c, prepare(as_report(one), Settings("0.0.1")))
    c.close()


def test_an_older_store_is_brought_up_to_date(drawn: list[Drawn], tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    old_store(path, drawn)
    Store.to_write(path).close()
    assert schema.newest() == len(schema.migrations()) >= 2
    with History(path) as history:
        assert len(list(history.all_series())) == 19
    assert is_sound(path)


_UPGRADE = """
import os, sys, sqlite3
from belisha.history.store import Store
seen = 0
def tick():
    global seen
    seen += 1
    if seen == int(sys.argv[2]):
        os.kill(os.getpid(), 9)
    return 0
real = sqlite3.connect
def connect(*a, **k):
    c = real(*a, **k)
    c.set_progress_handler(tick, 20)
    return c
sqlite3.connect = connect
Store.to_write(sys.argv[1]).close()
"""


@pytest.mark.parametrize("steps", sorted({3, 30, 90, 150, 220, *range(1, rounds(1, 300), 6), 300}))
def test_an_upgrade_that_is_killed_leaves_old_or_new(drawn: list[Drawn], tmp_path: Path, steps: int) -> None:
    path = tmp_path / "h.db"
    old_store(path, drawn)
    subprocess.run([sys.executable, "-c", _UPGRADE, path, str(steps)], env=environment({}), cwd=ROOT)
    with sqlite3.connect(path) as c:
        version = c.execute("PRAGMA user_version").fetchone()[0]
        assert schema.objects(c) == schema.expected(version)
        assert c.execute("SELECT count(*) FROM reading").fetchone() == (2,)
    c.close()
    Store.to_write(path).close()
    assert is_sound(path)


def test_a_wal_cut_anywhere_is_a_state_between_two_commits(drawn: list[Drawn], tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    opened = Store.to_write(path)
    opened.connection.execute("PRAGMA wal_autocheckpoint = 0")
    sizes = []
    for one in drawn[:5]:
        with opened.transaction() as c:
            insert(c, prepare(as_report(one), Settings("1")))
        sizes.append(path.with_name("h.db-wal").stat().st_size)
    whole, log = path.read_bytes(), path.with_name("h.db-wal").read_bytes()
    rng = Random(5)  # noqa: S311 - places to cut
    for n in range(rounds(30, 200)):
        cut = rng.randrange(len(log) + 1)
        torn = tmp_path / str(n)
        torn.mkdir()
        (torn / "h.db").write_bytes(whole)
        (torn / "h.db-wal").write_bytes(log[:cut])
        expected = sum(size <= cut for size in sizes)
        with History(torn / "h.db") as history:
            found = [v for c in history.chronicles() for v in c.vintages]
        assert len(found) == expected
        assert is_sound(torn / "h.db")
    opened.close()


_FULL = """
import resource, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
import belisha.cli as c; c.COMMANDS = tuple(dict.fromkeys((*c.COMMANDS, 'backfill', 'history', 'export')))
from belisha.__main__ import main
sys.argv = ["belisha", *sys.argv[2:]]
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="the limit on file size is POSIX")
@pytest.mark.parametrize(
    "limit", sorted({0, 5_000, 60_000, 130_000, 200_000, *range(10_000, rounds(10_000, 170_000), 10_000)})
)
def test_a_full_disk_is_told_and_the_store_stays_sound(
    drawn: list[Drawn], tmp_path: Path, limit: int
) -> None:
    path = tmp_path / "h.db"
    for one in drawn[:2]:
        (tmp_path / f"{one.number}.pdf").write_bytes(one.pdf)
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(limit), "backfill", tmp_path, "--store", path, "--jobs", "1"],
        env=environment({}), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr
    if path.exists() and path.stat().st_size:
        assert is_sound(path)
    assert belisha("backfill", tmp_path, "--store", path).code == 0
    assert is_sound(path)


def test_a_copy_taken_while_reports_come_is_a_whole_state(drawn: list[Drawn], tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with Store.to_write(path) as opened:
        for one in drawn[:4]:
            with opened.transaction() as c:
                insert(c, prepare(as_report(one), Settings("1")))
            with History(path) as history:
                history.backup(tmp_path / f"copy {one.number}.db")
    for number in range(1, 5):
        copy = tmp_path / f"copy {number}.db"
        assert is_sound(copy)
        assert len(content(copy)["reading"]) == number


def test_a_report_read_again_by_a_newer_program_is_kept_beside_the_older(
    drawn: list[Drawn], tmp_path: Path
) -> None:
    path = tmp_path / "h.db"
    report = as_report(drawn[0])
    with Store.to_write(path) as opened, opened.transaction() as c:
        for program in ("0.9.0", "0.10.0", "0.2.0"):
            changed = report.measures[0].model_copy(update={"title": f"As read by {program}"})
            newer = report.model_copy(update={"measures": (changed, *report.measures[1:])})
            assert insert(c, prepare(newer, Settings(program)))
            assert not insert(c, prepare(newer, Settings(program)))
    with History(path) as history:
        assert next(history.all_series()).title == "As read by 0.10.0"
        assert not history.changes()
    assert len(content(path)["reading"]) == 3


def test_half_surrogates_are_stored_as_replacement_characters(drawn: list[Drawn], tmp_path: Path) -> None:
    report = as_report(drawn[0])
    odd = report.measures[0].model_copy(update={"title": "Half \ud800 a pair"})
    with History(tmp_path / "h.db") as history:
        history.add(report.model_copy(update={"measures": (odd,)}))
        assert next(history.all_series()).title == "Half \ufffd a pair"


def test_a_corrected_report_read_many_times_replaces_nothing(drawn: list[Drawn], tmp_path: Path) -> None:
    path, times = tmp_path / "h.db", rounds(10, 100)
    first = as_report(drawn[1])
    correction = Correction(
        sha256=first.source.sha256,
        where=Where(code=first.measures[0].code, field="actual"),
        was=first.measures[0].actual.printed if first.measures[0].actual else "",
        set="77.7%",
        reason="The page shows it.",
        by="J. Clerk",
        date=date(2013, 12, 1),
    )
    with Store.to_write(path) as opened:
        with opened.transaction() as c:
            insert(c, prepare(first, Settings("1")))
        take_corrections(opened, [correction])
        older = opened.rows("SELECT * FROM figure ORDER BY 1, 2, 3")
        for n in range(times):
            again = SourceFile(file=first.source.file, sha256=f"{n:064x}", pages=2)
            mended = first.measures[0].model_copy(update={"title": f"Title as corrected {n}"})
            report = first.model_copy(update={"source": again, "measures": (mended, *first.measures[1:])})
            with opened.transaction() as c:
                insert(c, prepare(report, Settings("1")))
        rows = opened.rows("SELECT * FROM figure ORDER BY 1, 2, 3")
        assert len(rows) == len(older) * (times + 1)
        assert set(older) <= set(rows)
        assert list(stored(opened)) == [correction]
        assert not stale(opened)
    with History(path) as history:
        (period,) = (p for p in next(history.all_series()).periods if str(p) == "2013/14 Q2")
        printed = next(history.all_series()).printed(period, "actual")
        assert [(p.original, p.printed) for p in printed if p.original] == [(correction.was, "77.7%")]


@pytest.mark.skipif(os.name != "posix", reason="the limit on file size is POSIX")
@pytest.mark.parametrize("limit", [0, 33_000, 36_000])  # SQLite itself needs 32 KiB beside the store
def test_an_export_onto_a_full_disk_leaves_no_half_file(store: Path, tmp_path: Path, limit: int) -> None:
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(limit), "export", "--store", store, "-o", out],
        env=environment({}), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    assert not out.exists() or not list(out.iterdir())
