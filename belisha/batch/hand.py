"""One worker process: started, given tasks, listened to, ended.

It is a new interpreter and not a fork: the run holds a database that must not be carried over. It is started
without ``multiprocessing``, which forbids it to the processes of a cluster.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from belisha.batch.worker import Done, Orders, Progress, Task, work

_START = "import sys; sys.path[:] = {path!r}; from belisha.batch.hand import main; main(int(sys.argv[1]))"


class Hand:
    """A worker and the task that it has. ``tries`` counts how often this task was given."""

    def __init__(self, orders: Orders) -> None:
        self.pipe, theirs = Pipe()
        self.task: Task | None = None
        self.tries = 0
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
                [sys.executable, "-c", _START.format(path=sys.path), str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._send(orders)

    def give(self, task: Task, tries: int = 1) -> None:
        """Hand it a task; it must have none."""
        self.task, self.tries = task, tries
        self._send(task)

    def hear(self) -> Progress | Done | None:
        """What it says, waiting for it; None where it has died."""
        try:
            said = self.pipe.recv()
        except (EOFError, OSError):
            return None
        assert isinstance(said, (Progress, Done))  # noqa: S101 - nothing else is sent
        if isinstance(said, Done):
            self.task = None
        return said

    def dismiss(self) -> None:
        """End it, in the middle of its task if it has one."""
        with suppress(OSError):
            self.pipe.close()
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send(self, what: Orders | Task) -> None:
        with suppress(OSError):  # a worker that died meanwhile is noticed when it is heard
            self.pipe.send(what)


def main(pipe: int) -> None:
    """The worker's own beginning."""
    work(Connection(pipe))
