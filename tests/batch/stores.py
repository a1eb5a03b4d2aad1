"""Stores compared, and programs run and killed, for the tests of batches."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.belisha.running import ROOT, Ended, environment

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


def is_sound(store: Path) -> bool:
    """Does SQLite find nothing wrong?"""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as c:
        return (
            c.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and not c.execute("PRAGMA foreign_key_check").fetchall()
        )


def no_process_speaks_of(words: Sequence[str]) -> bool:
    """Is there no process left whose command line holds one of these words? (Linux.)"""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if int(entry.parent.name) != os.getpid() and any(word in line for word in words):
            return False
    return True
