"""Where results go: a file that is whole or not there, or standard output."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from extract.errors import SettingsError

STDOUT_NAMES = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})


class OutputError(SettingsError):
    """The result cannot be written where it was asked for."""


def is_stdout(target: str | None) -> bool:
    """Does the value of ``-o`` mean standard output?"""
    return target is None or target in STDOUT_NAMES


def check_target(target: str, inputs: Iterable[str] = ()) -> None:
    """Refuse early what cannot work: no such folder, a folder as file, an input as output.

    Raises OutputError. Nothing is created or changed.
    """
    path = Path(target)
    if not target:
        raise OutputError("the name after -o is empty", advice="give a file name")
    try:
        if path.is_dir():
            raise OutputError("this is a folder", advice="give a file name with -o", file=target)
        parent = Path(os.path.realpath(path)).parent
        if not parent.is_dir():
            raise OutputError("its folder does not exist", advice="make the folder first", file=target)
        if not os.access(path if path.exists() else parent, os.W_OK):
            raise PermissionError(13, "Permission denied")
        for name in inputs:
            if _same_file(path, Path(name)):
                raise OutputError(
                    "this is an input and would be lost", advice="choose another name with -o", file=target
                )
    except (OSError, ValueError) as trouble:
        raise cannot_write(target, trouble) from trouble


def write_file(target: str, data: bytes) -> None:
    """Write a file so that it is the old one or the new one, never half of either.

    The data go to a file beside it, which then takes its name. Links are followed; what is no plain file
    (a pipe, a device) is written straight. Raises OutputError.
    """
    try:
        _write(Path(os.path.realpath(target)), data)
    except (OSError, ValueError) as trouble:
        raise cannot_write(target, trouble) from trouble


def write_stream(stream: BinaryIO | None, data: bytes) -> None:
    """Write to standard output. A reader that has gone away is no error; a full disk is.

    Raises OutputError.
    """
    if stream is None:
        raise OutputError("standard output is closed", advice="write to a file with -o")
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        drop(stream)
    except (OSError, ValueError) as trouble:
        drop(stream)
        raise cannot_write("standard output", trouble) from trouble


def drop(stream: BinaryIO) -> None:
    """Send what is still in a broken stream nowhere, so that closing it at exit stays quiet."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _write(path: Path, data: bytes) -> None:
    try:
        old_mode = path.stat().st_mode
    except FileNotFoundError:
        old_mode = None
    if old_mode is not None and not stat.S_ISREG(old_mode):
        path.write_bytes(data)
        return
    if old_mode is not None and not os.access(path, os.W_OK):
        raise PermissionError(13, "Permission denied")
    handle, beside = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(stat.S_IMODE(old_mode) if old_mode is not None else 0o666 & ~_umask())
        Path(beside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def cannot_write(target: str, trouble: Exception) -> OutputError:
    """The error for a target that the system refuses to write, with the system's reason."""
    reason = getattr(trouble, "strerror", None) or str(trouble) or type(trouble).__name__
    return OutputError(
        f"cannot be written ({reason.lower()})",
        advice="free space there or choose another place",
        file=target,
    )
