"""What the reading process may say to its parent, and its helpers to it: kinds of message, each with its length in front.

The format is frozen and plain, since the process that speaks it may have been taken over by the file it
reads: no pickles, nothing that names a class or a path to be loaded, no length that is believed unchecked.

    4 bytes  "BEL1"          1 byte  kind          4 bytes  length of the rest, big-endian
    BEGIN     4 bytes        the most memory the process has held before the work, in KiB
    PAGE      4 bytes        the number of the page that is begun, from 1
    PICTURE   0 bytes        the page that was begun is now read from its picture
    AHEAD     5 bytes        the number of a page that a helper has begun, and 1 where it is now read from its picture
    STAGE     1 byte         how far past the pages the work is
    ANSWER    0 bytes or more; the last message
    FAULT     JSON, an object of strings; the last message
    PART      4 bytes or more: the number of a part that a helper has done, from 0, and what came of it
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

MARK = b"BEL1"
HEAD = struct.Struct(">4sBI")
MOST_FAULT = 1 << 20
MOST_ANSWER = 256 << 20
MOST_MESSAGES = 200_000


class Kind(IntEnum):
    """The kinds of message."""

    PAGE = 1
    STAGE = 2
    ANSWER = 3
    FAULT = 4
    BEGIN = 5
    PICTURE = 6
    AHEAD = 7
    PART = 8


_EXACT = {Kind.BEGIN: 4, Kind.PAGE: 4, Kind.STAGE: 1, Kind.PICTURE: 0, Kind.AHEAD: 5}
_SHORTEST = {Kind.PART: 4}
_LONGEST = {**_EXACT, Kind.ANSWER: MOST_ANSWER, Kind.FAULT: MOST_FAULT, Kind.PART: MOST_ANSWER}


class GarbledMessage(Exception):
    """What came is no message of ours."""


class Message(Struct, frozen=True):
    """A whole message."""

    kind: Kind
    body: bytes

    @property
    def number(self) -> int:
        """Of BEGIN, PAGE, STAGE, AHEAD and PART."""
        return int.from_bytes(self.body[:4], "big")

    def fault(self) -> dict[str, str]:
        """Of FAULT. Raises GarbledMessage."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise GarbledMessage("a fault that is no JSON") from error
        if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
            raise GarbledMessage("a fault of a wrong shape")
        return found


def begin_message(memory: int) -> bytes:
    """The message that the work begins; ``memory`` in bytes."""
    return _message(Kind.BEGIN, min(memory >> 10, 2**32 - 1).to_bytes(4, "big"))


def page_message(number: int) -> bytes:
    """The message that a page is begun."""
    return _message(Kind.PAGE, number.to_bytes(4, "big"))


def picture_message() -> bytes:
    """The message that a page is read from its picture."""
    return _message(Kind.PICTURE, b"")


def ahead_message(number: int, picture: bool) -> bytes:
    """The message that a helper has begun a page, or to read it from its picture."""
    return _message(Kind.AHEAD, number.to_bytes(4, "big") + bytes([picture]))


def stage_message(number: int) -> bytes:
    """The message that a later part of the work is begun."""
    return _message(Kind.STAGE, bytes([number]))


def answer_head(length: int) -> bytes:
    """What stands before an answer of so many bytes. Raises ValueError for one that is too long."""
    return _long_head(Kind.ANSWER, length)


def part_head(part: int, length: int) -> bytes:
    """What stands before so many bytes that came of a part. Raises ValueError for too many."""
    return _long_head(Kind.PART, length + 4) + part.to_bytes(4, "big")


def _long_head(kind: Kind, length: int) -> bytes:
    if length > MOST_ANSWER:
        raise ValueError("the answer is too long")
    return HEAD.pack(MARK, kind, length)


def fault_message(**facts: str) -> bytes:
    """The message that the work failed, with its facts cut to a bearable length."""
    short = {k: v[:100_000] for k, v in facts.items()}
    return _message(Kind.FAULT, json.dumps(short, ensure_ascii=True).encode("ascii")[:MOST_FAULT])


def _message(kind: Kind, body: bytes) -> bytes:
    return HEAD.pack(MARK, kind, len(body)) + body


class Inbox:
    """Bytes in, whole messages out. Never holds more than one longest message and one read."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._count = 0
        self._ended = False

    @property
    def half(self) -> bool:
        """Is there the beginning of a message whose end has not come?"""
        return bool(self._held)

    def take(self, data: bytes) -> Iterator[Message]:
        """The messages that these bytes complete. Raises GarbledMessage at the first wrong byte."""
        self._held += data
        while len(self._held) >= HEAD.size:
            mark, number, length = HEAD.unpack_from(self._held)
            kind = self._checked(mark, number, length)
            end = HEAD.size + length
            if len(self._held) < end:
                return
            body = bytes(memoryview(self._held)[HEAD.size : end])
            del self._held[:end]
            self._ended = kind in (Kind.ANSWER, Kind.FAULT)
            yield Message(kind, body)

    def _checked(self, mark: bytes, number: int, length: int) -> Kind:
        self._count += 1
        if mark != MARK or self._ended or self._count > MOST_MESSAGES:
            raise GarbledMessage("bytes that are no message")
        try:
            kind = Kind(number)
        except ValueError:
            raise GarbledMessage("a message of no known kind") from None
        if length > _LONGEST[kind] or length != _EXACT.get(kind, length) or length < _SHORTEST.get(kind, 0):
            raise GarbledMessage("a message of an impossible length")
        return kind
