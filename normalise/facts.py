"""What a report says about itself: organisation, committee, meeting date, item, title and period."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from normalise.bodies import committee_in, from_address, organisation_alone, organisation_in, title_case
from normalise.passages import Gathered, PageText
from normalise.periods import read_date, read_period
from normalise.records import Period, ReportFacts

_ITEM = re.compile(
    r"^(?:agenda\s+)?(?:item|report)(?:\s+(?:no\.?|number))?\s*[:.\-]?\s*([A-Z]{0,2}\d{1,3}[a-z]?(?:\.\d+)?)\s*$",
    re.IGNORECASE,
)
FRONT_LINES = 24  # lines of the first page among which a report says what it is
_ITEM_INSIDE = re.compile(
    r"\b(?:agenda\s+)?item(?:\s+(?:no\.?|number))?\s*[:.]?\s*([A-Z]{0,2}\d{1,3}[a-z]?)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"^(to|committee|meeting|date|meeting date|date of meeting|item|agenda item|subject|subject heading|title|title of report|report title|"
    r"report to|report of|report author|author|council|organisation|period|reporting period|from|by)\s*:\s*(.+)$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(performance|scorecard|dashboard|indicators?|minutes|monitoring|quarterly|progress|outturn|delivery|KPIs?)\b",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(
    r"^(report (of|by|to)|appendix|annex|agenda|item|summary|purpose|recommendation|contents|page|key |guide |introduction|background|present\b|officers?\b)",
    re.IGNORECASE,
)


def read_facts(
    texts: Sequence[PageText], table_words: Callable[[], str] = str
) -> tuple[ReportFacts, list[str]]:
    """The facts, and remarks about those that were inferred rather than printed. Unknown facts are None.

    ``table_words`` gives the text of the tables, where an organisation may be named that the front page does not name.
    """
    first = [g for t in texts[:2] for g in t.passages]
    labels = _labelled(first)
    everything = "\n".join(g.passage.text for t in texts[:12] for g in t.passages)
    front = "\n".join(_lines(first))
    running = "\n".join(line.text for t in texts[:6] for line in t.furniture)
    remarks: list[str] = []
    organisation = labels.get("organisation") or organisation_in(front, running)
    organisation = organisation or organisation_alone(front.splitlines()) or organisation_in(everything)
    if organisation is None:
        organisation = from_address(everything, table_words)
        if organisation:
            remarks.append(
                f"the report does not print its organisation's name; {organisation!r} follows from an e-mail address and its text"
            )
    title = _title(first, labels, organisation)
    lines = _lines(first)[:FRONT_LINES]
    committee = labels.get("committee") or committee_in(lines, organisation, _NOT_A_TITLE)
    meeting_date = _meeting_date(first, labels)
    return (
        ReportFacts(
            organisation=organisation,
            committee=committee,
            meeting_date=meeting_date,
            item=_item(first, labels),
            title=title,
            period=_period(title, first, texts, meeting_date),
        ),
        remarks,
    )


def _labelled(first: Sequence[Gathered]) -> dict[str, str]:
    names = {
        "to": "committee",
        "report to": "committee",
        "committee": "committee",
        "meeting": "committee",
        "date": "date",
        "meeting date": "date",
        "date of meeting": "date",
        "item": "item",
        "agenda item": "item",
        "subject": "title",
        "subject heading": "title",
        "title": "title",
        "title of report": "title",
        "report title": "title",
        "council": "organisation",
        "organisation": "organisation",
    }
    found: dict[str, str] = {}
    for gathered in first:
        for line in gathered.lines:
            match = _LABEL.match(line.text.strip())
            if match and (name := names.get(match[1].lower())):
                found.setdefault(name, match[2].strip())
    return found


def _lines(first: Sequence[Gathered]) -> list[str]:
    """What is printed line by line, headings whole: facts stand on lines of their own."""
    return [
        text
        for g in first
        for text in (
            [g.passage.text] if g.passage.kind == "heading" else [line.text.strip() for line in g.lines]
        )
    ]


def _meeting_date(first: Sequence[Gathered], labels: dict[str, str]) -> str | None:
    if "date" in labels and (found := read_date(labels["date"])):
        return found
    for text in _lines(first)[:FRONT_LINES]:
        if len(text) < 160 and (found := read_date(text)):
            return found
    return None


def _item(first: Sequence[Gathered], labels: dict[str, str]) -> str | None:
    if "item" in labels:
        return labels["item"]
    for gathered in first[:14]:
        for line in gathered.lines:
            match = _ITEM.match(line.text.strip())
            if match:
                return match[1]
    for text in _lines(first)[:FRONT_LINES]:
        if len(text) < 90 and (match := _ITEM_INSIDE.search(text)):
            return match[1]
    return None


def _title(first: Sequence[Gathered], labels: dict[str, str], organisation: str | None) -> str | None:
    if "title" in labels:
        return labels["title"]
    candidates = [g for g in first[:16] if _may_be_title(g)]
    scored = sorted(
        candidates,
        key=lambda g: (_names_year(g.passage.text), bool(_ABOUT.search(g.passage.text)), g.bold, g.size),
        reverse=True,
    )
    return title_case(_without_name(scored[0], organisation)) if scored else None


def _without_name(gathered: Gathered, organisation: str | None) -> str:
    """A title without the line above it that names the organisation, where both are set alike."""
    first, rest = gathered.lines[0].text.strip(), gathered.lines[1:]
    if organisation is None or first.lower() != organisation.lower():
        return gathered.passage.text
    words = " ".join(" ".join(line.text.split()) for line in rest)
    return words if _ABOUT.search(words) else gathered.passage.text


def _names_year(text: str) -> bool:
    found = read_period(text)
    return found is not None and found.year is not None


def _may_be_title(gathered: Gathered) -> bool:
    text = gathered.passage.text
    if len(text) > 140 or _NOT_A_TITLE.match(text) or text.endswith("."):
        return False
    return bool(_ABOUT.search(text)) and (gathered.bold or gathered.size >= 11 or len(gathered.lines) == 1)


_PERIOD_WORDS = re.compile(
    r"\b(quarter|qtr|q[1-4]|quarterly|performance|period|outturn|year[ -]end)\b", re.IGNORECASE
)


def _period(
    title: str | None, first: Sequence[Gathered], texts: Sequence[PageText], meeting_date: str | None
) -> Period:
    """The period named by the title, else by the first passages that name a quarter and a year."""
    year: str | None = None
    quarter: int | None = None
    label: str | None = None
    headings = [g.passage.text for t in texts[:6] for g in t.passages if g.passage.kind == "heading"]
    for text in [title or "", *_lines(first), *headings]:
        found = read_period(text) if _PERIOD_WORDS.search(text) or text == title else None
        if found is None:
            continue
        if found.year and found.quarter and year is None:
            quarter = found.quarter if quarter is None else quarter
            return Period(year=found.year, quarter=quarter, label=found.label)
        year, quarter, label = year or found.year, quarter or found.quarter, label or found.label
        if year and quarter:
            break
    if year is None and quarter is None:
        inside = _period_inside(texts)
        if inside is not None:
            return inside
    if year is None and quarter is not None and meeting_date:
        year = _year_before(meeting_date, quarter)
    return Period(year=year, quarter=quarter, label=label)


def _period_inside(texts: Sequence[PageText]) -> Period | None:
    """The period of a report that is bound into other papers: the first heading further on that names it whole."""
    for text in texts:
        for gathered in text.passages:
            words = gathered.passage.text
            if gathered.passage.kind == "heading" and _ABOUT.search(words):
                found = read_period(words)
                if found is not None and found.year and found.quarter:
                    return found
    return None


def _year_before(meeting_date: str, quarter: int) -> str:
    """The financial year of the last such quarter that had ended when the meeting was held."""
    year, month = int(meeting_date[:4]), int(meeting_date[5:7])
    end_month, ends_next_year = (6, 9, 12, 3)[quarter - 1], quarter == 4
    first = year - 1 if ends_next_year else year
    if month <= end_month:
        first -= 1
    return f"{first}/{(first + 1) % 100:02d}"
