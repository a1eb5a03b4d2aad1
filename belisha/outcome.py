"""Many inputs, one exit code: which reports were read, which were not, and what that means at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from extract.errors import BelishaError, Exit, ReportError

T = TypeVar("T")
FailOn = Literal["contradicted", "any", "never"]


class UnexpectedError(ReportError):
    """An error that Belisha did not foresee: a fault of ours, told in one line."""

    advice = "run again with --debug and report it"

    def __init__(self, cause: BaseException, *, file: str | None = None) -> None:
        words = " ".join(str(cause).split())[:200]
        kind = type(cause).__name__
        super().__init__(f"unexpected trouble ({kind}: {words})" if words else f"unexpected trouble ({kind})")
        self.file = file


class Failure(Struct, frozen=True):
    """An input that could not be read, as it was named, and why."""

    name: str
    error: BelishaError


class Run(Struct, Generic[T], frozen=True):
    """What became of all inputs, in the order given. ``done`` and ``failed`` together are all of them."""

    done: tuple[T, ...]
    failed: tuple[Failure, ...]

    def exit_code(self, *, findings: bool = False) -> Exit:
        """The exit code, as docs/reference/exit-codes.md says; unread inputs weigh more than findings."""
        if self.failed and self.done:
            return Exit.SOME_UNREADABLE
        if self.failed:
            codes = {failure.error.exit_code for failure in self.failed}
            return codes.pop() if len(codes) == 1 else Exit.UNREADABLE
        return Exit.FINDINGS if findings else Exit.DONE


def run_each(
    names: Sequence[str],
    work: Callable[[str], T],
    *,
    on_failure: Callable[[Failure, BaseException], None],
) -> Run[T]:
    """Do the work for every input and go on past those that cannot be read.

    Whatever one input raises is a failure of that input; only stopping (Ctrl-C) ends the run.
    """
    done: list[T] = []
    failed: list[Failure] = []
    for name in names:
        try:
            done.append(work(name))
        except Exception as cause:
            error = cause if isinstance(cause, BelishaError) else UnexpectedError(cause)
            error.file = shown_name(name)
            failed.append(Failure(name, error))
            on_failure(failed[-1], cause)
    return Run(tuple(done), tuple(failed))


def shown_name(name: str) -> str:
    """An input's name in messages: as typed, "standard input" for ``-``."""
    return "standard input" if name == "-" else name


def reportable(verdicts: Iterable[str], fail_on: FailOn) -> bool:
    """Do these verdicts of findings reach what ``--fail-on`` asks for?"""
    if fail_on == "never":
        return False
    if fail_on == "any":
        return any(verdict != "supported" for verdict in verdicts)
    return any(verdict == "contradicted" for verdict in verdicts)
