"""What is found on a page: pieces of text, rules, fills, small shapes and images, in points as a viewer sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field

ICON = 42.0  # points: a drawn shape or image larger than this is no symbol in a cell
SMALLEST_ICON = 3.0


class TextItem(Struct):
    """A piece of text: box, baseline and size in points; ``angle`` is 0, 90, 180 or 270 as shown.

    ``shape`` is set where the text is a symbol; ``doubt`` where table and drawn outline disagree.
    ``score`` and ``doubts`` come with text read from a picture: how sure the engine was of the least sure
    character, from 0 to 1, and what speaks against the reading.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    angle: int
    font: str
    bold: bool
    colour: str
    font_key: int = 0
    shape: str | None = None
    doubt: bool = False
    score: float | None = None
    doubts: tuple[str, ...] = ()


class Rule(Struct):
    """A straight line; ``vertical`` or horizontal; ``at`` is its fixed coordinate."""

    vertical: bool
    at: float
    start: float
    end: float


class Fill(Struct):
    """A filled rectangle, in drawing order."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: str


class Shape(Struct):
    """A small drawn shape or image. ``colour`` is its ink."""

    x0: float
    top: float
    x1: float
    bottom: float
    shape: str | None
    colour: str | None
    origin: str


class RawPage(Struct):
    """What was found on a page, in points from the top left of the page as shown."""

    number: int
    width: float
    height: float
    items: list[TextItem] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    images: int = 0
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    drawings: list[tuple[float, float, float, float]] = field(default_factory=list)
    frames: list[tuple[float, float, float, float]] = field(default_factory=list)
    words: Callable[[], Sequence[TextItem]] = tuple
