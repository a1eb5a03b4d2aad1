"""The workers of a run on this machine: started, given tasks, replaced when they die."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import wait

from belisha.batch.hand import Hand
from belisha.batch.worker import Done, Orders, Progress, Task

TRIES = 2  # a worker that dies takes its task with it; the task is tried once more


class Crew:
    """So many workers. Use it as a context manager: at its end no worker is left.

    For each worker one more task is taken in advance, so that none waits while its last answer is written.
    """

    def __init__(self, jobs: int, orders: Orders) -> None:
        self._orders = orders
        self._hands: list[Hand] = []
        self._waiting: deque[Task] = deque()
        self._jobs = jobs

    def __enter__(self) -> Crew:
        self._hands = [Hand(self._orders) for _ in range(self._jobs)]
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.dismiss()

    @property
    def idle(self) -> bool:
        """Is there room for another task?"""
        return len(self._waiting) < self._jobs

    @property
    def busy(self) -> int:
        """How many tasks are with workers or wait for one."""
        return len(self._waiting) + sum(hand.task is not None for hand in self._hands)

    def give(self, task: Task) -> None:
        """Hand a task to a worker that has none, or keep it for the first that is free."""
        self._waiting.append(task)
        self._hand_out()

    def _hand_out(self) -> None:
        for hand in self._hands:
            if hand.task is None and self._waiting:
                hand.give(self._waiting.popleft())

    def hear(self, patience: float) -> Iterator[Progress | Done]:
        """What workers say within so many seconds; a death is told as a Done after the second try."""
        ready = wait([h.pipe for h in self._hands if h.task is not None], timeout=patience)
        for number, hand in enumerate(self._hands):
            if hand.pipe not in ready:
                continue
            said = hand.hear() or self._replace(number)
            self._hand_out()
            if said is not None:
                yield said

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
