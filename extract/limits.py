"""How much of a file is read before it is called too much. The limits of the operating system stand around these."""

from __future__ import annotations

from msgspec import Struct

MEBI = 1 << 20


class ReadLimits(Struct, frozen=True):
    """Bytes of the input, pages, drawn objects and characters of a page, bytes that one stream may unpack
    to, and pixels of a small image that is looked at."""

    input_bytes: int = 500 * MEBI
    pages: int = 5_000
    objects: int = 200_000
    characters: int = 100_000
    stream_bytes: int = 256 * MEBI
    pixels: int = 256 * 256
