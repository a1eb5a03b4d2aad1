"""The workers of a run on this machine: started, given tasks, replaced when they die."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing.connection import wait

from belisha.batch.hand import Hand
from belisha.batch.worker import Done, Orders, Progress, Task

TRIES = 2  # a worker that dies takes its task with it; the task is tried once more


class Crew:
    """So many workers. Use it as a context manager: at its end no worker is left."""

    def __init__(self, jobs: int, orders: Orders) -> None:
        self._orders = orders
        self._hands: list[Hand] = []
        self._jobs = jobs

    def __enter__(self) -> Crew:
        self._hands = [Hand(self._orders) for _ in range(self._jobs)]
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.dismiss()

    @property
    def idle(self) -> bool:
        """Is there a worker without a task?"""
        return any(hand.task is None for hand in self._hands)

    @property
    def busy(self) -> int:
        """How many tasks are with workers."""
        return sum(hand.task is not None for hand in self._hands)

    def give(self, task: Task) -> None:
        """Hand a task to a worker that has none."""
        next(hand for hand in self._hands if hand.task is None).give(task)

    def hear(self, patience: float) -> Iterator[Progress | Done]:
        """What workers say within so many seconds; a death is told as a Done after the second try."""
        ready = wait([h.pipe for h in self._hands if h.task is not None], timeout=patience)
        for number, hand in enumerate(self._hands):
            if hand.pipe not in ready:
                continue
            said = hand.hear()
            if said is not None:
                yield said
            elif (lost := self._replace(number)) is not None:
                yield lost

    def _replace(self, number: int) -> Done | None:
        dead = self._hands[number]
        dead.dismiss()
        fresh = self._hands[number] = Hand(self._orders)
        if dead.task is None:
            return None
        if dead.tries < TRIES:
            fresh.give(dead.task, dead.tries + 1)
            return None
        return Done(dead.task, None, "the worker process died twice on this file", "ReaderCrashed")
