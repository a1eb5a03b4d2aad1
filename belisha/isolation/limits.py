"""The limits of one reading, and setting those of them that the operating system keeps."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from extract.limits import ReadLimits

MEBI = 1 << 20


class Limits(NamedTuple):
    """What reading one file may take.

    ``stall``: seconds without progress; ``page``: seconds for one page, after which it is left out;
    ``total``: seconds for everything, None for ``base`` plus ``per_page`` for each page reached;
    ``memory``: bytes of address space; where this process is large already, so much more. A page that is read
    from its picture has limits of its own: ``ocr_page`` seconds, which are added to the total for each of them,
    and ``ocr_memory`` bytes from the first one on. The others are those of ``extract.limits.ReadLimits``, repeated here
    so that ``--help`` loads no stage, and a named tuple so that it loads little else.
    """

    stall: float = 60.0
    page: float = 30.0
    total: float | None = None
    base: float = 180.0
    per_page: float = 5.0
    memory: int = 1024 * MEBI
    ocr_page: float = 120.0
    ocr_memory: int = 4096 * MEBI
    input_bytes: int = 500 * MEBI
    pages: int = 5_000
    objects: int = 200_000
    characters: int = 100_000
    stream_bytes: int = 256 * MEBI
    pixels: int = 256 * 256

    @property
    def inside(self) -> ReadLimits:
        """Those that the reader itself keeps."""
        from extract.limits import ReadLimits

        return ReadLimits(**{name: getattr(self, name) for name in ReadLimits.__struct_fields__})

    def total_after(self, pages: int, pictures: int = 0) -> float:
        """Seconds from the start that are allowed once so many pages, and pictures of pages, have been begun."""
        if self.total is not None:
            return self.total
        return self.base + self.per_page * pages + self.ocr_page * pictures


def memory_for(limits: Limits, pictures: int) -> int:
    """Bytes that a reading may take which has read so many pages from their pictures."""
    return max(limits.memory, limits.ocr_memory) if pictures else limits.memory


def missing() -> tuple[str, ...]:
    """What this platform cannot limit, in words for ``doctor``; empty where all limits hold."""
    if not can_isolate():
        return ("reading cannot be done in a process of its own here, so no limit holds against it",)
    if sys.platform != "linux":
        return ("this system does not keep the memory limit; the limits of time hold",)
    return ()


def can_isolate() -> bool:
    """Can a reading be put into a process of its own here?"""
    import os

    return hasattr(os, "fork") and hasattr(os, "killpg")


def set_here(limits: Limits) -> None:
    """Set the limits for this process and all that it starts: memory, processor time, no files, no dumps.

    To be called before anything of the file is looked at. A limit that is already lower stays.
    """
    import resource

    longest = int(limits.total_after(limits.pages, limits.pages)) + 1
    held = address_space()
    allowed = limits.memory if held < limits.memory // 4 else held + limits.memory
    more = max(limits.ocr_memory - limits.memory, 0)
    for kind, now, most in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CPU, longest, longest),
        (resource.RLIMIT_AS, allowed, allowed + more),
    ):
        _, hard = resource.getrlimit(kind)
        kept = (now, most) if hard == resource.RLIM_INFINITY else (min(now, hard), min(most, hard))
        with suppress(ValueError, OSError):  # macOS refuses some; doctor says so
            resource.setrlimit(kind, kept)
    die_with_parent()


def allow_for_pictures() -> None:
    """Raise this process's limit of memory to what pages read from their pictures may take."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def address_space() -> int:
    """Bytes of address space that this process has; 0 where nobody says."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def peak_memory(usage: Any) -> int:
    """The most memory, in bytes, of what the system counted as used; a child's begins with its parent's."""
    return int(usage.ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def die_with_parent() -> None:
    """Linux: this process ends when its parent does, and can gain no rights by starting a program."""
    if sys.platform != "linux":
        return
    import ctypes

    set_death_signal, set_no_new_privileges = 1, 38  # PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS
    with suppress(OSError, AttributeError):
        control = ctypes.CDLL(None).prctl
        control(set_death_signal, 9, 0, 0, 0)
        control(set_no_new_privileges, 1, 0, 0, 0)
