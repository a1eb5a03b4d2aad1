"""What became of each file: a closed list of outcomes, whose sum is the number of files."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal, get_args

from msgspec import Struct, field

from extract.errors import Exit

State = Literal["new", "same", "changed", "refused", "failed"]
STATES: tuple[State, ...] = get_args(State)
# errors that say something about the file; all others say that something went wrong with us or the machine
REFUSALS = frozenset(
    ("NotAPdf", "ReportDamaged", "ReportLocked", "ReportMissing", "ReportWithoutText", "ReportError")
)


class Result(Struct, frozen=True):
    """One file's outcome.

    ``new``: read for the first time; ``same``: what it holds is in the store already; ``changed``: read, and
    an earlier reading of this file, or of an earlier file of this name, is in the store too; ``refused``: it
    cannot be read, for a reason of its own; ``failed``: a limit, a crash, unexpected trouble.
    ``known``: refused or failed before, and not tried again.
    """

    file: str
    state: State
    error: str | None = None
    kind: str | None = None
    known: bool = False
    pages: int = 0
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Plain values; what says nothing is left out."""
        found: dict[str, Any] = {"file": self.file}
        if self.error is not None:
            found |= {"error": self.error, "kind": self.kind, "known": self.known}
        return found


class Summary(Struct):
    """All outcomes of a run. ``seen`` counts the files that were to be done; ``stopped``: it ended early."""

    seen: int
    results: list[Result] = field(default_factory=list)
    stopped: bool = False
    stale: list[tuple[str, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """How many files had each outcome, all five in order."""
        found = Counter(r.state for r in self.results)
        return {state: found[state] for state in STATES}

    @property
    def adds_up(self) -> bool:
        """Is every file that was seen in exactly one list?"""
        return len({r.file for r in self.results}) == len(self.results) == self.seen

    def exit_code(self) -> Exit:
        """As docs/reference/exit-codes.md says."""
        if self.stopped:
            return Exit.STOPPED
        unread = self.counts["refused"] + self.counts["failed"]
        if unread and unread == self.seen:
            return Exit.UNREADABLE
        return Exit.SOME_UNREADABLE if unread or not self.adds_up else Exit.DONE

    def to_dict(self) -> dict[str, Any]:
        """The summary as plain values, every list sorted by file name."""
        ordered = sorted(self.results, key=lambda r: r.file)
        return {
            "files": self.seen,
            **self.counts,
            "stopped": self.stopped,
            "pages": sum(r.pages for r in self.results),
            "seconds": round(self.seconds, 1),
            "lists": {state: [r.to_dict() for r in ordered if r.state == state] for state in STATES},
            "stale_corrections": [{"correction": what, "reason": why} for what, why in self.stale],
        }
