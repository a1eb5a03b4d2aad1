"""One child process for one piece of work: started, watched, and ended with all its children.

Two ways to start it. A fork costs a few milliseconds and is taken where this process has a single thread;
where it has several, a fork could inherit a held lock, so a new interpreter is started instead.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from belisha.isolation.child import Work, announce_and_work
from belisha.isolation.limits import Limits, memory_for, peak_memory
from belisha.isolation.messages import GarbledMessage, Inbox, Kind, Message
from belisha.isolation.outcomes import Ended, Outcome

READ = 1 << 18
GRACE = 2.0  # seconds that a child has to end after its last message
# Signals by which a library ends its own process; SIGSYS and SIGTRAP come from hardened allocators.
_SELF_INFLICTED = {"SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP", "SIGSYS"}
_START = "import sys; sys.path[:] = {path!r}; from belisha.isolation.child import main; main()"


def supervise(
    work: str | Work,
    data: bytes,
    settings: Mapping[str, Any],
    *,
    limits: Limits,
    on_page: Callable[[int], None] | None = None,
    fresh: bool | None = None,
) -> Ended:
    """Do ``work`` ("package.module:function", or where a fork will do the function) in a child and say how it ended.

    The function takes the data, the settings (what JSON can hold) and a ``Channel``, and returns bytes.
    ``on_page`` hears of every page begun. ``fresh``: start a new interpreter (None: only where threads ask for it).
    Whatever the child does, this returns; only KeyboardInterrupt and what ``on_page`` raises pass through,
    and the child is ended first.
    """
    new = has_threads() if fresh is None else fresh
    started = time.monotonic()
    child = (
        _launch(work, data, settings, limits)
        if new and isinstance(work, str)
        else _fork(work, data, settings, limits)
    )
    try:
        watched = _Watch(child, limits, on_page or (lambda _: None), started)
        verdict = watched.until_end()
    finally:
        status, peak = child.end()
    return watched.ended(verdict, status, peak)


def has_threads() -> bool:
    if threading.active_count() > 1:
        return True
    with suppress(OSError):
        return len(os.listdir("/proc/self/task")) > 1
    return False


class _Child:
    """A running child: its process id, which is also its process group, and the pipe it speaks through."""

    def __init__(self, pid: int, pipe: int, process: subprocess.Popen[bytes] | None = None) -> None:
        self.pid = pid
        self.pipe = pipe
        self._process = process
        self._status: tuple[int, int] | None = None

    def has_ended(self) -> bool:
        if self._status is None:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                self._keep(status, usage)
        return self._status is not None

    def end(self) -> tuple[int, int]:
        """Kill it with its children, if it still runs, and take its status and peak memory in bytes."""
        for _ in range(2):  # before and after it is gone: a child of its own may have been born in between
            with suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
            if self._status is None:
                _, status, usage = os.wait4(self.pid, 0)
                self._keep(status, usage)
        with suppress(OSError):
            os.close(self.pipe)
        assert self._status is not None  # noqa: S101 - kept above, or when it ended
        return self._status

    def _keep(self, status: int, usage: Any) -> None:
        self._status = (status, peak_memory(usage))
        if self._process is not None:
            self._process.returncode = os.waitstatus_to_exitcode(status)  # it must not wait for it again


class _Watch:
    """Listens to a child until it has answered, died, or used up its time."""

    def __init__(self, child: _Child, limits: Limits, on_page: Callable[[int], None], started: float) -> None:
        self._child, self._limits, self._on_page, self._started = child, limits, on_page, started
        self._inbox = Inbox()
        self._last: Message | None = None
        self._page = self._stage = self._most = self._memory = self._pictures = 0
        self._ahead = self._ahead_pictures = 0  # pages that helpers have begun, and pictures of pages
        self._at_picture = False
        self._progress = started

    def until_end(self) -> Outcome | None:
        """None where the child's own end tells what happened."""
        poll = select.poll()
        poll.register(self._child.pipe, select.POLLIN | select.POLLHUP | select.POLLERR)
        while True:
            left, which = self._left()
            if left <= 0:
                return which
            if not poll.poll(min(left, 1.0) * 1000):
                continue
            try:
                data = os.read(self._child.pipe, READ)
                for message in self._inbox.take(data):
                    self._take(message)
            except GarbledMessage:
                return Outcome.GARBLED
            if not data or self._last is not None:
                return self._await_end()

    def _left(self) -> tuple[float, Outcome]:
        now = time.monotonic()
        patience = self._limits.stall + (self._limits.ocr_page if self._at_picture else 0.0)
        stall = self._progress + patience - now
        total = self._started + self._limits.total_after(*self._begun) - now
        return (stall, Outcome.STALLED) if stall < total else (total, Outcome.TOO_LONG)

    @property
    def _begun(self) -> tuple[int, int]:
        """Pages, and pictures of pages, that were begun."""
        return self._most + self._ahead, self._pictures + self._ahead_pictures

    def _take(self, message: Message) -> None:
        if message.kind is Kind.PAGE:
            # Only a page beyond the last one is progress: repeating oneself is none.
            if self._most < message.number <= 10**7 and not self._stage:
                self._page = message.number
                self._most += 1
                self._at_picture = False
                self._progress = time.monotonic()
                self._on_page(message.number)
        elif message.kind is Kind.AHEAD:
            self._take_ahead(message.number, picture=bool(message.body[4]))
        elif message.kind is Kind.PICTURE:
            if self._page and not self._at_picture:  # once a page
                self._pictures += 1
                self._at_picture = True
        elif message.kind is Kind.BEGIN:
            self._memory = message.number << 10
        elif message.kind is Kind.STAGE:
            if message.number > self._stage:
                self._stage, self._page, self._at_picture = message.number, 0, False
                self._progress = time.monotonic()
        elif message.kind is Kind.PART:
            raise GarbledMessage("a part that nobody asked for")
        else:
            self._last = message

    def _take_ahead(self, number: int, *, picture: bool) -> None:
        """A helper is at a page: progress, though not of a page that this process could be stopped at."""
        begun = self._ahead_pictures if picture else self._ahead
        if self._stage or self._page or begun >= self._limits.pages:
            return
        if picture:
            self._ahead_pictures += 1
            self._at_picture = True
        else:
            self._ahead += 1
            self._on_page(number)
        self._progress = time.monotonic()

    def _await_end(self) -> Outcome | None:
        """It has closed the pipe or said its last word; a child that lingers is ended, its answer kept."""
        until = time.monotonic() + GRACE
        while not self._child.has_ended():
            if time.monotonic() > until:
                return None if self._last is not None else Outcome.SILENT
            time.sleep(0.002)
        return None

    def ended(self, verdict: Outcome | None, status: int, peak: int) -> Ended:
        outcome, detail, answer, fault = verdict, "", b"", None
        if outcome is None and self._last is not None:
            outcome, answer, fault = self._from_last(self._last)
        if outcome is None:
            outcome, detail = self._from_status(status, peak)
        return Ended(
            outcome,
            answer,
            fault,
            page=self._page or None,
            pictures=self._pictures,
            detail=detail,
            peak=peak,
            seconds=time.monotonic() - self._started,
        )

    def _from_last(self, last: Message) -> tuple[Outcome, bytes, dict[str, str] | None]:
        if last.kind is Kind.ANSWER:
            return Outcome.ANSWERED, last.body, None
        try:
            fault = last.fault()
        except GarbledMessage:
            return Outcome.GARBLED, b"", None
        kinds = {"refused": Outcome.REFUSED, "memory": Outcome.TOO_MUCH_MEMORY, "failed": Outcome.FAILED}
        return kinds.get(fault.get("outcome", ""), Outcome.GARBLED), b"", fault

    def _from_status(self, status: int, peak: int) -> tuple[Outcome, str]:
        if not os.WIFSIGNALED(status):
            return Outcome.SILENT, f"exit code {os.WEXITSTATUS(status)}"
        try:
            name = signal.Signals(os.WTERMSIG(status)).name
        except ValueError:
            name = f"signal {os.WTERMSIG(status)}"
        if name == "SIGXCPU":
            return Outcome.TOO_LONG, name
        if name in _SELF_INFLICTED:
            # A library that is refused memory usually ends its process; the peak tells.
            grown = peak - self._memory
            allowed = memory_for(self._limits, self._pictures)
            return (Outcome.TOO_MUCH_MEMORY if grown > 0.5 * allowed else Outcome.CRASHED), name
        return Outcome.KILLED, name


def _fork(work: str | Work, data: bytes, settings: Mapping[str, Any], limits: Limits) -> _Child:
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()  # what is in the buffers is the parent's to write
    reading, writing = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        os.close(writing)
        with suppress(OSError):
            os.setpgid(pid, pid)  # the child does the same; whoever comes first
        return _Child(pid, reading)
    try:
        os.close(reading)
        announce_and_work(work, data, settings, limits, writing, parent)
    finally:
        os._exit(70)  # not reached: the child ends itself


def _launch(work: str, data: bytes, settings: Mapping[str, Any], limits: Limits) -> _Child:
    """A new interpreter. The data goes through a file without a name, so a child that never reads blocks nobody."""
    head = json.dumps(
        {"work": work, "settings": dict(settings), "limits": limits._asdict(), "parent": os.getpid()}
    )
    with tempfile.TemporaryFile() as file:
        file.write(len(head.encode()).to_bytes(8, "big") + head.encode() + data)
        file.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    pipe = os.dup(process.stdout.fileno())
    process.stdout.close()
    return _Child(process.pid, pipe, process)
