"""What can be wrong with a history, each told in one line."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from belisha.output import OutputError, cannot_write
from extract.errors import BelishaError, SettingsError


class HistoryError(SettingsError):
    """The store cannot be used."""


class HistoryMissing(HistoryError):
    """There is no store of that name."""

    advice = "name the file that belisha backfill made with --store"


class NotAHistory(HistoryError):
    """The file is something else, or somebody changed what it is made of."""

    advice = "name another file with --store"


class HistoryDamaged(HistoryError):
    """The store's bytes do not hold together."""

    advice = "take a copy from a backup, or make a new store with belisha backfill"


class HistoryTooNew(HistoryError):
    """A later Belisha has made or upgraded this store."""

    advice = "use the newer Belisha"


class HistoryInUse(HistoryError):
    """Another process holds the store for longer than anyone should wait."""

    advice = "try again when the other run has ended"


# SQLite's primary result codes, https://www.sqlite.org/rescode.html
_READONLY, _IOERR, _FULL, _CANTOPEN = 8, 10, 13, 14
_BUSY, _LOCKED = 5, 6
_WORDS = {
    _READONLY: "read-only file or folder",
    _IOERR: "input/output error",
    _FULL: "no space left on device",
    _CANTOPEN: "cannot be opened",
}


@contextmanager
def told(path: str) -> Iterator[None]:
    """Turn what SQLite, zlib and damaged contents raise into errors of ours that name the store."""
    try:
        yield
    except BelishaError:
        raise
    except sqlite3.Error as cause:
        raise of_sqlite(cause, path) from cause
    except (zlib.error, ArithmeticError, LookupError, TypeError, ValueError) as cause:
        raise HistoryDamaged("the store holds what Belisha never writes", file=path) from cause
    except OSError as cause:
        raise cannot_write(path, cause) from cause


def of_sqlite(cause: sqlite3.Error, path: str) -> BelishaError:
    """Our error for one of SQLite's, by its code and never by its words."""
    code = getattr(cause, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in _WORDS:
        reason = _WORDS[primary]
        return OutputError(
            f"the store cannot be written or opened ({reason})",
            advice="free space there, see to its rights, or choose another place",
            file=path,
        )
    if primary in (_BUSY, _LOCKED):
        return HistoryInUse("the store is in use", file=path)
    return HistoryDamaged("the store is damaged", file=path)


def is_busy(cause: sqlite3.Error) -> bool:
    """Does another connection hold a lock just now?"""
    code = getattr(cause, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (_BUSY, _LOCKED)
