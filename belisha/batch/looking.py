"""Looking at files before they are read: one after the other here, several at a time where they come from afar."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from queue import SimpleQueue

from belisha.batch.files import Found, LocalFile, Seen
from extract.errors import BelishaError

AHEAD = 8  # files that are fetched at a time, and held in memory until they are handed on

Look = tuple[Found, Seen | BelishaError]


def looked_at(files: Iterable[Found]) -> Iterator[Look]:
    """Each file with what was seen of it, or with the error, in order; files from afar are fetched ahead."""
    waiting: deque[_Ahead] = deque()
    for found in files:
        waiting.append(_Ahead(found))
        if len(waiting) >= AHEAD or (isinstance(found, LocalFile) and len(waiting) == 1):
            yield waiting.popleft().look()
    while waiting:
        yield waiting.popleft().look()


class _Ahead:
    """A file that is being looked at. A thread that hangs when the program ends keeps nobody waiting."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._answer: SimpleQueue[Seen | BelishaError | BaseException] = SimpleQueue()
        if not isinstance(found, LocalFile):
            threading.Thread(target=self._fetch, daemon=True).start()

    def look(self) -> Look:
        if isinstance(self._found, LocalFile):
            self._fetch()
        answer = self._answer.get()
        if isinstance(answer, (Seen, BelishaError)):
            return self._found, answer
        raise answer

    def _fetch(self) -> None:
        try:
            self._answer.put(self._found.look())
        except BaseException as trouble:  # told where the answer is taken
            self._answer.put(trouble)
