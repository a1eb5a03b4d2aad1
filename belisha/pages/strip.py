"""The strip chart: figure against target on the rule's bands, as a small SVG."""

from __future__ import annotations

from belisha.pages.bands import Stretch, Strip, number
from belisha.pages.markup import Markup, join, tag
from belisha.tones import in_words, tones

SMALL_WIDTH, SMALL_HEIGHT = 120, 20
WIDTH, HEIGHT = 420, 62
LETTERS_FROM = 9.0  # units of width a band needs for its letter
WORDS_PER_LETTER = 6.2


def small_strip(strip: Strip | None) -> Markup:
    """For a cell of the table: bands, target as an upright line, figure as a dot."""
    if strip is None:
        return tag("span", "none", cls="vh")
    parts = [_band(strip, s, SMALL_WIDTH, 5, 10) for s in strip.stretches]
    if not strip.stretches:
        parts.append(tag("line", cls="axis", x1="0", x2=SMALL_WIDTH, y1="10", y2="10"))
    for s in strip.stretches:
        start, end = strip.place(s.low) * SMALL_WIDTH, strip.place(s.high) * SMALL_WIDTH
        x = _clear(start, end, LETTERS_FROM, strip.place(strip.figure) * SMALL_WIDTH, 4)
        if s.status and x is not None:
            parts.append(tag("text", in_words(s.status)[:1].upper(), x=round(x, 1), y="13", cls="letter"))
    if strip.target is not None:
        x = round(strip.place(strip.target) * SMALL_WIDTH, 1)
        parts.append(tag("line", cls="target", x1=x, x2=x, y1="1", y2="19"))
    parts.append(
        tag("circle", cls="figure", cx=round(strip.place(strip.figure) * SMALL_WIDTH, 1), cy="10", r="4")
    )
    return tag(
        "svg",
        parts,
        cls="strip",
        viewBox=f"0 0 {SMALL_WIDTH} {SMALL_HEIGHT}",
        width=SMALL_WIDTH,
        height=SMALL_HEIGHT,
        role="img",
        aria_label=strip.told(),
    )


def large_strip(strip: Strip, heading: str) -> Markup:
    """With words and figures on it, for a row that is opened."""
    parts = [_band(strip, s, WIDTH, 20, 18) for s in strip.stretches]
    if not strip.stretches:
        parts.append(tag("line", cls="axis", x1="0", x2=WIDTH, y1="29", y2="29"))
    edge = -100.0
    for i, s in enumerate(strip.stretches):
        start, end = strip.place(s.low) * WIDTH, strip.place(s.high) * WIDTH
        word = in_words(s.status) if s.status else "no status"
        for shown in (word, word[:1].upper()):
            x = _clear(start, end, len(shown) * WORDS_PER_LETTER, strip.place(strip.figure) * WIDTH, 8)
            if x is not None:
                parts.append(tag("text", shown, x=round(x, 1), y="33", cls="letter"))
                break
        label = number(s.low)
        if i and start - edge > len(label) * WORDS_PER_LETTER + 6:
            parts.append(tag("text", label, x=round(start, 1), y="52", cls="edge"))
            edge = start
    if strip.target is not None:
        x = round(strip.place(strip.target) * WIDTH, 1)
        parts.append(tag("line", cls="target", x1=x, x2=x, y1="14", y2="44"))
    parts.append(tag("circle", cls="figure", cx=round(strip.place(strip.figure) * WIDTH, 1), cy="29", r="6"))
    parts.extend(_flags(strip))
    drawn = tag(
        "svg",
        parts,
        cls="strip large",
        viewBox=f"-4 0 {WIDTH + 8} {HEIGHT - 6}",
        role="img",
        aria_label=strip.told(),
    )
    return tag("figure", join(tag("figcaption", heading), drawn), cls="stripbox")


def _clear(start: float, end: float, wide: float, dot: float, radius: float) -> float | None:
    """Where in a stretch a word of this width keeps clear of the dot: the middle of the larger free part."""
    parts = [(start, end)]
    if start - radius < dot < end + radius:
        parts = [(start, dot - radius), (dot + radius, end)]
    low, high = max(parts, key=lambda part: part[1] - part[0])
    return (low + high) / 2 if high - low >= wide else None


def _flags(strip: Strip) -> list[Markup]:
    """Figure and target in figures above the line, set apart where they would run into one another."""
    labels = [
        (
            strip.place(strip.figure) * WIDTH,
            f"{'figure' if strip.field == 'status' else 'forecast'} {strip.figure_printed}",
            "flag own",
        )
    ]
    if strip.target is not None:
        labels.append((strip.place(strip.target) * WIDTH, f"target {strip.target_printed}", "flag"))
    labels = [(x, words if len(words) < 34 else words[:32] + "…", kind) for x, words, kind in labels]
    labels.sort()
    if len(labels) == 2:
        halves = [len(words) * WORDS_PER_LETTER / 2 for _, words, _ in labels]
        lap = labels[0][0] + halves[0] + 8 - (labels[1][0] - halves[1])
        if lap > 0:
            labels = [
                (labels[0][0] - lap / 2, *labels[0][1:]),
                (labels[1][0] + lap / 2, *labels[1][1:]),
            ]
    placed: list[Markup] = []
    for x, words, kind in labels:
        half = len(words) * WORDS_PER_LETTER / 2
        inside = max(half, min(x, WIDTH - half))
        placed.append(tag("text", words, x=round(inside, 1), y="10", cls=kind))
    if len(labels) == 2:  # clamping at an end may have pushed them together again: then one line each
        (x0, w0, _), (x1, w1, _) = labels
        half0, half1 = len(w0) * WORDS_PER_LETTER / 2, len(w1) * WORDS_PER_LETTER / 2
        left = max(half0, min(x0, WIDTH - half0))
        right = max(half1, min(x1, WIDTH - half1))
        if left + half0 > right - half1:
            both = f"{w0}   {w1}"
            return [tag("text", both, x=round(WIDTH / 2, 1), y="10", cls="flag")]
    return placed


def _band(strip: Strip, stretch: Stretch, width: int, y: int, height: int) -> Markup:
    x0, x1 = strip.place(stretch.low) * width, strip.place(stretch.high) * width
    tone = tones().of_status(stretch.status).name if stretch.status else "gap"
    return tag(
        "rect", cls=f"band t-{tone}", x=round(x0, 1), y=y, width=round(max(x1 - x0, 0.5), 1), height=height
    )
