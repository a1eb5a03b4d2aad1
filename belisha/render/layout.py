"""Plain text in columns: wrapping, padding and colour, all by the width that a terminal shows."""

from __future__ import annotations

from collections.abc import Sequence

from belisha.safe_text import one_line, shortened, width

# colour only repeats what a word already says
COLOURS = {"contradicted": "1;31", "borderline": "33", "depends": "33", "supported": "32", "heading": "1"}


class Painter:
    """Paints words, or leaves them as they are."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, kind: str) -> str:
        code = COLOURS.get(kind)
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and code else text


def wrapped(text: str, columns: int, *, first: str = "", later: str | None = None) -> list[str]:
    """Lines of at most so many columns; ``first`` and ``later`` are set before them.

    A word longer than a line is broken, so that nothing runs over the edge.
    """
    later = " " * width(first) if later is None else later
    lines: list[str] = []
    line, room = first, columns - width(first)
    empty = True
    for word in one_line(text).split(" "):
        rest = word
        while rest:
            gap = 0 if empty else 1
            if width(rest) + gap <= room:
                line += " " * gap + rest
                room -= width(rest) + gap
                rest, empty = "", False
            elif not empty:
                lines.append(line)
                line, room, empty = later, columns - width(later), True
            else:
                piece = _fitting(rest, max(room, 1))
                lines.append(line + piece)
                rest = rest[len(piece) :]
                line, room, empty = later, columns - width(later), True
    if not empty or not lines:
        lines.append(line)
    return [line.rstrip() for line in lines]


def grid(
    head: Sequence[str], rows: Sequence[Sequence[str]], columns: int, *, stretch: int, right: frozenset[int]
) -> list[str]:
    """A table: column ``stretch`` takes what room is left and wraps, the others are cut at their limit.

    ``right``: numbers of the columns that are set flush right.
    """
    limit = max(6, columns // 5)
    clean = [[one_line(cell) for cell in row] for row in rows]
    widths = [min(limit, max([width(head[i]), *(width(row[i]) for row in clean)])) for i in range(len(head))]
    gaps = 2 * (len(head) - 1)
    widths[stretch] = max(12, columns - gaps - sum(w for i, w in enumerate(widths) if i != stretch))
    lines = [_row(head, widths, right), "  ".join("-" * w for w in widths)]
    for row in clean:
        words = wrapped(row[stretch], widths[stretch])
        for n, piece in enumerate(words):
            cells = ["" if n else cell for cell in row]
            cells[stretch] = piece
            lines.append(_row(cells, widths, right))
    return lines


def _row(cells: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    parts = []
    for i, (cell, columns) in enumerate(zip(cells, widths, strict=True)):
        text = shortened(cell, columns)
        pad = " " * (columns - width(text))
        parts.append(pad + text if i in right else text + pad)
    return "  ".join(parts).rstrip()


def _fitting(word: str, columns: int) -> str:
    piece = ""
    for c in word:
        if width(piece + c) > columns:
            break
        piece += c
    return piece or word[:1]


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 measure", "3 measures"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
