"""Backfills as people run them: what they say, what they leave, what stops them."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from pathlib import Path
from random import Random

import pytest

from tests.batch.stores import belisha, content, is_sound, kill_when, lines_done, start


def hashes(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def test_every_file_has_one_outcome(folder: Path, tmp_path: Path) -> None:
    before = hashes(folder)
    ended = belisha("backfill", folder, "--store", tmp_path / "h.db", "--jobs", "2", "--format", "json")
    told = json.loads(ended.out)
    assert ended.code == 3
    assert (told["new"], told["same"], told["changed"], told["failed"]) == (5, 1, 0, 0)
    assert sum(told[s] for s in ("new", "same", "changed", "refused", "failed")) == told["files"] == 9
    assert {Path(r["file"]).name for r in told["lists"]["refused"]} == {"empty.pdf", "page.pdf", "cut.pdf"}
    assert all(r["error"] and "\n" not in r["error"] for r in told["lists"]["refused"])
    assert hashes(folder) == before


def test_the_same_batch_again_changes_nothing(folder: Path, undisturbed: Path) -> None:
    before = content(undisturbed)
    ended = belisha("backfill", folder, "--store", undisturbed, "--format", "json")
    told = json.loads(ended.out)
    assert (told["new"], told["changed"], told["same"]) == (0, 0, 6)
    assert all(r["known"] for r in told["lists"]["refused"])
    assert content(undisturbed) == before


def test_the_ledger_tells_every_file(undisturbed: Path) -> None:
    with sqlite3.connect(undisturbed) as c:
        rows = c.execute("SELECT path, state, tries, error FROM file").fetchall()
    assert len(rows) == 9
    assert sum(state == "done" for _, state, _, _ in rows) == 6
    assert all((error is None) == (state == "done") for _, state, _, error in rows)
    assert is_sound(undisturbed)


@pytest.mark.parametrize("seed", range(2))
def test_a_run_killed_anywhere_is_gone_on_with(
    folder: Path, undisturbed: Path, tmp_path: Path, seed: int
) -> None:
    store = tmp_path / "h.db"
    chance = Random(seed)  # noqa: S311 - a choice of moments
    for enough in sorted(chance.sample(range(9), 2)):
        run = start("backfill", folder, "--store", store, "--jobs", "2")
        kill_when(run, lambda enough=enough: lines_done(store) >= enough)
    ended = belisha("backfill", folder, "--store", store, "--jobs", "2")
    assert ended.code == 3
    assert content(store) == content(undisturbed)
    assert is_sound(store)


def test_two_runs_at_once_lose_and_double_nothing(folder: Path, undisturbed: Path, tmp_path: Path) -> None:
    store = tmp_path / "h.db"
    runs = [start("backfill", folder, "--store", store, "--format", "json") for _ in range(2)]
    ended = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [3, 3], ended
    told = [json.loads(out) for out, _ in ended]
    assert sum(t["new"] for t in told) == 5
    assert all(b"lock" not in err and b"Traceback" not in err for _, err in ended)
    assert content(store) == content(undisturbed)
    assert is_sound(store)


def test_ctrl_c_ends_with_a_summary_and_goes_on_later(
    folder: Path, undisturbed: Path, tmp_path: Path
) -> None:
    import signal

    store = tmp_path / "h.db"
    run = start("backfill", folder, "--store", store, "--jobs", "1", "--format", "json")
    while run.poll() is None and lines_done(store) < 4:
        pass
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    if run.returncode != 3:  # it may just have ended
        assert run.returncode == 130, err
        assert json.loads(out)["stopped"]
        assert b"Traceback" not in err
    belisha("backfill", folder, "--store", store)
    assert content(store) == content(undisturbed)


def test_a_reader_that_crashes_fails_its_file_only(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "h.db"
    first = belisha(
        "backfill",
        folder / "q1.pdf",
        "--store",
        store,
        "--format",
        "json",
        env={"BELISHA_READER": "mock:segfault"},
    )
    assert first.code == 4
    assert json.loads(first.out)["failed"] == 1
    again = belisha("backfill", folder, "--store", store, "--format", "json")
    assert json.loads(again.out)["failed"] == 1  # known, and not tried again
    retried = belisha("backfill", folder, "--store", store, "--retry-failed", "--format", "json")
    assert json.loads(retried.out)["failed"] == 0
    assert json.loads(retried.out)["new"] == 1


def test_a_new_version_of_a_file_is_changed_and_the_old_one_kept(folder: Path, tmp_path: Path) -> None:
    store, mine = tmp_path / "h.db", tmp_path / "report.pdf"
    for name in ("q1.pdf", "q3.pdf"):
        mine.write_bytes((folder / name).read_bytes())
        ended = belisha("backfill", mine, "--store", store, "--format", "json")
    assert json.loads(ended.out)["changed"] == 1
    with sqlite3.connect(store) as c:
        assert c.execute("SELECT count(*) FROM reading").fetchone() == (2,)


@pytest.mark.skipif(os.name != "posix", reason="FIFOs are made by POSIX systems")
def test_what_is_no_file_is_refused_at_once(folder: Path, tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    os.mkfifo(inputs / "pipe.pdf")
    (inputs / "nowhere.pdf").symlink_to(inputs / "nowhere.pdf")
    (inputs / os.fsdecode(b"odd \xff name.pdf")).write_bytes((folder / "q1.pdf").read_bytes())
    ended = belisha(
        "backfill", inputs, inputs / "missing.pdf", "--store", tmp_path / "h.db", "--format", "json"
    )
    told = json.loads(ended.out)
    assert (told["new"], told["refused"], told["failed"]) == (1, 3, 0)
    assert "odd \\xff name.pdf" in told["lists"]["new"][0]["file"]


def test_nothing_to_do_is_said(tmp_path: Path) -> None:
    ended = belisha("backfill", tmp_path, "--store", tmp_path / "h.db")
    assert ended.code == 2
    assert "there is no PDF" in ended.err
    assert not (tmp_path / "h.db").exists()
