"""The section that a table belongs to: the heading above it, or the section that the table before it left open."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extract.cells import Box
from normalise.bodies import is_body
from normalise.heading.words import is_heading_of_column
from normalise.passages import Gathered, PageText
from normalise.periods import read_date
from normalise.records import ReportFacts, SchemeEntry, Source
from normalise.vocabulary import Vocabulary

SENTENCE = 60  # characters from which a paragraph is running text
CHART = 3  # labels of figures or periods from which a chart stands above the table
LARGE = 11.0  # points: headings set smaller over a chart are its caption
Named = tuple[str, tuple[Source, ...]]

_FACT_LABEL = re.compile(
    r"^(?:agenda\s+)?(?:item|report|date|to|from|subject|author|committee|meeting|title|purpose)\b",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"^(?:\d[\d,.]*%?|Q[1-4]|[A-Z][a-z]{2}|(?:19|20)\d\d(?:[/-]\d\d)?)(?:\s+(?:\d[\d,.]*%?|Q[1-4]))*$"
)
_STARTS = (
    "appendix", "annex", "key performance indicators", "performance indicators", "performance measures", "key performance measures",
    "key measures", "dashboard", "scorecard", "table",
    "page", "continued", "introduction", "background", "recommendation", "conclusion", "further measures",
    "other measures", "notes",
)  # fmt: skip
_CAPTIONS = (
    "dashboard", "scorecard", "quarter ", "performance report", "performance summary", "guide to", "key to",
    "summary of",
)  # fmt: skip


def fact_headings(facts: ReportFacts, texts: Sequence[PageText]) -> set[str]:
    """Headings that print organisation, committee, date, item or title; none of them names a section."""
    known = [v.lower() for v in (facts.organisation, facts.committee, facts.title) if v]
    out: set[str] = set()
    for number, text in enumerate(texts[:3]):
        begins = number == 0
        for gathered in text.passages:
            line = gathered.passage.text
            low = line.lower()
            begins = begins and not (gathered.passage.kind == "paragraph" and len(line) > SENTENCE)
            # A fact may be printed in pieces where the report begins; elsewhere a part of a committee's name
            # ("Children and Young People") is as likely a section.
            piece = begins and any(low in v and len(low) * 2 > len(v) for v in known)
            if piece or any(_prints(low, v) for v in known) or _FACT_LABEL.match(line) or read_date(line):
                out.add(line)
    # A report of several bodies has a table of each below its name.
    bodies = {
        g.passage.text
        for t in texts
        for g in t.passages
        if g.passage.kind == "heading" and is_body(g.passage.text)
    }
    return out - bodies if len(bodies) > 1 else out


def _prints(line: str, fact: str) -> bool:
    """Whether a line is little more than a fact: "Council" is not what "A well run council" prints."""
    return fact in line and 2 * len(fact) > len(line)


def rule_texts(scheme: Sequence[SchemeEntry], texts: Sequence[PageText]) -> set[str]:
    """Passages in which the rating rule stands, large as the signs of its key may make them; none names a section."""
    places = [Box(e.page, *e.bbox) for e in scheme if e.page is not None and e.bbox is not None]
    return {
        g.passage.text
        for t in texts
        for g in t.passages
        if any(_overlap(Box(t.page, *g.passage.bbox), place) for place in places)
    }


def _overlap(one: Box, other: Box) -> bool:
    x, y = other.centre
    return one.page == other.page and one.x0 <= x <= one.x1 and one.top <= y <= one.bottom


def heading_above(
    number: int,
    tables: Sequence[Sequence[Box]],
    texts: Sequence[PageText],
    vocabulary: Vocabulary,
    own_words: Collection[str] = (),
) -> Named | None:
    """The heading that stands over a table and names its section: the nearest that is no general caption.

    ``tables`` are the places of all tables, page by page; ``number`` says which of them is asked for.
    A heading above another table speaks for that one only. Over a table that begins its page the heading may be
    the last words of the page before. ``own_words`` are headings that name the report itself. Section names that a
    profile knows need not look like headings.
    """
    top = tables[number][0]
    floor = max((b.bottom for boxes in tables[:number] for b in boxes if _is_over(b, top)), default=0.0)
    beside = [b for boxes in tables for b in boxes if b.page == top.page and not _share_width(b, top)]
    above = [
        g for g in _between(texts, top.page, floor - 2, top.top + 2) if not _belongs_beside(g, top, beside)
    ]
    found = _nearest(above, vocabulary, own_words)
    begins = floor == 0.0 and not _between(texts, top.page, 0.0, top.top + 2)  # nothing stands above it
    if found is None and begins and number:
        before = tables[number - 1][-1]
        if before.page == top.page - 1:
            rest = _between(texts, before.page, before.bottom - 2, float("inf"))
            found = _nearest([g for g in rest if g.passage.kind == "heading"][:1], vocabulary, own_words)
    return found


def _is_over(box: Box, top: Box) -> bool:
    return box.page == top.page and box.bottom <= top.top + 2 and _share_width(box, top)


def _share_width(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1


def _belongs_beside(gathered: Gathered, top: Box, beside: Sequence[Box]) -> bool:
    """Whether a heading stands over a table to the left or right of this one and not over this one."""
    x0, _, x1, _ = gathered.passage.bbox
    return not (x0 < top.x1 and top.x0 < x1) and any(x0 < b.x1 and b.x0 < x1 for b in beside)


def _between(texts: Sequence[PageText], page: int, upper: float, lower: float) -> list[Gathered]:
    return [
        g
        for t in texts
        if t.page == page
        for g in t.passages
        if g.passage.bbox[1] >= upper and g.passage.bbox[3] <= lower
    ]


def _nearest(above: Sequence[Gathered], vocabulary: Vocabulary, own_words: Collection[str]) -> Named | None:
    sentences = labels = 0
    for gathered in reversed(above):
        text = gathered.passage.text
        labels += bool(_LABELS.match(text))
        known = text.lower() in vocabulary.sections
        sentences += gathered.passage.kind == "paragraph" and len(text) > SENTENCE
        if sentences > 1:
            return None  # a chapter of text stands between
        if gathered.passage.kind != "heading" and not known:
            continue
        if text.lower().startswith(("appendix", "annex", "schedule")):
            return None  # what stands above the caption belongs to what came before
        if text in own_words or (not known and _is_general(text, vocabulary)):
            continue
        if labels >= CHART and not known and gathered.size < LARGE:
            continue  # the caption of a chart
        return text, (Source(page=gathered.passage.page, bbox=gathered.passage.bbox),)
    return None


def names_other_table(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a caption names a glossary, a risk register, a budget: no table of measures."""
    plain = re.sub(r"^[\d.)\s]+", "", text.lower())
    return any(plain.startswith(words) for words in vocabulary.columns.other_tables)


def _is_general(text: str, vocabulary: Vocabulary) -> bool:
    """A caption of any table, or a heading of columns that stands outside its table."""
    low = text.lower()
    if any(low.startswith(w) for w in _STARTS) or any(w in low for w in _CAPTIONS):
        return True
    if names_other_table(text, vocabulary) or low.endswith(":"):
        return True
    return low not in vocabulary.columns.themes and is_heading_of_column(text, vocabulary)
