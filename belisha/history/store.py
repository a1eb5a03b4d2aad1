"""The file that holds a history: opened with care, written in whole transactions.

A store may come from anywhere, so nothing in it is trusted. A file that is not exactly of our making is
refused before anything of it is used, and reading never changes it. Writing is durable when a transaction
ends: WAL with a sync at every commit.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from belisha.history import schema
from belisha.history.errors import (
    HistoryDamaged,
    HistoryInUse,
    HistoryMissing,
    HistoryTooNew,
    NotAHistory,
    is_busy,
    told,
)
from belisha.output import check_target

_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = 68  # bytes into the file, https://www.sqlite.org/fileformat2.html
PATIENCE = 120.0  # seconds to wait for another writer; transactions of ours take a fraction of one
CHECKED_WHOLE = 64 * 1024 * 1024  # bytes up to which a store is checked page by page before it is written


class Store:
    """An open store. Use ``Store.to_read`` or ``Store.to_write``, and close it."""

    def __init__(self, connection: sqlite3.Connection, path: str, *, writable: bool) -> None:
        self.connection = connection
        self.path = path
        self.writable = writable

    @classmethod
    def to_read(cls, path: str | Path) -> Store:
        """Open an existing store; its file is not changed.

        Raises HistoryMissing, NotAHistory, HistoryDamaged, HistoryTooNew, HistoryInUse.
        """
        name = os.fspath(path)
        with told(name):
            if not _looks_right(Path(path)):
                raise NotAHistory("this is no history of Belisha", file=name)
            connection = _connect(Path(path), "mode=ro" + _without_a_journal(Path(path)))
            try:
                version = _checked(connection, name)
                if version < schema.newest():
                    raise NotAHistory(
                        "this store was made by an older Belisha",
                        advice="run belisha backfill on it once, which brings it up to date",
                        file=name,
                    )
            except BaseException:
                connection.close()
                raise
        return cls(connection, name, writable=False)

    @classmethod
    def to_write(cls, path: str | Path) -> Store:
        """Open a store to add to it: made if there is none, brought up to date if it is older.

        Raises OutputError where it cannot be written, and what ``to_read`` raises.
        """
        name = os.fspath(path)
        with told(name):
            file = Path(path)
            new = not file.exists() or file.stat().st_size == 0
            check_target(name)
            if not new and not _looks_right(file):
                raise NotAHistory("this is no history of Belisha", file=name)
            if not new:
                _check_before_writing(file, name)
            connection = _connect(file, "mode=rwc" if new else "mode=rw")
            try:
                _patiently(lambda: _make_or_upgrade(connection, name), name)
            except BaseException:
                connection.close()
                raise
        return cls(connection, name, writable=True)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction that is written whole or not at all. Waits for other writers."""
        with told(self.path):
            _patiently(lambda: self.connection.execute("BEGIN IMMEDIATE"), self.path)
            try:
                yield self.connection
                _patiently(lambda: self.connection.execute("COMMIT"), self.path)
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query of ours."""
        with told(self.path):
            return self.connection.execute(sql, parameters).fetchall()

    def backup(self, target: str | Path) -> None:
        """A sound copy of the store as of the last transaction, also while others write. Raises OutputError."""
        name = os.fspath(target)
        check_target(name, [self.path])
        beside = Path(target).with_name(f".{Path(target).name[:60]}.{os.getpid()}.part")
        with told(name):
            try:
                copy = sqlite3.connect(beside)
                try:
                    self.connection.backup(copy, pages=1000)
                finally:
                    copy.close()
                beside.replace(target)
            finally:
                beside.unlink(missing_ok=True)

    def close(self) -> None:
        """Let the file go. Safe to call again."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _looks_right(path: Path) -> bool:
    """Do the first bytes say that this is a store of ours? Reads them without SQLite."""
    if not path.exists():
        raise HistoryMissing("there is no such store", file=os.fspath(path))
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(100)
    mark = head[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4]
    return head.startswith(_MAGIC) and mark == schema.APPLICATION_ID.to_bytes(4, "big")


def _without_a_journal(path: Path) -> str:
    """In a folder where nothing can be written SQLite reads a store only if told that nobody changes it."""
    journal = path.with_name(path.name + "-wal")
    busy = journal.exists() and journal.stat().st_size > 0
    return "" if busy or os.access(path.parent, os.W_OK) else "&immutable=1"


def _connect(path: Path, how: str) -> sqlite3.Connection:
    uri = f"file:{quote(os.fsencode(path.absolute()))}?{how}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, timeout=5, check_same_thread=False, cached_statements=64
    )
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _checked(connection: sqlite3.Connection, name: str) -> int:
    """The schema version, after making sure that the store is made of what we make and of nothing else."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > schema.newest():
        raise HistoryTooNew("this store was written by a newer Belisha", file=name)
    if version < 1:
        raise NotAHistory("this is no history of Belisha", file=name)
    found = schema.objects(connection)
    if found != schema.expected(version):
        strange = sorted(name for _, name, _ in found - schema.expected(version))
        what = f"it holds {', '.join(strange[:3])}" if strange else "a table is missing"
        raise NotAHistory(
            f"the store is not as Belisha made it: {what}",
            advice="keep views, triggers and tables of your own in another database",
            file=name,
        )
    return version


def _check_before_writing(path: Path, name: str) -> None:
    """Look through an existing store without writing to it, so that a damaged one stays as it is."""
    connection = _connect(path, "mode=ro" + _without_a_journal(path))
    try:
        _checked(connection, name)
        if path.stat().st_size <= CHECKED_WHOLE:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()
            if answer is None or answer[0] != "ok":
                raise HistoryDamaged("the store is damaged", file=name)
    finally:
        connection.close()


def _make_or_upgrade(connection: sqlite3.Connection, name: str) -> None:
    """Everything in one transaction: whoever is killed here leaves the old state or the new one.

    The tables are made before the journal becomes a WAL, so that the file itself says what it is.
    """
    if int(connection.execute("PRAGMA user_version").fetchone()[0]) < schema.newest():
        connection.execute("BEGIN EXCLUSIVE")
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version == 0:
                connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            schema.upgrade(connection, version)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    _checked(connection, name)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _patiently(step: Any, name: str) -> None:
    """Do a step again while another process holds the store. Raises HistoryInUse after ``PATIENCE``."""
    start = time.monotonic()
    while True:
        try:
            step()
            return
        except sqlite3.Error as cause:
            if not is_busy(cause):
                raise
            if time.monotonic() - start > PATIENCE:
                raise HistoryInUse("the store is in use", file=name) from cause
            time.sleep(0.05)
