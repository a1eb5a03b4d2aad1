"""From pieces of text to lines: what stands on one baseline, in reading order, with spaces where gaps are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median

from msgspec.structs import replace

from extract.cells import Box, Glyph, Line, words_kept
from extract.glyphs import PRIVATE, is_symbol_font, unicode_colour, unicode_shape
from extract.page.parts import TextItem

# A gap between two pieces wider than this share of the font size is a space (a space is about 0.25 wide,
# side bearings of letters add up to 0.12).
SPACE_GAP = 0.2
# Free text on one baseline further apart than this many font sizes is two lines (columns, margins).
COLUMN_GAP = 4.0
BULLETS = {"bullet", "circle", "square", "diamond"}
# Signs that are bullets only where the text stands off from them, as a word processor sets lists: "✓ high" is none.
SET_OFF_BULLETS = {"arrow-right", "triangle-right", "tick", "star"}
SMALL = 0.8  # in font sizes: text that is clearly smaller than what it stands beside
SMALLER = 0.86  # browsers set raised marks five sixths as large as the text
LONGEST_MARK = 3  # characters
BESIDE_MARKS = dict.fromkeys(map(ord, " ,()[]"))  # what may stand around them
LIST_GAP = 0.6  # in font sizes
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
RAISED_LETTERS = str.maketrans("abcdefghi", "ᵃᵇᶜᵈᵉᶠᵍʰⁱ")  # marks of footnotes; "4th" is none
SHOWN = {
    "arrow-up": "↑",
    "arrow-down": "↓",
    "arrow-left": "←",
    "arrow-right": "→",
    "arrow-both": "↔",
    "arrow-up-down": "↕",
    "arrow-up-right": "↗",
    "arrow-up-left": "↖",
    "arrow-down-right": "↘",
    "arrow-down-left": "↙",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "triangle-left": "◄",
    "triangle-right": "►",
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "star": "★",
    "tick": "✓",
    "cross": "✗",
    "bullet": "•",
    "bar": "–",
    "face-happy": "☺",
    "face-neutral": "😐",
    "face-sad": "☹",
}


_PLACE = attrgetter("base", "x0")


def rows_of(items: Iterable[TextItem]) -> list[list[TextItem]]:
    """Pieces grouped by baseline, top to bottom, each group from left to right. Upright text only."""
    given = list(items)
    if len(given) < 2:
        return [given] if given else []
    rows: list[list[TextItem]] = []
    bases: list[tuple[float, float]] = []  # baseline and size of the largest piece
    for item in sorted(given, key=_PLACE):
        at = _row_for(item, rows, bases)
        if at is None:
            rows.append([item])
            bases.append((item.base, item.size))
        else:
            rows[at].append(item)
            if item.size > bases[at][1]:
                bases[at] = (item.base, item.size)
    for row in rows:
        if len(row) > 1:
            row.sort(key=attrgetter("x0"))
    order = sorted(range(len(rows)), key=lambda k: bases[k][0])
    return [rows[k] for k in order]


def _row_for(item: TextItem, rows: list[list[TextItem]], bases: list[tuple[float, float]]) -> int | None:
    for k in range(len(bases) - 1, max(-1, len(bases) - 4), -1):
        base, size = bases[k]
        big, small = max(size, item.size), min(size, item.size)
        near = abs(item.base - base)
        # Raised marks sit up to half a font size above the baseline and are clearly smaller.
        if near <= 0.3 * big or (near <= 0.6 * big and small < SMALL * big):
            return k
        marks = [item] if item.size < size else rows[k]
        raised = (item.base < base) == (item.size < size)
        if raised and near <= 0.6 * big and small < SMALLER * big and all(map(_may_be_mark, marks)):
            return k
    return None


def _may_be_mark(piece: TextItem) -> bool:
    return len(piece.text) <= LONGEST_MARK or len(piece.text.translate(BESIDE_MARKS)) <= LONGEST_MARK


def line_from(row: Sequence[TextItem], page: int) -> Line | None:
    """One line from pieces of one baseline; symbols are shown by their Unicode character."""
    if len(row) == 1 and row[0].shape is None:
        piece = row[0]
        text = " ".join(piece.text.split())
        if not text:
            return None
        box = _around(row, page)
        return Line(words_kept(text), box, piece.size, piece.bold, piece.colour, piece.score, piece.doubts)
    pieces = _without_doubles(row)
    size = max(p.size for p in pieces)
    base = median(p.base for p in pieces if p.size > SMALLER * size)
    wrapped_marks: set[int] = set()
    if min(p.size for p in pieces) < SMALL * size:
        pieces, wrapped_marks = _marks_behind_figures(pieces, base, size)
    text = ""
    end: float | None = None
    for k, piece in enumerate(pieces):
        alone = len(pieces) == 1
        shown = _shown(piece, alone=alone, is_bullet=k == 0 and not alone and _is_bullet(piece, pieces[1]))
        wrapped = id(piece) in wrapped_marks
        if wrapped:
            text = text.rstrip()
        small = piece.size < (SMALLER if _may_be_mark(piece) else SMALL) * size
        if wrapped or (small and base - piece.base > 0.12 * size):
            shown = shown.translate(SUPERSCRIPT)
            if len(shown.strip(" ,()")) == 1:
                shown = shown.translate(RAISED_LETTERS)
        if end is not None and not text.endswith(" ") and piece.x0 - end > SPACE_GAP * size:
            text += " "
        text += shown
        end = piece.x1
    text = " ".join(text.split())
    if not text:
        return None
    letters = sum(len(p.text) for p in pieces)
    bold = sum(len(p.text) for p in pieces if p.bold) > 0.6 * letters
    scores = [p.score for p in pieces if p.score is not None]
    doubts = tuple(sorted({d for p in pieces for d in p.doubts}))
    ink, score = pieces[0].colour, min(scores, default=None)
    return Line(words_kept(text), _around(pieces, page), size, bold, ink, score, doubts)


def _marks_behind_figures(
    pieces: Sequence[TextItem], base: float, size: float
) -> tuple[list[TextItem], set[int]]:
    """The pieces with raised marks that a narrow cell put on a line of their own behind their figures, and which those are.

    Such a mark is small, lower than the figure, and stands under it, at its left edge where the cell is set so.
    """
    ordered, marks = (
        list(pieces),
        [p for p in pieces if p.size < SMALL * size and p.base - base > 0.12 * size],
    )
    wrapped: set[int] = set()
    for mark in marks:
        edge = mark.x0 + 0.1 * size
        figure = next((p for p in pieces if p.size >= SMALL * size and p.x0 < edge and mark.x1 < p.x1), None)
        if figure is not None:
            wrapped.add(id(mark))
            ordered.remove(mark)
            ordered.insert(ordered.index(figure) + 1, mark)
    return ordered, wrapped


def _is_mark_below(line: Line, above: Line) -> bool:
    """A raised mark that a browser put on a line of its own in a narrow cell: all that stands there, and small."""
    if (
        line.size >= SMALL * above.size
        or len(line.text) > LONGEST_MARK
        or not (above.text[-1].isalnum() or above.text[-1] in "%)")
    ):
        return False
    return line.text.isdecimal() or (len(line.text) == 1 and line.text.translate(RAISED_LETTERS) != line.text)


def _marked(line: Line, mark: Line) -> Line:
    raised = mark.text.translate(SUPERSCRIPT).translate(RAISED_LETTERS)
    return replace(line, text=words_kept(line.text + raised), box=Box.around((line.box, mark.box)))


def _is_bullet(sign: TextItem, text: TextItem) -> bool:
    if sign.shape is None or unicode_colour(sign.text.strip()[:1]) is not None:
        return False
    gap = text.x0 - sign.x1
    return sign.shape in BULLETS or (sign.shape in SET_OFF_BULLETS and gap > LIST_GAP * text.size)


def _shown(piece: TextItem, *, alone: bool, is_bullet: bool) -> str:
    text = piece.text
    if piece.shape is None:
        return text if text.isascii() or alone else "".join(c for c in text if ord(c) not in PRIVATE)
    if is_bullet:
        return "• "
    own = unicode_shape(text.strip()[:1]) if not is_symbol_font(piece.font) else None
    return text if own == piece.shape else SHOWN.get(piece.shape, text)


def _without_doubles(row: Sequence[TextItem]) -> list[TextItem]:
    """Drop pieces printed twice on the same spot, as some programs do to make text look bold."""
    kept: list[TextItem] = []
    for piece in row:
        last = kept[-1] if kept else None
        if last and last.text == piece.text and abs(last.x0 - piece.x0) < 0.1 * piece.size + 0.3:
            continue
        kept.append(piece)
    return kept


def _around(items: Sequence[TextItem], page: int) -> Box:
    if len(items) == 1:
        i = items[0]
        return Box.kept(page, i.x0, i.top, i.x1, i.bottom)
    return Box.kept(
        page,
        min([i.x0 for i in items]),
        min([i.top for i in items]),
        max([i.x1 for i in items]),
        max([i.bottom for i in items]),
    )


def lines_of(items: Sequence[TextItem], page: int, *, split_columns: bool = False) -> list[Line]:
    """Lines of a region, top to bottom; text that runs up or down the page is read along its own direction."""
    upright = [i for i in items if i.angle == 0]
    lines: list[Line] = []
    for row in rows_of(upright):
        for part in _columns(row) if split_columns else [row]:
            line = line_from(part, page)
            if line and lines and not split_columns and _is_mark_below(line, lines[-1]):
                lines[-1] = _marked(lines[-1], line)
            elif line:
                lines.append(line)
    if len(upright) == len(items):
        return lines
    for angle in (90, 180, 270):
        turned = [_turned(i) for i in items if i.angle == angle]
        if turned:
            back = [i for i in items if i.angle == angle]
            for row in rows_of(turned):
                line = line_from(row, page)
                if line:
                    lines.append(replace(line, box=_around(back, page)))
    return lines


def _turned(i: TextItem) -> TextItem:
    """The piece as it would stand upright, so that it can be ordered like any other."""
    if i.angle == 90:
        x0, top, x1, bottom, base = -i.bottom, i.x0, -i.top, i.x1, i.base
    elif i.angle == 270:
        x0, top, x1, bottom, base = i.top, -i.x1, i.bottom, -i.x0, -i.base
    else:
        x0, top, x1, bottom, base = -i.x1, -i.bottom, -i.x0, -i.top, -i.base
    return replace(i, x0=x0, top=top, x1=x1, bottom=bottom, base=base, angle=0)


def _columns(row: list[TextItem]) -> list[list[TextItem]]:
    parts = [[row[0]]]
    for a, b in pairwise(row):
        if b.x0 - a.x1 > COLUMN_GAP * max(a.size, b.size):
            parts.append([])
        parts[-1].append(b)
    return parts


def glyphs_of(items: Iterable[TextItem], page: int) -> list[Glyph]:
    """The symbols among pieces of text."""
    found: list[Glyph] = []
    for i in items:
        if i.shape is not None or i.doubt:
            ink = unicode_colour(i.text.strip()[:1]) or i.colour
            found.append(
                Glyph(
                    Box.kept(page, i.x0, i.top, i.x1, i.bottom),
                    i.shape,
                    "font",
                    i.text.strip(),
                    i.font,
                    ink,
                )
            )
    return found
