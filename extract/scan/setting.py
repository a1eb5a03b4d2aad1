"""What a whole page tells of how its lines are set: few sizes of type, and which lines are bold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from extract.scan.lettering import Lettering

LIKE = 0.14  # share by which sizes may differ that are one size, measured on few letters
APART = 0.09  # share by which two sizes of a page differ
BOLDER = 1.2  # times the strokes of the page's plain text
OF_A_BOX = 0.62  # font size over the height of the box a line was found in


def settled_sizes(settings: Sequence[Lettering], heights: Sequence[int]) -> list[float]:
    """A size for each line, those that are nearly alike made one; by the height of its box where no letter tells."""
    weights = [(s.size, sum(len(w.letters) for w in s.words)) for s in settings if s.size]
    peaks: list[float] = []
    while weights:
        peak = max(weights, key=lambda w: sum(n for size, n in weights if abs(size - w[0]) <= 0.06 * w[0]))[0]
        near = [size for size, n in weights if abs(size - peak) <= 0.06 * peak for _ in range(n)]
        peaks.append(median(near) if near else peak)
        weights = [w for w in weights if abs(w[0] - peaks[-1]) > APART * peaks[-1]]
    out = []
    for setting, height in zip(settings, heights, strict=True):
        size = setting.size or OF_A_BOX * height
        near = [p for p in peaks if abs(size - p) <= APART * p][:1] or [
            p for p in peaks if abs(size - p) <= LIKE * p
        ]
        out.append(min(near, key=lambda p: abs(size - p)) if near else size)
    return out


def bold_from(settings: Sequence[Lettering]) -> Callable[[Lettering], bool]:
    """How to tell which lines are bold: by strokes clearly heavier than those of most letters of the page.

    The weight is thickness times darkness, in font sizes: in a coarse or blurred picture all strokes are
    about as thick, but thin ones paler. Coloured letters are taken to be as dark as the others.
    """
    inked = [s.darkness for s in settings if _is_black(s)]
    dark = median(inked) if inked else 1.0

    def weight(setting: Lettering) -> float:
        return setting.stroke * (setting.darkness if _is_black(setting) else dark) / (setting.size or 1.0)

    usual = [weight(s) for s in settings for w in s.words for _ in w.letters if s.size and s.stroke]
    plain = median(usual) if usual else 0.0
    return lambda setting: bool(plain and setting.size) and weight(setting) > BOLDER * plain


def _is_black(setting: Lettering) -> bool:
    return setting.colour == "000000" and setting.darkness > 0
