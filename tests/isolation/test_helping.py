"""Helpers that read a part of a report: what they bring back, and that one which hangs, dies or floods costs nothing."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import belisha
from belisha.isolation.child import Channel
from belisha.isolation.helping import Helping
from belisha.isolation.limits import MEBI, Limits
from belisha.isolation.messages import page_message, part_head
from belisha.isolation.mock import MOCKS
from belisha.isolation.outcomes import Outcome
from belisha.isolation.supervisor import supervise
from extract.errors import SettingsError
from extract.options import Attendant
from tests.belisha.running import belisha as run_belisha
from tests.belisha.running import one_line_of_trouble
from tests.isolation.at_hand import REPORT, needs_fork, whole
from tests.isolation.bombs import many_pieces, million_characters
from tests.isolation.test_faults import processes_below

pytestmark = needs_fork
LIMITS = Limits(stall=4.0, page=1.0, memory=512 * MEBI)
LINUX = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are only listed on Linux")
BAD = 2  # the part that goes wrong


def helped(bad: str, jobs: int = 2, parts: int = 6) -> list[Any]:
    """What helpers bring back for each part, and what was heard meanwhile, in a new process without threads."""
    settings = {"bad": bad, "jobs": jobs, "parts": parts}
    ended = supervise(f"{__name__}:work", b"", settings, limits=LIMITS, fresh=True)
    assert ended.outcome is Outcome.ANSWERED, ended.fault
    told: list[Any] = json.loads(ended.answer)
    return told


def work(_: bytes, settings: Mapping[str, Any], channel: Channel) -> bytes:
    heard: list[tuple[int, bool]] = []

    def hear(page: int, picture: bool) -> None:
        heard.append((page, picture))
        channel.ahead(page, picture)

    def read(part: int, attendant: Attendant) -> bytes:
        assert attendant.progress
        attendant.progress(part + 1)
        if part == BAD:
            return _go_wrong(settings["bad"], attendant)
        return b"part %d" % part

    if settings["bad"] == "thread":
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    told = Helping(settings["jobs"], hear, channel.limits).work(settings["parts"], read)
    left = processes_below(os.getpid()) if Path("/proc/self/task").exists() else []
    return json.dumps([[t and t[:20].decode() for t in told], sorted(heard), left]).encode()


def _go_wrong(how: str, attendant: Attendant) -> bytes:
    channel = attendant.watch.__self__  # type: ignore[attr-defined]  # the clock is a method of the channel
    if how == "picture":
        with attendant.watch_picture():
            return b"part 2"
    if how == "large":
        return bytes(10 * MEBI)
    if how == "too long":
        with attendant.watch():
            threading.Event().wait(20)
    if how == "another part":
        channel._write(part_head(99, 0))
    elif how == "stage":
        channel.stage(1)
    elif how != "thread" and how != "nothing":
        MOCKS[how](channel)
    return b"part 2"


WHOLE = [f"part {k}" for k in range(6)]
WITHOUT = [None if k == BAD else f"part {k}" for k in range(6)]
PAGES = [[k + 1, False] for k in range(6)]


@pytest.mark.parametrize("jobs", [1, 2, 5, 40])
def test_each_part_is_done_once_by_somebody(jobs: int) -> None:
    assert helped("nothing", jobs=jobs) == [WHOLE, PAGES, []]


@LINUX
@pytest.mark.parametrize("bad", ["loop", "segfault", "abort", "silent", "flood", "half", "error", "children"])
def test_what_a_bad_part_costs_is_that_part(bad: str) -> None:
    told, _, left = helped(bad)
    assert told == WITHOUT
    assert left == []


@LINUX
@pytest.mark.parametrize("bad", ["stage", "another part"])
def test_a_helper_that_says_what_it_must_not_is_ended(bad: str) -> None:
    """It may have taken other parts meanwhile, and those are left to whoever asked."""
    told, _, left = helped(bad)
    assert told[BAD] is None
    assert all(t in (None, f"part {k}") for k, t in enumerate(told))
    assert left == []


def test_a_page_that_takes_too_long_is_stopped_in_a_helper_as_well() -> None:
    assert helped("too long") == [WITHOUT, PAGES, []]


def test_large_parts_come_whole() -> None:
    told, *_ = helped("large")
    assert told[BAD] == "\0" * 20


def test_pictures_are_heard_of() -> None:
    told, heard, _ = helped("picture")
    assert told == WHOLE
    assert heard == sorted([*PAGES, [BAD + 1, True]])


def test_a_process_with_threads_is_not_forked() -> None:
    assert helped("thread") == [[None] * 6, [], []]


def test_more_parts_than_a_pipe_holds_are_left_to_whoever_asked() -> None:
    assert helped("nothing", parts=5000) == [[None] * 5000, [], []]


def test_the_helpers_of_a_helper_that_all_die_leave_the_rest() -> None:
    told, *_ = helped("segfault", jobs=1)
    assert told == [*WHOLE[:BAD], *[None] * 4]


@pytest.mark.parametrize("jobs", [2, 3, 16])
def test_the_report_is_the_same(jobs: int) -> None:
    heard: list[int] = []
    assert belisha.read(REPORT, isolated=True, jobs=jobs, progress=heard.append) == whole()
    assert set(heard) == set(range(1, whole().source.pages + 1))
    assert belisha.read(REPORT, jobs=jobs) == whole()


@pytest.mark.parametrize("make", [million_characters, many_pieces])
def test_a_page_that_cannot_be_read_is_told_in_the_same_words(make: Any) -> None:
    assert belisha.read(make(), isolated=True, jobs=3) == belisha.read(make(), isolated=True)


def test_a_refusal_is_the_same() -> None:
    for pages, limits in (("400-", Limits()), (None, Limits(pages=2))):
        told = []
        for jobs in (1, 2):
            with pytest.raises(belisha.BelishaError) as caught:
                belisha.read(REPORT, isolated=True, jobs=jobs, pages=pages, limits=limits)
            told.append(str(caught.value))
        assert told[0] == told[1]


@LINUX
@pytest.mark.parametrize("page", [1, 4, 9])
def test_helpers_that_are_killed_lose_nothing(page: int) -> None:
    killed: list[int] = []

    def kill(number: int) -> None:
        if number == page and not killed:
            killed.extend(_helpers())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    assert belisha.read(REPORT, isolated=True, jobs=3, progress=kill) == whole()
    assert killed


@LINUX
def test_a_page_that_kills_whoever_reads_it_is_left_out() -> None:
    """Its helper first, then the reading process itself, which is begun anew without that page."""

    def crash(number: int) -> None:
        if number == 5:
            for pid in _helpers() or processes_below(os.getpid())[-1:]:
                os.kill(pid, signal.SIGSEGV)

    report = belisha.read(REPORT, isolated=True, jobs=3, progress=crash)
    left_out = [u.page for u in report.unread if u.bbox is None]
    assert left_out in ([5], [])  # the helper may have been quicker than the signal
    assert {m.page for m in report.measures} == {m.page for m in whole().measures} - set(left_out)


def _helpers() -> Sequence[int]:
    return [pid for child in processes_below(os.getpid()) for pid in processes_below(child)]


def ahead_for_ever(_: bytes, __: Mapping[str, Any], channel: Channel) -> bytes:
    while True:
        channel.ahead(1, False)
        threading.Event().wait(0.05)


def part_to_the_parent(_: bytes, __: Mapping[str, Any], channel: Channel) -> bytes:
    channel.part(0, b"nobody asked")
    return b""


def ahead_after_a_page(_: bytes, __: Mapping[str, Any], channel: Channel) -> bytes:
    channel._write(page_message(1))
    return ahead_for_ever(b"", {}, channel)


def test_helpers_that_are_only_spoken_of_win_no_time() -> None:
    heard: list[int] = []
    limits = Limits(stall=1.0, pages=3)
    ended = supervise(ahead_for_ever, b"", {}, limits=limits, on_page=heard.append)
    assert (ended.outcome, ended.page, heard) == (Outcome.STALLED, None, [1, 1, 1])
    ended = supervise(ahead_after_a_page, b"", {}, limits=limits)
    assert (ended.outcome, ended.page) == (Outcome.STALLED, 1)


def test_a_part_is_no_word_for_the_parent() -> None:
    assert supervise(part_to_the_parent, b"", {}, limits=LIMITS).outcome is Outcome.GARBLED


def test_no_helper_at_all_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="1 or more"):
        belisha.read(REPORT, jobs=0)


def test_on_the_command_line_nothing_but_the_time_differs() -> None:
    alone, helped = (run_belisha("audit", REPORT, "--format", "json", "--jobs", n) for n in ("1", "3"))
    assert alone.code == helped.code
    assert alone.out == helped.out
    here = run_belisha("audit", REPORT, "--format", "json", "--jobs", "3", "--no-isolation")
    assert here.out == alone.out
    one_line_of_trouble(run_belisha("extract", REPORT, "--jobs", "0"), code=2, says=["--jobs"])
