"""Headings set on their side: laid level, so that a line of headings can be found like any other."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extract.page.parts import TextItem

SIDEWAYS = (90, 270)
SPACE = 0.45  # font sizes between the words of one heading, at most
LARGER = 1.15  # a caption above the headings against them


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
        bold, size = inside[0].bold, inside[0].size
        # Upright headings in the same header cells may be set to the top, above the longest turned one.
        beside = [
            w
            for w in upright
            if top - (2 * size if w.bold == bold and w.size < LARGER * size else 2)
            <= (w.top + w.bottom) / 2
            <= bottom + 2
        ]
        beside = [w for run in _runs(beside) if not _stands_over(run, inside) for w in run]
        # Along a turned line the reading order runs up the page (90) or down it (270).
        inside.sort(key=lambda w: -w.bottom if w.angle == 90 else w.top)
        for line in _lines(inside):
            x0, x1 = min(w.x0 for w in line), max(w.x1 for w in line)
            out += [replace(w, x0=x0, x1=x1, base=bottom, angle=0) for w in line]
        out += [replace(w, base=bottom) for w in beside]
        upright = [w for w in upright if w not in beside]
    return [*upright, *out]


def _runs(words: Sequence[TextItem]) -> list[list[TextItem]]:
    """Upright words as they follow one another on their lines."""
    runs: list[list[TextItem]] = []
    for word in sorted(words, key=lambda w: (round(w.base), w.x0)):
        last = runs[-1][-1] if runs else None
        if last and round(last.base) == round(word.base) and word.x0 - last.x1 <= SPACE * word.size:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _stands_over(run: Sequence[TextItem], turned: Sequence[TextItem]) -> bool:
    """Is a run a heading over turned ones, and not one beside them?"""
    x0, x1, bottom = run[0].x0, run[-1].x1, max(w.bottom for w in run)
    return any(min(x1, t.x1) - max(x0, t.x0) > 1 and t.top >= bottom - 1 for t in turned)


def _lines(words: Sequence[TextItem]) -> list[list[TextItem]]:
    """Turned words grouped by their baselines, from left to right; the order within a line is kept."""
    lines: list[list[TextItem]] = []
    for word in sorted(words, key=lambda w: w.base):
        if lines and abs(word.base - lines[-1][0].base) <= 0.3 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    place = {id(w): k for k, w in enumerate(words)}
    return [sorted(line, key=lambda w: place[id(w)]) for line in lines]


def _bands(turned: Sequence[TextItem]) -> list[tuple[float, float]]:
    """Vertical stretches that turned words cover, merged where they overlap."""
    bands: list[tuple[float, float]] = []
    for word in sorted(turned, key=lambda w: w.top):
        if bands and word.top <= bands[-1][1] + word.size:
            bands[-1] = (bands[-1][0], max(bands[-1][1], word.bottom))
        else:
            bands.append((word.top, word.bottom))
    return bands
