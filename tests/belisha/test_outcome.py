"""Every input ends as done or failed, and the exit code follows from that."""

from __future__ import annotations

import pytest

from belisha.outcome import FailOn, Failure, Run, UnexpectedError, reportable, run_each
from extract.errors import BelishaError, Exit, NotAPdf, ReportLocked, SettingsError


def failed(*errors: BelishaError) -> tuple[Failure, ...]:
    return tuple(Failure(f"{n}.pdf", error) for n, error in enumerate(errors))


@pytest.mark.parametrize(
    ("run", "findings", "code"),
    [
        (Run(("a",), ()), False, Exit.DONE),
        (Run(("a",), ()), True, Exit.FINDINGS),
        (Run(("a",), failed(NotAPdf("x"))), True, Exit.SOME_UNREADABLE),
        (Run((), failed(NotAPdf("x"), ReportLocked("y"))), False, Exit.UNREADABLE),
        (Run((), failed(SettingsError("x"))), False, Exit.USAGE),
        (Run((), failed(SettingsError("x"), NotAPdf("y"))), False, Exit.UNREADABLE),
    ],
)
def test_exit_code(run: Run[str], findings: bool, code: Exit) -> None:
    assert run.exit_code(findings=findings) == code


def test_one_bad_input_does_not_stop_the_others_and_all_are_accounted_for() -> None:
    def work(name: str) -> str:
        if name == "locked":
            raise ReportLocked("the file is locked")
        if name == "odd":
            raise TypeError("a\nb")
        return name.upper()

    told: list[str] = []
    run = run_each(
        ["one", "locked", "odd", "two"], work, on_failure=lambda failure, _: told.append(str(failure.error))
    )
    assert run.done == ("ONE", "TWO")
    assert [failure.name for failure in run.failed] == ["locked", "odd"]
    assert told == [
        "locked: the file is locked; pass the password with --password",
        "odd: unexpected trouble (TypeError: a b); run again with --debug and report it",
    ]


def test_stopping_ends_the_run() -> None:
    def work(name: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_each(["one"], work, on_failure=lambda *_: None)


def test_unexpected_trouble_is_an_unreadable_input() -> None:
    assert UnexpectedError(MemoryError()).exit_code == Exit.UNREADABLE
    assert "(MemoryError)" in str(UnexpectedError(MemoryError()))


@pytest.mark.parametrize(
    ("verdicts", "fail_on", "reported"),
    [
        (["contradicted"], "contradicted", True),
        (["borderline", "depends", "note"], "contradicted", False),
        (["note"], "any", True),
        (["supported"], "any", False),
        ([], "any", False),
        (["contradicted"], "never", False),
    ],
)
def test_what_fail_on_reports(verdicts: list[str], fail_on: FailOn, reported: bool) -> None:
    assert reportable(verdicts, fail_on) is reported
