"""The workers of a run: started, given tasks, replaced when they die."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from belisha.batch.worker import Done, Orders, Progress, Task, work

TRIES = 2  # a worker that dies takes its task with it; the task is tried once more


@dataclass
class _Hand:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    tries: int = 0


class Crew:
    """So many workers. Use it as a context manager: at its end no worker is left."""

    def __init__(self, jobs: int, orders: Orders) -> None:
        # not forked from here: the run holds a database that must not be carried over
        self._context = multiprocessing.get_context("spawn")
        self._orders = orders
        self._hands: list[_Hand] = []
        self._jobs = jobs

    def __enter__(self) -> Crew:
        self._hands = [self._hire() for _ in range(self._jobs)]
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            self._dismiss(hand)

    @property
    def idle(self) -> bool:
        """Is there a worker without a task?"""
        return any(hand.task is None for hand in self._hands)

    @property
    def busy(self) -> int:
        """How many workers have a task."""
        return sum(hand.task is not None for hand in self._hands)

    def give(self, task: Task) -> None:
        """Hand a task to a worker that has none."""
        hand = next(hand for hand in self._hands if hand.task is None)
        hand.task, hand.tries = task, 1
        self._send(hand)

    def hear(self, patience: float) -> Iterator[Progress | Done]:
        """What workers say within so many seconds; a death is told as a Done after the second try."""
        ready = wait([h.pipe for h in self._hands if h.task is not None], timeout=patience)
        for hand in self._hands:
            if hand.pipe not in ready:
                continue
            try:
                said = hand.pipe.recv()
            except (EOFError, OSError):
                yield from self._replace(hand)
                continue
            if isinstance(said, Done):
                hand.task = None
            yield said

    def _send(self, hand: _Hand) -> None:
        with suppress(OSError):  # a worker that died meanwhile is noticed when it is heard
            hand.pipe.send(hand.task)

    def _replace(self, hand: _Hand) -> Iterator[Done]:
        task, tries = hand.task, hand.tries
        self._dismiss(hand)
        fresh = self._hire()
        hand.process, hand.pipe, hand.task = fresh.process, fresh.pipe, None
        if task is None:
            return
        if tries < TRIES:
            hand.task, hand.tries = task, tries + 1
            self._send(hand)
        else:
            yield Done(task, None, "the worker process died twice on this file", "ReaderCrashed")

    def _hire(self) -> _Hand:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=work, args=(theirs, self._orders), daemon=False)
        process.start()
        theirs.close()
        return _Hand(process, ours)

    @staticmethod
    def _dismiss(hand: _Hand) -> None:
        with suppress(OSError):
            hand.pipe.close()
        hand.process.terminate()
        hand.process.join(5)
        if hand.process.is_alive():
            hand.process.kill()
            hand.process.join()
