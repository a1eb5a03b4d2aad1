"""A backfill: many files into one store, by many readers and one writer.

What a file holds is written in one transaction with its line in the ledger, under a name that follows from its
content and the settings. So the run can be stopped anywhere: what is written is whole, what is not is done again.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from belisha.batch.crew import Crew
from belisha.batch.files import Found, LocalFile, Seen, find_pdfs
from belisha.batch.ledger import Ledger
from belisha.batch.looking import looked_at
from belisha.batch.progress import Meter
from belisha.batch.results import REFUSALS, Result, State, Summary
from belisha.batch.worker import Done, Orders, Progress, Task
from belisha.history import corrections as by_hand
from belisha.history.derived import refresh
from belisha.history.gathering import stale
from belisha.history.reaudit import take_corrections
from belisha.history.settled import Settled, read_settled
from belisha.history.store import Store
from belisha.history.vintages import Settings, insert
from belisha.talk import Talk
from extract.errors import BelishaError, SettingsError

if TYPE_CHECKING:
    from belisha.batch.cluster import ClusterCrew
    from belisha.profile_files import NamedProfile

POLL = 0.5  # seconds between looks at what another run has done
PATIENCE = 1.0  # seconds to listen to workers before the meter is looked at


class Request(Struct, frozen=True):
    """What is to be done, from the command line or from Python.

    ``profile`` is a name or a path; ``limits`` are keyword arguments of ``belisha.Limits``. ``scheduler`` is
    the address of a Dask scheduler, None for this machine; ``jobs`` None lets the place decide.
    """

    inputs: Sequence[str]
    store: str
    jobs: int | None = 1
    scheduler: str | None = None
    retry_failed: bool = False
    limit: int | None = None
    profile: str | None = None
    password: str | None = None
    limits: dict[str, Any] = field(default_factory=dict)
    settled: str | None = None
    corrections: str | None = None


def backfill(request: Request, talk: Talk) -> Summary:
    """Bring every PDF of the inputs into the store. One bad file stops nothing.

    Raises SettingsError and OutputError for what concerns the run; what concerns a file is in the summary.
    """
    files = find_pdfs(request.inputs)
    if not files:
        raise SettingsError("there is no PDF in what was named", advice="name a folder that holds PDF files")
    settled = read_settled(request.settled)
    corrections = None if request.corrections is None else by_hand.read_corrections(request.corrections)
    profile = _profile(request.profile)
    with Store.to_write(request.store) as store:
        if corrections is not None:
            take_corrections(store, corrections, profile=request.profile, mark=_mark(profile))
        run = _Run(request, store, files, talk, profile)
        summary = run.until_done()
        if not summary.stopped:
            run.finish(settled, summary)
        return summary


def _profile(profile: str | None) -> NamedProfile | None:
    """The profile of that name or path. Raises SettingsError for a bad one."""
    if profile is None:
        return None
    from belisha.profile_files import find_profile

    return find_profile(profile)


def _mark(profile: NamedProfile | None) -> str:
    """A profile's name with a hash of what it says; "" for none."""
    if profile is None:
        return ""
    return f"{Path(profile.name).stem} {hashlib.sha256(profile.text.encode()).hexdigest()[:12]}"


class _Run:
    """One run over its files, in order of their names."""

    def __init__(
        self, request: Request, store: Store, files: list[Found], talk: Talk, profile: NamedProfile | None
    ) -> None:
        from belisha.profile_files import to_plain

        self._request = request
        self._store = store
        self._talk = talk
        self._settings = Settings.now(_mark(profile))
        self._ledger = Ledger(store, self._settings)
        todo = files if request.limit is None else files[: request.limit]
        self._todo = looked_at(todo)
        self._all_seen = False
        self._deferred: deque[tuple[Found, Seen | BelishaError]] = deque()
        self._waiting: dict[
            str, list[tuple[Found, int]]
        ] = {}  # by content: the files that wait for its reading
        self._summary = Summary(len(todo))
        self._meter = Meter(talk, len(todo))
        self._start = time.monotonic()
        self._orders = Orders(
            self._settings,
            request.password,
            to_plain(profile),
            tuple(request.limits.items()),
            tuple(c.model_dump_json() for c in by_hand.stored(store)),
        )

    def until_done(self) -> Summary:
        """Do all files. A Ctrl-C ends the run with what is done so far."""
        try:
            with self._crew() as crew:
                while True:
                    self._feed(crew)
                    if crew.busy:
                        for said in crew.hear(PATIENCE):
                            self._take(said)
                    elif not self._all_seen or self._deferred:
                        time.sleep(POLL)
                    else:
                        break
                    self._meter.beat()
        except KeyboardInterrupt:
            self._summary.stopped = True
        finally:
            self._ledger.release_all()
            self._meter.clear()
        self._summary.seconds = time.monotonic() - self._start
        return self._summary

    def _crew(self) -> Crew | ClusterCrew:
        if self._request.scheduler is None:
            return Crew(max(1, min(self._request.jobs or 1, self._summary.seen)), self._orders)
        from belisha.batch.cluster import ClusterCrew

        return ClusterCrew(self._request.scheduler, self._orders, self._talk, most=self._request.jobs)

    def finish(self, settled: Settled, summary: Summary) -> None:
        """Work out the history anew where something was added, and look for corrections that no longer fit."""
        refresh(
            self._store,
            settled,
            told=lambda n, of: self._meter.say(f"history of organisation {n + 1} of {of}"),
        )
        self._meter.clear()
        summary.stale = [(str(correction), why) for correction, why in stale(self._store)]
        summary.seconds = time.monotonic() - self._start

    def _feed(self, crew: Crew | ClusterCrew) -> None:
        while crew.idle and (one := self._next()) is not None:
            crew.give(one)

    def _next(self) -> Task | None:
        """The next file that must be read; others get their outcome on the way."""
        left: int | None = None
        while True:
            looked = next(self._todo, None)
            if looked is None:  # after all others, once each, the files that another run was working on
                self._all_seen = True
                left = len(self._deferred) if left is None else left
                if not left:
                    return None
                left -= 1
                looked = self._deferred.popleft()
            found, seen = looked
            if isinstance(seen, BelishaError):
                self._turn_away_unseen(found, seen)
            elif seen.sha256 in self._waiting:
                self._waiting[seen.sha256].append((found, seen.size))
            elif not self._settle_from_store(found, seen.sha256, seen.size):
                task = self._claimed(found, seen)
                if task is not None:
                    return task

    def _claimed(self, found: Found, seen: Seen) -> Task | None:
        """The task of reading a file; None where another run has it or has just done it, or it has gone."""
        if not self._ledger.claim(seen.sha256):
            self._deferred.append((found, replace(seen, data=None)))
            return None
        if self._settle_from_store(found, seen.sha256, seen.size):
            with self._store.transaction():
                self._ledger.release(seen.sha256)
            return None
        data = seen.data
        if data is None and not isinstance(found, LocalFile):  # it had to wait for another run
            try:
                data = found.look().data
            except BelishaError as error:
                self._turn_away_unseen(found, error)
                return None
        self._waiting[seen.sha256] = [(found, seen.size)]
        return Task(found.path, found.name, seen.sha256, data)

    def _turn_away_unseen(self, found: Found, error: BelishaError) -> None:
        error.file = None
        self._turn_away(found, None, None, str(error), type(error).__name__, tried=1)

    def _settle_from_store(self, found: Found, sha256: str, size: int) -> bool:
        """Give a file its outcome from what the store holds. Returns False if it must be read."""
        if self._ledger.is_read(sha256):
            with self._store.transaction():
                self._ledger.write(found.shown, "done", sha256=sha256, size=size)
            self._end(Result(found.shown, "same"), worked=False)
            return True
        known = self._ledger.turned_away(sha256)
        if known is not None and not self._request.retry_failed:
            with self._store.transaction():
                self._ledger.write(
                    found.shown,
                    known.state,
                    sha256=sha256,
                    size=size,
                    error=known.error,
                    error_kind=known.error_kind,
                )
            state: State = "refused" if known.state == "refused" else "failed"
            self._end(Result(found.shown, state, known.error, known.error_kind, known=True), worked=False)
            return True
        return False

    def _take(self, said: Progress | Done) -> None:
        if isinstance(said, Progress):
            self._meter.at(said.shown, said.page)
            return
        files = self._waiting.pop(said.task.sha256)
        sha256 = said.task.sha256
        if said.prepared is None:
            for found, size in files:
                self._turn_away(
                    found, sha256, size, said.error or "", said.kind or "", tried=1, seconds=said.seconds
                )
            return
        states = [self._state(found, sha256) for found, _ in files]
        with self._store.transaction() as c:
            added = insert(c, said.prepared)
            for found, size in files:
                self._ledger.write(
                    found.shown, "done", sha256=sha256, size=size, tried=1, seconds=round(said.seconds, 3)
                )
            self._ledger.release(sha256)
        for n, (found, _) in enumerate(files):
            state: State = states[n] if n == 0 and added else "same"
            self._end(
                Result(found.shown, state, pages=said.pages if n == 0 else 0, seconds=said.seconds),
                worked=n == 0,
            )

    def _state(self, found: Found, sha256: str) -> State:
        known = self._ledger.entry(found.shown)
        if self._ledger.was_read(sha256) or (known is not None and self._ledger.was_read(known.sha256)):
            return "changed"
        return "new"

    def _turn_away(
        self,
        found: Found,
        sha256: str | None,
        size: int | None,
        error: str,
        kind: str,
        *,
        tried: int,
        seconds: float | None = None,
    ) -> None:
        state: State = "refused" if kind in REFUSALS else "failed"
        with self._store.transaction():
            self._ledger.write(
                found.shown,
                state,
                sha256=sha256,
                size=size,
                tried=tried,
                seconds=seconds,
                error=error,
                error_kind=kind,
            )
            if sha256 is not None:
                self._ledger.release(sha256)
        self._talk.progress(f"{found.shown}: {error}", file=found.shown)
        self._end(Result(found.shown, state, error, kind, seconds=seconds or 0.0), worked=sha256 is not None)

    def _end(self, result: Result, *, worked: bool) -> None:
        self._summary.results.append(result)
        self._meter.done(result.state, result.pages, worked=worked)
