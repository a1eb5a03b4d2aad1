"""Words of two cells that stand so close that their letters seem to make one word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.page.parts import RawPage, TextItem

NEAR = 1.6  # points between the side of a cell and the text that ends or begins there


def part_at_cells(words: Sequence[TextItem], page: RawPage) -> list[TextItem]:
    """The words, those parted that two pieces of text make which meet at the side of a column."""
    filled, begun = filled_sides(page, 0.0, page.height), text_sides(page)
    return [part for word in words for part in _parts(word, page, filled, begun)]


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
    ends: dict[int, list[TextItem]] = {}
    for item in level:
        ends.setdefault(round(item.base), []).append(item)
    clear = (
        i.x0 for i in level if not any(abs(o.x1 - i.x0) < 2 * NEAR for o in ends[round(i.base)] if o is not i)
    )
    return _repeated(clear, 3)


def _repeated(places: Iterable[float], times: int) -> list[float]:
    ordered = sorted(places)
    runs = zip(ordered, ordered[times - 1 :], strict=False)
    return sorted({round(first, 1) for first, last in runs if last - first < 1.0})


def _parts(word: TextItem, page: RawPage, filled: Sequence[float], begun: Sequence[float]) -> list[TextItem]:
    within = [x for x in filled if word.x0 + 1 < x < word.x1 - 1]
    for x in within + [x for x in begun if word.x0 + 1 < x < word.x1 - 1]:
        if word.angle:
            break
        beside = [i for i in page.items if i.angle == 0 and abs(i.base - word.base) < 1 and i.text.strip()]
        left = next((i.text.split()[-1] for i in beside if abs(i.x1 - x) < NEAR), None)
        right = next((i.text.split()[0] for i in beside if abs(i.x0 - x) < NEAR), None)
        if not left or not right or word.text.strip() != left + right:
            continue
        if _two_words(left, right) or (x in within and not _one_word(left, right)):
            return [replace(word, text=f"{left} ", x1=x - 0.3), replace(word, text=right, x0=x + 0.3)]
    return [word]


def _one_word(left: str, right: str) -> bool:
    """Fills of another table may begin where a producer prints a word in two pieces, to set its letters closer."""
    return left[-1].isalpha() and right[0].islower()


def _two_words(left: str, right: str) -> bool:
    """Pieces of one word go on in small letters; a cell's text begins with a capital or a figure."""
    return len(left) > 1 and left[-1].islower() and (right[0].isupper() or right[0].isdigit())
