"""Text outside the tables, gathered from lines into headings, paragraphs, list items and footnotes.

Running headers and footers are told apart by their place and by coming again on other pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extract.breaks.furniture import Furniture, at_page_edge
from extract.cells import Box, Line, Page
from normalise.legends.text import loosely_named
from normalise.records import Passage

Kind = Literal["heading", "paragraph", "item", "footnote", "legend"]

BULLET = re.compile(r"^(?:[•▪·●◦–■➢►✓\-\uf0b7]\s+|[a-z]\)\s+|\([a-z]\)\s+|[ivx]+[.)]\s+)")
NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,2}\.?(?:\s|$)")
COUNT = re.compile(
    r"^\d{1,2}(?:\.\d{1,2})?\s[a-z]"
)  # "6 are Red.", "2.5 points": a paragraph's number stands before a capital letter
FOOTNOTE = re.compile(r"^(?:[¹²³⁴⁵⁶⁷⁸⁹*†‡]|\d\s(?=[A-Z]))")
# "Amber – within 5%", "Red: …": a key's next entry, on a line of its own.
KEY_ENTRY = re.compile(r"^(?:[●▲■◆★]\s*)?[A-Z][A-Za-z]{2,11}(?:\s[A-Za-z]{2,9})?\s*[–—=:-]\s+\S")
ENDS = re.compile(r"[.:;!?]$")


class Gathered(Struct, frozen=True):
    """A passage with the lines it is made of, so that every line can be accounted for."""

    passage: Passage
    lines: tuple[Line, ...]
    bold: bool
    size: float


class PageText(Struct, frozen=True):
    """The text of one page outside its tables: passages, and running headers and footers."""

    page: int
    passages: tuple[Gathered, ...]
    furniture: tuple[Line, ...]


def gather(pages: Sequence[Page]) -> list[PageText]:
    """The text of all pages."""
    running = Furniture(pages)
    return [_page_text(page, running) for page in pages]


def whole_over_pages(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, one that goes on within a sentence at the top of the next page as one, where it begins."""
    whole: list[Passage] = []
    page = 0  # of the passage before
    for passage in passages:
        open_before = bool(whole) and page == passage.page - 1 and not ENDS.search(whole[-1].text)
        page = passage.page
        if open_before and passage.text[:1].islower() and whole[-1].kind != "heading":
            whole[-1] = whole[-1].model_copy(update={"text": f"{whole[-1].text} {passage.text}"})
        else:
            whole.append(passage)
    return whole


_PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–—]?\s*\d{1,4}\s*(?:of\s*\d{1,4})?\s*[-–—]?$", re.IGNORECASE)


def without(texts: Sequence[PageText], used: Collection[Gathered]) -> list[PageText]:
    """The text without passages that became part of a record."""
    return [replace(t, passages=tuple(g for g in t.passages if g not in used)) for t in texts]


def without_lines(text: PageText, used: Collection[Line]) -> PageText:
    """The text of a page without lines that became part of a record; what is left is gathered again."""
    kept: list[Gathered] = []
    for gathered in text.passages:
        lines = [line for line in gathered.lines if line not in used]
        kept += [gathered] if len(lines) == len(gathered.lines) else _passages(lines)
    return replace(text, passages=tuple(kept))


def _page_text(page: Page, running: Furniture) -> PageText:
    furniture: list[Line] = []
    body: list[Line] = []
    for line in page.lines:
        number = at_page_edge(line, page) and _PAGE_NUMBER.match(line.text.strip())
        if number or running.is_running(line, page):
            furniture.append(line)
        else:
            body.append(line)
    return PageText(page.number, tuple(_passages(body)), tuple(furniture))


def _passages(lines: Sequence[Line]) -> list[Gathered]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line) and not _broken_early(groups[-1], line, lines):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_gathered(g) for g in groups]


def _goes_on(group: Sequence[Line], line: Line) -> bool:
    last = group[-1]
    same_row = abs(last.box.bottom - line.box.bottom) < 0.4 * max(last.size, line.size)
    if same_row:
        # A list number or mark and its text, set apart by a tab.
        return bool(NUMBER.match(last.text) or BULLET.match(last.text + " ")) and len(last.text) <= 6
    if BULLET.match(line.text) or FOOTNOTE.match(line.text):
        return False
    if NUMBER.match(line.text) and not COUNT.match(line.text):
        return False
    if BULLET.match(group[0].text) and line.box.x0 < group[0].box.x0 - 3:
        return False  # further left than the item's own mark
    if KEY_ENTRY.match(line.text) and (KEY_ENTRY.match(group[0].text) or BULLET.match(group[0].text)):
        return False
    if _opens_another_rule(group[0].text, line.text):
        return False
    if line.bold != last.bold and not _ends_open(last, line):
        return False
    if abs(line.size - last.size) > 0.6:
        return False
    gap = line.box.top - last.box.bottom
    return -0.5 * line.size < gap < _usual_gap(group, line)


def _opens_another_rule(first: str, text: str) -> bool:
    """Does a line begin with another colour and its rule than the first of its paragraph: "Amber The minimum …"?"""
    entry = loosely_named(text)
    before = loosely_named(first) if entry else None
    return entry is not None and before is not None and entry.status != before.status


_BEGINS = re.compile(r"[A-Z0-9↑↓→▲▼►]")
ROOM = 1.5  # font sizes left over beside a line, besides the word that would have fitted


def _broken_early(group: Sequence[Line], line: Line, lines: Sequence[Line]) -> bool:
    """Did the line before end though the first word of this one had room on it? Then a paragraph ends there.

    The room is that up to the longest line set at the same margin and in the same size. Headings are broken as
    it pleases, so nothing is said of bold lines.
    """
    last = group[-1]
    if last.bold or line.bold or not _BEGINS.match(line.text) or last.box.page != line.box.page:
        return False
    if line.box.top < last.box.bottom - 0.4 * line.size:
        return False  # beside it, not below
    alike = (
        o.box.x1
        for o in lines
        if abs(o.size - last.size) <= 0.6 and abs(o.box.x0 - line.box.x0) < 3 * line.size
    )
    first = line.text.split()[0]
    width = (line.box.x1 - line.box.x0) * len(first) / max(1, len(line.text))
    return last.box.x1 + width + ROOM * line.size < max(alike, default=0.0)


def _ends_open(last: Line, line: Line) -> bool:
    return line.text[:1].islower() or (not ENDS.search(last.text) and last.bold and len(last.text) > 60)


def _usual_gap(group: Sequence[Line], line: Line) -> float:
    """The gap up to which lines are one paragraph: that of the paragraph so far, else below a line's height."""
    gaps = [b.box.top - a.box.bottom for a, b in pairwise(group)]
    gaps = [g for g in gaps if g > -0.5 * line.size]
    return max(gaps[-1] + 0.3 * line.size, 0.45 * line.size) if gaps else 0.8 * line.size


def _gathered(lines: list[Line]) -> Gathered:
    text = join(lines)
    bold = all(line.bold for line in lines)
    size = max(line.size for line in lines)
    kind: Kind = "paragraph"
    if BULLET.match(text):
        kind = "item"
    elif FOOTNOTE.match(text) and not bold:
        kind = "footnote"
    elif (bold or size >= 12.5) and len(text) < 140 and not text.endswith("."):
        kind = "heading"
    box = Box.around(line.box for line in lines)
    passage = Passage(page=box.page, bbox=(box.x0, box.top, box.x1, box.bottom), text=text, kind=kind)
    return Gathered(passage, tuple(lines), bold, size)


def join(lines: Sequence[Line]) -> str:
    """Lines as one text; a word broken by a hyphen at a line's end keeps its hyphen."""
    text = ""
    for line in lines:
        if text and not (text.endswith("-") and not text.endswith(" -")):
            text += " "
        text += line.text.strip()
    return " ".join(text.split())
