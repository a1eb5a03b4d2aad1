"""Processes that read stretches of a large report beside the one that asked for them.

They are forks of it, with its limits, and take the numbers of stretches from one pipe until it is empty. None is
trusted to come to an end: what one does not bring back, the process that asked reads by itself.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from belisha.isolation.child import Channel
from belisha.isolation.limits import Limits, can_isolate, die_with_parent
from belisha.isolation.messages import GarbledMessage, Inbox, Kind
from belisha.isolation.supervisor import READ, has_threads
from extract.options import Attendant

TICKET = 2  # bytes of the number of a stretch in the pipe
MOST_PARTS = 2048  # numbers that any system's pipe holds at once
_PATIENCE = 0.5  # of the time without progress after which the process that asked is ended itself

Heard = Callable[[int, bool], None]
Read = Callable[[int, Attendant], bytes]


class Helping:
    """``jobs`` processes at a time.

    ``heard`` is told of every page that one of them begins, and whether from its picture. ``limits``: a page is
    stopped after its time, and a helper without progress; None where no limit of time is kept.
    """

    def __init__(self, jobs: int, heard: Heard, limits: Limits | None = None) -> None:
        self.jobs = jobs
        self._heard, self._limits = heard, limits

    def work(self, parts: int, read: Read) -> Sequence[bytes | None]:
        """What ``read`` gives for each part; None for all where this process cannot be forked, for it has threads."""
        done: list[bytes | None] = [None] * parts
        if not can_isolate() or has_threads() or parts > MOST_PARTS:
            return done
        tickets = _tickets(parts)
        helpers: dict[int, _Helper] = {}
        try:
            for _ in range(min(self.jobs, parts)):
                helper = self._fork(tickets, read, list(helpers))
                helpers[helper.pipe] = helper
            self._hear(helpers, done)
        finally:
            os.close(tickets)
            for helper in helpers.values():
                helper.end()
        return done

    def _hear(self, helpers: dict[int, _Helper], done: list[bytes | None]) -> None:
        poll = select.poll()
        for pipe in helpers:
            poll.register(pipe, select.POLLIN | select.POLLHUP | select.POLLERR)
        while helpers:
            ready = [pipe for pipe, _ in poll.poll(1000)]
            for pipe in [p for p, h in helpers.items() if p in ready or self._is_stuck(h)]:
                if pipe not in ready or not helpers[pipe].hear(self._heard, done):
                    poll.unregister(pipe)
                    helpers.pop(pipe).end()

    def _is_stuck(self, helper: _Helper) -> bool:
        if self._limits is None:
            return False
        patience = _PATIENCE * self._limits.stall + (self._limits.ocr_page if helper.at_picture else 0.0)
        return time.monotonic() - helper.progress > patience

    def _fork(self, tickets: int, read: Read, others: Sequence[int]) -> _Helper:
        reading, writing = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            os.close(writing)
            return _Helper(pid, reading)
        try:
            for pipe in (reading, *others):
                os.close(pipe)
            self._settle_in(parent)
            self._take_parts(tickets, writing, read)
        finally:
            os._exit(0)

    def _settle_in(self, parent: int) -> None:
        die_with_parent()
        if os.getppid() != parent:
            os._exit(1)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
            signal.signal(name, signal.SIG_DFL)
        # The engine for scans takes all processors by itself; here each helper gets its share.
        os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // self.jobs)))
        gc.freeze()

    def _take_parts(self, tickets: int, pipe: int, read: Read) -> None:
        channel = Channel(pipe, self._limits or Limits())
        attendant = (
            Attendant(channel.page, channel.watch, channel.watch_picture)
            if self._limits
            else Attendant(channel.page)
        )
        while ticket := os.read(tickets, TICKET):
            part = int.from_bytes(ticket, "big")
            with suppress(Exception):  # whoever asked meets it when reading the part
                channel.part(part, read(part, attendant))


class _Helper:
    """A running helper and what it said last."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid, self.pipe = pid, pipe
        self.at_picture = False
        self.progress = time.monotonic()
        self._page = 0
        self._inbox = Inbox()

    def hear(self, heard: Heard, done: list[bytes | None]) -> bool:
        """Take what it says now. False where that was its last word."""
        try:
            data = os.read(self.pipe, READ)
            for message in self._inbox.take(data):
                if message.kind is Kind.PART and message.number < len(done):
                    done[message.number] = message.body[4:]
                elif message.kind in (Kind.PAGE, Kind.PICTURE):
                    self.at_picture = message.kind is Kind.PICTURE
                    self._page = self._page if self.at_picture else message.number
                    heard(self._page, self.at_picture)
                else:
                    return False
                self.progress = time.monotonic()
        except (GarbledMessage, OSError):
            return False
        return bool(data)

    def end(self) -> None:
        with suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(OSError):
            os.waitpid(self.pid, 0)
        with suppress(OSError):
            os.close(self.pipe)


def _tickets(parts: int) -> int:
    """A pipe with the number of every part, whose reader comes to its end after the last."""
    reading, writing = os.pipe()
    with suppress(OSError):
        os.write(writing, b"".join(part.to_bytes(TICKET, "big") for part in range(parts)))
    os.close(writing)
    return reading
