"""What kind of cells a column holds, told from samples of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalise.codes import looks_like_code
from normalise.directions import direction_from_text
from normalise.polarity import read_polarity
from normalise.statuses import read_status
from normalise.values import read_value
from normalise.vocabulary import Vocabulary
from normalise.words import collapse

_MOST = 0.6  # share of the cells that must be of one kind
_NAMES = {
    "good_is": "which way is good",
    "status": "statuses",
    "direction": "directions",
    "code": "codes",
    "figures": "figures",
    "text": "text",
}


@dataclass(frozen=True, slots=True)
class Content:
    """Shares (0 to 1) of a column's non-empty cells by kind. ``kind``: the one that most are of, or None.

    ``cells`` counts samples, ``filled`` those with text; ``length`` is their mean number of characters.
    """

    cells: int = 0
    filled: int = 0
    length: float = 0.0
    kind: str | None = None
    share: float = 0.0
    codes: float = 0.0
    figures: float = 0.0

    @property
    def words(self) -> str:
        return _NAMES.get(self.kind or "", "other things")


def contents(cells: Sequence[str], vocabulary: Vocabulary) -> Content:
    """What the sample cells of one column are."""
    texts = [text for text in (collapse(cell) for cell in cells) if text]
    telling = [text for text in texts if not re.fullmatch(r"[-–—.]|n/?a|tbc|tba", text, re.IGNORECASE)]
    if not telling:
        return Content(len(cells), len(texts))
    counts = dict.fromkeys(_NAMES, 0)
    codes = 0
    for text in telling:
        counts[_kind(text, vocabulary)] += 1
        codes += _is_code(text, vocabulary)
    name, count = max(counts.items(), key=lambda item: item[1])
    share = count / len(telling)
    coded = codes / len(telling)
    if coded >= 0.8 and len(set(telling)) >= 0.8 * len(telling):
        name, share = "code", coded
    return Content(
        cells=len(cells),
        filled=len(texts),
        length=sum(map(len, telling)) / len(telling),
        kind=name if share >= _MOST else None,
        share=share,
        codes=coded,
        figures=counts["figures"] / len(telling),
    )


def _kind(text: str, vocabulary: Vocabulary) -> str:
    if read_polarity(text, vocabulary=vocabulary) and not re.fullmatch(r"\W+", text):
        return "good_is"
    if read_status(text, vocabulary=vocabulary):
        return "status"
    if direction_from_text(text, vocabulary=vocabulary):
        return "direction"
    value = read_value(text, vocabulary=vocabulary)
    if value is not None and value.value is not None:
        return "figures"
    return "text"


def _is_code(text: str, vocabulary: Vocabulary) -> bool:
    return len(text) <= 16 and looks_like_code(text, vocabulary=vocabulary)
