"""Words of two cells that stand so close that their letters seem to make one word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from extract.page.parts import Fill, RawPage, TextItem

NEAR = 1.6  # points between the side of a cell and the text that ends or begins there


def part_at_cells(words: Sequence[TextItem], page: RawPage) -> list[TextItem]:
    """The words, those parted that two pieces of text make which meet at the side of a column."""
    filled, begun = filled_sides(page, 0.0, page.height), text_sides(page)
    lines: defaultdict[int, list[TextItem]] = defaultdict(list)
    for item in page.items:
        if item.angle == 0 and item.text.strip():
            lines[round(item.base)].append(item)
    return [part for word in words for part in _parts(word, lines, page.fills, filled, begun)]


def filled_sides(page: RawPage, top: float, bottom: float) -> list[float]:
    """Where fills begin or end that stand one below the other."""
    return _repeated(
        (
            side
            for fill in page.fills
            if top - 2 <= fill.top and fill.bottom <= bottom + 2 and fill.bottom - fill.top > 4
            for side in (fill.x0, fill.x1)
        ),
        2,
    )


def text_sides(page: RawPage) -> list[float]:
    """Where pieces of text begin one below the other, with white before them."""
    level = [i for i in page.items if i.angle == 0]
    ends: defaultdict[int, list[float]] = defaultdict(list)
    for item in level:
        ends[round(item.base)].append(item.x1)
    for line in ends.values():
        line.sort()
    return _repeated((i.x0 for i in level if not _ends_near(ends[round(i.base)], i)), 3)


def _ends_near(ends: Sequence[float], item: TextItem) -> bool:
    """Does another piece of a line, whose pieces have these ``ends``, end where this one begins?"""
    near = bisect_left(ends, item.x0 + 2 * NEAR) - bisect_right(ends, item.x0 - 2 * NEAR)
    return near > (1 if abs(item.x1 - item.x0) < 2 * NEAR else 0)


def _repeated(places: Iterable[float], times: int) -> list[float]:
    ordered = sorted(places)
    runs = zip(ordered, ordered[times - 1 :], strict=False)
    return sorted({round(first, 1) for first, last in runs if last - first < 1.0})


def _parts(
    word: TextItem,
    lines: Mapping[int, Sequence[TextItem]],
    fills: Sequence[Fill],
    filled: Sequence[float],
    begun: Sequence[float],
) -> list[TextItem]:
    if "%" in word.text.strip()[:-1] and (figures := _two_figures(word, lines)):
        return figures
    within = [x for x in filled if word.x0 + 1 < x < word.x1 - 1]
    for x in within + [x for x in begun if word.x0 + 1 < x < word.x1 - 1]:
        if word.angle:
            break
        beside = _beside(word, lines)
        left = next((i.text.split()[-1] for i in beside if abs(i.x1 - x) < NEAR), None)
        right = next((i.text.split()[0] for i in beside if abs(i.x0 - x) < NEAR), None)
        if not left or not right or word.text.strip() != left + right:
            continue
        if _two_words(left, right) or (_is_side_of_cell(x, word, fills) and not _one_word(left, right)):
            return [replace(word, text=f"{left} ", x1=x - 0.3), replace(word, text=right, x0=x + 0.3)]
    return [word]


def _beside(word: TextItem, lines: Mapping[int, Sequence[TextItem]]) -> list[TextItem]:
    """The pieces on the word's line."""
    near = range(round(word.base) - 1, round(word.base) + 2)
    return [i for k in near for i in lines.get(k, ()) if abs(i.base - word.base) < 1]


def _two_figures(word: TextItem, lines: Mapping[int, Sequence[TextItem]]) -> list[TextItem]:
    """The figures of two pieces that are one word, for a figure ends with its per cent sign.

    One digit behind that may be the mark of a note.
    """
    within = [i for i in _beside(word, lines) if word.x0 - 1 < i.x0 and i.x1 < word.x1 + 1]
    within.sort(key=lambda i: i.x0)
    for a, b in pairwise(within):
        left, right = a.text.strip(), b.text.strip()
        figure = left[-1:] == "%" and len(right) > 1 and right[0] in "-+£$0123456789"
        if word.angle == 0 and figure and word.text.strip() == left + right:
            middle = (a.x1 + b.x0) / 2
            return [
                replace(word, text=f"{left} ", x1=middle - 0.3),
                replace(word, text=right, x0=middle + 0.3),
            ]
    return []


def _is_side_of_cell(x: float, word: TextItem, fills: Sequence[Fill]) -> bool:
    """Whether a fill ends or begins there beside the word itself: those of other tables part no figures."""
    return any(
        min(abs(fill.x0 - x), abs(fill.x1 - x)) < 1 and fill.top - 2 <= word.base <= fill.bottom + 2
        for fill in fills
    )


def _one_word(left: str, right: str) -> bool:
    """Fills of another table may begin where a producer prints a word in two pieces, to set its letters closer."""
    return left[-1].isalpha() and right[0].islower()


def _two_words(left: str, right: str) -> bool:
    """Pieces of one word go on in small letters; a cell's text begins with a capital or a figure."""
    return len(left) > 1 and left[-1].islower() and (right[0].isupper() or right[0].isdigit())
