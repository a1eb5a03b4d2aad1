"""Running headers and footers: lines at a page's edge that come again at the same place on other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.cells import Line, Page

EDGE = 0.09  # share of the page's height where running lines stand, wherever they come again
# Share of the longer side: above a deep lower margin they stand further in, but then at one height on every page.
DEEP = 0.125
SAME_HEIGHT = 8.0  # points

_FIGURES = re.compile(r"\d+")


class Furniture:
    """Tells running lines from others; knows the lines of all pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        at_edge: Counter[str] = Counter()
        deep: Counter[tuple[str, int]] = Counter()
        for page in pages:
            at_edge.update({without_numbers(x) for x in page.lines if at_page_edge(x, page)})
            deep.update({k for x in page.lines if in_deep_foot(x, page) for k in _places(x, page)})
        self._at_edge = frozenset(text for text, count in at_edge.items() if count > 1)
        self._deep = frozenset(place for place, count in deep.items() if count > 1)

    def is_running(self, line: Line, page: Page) -> bool:
        if at_page_edge(line, page) and without_numbers(line) in self._at_edge:
            return True
        return in_deep_foot(line, page) and any(k in self._deep for k in _places(line, page))


def at_page_edge(line: Line, page: Page) -> bool:
    edge = EDGE * page.height
    return line.box.bottom < edge or line.box.top > page.height - edge


def in_deep_foot(line: Line, page: Page) -> bool:
    """Is a line as low as the footers of pages with a deep margin?"""
    return line.box.top > page.height - min(DEEP * max(page.width, page.height), page.height / 4)


def without_numbers(line: Line) -> str:
    """The text with its figures set aside, as page numbers change."""
    return _FIGURES.sub("#", line.text).strip().lower()


def _places(line: Line, page: Page) -> tuple[tuple[str, int], ...]:
    """Text and distance from the foot, in steps that overlap."""
    step = round(2 * (page.height - line.box.bottom) / SAME_HEIGHT)
    return (without_numbers(line), step), (without_numbers(line), step + 1)
