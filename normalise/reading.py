"""A document to a report: facts, tables to records, the scheme's words, and an account of every word.

The one door of the normalise stage.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extract.cells import Cell, Document, Line, Page, Table
from normalise.cellreading import source
from normalise.column_looks import by_looks
from normalise.columns import ColumnGuess, Kind, read_headings, table_kind
from normalise.dashboard import Context, read_dashboard
from normalise.facts import read_facts
from normalise.grid import Grid
from normalise.improvement import read_improvements
from normalise.legend import find_scheme
from normalise.passages import PageText, gather
from normalise.periods import read_date
from normalise.records import (
    Column,
    Improvement,
    Measure,
    Passage,
    Period,
    Report,
    ReportFacts,
    SchemeEntry,
    Source,
    SourceFile,
    TableRead,
    Unread,
)
from normalise.shading import grey_means_portfolio
from normalise.vocabulary import Vocabulary, load

HEADING_REACH = 90.0  # points above a table within which a heading speaks for it
SAMPLE_ROWS = 12
LONGEST_SAMPLE = 100  # characters of a cell that its kind is told from


Known = tuple[Table, tuple[ColumnGuess, ...], Kind]


@dataclass(slots=True)
class _Work:
    """What is gathered while the tables are read."""

    measures: list[Measure] = field(default_factory=list)
    improvements: list[Improvement] = field(default_factory=list)
    tables: list[TableRead] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    lit_headings: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)  # headings that name the report itself


def read_report(document: Document, file: SourceFile, *, vocabulary: Vocabulary | None = None) -> Report:
    """The records of a document. Raises nothing of its own: what cannot be read is listed in ``unread``."""
    words = vocabulary or load()
    texts = gather(document.pages)
    table_words = "\n".join(
        line.text for t in document.tables for r in t.rows for c in r.cells for line in c.lines
    )
    facts, remarks = read_facts(texts, table_words)
    passages = [g.passage for t in texts for g in t.passages]
    scheme = find_scheme(passages, document.tables)
    statuses = frozenset(e.status for e in scheme)
    grey = grey_means_portfolio(passages)
    work = _Work(facts=_fact_headings(facts, texts))
    known: list[Known] = []
    for table in document.tables:
        _read_table(table, facts.period, statuses, grey is not None, texts, words, work, known)
    _account(document, texts, scheme, work)
    return Report(
        source=file,
        report=facts,
        scheme=scheme,
        measures=tuple(work.measures),
        improvements=tuple(work.improvements),
        unread=tuple(sorted(work.unread, key=_place)),
        tables=tuple(work.tables),
        passages=tuple(_kept(passages, document.pages)),
        notes=(*document.notes, *remarks),
    )


def _place(entry: Unread) -> tuple[int, float, float]:
    return entry.page, entry.bbox[1] if entry.bbox else 0.0, entry.bbox[0] if entry.bbox else 0.0


@dataclass(frozen=True, slots=True)
class _Header:
    start: int
    end: int
    columns: tuple[ColumnGuess, ...]
    kind: Kind
    why: str


def _find_header(grid: Grid, period: Period, words: Vocabulary, known: Sequence[Known]) -> _Header | None:
    """The header rows and what they make of the table; those of an earlier table where it has none."""
    cache: dict[tuple[str, ...], int] = {}

    def score(headings: Sequence[str]) -> int:
        key = tuple(headings)
        if key not in cache:
            cache[key] = _understood(key, period, words)
        return cache[key]

    block = grid.header_block(score)
    judged: _Header | None = None
    if block is not None:
        headings, samples = grid.headings(*block), _samples(grid, block[1])
        columns = tuple(read_headings(headings, period, samples, vocabulary=words))
        found = table_kind(headings, period, samples, guesses=columns, vocabulary=words)
        judged = _Header(*block, columns, found.kind, found.why)
        if found.kind in ("dashboard", "improvement", "legend"):
            return judged
    for table, columns, kind in reversed(known):
        if _alike(table, grid.table):
            return _Header(
                0, 0, columns, kind, "it has the columns of the table before it and no header of its own"
            )
    return judged


def _understood(headings: Sequence[str], period: Period, words: Vocabulary) -> int:
    """How well a block of headings is understood; 0 for none."""
    if sum(1 for h in headings if h) < 2:
        return 0
    columns = tuple(read_headings(headings, period, vocabulary=words))
    kind = table_kind(headings, period, guesses=columns, vocabulary=words).kind
    fields = [g.field for g in columns if g.field != "extra"]
    roles = sum(1 for g in columns if g.role)
    good = 40 if kind in ("dashboard", "improvement") else 10 if kind == "legend" else 0
    return 2 * len(fields) + roles + 3 * len(set(fields)) + good


def _samples(grid: Grid, start: int) -> list[list[str]]:
    """Cells of the first rows below the headers, for headings that only the cells explain."""
    return [
        [row.text(k)[:LONGEST_SAMPLE] for k in range(grid.columns)]
        for row in grid.rows[start : start + SAMPLE_ROWS]
    ]


def _alike(a: Table, b: Table) -> bool:
    if len(a.columns) != len(b.columns):
        return False
    return all(
        abs(x[0] - y[0]) < 6 and abs(x[1] - y[1]) < 6 for x, y in zip(a.columns, b.columns, strict=True)
    )


def _read_table(
    table: Table,
    period: Period,
    statuses: frozenset[str],
    grey_has_meaning: bool,
    texts: Sequence[PageText],
    words: Vocabulary,
    work: _Work,
    known: list[Known],
) -> None:
    grid = Grid(table)
    header = _find_header(grid, period, words, known)
    box = table.boxes[0]
    where = source(box).bbox
    if header is None or header.kind not in ("dashboard", "improvement"):
        kind: Literal["legend", "other"] = "legend" if header and header.kind == "legend" else "other"
        why = header.why if header else "no headings of a performance table"
        work.tables.append(TableRead(pages=table.pages, bbox=where, kind=kind, why=why))
        for row in table.rows:
            _leave(row.cells, f"in a table that holds no measures ({why})", work)
        return
    heading = _heading_above(table, texts, work.facts, words.sections)
    columns, lit = by_looks(grid, header.end, header.columns, statuses, words, work.lit_headings)
    if lit is not None:
        work.lit_headings.add(columns[lit].heading)
    context = Context(
        columns=columns,
        lit_column=lit,
        statuses=statuses,
        vocabulary=words,
        section=heading[0] if heading else None,
        section_source=heading[1] if heading else (),
        grey_has_meaning=grey_has_meaning,
    )
    span = (header.start, header.end)
    if header.kind == "dashboard":
        rows = read_dashboard(grid, span, context)
        work.measures += rows.measures
        count = len(rows.measures)
    else:
        rows, records = read_improvements(grid, span, _without_section(context))
        work.improvements += records
        count = len(records)
    known.append((table, columns, header.kind))
    work.used.update(id(line) for line in rows.used)
    for cells, why in rows.left:
        _leave(cells, why, work)
    for line in table.repeated:
        work.unread.append(_unread(line, "header repeated on a later page"))
    printed_columns = tuple(Column(heading=g.heading, field=g.field, why=g.why) for g in columns)
    work.tables.append(
        TableRead(
            pages=table.pages,
            bbox=where,
            kind="dashboard" if header.kind == "dashboard" else "improvement",
            columns=printed_columns,
            rows=count,
            why=header.why,
        )
    )


def _without_section(context: Context) -> Context:
    """A heading above an improvement table names the table, not a directorate."""
    return Context(
        columns=context.columns,
        statuses=context.statuses,
        vocabulary=context.vocabulary,
        grey_has_meaning=False,
    )


def _leave(cells: Sequence[Cell], why: str, work: _Work) -> None:
    for cell in cells:
        for line in cell.lines:
            work.unread.append(_unread(line, why))
        work.unread += [
            Unread(page=g.box.page, bbox=source(g.box).bbox, text=g.text or (g.shape or "?"), reason=why)
            for g in cell.glyphs
            if not cell.lines
        ]


def _unread(line: Line, why: str) -> Unread:
    return Unread(page=line.box.page, bbox=source(line.box).bbox, text=line.text, reason=why)


def _fact_headings(facts: ReportFacts, texts: Sequence[PageText]) -> set[str]:
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


_FACT_LABEL = re.compile(
    r"^(?:agenda\s+)?(?:item|report|date|to|from|subject|author|committee|meeting|title|purpose)\b",
    re.IGNORECASE,
)
_GENERIC = (
    "appendix",
    "annex",
    "key performance indicators",
    "performance indicators",
    "dashboard",
    "scorecard",
    "table",
    "page",
    "continued",
)


def _heading_above(
    table: Table,
    texts: Sequence[PageText],
    own_words: Collection[str] = (),
    sections: Collection[str] = (),
) -> tuple[str, tuple[Source, ...]] | None:
    """The heading that stands over a table and names its section: the nearest that is no general caption.

    ``sections`` are names that a profile knows, in lower case; they need not look like headings.
    """
    top = table.boxes[0]
    page = next((t for t in texts if t.page == top.page), None)
    if page is None:
        return None
    above = [g for g in page.passages if g.passage.bbox[3] <= top.top + 2]
    for gathered in reversed(above):
        text = gathered.passage.text
        if gathered.passage.kind != "heading" and text.lower() not in sections:
            continue
        if text.lower().startswith(("appendix", "annex", "schedule")):
            return None  # what stands above the caption belongs to what came before
        if text in own_words:
            continue
        generic = any(text.lower().startswith(w) for w in _GENERIC) or _is_caption(text)
        if generic and text.lower() not in sections:
            continue
        return text, (Source(page=top.page, bbox=gathered.passage.bbox),)
    return None


def _is_caption(text: str) -> bool:
    low = text.lower()
    return any(
        w in low
        for w in (
            "dashboard",
            "scorecard",
            "quarter ",
            "performance report",
            "performance summary",
            "guide to",
            "key to",
            "summary of",
        )
    )


def _account(
    document: Document, texts: Sequence[PageText], scheme: Sequence[SchemeEntry], work: _Work
) -> None:
    """List what stands on table pages and is in no record, with the reason; and pages that were not read."""
    for page in document.pages:
        if page.trouble:
            work.unread.append(Unread(page=page.number, reason=page.trouble))
    with_tables = {p for t in document.tables for p in t.pages}
    in_scheme = {(e.page, e.bbox) for e in scheme if e.page and e.bbox}
    for text in texts:
        if text.page not in with_tables:
            continue
        work.unread += [_unread(line, "running header or footer") for line in text.furniture]
        for gathered in text.passages:
            why = {
                "heading": "heading outside the tables",
                "item": "text outside the tables",
                "footnote": "footnote",
                "legend": "legend",
            }.get(gathered.passage.kind, "text outside the tables")
            if (gathered.passage.page, gathered.passage.bbox) in in_scheme:
                why = "the rating rule (see scheme)"
            work.unread += [_unread(line, why) for line in gathered.lines]


def _kept(passages: Sequence[Passage], pages: Sequence[Page]) -> list[Passage]:
    """Passages that may bear on the figures: those on table pages and those that speak of performance."""
    table_pages = {p.number for p in pages if p.has_table}
    return [p for p in passages if p.page in table_pages or _speaks(p.text) or p.kind == "heading"]


_TOPICS = (
    "target", "status", "red", "amber", "green", "blue", "measure", "indicator", "kpi", "performance", "arrow",
    "direction of travel", "shaded", "grey", "appendix", "traffic", "rag", "rating", "forecast", "improve", "quarter",
)  # fmt: skip


def _speaks(text: str) -> bool:
    low = text.lower()
    return any(topic in low for topic in _TOPICS)
