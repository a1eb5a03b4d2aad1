"""What a whole page tells of how its lines are set: few sizes of type, and which lines are bold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from extract.scan.lettering import Lettering

LIKE = 0.14  # share by which sizes may differ that are one size, measured on few letters
BOLDER = 1.28  # times the strokes of the page's plain text
OF_A_BOX = 0.62  # font size over the height of the box a line was found in


def settled_sizes(settings: Sequence[Lettering], heights: Sequence[int]) -> list[float]:
    """A size for each line, those that are nearly alike made one; by the height of its box where no letter tells."""
    weights = [(s.size, sum(len(w.letters) for w in s.words)) for s in settings if s.size]
    peaks: list[float] = []
    while weights:
        peak = max(weights, key=lambda w: sum(n for size, n in weights if abs(size - w[0]) <= 0.06 * w[0]))[0]
        near = [size for size, n in weights if abs(size - peak) <= 0.06 * peak for _ in range(n)]
        peaks.append(median(near) if near else peak)
        weights = [w for w in weights if abs(w[0] - peaks[-1]) > LIKE * peaks[-1]]
    out = []
    for setting, height in zip(settings, heights, strict=True):
        size = setting.size or OF_A_BOX * height
        near = [p for p in peaks if abs(size - p) <= LIKE * p]
        out.append(min(near, key=lambda p: abs(size - p)) if near else size)
    return out


def bold_from(settings: Sequence[Lettering]) -> Callable[[Lettering], bool]:
    """How to tell which lines are bold: by strokes clearly thicker than those of most letters of the page."""
    usual = [s.bold_measure for s in settings for w in s.words for _ in w.letters if s.bold_measure]
    plain = median(usual) if usual else 0.0
    return lambda setting: bool(plain) and setting.bold_measure > BOLDER * plain
