"""A whole PDF to pages, lines and tables: the one door of the extract stage."""

from __future__ import annotations

from collections.abc import Sequence

from extract.breaks.furniture import Furniture, at_page_edge
from extract.cells import Document, Line, Page, Table
from extract.document import Opened, page_numbers
from extract.errors import OverLimit
from extract.joining import join_tables
from extract.options import ReadOptions
from extract.page_contents import PageRead
from extract.remarks import passed_over, without_colours
from extract.succession import Succession, with_headings_above


def read_document(opened: Opened, options: ReadOptions | None = None) -> Document:
    """Read the pages asked for. Raises SettingsError for an impossible page range, OverLimit for too many pages."""
    options = options or ReadOptions()
    numbers = page_numbers(options.pages, opened.page_count)
    if len(numbers) > options.limits.pages:
        raise OverLimit(
            f"there are {len(numbers):,} pages to read, the limit is {options.limits.pages:,}",
            advice="name fewer with --pages, or allow more with --max-pages",
        )
    read = with_headings_above(_read(opened, numbers, options))
    pages = tuple(r.page for r in read)
    passed = [r.page.number for r in read if r.passed]
    return Document(
        pages=pages,
        tables=tuple(_join(read)),
        page_count=opened.page_count,
        notes=(*opened.notes, *passed_over(passed), *without_colours(pages)),
    )


def _read(opened: Opened, numbers: Sequence[int], options: ReadOptions) -> list[PageRead]:
    if options.helpers:
        from extract.stretches import read_with_helpers

        return read_with_helpers(opened, numbers, options, options.helpers)
    whole = Succession(opened, numbers, options)
    for _ in numbers:
        whole.read_next()
    return whole.read


def _join(results: Sequence[PageRead]) -> list[Table]:
    tables: list[Table] = []
    homes: list[int] = []
    for index, result in enumerate(results):
        for table in result.tables:
            tables.append(table)
            homes.append(index)
    running = Furniture([r.page for r in results])
    between: dict[tuple[int, int], bool] = {}
    for i in range(len(tables) - 1):
        if homes[i + 1] == homes[i] + 1:
            page, following = results[homes[i]].page, results[homes[i + 1]].page
            between[i, i + 1] = _text_between(tables[i], tables[i + 1], page, following, running)
    return join_tables(tables, between)


def _text_between(first: Table, second: Table, page: Page, following: Page, running: Furniture) -> bool:
    """Is there body text below ``first`` on its page or above ``second`` on the next?

    At the edges only a heading counts that is no running header.
    """
    below = (x for x in page.lines if first.boxes[-1].bottom - 1 < x.box.top)
    above = (x for x in following.lines if x.box.bottom < second.boxes[0].top + 1)
    return any(_is_body(x, page, running) for x in below) or any(
        _is_body(x, following, running) for x in above
    )


def _is_body(line: Line, page: Page, running: Furniture) -> bool:
    if running.is_running(line, page):
        return False
    return not at_page_edge(line, page) or (line.bold and len(line.text) > 4)
