"""An archive of many bodies' reports, some broken: all of it right, in steady memory, whatever dies meanwhile.

Short here, in full numbers with ``make soak``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fixtures.archive import write
from tests.batch.stores import belisha, children, content, differences, is_sound, kill_when, lines_done, start
from tests.isolation.at_hand import rounds

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked up in /proc")
REPORTS = rounds(24, 1000)
KILLS = rounds(3, 20)
MEBI = 1 << 10  # in the kB that the system counts in


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("archive")
    return folder, write(folder, REPORTS, seed=3)


@pytest.fixture(scope="module")
def store(archive: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one undisturbed run of two jobs makes of it."""
    path = tmp_path_factory.mktemp("store") / "h.db"
    belisha("backfill", archive[0], "--store", path, "--jobs", "2", "--quiet")
    return path


def memory(pid: int) -> int:
    """kB that a process has in memory now; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def watched(run: subprocess.Popen[bytes], store: Path, first: int) -> tuple[bytes, int]:
    """What a run prints, and the kB by which its memory grew after the first so many files.

    Its output is read while it runs: a list of thousands of files is more than a pipe holds.
    """
    seen: list[int] = []

    def look() -> None:
        while run.poll() is None:
            if seen or lines_done(store) >= first:
                seen.append(memory(run.pid))
            time.sleep(0.05)

    looking = threading.Thread(target=look)
    looking.start()
    out, _ = run.communicate()
    looking.join()
    assert seen
    return out, max(seen) - seen[0]


def test_all_of_it_is_right(archive: tuple[Path, dict[str, Any]], store: Path) -> None:
    folder, truth = archive
    assert sum(bool(t["broken"]) for t in truth.values()) >= REPORTS // 100
    assert differences(store, folder, truth) == []
    assert is_sound(store)


def test_killed_at_random_moments_and_gone_on_with(
    archive: tuple[Path, dict[str, Any]], store: Path, tmp_path: Path
) -> None:
    folder, _ = archive
    chance = Random(11)  # noqa: S311 - moments
    killed = rounds_ = 0
    expected = content(store)
    while killed < KILLS:
        mine = tmp_path / f"{rounds_}.db"
        rounds_ += 1
        for _ in range(5):
            before, until = lines_done(mine), time.monotonic() + 2 + chance.random() * 6
            run = start("backfill", folder, "--store", mine, "--jobs", "2")
            more = chance.randrange(max(2, REPORTS // 6))
            kill_when(run, _far_enough(mine, before + more, until))
            killed += run.returncode == -signal.SIGKILL
            if run.returncode != -signal.SIGKILL or killed >= KILLS:
                break
        assert belisha("backfill", folder, "--store", mine, "--jobs", "2").code in (0, 3)
        assert content(mine) == expected
        assert is_sound(mine)


def _far_enough(store: Path, lines: int, until: float) -> Callable[[], bool]:
    return lambda: lines_done(store) > lines or time.monotonic() > until


@linux
def test_the_memory_of_the_run_stays(archive: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, _ = archive
    mine = tmp_path / "h.db"
    run = start("backfill", folder, "--store", mine, "--jobs", "2", "--quiet")
    _, grown = watched(run, mine, REPORTS // 10)
    assert grown <= 100 * MEBI


@linux
def test_workers_that_are_killed_lose_nothing(
    archive: tuple[Path, dict[str, Any]], store: Path, tmp_path: Path
) -> None:
    folder, _ = archive
    mine = tmp_path / "h.db"
    run = start("backfill", folder, "--store", mine, "--jobs", "2", "--format", "json")
    chance = Random(5)  # noqa: S311 - moments
    killed, next_at = 0, 1
    while run.poll() is None and killed < rounds(3, 100):
        hands = children(run.pid)
        if hands and lines_done(mine) >= next_at:
            os.kill(
                min(hands), signal.SIGKILL
            )  # the one that was started first, so that no file is met twice
            killed, next_at = killed + 1, lines_done(mine) + 4
        time.sleep(chance.random() / 5)
    out, err = run.communicate()
    assert killed
    assert json.loads(out)["failed"] == 0, err
    assert content(mine) == content(store)
    assert is_sound(mine)


@linux
def test_readers_that_hang_hold_up_their_own_files_only(
    archive: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, truth = archive
    limit, hangs = 20, rounds(2, 10)  # a busy machine needs some seconds for a page, too
    mine = tmp_path / "h.db"
    run = start(
        "backfill", folder, "--store", mine, "--jobs", "4", "--timeout", str(limit), "--format", "json"
    )
    stopped: set[int] = set()

    def stop() -> None:
        while run.poll() is None and len(stopped) < hangs:
            readers = {r for hand in children(run.pid) for r in children(hand)}
            for reader in sorted(readers - stopped)[:1]:
                with suppress(ProcessLookupError):  # it may have ended since it was seen
                    os.kill(reader, signal.SIGSTOP)
                    stopped.add(reader)
            time.sleep(0.2)

    threading.Thread(target=stop, daemon=True).start()
    out, err = run.communicate(timeout=3600)
    told = json.loads(out)
    assert stopped
    assert b"Traceback" not in err
    good = sum(not t["broken"] for t in truth.values())
    assert told["new"] + told["failed"] == good  # a page that hung is left out, or the file is over its limit
    assert told["failed"] <= len(stopped)
    assert sum(told[s] for s in ("new", "same", "changed", "refused", "failed")) == told["files"] == REPORTS
    assert not any(Path(f"/proc/{pid}").exists() for pid in stopped)


@linux
@pytest.mark.skipif(not rounds(0, 1), reason="takes half an hour; make soak runs it")
def test_ten_thousand_files(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    truth = write(folder, 10_000, seed=4, broken=20, longest=3)
    mine = tmp_path / "h.db"
    run = start("backfill", folder, "--store", mine, "--format", "json", "--quiet")
    out, grown = watched(run, mine, 1000)
    told = json.loads(out)
    assert sum(told[s] for s in ("new", "same", "changed", "refused", "failed")) == 10_000
    assert grown <= 100 * MEBI
    assert differences(mine, folder, truth) == []
