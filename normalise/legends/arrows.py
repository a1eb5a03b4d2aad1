"""What a report's direction arrows mean: a legend of its own, which is no rating rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extract.cells import Box, Glyph, Line, Table
from extract.glyphs import unicode_shape
from normalise.legends.keys import keyed_lines
from normalise.legends.words import cleaned, holds_any, legend_words
from normalise.records import Passage, SchemeEntry

_SHAPES = {
    "arrow-up": "up",
    "triangle-up": "up",
    "arrow-down": "down",
    "triangle-down": "down",
    "arrow-both": "level",
    "arrow-left": "level",
    "arrow-right": "level",
    "triangle-left": "level",
    "triangle-right": "level",
    "bar": "level",
}
_DOTS = "●■"  # in a key beside arrows they mean no change; elsewhere they are bullets and lights
_LONGEST = 160  # characters of one arrow's meaning


def find_arrow_legend(
    passages: Sequence[Passage],
    tables: Sequence[Table] = (),
    *,
    lines: Sequence[Line] = (),
    glyphs: Sequence[Glyph] = (),
) -> tuple[SchemeEntry, ...]:
    """The meanings of the arrows as printed: status is "up", "down" or "level"; empty where none is printed."""
    found: list[SchemeEntry] = []
    for key, block in keyed_lines(lines, [g for g in glyphs if g.shape in _SHAPES]):
        words = cleaned(" ".join(line.text for line in block))
        if _is_meaning(words) and not _signs().search(words):
            box = Box.around([key.box, *(line.box for line in block)])
            found.append(_entry(_SHAPES[key.shape or ""], words, box, key.colour, key.shape))
    if len({e.status for e in found}) >= 2:
        return _each_once(found)
    for passage in passages:
        found += _in_text(passage)
    for table in tables:
        rows = list(_in_table(table))
        if len(rows) >= 2 and len({e.status for e in rows}) >= 2:
            found += rows
    return _each_once(found) if len({e.status for e in found}) >= 2 else ()


def _entry(status: str, words: str, box: Box, colour: str | None, symbol: str | None) -> SchemeEntry:
    return SchemeEntry(
        status=status, text=words, label=symbol or "", page=box.page, bbox=(box.x0, box.top, box.x1, box.bottom),
        colour=colour, symbol=symbol,
    )  # fmt: skip


def _each_once(found: Sequence[SchemeEntry]) -> tuple[SchemeEntry, ...]:
    first: dict[str, SchemeEntry] = {}
    for entry in found:
        first.setdefault(entry.status, entry)
    return tuple(first.values())


@cache
def _directions() -> dict[str, str]:
    arrows = legend_words().arrows
    table: dict[str, str] = {}
    for status, words in (
        ("up", arrows.up + arrows.named_up),
        ("down", arrows.down + arrows.named_down),
        ("level", arrows.level + arrows.named_level),
    ):
        table |= dict.fromkeys(words, status)
    return table


@cache
def _folded() -> frozenset[str]:
    return frozenset(word.casefold() for word in _directions() if word not in f"={_DOTS}")


@cache
def _signs() -> re.Pattern[str]:
    return _pattern([w for w in _directions() if w not in f"={_DOTS}"])


@cache
def _signs_and_dots() -> re.Pattern[str]:
    return _pattern([w for w in _directions() if w != "="])


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    inner = "|".join(rf"\b{re.escape(w)}\b" if w[0].isalpha() else re.escape(w) for w in longest_first)
    return re.compile(rf"(?:{inner})\ufe0f?", re.IGNORECASE)


def still_signs(key: Sequence[SchemeEntry]) -> frozenset[str]:
    """Shapes without a way of their own that the report's key has stand for no change: "● no change"."""
    signs = {e.symbol for e in key if e.status == "level" and e.symbol}
    shapes = {unicode_shape(sign[0]) or sign if len(sign) == 1 else sign for sign in signs}
    return frozenset(shapes - _SHAPES.keys())


@cache
def _meaning() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, legend_words().arrows.meaning)), re.IGNORECASE)


def _is_meaning(words: str) -> bool:
    return (
        bool(words) and len(words) <= _LONGEST and bool(_meaning().search(words)) and not words[0].isdigit()
    )


_VERB = re.compile(
    r"^\s*(?:[-–—:=)]|means?(?: that)?|indicates?(?: that)?|shows?(?: that)?|denotes?|signifies|where|if|when|is for)?\s*",
    re.IGNORECASE,
)
_MEANS = re.compile(r"\bmeans?\b\s*", re.IGNORECASE)


def _in_text(passage: Passage) -> Iterator[SchemeEntry]:
    text = " ".join(passage.text.split())
    if not holds_any(text, _folded()):
        return
    marks = list(_signs().finditer(text))
    if len({_directions()[m[0].lower().rstrip("\ufe0f")] for m in marks}) > 1:
        marks = list(_signs_and_dots().finditer(text))
    if not marks or (text[: marks[0].start()].strip() and len(marks) == 1):
        return
    parts = [
        text[m.end() : (marks[i + 1].start() if i + 1 < len(marks) else len(text))]
        for i, m in enumerate(marks)
    ]
    if not any(_is_meaning(_words(part)) for part in parts):
        parts = _signs_set_apart(text, marks)
    for mark, part in zip(marks, parts, strict=False):
        words = _words(part)
        if _is_meaning(words):
            box = Box(passage.page, *passage.bbox)
            yield _entry(_directions()[mark[0].lower().rstrip("\ufe0f")], words, box, None, mark[0])


def _signs_set_apart(text: str, marks: Sequence[re.Match[str]]) -> list[str]:
    """ "Means better, means worse … ▲ ▼": signs that the reader of the page put behind their words, in order."""
    words = _MEANS.split(text[: marks[0].start()])[1:]
    return words if len(words) == len(marks) else []


def _words(part: str) -> str:
    words = _VERB.sub("", part, count=1)
    words = re.split(r"(?<=[a-z])\.\s", words)[0]
    return cleaned(re.sub(r"[,;]?\s*(?:and|or|while)?\s*(?:an?|the)?\s*$", "", words))


def _in_table(table: Table) -> Iterator[SchemeEntry]:
    if len(table.rows) > 10 or len(table.columns) > 8:
        return
    for row in table.rows:
        status: str | None = None
        symbol, colour = "", None
        for cell in row.cells:
            text = " ".join(cell.text.split())
            shapes = [g for g in cell.glyphs if g.shape in _SHAPES]
            if text.lower() in _directions():
                status, symbol, colour = _directions()[text.lower()], text, None
            elif shapes and not text:
                status, symbol, colour = (
                    _SHAPES[shapes[0].shape or ""],
                    shapes[0].shape or "",
                    shapes[0].colour,
                )
            elif status is not None and _is_meaning(text):
                yield _entry(status, cleaned(text), cell.box, colour, symbol)
                status = None
