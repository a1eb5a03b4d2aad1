"""Pages read from their pictures take more time and memory than others, within limits of their own."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import Any

import pytest

from belisha.isolation.child import Channel, PageTooSlow
from belisha.isolation.limits import MEBI, Limits
from belisha.isolation.outcomes import Outcome
from belisha.isolation.supervisor import supervise
from tests.isolation.at_hand import needs_fork

pytestmark = needs_fork
LIMITS = Limits(stall=1.0, page=0.5, ocr_page=4.0, memory=256 * MEBI, ocr_memory=1024 * MEBI)


def slow_picture(_: bytes, __: Mapping[str, Any], channel: Channel) -> bytes:
    channel.page(1)
    with channel.watch_picture():
        time.sleep(2)
    return b"read"


def hanging_picture(_: bytes, __: Mapping[str, Any], channel: Channel) -> bytes:
    channel.page(1)
    try:
        with channel.watch_picture():
            time.sleep(20)
    except PageTooSlow as error:
        return error.what.encode()
    return b"never"


def slow_page_after_picture(_: bytes, __: Mapping[str, Any], channel: Channel) -> bytes:
    channel.page(1)
    with channel.watch_picture():
        pass
    channel.page(2)
    time.sleep(20)
    return b"never"


def large_picture(_: bytes, settings: Mapping[str, Any], channel: Channel) -> bytes:
    channel.page(1)
    if settings["picture"]:
        with channel.watch_picture():
            return str(len(bytearray(500 * MEBI))).encode()
    return str(len(bytearray(500 * MEBI))).encode()


def test_a_picture_may_take_longer_than_a_page_without_progress() -> None:
    ended = supervise(slow_picture, b"", {}, limits=LIMITS)
    assert (ended.outcome, ended.answer, ended.pictures) == (Outcome.ANSWERED, b"read", 1)


def test_a_picture_is_left_after_its_own_time() -> None:
    ended = supervise(hanging_picture, b"", {}, limits=LIMITS)
    assert ended.answer == b"the page took longer than 4 s"


def test_the_page_after_a_picture_has_no_more_time_than_any() -> None:
    ended = supervise(slow_page_after_picture, b"", {}, limits=LIMITS)
    assert (ended.outcome, ended.page) == (Outcome.STALLED, 2)
    assert ended.seconds < 3.5


@pytest.mark.skipif(sys.platform != "linux", reason="this system keeps no limit of memory")
def test_only_a_picture_may_take_the_larger_memory() -> None:
    assert supervise(large_picture, b"", {"picture": True}, limits=LIMITS).outcome is Outcome.ANSWERED
    assert supervise(large_picture, b"", {"picture": False}, limits=LIMITS).outcome is Outcome.TOO_MUCH_MEMORY
