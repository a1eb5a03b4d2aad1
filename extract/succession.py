"""The pages asked for, one after another, each read under what the one before left open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from extract.breaks.carried import NOTHING_CARRIED, Carried
from extract.cells import Box, Page
from extract.document import Opened
from extract.options import ReadOptions
from extract.page_contents import PageRead, read_page, table_of
from extract.pages import PageReader
from extract.ruled import GridTable
from extract.scan.scanned import Scanned
from extract.screening import AROUND, Screen


class Succession:
    """Reads pages by their place among those asked for, in order, from ``first`` on.

    ``on_picture`` is shown every page that was read from its picture, before it is looked through for tables.
    """

    def __init__(
        self,
        opened: Opened,
        numbers: Sequence[int],
        options: ReadOptions,
        *,
        first: int = 0,
        on_picture: Callable[[Scanned], None] | None = None,
    ) -> None:
        self._opened, self._numbers, self._options = opened, numbers, options
        self._first, self._on_picture = first, on_picture
        self._reader = PageReader(options.limits)
        self._screen = Screen(opened.pdf, numbers, frozenset(options.telling_words), options.skip)
        self.read: list[PageRead] = []
        self.carried = NOTHING_CARRIED  # by the last page that was read

    @property
    def place(self) -> int:
        """Of the page that comes next."""
        return self._first + len(self.read)

    def read_next(self, picture: Scanned | None = None) -> None:
        """Read the next page, or pass it over. ``picture``: what reading it from its picture gives, where that is known."""
        place, number, attendant = self.place, self._numbers[self.place], self._options.attendant
        if attendant.progress and number not in self._options.skip:
            attendant.progress(number)
        with attendant.watch():
            wanted = self._screen.wants(place)
        if not wanted:
            self._put(PageRead(Page(number, 0.0, 0.0), [], passed=True), NOTHING_CARRIED)
            return
        carried = NOTHING_CARRIED if self.parted else self.carried
        picture_of = self._picture_of if picture is None else lambda _: picture
        result = read_page(self._reader, self._opened, number, self._options, carried, picture_of)
        self._put(result.read, result.carried)

    def take(self, pages: Sequence[PageRead], carried: Carried) -> None:
        """Pages that were read elsewhere under what is carried now, and what their last one left open."""
        for page in pages:
            self._put(page, carried)

    @property
    def parted(self) -> bool:
        """Is the next page not the one after the last?"""
        place = self.place
        return place == 0 or self._numbers[place] != self._numbers[place - 1] + 1

    def table_near(self, place: int) -> bool:
        """Was a table found on a page so shortly before that one that it is to be read for its sake?"""
        near = range(max(self._first, place - AROUND), min(place, self.place))
        return any(self.read[p - self._first].tables for p in near)

    def _put(self, page: PageRead, carried: Carried) -> None:
        if page.tables:
            self._screen.has_table(self.place)
        self.read.append(page)
        self.carried = carried

    def _picture_of(self, number: int) -> Scanned:
        from extract.scan.page import read_picture

        scanned = read_picture(self._opened.pdf, number)
        if self._on_picture:
            self._on_picture(scanned)
        return scanned


def with_headings_above(pages: Sequence[PageRead]) -> list[PageRead]:
    """The pages, headings that stood at the foot of one as a table of it where their rows stand on the next."""
    done = list(pages)
    for k, page in enumerate(pages):
        if page.above is not None:
            done[k - 1] = _with_headings(done[k - 1], page.above)
    return done


def _with_headings(read: PageRead, above: GridTable) -> PageRead:
    page = read.page
    box = Box(page.number, *above.box)
    lines = tuple(line for line in page.lines if not box.holds(*line.box.centre))
    headings = replace(table_of(above, page.number, lines), header_rows=1)
    return PageRead(replace(page, lines=lines, has_table=True), [*read.tables, headings])
