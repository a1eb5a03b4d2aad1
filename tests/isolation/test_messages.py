"""The language between the reading process and its parent: whole, in pieces, cut off, or made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.isolation.messages import (
    HEAD,
    MARK,
    MOST_ANSWER,
    GarbledMessage,
    Inbox,
    Kind,
    Message,
    ahead_message,
    answer_head,
    begin_message,
    fault_message,
    page_message,
    part_head,
    picture_message,
    stage_message,
)

ANSWER = answer_head(5) + b"hello"


def taken(pieces: list[bytes]) -> list[Message]:
    inbox = Inbox()
    return [message for piece in pieces for message in inbox.take(piece)]


@given(st.lists(st.integers(0, 2**32 - 1), max_size=5), st.integers(1, 9))
def test_messages_come_through_whole_in_pieces_of_any_size(pages: list[int], size: int) -> None:
    sent = begin_message(5 << 20) + b"".join(map(page_message, pages)) + picture_message()
    sent += stage_message(2) + ANSWER
    found = taken([sent[i : i + size] for i in range(0, len(sent), size)])
    assert [m.number for m in found[:-3]] == [5 << 10, *pages]
    assert [m.kind for m in found[-3:]] == [Kind.PICTURE, Kind.STAGE, Kind.ANSWER]
    assert found[-1].body == b"hello"


@given(st.integers(0, 2**32 - 1), st.booleans(), st.binary(max_size=50))
def test_helpers_are_understood(number: int, picture: bool, body: bytes) -> None:
    ahead, part = taken([ahead_message(number, picture) + part_head(number, len(body)) + body])
    assert (ahead.kind, ahead.number, ahead.body[4]) == (Kind.AHEAD, number, picture)
    assert (part.kind, part.number, part.body[4:]) == (Kind.PART, number, body)


@pytest.mark.parametrize("length", range(len(ANSWER)))
def test_half_an_answer_is_no_answer(length: int) -> None:
    inbox = Inbox()
    assert list(inbox.take(ANSWER[:length])) == []
    assert inbox.half == (length > 0)


@given(st.binary(min_size=9, max_size=200))
def test_made_up_bytes_are_refused_or_wait(data: bytes) -> None:
    inbox = Inbox()
    try:
        assert all(isinstance(m, Message) for m in inbox.take(data))
    except GarbledMessage:
        return
    assert data.startswith(MARK)


@pytest.mark.parametrize(
    "wrong",
    [
        HEAD.pack(MARK, Kind.ANSWER, MOST_ANSWER + 1),
        HEAD.pack(MARK, Kind.PAGE, 5),
        HEAD.pack(MARK, Kind.STAGE, 0),
        HEAD.pack(MARK, Kind.PICTURE, 1),
        HEAD.pack(MARK, Kind.AHEAD, 4),
        HEAD.pack(MARK, Kind.PART, 3),
        HEAD.pack(MARK, Kind.PART, MOST_ANSWER + 1),
        HEAD.pack(MARK, 9, 0),
        HEAD.pack(b"BEL2", Kind.PAGE, 4),
        ANSWER + page_message(1),
    ],
)
def test_impossible_messages_are_refused_before_their_body(wrong: bytes) -> None:
    with pytest.raises(GarbledMessage):
        taken([wrong])


def test_a_fault_keeps_its_words_and_no_more_of_them_than_is_bearable() -> None:
    (found,) = taken([fault_message(what="broken \ud800\x1b", trace="x" * 10**7)])
    assert found.fault()["what"] == "broken \ud800\x1b"
    assert len(found.body) < 1 << 20


@pytest.mark.parametrize("body", [b"", b"[1]", b'{"what": 3}', b"\xff", b"[" * 100_000])
def test_a_fault_of_a_wrong_shape_is_refused(body: bytes) -> None:
    with pytest.raises(GarbledMessage):
        Message(Kind.FAULT, body).fault()
