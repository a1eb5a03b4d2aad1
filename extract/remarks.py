"""Remarks on a whole document, with the pages that they are about."""

from __future__ import annotations

from collections.abc import Sequence

from extract.cells import Page


def passed_over(numbers: Sequence[int]) -> tuple[str, ...]:
    """A remark that names the pages of a long document that were not read."""
    if not numbers:
        return ()
    return (f"pages passed over, as they are prose that speaks of no measure: {ranges(numbers)}",)


def without_colours(pages: Sequence[Page]) -> tuple[str, ...]:
    """A remark that names the pages with tables that were read from pictures in black and white or grey."""
    numbers = [page.number for page in pages if page.colourless and page.has_table]
    if not numbers:
        return ()
    return (
        f"scans without colours, in which what only a colour shows was not read: pages {ranges(numbers)}",
    )


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers as people write them: 1-4, 6."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)
