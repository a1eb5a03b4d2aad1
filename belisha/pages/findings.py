"""The findings: each with its sentence, its arithmetic, the rule, what could be ruled out, and the crop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from belisha.pages.crops import union
from belisha.pages.markup import Child, Markup, join, tag
from belisha.pages.parts import MEANINGS, facts, heading, section, verdict_chip
from belisha.pages.view import ReportView, RowView
from belisha.places import GRAVITY, PAIRS, boxes_on, cells_of, pages_of, row_boxes
from belisha.tones import in_words
from normalise.records import BBox, Finding, Source

PICTURES_AT_MOST = 4  # a finding about more pages shows the first few
TALLEST = 320.0  # points: a row over half a page is shown round its cells only
ROUND_CELLS = 60.0


def findings_section(view: ReportView) -> Markup:
    """All findings by verdict, the gravest first."""
    name = f"{view.prefix}findings"
    shown = [v for v in GRAVITY if any(f.verdict == v for f in view.findings)]
    if not shown:
        words = "Nothing to report." if view.report.measures else "No performance table was found."
        return section(name, "Findings", view.level, tag("p", words, cls="quiet"))
    return section(name, "Findings", view.level, [_group(view, verdict) for verdict in shown])


def _group(view: ReportView, verdict: str) -> Markup:
    numbered = [(n, f) for n, f in enumerate(view.findings, 1) if f.verdict == verdict]
    return join(
        heading(view.level + 1, [verdict_chip(verdict), f" {len(numbered)}"], cls="group"),
        tag("p", MEANINGS[verdict], cls="quiet"),
        [_finding(view, n, finding) for n, finding in numbered],
    )


def _finding(view: ReportView, number: int, finding: Finding) -> Markup:
    row = view.row_of(number)
    place = f"page {finding.page}" if finding.page else "whole report"
    subject = " ".join(w for w in (finding.code, finding.title) if w)
    told: list[tuple[str, Child]] = [
        ("Arithmetic", finding.arithmetic),
        ("Rule as printed", _rule(view, finding)),
        ("By the rule", _expected(finding)),
        (
            "What could be ruled out",
            tag("ul", [tag("li", c) for c in finding.causes]) if finding.causes else None,
        ),
    ]
    back = tag("a", "see its row", href=f"#{row.key}", cls="torow") if row else None
    return tag(
        "article",
        heading(view.level + 2, [f"{number}. ", subject or _whole(finding)]),
        tag("p", finding.message, cls="sentence"),
        facts(told),
        _pictures(view, finding, row),
        tag("p", place, " · ", finding.kind, [" · ", back] if back else None, cls="quiet"),
        cls=f"finding v-{finding.verdict}",
        id=f"{view.prefix}f{number}",
    )


def _whole(finding: Finding) -> str:
    return "The rule" if finding.field == "scheme" else "The report as a whole"


def _rule(view: ReportView, finding: Finding) -> str:
    if not finding.rule:
        return ""
    if finding.rule != view.audited.rule_text:
        return finding.rule  # another sentence of the report; its crop says where it stands
    pages = dict.fromkeys(e.page for e in view.report.scheme if e.page is not None)
    where = f" (page {', '.join(map(str, pages))})" if pages else ""
    return f"{finding.rule}{where}"


def _expected(finding: Finding) -> str:
    if finding.kind != "status-contradicted" or not finding.expected:
        return ""
    expected = " or ".join(in_words(word) for word in finding.expected)
    return f"{in_words(finding.field or 'status')}: printed {in_words(finding.printed)}, expected {expected}"


def _pictures(view: ReportView, finding: Finding, row: RowView | None) -> Markup | None:
    """A crop for each page that the finding is about."""
    shown = list(_places(view, finding, row))[:PICTURES_AT_MOST]
    if view.camera is None or not shown:
        return None
    figures: list[Markup] = []
    for page, show, framed, beside in shown:
        taken = view.camera.crop(page, show, framed, beside)
        words = f"Page {page} of {view.report.source.file}"
        if taken is None:
            figures.append(tag("p", f"{words}: no picture, to keep this file small.", cls="quiet"))
            continue
        frames = ", with a thick frame round what the finding is about" if framed else ""
        frames += ", thin frames round what it was held against" if beside else ""
        picture = tag("img", src=taken[0], width=taken[1], alt=f"{words}{frames}: {finding.message}")
        pan = tag("div", picture, cls="pan", tabindex="0", role="group", aria_label=words)
        figures.append(tag("figure", pan, tag("figcaption", words), cls="shot"))
    return tag("div", figures, cls="shots")


def _places(
    view: ReportView, finding: Finding, row: RowView | None
) -> Iterator[tuple[int, BBox, Sequence[BBox], Sequence[BBox]]]:
    """Page, what to show of it, framed cells, cells in thin frames."""
    sources = tuple(s for s in finding.sources if (s.page, s.bbox) != (finding.page, finding.bbox))
    if row is not None:
        sources += cells_of(row.row, *PAIRS.get(finding.field or "", ()))
    main: tuple[Source, ...] = (
        (Source(page=finding.page, bbox=finding.bbox),) if finding.page and finding.bbox else ()
    )
    if row is not None and main:  # a cell may go on over the page
        main = tuple(dict.fromkeys((*main, *cells_of(row.row, finding.field or ""))))
    for page in dict.fromkeys(s.page for s in (*main, *sources)):
        framed, beside = boxes_on(page, main), boxes_on(page, sources)
        show = union([*framed, *beside])
        carried_on = row_boxes(row.row, page) if row is not None and page in pages_of(row.row)[1:] else []
        for box in (*view.rows_at(page, [*framed, *beside]), *carried_on):
            show = _with_row(show, box)
        yield page, show, framed, [b for b in dict.fromkeys(beside) if b not in framed]


def _with_row(cells: BBox, row: BBox) -> BBox:
    """The row and its cells; of a very tall row only the stretch round the cells."""
    whole = union([cells, row])
    if whole[3] - whole[1] <= TALLEST:
        return whole
    return whole[0], max(whole[1], cells[1] - ROUND_CELLS), whole[2], min(whole[3], cells[3] + ROUND_CELLS)
