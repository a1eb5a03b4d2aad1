"""What kind of cells a column holds, told from samples of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from normalise.codes import looks_like_code
from normalise.directions import direction_from_text
from normalise.memory import remembered
from normalise.performance import holds_performance
from normalise.polarity import read_polarity
from normalise.statuses import read_status
from normalise.values import read_value
from normalise.vocabulary import Vocabulary
from normalise.words import collapse

_CODED = 0.8  # share of distinct codes from which a column holds codes
_LONGEST_CODE = 16
_LONGEST_STATUS = 5  # words
_RATED = re.compile(r"(?P<name>\S+(?:\s\S+){2,})\s[(\[](?P<status>[^()\[\]]+)[)\]]")
_TELLING = 0.3  # share of the cells that must have text before they tell anything
_MOST = 0.6  # share of the cells that must be of one kind
_LEVELS = ("high", "low")
_NAMES = {
    "good_is": "which way is good",
    "status": "statuses",
    "direction": "directions",
    "code": "codes",
    "figures": "figures",
    "text": "text",
    "telling": "words that say which way is good",
    "amounts": "figures of more than a digit",
    "ways": "directions that are not up",
    "performance": "target and actual in one cell",
}


class Content(Struct, frozen=True):
    """Shares (0 to 1) of a column's telling cells by kind. ``kind``: the one that most are of, or None.

    ``cells`` counts samples, ``filled`` those with text; ``length`` is their mean number of characters.
    ``fits`` says for each kind how many cells could be of it ("Up" may be a direction or a polarity).
    """

    cells: int = 0
    filled: int = 0
    length: float = 0.0
    kind: str | None = None
    share: float = 0.0
    fits: dict[str, float] = field(default_factory=dict)

    @property
    def codes(self) -> float:
        return self.fits.get("code", 0.0)

    @property
    def figures(self) -> float:
        return self.fits.get("figures", 0.0)

    @property
    def amounts(self) -> float:
        return self.fits.get("amounts", 0.0)

    @property
    def words(self) -> str:
        return _NAMES.get(self.kind or "", "other things")

    def may_hold(self, name: str) -> bool:
        """Whether most cells could be of a kind."""
        return self.fits.get(name, 0.0) >= _MOST


_TELLS_NOTHING = re.compile(r"[-–—.]|n/?a|tbc|tba", re.IGNORECASE)


def contents(cells: Sequence[str], vocabulary: Vocabulary) -> Content:
    """What the sample cells of one column are."""
    texts = [text for text in (collapse(cell) for cell in cells) if text]
    telling = [text for text in texts if not _TELLS_NOTHING.fullmatch(text)]
    if not telling or len(telling) < len(cells) * _TELLING:
        return Content(len(cells), len(texts))
    kinds = [_kinds(text, vocabulary) for text in telling]
    fits = {name: sum(name in found for found in kinds) / len(telling) for name in _NAMES}
    firsts = [found[0] for found in kinds]
    name = max(_NAMES, key=firsts.count)
    share = firsts.count(name) / len(telling)
    if fits["code"] >= _CODED and len(set(telling)) >= _CODED * len(telling):
        name, share = "code", fits["code"]
    return Content(
        cells=len(cells),
        filled=len(texts),
        length=sum(map(len, telling)) / len(telling),
        kind=name if share >= _MOST else None,
        share=share,
        fits=fits,
    )


@remembered
def _kinds(text: str, vocabulary: Vocabulary) -> list[str]:
    """Everything one cell could be, the likeliest first."""
    if holds_performance(text):
        return ["performance", "text"]
    direction = direction_from_text(text, vocabulary=vocabulary)
    polarity = read_polarity(text, vocabulary=vocabulary)
    value = read_value(text, vocabulary=vocabulary)
    found = {
        "good_is": bool(polarity) and direction is None,
        "status": len(text.split()) <= _LONGEST_STATUS
        and read_status(text, vocabulary=vocabulary) is not None
        and not _names_rated(text, vocabulary),
        "direction": direction is not None,
        "figures": value is not None and value.value is not None,
    }
    amount = found["figures"] and len(text) > 1  # a single digit may be an arrow of a symbol font
    names = [name for name, fits in found.items() if fits] or ["text"]
    if amount and direction is not None and re.search(r"\d", text):
        names.sort(key=lambda name: name != "figures")  # "95.1% ▲" is a figure with its arrow
    if polarity and any(word in text.lower() for word in vocabulary.polarity.telling):
        names.append("telling")
    if polarity and direction is not None:
        # "Lower" under a heading that says nothing is no arrow; under "Trend" it may be one.
        names.insert(0 if text.lower().startswith(_LEVELS) else len(names), "good_is")
    if direction is not None and direction.direction in ("down", "level"):
        names.append("ways")
    if amount:
        names.append("amounts")
    if len(text) <= _LONGEST_CODE and looks_like_code(text, vocabulary=vocabulary):
        names.append("code")
    return names


def _names_rated(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a title with its status: "Homes let in time (RED)"."""
    rated = _RATED.fullmatch(text)
    return (
        rated is not None
        and read_status(rated["status"], vocabulary=vocabulary) is not None
        and read_status(rated["name"], vocabulary=vocabulary) is None
    )
