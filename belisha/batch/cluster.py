"""The workers of a run on a Dask cluster: the same work, the answers taken in the order they come.

Each thread of a Dask worker keeps a hand, a process of ours that reads one file after the other; so a bad
file can take neither Dask's process along nor the files of its other threads. A Dask worker that dies takes
its hands with it, and the scheduler gives its tasks to another.
"""

from __future__ import annotations

import logging
import re
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from msgspec.structs import replace

from belisha.batch.crew import Crew
from belisha.batch.worker import Done, Orders, Progress, Task
from belisha.neighbours import version
from belisha.render.extras import needed
from belisha.talk import Talk
from extract.document import load
from extract.errors import BelishaError, Exit, SettingsError

PATIENCE = 10.0  # seconds to wait for the scheduler
COUNTED = 5.0  # seconds between looks at how many workers there are
AHEAD = 2  # tasks that the cluster holds for each thread, so that none waits for the next
_ADDRESS = re.compile(r"(?:tcp|tls|wss?|ucxx?)://(?:\[[0-9a-fA-F:.]+\]|[^:/\[\]\s]+):\d{1,5}")
_NAME_IT = "name it as tcp://host:8786, as dask scheduler says when it starts"
MOST = 4096  # tasks that are out at a time, however large the cluster


class ClusterLost(BelishaError):
    """The scheduler has gone, or the workers cannot do the work at all."""

    exit_code = Exit.USAGE
    advice = "what was read is in the store; see to the cluster and run the same command again"


class ClusterCrew:
    """Workers behind a Dask scheduler. Use it as a context manager, in place of ``Crew``."""

    def __init__(self, address: str, orders: Orders, talk: Talk, *, most: int | None = None) -> None:
        if not _ADDRESS.fullmatch(address):
            raise SettingsError("this is no address of a scheduler", advice=_NAME_IT, file=address)
        self._distributed = needed("distributed", extra="dask", what="--scheduler")
        self._address, self._orders, self._talk = address, orders, talk
        self._most = most
        self._client: Any = None
        self._out: dict[Any, Task] = {}
        self._ended: SimpleQueue[Any] = SimpleQueue()
        self._room = 0
        self._counted_at = 0.0
        self._said_none = False

    def __enter__(self) -> ClusterCrew:
        if self._talk.loudness < 2:
            _hush()
        try:
            self._client = self._distributed.Client(self._address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, RuntimeError) as trouble:
            words = " ".join(str(trouble).split())[:200]
            raise SettingsError(
                f"no Dask scheduler answers there ({words})",
                advice=_NAME_IT,
                file=self._address,
            ) from trouble
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):
            for future in self._out:
                future.cancel()
        with suppress(Exception):
            self._client.close(timeout=5)

    @property
    def idle(self) -> bool:
        """Is there room on the cluster for another task?"""
        return len(self._out) < self._room_now()

    @property
    def busy(self) -> int:
        """How many tasks are out."""
        return len(self._out)

    def give(self, task: Task) -> None:
        """Send a task to whichever worker is free first."""
        key = f"belisha-{uuid.uuid4().hex}"  # never the answer to an earlier question
        future = self._client.submit(work_here, task, self._orders, key=key, pure=False)
        self._out[future] = task
        future.add_done_callback(self._ended.put)

    def hear(self, patience: float) -> Iterator[Progress | Done]:
        """The answers that come within so many seconds. Raises ClusterLost."""
        until = time.monotonic() + patience
        while True:
            try:
                future = self._ended.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                return
            until = 0.0  # and those that are here already
            if (said := self._answer(future)) is not None:
                yield said

    def _answer(self, future: Any) -> Done | None:
        task = self._out[future]
        try:
            done: Done = future.result(timeout=PATIENCE)
        except TimeoutError:  # its worker went before the answer was fetched: it is worked out again
            self._ended.put(future)
            return None
        except self._distributed.KilledWorker:
            done = Done(
                task, None, "the cluster's workers died again and again on this file", "ReaderCrashed"
            )
        except (SettingsError, ClusterLost):
            raise
        except Exception as trouble:
            words = " ".join(str(trouble).split())[:300] or type(trouble).__name__
            if type(trouble).__name__ in ("CancelledError", "FutureCancelledError"):
                raise ClusterLost("the scheduler no longer answers", file=self._address) from trouble
            raise ClusterLost(
                f"the workers cannot do the work ({words})",
                advice="install this version of Belisha on every worker",
                file=self._address,
            ) from trouble
        del self._out[future]
        if done.kind == "ReportMissing" and task.data is None:
            return self._with_its_content(task)
        return done

    def _with_its_content(self, task: Task) -> Done | None:
        """Send a file along that the worker could not open: it need not share this machine's folders."""
        try:
            data, _ = load(Path(task.path))
        except BelishaError as error:
            error.file = None
            return Done(task, None, str(error), type(error).__name__)
        self.give(replace(task, data=data))
        return None

    def _room_now(self) -> int:
        now = time.monotonic()
        if now - self._counted_at >= COUNTED:
            self._counted_at = now
            with suppress(OSError):
                threads = sum(self._client.nthreads().values())
                self._room = min(self._most or AHEAD * threads, MOST)
                if not threads and not self._said_none:
                    self._said_none = True
                    self._talk.remark("the cluster has no worker yet; waiting for one")
        return self._room


def _hush() -> None:
    """Dask tells its own log about every worker that goes; a run tells what comes of it."""
    for name in (
        "distributed",
        *(n for n in logging.root.manager.loggerDict if n.startswith("distributed.")),
    ):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def work_here(task: Task, orders: Orders) -> Done:
    """On a worker of the cluster: one task, by a hand that is kept for the next."""
    if version() != orders.settings.program:
        raise SettingsError(
            f"a worker of the cluster has Belisha {version()}, this is {orders.settings.program}",
            advice="install the same version on every worker",
        )
    with _crews.borrowed(orders) as crew:
        crew.give(task)
        while True:
            for said in crew.hear(60.0):
                if isinstance(said, Done):
                    return said


class _Crews:
    """Crews of one hand each, for as many tasks as there are at a time. Those of an earlier run are dismissed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: Orders | None = None
        self._free: list[Crew] = []

    @contextmanager
    def borrowed(self, orders: Orders) -> Iterator[Crew]:
        """A crew for one task; taken back whole, or dismissed where something went wrong."""
        with self._lock:
            if orders != self._orders:
                for crew in self._free:
                    crew.__exit__()
                self._orders, self._free = orders, []
            crew = self._free.pop() if self._free else Crew(1, orders).__enter__()
        try:
            yield crew
        except BaseException:
            crew.__exit__()
            raise
        with self._lock:
            if orders == self._orders:
                self._free.append(crew)
                return
        crew.__exit__()


_crews = _Crews()
