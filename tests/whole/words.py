"""The account of every word: what pdfplumber reads on table pages against what the records hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pdfplumber

from extract.page.letters import spelled
from normalise.records import Improvement, Measure, Report, Value


def squeezed(text: str) -> str:
    """Letters and digits only, so that joined words and superscripts compare."""
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def codes_of_their_own(row: Measure | Improvement) -> list[str]:
    """Codes that stand in a column of their own and so not in the printed title."""
    title = squeezed(row.printed.get("title", ""))
    return [c for c in (row.code, *row.other_codes, *row.former_codes) if c and squeezed(c) not in title]


def accounted_texts(report: Report) -> list[str]:
    """Every text that a record, a table's headings, the scheme or ``unread`` holds as printed."""
    texts: list[str] = []
    for measure in report.measures:
        texts += [*measure.printed.values(), measure.note or "", measure.section or ""]
        texts += codes_of_their_own(measure)
        values: list[Value | None] = [
            measure.actual,
            measure.target,
            measure.forecast,
            measure.year_end_target,
            measure.previous,
            *measure.extra.values(),
        ]
        texts += [v.printed for v in values if v is not None]
    for row in report.improvements:
        texts += [*row.printed.values(), row.directorate or "", row.performance or ""]
        texts += codes_of_their_own(row)
        texts += [row.context or "", row.actions or "", row.intervention or ""]
        texts += [
            v.printed for v in (row.target, row.actual, row.forecast, *row.extra.values()) if v is not None
        ]
    texts += [column.heading for table in report.tables for column in table.columns]
    texts += [entry.text for entry in report.unread]
    return texts


def words_without_account(path: Path, report: Report) -> list[tuple[int, str]]:
    """Words of pages with tables that no record holds and ``unread`` does not list, with their page."""
    pages = sorted({p for table in report.tables for p in table.pages})
    everything = squeezed(" ".join(accounted_texts(report)))
    available = Counter(squeezed(word) for text in accounted_texts(report) for word in text.split())
    missing: list[tuple[int, str]] = []
    seen: dict[str, int] = defaultdict(int)
    with pdfplumber.open(path) as pdf:
        for number in pages:
            # In the order of the content: texts printed over one another (charts) are then not mixed up.
            for word in pdf.pages[number - 1].extract_words(use_text_flow=True):
                token = squeezed(spelled(word["text"], ""))
                if not token or word["text"].startswith("(cid:"):
                    continue  # a bullet or arrow in a font without a Unicode map
                seen[token] += 1
                # A word that was joined to its other half, or that stands inside one, counts by its letters.
                if seen[token] > available[token] and seen[token] > everything.count(token):
                    missing.append((number, word["text"]))
    return missing
