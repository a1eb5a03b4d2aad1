"""Keys whose signs stand in the line of their words: "★ On target", "● Within 5% ▲ More than 5% below"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from extract.cells import Box, Glyph, Line, Table
from extract.glyphs import unicode_shape
from normalise.words import collapse

_LEAD = 24  # characters that may stand before the first sign of a line: "Key to status:"
_SIGNS = re.compile(r"[•\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?")
_POINTING = ("triangle", "arrow", "bar")


def lone_signs(tables: Iterable[Table]) -> frozenset[str]:
    """Shapes that stand alone in cells, as lights do; none where all of them point somewhere, as arrows do."""
    found = {
        glyph.shape
        for table in tables
        for row in table.rows
        for cell in row.cells
        if len(cell.glyphs) == 1 and not any(ch.isalnum() for ch in cell.text)
        for glyph in cell.glyphs
        if glyph.shape
    }
    return frozenset() if all(shape.startswith(_POINTING) for shape in found) else frozenset(found)


def signs_in_lines(lines: Sequence[Line], glyphs: Sequence[Glyph]) -> Iterator[tuple[Glyph, Line]]:
    """Each sign that stands in a line with the words that follow it, as a line of their own."""
    for line in lines:
        marks = list(_SIGNS.finditer(line.text))
        if not marks or (marks[0].start() > _LEAD and not line.text[: marks[0].start()].endswith(": ")):
            continue
        inside = sorted((g for g in glyphs if _is_inside(g, line)), key=lambda g: g.box.x0)
        drawn = inside if len(inside) == len(marks) else [None] * len(marks)
        for k, (mark, glyph) in enumerate(zip(marks, drawn, strict=True)):
            end = marks[k + 1].start() if k + 1 < len(marks) else len(line.text)
            words = collapse(line.text[mark.end() : end]).strip(" ;,|")
            shape = glyph.shape if glyph else unicode_shape(mark[0][0])
            if words and shape:
                sign = glyph or Glyph(_place(line, mark.start()), shape, "font", mark[0], colour=line.colour)
                yield sign, replace(line, text=words)


def _is_inside(glyph: Glyph, line: Line) -> bool:
    x, y = glyph.box.centre
    return line.box.page == glyph.box.page and line.box.holds(x, y)


def _place(line: Line, at: int) -> Box:
    """About where a character of a line stands."""
    x = line.box.x0 + line.box.width * at / max(1, len(line.text))
    return Box(line.box.page, x, line.box.top, x + line.size, line.box.bottom)
