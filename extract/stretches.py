"""Stretches of a document that other processes read, each as if nothing stood before it, and put together so that
nobody can tell.

What a page makes of its tables depends on the page before: columns go on, headings stand at its foot. A stretch is
begun without knowing, so its first page is read once more where something was carried over to it; and the ones after
it until what they leave open is what the stretch had reckoned with. From there on its pages are as one process would
have read them. A stretch that no helper brought to an end is read here, so that a page which ends its reader ends this
one as it would have without helpers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from itertools import chain
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extract.breaks.carried import NOTHING_CARRIED, Carried
from extract.document import Opened
from extract.options import Attendant, Helpers, ReadOptions
from extract.page.parts import TextItem
from extract.page_contents import PageRead
from extract.scan.scanned import Scanned
from extract.screening import AROUND
from extract.succession import Succession

SHORTEST, LONGEST = 2, 64  # pages of a stretch
TURNS = 4  # stretches for each helper, so that none waits long for the one with the most tables


class Stretch(Struct):
    """Pages as read, a mark of what each left open, and what the last one did.

    ``picture``: the first page as read from its picture, if it was, for that takes longest; a ``Scanned``.
    """

    pages: list[PageRead]
    marks: list[bytes]
    carried: Carried
    picture: bytes | None


def read_with_helpers(
    opened: Opened, numbers: Sequence[int], options: ReadOptions, helpers: Helpers
) -> list[PageRead]:
    """The pages of those numbers, read in stretches by helpers."""
    length = min(max(-(-len(numbers) // (TURNS * helpers.jobs)), SHORTEST), LONGEST)
    parts = [range(first, min(first + length, len(numbers))) for first in range(0, len(numbers), length)]

    def read(part: int, attendant: Attendant) -> bytes:
        return _read_stretch(opened, numbers, replace(options, attendant=attendant), parts[part])

    told = helpers.work(len(parts), read) if len(parts) > 1 else [None]
    whole = Succession(opened, numbers, options)
    for places, body in zip(parts, told, strict=True):
        if body is not None:
            _take_over(whole, _decoder().decode(body))
        while whole.place < places.stop:
            whole.read_next()
    return whole.read


def _read_stretch(opened: Opened, numbers: Sequence[int], options: ReadOptions, places: range) -> bytes:
    pictures: list[bytes] = []  # of the first page, as it was before anybody looked through it

    def keep(scanned: Scanned) -> None:
        if scanned.page.number == numbers[places.start]:
            pictures.append(_encoder.encode(scanned))

    stretch = Succession(opened, numbers, options, first=places.start, on_picture=keep)
    marks = []
    for _ in places:
        stretch.read_next()
        marks.append(_mark(stretch.carried))
    return _encoder.encode(Stretch(stretch.read, marks, stretch.carried, next(iter(pictures), None)))


def _take_over(whole: Succession, stretch: Stretch) -> None:
    """Take the pages of a stretch, those first that must be read under what was truly carried over to them."""
    for done in range(len(stretch.pages)):
        if _agrees(whole, stretch, done):
            whole.take(stretch.pages[done:], stretch.carried)
            return
        whole.read_next(_scanned_from(stretch.picture) if stretch.picture and not done else None)


def _agrees(whole: Succession, stretch: Stretch, done: int) -> bool:
    """Would the rest of a stretch be read as it was, if it were read on from here?"""
    reckoned_with = stretch.marks[done - 1] if done else _mark(NOTHING_CARRIED)
    if not whole.parted and _mark(whole.carried) != reckoned_with:
        return False
    following = enumerate(stretch.pages[done : done + AROUND], whole.place)
    return not any(page.passed and whole.table_near(place) for place, page in following)


def _mark(carried: Carried) -> bytes:
    """The same for the same content, in whatever process."""
    rows = [row for known in carried.tables for row in (*known.header, *known.body)]
    items: list[TextItem] = []
    if carried.header:
        rows += carried.header.lines
        items = [*carried.header.page.items, *carried.header.words]
    for item in chain(items, *(row.words for row in rows)):
        item.font_key = 0  # where its font lay in the memory of one process; nobody asks for it again
    return blake2b(_encoder.encode(carried), digest_size=16).digest()


def _encoded(words: Any) -> Any:
    """A page's words, which are a function so that they are only made where they are wanted."""
    return list(words())


def _decoded(_: type, told: Any) -> Any:
    words = msgspec.convert(told, list[TextItem])
    return lambda: [replace(word) for word in words]


_encoder = msgspec.msgpack.Encoder(enc_hook=_encoded)


@cache
def _decoder() -> msgspec.msgpack.Decoder[Stretch]:
    return msgspec.msgpack.Decoder(Stretch, dec_hook=_decoded)


def _scanned_from(told: bytes) -> Scanned:
    return msgspec.msgpack.decode(told, type=Scanned, dec_hook=_decoded)
