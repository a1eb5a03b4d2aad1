"""Bombs, loops and crowds: an outcome within the limits, and what can be read of the file is read."""

from __future__ import annotations

import resource
from collections.abc import Callable
from typing import Any

import pytest

import belisha
from belisha.isolation.limits import MEBI, Limits, peak_memory
from belisha.isolation.outcomes import Outcome, ReaderCrashed
from belisha.isolation.supervisor import supervise
from extract.errors import OverLimit, ReportDamaged, ReportWithoutText
from tests.isolation.at_hand import SOAK, needs_fork
from tests.isolation.bombs import BOMBS, CROWDS, LOOPS, many_pieces, million_characters
from tests.isolation.pdf_writing import pages_file, stream, words

pytestmark = needs_fork
SETTINGS: dict[str, Any] = {
    "password": None,
    "pages": None,
    "profile": None,
    "second_reader": False,
    "jobs": 1,
    "ocr": "auto",
    "audit": None,
    "skip": {},
}
Make = Callable[[], bytes]


def name_of(make: Make) -> str:
    return make.__name__


@pytest.mark.parametrize("make", [*BOMBS, *LOOPS], ids=name_of)
def test_it_ends_with_a_report_or_an_error_of_ours(make: Make) -> None:
    limits = Limits() if SOAK else Limits(memory=512 * MEBI, page=10.0)
    try:
        report = belisha.read(make(), isolated=True, limits=limits)
    except (OverLimit, ReportDamaged, ReportWithoutText, ReaderCrashed):
        return
    assert report.measures == ()


@pytest.mark.parametrize("make", BOMBS, ids=name_of)
def test_a_bomb_never_takes_more_memory_than_it_may(make: Make) -> None:
    limits = Limits(memory=512 * MEBI)
    ended = supervise("belisha.isolation.reading:work", make(), SETTINGS, limits=limits)
    assert ended.peak <= limits.memory + peak_memory(resource.getrusage(resource.RUSAGE_SELF))
    assert ended.outcome in {Outcome.ANSWERED, Outcome.REFUSED, Outcome.TOO_MUCH_MEMORY, Outcome.CRASHED}


@pytest.mark.parametrize("make", [million_characters, many_pieces], ids=name_of)
def test_a_crowded_page_is_marked_and_the_others_are_kept(make: Make) -> None:
    report = belisha.read(make(), isolated=True)
    assert [u.page for u in report.unread if u.bbox is None] == [2]
    assert {p.page for p in report.passages} >= {1, 3} or report.source.pages == 3


@pytest.mark.parametrize("make", CROWDS, ids=name_of)
def test_a_page_that_takes_too_long_is_marked(make: Make) -> None:
    report = belisha.read(make(), isolated=True, limits=Limits(page=0.2))
    assert 2 in {u.page for u in report.unread if u.bbox is None}


def test_a_stream_that_unpacks_to_too_much_is_told() -> None:
    report = belisha.read(BOMBS[0]())
    assert any("unpacking more than 256 MiB" in note for note in report.notes)


def test_each_limit_of_the_reader_can_be_lowered() -> None:
    data = pages_file([stream(words("One line of words", "and one more"))] * 3)
    for limits, says in (
        (Limits(pages=2), "3 pages to read, the limit is 2"),
        (Limits(input_bytes=100), "the limit is 100"),
        (Limits(characters=5), "characters, the limit is 5"),
        (Limits(objects=1), "objects, the limit is 1"),
    ):
        with pytest.raises(belisha.BelishaError, match=says):
            belisha.read(data, isolated=True, limits=limits)
