"""Measures written as a few lines each, without any table: a name, and labels with their values.

"Target: 95%" below "Actual: 97%", or both in one line, or a line of labels over a line of values; side by side
as tiles too, on the page or inside the cells of a table. Only what comes again in the same form is taken for such.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from extract.cells import Cell, Glyph, Line
from normalise.cards import JUDGED, LONGEST, TITLES, Block, is_label
from normalise.heading.words import by_words
from normalise.statuses import LONGEST_STATUS, read_status
from normalise.values import read_value
from normalise.vocabulary import Vocabulary
from normalise.words import collapse

FEWEST = 2  # blocks in the same form, and pairs of a block
ASIDE = 12.0  # points by which the lines of a block may begin apart
ABOVE = 30.0  # points from a block's first pair up to its name
APART = 40.0  # points between two lines of one block
LONGEST_NAME = 160  # characters
LONGEST_LABEL = 5  # words
LABELS_ALONE = 3  # labels that make a line of labels

Pair = tuple[str, str]


class Written(Struct):
    """One measure: the lines of its name, its labels and values with their lines, and further lines."""

    name: list[Line] = field(default_factory=list)
    pairs: list[tuple[str, str, Line]] = field(default_factory=list)
    labels: list[Line] = field(default_factory=list)  # lines of labels alone
    rest: list[Line] = field(default_factory=list)

    def form(self, words: Vocabulary) -> frozenset[str]:
        """The labels by which the measure is judged: remarks may be left out."""
        return frozenset(label.lower() for label, _, _ in self.pairs if _base(label, words) in JUDGED)

    def is_named(self, words: Vocabulary) -> bool:
        return bool(self.name) or any(_base(label, words) in TITLES for label, _, _ in self.pairs)

    def lines(self) -> list[Line]:
        """All lines that become part of the record."""
        return [*self.name, *self.labels, *dict.fromkeys(line for _, _, line in self.pairs)]

    def block(self, glyphs: Sequence[Glyph]) -> Block:
        """As the cells of a block of a table; the value's box is that of its line."""
        cells = [Cell(tuple(self.name), (self.name[0].box,), 0, 0)] if self.name else []
        pairs = []
        for row, (label, value, line) in enumerate(self.pairs, start=1):
            told = (replace(line, text=value),) if value else ()
            shown = () if value else tuple(g for g in glyphs if _beside(g, line))
            pairs.append(
                (
                    Cell((replace(line, text=label),), (line.box,), row, 0),
                    Cell(told, (line.box,), row, 1, glyphs=shown),
                )
            )
        return Block(cells, pairs)


def written_in(lines: Sequence[Line], words: Vocabulary) -> list[Written]:
    """The measures that are written in the lines of one page, or of one cell; none unless two have one form."""
    return _repeated((w for column in _columns(lines) for w in _walk(column, words)), words)


def written_in_cells(cells: Sequence[Cell], words: Vocabulary, share: float) -> list[Written]:
    """The measures of cells that each hold a name, labels and values; none unless two have one form.

    None either unless at least ``share`` of the cells hold one: the shortest are read first, and no more once that
    cannot be.
    """
    able = [k for k, cell in enumerate(cells) if _may_hold_pairs(cell)]
    held: dict[int, Written] = {}
    for number, k in enumerate(sorted(able, key=lambda k: len(cells[k].lines))):
        if len(held) + len(able) - number < share * len(cells):
            return []
        cell = cells[k]
        blocks = list(_walk(cell.lines, words))
        if len(blocks) == 1 and blocks[0].is_named(words) and _is_measure(blocks[0], words):
            blocks[0].rest = [line for line in cell.lines if line not in blocks[0].lines()]
            held[k] = blocks[0]
    found = _repeated([held[k] for k in sorted(held)], words)
    return found if len(found) >= share * len(cells) else []


def _may_hold_pairs(cell: Cell) -> bool:
    """Whether there is room for two labels with values: one line without a sign holds one at most."""
    return len(cell.lines) > 1 or any(":" in line.text or "=" in line.text for line in cell.lines)


def _repeated(blocks: Iterable[Written], words: Vocabulary) -> list[Written]:
    """Those that are measures and have the labels of another one."""
    found = [w for w in blocks if w.is_named(words) and _is_measure(w, words)]
    forms = Counter(w.form(words) for w in found)
    return [w for w in found if forms[w.form(words)] >= FEWEST]


def _columns(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines that begin at one place across the page, from top to bottom."""
    columns: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.x0):
        if columns and line.box.x0 - columns[-1][-1].box.x0 <= ASIDE:
            columns[-1].append(line)
        else:
            columns.append([line])
    for column in columns:
        yield sorted(column, key=lambda line: line.box.top)


def _walk(lines: Sequence[Line], words: Vocabulary) -> Iterator[Written]:
    """The blocks of lines that stand below one another."""
    block = Written()
    last: Line | None = None
    for number, line in enumerate(lines):
        pairs = _pairs_in(line.text, words)
        labels = None if pairs else _labels_in(line.text, words)
        if labels and number + 1 < len(lines):
            values = lines[number + 1].text.split()
            pairs = list(zip(labels, values, strict=True)) if len(values) == len(labels) else []
        if not pairs:
            continue
        known = {label.lower() for label, _, _ in block.pairs}
        far = last is not None and line.box.top - last.box.bottom > APART
        named = any(_base(label, words) in TITLES for label, _ in pairs)
        if block.pairs and (far or named or any(label.lower() in known for label, _ in pairs)):
            yield block
            block = Written()
        if not block.pairs and not named:
            block.name = _name_above(lines[:number], line, words)
        last = lines[number + 1] if labels else line
        block.labels += [line] if labels else []
        block.pairs += [(label, value, last) for label, value in pairs]
    if block.pairs:
        yield block


def _name_above(before: Sequence[Line], first: Line, words: Vocabulary) -> list[Line]:
    """The line that names a measure, right above its first pair, with those it was wrapped from."""
    name: list[Line] = []
    below = first
    for line in reversed(before):
        alike = not name or (line.bold == name[0].bold and abs(line.size - name[0].size) < 0.5)
        gap = below.box.top - line.box.bottom
        near = gap <= (ABOVE if not name else 0.6 * line.box.height)
        if not near or not alike or _pairs_in(line.text, words) or _ends_a_sentence(line.text):
            break
        name.insert(0, line)
        below = line
        if not (line.bold or line.size > first.size + 0.5):
            break
    return name if 0 < sum(len(line.text) for line in name) <= LONGEST_NAME else []


def _ends_a_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", ";", ":"))


def _pairs_in(text: str, words: Vocabulary) -> list[Pair]:
    """The labels of a line, each with its value; empty unless the whole line is such."""
    parts = re.split(r"\s*[:=]\s*(?!\d\d\b(?<=:\d\d))", collapse(text))
    if len(parts) == 1:
        return _unparted(parts[0], words)
    label, pairs = parts[0], list[Pair]()
    for number, part in enumerate(parts[1:], start=1):
        if not _is_short_label(label, words):
            return []
        if number == len(parts) - 1:
            pairs.append((label, part))
            break
        value, following = _label_at_end(part, words)
        if len(value) > LONGEST or _ends_a_sentence(value):  # a remark, in which a colon parts nothing
            pairs.append((label, " ".join(parts[number:])))
            break
        pairs.append((label, value))
        label = following
    return pairs


def _label_at_end(text: str, words: Vocabulary) -> tuple[str, str]:
    """A value and the label that follows it: the longest run of last words that is a label."""
    told = text.split()
    for count in (*range(min(LONGEST_LABEL, len(told) - 1), 0, -1), len(told)):
        label = " ".join(told[len(told) - count :])
        if label[:1].isupper() and is_label(label, words):
            return " ".join(told[: len(told) - count]), label
    return text, ""


def _unparted(text: str, words: Vocabulary) -> list[Pair]:
    """ "Actual 97%": a label and a figure or status without a sign between."""
    if not text[:1].isupper():
        return []
    told = text.split()
    for count in range(min(LONGEST_LABEL, len(told) - 1), 0, -1):
        label, value = " ".join(told[:count]), " ".join(told[count:])
        if len(value) > LONGEST_STATUS and not any(map(str.isnumeric, value)):
            continue  # neither a figure nor a status
        if not is_label(label, words) or _base(label, words) not in JUDGED:
            continue
        figure = read_value(value, vocabulary=words)
        if (figure and figure.value is not None) or read_status(value, vocabulary=words):
            return [(label, value)]
    return []


def _labels_in(text: str, words: Vocabulary) -> list[str]:
    """The labels of a line that holds nothing else: "Actual Target Status"."""
    told = collapse(text).split()
    labels: list[str] = []
    while told:
        for count in range(1, min(LONGEST_LABEL, len(told)) + 1):
            label = " ".join(told[:count])
            if label[:1].isupper() and is_label(label, words) and _base(label, words) in JUDGED:
                labels.append(label)
                told = told[count:]
                break
        else:
            return []
    return labels if len(labels) >= LABELS_ALONE else []


def _base(label: str, words: Vocabulary) -> str:
    return by_words(label, None, words).base


def _is_short_label(label: str, words: Vocabulary) -> bool:
    return bool(label) and len(label.split()) <= LONGEST_LABEL and is_label(label, words)


def _is_measure(block: Written, words: Vocabulary) -> bool:
    """Whether a block prints a figure or status, and one thing more to judge it by, in short entries."""
    fields = [_base(label, words) for label, _, _ in block.pairs]
    judged = [value for base, (_, value, _) in zip(fields, block.pairs, strict=True) if base in JUDGED]
    figures = [v for v in judged if any(ch.isdigit() for ch in v) or read_status(v, vocabulary=words)]
    return (
        len(judged) >= FEWEST
        and bool({"actual", "status"} & set(fields))
        and len(figures) >= FEWEST
        and all(len(value) <= LONGEST for value in judged)
    )


def _beside(glyph: Glyph, line: Line) -> bool:
    y = glyph.box.centre[1]
    return line.box.top - 2 <= y <= line.box.bottom + 2 and glyph.box.x0 >= line.box.x0
