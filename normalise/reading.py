"""A document to a report: facts, tables to records, the scheme's words, and an account of every word.

The one door of the normalise stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from extract.cells import Cell, Document, Page, Table
from normalise.accounting import in_order, left_cells, left_line, left_text, unused_names
from normalise.as_shown import with_pages_as_shown
from normalise.card_tables import unfold, with_cards
from normalise.cards import Card
from normalise.cellreading import source
from normalise.codes import CodeStyle, code_key, code_style
from normalise.columns import ColumnGuess
from normalise.dashboard import read_dashboard
from normalise.facts import read_facts
from normalise.grid import Grid
from normalise.headers import Headed, find_headers
from normalise.heading.looks import arrows_beside, by_looks
from normalise.heading.marked import marked_columns
from normalise.improvement import Part, read_improvements
from normalise.legend import find_arrow_legend, find_lights, find_rules
from normalise.legends.arrows import still_signs
from normalise.legends.marks import find_mark_key
from normalise.lights import Lights
from normalise.passages import PageText, gather, without
from normalise.recognised_figures import compared
from normalise.records import (
    Column,
    Improvement,
    Measure,
    Passage,
    Report,
    ReportFacts,
    SchemeEntry,
    SourceFile,
    TableRead,
    Unread,
)
from normalise.section_names import Named, fact_headings, heading_above, rule_texts
from normalise.shading import grey_means_portfolio
from normalise.table_context import Context, has_section_column, title_texts
from normalise.used_statuses import used_statuses
from normalise.vocabulary import Vocabulary, load

Left = Sequence[tuple[Sequence[Cell], str]]  # rows that are no record, with the reason


class _Work(Struct):
    """What is known while the tables are read, and what came of them by the number of the table."""

    texts: Sequence[PageText]
    vocabulary: Vocabulary
    lights: Lights
    still: frozenset[str]
    grey_has_meaning: bool
    style: CodeStyle
    own_words: set[str] = field(default_factory=set)  # headings that name the report itself
    lit_headings: set[str] = field(default_factory=set)
    measures: dict[int, list[Measure]] = field(default_factory=dict)
    improvements: dict[int, list[Improvement]] = field(default_factory=dict)
    tables: dict[int, TableRead] = field(default_factory=dict)
    headings: list[Sequence[Cell]] = field(default_factory=list)  # names of sections within tables
    unread: list[Unread] = field(default_factory=list)


class _Told(Struct):
    """What a document tells before its tables are read, and the tables with their headers."""

    facts: ReportFacts
    remarks: Sequence[str]
    texts: Sequence[PageText]
    passages: Sequence[Passage]
    rules: Sequence[tuple[SchemeEntry, ...]]
    arrows: tuple[SchemeEntry, ...]
    cards: Mapping[int, Card]
    headed: list[Headed]
    table_pages: frozenset[int]

    @property
    def scheme(self) -> tuple[SchemeEntry, ...]:
        return self.rules[0] if self.rules else ()


def read_report(
    document: Document, file: str, sha256: str, *, vocabulary: Vocabulary | None = None
) -> Report:
    """The records of a document. Raises nothing of its own: what cannot be read is listed in ``unread``.

    ``file`` is the name of the PDF, ``sha256`` that of its bytes. A table is let go as soon as its rows are records:
    a caller that does not hold the document itself never has the memory of both.
    """
    words = vocabulary or load()
    told, work = _begun(document, words)
    pages, notes, page_count = document.pages, document.notes, document.page_count
    del document
    headed, scheme = told.headed, told.scheme
    _read_dashboards(headed, work)
    _read_improvements(headed, work)
    compared(work.measures)
    compared(work.improvements)
    _leave_unused_headings(work)
    for card in told.cards.values():
        work.unread += left_cells(card.rest, "beside the labels and values of a measure")
    for number, table in enumerate(headed):
        if not table.is_read:
            _leave_table(number, table, work)
        work.unread += [
            left_line(line, "header repeated on a later page") for line in table.grid.table.repeated
        ]
    numbers = range(len(headed))
    names = {g for card in told.cards.values() if (g := card.heading) is not None}
    left = left_text(pages, told.table_pages, without(told.texts, names), told.rules)
    report = Report(
        source=SourceFile(file=file, sha256=sha256, pages=page_count),
        report=told.facts,
        scheme=scheme,
        other_schemes=tuple(told.rules[1:]),
        direction_key=told.arrows,
        measures=tuple(m for n in numbers for m in work.measures.get(n, ())),
        improvements=tuple(i for n in numbers for i in work.improvements.get(n, ())),
        unread=in_order((*work.unread, *left)),
        tables=tuple(work.tables[n] for n in numbers),
        passages=tuple(_kept(told.passages, pages)),
        notes=(*notes, *told.remarks),
    )
    return with_pages_as_shown(report, pages)


def _begun(document: Document, words: Vocabulary) -> tuple[_Told, _Work]:
    """What must be known of the whole document before the first row is read."""
    texts = gather(document.pages)
    facts, remarks = read_facts(texts, lambda: _words_of(document.tables))
    lines = [line for page in document.pages for line in page.lines]
    glyphs = [glyph for page in document.pages for glyph in page.glyphs]
    unfolded = unfold(document.tables, texts, glyphs, words)
    tables, cards, texts = unfolded.tables, unfolded.cards, unfolded.texts
    passages = [g.passage for t in texts for g in t.passages]
    headed = with_cards(find_headers(tables, facts.period, words), cards, facts.period, words)
    marked = find_mark_key(headed, passages)
    used = used_statuses(headed, words) | {status for _, status in marked.statuses}
    rules = find_rules(
        passages, document.tables, lines=lines, glyphs=glyphs, used=used, marked=marked.entries
    )
    arrows = find_arrow_legend(passages, document.tables, lines=lines, glyphs=glyphs)
    told = _Told(
        facts=facts,
        remarks=remarks,
        texts=texts,
        passages=passages,
        rules=rules,
        arrows=arrows,
        cards=cards,
        headed=headed,
        table_pages=frozenset(p for t in tables for p in t.pages),
    )
    lights = find_lights(told.scheme, document.tables, lines=lines, glyphs=glyphs)
    work = _Work(
        texts=texts,
        vocabulary=words,
        still=still_signs(arrows),
        lights=replace(lights, marks=marked.statuses),
        grey_has_meaning=grey_means_portfolio(passages) is not None,
        style=_report_style(headed, words),
        own_words=fact_headings(facts, texts) | rule_texts(told.scheme, texts),
    )
    return told, work


def _words_of(tables: Sequence[Table]) -> str:
    return "\n".join(line.text for t in tables for r in t.rows for c in r.cells for line in c.lines)


def _report_style(headed: Sequence[Headed], words: Vocabulary) -> CodeStyle:
    """How the report prints its codes, for tables with too few rows to tell."""
    texts = [text for t in headed if t.kind == "dashboard" for text in title_texts(t.grid, t.end, t.columns)]
    return code_style(texts, vocabulary=words)


def _read_dashboards(headed: list[Headed], work: _Work) -> None:
    open_section: Named | None = None
    before: Headed | None = None
    places = [table.grid.table.boxes for table in headed]
    dashboards = [number for number, table in enumerate(headed) if table.kind == "dashboard"]
    for number in dashboards:
        table = headed[number]
        columns, lit = by_looks(table.grid, table.end, table.columns, work.lights, work.vocabulary)
        if lit is not None:
            work.lit_headings.add(columns[lit].heading)
    for number in dashboards:
        table = headed[number]
        columns, lit = by_looks(
            table.grid, table.end, table.columns, work.lights, work.vocabulary, work.lit_headings
        )
        goes_on = before is not None and _goes_on(before, table)
        columns = _section_column_of(before, columns) if goes_on and before else columns
        ticked = marked_columns(table.grid, table.end, columns, work.vocabulary)
        columns = tuple(
            replace(g, field="status", why="its rows are marked in one of several") if k in ticked else g
            for k, g in enumerate(columns)
        )
        context = replace(_context(columns, work), marked=ticked)
        section = table.section or heading_above(number, places, work.texts, work.vocabulary, work.own_words)
        if has_section_column(context) and table.section is None:
            section = open_section if goes_on else None
        elif section is None and goes_on:
            section = open_section
        if section is not None:
            context = replace(context, section=section[0], section_source=section[1])
        rows = read_dashboard(
            table.grid,
            (table.start, table.end),
            replace(
                context,
                lit_column=lit,
                arrow_column=arrows_beside(table.grid, table.end, columns, work.vocabulary),
                grey_has_meaning=work.grey_has_meaning,
            ),
        )
        open_section = (rows.last_section, rows.section_source) if rows.last_section else None
        before = headed[number] = _read_up(replace(table, columns=columns))
        work.measures[number] = rows.measures
        work.headings += unused_names(rows.headings, rows.measures)
        _keep(number, before, rows.left, len(rows.measures), work)


def _read_up(table: Headed) -> Headed:
    """The table without its rows, which are records now; what comes after asks only where it stands."""
    return replace(table, grid=Grid(replace(table.grid.table, rows=())))


def _section_column_of(before: Headed, columns: tuple[ColumnGuess, ...]) -> tuple[ColumnGuess, ...]:
    """The columns, one of them a section column where it was one in the table that goes on here."""
    return tuple(
        replace(now, field=then.field, why=then.why)
        if then.field in ("section", "directorate") and now.field == "extra"
        else now
        for then, now in zip(before.columns, columns, strict=True)
    )


def _goes_on(before: Headed, table: Headed) -> bool:
    """Whether a table carries on the one before it: the same columns, on the same page or the next."""
    gap = table.grid.table.pages[0] - before.grid.table.pages[-1]
    same = table.goes_on is not None or [c.heading for c in table.columns] == [
        c.heading for c in before.columns
    ]
    return 0 <= gap <= 1 and same and len(table.columns) == len(before.columns)


def _read_improvements(headed: list[Headed], work: _Work) -> None:
    """After the dashboards, since those tell which codes there are. A heading above names no directorate."""
    codes = frozenset(code_key(m.code) for ms in work.measures.values() for m in ms if m.code)
    numbers = [number for number, table in enumerate(headed) if table.kind == "improvement"]

    def parts() -> Iterator[Part]:
        for k, number in enumerate(numbers):
            table = headed[number]
            context = replace(_context(table.columns, work), known_codes=codes)
            if table.section is not None:
                context = replace(context, section=table.section[0], section_source=table.section[1])
            goes_on = k > 0 and _goes_on(headed[numbers[k - 1]], table)
            headed[number] = _read_up(table)
            yield Part(table.grid, (table.start, table.end), context, goes_on)

    for number, read in zip(numbers, read_improvements(parts()), strict=True):
        work.improvements[number] = read.records
        work.headings += unused_names(read.headings, read.records)
        _keep(number, headed[number], read.left, len(read.records), work)


def _context(columns: Sequence[ColumnGuess], work: _Work) -> Context:
    return Context(
        columns=columns,
        lights=work.lights,
        still=work.still,
        vocabulary=work.vocabulary,
        report_style=work.style,
    )


def _keep(number: int, table: Headed, left: Left, count: int, work: _Work) -> None:
    for cells, why in left:
        work.unread += left_cells(cells, why)
    work.tables[number] = TableRead(
        pages=table.grid.table.pages,
        bbox=_where(table.grid.table),
        kind="dashboard" if table.kind == "dashboard" else "improvement",
        columns=tuple(Column(heading=g.heading, field=g.field, why=g.why) for g in table.columns),
        rows=count,
        why=table.why,
    )


def _leave_table(number: int, table: Headed, work: _Work) -> None:
    kind: Literal["legend", "other"] = "legend" if table.kind == "legend" else "other"
    printed = table.grid.table
    work.tables[number] = TableRead(pages=printed.pages, bbox=_where(printed), kind=kind, why=table.why)
    for row in printed.rows:
        work.unread += left_cells(row.cells, f"in a table that holds no measures ({table.why})")


def _leave_unused_headings(work: _Work) -> None:
    """A name that no record stands under, wherever the rows below it went, is in no record itself."""
    measures = (m for ms in work.measures.values() for m in ms)
    improvements = (i for some in work.improvements.values() for i in some)
    for cells in unused_names(work.headings, chain(measures, improvements)) if work.headings else ():
        work.unread += left_cells(cells, "heading without rows of its own")


def _where(table: Table) -> tuple[float, float, float, float]:
    return source(table.boxes[0]).bbox


def _kept(passages: Sequence[Passage], pages: Sequence[Page]) -> list[Passage]:
    """Passages that may bear on the figures: those on table pages and those that speak of performance."""
    table_pages = {p.number for p in pages if p.has_table}
    return [p for p in passages if p.page in table_pages or _speaks(p.text) or p.kind == "heading"]


_TOPICS = (
    "target", "status", "red", "amber", "green", "blue", "measure", "indicator", "kpi", "performance", "arrow",
    "direction of travel", "tolerance", "threshold", "shaded", "grey", "appendix", "traffic", "rag", "rating", "forecast", "improve", "quarter",
)  # fmt: skip


def _speaks(text: str) -> bool:
    low = text.lower()
    return any(topic in low for topic in _TOPICS)
