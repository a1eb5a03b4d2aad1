"""Lines of words as chunks: runs of words with ordinary spaces between them, parted by wider gaps."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from msgspec import Struct

from extract.page.parts import TextItem

# In font sizes. Ordinary word spaces are 0.2 to 0.4; justified text reaches 0.6.
CHUNK_GAP = 0.75
HEADER_GAP = 0.45
TIGHT_GAP = 0.4  # headings in narrow columns; a space of a wide bold font is 0.35
LONGEST_HEADING = 6  # words
FEW = 3  # headings that alone do not make a line of headings of one with a longer text
NAME_LINES = 8  # lines of a section's name in a narrow first column
DEEPEST = 10  # base lines of headings in narrow columns, each centred in its cell
BOLD_LINES = 5  # further lines of headings and the name of a section, before the first row


class TextRow(Struct):
    """Words on one baseline, from left to right."""

    words: list[TextItem]

    @property
    def base(self) -> float:
        letters = [w for w in self.words if w.shape is None] or self.words
        return max(letters, key=lambda w: w.size).base

    @property
    def size(self) -> float:
        """The size of the letters; signs are often set larger than those beside them."""
        return max((w.size for w in self.words if w.shape is None), default=self.words[0].size)

    @property
    def top(self) -> float:
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)

    def chunks(self, gap: float = CHUNK_GAP) -> list[list[TextItem]]:
        """Runs of words closer together than ``gap`` font sizes."""
        runs = [[self.words[0]]]
        for a, b in pairwise(self.words):
            if b.x0 - a.x1 > gap * max(a.size, b.size):
                runs.append([])
            runs[-1].append(b)
        return runs

    def extent(self) -> tuple[float, float]:
        return self.words[0].x0, max(w.x1 for w in self.words)


def header_hits(row: TextRow, header_words: Collection[str]) -> int:
    """How many chunks of a line are headings; 0 for a line that reads as figures or as sentences."""
    runs = row.chunks(HEADER_GAP)
    if len(runs) < 3:
        return 0
    hits = capitals = named = 0
    different: set[str] = set()
    for run in runs:
        words = [bare(w.text) for w in run]
        first = run[0].text.strip()
        figures_in = sum(map(is_figure, words))
        if (is_figure(words[0]) and (len(run) <= 2 or figures_in > 1)) or _is_code(run):
            return 0
        capitals += first[:1].isupper() or not first[:1].isalpha()
        known = sum(1 for w in words if w in header_words)
        absent = first.lower() == "no" and len(run) > 1  # "No target" is an entry, "No. of cases" a heading
        if known and not absent and len(words) <= 6 and (row.bold or 2 * known >= len(words)):
            hits += 1
            different.add(" ".join(words))
            named += not all(_PERIOD.match(w) for w in words)
    if sum(1 for run in runs if run[-1].text.strip()[-1:] in ".,;") > 1 or 4 * capitals < 3 * len(runs):
        return 0
    if not row.bold and hits <= FEW and any(len(run) > LONGEST_HEADING for run in runs):
        return 0  # a title with its statuses, whose figures stand on a line of their own
    if not row.bold and FEW > len(different) < hits < len(runs):
        return 0  # "Green" twice in the rest of a row
    # The axis of a chart is a line of periods and no line of headings.
    return hits if 2 * hits >= len(runs) and named >= 2 else 0


def _scattered_headings(rows: Sequence[TextRow], k: int, header_words: Collection[str]) -> bool:
    """Bold headings of one and of two lines, each centred in its cell, stand on several close baselines."""
    block = [rows[k]]
    for row in rows[k + 1 : k + DEEPEST]:
        if not row.bold or row.base - block[-1].base > 1.2 * row.size:
            break
        block.append(row)
    end = k + len(block)
    left = min(r.words[0].x0 for r in block) + 3
    while end < min(len(rows), k + len(block) + NAME_LINES) and _is_alone_at(rows[end], left):
        end += 1  # the name of a section
    if len(block) < 2 or not rows[k].bold or end >= len(rows) or rows[end].bold:
        return False
    runs = [run for row in block for run in row.chunks(HEADER_GAP)]
    if len(runs) < 3 or any(len(run) > 5 or _CODE.match(run[0].text) for run in runs):
        return False
    places = {round((run[0].x0 + run[-1].x1) / 2 / (2 * rows[k].size)) for run in runs}
    cut = _parts_of_cut_words(runs, header_words)
    known = [run for run in runs if id(run) in cut or any(bare(w.text) in header_words for w in run)]
    named = [
        run
        for run in known
        if id(run) in cut
        or any(bare(w.text) in header_words and not _PERIOD.match(bare(w.text)) for w in run)
    ]
    return len(places) >= 3 and len(named) >= 2 and len(known) >= 3 and 2 * len(known) >= len(runs)


def _parts_of_cut_words(runs: Sequence[Sequence[TextItem]], header_words: Collection[str]) -> set[int]:
    """The chunks, by their ids, that make a known word with the next one below: "Perfor" over "mance"."""
    found: set[int] = set()
    for k, upper in enumerate(runs):
        below = (b for b in runs[k + 1 :] if b[0].base > upper[0].base + 1 and _stand_over(upper, b))
        lower = next(below, None)
        if lower is not None and bare(upper[-1].text) + bare(lower[0].text) in header_words:
            found |= {id(upper), id(lower)}
    return found


def _stand_over(upper: Sequence[TextItem], lower: Sequence[TextItem]) -> bool:
    return upper[0].x0 < lower[-1].x1 and lower[0].x0 < upper[-1].x1


def _is_alone_at(row: TextRow, left: float) -> bool:
    return row.words[0].x0 <= left and len(row.chunks(HEADER_GAP)) == 1


def starts_table(rows: Sequence[TextRow], k: int, header_words: Collection[str]) -> bool:
    """Is line ``k`` one of headings? Three known ones are enough, two where bold sets them off from the next lines."""
    hits = header_hits(rows[k], header_words)
    if hits >= 3 or _scattered_headings(rows, k, header_words):
        return True
    return hits == 2 and rows[k].bold and any(not r.bold for r in rows[k + 1 : k + 1 + BOLD_LINES])


def _is_code(run: Sequence[TextItem]) -> bool:
    """Does a chunk begin with the code of a measure, in brackets or not, or is it one of two words?"""
    if _holds_code(run[0]):
        return True
    first = run[0].text.strip()
    return (
        len(run) == 2
        and not _PERIOD.match(bare(first))
        and bool(_CODE_OF_TWO.match(f"{first} {run[1].text}"))
    )


# What a row of figures begins with: "HSG/001", "EN-3", "HM07", but not "Q2".
_CODE = re.compile(r"^(?!Q[1-4]\b)[A-Z]{1,6}[-/.]?\d{1,4}[a-z]?\b")
# "LPI 30a", "C&P PM12", but not "QTR 2" or "YEAR 2012".
_CODE_OF_TWO = re.compile(
    r"^(?!(?:Q|QTR|YEAR|FY|YTD|PERIOD) )[A-Z][A-Z&]{0,5} (?:[A-Z]{1,3}\d{1,3}|\d{1,3})[a-z]?$"
)
_MONTHS = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_PERIOD = re.compile(
    rf"^(?:q[1-4]|(?:19|20)\d\d(?:[/-]\d{{2,4}})?|(?:{_MONTHS})[a-z]*|\d{{1,2}}|quarter|qtr|year)$"
)
_FIGURE = re.compile(r"^[<>≤≥+\-−]?[£$€]?[\d,]*\.?\d+(?:%|m|k|bn)?$")


def is_figure(word: str) -> bool:
    """A number that is no year."""
    return bool(_FIGURE.match(word)) and not re.match(r"^(?:19|20)\d\d$", word)


def bare(text: str) -> str:
    """A word without punctuation, in small letters."""
    return text.strip(" .,:;()[]*†‡#?/|-–").lower()


def begins_with_code(row: TextRow) -> bool:
    """Is the first word of a line the code of a measure?"""
    return _holds_code(row.words[0])


def _holds_code(word: TextItem) -> bool:
    return bool(_CODE.match(word.text.strip().lstrip("([")))


def straddles(word: TextItem, edge: float, slack: float = 1.0) -> bool:
    return word.x0 < edge - slack and word.x1 > edge + slack


def parts_phrase(row: TextRow, edges: Sequence[float]) -> bool:
    """Does an edge stand between words as close as those of a sentence?"""
    return any(run[0].x0 < edge < run[-1].x1 for run in row.chunks(TIGHT_GAP) for edge in edges[1:-1])


def column_of(edges: Sequence[float], x: float) -> int:
    """The column between ``edges`` that a place lies in; columns are clamped to the table."""
    for k, edge in enumerate(edges[1:-1]):
        if x < edge:
            return k
    return len(edges) - 2


def columns_of_row(row: TextRow, edges: Sequence[float]) -> set[int]:
    """The columns that a line's words stand in."""
    return {column_of(edges, (w.x0 + w.x1) / 2) for w in row.words}


def only_a_figure(run: Sequence[TextItem]) -> bool:
    """Is a chunk nothing but a figure, with or without a unit behind it?"""
    figure = bare(run[0].text).strip("%£<>≥≤+").replace(",", "").replace(".", "")
    return len(run) <= 2 and figure.isdigit()


def figures(row: TextRow) -> int:
    """How many chunks of a line are nothing but a figure."""
    return sum(1 for run in row.chunks() if only_a_figure(run))
