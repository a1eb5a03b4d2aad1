"""How a document is wanted, who is told of its reading, and who helps with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from msgspec import Struct, field

from extract.limits import ReadLimits
from extract.usable import Ocr


class Attendant(Struct, frozen=True):
    """``progress`` is called with the page number before each page, ``watch`` gives what is to stand around its
    reading (a clock), ``watch_picture`` what is to stand around reading it from its picture."""

    progress: Callable[[int], None] | None = None
    watch: Callable[[], AbstractContextManager[None]] = nullcontext
    watch_picture: Callable[[], AbstractContextManager[None]] = nullcontext


class Helpers(Protocol):
    """Other processes that read parts of a document."""

    @property
    def jobs(self) -> int:
        """How many work at a time."""

    def work(self, parts: int, read: Callable[[int, Attendant], bytes]) -> Sequence[bytes | None]:
        """What ``read`` gives for each number below ``parts``; None for what no helper brought to an end."""


class ReadOptions(Struct, frozen=True):
    """``header_words``: lower-case words that column headings are made of, to find tables without rules.
    ``telling_words``: lower-case words of which a page that has to do with measures holds at least one; without
    them every page of a long document is read.
    ``skip``: pages that are not to be touched, with the reason. ``ocr``: which pages are read from their
    pictures, "auto" for those whose text cannot be used. ``helpers``: who reads beside this process, None for nobody."""

    pages: str | None = None
    header_words: Collection[str] = ()
    telling_words: Collection[str] = ()
    attendant: Attendant = field(default_factory=Attendant)
    ocr: Ocr = "auto"
    skip: Mapping[int, str] = field(default_factory=dict)
    limits: ReadLimits = field(default_factory=ReadLimits)
    helpers: Helpers | None = None
