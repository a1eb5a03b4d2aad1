"""A worker: a process that has one file after the other read and audited in a child of its own.

The worker itself never opens a PDF. It keeps everything imported, so that each child starts at once, and makes
the rows that the one writer only has to insert.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from belisha.history.vintages import Prepared, Settings, clean, prepare
from extract.errors import BelishaError

if TYPE_CHECKING:
    from belisha.isolation.child import Channel
    from belisha.isolation.limits import Limits
    from normalise.records import Finding, Report

PROGRESS = 1.0  # seconds between two words about the pages of one file


class Task(Struct, frozen=True):
    """A file to be read: its content must have this hash when it is read.

    ``data`` is the content itself, for files that the worker cannot open; None: it opens ``path``.
    """

    path: str
    shown: str
    sha256: str
    data: bytes | None = None


class Progress(Struct, frozen=True):
    """Word from a worker that it is at a page of its file."""

    shown: str
    page: int


class Done(Struct, frozen=True):
    """What came of a task: rows to insert, or an error in one line with the name of its class."""

    task: Task
    prepared: Prepared | None
    error: str | None = None
    kind: str | None = None
    pages: int = 0
    seconds: float = 0.0


class Orders(Struct, frozen=True):
    """What holds for every task of a run, in a form that any machine can take.

    ``profile`` is ``belisha.profile_files.to_plain``'s; ``corrections`` are JSON texts of
    ``belisha.history.corrections.Correction``.
    """

    settings: Settings
    password: str | None = None
    profile: dict[str, str | None] | None = None
    limits: tuple[tuple[str, Any], ...] = ()
    corrections: tuple[str, ...] = ()


def work(pipe: Connection) -> None:
    """Take orders and then tasks from the pipe until it closes; answer each task with Progress and one Done."""
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    with suppress(EOFError, OSError):
        orders: Orders = pipe.recv()
        while True:
            task = pipe.recv()
            pipe.send(do(task, orders, pipe))


def do(task: Task, orders: Orders, pipe: Connection | None = None) -> Done:
    """One task. Whatever happens to the file is in the answer."""
    from belisha.outcome import UnexpectedError

    told = replace(task, data=None)  # nobody needs the content back
    start = time.monotonic()
    pages = 0
    last = start

    def at_page(page: int) -> None:
        nonlocal pages, last
        pages = max(pages, page)
        if pipe is not None and time.monotonic() - last >= PROGRESS:
            last = time.monotonic()
            pipe.send(Progress(task.shown, page))

    try:
        prepared = _read(task, orders, at_page)
    except Exception as cause:
        error = cause if isinstance(cause, BelishaError) else UnexpectedError(cause)
        error.file = None
        line, kind = " ".join(str(error).split()), type(error).__name__
        return Done(told, None, line, kind, pages, time.monotonic() - start)
    return Done(told, prepared, None, None, prepared.pages, time.monotonic() - start)


def _read(task: Task, orders: Orders, at_page: Any) -> Prepared:
    import belisha
    from belisha.isolation.limits import Limits
    from belisha.profile_files import from_plain
    from extract.errors import ReportError

    limits = Limits(**dict(orders.limits))
    report = belisha.read(
        Path(task.path) if task.data is None else task.data,
        name=None if task.data is None else task.shown,
        password=orders.password,
        profile=from_plain(orders.profile),
        isolated=True,
        limits=limits,
        progress=at_page,
    )
    if report.source.sha256 != task.sha256:
        raise ReportError("the file changed while it was read", advice="run again when it is at rest")
    report = clean(report)
    return prepare(report, orders.settings, _findings(report, orders, limits))


def _findings(report: Report, orders: Orders, limits: Limits) -> tuple[Finding, ...]:
    """Audit a report, with its corrections by hand, in a child of its own: rules are text from strangers too."""
    from belisha.isolation.outcomes import Outcome, ReaderCrashed
    from belisha.isolation.supervisor import supervise
    from normalise.records import Report

    settings = {"profile": orders.profile, "corrections": list(orders.corrections)}
    data = report.to_json(indent=None).encode("utf-8")
    ended = supervise(f"{__name__}:judge", data, settings, limits=limits)
    if ended.outcome is not Outcome.ANSWERED:
        what = (ended.fault or {}).get("what") or ended.outcome.value
        raise ReaderCrashed(
            f"the records were read, but their audit ended badly ({what})", advice="report it"
        )
    return Report.from_json(ended.answer).findings


def judge(data: bytes, settings: Mapping[str, Any], _: Channel) -> bytes:
    """In the child: the report with its findings, as JSON."""
    from belisha.history.corrections import Correction, correct
    from belisha.pipeline import audit
    from belisha.profile_files import from_plain
    from normalise.records import Report

    report = Report.from_json(data)
    corrections = [Correction.model_validate_json(text) for text in settings["corrections"]]
    profile = from_plain(settings["profile"])
    found = audit(correct(report, corrections).report, profile=profile)
    return found.report.to_json(indent=None).encode("utf-8")


def _end_with_parent() -> None:
    """Linux: end when the run that started this worker is killed; elsewhere the closed pipe ends it later."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
