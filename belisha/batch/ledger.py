"""The ledger: what became of each file, and who is working on what.

A claim keeps two runs on one store from doing the same work twice. It is a convenience, never a safeguard:
what is written twice is written once, since a reading's name follows from what it was made of.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from belisha.history.store import Store
from belisha.history.vintages import Settings

LEASE = 900.0  # seconds after which a claim from another machine is taken to be dead


class Entry(Struct, frozen=True):
    """A file's line in the ledger."""

    sha256: str | None
    state: str
    tries: int
    error: str | None
    error_kind: str | None
    program: str | None
    profile: str | None


class Ledger:
    """The ledger of a store, for one run with its settings."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._owner = f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())}"

    def entry(self, file: str) -> Entry | None:
        """What is known of a file by its name."""
        rows = self._store.rows(
            "SELECT sha256, state, tries, error, error_kind, program, profile FROM file WHERE path = ?",
            (file,),
        )
        return Entry(*rows[0]) if rows else None

    def is_read(self, sha256: str) -> bool:
        """Is a reading of this content under these settings in the store?"""
        name = self._settings.reading(sha256)
        return bool(self._store.rows("SELECT 1 FROM reading WHERE reading = ?", (name,)))

    def was_read(self, sha256: str | None) -> bool:
        """Is any reading of this content in the store?"""
        return bool(self._store.rows("SELECT 1 FROM reading WHERE sha256 = ? LIMIT 1", (sha256,)))

    def turned_away(self, sha256: str) -> Entry | None:
        """The entry of a file of this content that was refused or failed under these settings."""
        rows = self._store.rows(
            "SELECT sha256, state, tries, error, error_kind, program, profile FROM file WHERE sha256 = ?"
            " AND state IN ('refused', 'failed') AND program = ? AND profile = ? ORDER BY path LIMIT 1",
            (sha256, self._settings.program, self._settings.profile),
        )
        return Entry(*rows[0]) if rows else None

    def claim(self, sha256: str) -> bool:
        """Take the work on a file's content; False while a living run has it."""
        work = self._settings.reading(sha256)
        now = time.time()
        with self._store.transaction() as c:
            row = c.execute("SELECT owner, until FROM claim WHERE work = ?", (work,)).fetchone()
            if row is not None and row[0] != self._owner and _is_alive(str(row[0]), float(row[1]), now):
                return False
            c.execute("INSERT OR REPLACE INTO claim VALUES (?,?,?)", (work, self._owner, now + LEASE))
        return True

    def release(self, sha256: str) -> None:
        """Give the work back. Call it inside a transaction."""
        self._store.connection.execute(
            "DELETE FROM claim WHERE work = ? AND owner = ?", (self._settings.reading(sha256), self._owner)
        )

    def release_all(self) -> None:
        """Give all work back, as far as the store can still be written."""
        with suppress(Exception), self._store.transaction() as c:
            c.execute("DELETE FROM claim WHERE owner = ?", (self._owner,))

    def write(
        self,
        file: str,
        state: str,
        *,
        sha256: str | None,
        size: int | None,
        tried: int = 0,
        seconds: float | None = None,
        error: str | None = None,
        error_kind: str | None = None,
    ) -> None:
        """Set a file's line; ``state`` is "done", "refused" or "failed". Call it inside a transaction."""
        reading = self._settings.reading(sha256) if state == "done" and sha256 else None
        self._store.connection.execute(
            "INSERT INTO file VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (path) DO UPDATE SET"
            " tries = CASE WHEN sha256 IS excluded.sha256 AND program IS excluded.program"
            "   AND profile IS excluded.profile THEN tries + excluded.tries ELSE excluded.tries END,"
            " seconds = coalesce(excluded.seconds, seconds), sha256 = excluded.sha256, bytes = excluded.bytes,"
            " state = excluded.state, error = excluded.error, error_kind = excluded.error_kind,"
            " program = excluded.program, profile = excluded.profile, reading = excluded.reading, at = excluded.at",
            (
                file, sha256, size, state, tried, seconds, error, error_kind,
                self._settings.program, self._settings.profile, reading,
                datetime.now(UTC).isoformat(timespec="seconds"),
            ),
        )  # fmt: skip


def _is_alive(owner: str, until: float, now: float) -> bool:
    host, _, rest = owner.partition(" ")
    pid, _, started = rest.partition(" ")
    if host != socket.gethostname() or not pid.isdigit():
        return now < until
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    # the number may have gone to another process since
    return now < until and started in ("", _started(int(pid)))


def _started(pid: int) -> str:
    """When a process started, in the system's own ticks; "" where the system does not tell."""
    try:
        return (
            Path(f"/proc/{pid}/stat")
            .read_text(encoding="ascii", errors="replace")
            .rsplit(")", 1)[1]
            .split()[19]
        )
    except (OSError, IndexError):
        return ""
