"""A reading process that hangs, dies, floods or is killed: a named end, the next file right, nobody left behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

import belisha
from belisha.isolation.limits import MEBI, Limits
from belisha.isolation.mock import MOCKS, VARIABLE
from belisha.isolation.outcomes import Outcome, ReaderCrashed
from belisha.isolation.supervisor import supervise
from belisha.outcome import UnexpectedError
from extract.errors import OverLimit, SettingsError
from extract.limits import ReadLimits
from tests.belisha.running import belisha as run_belisha
from tests.belisha.running import one_line_of_trouble
from tests.isolation.at_hand import REPORT, needs_fork, rounds, whole

pytestmark = needs_fork
SOON = Limits(stall=3.0, memory=256 * MEBI)
EXPECTED = {
    "loop": Outcome.STALLED,
    "memory": Outcome.TOO_MUCH_MEMORY,
    "segfault": Outcome.CRASHED,
    "abort": Outcome.CRASHED,
    "flood": Outcome.GARBLED,
    "noise": Outcome.FAILED,
    "silent": Outcome.SILENT,
    "half": Outcome.KILLED,
    "children": Outcome.STALLED,
    "write": Outcome.FAILED,
    "error": Outcome.FAILED,
}
ERRORS = {
    Outcome.STALLED: OverLimit,
    Outcome.TOO_MUCH_MEMORY: OverLimit,
    Outcome.CRASHED: ReaderCrashed,
    Outcome.GARBLED: ReaderCrashed,
    Outcome.SILENT: ReaderCrashed,
    Outcome.KILLED: ReaderCrashed,
    Outcome.FAILED: UnexpectedError,
}


def processes_below(pid: int) -> list[int]:
    """Children of a process; Linux only."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(word) for word in (task / "children").read_text().split()]
    return found


def test_every_mock_has_its_outcome() -> None:
    assert set(EXPECTED) == set(MOCKS)


@pytest.mark.parametrize("mock", sorted(MOCKS))
@pytest.mark.parametrize("fresh", [False, True])
def test_whatever_the_reader_does_its_end_has_a_name(mock: str, fresh: bool) -> None:
    limits = SOON._replace(stall=10.0) if fresh else SOON
    for _ in range(1 if fresh else rounds(1, 50)):
        ended = supervise("belisha.isolation.mock:work", b"", {"mock": mock}, limits=limits, fresh=fresh)
        assert ended.outcome is EXPECTED[mock]


@pytest.mark.parametrize("mock", sorted(MOCKS))
def test_the_file_after_a_bad_one_is_read_right(mock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(rounds(1, 28)):
        monkeypatch.setenv(VARIABLE, f"mock:{mock}")
        with pytest.raises(ERRORS[EXPECTED[mock]]):
            belisha.read(REPORT, isolated=True, limits=SOON)
        monkeypatch.delenv(VARIABLE)
        assert belisha.read(REPORT, isolated=True) == whole()


def test_nobody_is_left_behind() -> None:
    before = processes_below(os.getpid())
    ended = supervise("belisha.isolation.mock:work", b"", {"mock": "children"}, limits=SOON)
    assert ended.outcome is Outcome.STALLED
    assert processes_below(os.getpid()) == before
    # Other tests of this kind may be under way beside this one; their children end with their own limits.
    for _ in range(60):
        if not [p for p in Path("/proc").glob("[0-9]*/cmdline") if b"time.sleep(600)" in _words(p)]:
            return
        time.sleep(0.5)
    pytest.fail("a grandchild outlived its reader")


def _words(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("page", range(1, rounds(4, 14)))
def test_a_reading_killed_from_outside_is_done_once_more(page: int) -> None:
    killed: list[int] = []

    def kill(number: int) -> None:
        if number == page and not killed:
            killed.extend(processes_below(os.getpid()))
            os.kill(killed[-1], signal.SIGKILL)

    report = belisha.read(REPORT, isolated=True, progress=kill)
    assert killed
    assert report == whole()


def test_a_page_that_kills_its_reader_is_left_out_and_the_others_are_read() -> None:
    def crash(number: int) -> None:
        if number == 5:
            os.kill(processes_below(os.getpid())[-1], signal.SIGSEGV)

    report = belisha.read(REPORT, isolated=True, progress=crash)
    assert [u.page for u in report.unread if u.bbox is None] == [5]
    assert {m.page for m in report.measures} == {m.page for m in whole().measures} - {5}
    assert report.source == whole().source


def test_an_answer_larger_than_a_pipe_comes_whole() -> None:
    """``half`` dies in the middle of one of ten MiB; this one does not."""
    ended = supervise(f"{__name__}:ten_mebibytes", b"", {}, limits=SOON)
    assert ended.outcome is Outcome.ANSWERED
    assert ended.answer == bytes(10 << 20)


def ten_mebibytes(*_: object) -> bytes:
    return bytes(10 << 20)


def test_what_on_page_raises_passes_through_and_ends_the_child() -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    before = processes_below(os.getpid())
    with pytest.raises(KeyboardInterrupt):
        belisha.read(REPORT, isolated=True, progress=stop)
    assert processes_below(os.getpid()) == before


def test_a_new_interpreter_reads_the_same() -> None:
    """Where this process has threads, none is forked."""
    import threading

    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        assert belisha.read(REPORT, isolated=True) == whole()
    finally:
        release.set()
        thread.join()


def test_the_limits_agree_with_those_of_the_reader() -> None:
    assert Limits().inside == ReadLimits()


def test_the_total_grows_with_the_pages() -> None:
    assert Limits(base=10, per_page=2).total_after(20) == 50
    assert Limits(base=10, per_page=2, ocr_page=30).total_after(20, 3) == 140
    assert Limits(total=7).total_after(20, 3) == 7


def test_on_the_command_line_it_is_one_line_and_a_code() -> None:
    for mock, says in (("loop", "no progress for 3 s"), ("segfault", "SIGSEGV"), ("memory", "--memory")):
        ended = run_belisha(
            "extract", "--timeout", "3", "--memory", "256", REPORT, env={VARIABLE: f"mock:{mock}"}
        )
        one_line_of_trouble(ended, code=4, says=[says])
    ended = run_belisha("extract", REPORT, env={VARIABLE: "mock:nothing"})
    one_line_of_trouble(ended, code=2, says=["BELISHA_READER", "mock:loop"])


def test_a_mock_that_does_not_exist_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "other")
    with pytest.raises(SettingsError, match="mock:loop"):
        belisha.read(REPORT, isolated=True)


def test_without_isolation_the_records_are_the_same() -> None:
    apart, here = (run_belisha("extract", REPORT, *more) for more in ((), ("--no-isolation",)))
    assert apart.code == here.code == 0
    assert apart.out == here.out
