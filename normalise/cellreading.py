"""One cell as a field of a record: a VALUE, a status, a direction, each with the places it was read from."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from extract.cells import Box, Cell, Glyph, hundredths
from normalise.directions import direction_from_face, direction_from_shape, direction_from_text
from normalise.lights import Lights
from normalise.marks import mark_of
from normalise.recognised import MISPRINT, doubts_of, grade_of, ocr_signals, was_recognised
from normalise.records import Confidence, Direction, ExtraValue, Role, Source, Value
from normalise.statuses import read_status
from normalise.unit_column import with_unit
from normalise.values import ParsedValue, read_value
from normalise.vocabulary import Vocabulary, snake
from normalise.words import collapse, join_cell

EDGE = 2.0  # points by which a line may leave its cell: half a rule, and the bearing of an italic letter

# Signals that leave a doubt about the figure itself; the others only describe it. The grades are measured:
# see docs/explanation/confidence.md.
DOUBTS = {
    "two-figures": "low",
    "text-crosses-rule": "medium",
    "word-rejoined": "high",
    "glyph-unknown": "low",
    "second-reader-differs": "low",
}


def sources(cell: Cell) -> tuple[Source, ...]:
    """Where the cell's text or symbols stand, one tight box a page; the cell's own box if it is empty."""
    boxes: list[Box] = [line.box for line in cell.lines] + [glyph.box for glyph in cell.glyphs]
    if not boxes:
        return tuple(source(box) for box in cell.boxes)
    if len(boxes) == 1:
        return (source(boxes[0]),)
    pages = dict.fromkeys(box.page for box in boxes)
    return tuple(source(Box.around(b for b in boxes if b.page == page)) for page in pages)


@lru_cache(maxsize=4096)
def source(box: Box) -> Source:
    """The place of a box. A value, its row and its printed text name the same place, so they share it."""
    return Source(
        page=box.page,
        bbox=(hundredths(box.x0), hundredths(box.top), hundredths(box.x1), hundredths(box.bottom)),
    )


def value_from(cell: Cell, hint: str, vocabulary: Vocabulary, unit: str = "") -> Value | None:
    """The VALUE in a cell; None where it is empty or says N/A. ``unit``: that of its row, printed elsewhere."""
    parsed = read_value(join_cell(cell), hint=hint, vocabulary=vocabulary)
    united = with_unit(parsed.printed, unit, vocabulary) if parsed else None
    if parsed and united and (full := read_value(united, hint=hint, vocabulary=vocabulary)) is not None:
        parsed = replace(full, printed=parsed.printed)
    signals = []
    if parsed and parsed.printed != collapse(" ".join(line.text for line in cell.lines)):
        signals.append("word-rejoined")
    if any(_runs_over(line.box, cell.boxes) for line in cell.lines):
        signals.append("text-crosses-rule")
    return as_value(parsed, sources(cell), *signals, *ocr_signals(cell.lines))


def _runs_over(line: Box, cells: tuple[Box, ...]) -> bool:
    """Whether a line leaves its cell on the left or right by more than a rule is thick."""
    return not any(c.page == line.page and c.x0 - EDGE <= line.x0 and line.x1 <= c.x1 + EDGE for c in cells)


def as_value(parsed: ParsedValue | None, where: tuple[Source, ...], *extra_signals: str) -> Value | None:
    """A parsed value as a record."""
    if parsed is None:
        return None
    signals = (*parsed.signals, *extra_signals)
    return Value(
        printed=parsed.printed,
        value=parsed.value,
        unit=parsed.unit,
        qualifier=parsed.qualifier,
        source=where,
        resolution=parsed.resolution,
        bound=parsed.bound,
        upper=parsed.upper,
        signals=signals,
        confidence=grade(signals),
    )


def grade(signals: Collection[str]) -> Confidence:
    """The grade that a value's signals add up to: the worst doubt among them."""
    grades = {grade_of(s) or DOUBTS.get(s, "high") for s in signals}
    return "low" if "low" in grades else "medium" if "medium" in grades else "high"


def extra_from(cell: Cell, hint: str, role: Role | None, vocabulary: Vocabulary) -> ExtraValue | None:
    """A cell of a column that the contract has no field for."""
    text = join_cell(cell)
    if not text and not cell.glyphs:
        return None
    value = None if role in ("words", "direction") else value_from(cell, hint, vocabulary)
    if value is None:
        shown = text or " ".join(g.text or (g.shape or "?") for g in cell.glyphs)
        return ExtraValue(printed=shown, source=sources(cell), role=role)
    return ExtraValue(**value.model_dump(), role=role)


class StatusCell(Struct, frozen=True):
    """A status as read: the status, what is printed, the colour of cell or symbol, and how it was told."""

    status: str | None
    printed: str
    colour: str | None
    signals: tuple[str, ...] = ()


def status_from(cell: Cell, lights: Lights, vocabulary: Vocabulary) -> StatusCell:
    """The status in a cell: by word or letter, else by a sign, its colour or the cell's fill."""
    text = join_cell(cell)
    ink = symbol_ink(cell.glyphs)
    colour = cell.fill or ink
    letters = "".join(c for c in text if c.isalnum())
    marked = dict(lights.marks).get(mark) if lights.marks and (mark := mark_of(cell)) else None
    if marked is not None and lights.of_colour(cell.fill, vocabulary) is None:
        return StatusCell(marked, text or _shapes(cell.glyphs), colour)
    if letters:
        read = read_status(text, any_word=True, vocabulary=vocabulary)
        if read is not None:
            signals = ("misprinted-status",) if read.misprint else () if read.known else ("own-status-word",)
            if was_recognised(cell.lines) and (read.misprint or not read.known):
                signals = (*signals, MISPRINT)
            if not read.known and (by_fill := lights.of_colour(colour, vocabulary)):
                # Words beside a traffic light: the light is the status, the words stay as printed.
                return StatusCell(by_fill, text, colour, ("status-from-colour",))
            own = snake(text)
            if own in lights.used and own != read.status:
                return StatusCell(own, text, colour)  # "Light green", which the rule names
            return StatusCell(read.status, text, colour, signals)
        by_colour = lights.of_colour(colour, vocabulary)
        return StatusCell(by_colour, text, colour, ("status-from-colour",) if by_colour else ())
    by_sign = lights.of_sign(cell.glyphs, vocabulary)
    if by_sign and (lights.signs or lights.of_colour(ink or cell.fill, vocabulary) is None):
        return StatusCell(by_sign, text or _shapes(cell.glyphs), colour)
    for shown in (ink, cell.fill, *(line.colour for line in cell.lines)):
        found = lights.of_colour(shown, vocabulary)
        if found:
            return StatusCell(found, text or _shapes(cell.glyphs), shown, ("status-from-colour",))
    return StatusCell(None, text or _shapes(cell.glyphs), colour)


def symbol_ink(glyphs: Collection[Glyph]) -> str | None:
    """The ink of the first symbol that is not black."""
    for glyph in glyphs:
        if glyph.colour and glyph.colour != "000000":
            return glyph.colour
    return None


def _shapes(glyphs: Collection[Glyph]) -> str:
    return " ".join(g.text or g.shape or "?" for g in glyphs)


class DirectionCell(Struct, frozen=True):
    """A direction as read; ``printed`` is the raw character where a font printed one."""

    direction: Direction | None
    printed: str
    signals: tuple[str, ...] = ()
    by_sign: bool = False


def direction_from(cell: Cell, vocabulary: Vocabulary, still: Collection[str] = frozenset()) -> DirectionCell:
    """The direction in a cell: by the symbol's shape, else by Unicode arrows and words.

    ``still`` are shapes that the report's key has stand for no change.
    """
    text = join_cell(cell)
    shown = [g for g in cell.glyphs if direction_from_shape(g.shape, vocabulary=vocabulary)]
    ways = {direction_from_shape(g.shape, vocabulary=vocabulary) for g in shown}
    if len(ways) == 1:
        words = direction_from_text(text, vocabulary=vocabulary)
        signals = ("words-of-merit",) if words and words.merit else ()
        signals = (*signals, *doubts_of(cell.lines))
        printed = " ".join(g.text for g in shown if g.text) or text or _shapes(cell.glyphs)
        if any(c.isalnum() for c in text) and text not in printed:
            printed = text
        return DirectionCell(ways.pop(), printed, signals, by_sign=True)
    if len(ways) > 1:
        pair = {g.shape for g in shown}
        if pair <= {"triangle-left", "triangle-right", "arrow-left", "arrow-right"}:
            return DirectionCell("level", text or _shapes(cell.glyphs), by_sign=True)
        return DirectionCell(None, text or _shapes(cell.glyphs), ("two-arrows",))
    read = direction_from_text(text, vocabulary=vocabulary)
    if read is not None:
        signals = ("words-of-merit",) if read.merit else ()
        by_sign = not read.from_words and read.direction != "not_applicable"
        return DirectionCell(read.direction, text, signals, by_sign)
    if cell.glyphs and {g.shape for g in cell.glyphs} <= set(still):
        return DirectionCell("level", text or _shapes(cell.glyphs), by_sign=True)
    faces = {direction_from_face(g.shape, vocabulary=vocabulary) for g in cell.glyphs}
    if len(faces) == 1 and (way := faces.pop()) is not None:
        return DirectionCell(way, text or _shapes(cell.glyphs), ("words-of-merit",))
    signals = ("glyph-unknown",) if cell.glyphs else ()
    return DirectionCell(None, text or _shapes(cell.glyphs), signals)
