"""What comes of reading a page from its picture."""

from __future__ import annotations

from msgspec import Struct

from extract.page.parts import RawPage
from extract.scan.straight import Turn


class Scanned(Struct, frozen=True):
    """A page read from its picture, upright, and how it was turned to be so; whether the picture has colours."""

    page: RawPage
    turn: Turn
    colourless: bool
