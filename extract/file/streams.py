"""The streams of a PDF's bytes, found without its tables: which are damaged, which unpack to far too much.

PDFium reads a damaged stream as far as it goes and says nothing, so a report could lose rows in silence.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

LONGEST_DICTIONARY = 8192  # bytes before "stream" in which its dictionary must begin
_NEAR = 400  # bytes that most dictionaries take at most
_NUMBERS = 40  # bytes that the two numbers before "obj" take with the white space between, at most
_LONGEST_NUMBER = 10  # digits; a number that begins further in than this is not cut
MOST_FILTERS = 5
CHUNK = 1 << 16
# What is unpacked for this look alone, at most; beyond it the rest of a file is not looked at.
BUDGET = 512 << 20

_END = re.compile(rb"endstream")
_BLANK = re.compile(rb"\0{8,}")  # in a text of two bytes a letter no two noughts follow one another
_STREAM = re.compile(rb"stream\r?\n")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_FILTER = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]{0,2000}\]|/[A-Za-z0-9]+)")
_NAME = re.compile(rb"/([A-Za-z0-9]+)")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b|/Type\s*/EmbeddedFile\b|/Type\s*/Metadata\b")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_SHORT = {b"Fl": b"FlateDecode", b"A85": b"ASCII85Decode", b"AHx": b"ASCIIHexDecode"}


class Stream(Struct, frozen=True):
    """One stream: its object number, its dictionary and where its packed bytes stand."""

    number: int
    dictionary: bytes
    start: int
    end: int

    @property
    def filters(self) -> list[bytes]:
        found = _FILTER.search(self.dictionary)
        return [_SHORT.get(n, n) for n in _NAME.findall(found[1])] if found else []

    @property
    def is_image(self) -> bool:
        """Pictures, attachments and metadata: nothing that is read."""
        return bool(_IMAGE.search(self.dictionary))


class Unpacked(Struct, frozen=True):
    """What became of unpacking: ``data`` up to the limit, and whether it was whole or too large."""

    data: bytes = b""
    whole: bool = True
    too_large: bool = False


def streams_of(data: bytes) -> Iterator[Stream]:
    """Every stream in the order of the file, also those that no table names."""
    for mark in _STREAM.finditer(data):
        if data[mark.start() - 3 : mark.start()] == b"end":
            continue
        begun = _last_object(data, mark.start())
        if begun is None:
            continue
        end = data.find(b"endstream", mark.end())
        yield Stream(*begun, mark.end(), end if end >= 0 else len(data))


def _last_object(data: bytes, place: int) -> tuple[int, bytes] | None:
    """The number of the last object that begins before a place, and what stands between the two."""
    for far in (_NEAR, LONGEST_DICTIONARY):  # it nearly always is near
        start = max(0, place - far)
        begun = _last_begun(data, start, place)
        whole = far == LONGEST_DICTIONARY or far >= place
        if begun and (whole or begun.start() > start + _LONGEST_NUMBER):
            return int(begun[1]), data[begun.end() : place]
    return None


def _last_begun(data: bytes, start: int, place: int) -> re.Match[bytes] | None:
    """Where the last object between two places begins."""
    word = data.rfind(b"obj", start, place)
    while word >= 0:
        for begun in _OBJECT.finditer(data, max(start, word - _NUMBERS), min(word + 4, place)):
            if begun.end() == word + 3:
                return begun
        word = data.rfind(b"obj", start, word)
    return None


def blanked(data: bytes, streams: Sequence[Stream]) -> list[int]:
    """Numbers of objects that are damaged outside their packed bytes: blank in the middle, or with the end of a
    stream whose beginning is gone. PDFium leaves such an object out; if it is a font, with all that is set in it.

    ``streams`` are all of ``streams_of``.
    """
    starts = [stream.start for stream in streams]
    ends = {stream.end for stream in streams}
    places = [blank.start() for blank in _BLANK.finditer(data)]
    places += [end.start() for end in _END.finditer(data) if end.start() not in ends]
    found = []
    for place in places:
        before = bisect_right(starts, place) - 1
        if before >= 0 and place < streams[before].end:
            continue  # in a stream's own bytes, where anything may stand
        number = _open_object(data, place)
        if number is not None:
            found.append(number)
    return found


def _open_object(data: bytes, place: int) -> int | None:
    """The object in whose dictionary a place is; None between objects, where blanks are padding."""
    begun = _last_object(data, place)
    if begun is None or b"endobj" in begun[1] or b"stream" in begun[1]:
        return None
    return begun[0]


def unpack(packed: bytes, filters: list[bytes], limit: int) -> Unpacked | None:
    """Undo Flate and the two ASCII filters, at most ``limit`` bytes. None for other filters."""
    if len(filters) > MOST_FILTERS:
        return Unpacked(too_large=True)
    data = packed
    for name in filters:
        try:
            if name == b"FlateDecode":
                done = _inflate(data, limit)
                if not done.whole or done.too_large:
                    return done
                data = done.data
            elif name == b"ASCII85Decode":
                data = base64.a85decode(data.partition(b"~>")[0].strip().removeprefix(b"<~"))
            elif name == b"ASCIIHexDecode":
                data = binascii.unhexlify(b"".join(data.partition(b">")[0].split()))
            else:
                return None
        except ValueError:
            return Unpacked(whole=False)
    return Unpacked(data)


def _inflate(packed: bytes, limit: int) -> Unpacked:
    if not packed.strip():
        return Unpacked()
    machine = zlib.decompressobj()
    parts: list[bytes] = []
    size, at = 0, 0
    try:
        while not machine.eof:
            piece = machine.unconsumed_tail or packed[at : at + CHUNK]
            if not machine.unconsumed_tail:
                at += CHUNK
            if not piece:
                return Unpacked(b"".join(parts), whole=False)
            parts.append(machine.decompress(piece, CHUNK * 16))
            size += len(parts[-1])
            if size > limit:
                return Unpacked(too_large=True)
    except zlib.error:
        return Unpacked(b"".join(parts), whole=False)
    return Unpacked(b"".join(parts))


def pages_in(data: bytes) -> set[int]:
    """Object numbers of the page objects that stand in the file as they are."""
    found: set[int] = set()
    for mark in _PAGE.finditer(data):
        begun = _last_object(data, mark.start())
        if begun is not None:
            found.add(begun[0])
    return found


def pages_packed_in(stream: Stream, unpacked: bytes) -> set[int]:
    """Object numbers of the page objects in an object stream (PDF 1.7, 7.5.7); none for other streams."""
    first = _FIRST.search(stream.dictionary)
    if first is None or not _OBJECT_STREAM.search(stream.dictionary):
        return set()
    start = int(first[1])
    words = unpacked[:start].split()
    if not all(w.isdigit() for w in words):
        return set()
    numbers = [int(w) for w in words]
    places = [
        *((start + at, n) for n, at in zip(numbers[::2], numbers[1::2], strict=False)),
        (len(unpacked), 0),
    ]
    return {n for (at, n), (end, _) in pairwise(places) if _PAGE.search(unpacked, at, max(at, end))}
