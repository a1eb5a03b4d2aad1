"""The second reader: camelot reads the tables of given pages, for comparison with our own reading.

Camelot is slow and large, so it is imported only here and only when it is asked for. Its cells are handed on
as plain values in our own coordinates; what it makes of a page never becomes part of a record.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from extract.cells import Box

_SETTINGS: dict[str, dict[str, Any]] = {"lattice": {"engine": "vector", "split_text": True}, "stream": {}}
_LIBRARIES = ("camelot", "playa", "paves", "pdfminer")  # what they log is no concern of the user's


class SecondCell(Struct, frozen=True):
    """A cell with text as camelot read it. ``box`` is in our coordinates; spanned cells are one cell."""

    text: str
    box: Box


class SecondTable(Struct, frozen=True):
    """A table as camelot read it. ``ruled``: its grid comes from rules, not from white space.

    ``cells`` are all cells of the grid, those without text too.
    """

    page: int
    ruled: bool
    box: Box
    cells: tuple[SecondCell, ...]


class SecondReading(Struct, frozen=True):
    """What camelot made of some pages; ``notes`` tell what it could not read, in words for the user.

    ``refused``: it cannot read this file at all, so asking again is of no use.
    """

    tables: tuple[SecondTable, ...] = ()
    notes: tuple[str, ...] = ()
    refused: bool = False


class Frame(Struct, frozen=True):
    """A page's boxes after its own rotation, in points: height of the MediaBox, and how far the visible
    part lies inside it from the left and from the top."""

    height: float
    left: float = 0.0
    top: float = 0.0


def from_bottom_left(corners: tuple[float, float, float, float], page: int, frame: Frame) -> Box:
    """Camelot's ``(x0, y0, x1, y1)``, counted from the bottom left of the turned MediaBox, as our Box,
    counted from the top left of what a viewer shows. The one place where the axes are turned."""
    x0, y0, x1, y1 = corners
    return Box(
        page,
        min(x0, x1) - frame.left,
        frame.height - max(y0, y1) - frame.top,
        max(x0, x1) - frame.left,
        frame.height - min(y0, y1) - frame.top,
    )


def _no_tick() -> None:
    pass


def read_ruled(
    data: bytes, pages: Iterable[int], *, password: str | None = None, tick: Callable[[], None] = _no_tick
) -> SecondReading:
    """The ruled tables on these pages, from the rules as drawn. Raises nothing: troubles become notes.

    ``tick`` is called before each page, as a sign of life.
    """
    return _read(data, sorted(set(pages)), "lattice", password, tick)


def read_unruled(
    data: bytes, pages: Iterable[int], *, password: str | None = None, tick: Callable[[], None] = _no_tick
) -> SecondReading:
    """The tables on these pages by white space alone. Raises nothing: troubles become notes."""
    return _read(data, sorted(set(pages)), "stream", password, tick)


def _read(
    data: bytes, pages: Sequence[int], engine: str, password: str | None, tick: Callable[[], None]
) -> SecondReading:
    if not pages:
        return SecondReading()
    tables: list[SecondTable] = []
    notes: list[str] = []
    try:
        with _silence(), _opened(data, password) as document:
            frames = _frames(data, pages, password)
            for number in pages:
                tick()
                try:
                    tables += _tables(document, number, frames[number], engine)
                except Exception as error:  # one bad page must not take the others with it
                    notes.append(_note(error, [number]))
    except ImportError as error:
        note = f"the second reader is not installed ({error.name or error}); install camelot-py"
        return SecondReading(notes=(note,), refused=True)
    except Exception as error:  # whatever goes wrong here, our own reading stands
        return SecondReading(notes=(_note(error, pages),), refused=True)
    return SecondReading(tuple(tables), tuple(notes))


class _NotToBeCopied(Exception):
    """The file's permissions forbid to take out its text, and camelot obeys."""


@contextmanager
def _opened(data: bytes, password: str | None) -> Iterator[Any]:
    """The document in playa, camelot's own parser, from memory.

    ``camelot.read_pdf`` would write it to a temporary file, which a process without the right to write cannot do.
    """
    import playa

    with playa.parse(data, password=password or "", space="page") as document:
        if not document.is_extractable:
            raise _NotToBeCopied
        yield document


def _tables(document: Any, number: int, frame: Frame, engine: str) -> list[SecondTable]:
    """The tables of one page. Those on pages with text on its side are left out: their axes are not ours."""
    from camelot.handlers import PARSERS, PDFHandler

    handler = PDFHandler("report.pdf")  # only a name: the page is handed over open
    parser = PARSERS[engine](**_SETTINGS[engine])
    found = handler._parse_page(document.pages[number - 1], parser, {}, engine, _SETTINGS[engine], {})
    return [_table(t, frame, ruled=engine == "lattice") for t in found if not t.rotation]


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the libraries' own warnings to themselves while they read."""
    loggers = [logging.getLogger(name) for name in _LIBRARIES]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _table(table: Any, frame: Frame, *, ruled: bool) -> SecondTable:
    page = int(table.page)
    groups = _spans(table.cells) if ruled else [[cell] for row in table.cells for cell in row]
    cells = []
    for group in groups:
        box = Box.around(from_bottom_left((c.x1, c.y1, c.x2, c.y2), page, frame) for c in group)
        cells.append(SecondCell("\n".join(t for c in group if (t := c.text.strip())), box))
    return SecondTable(page, ruled, Box.around(c.box for c in cells), tuple(cells))


def _spans(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Cells of a ruled grid, those with no rule between them together, if they make a rectangle."""
    group_of: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            group_of.setdefault((r, c), {(r, c)})
            if c and not (row[c - 1].right or cell.left):
                _unite(group_of, (r, c - 1), (r, c))
            if r and not (rows[r - 1][c].bottom or cell.top):
                _unite(group_of, (r - 1, c), (r, c))
    out: list[list[Any]] = []
    for group in {id(g): g for g in group_of.values()}.values():
        places = sorted(group)
        cells = [rows[r][c] for r, c in places]
        down, across = {r for r, _ in places}, {c for _, c in places}
        out += [cells] if len(places) == len(down) * len(across) else [[cell] for cell in cells]
    return out


def _unite(
    groups: dict[tuple[int, int], set[tuple[int, int]]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    if groups[one] is not groups[other]:
        joined = groups[one] | groups[other]
        groups.update(dict.fromkeys(joined, joined))


def _frames(data: bytes, pages: Sequence[int], password: str | None) -> dict[int, Frame]:
    from extract.document import open_pdf

    frames = {}
    with open_pdf(data, name="", password=password) as opened:
        for number in pages:
            page = opened.pdf[number - 1]
            try:
                frames[number] = _frame(page.get_mediabox(), page.get_cropbox(), page.get_rotation())
            finally:
                page.close()
    return frames


def _frame(media: Sequence[float], crop: Sequence[float], turn: int) -> Frame:
    """``media`` and ``crop`` as left, bottom, right, top before the rotation, ``turn`` clockwise in degrees."""
    left, bottom, right, top = (
        max(crop[0], media[0]) - media[0],
        max(crop[1], media[1]) - media[1],
        media[2] - min(crop[2], media[2]),
        media[3] - min(crop[3], media[3]),
    )
    tall, wide = abs(media[3] - media[1]), abs(media[2] - media[0])
    # a page turned clockwise shows its left margin on top, and so on round
    return {
        90: Frame(wide, bottom, left),
        180: Frame(tall, right, bottom),
        270: Frame(wide, top, right),
    }.get(turn % 360, Frame(tall, left, top))


def _note(error: Exception, pages: Sequence[int]) -> str:
    if isinstance(error, _NotToBeCopied):
        return "no second reading: the second reader keeps to the file's wish not to have its text copied"
    where = f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]} to {pages[-1]}"
    return f"no second reading of {where}: the second reader failed ({type(error).__name__})"
