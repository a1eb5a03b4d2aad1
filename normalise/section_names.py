"""The section that a table belongs to: the heading above it, or the section that the table before it left open."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extract.cells import Table
from normalise.column_words import is_heading_of_column
from normalise.passages import PageText
from normalise.periods import read_date
from normalise.records import ReportFacts, Source
from normalise.vocabulary import Vocabulary

SENTENCE = 60  # characters from which a paragraph is running text
Named = tuple[str, tuple[Source, ...]]

_FACT_LABEL = re.compile(
    r"^(?:agenda\s+)?(?:item|report|date|to|from|subject|author|committee|meeting|title|purpose)\b",
    re.IGNORECASE,
)
_STARTS = (
    "appendix", "annex", "key performance indicators", "performance indicators", "dashboard", "scorecard", "table",
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
    for text in texts[:3]:
        for gathered in text.passages:
            line = gathered.passage.text
            low = line.lower()
            if (
                any(v in low or (len(low) > 8 and low in v) for v in known)
                or _FACT_LABEL.match(line)
                or read_date(line)
            ):
                out.add(line)
    return out


def heading_above(
    table: Table, texts: Sequence[PageText], vocabulary: Vocabulary, own_words: Collection[str] = ()
) -> Named | None:
    """The heading that stands over a table and names its section: the nearest that is no general caption.

    ``own_words`` are headings that name the report itself. Section names that a profile knows need not look like
    headings.
    """
    top = table.boxes[0]
    page = next((t for t in texts if t.page == top.page), None)
    if page is None:
        return None
    above = [g for g in page.passages if g.passage.bbox[3] <= top.top + 2]
    sentences = 0
    for gathered in reversed(above):
        text = gathered.passage.text
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
        return text, (Source(page=top.page, bbox=gathered.passage.bbox),)
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
    if names_other_table(text, vocabulary):
        return True
    return is_heading_of_column(text, vocabulary)
