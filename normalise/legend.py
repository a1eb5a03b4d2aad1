"""The report's own rating rule, wherever it stands: list, sentence, table, footnote or beside coloured keys.

``find_rules`` gives the entries as printed. Every place offers candidates; candidates that stand together
make a block, and the block that reads most like a rule is taken. A block of one status is no rule.
``find_arrow_legend`` gives what the direction arrows mean, which is no rating rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from extract.cells import Glyph, Line, Table
from normalise.legends.arrows import find_arrow_legend
from normalise.legends.keys import LIGHT_SHAPES, entries_beside_keys, entries_in_table
from normalise.legends.signs import lone_signs
from normalise.legends.text import entries_in, loosely_named, status_alone, without_next_label
from normalise.legends.words import Named, cleaned, is_rule_text, legend_words, status_of
from normalise.lights import Lights, lights_of
from normalise.passages import whole_over_pages
from normalise.records import BBox, Passage, SchemeEntry
from normalise.statuses import is_rated
from normalise.vocabulary import load, snake

__all__ = ["find_arrow_legend", "find_lights", "find_rules"]


class _Candidate(Struct, frozen=True):
    """An entry with its place in reading order; entries of one ``group`` were printed as one thing."""

    entry: SchemeEntry
    order: float
    group: int
    firm: bool


def find_rules(
    passages: Sequence[Passage],
    tables: Sequence[Table] = (),
    *,
    lines: Sequence[Line] = (),
    glyphs: Sequence[Glyph] = (),
    used: Collection[str] = (),
    marked: Sequence[SchemeEntry] = (),
) -> tuple[tuple[SchemeEntry, ...], ...]:
    """Every rating rule that the report prints, the one that reads most like its rule first.

    Each holds its entries in printed order. Further rules count where they give something to reckon with and say
    other things than the ones before them; a key that is repeated on each page is one.

    ``lines`` and ``glyphs`` are those outside tables: with them, keys that are only a coloured shape beside
    words are read too. ``used`` are the statuses of the report's own tables; a block that defines them goes
    before one that does not. ``marked`` is the key of statuses that are printed as numbers or stars.
    """
    candidates = list(_from_passages(whole_over_pages(passages)))
    blocks = [_block_entries(marked), *_blocks(candidates), *_keys(tables, lines, glyphs, used)]
    good = [block for block in blocks if _is_rule(block)]
    if not good:
        return ()
    best = max(range(len(good)), key=lambda i: (_worth(good[i], used), -i))
    rules = [tuple(c.entry for c in good[best])]
    for number, block in enumerate(good):
        if number != best and sum(c.firm for c in block) >= 2 and not any(_repeats(block, r) for r in rules):
            rules.append(tuple(c.entry for c in block))
    return tuple(rules)


def _repeats(block: Sequence[_Candidate], rule: Sequence[SchemeEntry]) -> bool:
    """Whether a block says nothing that a rule does not say in the same words, or is the same print read twice."""
    told = {(e.status, _bare(e.text)) for e in rule}
    return all(
        (c.entry.status, _bare(c.entry.text)) in told or any(_same_print(c.entry, e) for e in rule)
        for c in block
    )


def _same_print(one: SchemeEntry, other: SchemeEntry) -> bool:
    """Whether two entries for one status stand on the same lines: one way to read it may cut off a second line."""
    if one.status != other.status or one.page != other.page or one.bbox is None or other.bbox is None:
        return False
    across = min(one.bbox[2], other.bbox[2]) - max(one.bbox[0], other.bbox[0])
    down = min(one.bbox[3], other.bbox[3]) - max(one.bbox[1], other.bbox[1])
    lower = min(one.bbox[3] - one.bbox[1], other.bbox[3] - other.bbox[1])
    return across > 0 and 2 * down > lower > 0


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9<>=≤≥±+%.-]+", "", text.lower()).rstrip(".")


def find_lights(
    scheme: Sequence[SchemeEntry],
    tables: Sequence[Table] = (),
    *,
    lines: Sequence[Line] = (),
    glyphs: Sequence[Glyph] = (),
) -> Lights:
    """What the report's keys make of colours and signs: the rule's own keys first, then all others."""
    keys = [c.entry for block in _keys(tables, lines, glyphs) if _is_rule(block) for c in block]
    return lights_of([*_lit(scheme, glyphs), *keys], {e.status for e in scheme})


def _lit(scheme: Sequence[SchemeEntry], glyphs: Sequence[Glyph]) -> Sequence[SchemeEntry]:
    """The entries with the colours of the signs in their own lines, if each has one and no two the same."""
    colours = [{g.colour for g in glyphs if g.colour and _in_line_of(g, entry)} for entry in scheme]
    told = {next(iter(c)) for c in colours if len(c) == 1}
    if any(e.colour for e in scheme) or len(told) < max(2, len(scheme)):
        return scheme
    return [e.model_copy(update={"colour": c.pop()}) for e, c in zip(scheme, colours, strict=True)]


def _in_line_of(glyph: Glyph, entry: SchemeEntry) -> bool:
    if entry.bbox is None:
        return False
    _, top, _, bottom = entry.bbox
    return glyph.box.page == entry.page and top < glyph.box.centre[1] < bottom and glyph.shape in LIGHT_SHAPES


def _keys(
    tables: Sequence[Table], lines: Sequence[Line], glyphs: Sequence[Glyph], used: Collection[str] = ()
) -> list[list[_Candidate]]:
    """The blocks of entries that stand beside keys and in tables."""
    beside = entries_beside_keys(lines, glyphs, lone_signs(tables))
    tabled = [block for table in tables if (block := entries_in_table(table, used))]
    return [_block_entries(block) for block in (*beside, *tabled)]


# A status of the report's own making: a few words, a sign, the rule ("Well off target – …").
_OWN = re.compile(r"^(?:[•▪·●*-]\s+)?(?P<label>[A-Z][\w/ ]{1,30}?)\s*(?:[:=]|\s[-–—])\s+(?P<rule>\S.*)$")
_OWN_WORDS = 4


def _from_passages(passages: Sequence[Passage]) -> Iterable[_Candidate]:
    found = _named_in(passages)
    found |= _loosely_named(passages, found)
    for number, passage in enumerate(passages):
        named = found.get(number) or (
            _own_status(passage.text) if {number - 1, number + 1} & found.keys() else ()
        )
        for one in named:
            yield _Candidate(_entry(one, passage.page, passage.bbox), number, number, one.firm)


def _named_in(passages: Sequence[Passage]) -> dict[int, tuple[Named, ...]]:
    """The entries of each passage, by its number; a status alone takes the passage after it as its rule."""
    found: dict[int, tuple[Named, ...]] = {}
    heading: tuple[int, str] | None = None
    for number, passage in enumerate(passages):
        text = passage.text
        named = entries_in(text)
        if heading is not None and heading[0] == number - 1:
            text, next_label = without_next_label(text, heading[1])
            together = entries_in(f"{heading[1]} {text}")
            if len(together) > len(named) + 1 or _says_when(heading[1], named, together):
                named = together
            elif not entries_in(text) and is_rule_text(text):
                named = (Named(status_of(heading[1]), heading[1], cleaned(text)),)
            heading = (number, next_label) if next_label else None
        elif named:
            shorter, next_label = without_next_label(text, named[-1].label)
            if next_label:
                named, heading = entries_in(shorter) or named, (number, next_label)
        if not named and (heading is None or heading[0] != number):
            label = status_alone(passage.text)
            heading = (number, label) if label is not None else None
        if named:
            found[number] = named
    return found


def _says_when(label: str, named: Sequence[Named], together: Sequence[Named]) -> bool:
    """Whether "On target, or better" after a colour alone says when it is given, and is no status of its own."""
    colours = load().statuses.colours
    return (
        [n.label for n in together] == [label]
        and together[0].status in colours
        and [n.status.rsplit("_", 1)[-1] in colours for n in named] == [False]  # "dark_green", too
    )


_RUN = 3  # colours in a row that make a key, whatever their words


def _loosely_named(
    passages: Sequence[Passage], found: dict[int, tuple[Named, ...]]
) -> dict[int, tuple[Named, ...]]:
    """Passages that are a colour and a few words, beside an entry that is known or in a run of such."""
    loose = {n: one for n, p in enumerate(passages) if n not in found and (one := loosely_named(p.text))}
    told: dict[int, tuple[Named, ...]] = {}
    for number, one in loose.items():
        run = [number]
        for step in (-1, 1):
            at = number + step
            while at in loose or at in found:
                run.append(at)
                at += step
        statuses = {loose[n].status for n in run if n in loose}
        beside = {n.status for at in run if at in found for n in found[at]}
        if one.status not in beside and (beside or len(statuses) >= _RUN):
            told[number] = (one,)
    return told


def _own_status(text: str) -> tuple[Named, ...]:
    """An entry whose status no vocabulary has; only beside entries that are known."""
    match = _OWN.match(" ".join(text.split()))
    if match is None or len(match["label"].split()) > _OWN_WORDS or not is_rule_text(match["rule"]):
        return ()
    if match["label"].lower() in legend_words().no_statuses:
        return ()
    named = Named(status_of(match["label"]), match["label"], cleaned(match["rule"]))
    return (named,) if named.firm else ()


_SENTENCE = re.compile(r"(?<=[a-z%)])\.\s+(?=[A-Z])")


def _first_sentence(text: str) -> str:
    """An entry's rule without the remarks printed after it, unless it is those that can be reckoned with."""
    first, *more = _SENTENCE.split(text, maxsplit=1)
    if not more or not is_rule_text(first):
        return text
    return first if Named("", "", first).firm or not Named("", "", more[0]).firm else text


def _entry(
    named: Named, page: int, bbox: BBox, colour: str | None = None, symbol: str | None = None
) -> SchemeEntry:
    return SchemeEntry(
        status=named.status,
        text=_first_sentence(named.text),
        label=named.label,
        page=page,
        bbox=bbox,
        colour=colour,
        symbol=symbol,
    )


def _block_entries(entries: Sequence[SchemeEntry]) -> list[_Candidate]:
    return [_Candidate(e, n, 0, Named(e.status, e.label, e.text).firm) for n, e in enumerate(entries)]


def _blocks(candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Candidates that follow on one another, each status once: at most one other passage may stand between."""
    blocks: list[list[_Candidate]] = []
    for candidate in candidates:
        block = blocks[-1] if blocks else []
        near = bool(block) and candidate.order - block[-1].order <= (
            2 if candidate.group != block[-1].group else 0
        )
        new = (candidate.entry.status, candidate.entry.label) not in {
            (c.entry.status, c.entry.label) for c in block
        }
        new &= candidate.entry.status not in {c.entry.status for c in block} or _own_name(candidate.entry)
        if near and new:
            block.append(candidate)
        else:
            blocks.append([candidate])
    return [_told_apart(block) for block in blocks]


def _own_name(entry: SchemeEntry) -> bool:
    """Whether a label says more than its colour: "Dark green", "Green star"."""
    return " " in entry.label.strip()


def _told_apart(block: list[_Candidate]) -> list[_Candidate]:
    """Two shades of one colour keep their own names, or their rules would run together."""
    counts = Counter(c.entry.status for c in block)
    return [
        replace(c, entry=c.entry.model_copy(update={"status": snake(c.entry.label)}))
        if counts[c.entry.status] > 1 and c.entry.label
        else c
        for c in block
    ]


_SHORT = 80  # characters of a rule in words alone, such as "on track"


def _is_rule(block: Sequence[_Candidate]) -> bool:
    """At least two judgements, and words that can be reckoned with, or three short entries in a list."""
    rated = [c for c in block if is_rated(c.entry.status)]
    if len(rated) < 2:
        return False
    return 2 * sum(c.firm for c in rated) >= len(rated) or (
        len(rated) >= 3 and all(len(c.entry.text) <= _SHORT for c in rated)
    )


def _worth(block: Sequence[_Candidate], used: Collection[str]) -> tuple[int, int, int]:
    statuses = {c.entry.status for c in block}
    return (len(statuses & set(used)), sum(c.firm for c in block), len(block))
