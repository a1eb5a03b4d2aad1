"""Lines of words as chunks: runs of words with ordinary spaces between them, parted by wider gaps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pages import TextItem

# In font sizes. Ordinary word spaces are 0.2 to 0.4; justified text reaches 0.6.
CHUNK_GAP = 0.75
HEADER_GAP = 0.45


@dataclass(slots=True)
class TextRow:
    """Words on one baseline, from left to right."""

    words: list[TextItem]

    @property
    def base(self) -> float:
        return max(self.words, key=lambda w: w.size).base

    @property
    def size(self) -> float:
        return max(w.size for w in self.words)

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
    """How many chunks of a line hold a header word; 0 for a line that reads as a sentence."""
    runs = row.chunks(HEADER_GAP)
    if len(runs) < 3:
        return 0
    hits = sum(1 for run in runs if any(bare(w.text) in header_words for w in run))
    words = sum(len(run) for run in runs)
    return hits if words <= 4 * len(runs) else 0


def bare(text: str) -> str:
    """A word without punctuation, in small letters."""
    return text.strip(" .,:;()[]*†‡#?/|-–").lower()


def straddles(word: TextItem, edge: float, slack: float = 1.0) -> bool:
    return word.x0 < edge - slack and word.x1 > edge + slack


def column_of(edges: Sequence[float], x: float) -> int:
    """The column between ``edges`` that a place lies in; columns are clamped to the table."""
    for k, edge in enumerate(edges[1:-1]):
        if x < edge:
            return k
    return len(edges) - 2
