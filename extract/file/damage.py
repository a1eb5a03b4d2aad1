"""What is wrong with a file although PDFium opens it: said in notes, so that no shortened report looks whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from extract.file.streams import BUDGET, blanked, pages_in, pages_packed_in, streams_of, unpack
from extract.limits import ReadLimits

TAIL = 2048
MOST_ENTRIES = 50_000
NO_END = "the end of the file is missing or damaged; it was read as far as it could be repaired"
GOES_ON = "the file goes on after its end mark, as if a later version of it were cut off; what came after is missing"
SHORTER = "the file is shorter than it says it is, so its end is missing; it was read as far as it could be repaired"
NO_TABLE = "the file's list of its parts is missing or damaged; it was read as far as it could be repaired"

_TABLE = re.compile(rb"\s*(xref\b|\d{1,10}\s+\d{1,5}\s+obj\b)")
_LINEARISED = re.compile(
    rb"/Linearized\b[^>]{0,400}?/L\s+(\d{1,12})\b|/L\s+(\d{1,12})\b[^>]{0,400}?/Linearized\b"
)
_OBJECT = re.compile(rb"\s*(\d{1,10})\s+\d{1,5}\s+obj\b")
_SECTION = re.compile(rb"(\d{1,10})\s+(\d{1,7})\s*[\r\n]+")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")


class Looked(Struct, frozen=True):
    """``data`` is what to hand to PDFium (streams that are far too large are blanked); ``notes`` what to tell;
    ``pages`` how many page objects there are, None where that says nothing of the number of pages."""

    data: bytes
    notes: tuple[str, ...]
    pages: int | None


def look(data: bytes, limits: ReadLimits) -> Looked:
    """Look at a file's ends, tables and streams. Raises nothing, whatever the bytes are."""
    locked = b"/Encrypt" in data
    notes = list(_ends(data))
    broken: list[int] = []
    bombs: list[int] = []
    pages = pages_in(data)
    kept: bytearray | None = None
    spent = 0
    streams = [] if locked else list(streams_of(data))
    broken += [] if locked else blanked(data, streams)
    for stream in streams:
        if spent > BUDGET:
            break
        if stream.is_image:
            continue
        done = unpack(data[stream.start : stream.end], stream.filters, limits.stream_bytes)
        if done is None:
            continue
        spent += len(done.data)
        if done.too_large:
            spent += limits.stream_bytes
            bombs.append(stream.number)
            kept = kept if kept is not None else bytearray(data)
            kept[stream.start : stream.end] = bytes(stream.end - stream.start)
        elif not done.whole:
            broken.append(stream.number)
        else:
            pages |= pages_packed_in(stream, done.data)
    if broken:
        notes.append(f"{_objects(broken)} damaged inside, so text may be missing")
    if bombs:
        size = limits.stream_bytes >> 20
        notes.append(f"{_objects(bombs)} left out, for unpacking more than {size} MiB; text may be missing")
    counted = None if locked or broken or bombs or data.count(b"startxref") > 2 else len(pages)
    return Looked(bytes(kept) if kept is not None else data, tuple(notes), counted)


def missing_pages(found: int | None, listed: int) -> str | None:
    """The remark where a file holds more pages than its list of pages reaches."""
    if found is None or found <= listed:
        return None
    return f"the file holds {found:,} pages but lists only {listed:,} of them; the others were not read"


def _objects(numbers: list[int]) -> str:
    shown = ", ".join(str(n) for n in sorted(set(numbers))[:5])
    more = len(set(numbers)) - 5
    if len(set(numbers)) == 1:
        return f"part {shown} of the file is"
    return f"parts {shown}{f' and {more} more' if more > 0 else ''} of the file are"


def _ends(data: bytes) -> Iterator[str]:
    said = _LINEARISED.search(data[:TAIL])
    if said and int(said[1] or said[2]) > len(data):
        yield SHORTER
        return
    end = data.rfind(b"%%EOF", max(0, len(data) - TAIL))
    if end < 0:
        yield NO_END
        return
    if re.search(rb"\d\s+obj\b", data[end:]):
        yield GOES_ON
        return
    start = data.rfind(b"startxref", max(0, end - TAIL), end)
    found = re.match(rb"startxref\s+(\d{1,12})", data[start : start + 40]) if start >= 0 else None
    header = max(0, data[:1024].find(b"%PDF-"))
    if found is None:
        yield NO_TABLE
        return
    for origin in (0, header):
        table = int(found[1]) + origin
        if _TABLE.match(data, table):
            if not _entries_right(data, table, origin):
                yield NO_TABLE
            return
    yield NO_TABLE


def _entries_right(data: bytes, table: int, origin: int) -> bool:
    """Does every entry of a plain table point to the object that it names? True for tables in streams."""
    at = data.find(b"xref", table, table + 64)
    if at < 0:
        return True
    at += 4
    checked = 0
    while found := _SECTION.match(data, _skip(data, at)):
        number, at = int(found[1]), found.end()
        for step in range(int(found[2])):
            entry = _ENTRY.match(data, _skip(data, at))
            if entry is None:
                return False
            at = entry.end()
            place = int(entry[1]) + origin
            if entry[3] == b"n" and int(entry[1]):
                named = _OBJECT.match(data, place)
                if named is None or int(named[1]) != number + step:
                    return False
            checked += 1
            if checked > MOST_ENTRIES:
                return True
    return data[_skip(data, at) :][:7] == b"trailer"


def _skip(data: bytes, at: int) -> int:
    while data[at : at + 1] and data[at] in b" \r\n\t\0":
        at += 1
    return at
