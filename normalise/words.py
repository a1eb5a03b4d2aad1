"""Words that a narrow column cut, joined again.

A cell breaks a word only when the word does not fit its line. So a break is healed only where the line is
full, the joined word is a known word, and the two parts are not words by themselves. What is unknown keeps
its space: a wrong join would change what was printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Protocol

from msgspec import Struct

from extract.cells import Cell
from normalise.data_files import parsed, text_of

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f]")
_WORD = re.compile(r"^([(\[\"'“‘]*)([A-Za-z]+)([)\].,;:!?\"'”’*†‡]*)$")
_OPENING = "([\"'“‘"
_CLOSING = ")].,;:!?\"'”’*"
_PADDING = 13.0  # points that cell margins may take from the width, both sides together
_YEAR = 12  # characters that a financial year may take at a line's end
_GROUP = 3  # digits between the commas of a figure
_PIECES = 4  # a word is cut into at most so many lines


class LineLike(Protocol):
    """A line of text and its left and right edge in points."""

    @property
    def text(self) -> str: ...
    @property
    def x0(self) -> float: ...
    @property
    def x1(self) -> float: ...


class Piece(Struct, frozen=True):
    """A plain line for ``join_lines``."""

    text: str
    x0: float = 0.0
    x1: float = 0.0


def collapse(text: str) -> str:
    """White space collapsed to single spaces, invisible characters dropped, ends trimmed."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    tidy = " ".join(text.split())
    return text if tidy == text else tidy  # the same string, for both are kept


@cache
def word_list() -> frozenset[str]:
    """The words we know, lower case: of the list, and of all headings of columns."""
    lines = text_of("words.txt").splitlines()
    listed = {word for line in lines if not line.startswith("#") for word in line.lower().split()}
    headings = {
        word for text in _strings(parsed("columns.toml")) for word in re.findall(r"[a-z]{4,}", text.lower())
    }
    return frozenset(listed | headings)


def _strings(data: object) -> Iterator[str]:
    """All strings in tables and lists."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def is_word(text: str) -> bool:
    """Whether a word is known, as it stands or in a common inflection."""
    word = text.lower()
    known = word_list()
    if word in known:
        return True
    for ending, stems in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            if any(stem + rest in known for rest in stems):
                return True
    return len(word) > 5 and word[:-3] in known and word.endswith("ing") and word[-4] == word[-5]


# ends of words that are no words: after a whole word too they can only belong to it ("Perform ance")
_ENDINGS = frozenset(
    [
        "ance",
        "ances",
        "ence",
        "ences",
        "tion",
        "tions",
        "sion",
        "sions",
        "ment",
        "ments",
        "ness",
        "ity",
        "ities",
        "able",
        "ible",
        "ally",
        "ational",
        "ation",
        "ations",
        "ively",
        "ising",
        "ised",
        "ings",
    ]
)
_INFLECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ed", ("", "e")),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("ly", ("", "le")),
    ("ally", ("", "al")),
    ("er", ("", "e")),
    ("ers", ("", "e")),
    ("ment", ("", "e")),
    ("ments", ("", "e")),
    ("ation", ("e", "")),
    ("ations", ("e", "")),
    ("ness", ("",)),
)


def join_cell(cell: Cell) -> str:
    """The text of a cell in one line, cut words joined by the cell's own geometry."""
    if len(cell.lines) < 2:
        return _visible(cell.lines[0].text) if cell.lines else ""
    pieces = [(_visible(line.text), line.box.x1 - line.box.x0) for line in cell.lines]
    return _joined(pieces, cell.box.width if cell.boxes else None)


def _visible(text: str) -> str:
    """A line's text, whose white space is collapsed, without invisible characters."""
    return text if text.isascii() else collapse(text)


def join_lines(lines: Sequence[LineLike], width: float | None = None) -> str:
    """The lines of a cell as one text. ``width`` is the cell's in points; None: geometry is not known."""
    return _joined([(collapse(line.text), line.x1 - line.x0) for line in lines], width)


def _joined(lines: Sequence[tuple[str, float]], width: float | None) -> str:
    """Lines, each with its own width, as one text."""
    pieces = [(text, wide) for text, wide in lines if text]
    joined = ""
    for i, (text, _) in enumerate(pieces):
        if i == 0:
            joined = text
            continue
        before, wide = pieces[i - 1]
        following = [text for text, _ in pieces[i : i + _PIECES - 1]]
        joined = _join(joined, following, full=_is_full(before, wide, width))
    return joined


def _is_full(text: str, wide: float, width: float | None) -> bool:
    """Whether one letter more would have run over the cell's edge."""
    if width is None or wide <= 0 or not text:
        return True
    return wide + 1.5 * wide / len(text) + _PADDING >= width


def _join(before: str, following: Sequence[str], *, full: bool) -> str:
    after = following[0]
    last = before.rsplit(" ", 1)[-1]  # nothing but the last word tells how the lines go together
    end, two = last[-1:], len(last) > 1
    if end == "\u00ad":
        return before[:-1] + after
    if (end == "/" and two) or (after[:1] == "/" and after[1:2].strip()):
        return before + after
    if end in ("-", "‐", "‑") and two:
        return _join_hyphen(before, last, after)
    if after[:1].isdigit() and (
        _is_cut_year(before[-_YEAR:], after)
        or _is_cut_number(last, after, full=full)
        or (full and _POINT_ENDS.fullmatch(before) and _DECIMALS.match(after))
    ):
        return before + after
    if full and _is_cut(last, following):
        return before + after
    return before + " " + after


def _is_cut_number(last: str, after: str, *, full: bool) -> bool:
    """A range, figure or code cut by a narrow column: "45–" and "50", "12," and "500", "[ECO." and "02"."""
    if _RANGE_BEGUN.search(last):
        return True
    # A comma in a figure stands before three digits, so "10,00" is none without the "0" of the next line.
    begun, more = _GROUP_BEGUN.search(last), _GROUP_ENDED.match(after)
    if full and begun and more and len(begun[1] + more[1]) == _GROUP:
        return True
    return _CODE_BEGUN.fullmatch(last) is not None and (full or last[0] in "([")


_RANGE_BEGUN = re.compile(r"\d–$")
_GROUP_BEGUN, _GROUP_ENDED = re.compile(r"\d,(\d{0,2})$"), re.compile(r"(\d{1,3})(?![\d.])")
_POINT_ENDS = re.compile(r"[(<>≤≥+−-]*[£$€]?[\d,]*\d\.")  # the whole of a cell so far
_DECIMALS = re.compile(r"\d+(?:%|pp|k|m|bn)?\)?(?: |$)")
_CODE_BEGUN = re.compile(r"[(\[]?[A-Z]{2,6}\.")
_YEAR_BEGUN, _YEAR_ENDED = re.compile(r"\b20\d\d\s?[/–-](\d{0,3})$"), re.compile(r"(\d{1,4})\b")


def _is_cut_year(before: str, after: str) -> bool:
    """A financial year cut by a narrow column: "2012/1" and "3", "2024/20" and "25"."""
    head, tail = _YEAR_BEGUN.search(before), _YEAR_ENDED.match(after)
    return head is not None and tail is not None and len(head[1] + tail[1]) in (2, 4)


def _join_hyphen(before: str, last: str, after: str) -> str:
    """A hyphen at the end of a line is kept, unless it only marks where a known word was cut."""
    head = re.search(r"([A-Za-z]+)[-‐‑]$", last)
    tail = re.match(r"[a-z]+", after)
    if head and tail and not is_word(head[1]) and not is_word(tail[0]) and is_word(head[1] + tail[0]):
        return before[:-1] + after
    return before + after


def _is_cut(last: str, following: Sequence[str]) -> bool:
    """Whether the last word of a line goes on in the next lines."""
    head = last[max(last.rfind("/"), last.rfind("-")) + 1 :].lstrip(_OPENING)
    if not _is_letters(head):
        return False
    parts = [head]
    for line in following:
        tail = _GOES_ON.fullmatch(line.split(" ", 1)[0])
        if tail is None:
            return False
        parts.append(tail[1])
        if _is_one_word(parts):
            return True
        if tail[2] or " " in line:
            return False
    return False


_GOES_ON = re.compile(r"([a-z]+)((?:[)\].,;:!?\"'”’/-].*)?)")


def _is_letters(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _is_one_word(parts: Sequence[str]) -> bool:
    joined = "".join(parts)
    if len(joined) < 4 or not is_word(joined):
        return False
    return not all(is_word(part) for part in parts)


@lru_cache(maxsize=4096)
def rejoin(text: str) -> str:
    """White space collapsed and words that were cut inside one line joined: "(Provisio nal)"."""
    tokens = collapse(text).split(" ")
    known = word_list()
    # A further piece is no word by itself and begins with a small letter, which few tokens do.
    if all(token in known or not token[:1].islower() for token in tokens[1:]):
        return " ".join(tokens)
    out: list[str] = []
    i = 0
    while i < len(tokens):
        most = min(_PIECES, len(tokens) - i) if _may_go_on(tokens, i) else 1
        for count in range(most, 1, -1):
            if _are_pieces(tokens[i : i + count]):
                out.append("".join(tokens[i : i + count]))
                i += count
                break
        else:
            out.append(tokens[i])
            i += 1
    return " ".join(out)


def _may_go_on(tokens: Sequence[str], at: int) -> bool:
    """Whether the next token may be a further piece of the word at ``at``, which most are not."""
    after = tokens[at + 1].rstrip(_CLOSING) if at + 1 < len(tokens) else ""
    return after.islower() and _is_letters(after) and not is_word(after)


def _are_pieces(tokens: Sequence[str]) -> bool:
    """Whether neighbouring tokens are one known word: none may be one itself, save a short first."""
    head, tail = tokens[0].lstrip(_OPENING), tokens[-1].rstrip(_CLOSING)
    parts = [head, *tokens[1:-1], tail]
    joined = "".join(parts)
    if len(joined) < 4 or joined.lower() not in word_list() or (head.isupper() and len(head) > 1):
        return False
    if not all(map(_is_letters, parts)) or not all(part.islower() for part in parts[1:]):
        return False
    if any(is_word(part) for part in parts[1:]):
        return False
    return not is_word(head) or tail in _ENDINGS or (len(head) <= 3 and len(tail) >= 4)
