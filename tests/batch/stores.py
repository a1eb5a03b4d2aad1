"""Stores compared, and programs run and killed, for the tests of batches."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.belisha.running import ROOT, Ended, environment, hear_ctrl_c

# what a run leaves that depends on the clock, and nothing else
_CLOCK = {"file": ("tries", "seconds", "at")}


def command(*arguments: str | Path) -> list[str]:
    """A command line that runs Belisha with these arguments."""
    return [sys.executable, "-m", "belisha", *map(str, arguments)]


def belisha(*arguments: str | Path, env: dict[str, str] | None = None) -> Ended:
    """Run to the end."""
    done = subprocess.run(command(*arguments), capture_output=True, env=environment(env or {}), cwd=ROOT)
    return Ended(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start, in a process group of its own."""
    hear_ctrl_c()
    return subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
        cwd=ROOT,
        start_new_session=True,
    )


def kill_when(process: subprocess.Popen[bytes], ready: Any, patience: float = 120.0) -> None:
    """Kill a process with SIGKILL as soon as ``ready()`` is true or it has ended."""
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until and not ready():
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def lines_done(store: Path) -> int:
    """How many files the ledger has as done; 0 where it cannot be read yet."""
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as c:
            return int(c.execute("SELECT count(*) FROM file").fetchone()[0])
    except sqlite3.Error:
        return 0


def content(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a store holds, by table, sorted, without what depends on the clock."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as c:
        names = [n for (n,) in c.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {}
        for name in names:
            columns = [row[1] for row in c.execute(f"PRAGMA table_info('{name}')")]
            kept = [col for col in columns if col not in _CLOCK.get(name, ())]
            listed = ", ".join(f'"{k}"' for k in kept)
            rows = c.execute(f"SELECT {listed} FROM {name}")  # noqa: S608 - a test's own tables
            found[name] = sorted(rows, key=repr)
    return found


_AS_DRAWN = """
SELECT m.code, m.title, a.printed, t.printed, s.word FROM measure m
LEFT JOIN figure a ON a.reading = m.reading AND a.row = m.row AND a.field = 'actual'
LEFT JOIN figure t ON t.reading = m.reading AND t.row = m.row AND t.field = 'target'
LEFT JOIN figure s ON s.reading = m.reading AND s.row = m.row AND s.field = 'status'
WHERE m.reading = ? ORDER BY m.row
"""


def differences(store: Path, folder: Path, truth: Mapping[str, Any]) -> list[str]:
    """The files of an archive (``fixtures.archive``) of which the store says anything else than the truth."""
    found = []
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as c:
        held = {
            path: (state, reading)
            for path, state, reading in c.execute("SELECT path, state, reading FROM file")
        }
        for name, drawn in truth.items():
            state, reading = held.get(str(folder / name), ("missing", None))
            rows = [list(row) for row in c.execute(_AS_DRAWN, (reading,))]
            if state != ("refused" if drawn["broken"] else "done") or rows != drawn["rows"]:
                found.append(name)
        accused = c.execute("SELECT count(*) FROM finding WHERE verdict = 'contradicted'").fetchone()[0]
        changes = c.execute("SELECT count(*) FROM change").fetchone()[0]
    if len(held) != len(truth) or accused or changes:
        found.append(f"{len(held)} files for {len(truth)}, {accused} accusations, {changes} changes")
    return found


def is_sound(store: Path) -> bool:
    """Does SQLite find nothing wrong?"""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as c:
        return (
            c.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and not c.execute("PRAGMA foreign_key_check").fetchall()
        )


def children(pid: int) -> set[int]:
    """The processes that this one has started and that still run. (Linux.)"""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = entry.read_text(encoding="latin-1").rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found.add(int(entry.parent.name))
    return found
