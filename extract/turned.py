"""Headings set on their side: laid level, so that a line of headings can be found like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.pages import TextItem

SIDEWAYS = (90, 270)


def level_turned_headings(words: Sequence[TextItem]) -> list[TextItem]:
    """The words for finding lines: turned words laid on one line with the upright ones beside them.

    Each keeps its place from left to right and its text; only baselines change. Words of one turned line
    share its width, so they stay one heading.
    """
    turned = [w for w in words if w.angle in SIDEWAYS]
    upright = [w for w in words if w.angle == 0]
    if not turned:
        return upright
    out: list[TextItem] = []
    for top, bottom in _bands(turned):
        inside = [w for w in turned if top - 1 <= (w.top + w.bottom) / 2 <= bottom + 1]
        beside = [w for w in upright if top - 2 <= (w.top + w.bottom) / 2 <= bottom + 2]
        # Along a turned line the reading order runs up the page (90) or down it (270).
        inside.sort(key=lambda w: (round(w.base), -w.bottom if w.angle == 90 else w.top))
        out += [replace(w, base=bottom, angle=0) for w in [*inside, *beside]]
        upright = [w for w in upright if w not in beside]
    return [*upright, *out]


def _bands(turned: Sequence[TextItem]) -> list[tuple[float, float]]:
    """Vertical stretches that turned words cover, merged where they overlap."""
    bands: list[tuple[float, float]] = []
    for word in sorted(turned, key=lambda w: w.top):
        if bands and word.top <= bands[-1][1] + word.size:
            bands[-1] = (bands[-1][0], max(bands[-1][1], word.bottom))
        else:
            bands.append((word.top, word.bottom))
    return bands
