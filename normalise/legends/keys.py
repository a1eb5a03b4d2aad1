"""Rule entries in legend tables, and beside coloured keys where a shape stands for the status word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from extract.cells import Box, Cell, Glyph, Line, Row, Table
from normalise.legends.signs import signs_in_lines
from normalise.legends.text import entries_in
from normalise.legends.words import Named, cleaned, is_rule_text, status_name, status_of
from normalise.lights import status_of_sign, told_apart
from normalise.records import BBox, SchemeEntry
from normalise.statuses import fine_name, read_status, status_from_colour
from normalise.vocabulary import load

KEY_GAP = 60.0  # points between a key and its words
WIDEST = 8  # columns that a legend may have
LONGEST = 12  # rows that a legend may have
LIGHT_SHAPES = {
    None,
    "circle",
    "square",
    "star",
    "diamond",
    "tick",
    "cross",
    "bar",
    "triangle-up",
    "triangle-down",
}
FACES = {"face-happy", "face-neutral", "face-sad"}
STATUS_WORDS = 5
_PAIR = 2


def entries_in_table(table: Table, used: Collection[str] = ()) -> tuple[SchemeEntry, ...]:
    """The entries of a legend table: a status and its meaning in a row, in a column, or in one cell."""
    if len(table.columns) > WIDEST or len(table.rows) > LONGEST:
        return ()
    by_row = _by_row(table, used)
    ways = [
        by_row,
        told_apart(list(_in_columns(table, used))),
        [e for row in table.rows for c in row.cells for e in _in_cell(c, used)],
    ]
    best = max(ways, key=lambda way: len({e.status for e in way}))
    if len({e.status for e in best}) < 2 or len({e.status for e in best}) < len(best):
        return ()
    filled = sum(any(cell.text.strip() for cell in row.cells) for row in table.rows)
    if best is by_row and len(table.rows) > 2 and 2 * len(best) < filled:
        return ()
    return tuple(best)


def _by_row(table: Table, used: Collection[str]) -> list[SchemeEntry]:
    """A status and its meaning in each row. Beside two keys that are plain lights any other fill is a key, too.

    A light beside a word that is one cell of many stands in a row of a dashboard and is no key.
    """
    rows = [(row, list(_in_row(row, used))) for row in table.rows]
    strict = [entry for row, found in rows for entry in found if _is_key_row(row, found)]
    if sum(not e.label for e in strict) < _PAIR:
        return told_apart(strict)
    wide = [(row, list(_in_row(row, used, any_light=True))) for row in table.rows]
    return told_apart([entry for row, found in wide for entry in found if _is_key_row(row, found)])


def _is_key_row(row: Row, found: Sequence[SchemeEntry]) -> bool:
    filled = sum(bool(cell.text.strip()) or cell.fill is not None or bool(cell.glyphs) for cell in row.cells)
    return any(entry.label for entry in found) or filled <= 2 * len(found) + 1


def _in_row(row: Row, used: Collection[str], *, any_light: bool = False) -> Iterator[SchemeEntry]:
    """Pairs of a status cell and the next cell with rule words: one pair a row, or several side by side."""
    status: tuple[str, str, Cell] | None = None
    for cell in row.cells:
        text = " ".join(cell.text.split())
        read = _status_cell(cell, used, any_light=any_light)
        if read is not None and not (status is not None and _says_when(status, text)):
            status = (*read, cell)
        elif status is not None and text and is_rule_text(text):
            meaning = cleaned(text)
            name = status[0] or status_of_sign(status[2].glyphs[0].shape)
            yield _entry(Named(name, status[1], meaning), status[2], cell)
            status = None


def _says_when(status: tuple[str, str, Cell], text: str) -> bool:
    """ "Target met" beside "Green" or a light says when; beside another such name it is a name itself."""
    name = status_name().fullmatch(status[1]) if status[1] else None
    named_by_colour = not status[1] or (name is not None and not name["other"])
    own = status_name().fullmatch(text)
    return named_by_colour and bool(text) and is_rule_text(text) and not (own and not own["other"])


def _in_columns(table: Table, used: Collection[str]) -> Iterator[SchemeEntry]:
    """Statuses in one row and their meanings under them in the next."""
    for upper, lower in zip(table.rows, table.rows[1:], strict=False):
        pairs = []
        for cell in upper.cells:
            read = _status_cell(cell, used)
            under = next((c for c in lower.cells if c.column == cell.column), None)
            if read is not None and under is not None and is_rule_text(" ".join(under.text.split())):
                pairs.append(_entry(Named(read[0], read[1], cleaned(under.text)), cell, under))
        if len(pairs) >= 2:
            yield from pairs
            return


def _in_cell(cell: Cell, used: Collection[str]) -> Iterator[SchemeEntry]:
    """A cell that holds both: "Green – on target", or rule words on a coloured ground."""
    text = " ".join(cell.text.split())
    found = entries_in(text)
    if found:
        for named in found:
            yield _entry(named, cell, cell)
        return
    colour = _colour_of(cell, used)
    if colour is not None and is_rule_text(text):
        yield _entry(Named(colour, "", cleaned(text)), cell, cell)


def _status_cell(cell: Cell, used: Collection[str], *, any_light: bool = False) -> tuple[str, str] | None:
    """Status and label of a cell that holds only a status: a word, or a colour without words.

    The status is empty where a sign without a colour stands for it.
    """
    text = " ".join(cell.text.split())
    if not any(ch.isalnum() for ch in text) and read_status(text) is None:
        text = ""
    if text and len(text.split()) <= STATUS_WORDS:
        read = read_status(text.strip(" -–—:="))
        if (
            read is not None
            and not read.misprint
            and not (is_rule_text(text) and any(c.isdigit() for c in text))
        ):
            return read.status, text.strip(" -–—:=")
        if status_of(text) in used:
            return status_of(text), text
        return None
    colour = _colour_of(cell, used)
    if colour is None and any_light:
        colour = fine_name(cell.fill)
    if colour is None and len(cell.glyphs) == 1 and cell.glyphs[0].shape in load().statuses.signs:
        return "", ""
    return (colour, "") if colour else None


def _colour_of(cell: Cell, used: Collection[str]) -> str | None:
    colours = [g.colour for g in cell.glyphs if g.shape in LIGHT_SHAPES and g.colour] + (
        [cell.fill] if cell.fill else []
    )
    for colour in colours:
        status = status_from_colour(colour, used=used)
        if status is not None:
            return status
    return None


def _entry(named: Named, key: Cell, words: Cell) -> SchemeEntry:
    box = Box.around([key.box, *([words.box] if words.box.page == key.box.page else [])])
    glyph = key.glyphs[0] if key.glyphs else None
    return SchemeEntry(
        status=named.status,
        text=named.text,
        label=named.label,
        page=box.page,
        bbox=_bbox(box),
        colour=(glyph.colour if glyph else None) or key.fill,
        symbol=glyph.shape if glyph else None,
    )


def _bbox(box: Box) -> BBox:
    return (box.x0, box.top, box.x1, box.bottom)


# --- keys beside lines ---------------------------------------------------------------------------------


def keyed_lines(lines: Sequence[Line], glyphs: Sequence[Glyph]) -> Iterator[tuple[Glyph, list[Line]]]:
    """Each symbol with the lines of words to its right, wrapped lines included, in reading order."""
    keys = sorted(glyphs, key=lambda g: (g.box.page, g.box.top, g.box.x0))
    by_page: dict[int, list[Line]] = {}
    for line in lines if keys else ():
        by_page.setdefault(line.box.page, []).append(line)
    for at, key in enumerate(keys):
        on_page = by_page.get(key.box.page, [])
        beside = [line for line in on_page if _beside(key, line)]
        if not beside:
            continue
        first = min(beside, key=lambda line: line.box.x0)
        block = [first]
        stop = min(
            (
                k.box.top
                for k in keys[at + 1 :]
                if k.box.page == key.box.page
                and k.box.top > key.box.bottom
                and abs(k.box.x0 - key.box.x0) < 20
            ),
            default=float("inf"),
        )
        for line in sorted(on_page, key=lambda n: n.box.top):
            last = block[-1]
            gap = line.box.top - last.box.bottom
            if (
                line is not last
                and abs(line.box.x0 - first.box.x0) < 3
                and -2 < gap < 0.7 * max(last.size, 8)
                and line.box.bottom <= stop + 2
            ):
                block.append(line)
        yield key, block


def _beside(key: Glyph, line: Line) -> bool:
    if key.box.page != line.box.page:
        return False
    middle = key.box.centre[1]
    return line.box.top - 3 <= middle <= line.box.bottom + 3 and -3 <= line.box.x0 - key.box.x1 <= KEY_GAP


def entries_beside_keys(
    lines: Sequence[Line], glyphs: Sequence[Glyph], lone: Collection[str] = ()
) -> list[tuple[SchemeEntry, ...]]:
    """Blocks of entries whose status is the colour of a shape; a printed status word goes before the colour.

    ``lone`` are shapes that stand alone in cells of tables: they are signs of a key without a colour, too.
    """
    blocks: list[list[SchemeEntry]] = []
    lights = [g for g in glyphs if g.shape in LIGHT_SHAPES and status_from_colour(g.colour)]
    pairs = [*keyed_lines(lines, lights), *_in_lines(lines, glyphs, lone)]
    last_bottom, last_page = 0.0, 0
    for key, block in sorted(
        pairs, key=lambda pair: (pair[0].box.page, round(pair[0].box.top), pair[0].box.x0)
    ):
        text = " ".join(line.text for line in block)
        found = entries_in(text)
        named = found[0] if len(found) == 1 else None
        if named is None and is_rule_text(text) and not found and " " in text:
            status = status_from_colour(key.colour) or status_of_sign(key.shape)
            named = Named(status, "", cleaned(text))
        if named is None:
            continue
        box = Box.around([key.box, *(line.box for line in block)])
        entry = SchemeEntry(
            status=named.status, text=named.text, label=named.label, page=box.page, bbox=_bbox(box),
            colour=key.colour, symbol=key.shape,
        )  # fmt: skip
        known = {(e.status, e.label or (e.colour, e.symbol)) for e in blocks[-1]} if blocks else set()
        near = last_page == box.page and box.top - last_bottom < 60
        new = (entry.status, entry.label or (entry.colour, entry.symbol)) not in known
        if near and new:
            blocks[-1].append(entry)
        else:
            blocks.append([entry])
        last_bottom, last_page = box.bottom, box.page
    return [tuple(told_apart(block)) for block in blocks]


def _in_lines(
    lines: Sequence[Line], glyphs: Sequence[Glyph], lone: Collection[str]
) -> Iterator[tuple[Glyph, list[Line]]]:
    for key, words in signs_in_lines(lines, glyphs):
        if key.shape in LIGHT_SHAPES | FACES and (status_from_colour(key.colour) or key.shape in lone):
            yield key, [words]
