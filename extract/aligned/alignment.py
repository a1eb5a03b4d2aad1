"""Where the columns of a table without vertical rules run, and the rules and bands over its width.

Columns: the ends of ruling segments and fills where they repeat, else the white rivers that no word crosses.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from extract.aligned.chunks import CHUNK_GAP, HEADER_GAP, TextRow
from extract.aligned.column_starts import cut_at, left_edges, shared_ends, shared_starts
from extract.aligned.own_headings import own_headings
from extract.page.parts import RawPage, TextItem

WIDE = 2.0  # font sizes of white between two headings in which more than a space between words parts their columns
RIVER = 2.0  # points of white that part two columns, at least
SAME_EDGE = 2.0
MANY_LINES = 8
PROSE = 2  # pieces that left edges of columns may cut a line of prose into by chance
WIDE_RULE = 0.6  # share of the table's width that a rule between rows covers


def drawn_columns(page: RawPage, top: float, bottom: float, left: float, right: float) -> list[float]:
    """Column edges from the ends of horizontal rule segments and fills; empty where they do not repeat."""
    ends: list[float] = []
    for rule in page.rules:
        if not rule.vertical and top <= rule.at <= bottom and rule.end - rule.start < 0.9 * (right - left):
            ends += [rule.start, rule.end]
    for fill in page.fills:
        inside = top - 2 <= fill.top and fill.bottom <= bottom + 2
        if inside and fill.x1 - fill.x0 < 0.9 * (right - left) and fill.bottom - fill.top > 4:
            ends += [fill.x0, fill.x1]
    clusters: list[list[float]] = []
    for x in sorted(ends):
        if clusters and x - clusters[-1][-1] <= SAME_EDGE:
            clusters[-1].append(x)
        else:
            clusters.append([x])
    if not clusters:
        return []
    most = max(len(c) for c in clusters)
    return [sum(c) / len(c) for c in clusters if len(c) >= max(2, 0.3 * most)]


def rivers(
    header: Sequence[TextRow],
    body: Sequence[TextRow],
    left: float,
    right: float,
    shared: Collection[int] = (),
) -> list[float]:
    """Column edges in the middle of white strips that no header word and hardly any run of body words covers.

    ``shared``: the identities of first words of headings that are known to stand over several columns.
    """
    multi = [row for row in body if len(row.chunks()) >= 2]
    own = [
        [w for run in own_headings(row, header, multi) if id(run[0]) not in shared for w in run]
        for row in header
    ]
    spans = [(w.x0, w.x1) for words in own for w in words]
    # Spaces of running text hardly ever stand one below the other over many lines; over a few they may.
    gap = HEADER_GAP if len(multi) >= MANY_LINES else CHUNK_GAP
    starts = [*shared_starts(header, body), *left_edges(multi)]
    full = [row for row in body if row not in multi and _pieces(row, starts) > PROSE]
    multi += full  # rows whose cells are full leave no gaps
    lone = [(r.words[0].x0, r.extent()[1]) for r in body if len(r.chunks()) == 1 and r not in full]
    lone = [(a, b) for a, b in lone if b - a < 0.4 * (right - left)]
    ends = shared_ends(body)
    strips = _between_headings(spans, header) if gap > HEADER_GAP else []
    counted: list[tuple[float, float]] = [
        (part[0].x0, max(w.x1 for w in part))
        for row in multi
        for run in row.chunks(gap)
        for piece in cut_at(run, starts, ends)
        for part in _cut_between(piece, strips)
    ]
    # Cells that are cut out of the flow (a note over several columns) may cover a river now and then.
    allowed = len(multi) // 12
    events = sorted(
        [(x0, 1, 0) for x0, _ in counted]
        + [(x1, -1, 0) for _, x1 in counted]
        + [(x0, 0, 1) for x0, _ in spans]
        + [(x1, 0, -1) for _, x1 in spans]
    )
    edges: list[float] = [left]
    body_cover = header_cover = 0
    white_from: float | None = None
    for x, body_step, header_step in events:
        body_cover += body_step
        header_cover += header_step
        if body_cover <= allowed and header_cover == 0:
            white_from = x if white_from is None else white_from
            continue
        if white_from is not None and x - white_from >= RIVER and white_from > left:
            edges.append(_clearest(white_from, x, counted, spans, lone))
        white_from = None
    edges.append(right)
    return _worth_keeping(edges, [TextRow(words) for words in own if words], body)


def _between_headings(
    spans: Sequence[tuple[float, float]], header: Sequence[TextRow]
) -> list[tuple[float, float]]:
    """The wide white strips between headings."""
    strips: list[tuple[float, float]] = []
    reached = float("inf")
    for x0, x1 in sorted(spans):
        if x0 - reached >= WIDE * header[0].size:
            strips.append((reached, x0))
        reached = x1 if reached == float("inf") else max(reached, x1)
    return strips


def _cut_between(run: Sequence[TextItem], strips: Sequence[tuple[float, float]]) -> list[list[TextItem]]:
    """A run of words, cut where more than a space parts two of them in the white between two headings."""
    parts: list[list[TextItem]] = [[]]
    for word in run:
        last = parts[-1][-1] if parts[-1] else None
        if last and word.x0 - last.x1 > HEADER_GAP * word.size:
            inside = any(low <= last.x1 and word.x0 <= high for low, high in strips)
            parts += [[]] if inside else []
        parts[-1].append(word)
    return parts


def _pieces(row: TextRow, starts: Sequence[float]) -> int:
    return sum(len(cut_at(run, starts)) for run in row.chunks())


def _clearest(low: float, high: float, *covers: Sequence[tuple[float, float]]) -> float:
    """The middle of the widest part of a river that nothing at all covers, else that most covers leave free.

    The last covers tell least: a note below the table may reach over several columns.
    """
    best, at, middle = 0.0, low, (low + high) / 2
    inside = sorted((max(a, low), min(b, high)) for cover in covers for a, b in cover if a < high and b > low)
    for a, b in [*inside, (high, high)]:
        if a - at > best:
            best, middle = a - at, (a + at) / 2
        at = max(at, b)
    return middle if best or not covers else _clearest(low, high, *covers[:-1])


def _worth_keeping(edges: list[float], header: Sequence[TextRow], body: Sequence[TextRow]) -> list[float]:
    """Drop edges around strips that hold nothing, and merge strips that have no heading and few entries."""
    edges = _paired(edges, header, body)
    kept = [edges[0]]
    for low, high in pairwise(edges):
        headed = _entries(header, low, high) > 0
        filled = _beginnings(body, low, high)
        if headed or filled >= max(2, 0.3 * len(body)):
            kept.append(high)
        elif len(kept) > 1:
            kept[-1] = high
    if kept[-1] != edges[-1]:
        kept[-1] = edges[-1]
    return kept


def _entries(rows: Sequence[TextRow], low: float, high: float) -> int:
    return sum(1 for row in rows if any(low <= (w.x0 + w.x1) / 2 <= high for w in row.words))


def _one_heading(header: Sequence[TextRow], edge: float) -> bool:
    """Does a run of heading words stand across an edge?"""
    return any(run[0].x0 < edge < run[-1].x1 for row in header for run in own_headings(row, header))


def _white_at(header: Sequence[TextRow], edge: float) -> float:
    """How far apart the headings left and right of an edge stand at least."""
    gaps = [b.x0 - a.x1 for row in header for a, b in pairwise(row.words) if a.x1 <= edge <= b.x0]
    return min(gaps, default=0.0)


def _beginnings(rows: Sequence[TextRow], low: float, high: float) -> int:
    return sum(1 for row in rows if any(low <= run[0].x0 < high for run in row.chunks()))


def _paired(edges: list[float], header: Sequence[TextRow], body: Sequence[TextRow]) -> list[float]:
    """Join a strip that has a heading and no entry with a neighbour that has entries and no heading.

    A heading set centred over codes set to the left stands beside them, not above them.
    """
    # Counted by where runs of words begin, so that a strip that long titles reach into is not taken as filled.
    enough = max(1, len(body) // 5)
    edges = [
        low
        for k, (low, high) in enumerate(pairwise(edges))
        if k == 0 or _entries(header, low, high) or _beginnings(body, low, high) >= enough
    ] + [edges[-1]]
    strips = list(pairwise(edges))
    headed = [_entries(header, *s) > 0 for s in strips]
    filled = [_beginnings(body, *s) >= enough for s in strips]
    dropped: set[int] = set()
    for k in range(len(strips) - 1):
        # Two words of one heading may stand over a white strip; the one without entries is no column.
        both = filled[k] and filled[k + 1]
        if headed[k] and headed[k + 1] and not both and _one_heading(header, edges[k + 1]):
            torn = k in dropped and not filled[k] and filled[k - 1] and filled[k + 1]
            if not torn:
                dropped.add(k + 1)
            elif _white_at(header, edges[k + 1]) < _white_at(header, edges[k]):
                dropped.remove(k)
                dropped.add(k + 1)
            continue
        wider = filled[k] and _take_turns(body, strips[k], strips[k + 1])
        alone = (headed[k] and (not filled[k] or wider) and filled[k + 1] and not headed[k + 1]) or (
            filled[k] and not headed[k] and headed[k + 1] and not filled[k + 1]
        )
        if alone and k not in dropped:
            dropped.add(k + 1)
    return [e for k, e in enumerate(edges) if k not in dropped]


def _take_turns(rows: Sequence[TextRow], first: tuple[float, float], second: tuple[float, float]) -> bool:
    """Do texts begin in the second of two strips, some wider ones in the first, and never in both of one line?"""
    begun = [
        [any(low <= run[0].x0 < high for run in row.chunks()) for low, high in (first, second)]
        for row in rows
    ]
    few, many = (sum(1 for b in begun if b[k]) for k in range(2))
    return 2 * few < many and not any(all(b) for b in begun)


def wide_rules(page: RawPage, top: float, bottom: float, left: float, right: float) -> list[float]:
    """Heights of horizontal rules, or of fills' edges, that cover most of the table's width."""
    pieces: list[tuple[float, float, float]] = [
        (r.at, r.start, r.end) for r in page.rules if not r.vertical and top <= r.at <= bottom
    ]
    pieces.sort()
    found: list[float] = []
    group: list[tuple[float, float, float]] = []
    for piece in [*pieces, (float("inf"), 0.0, 0.0)]:
        if group and piece[0] - group[-1][0] > 1.5:
            if _covered(group, left, right) >= WIDE_RULE * (right - left):
                found.append(sum(p[0] for p in group) / len(group))
            group = []
        group.append(piece)
    return found


def _covered(group: Sequence[tuple[float, float, float]], left: float, right: float) -> float:
    total, reached = 0.0, left
    for _, begin, finish in sorted(group, key=lambda p: p[1]):
        start, end = max(begin, reached), min(finish, right)
        if end > start:
            total += end - start
            reached = end
    return total


def band_edges(page: RawPage, top: float, bottom: float, left: float, right: float) -> list[float]:
    """Upper and lower edges of fills as wide as the table (row bands), as hints where rows part."""
    edges: set[float] = set()
    strips: dict[tuple[float, float], float] = {}
    for fill in page.fills:
        if top - 3 <= fill.top and fill.bottom <= bottom + 3 and fill.bottom - fill.top > 4:
            key = (round(fill.top, 0), round(fill.bottom, 0))
            width = min(fill.x1, right) - max(fill.x0, left)
            strips[key] = strips.get(key, 0.0) + max(0.0, width)
    for (upper, lower), width in strips.items():
        if width >= WIDE_RULE * (right - left):
            edges |= {upper, lower}
    return sorted(edges)
