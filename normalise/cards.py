"""Measures printed as blocks of labels and values, one block a measure: each becomes a table of one row.

"Actual | 91%" below "Target | 95%" says the same as a row under headings. The labels become the headings, and
the block's own heading, inside it or right above it, names the measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from extract.cells import Box, Cell, Row, Table, boxes_of
from normalise.columns import ColumnGuess, read_headings
from normalise.directions import direction_from_text
from normalise.grid import Grid, GridRow
from normalise.heading.words import by_words
from normalise.legends.words import is_rule_text
from normalise.passages import Gathered, PageText
from normalise.polarity import read_polarity
from normalise.records import Period
from normalise.vocabulary import Vocabulary
from normalise.words import join_cell

FEWEST = 3  # pairs of a block
MOSTLY = 0.7  # share of the rows of a block that are pairs
LONGEST = 40  # characters of a figure or status with what is said of it
LONGEST_STATUS = 3  # words: "Slightly below target"
NEAR = 40.0  # points from a block up to the heading that names its measure
TITLES = frozenset(("title", "code_title"))
JUDGED = frozenset(
    ("actual", "target", "status", "year_end_target", "forecast", "forecast_status", "previous")
)
TITLE_LABEL = "Measure"  # stands for the heading that a block's own heading has not


class Block(Struct):
    """One measure: the cells of its heading, its labels with their values, and cells that are neither."""

    title: list[Cell] = field(default_factory=list)
    pairs: list[tuple[Cell, Cell]] = field(default_factory=list)
    rest: list[Cell] = field(default_factory=list)

    def labels(self) -> tuple[str, ...]:
        return tuple(join_cell(label) for label, _ in self.pairs)


class Card(Struct, frozen=True):
    """A block as a table of one row, with what it leaves out. ``heading`` is the passage above that names it."""

    table: Table
    labels: tuple[str, ...]
    titled: bool
    rest: tuple[Cell, ...] = ()
    heading: Gathered | None = None

    def columns(
        self, period: Period, samples: Sequence[Sequence[str]], words: Vocabulary
    ) -> list[ColumnGuess]:
        """What each column is; a block's own heading is the title of its measure."""
        found = list(read_headings(self.labels, period, samples, vocabulary=words))
        if self.titled:
            found[0] = replace(found[0], heading="", why="the heading of the block")
        return found


def cards_of(table: Table, texts: Sequence[PageText], words: Vocabulary) -> list[Card]:
    """The blocks of a table, from top to bottom; none where it is no table of blocks."""
    grid = Grid(table)
    blocks = [b for b in _blocks(grid, words) if b.pairs]
    if blocks and all(_is_measure(b, words) for b in blocks):
        rows = sum(1 for r in grid.rows if len(r.filled()) > 1)
        if sum(len({p[0].row for p in b.pairs}) for b in blocks) >= MOSTLY * rows:
            cards = [card_of(block, table, texts, words) for block in blocks]
            return [card for card in cards if card is not None]
    single = _single_row(grid, words)
    card = card_of(single, table, texts, words) if single else None
    return [card] if card else []


def _blocks(grid: Grid, words: Vocabulary) -> Iterator[Block]:
    block = Block()
    for row in grid.rows:
        filled = row.filled()
        pairs = _pairs(row, words)
        known = {join_cell(label).lower() for label, _ in block.pairs}
        again = any(join_cell(label).lower() in known for label, _ in pairs)
        heading = not pairs and len(filled) == 1 and (filled[0].column_span > 1 or grid.columns == 1)
        if block.pairs and (again or (heading and _set_off(filled[0]))):
            yield block
            block = Block()
        if pairs:
            block.pairs += pairs
        elif heading and not block.pairs:
            block.title += filled
        else:
            block.rest += filled
    yield block


def _pairs(row: GridRow, words: Vocabulary) -> list[tuple[Cell, Cell]]:
    """Labels with the cells to their right, where the whole row is such pairs."""
    own = list(row.own)
    while own and not (own[-1].lines or own[-1].glyphs or own[-1].fill) and len(own) > 2:
        own.pop()
    if len(own) < 2 or len(own) % 2:
        return []
    pairs = list(zip(own[::2], own[1::2], strict=True))
    fine = all(is_label(join_cell(a), words) and not _is_only_label(join_cell(b), words) for a, b in pairs)
    return pairs if fine else []


def is_label(text: str, words: Vocabulary) -> bool:
    """Whether a text is a heading that the vocabulary knows, and no status."""
    plain = text.rstrip(" :")
    if not plain or words.statuses.lookup.get(plain.lower()) in words.statuses.colours:
        return False
    return by_words(plain, None, words).base != ""


def _is_only_label(text: str, words: Vocabulary) -> bool:
    """A text that can be nothing but a heading, not a status, a direction or a polarity."""
    if not text or not is_label(text, words) or len(text.split()) > 4:
        return False
    if words.statuses.lookup.get(text.lower()) or read_polarity(text, vocabulary=words):
        return False
    return (
        direction_from_text(text, vocabulary=words) is None and by_words(text, None, words).base != "period"
    )


def _set_off(cell: Cell) -> bool:
    return cell.fill is not None or all(line.bold for line in cell.lines)


def _fields(labels: Sequence[str], words: Vocabulary) -> list[str]:
    return [g.field for g in read_headings([x.rstrip(" :") for x in labels], None, vocabulary=words)]


def _is_measure(block: Block, words: Vocabulary) -> bool:
    """Whether labels name figure or status and one thing more to judge by, and short entries stand beside them.

    A glossary explains the same words in sentences.
    """
    fields = _fields(block.labels(), words)
    judged = [
        join_cell(value) for name, (_, value) in zip(fields, block.pairs, strict=True) if name in JUDGED
    ]
    return (
        len(block.pairs) >= FEWEST
        and bool({"actual", "status"} & set(fields))
        and len(judged) > 1
        and all(len(text) <= LONGEST and not _is_rule(text) for text in judged)
    )


def _is_rule(text: str) -> bool:
    """What stands beside "On target" in a key: more words than a status has."""
    return len(text.split()) > LONGEST_STATUS and is_rule_text(text)


def _single_row(grid: Grid, words: Vocabulary) -> Block | None:
    """A row of labels with one row of values below it, and no column that names a measure."""
    rows = [row for row in grid.rows if row.filled()]
    title: list[Cell] = []
    while len(rows) > 2 and len(rows[0].filled()) == 1:
        title += rows.pop(0).filled()
    if len(rows) != 2 or any(c.row_span > 1 or c.column_span > 1 for row in rows for c in row.own):
        return None
    labels, values = rows[0].own, rows[1].own
    if len(labels) != len(values) or len(labels) < FEWEST:
        return None
    named = [c for c in labels if c.lines]
    if sum(is_label(join_cell(c), words) for c in named) < MOSTLY * len(labels):
        return None
    block = Block(title, list(zip(labels, values, strict=True)))
    fields = _fields(block.labels(), words)
    return block if _is_measure(block, words) and not {*TITLES, "code"} & set(fields) else None


def card_of(block: Block, table: Table | None, texts: Sequence[PageText], words: Vocabulary) -> Card | None:
    """A block as a table of one row; None where nothing names its measure. ``table`` is the one it stood in."""
    labels = tuple(label.rstrip(" :") for label in block.labels())
    titled = not TITLES & set(_fields(labels, words))
    heading: Gathered | None = None
    pairs = list(block.pairs)
    rest = list(block.rest)
    if titled:
        if block.title:
            name = block.title[-1]
            rest += block.title[:-1]
        else:
            heading = _heading_above(block, texts)
            if heading is None:
                return None
            over = Box.around(line.box for line in heading.lines)
            name = Cell(heading.lines, (over,), 0, 0)
        pairs = [(replace(name, lines=(), glyphs=()), name), *pairs]
        labels = (TITLE_LABEL, *labels)
    else:
        rest += block.title
    header = [replace(a, row=0, column=k, row_span=1, column_span=1) for k, (a, _) in enumerate(pairs)]
    body = [replace(b, row=1, column=k, row_span=1, column_span=1) for k, (_, b) in enumerate(pairs)]
    rows = tuple(Row(tuple(cells), boxes_of(cells)) for cells in (header, body))
    boxes = boxes_of([*header, *body])
    width = max(1.0, boxes[0].width / len(pairs))
    columns = tuple((boxes[0].x0 + k * width, boxes[0].x0 + (k + 1) * width) for k in range(len(pairs)))
    made = Table(rows, boxes, columns, ruled=False)
    if table is not None:
        made = replace(made, ruled=table.ruled, above=table.above)
    return Card(made, labels, titled, tuple(rest), heading)


def _heading_above(block: Block, texts: Sequence[PageText]) -> Gathered | None:
    """The heading right above a block, over its width."""
    box = boxes_of([cell for pair in block.pairs for cell in pair])[0]
    above = [
        g
        for t in texts
        if t.page == box.page
        for g in t.passages
        if g.passage.bbox[3] <= box.top + 2
        and box.top - g.passage.bbox[3] < NEAR
        and g.passage.bbox[0] < box.x1
        and box.x0 < g.passage.bbox[2]
    ]
    last = max(above, key=lambda g: g.passage.bbox[3], default=None)
    return last if last is not None and last.passage.kind == "heading" else None
