"""What runs in the reading process: limits first, then the work, then one last message."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from belisha.isolation import messages
from belisha.isolation.limits import Limits, allow_for_pictures, peak_memory, set_here
from extract.errors import BelishaError

Work = Callable[[bytes, Mapping[str, Any], "Channel"], bytes]


class PageTooSlow(BelishaError):
    """A page took longer than its time; the others are read."""


class Channel:
    """The child's way to its parent, and the clock for each page."""

    def __init__(self, pipe: int, limits: Limits) -> None:
        self._pipe = pipe
        self.limits = limits

    def begin(self) -> None:
        """Say that the work begins."""
        import resource

        self._write(messages.begin_message(peak_memory(resource.getrusage(resource.RUSAGE_SELF))))

    def page(self, number: int) -> None:
        """Say that a page is begun."""
        self._write(messages.page_message(number))

    def ahead(self, number: int, picture: bool) -> None:
        """Say that a helper has begun a page, or to read it from its picture."""
        self._write(messages.ahead_message(number, picture))

    def part(self, number: int, body: bytes) -> None:
        """Give what came of a part of the work."""
        self._write(messages.part_head(number, len(body)))
        self._write(body)

    def stage(self, number: int) -> None:
        """Say that the pages are done and a later part of the work is begun."""
        self._write(messages.stage_message(number))

    def answer(self, body: bytes) -> None:
        self._write(messages.answer_head(len(body)))
        self._write(body)

    def fault(self, **facts: str) -> None:
        self._write(messages.fault_message(**facts))

    @contextmanager
    def watch(self) -> Iterator[None]:
        """A clock around a page: where Python code runs too long, it is stopped by PageTooSlow.

        Native code cannot be stopped so; there the parent ends the process.
        """

        with self._clock(self.limits.page):
            yield

    @contextmanager
    def watch_picture(self) -> Iterator[None]:
        """The same around a page that is read from its picture, with the time and memory that this takes."""
        self._write(messages.picture_message())
        allow_for_pictures()
        with self._clock(self.limits.ocr_page):
            yield

    @staticmethod
    @contextmanager
    def _clock(seconds: float) -> Iterator[None]:
        def ring(*_: object) -> None:
            raise PageTooSlow(f"the page took longer than {seconds:g} s")

        old = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, old)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._pipe, view) :]


def announce_and_work(
    work: str | Work, data: bytes, settings: Mapping[str, Any], limits: Limits, pipe: int, parent: int
) -> None:
    """Become the reading process, do the work and end. Never returns."""
    code = 1
    with suppress(BaseException):
        _settle_in(pipe, limits, parent)
        channel = Channel(pipe, limits)
        channel.begin()
        _work(work, data, settings, channel)
        code = 0
    os._exit(code)


def main() -> None:
    """Entry of a new interpreter: the work stands in front of the data on standard input."""
    import json

    pipe = os.dup(1)
    source = sys.stdin.buffer
    head = json.loads(source.read(int.from_bytes(source.read(8), "big")))
    data = source.read()
    announce_and_work(head["work"], data, head["settings"], Limits(**head["limits"]), pipe, head["parent"])


def _settle_in(pipe: int, limits: Limits, parent: int) -> None:
    with suppress(OSError):
        os.setpgid(0, 0)
    set_here(limits)
    if os.getppid() != parent:
        os._exit(1)  # the parent died before the limits were set
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # libraries write to these without asking; nobody is to hear them
        if standard != pipe:
            os.dup2(nowhere, standard)
    sys.stdin = sys.stdout = sys.stderr = open(nowhere, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - open as long as the process
    sys.dont_write_bytecode = True
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(name, signal.SIG_DFL)
    gc.freeze()  # what the parent made is not looked at again, so its memory stays shared


def _work(work: str | Work, data: bytes, settings: Mapping[str, Any], channel: Channel) -> None:
    try:
        function = entry(work) if isinstance(work, str) else work
        channel.answer(function(data, settings, channel))
    except BelishaError as error:
        channel.fault(
            outcome="refused",
            kind=type(error).__name__,
            what=error.what,
            advice=error.advice,
            page="" if error.page is None else str(error.page),
            trace=_trace(error),
        )
    except (MemoryError, RecursionError) as error:
        del data
        channel.fault(outcome="memory", what=type(error).__name__, trace="")
    except Exception as error:
        words = " ".join(str(error).split())
        channel.fault(outcome="failed", kind=type(error).__name__, what=words, trace=_trace(error))


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def entry(name: str) -> Work:
    """The function that "package.module:function" names."""
    module, _, function = name.partition(":")
    found: Work = getattr(import_module(module), function)
    return found
