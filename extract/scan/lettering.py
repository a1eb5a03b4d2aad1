"""From lines as recognised to words with box, baseline, size and weight, measured on their ink."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct, field

from extract.scan.engine import Heard, Letter
from extract.scan.ink import Blob, blobs, darkness, ink_colour, ink_mask, luminance, stroke

if TYPE_CHECKING:
    from extract.scan.ink import Mask
    from extract.scan.picture import Pixels

# Heights of letters over the baseline and depths under it, in font sizes, as in common text fonts.
CAPITAL, SMALL, LONG, DEEP = 0.72, 0.52, 0.73, 0.21
WIDE = 0.9  # heights of tall letters, about 0.65 font sizes: a space so wide is none within a word
_TALL = frozenset("bdfhklABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!?£$€%&#([{/|")
_LOW = frozenset("acegmnopqrsuvwxyz")
_HANGS = frozenset("gjpqyQ")
_DEEP_SIGNS = frozenset("()[]{}/|@$€&§")  # a comma is too small a piece of ink to count


class Word(Struct):
    """A word in pixels of its line's picture, with its letters; ``rise`` is its height over the baseline."""

    letters: list[Letter]
    x0: int
    top: int
    x1: int
    bottom: int
    doubts: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(x.char for x in self.letters)


class Lettering(Struct):
    """A line in its picture: words, ink, baseline and size in pixels. ``size`` is 0 where no letter tells it."""

    words: list[Word]
    pieces: list[Blob]
    mask: Mask
    base: float
    size: float
    stroke: float
    darkness: float  # levels between the ink and its ground; blur spreads thin strokes and makes them paler
    colour: str


def measure(heard: Heard, crop: Pixels) -> Lettering:
    """Where the words of a line stand, and how they are set."""
    grey = luminance(crop)
    mask = ink_mask(grey)
    height, width = mask.shape
    pieces = _of_the_line(blobs(mask), height, width)
    words = _words(heard, pieces, width)
    told = [t for t in map(_set_as, words) if t is not None]
    # Words without descenders tell best, for the picture of a line may have cut those off.
    best = min((t.rank for t in told), default=0)
    size = median(t.size for t in told if t.rank == best) if told else 0.0
    base = median(t.base for t in told if t.rank == best) if told else _by_depth(words, size, height)
    return Lettering(
        words, pieces, mask, base, size, stroke(mask), darkness(grey, mask), ink_colour(crop, mask)
    )


def _of_the_line(found: Sequence[Blob], height: int, width: int) -> list[Blob]:
    """The pieces of ink that are the line's own: no specks, nothing that only reaches in from above or below."""
    speck = max(2.0, 0.0012 * height * height)
    kept = []
    for b in found:
        if b.area < speck:
            continue
        middle = (b.top + b.bottom) / 2
        if (b.top == 0 and middle < 0.22 * height) or (b.bottom == height and middle > 0.85 * height):
            continue
        if b.x1 - b.x0 <= 2 and b.bottom - b.top >= 0.95 * height:  # what is left of a rule
            continue
        kept.append(b)
    return _without_neighbours(kept, height, width)


def _without_neighbours(pieces: list[Blob], height: int, width: int) -> list[Blob]:
    """The pieces from left to right without narrow ones at either end that the crop has cut from the next line."""
    apart, narrow = 0.25 * height, 0.3 * height
    if (
        len(pieces) > 2
        and pieces[0].x0 == 0
        and pieces[0].x1 < narrow
        and pieces[1].x0 - pieces[0].x1 > apart
    ):
        pieces = pieces[1:]
    if len(pieces) > 2 and pieces[-1].x1 == width and width - pieces[-1].x0 < narrow:
        reached = max(p.x1 for p in pieces[:-1])
        if pieces[-1].x0 - reached > apart:
            pieces = pieces[:-1]
    return pieces


def _words(heard: Heard, pieces: Sequence[Blob], width: int) -> list[Word]:
    groups: list[list[Letter]] = [[]]
    for letter in heard.letters:
        if letter.char == " ":
            if groups[-1]:
                groups.append([])
        else:
            groups[-1].append(letter)
    wide = _wide_gaps(pieces)
    groups = [part for g in groups if g for part in _parted(g, wide, width)]
    if not groups:
        return []
    edges = [0.0]
    for a, b in pairwise(groups):
        edges.append(_gap(a[-1].at * width, b[0].at * width, pieces))
    edges.append(float(width))
    words = []
    for group, left, right in zip(groups, edges, edges[1:], strict=False):
        own = [p for p in pieces if left <= (p.x0 + p.x1) / 2 < right]
        if own:
            big = [p for p in own if p.bottom - p.top >= 0.5 * max(q.bottom - q.top for q in own)]
            words.append(
                Word(
                    group,
                    max(min(p.x0 for p in own), int(left)),
                    min(p.top for p in big),
                    min(max(p.x1 for p in own), int(right) + 1),
                    max(p.bottom for p in big),
                )
            )
        else:
            x0, x1 = int(group[0].at * width), int(group[-1].at * width) + 1
            words.append(Word(group, x0, 0, max(x1, x0 + 1), 0))
    return words


def _wide_gaps(pieces: Sequence[Blob]) -> list[float]:
    """The middles of the spaces in the ink of a line that are too wide to stand within a word."""
    if not pieces:
        return []
    heights = sorted(p.bottom - p.top for p in pieces)
    least = WIDE * heights[int(0.8 * (len(heights) - 1))]
    found: list[float] = []
    reached = pieces[0].x1
    for piece in pieces[1:]:
        if piece.x0 - reached > least:
            found.append((piece.x0 + reached) / 2)
        reached = max(reached, piece.x1)
    return found


def _parted(letters: list[Letter], gaps: Sequence[float], width: int) -> list[list[Letter]]:
    """Letters that were read as one word, parted where the ink has a wide space: there a space was passed over, or two columns meet."""
    parts: list[list[Letter]] = [[]]
    for letter in letters:
        if parts[-1] and any(parts[-1][-1].at * width < gap < letter.at * width for gap in gaps):
            parts.append([])
        parts[-1].append(letter)
    return parts


def _gap(left: float, right: float, pieces: Sequence[Blob]) -> float:
    """The middle of the widest space without ink between two places."""
    edges = [left]
    taken = sorted((p.x0, p.x1) for p in pieces if p.x1 > left and p.x0 < right)
    best, at, reached = 0.0, (left + right) / 2, edges[0]
    for x0, x1 in [*taken, (right, right)]:
        if x0 - reached > best:
            best, at = x0 - reached, (x0 + reached) / 2
        reached = max(reached, float(x1))
    return at


class _Told(Struct, frozen=True):
    """What a word's ink tells of its line, in pixels; the lower ``rank`` the surer."""

    base: float
    size: float
    rank: int


def _set_as(word: Word) -> _Told | None:
    """The baseline and the font size that a word's ink tells, None where it tells neither."""
    chars = set(word.text)
    tall, low = bool(chars & _TALL), bool(chars & _LOW)
    if word.bottom <= word.top or not (tall or low):
        return None
    rise = CAPITAL if tall else SMALL
    if not tall and chars & set("tij"):
        rise = 0.68
    hangs, signs = bool(chars & _HANGS), bool(chars & _DEEP_SIGNS)
    if signs and not hangs:
        return None
    depth = DEEP if hangs else 0.0
    size = (word.bottom - word.top) / (rise + depth)
    return _Told(word.bottom - depth * size, size, 2 if hangs else 0 if tall else 1)


def _by_depth(words: Sequence[Word], size: float, height: int) -> float:
    inked = [w for w in words if w.bottom > w.top]
    if not inked:
        return 0.78 * height
    bottom = max(w.bottom for w in inked)
    chars = {c for w in words for c in w.text}
    if chars & (_HANGS | _DEEP_SIGNS):
        tall = size or (bottom - min(w.top for w in inked)) / (CAPITAL + DEEP)
        return bottom - DEEP * tall
    return float(bottom)
