"""Finding the PDFs that a backfill is about, and their hashes, before anything else looks at them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from belisha.safe_text import well_formed
from extract.errors import NotAPdf, ReportError, ReportMissing

_CHUNK = 1 << 20


class Seen(Struct, frozen=True):
    """What was seen of a file: its hash, its size in bytes, and the content where it came from afar."""

    sha256: str
    size: int
    data: bytes | None = None


class Found(Protocol):
    """An input: ``shown`` is its name in the ledger, ``name`` the last part of it, ``path`` where workers open it."""

    @property
    def shown(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def path(self) -> str: ...

    def look(self) -> Seen:
        """Hash and size. Raises ReportError."""
        ...


class LocalFile(Struct, frozen=True):
    """A file of this machine. ``shown`` is its absolute path as text that can be stored."""

    file: Path
    shown: str

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def path(self) -> str:
        return str(self.file.absolute())

    def look(self) -> Seen:
        """Hash and size, without ever waiting for a pipe. Raises ReportMissing or NotAPdf."""
        return Seen(*hashed(self.file))


def find_pdfs(inputs: Iterable[str]) -> list[Found]:
    """Every file named, and every PDF in the folders named and in those below, once each, sorted.

    Links to folders are not followed. A file that is named is taken whatever it is called. What begins with
    "scheme://" is an address. Raises SettingsError for an address that cannot be looked through.
    """
    from belisha.batch.addresses import as_local, files_at, is_address

    found: dict[str, Found] = {}
    for name in inputs:
        if is_address(name) and (local := as_local(name)) is None:
            for far in files_at(name):
                found.setdefault(far.shown, far)
            continue
        path = Path(name if not is_address(name) else local or "")
        for one in _below(path) if path.is_dir() else [path]:
            found.setdefault(shown(one), LocalFile(one, shown(one)))
    return [found[name] for name in sorted(found)]


def _below(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield Path(where, name)


def shown(path: Path) -> str:
    """The absolute path as text that can be stored; bytes that are no UTF-8 become "\\xNN"."""
    absolute = os.fsencode(os.path.normpath(path.absolute()))
    return well_formed(absolute.decode("utf-8", "backslashreplace"))


def hashed(path: Path) -> tuple[str, int]:
    """SHA-256 and size in bytes, without ever waiting for a pipe. Raises ReportMissing or NotAPdf."""
    label = str(path)
    try:
        if path.exists() and not path.is_file():
            raise NotAPdf("this is not a regular file", file=label)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NotAPdf("this is not a regular file", file=label)
            digest, size = hashlib.sha256(), 0
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
            return digest.hexdigest(), size
    except ReportError:
        raise
    except FileNotFoundError as trouble:
        raise ReportMissing("no such file", advice="check the name", file=label) from trouble
    except PermissionError as trouble:
        raise ReportMissing(
            "no right to read this file", advice="check its permissions", file=label
        ) from trouble
    except (OSError, ValueError) as trouble:
        raise ReportMissing(f"cannot be read ({trouble})", advice="check the name", file=label) from trouble
