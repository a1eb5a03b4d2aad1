"""Reports and audits for people: readable on a terminal of 80 columns, and as plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from belisha.render.audited import CHECKED, Audited
from belisha.render.layout import Painter, counted, grid, wrapped
from belisha.safe_text import one_line, shortened
from normalise.records import Finding, Improvement, Measure, Report, Value

Look = tuple[int, bool]

VERDICTS = {
    "contradicted": "the report contradicts itself, however its rule is read and its figures were rounded",
    "borderline": "as printed the answer is another, but within the rounding of the figures it is this one",
    "depends": "the answer hangs on how the rule is read",
    "unverifiable": "there is too little in print to check it",
    "note": "worth knowing, no error",
    "supported": "the rule and the figures give what is printed",
}
BY_RULE = frozenset({"status-contradicted", CHECKED})
READINGS_SHOWN = 4
GROUPS_SHOWN = 20
WORDS_SHOWN = 100  # characters of each group


def reports_table(reports: Sequence[Report], look: Look) -> str:
    """What was read from each report: counts on top, a row a measure, what was not read at the end."""
    return "\n\n".join("\n".join(_report(report, look)) for report in reports) + "\n"


def audits_table(audits: Sequence[Audited], look: Look, *, show_all: bool = False) -> str:
    """What was found in each report: counts on top, findings by verdict with their arithmetic."""
    return "\n\n".join("\n".join(_audit(audited, look, show_all)) for audited in audits) + "\n"


def _report(report: Report, look: Look) -> Iterator[str]:
    columns, colour = look
    yield from _head(report, columns, Painter(colour))
    if report.measures:
        yield ""
        rows = [_measure_cells(measure) for measure in report.measures]
        yield from grid(
            ("page", "code", "measure", "actual", "target", "status"),
            rows,
            columns,
            stretch=2,
            right=frozenset({0, 3, 4}),
        )
    if report.improvements:
        yield ""
        yield from grid(
            ("page", "code", "improvement", "actual", "target", "status"),
            [_improvement_cells(row) for row in report.improvements],
            columns,
            stretch=2,
            right=frozenset({0, 3, 4}),
        )
    yield from _unread(report, columns)


def _audit(audited: Audited, look: Look, show_all: bool) -> Iterator[str]:
    columns, colour = look
    paint = Painter(colour)
    report = audited.with_all() if show_all else audited.report
    yield from _head(report, columns, paint)
    if audited.counts:
        counts = dict(audited.counts)
        told = ", ".join(f"{counts[v]} {v}" for v in VERDICTS if counts.get(v))
        yield from wrapped(f"Statuses checked: {sum(counts.values())} ({told})", columns)
    if audited.rule_text:
        yield from wrapped(audited.rule_text, columns, first="Rule: ", later="  ")
    if audited.rule:
        yield from wrapped(audited.rule, columns, later="  ")
    for explained, name in audited.readings[:READINGS_SHOWN]:
        yield from wrapped(f"{explained}: {name}", columns, first="  - ")
    if len(audited.readings) > READINGS_SHOWN:
        yield f"  and {counted(len(audited.readings) - READINGS_SHOWN, 'other reading')}"
    if not report.findings:
        yield from ("", "Nothing to report.") if report.measures else ()
    for verdict, meaning in VERDICTS.items():
        group = [finding for finding in report.findings if finding.verdict == verdict]
        if not group:
            continue
        yield ""
        yield from _verdict_head(verdict, len(group), meaning, columns, paint)
        for number, finding in enumerate(group, 1):
            yield from _finding(number, finding, columns, told=audited.rule_text)
    yield from _unread(report, columns)


def _verdict_head(verdict: str, number: int, meaning: str, columns: int, paint: Painter) -> Iterator[str]:
    first, *later = wrapped(f"{verdict.upper()} ({number}): {meaning}", columns, later="  ")
    yield first.replace(verdict.upper(), paint(verdict.upper(), verdict), 1)
    yield from later


def _head(report: Report, columns: int, paint: Painter) -> Iterator[str]:
    facts = report.report
    file = f"{one_line(report.source.file)} ({counted(report.source.pages, 'page')})"
    first, *later = wrapped(file, columns)
    yield paint(first, "heading")
    yield from later
    names = ": ".join(word for word in (facts.organisation, facts.title) if word)
    if names:
        yield from wrapped(names, columns)
    if facts.period.year or facts.period.label:
        quarter = f", quarter {facts.period.quarter}" if facts.period.quarter else ""
        yield from wrapped(f"Period: {facts.period.year or facts.period.label}{quarter}", columns)
    if not report.measures and not report.improvements:
        yield "No performance table was found."
        return
    statuses = Counter(measure.status for measure in report.measures if measure.status)
    told = ", ".join(f"{n} {status.replace('_', ' ')}" for status, n in statuses.most_common())
    line = counted(len(report.measures), "measure") + (f" ({told})" if told else "")
    if report.improvements:
        line += f"; {counted(len(report.improvements), 'improvement row')}"
    yield from wrapped(line, columns)


def _measure_cells(measure: Measure) -> tuple[str, ...]:
    return (
        str(measure.page),
        measure.code or "",
        measure.title,
        _printed(measure.actual),
        _printed(measure.target),
        (measure.status or "").replace("_", " "),
    )


def _improvement_cells(row: Improvement) -> tuple[str, ...]:
    return (
        str(row.pages[0]) if row.pages else "",
        row.code or "",
        row.title,
        _printed(row.actual),
        _printed(row.target),
        (row.status or "").replace("_", " "),
    )


def _finding(number: int, finding: Finding, columns: int, *, told: str) -> Iterator[str]:
    """One finding. ``told``: the rule that the head has shown already."""
    mark = f"{number:>3}. "
    inset = " " * len(mark)
    place = f"page {finding.page}" if finding.page else "whole report"
    subject = " ".join(word for word in (finding.code, finding.title) if word)
    yield from wrapped(", ".join(word for word in (place, subject) if word), columns, first=mark)
    if finding.message:
        yield from wrapped(finding.message, columns, first=inset)
    if finding.kind in BY_RULE and finding.printed is not None and finding.expected:
        field = (finding.field or "status").replace("_", " ")
        expected = " or ".join(word.replace("_", " ") for word in finding.expected)
        line = f"{field} printed: {finding.printed}; by the rule: {expected}"
        yield from wrapped(line, columns, first=inset)
    for label, text in (("arithmetic", finding.arithmetic), ("rule", finding.rule)):
        if text and text != told:
            yield from wrapped(text, columns, first=f"{inset}{label}: ", later=inset + "  ")
    for cause in finding.causes:
        yield from wrapped(cause, columns, first=f"{inset}- ")
    yield from wrapped(f"[{finding.kind}]", columns, first=inset)


def _unread(report: Report, columns: int) -> Iterator[str]:
    if not report.unread:
        return
    yield ""
    head = f"NOT READ ({len(report.unread)}): pages and text that are in no record, with the reason"
    yield from wrapped(head, columns, later="  ")
    groups = _unread_groups(report)
    for reason, texts, pages in groups[:GROUPS_SHOWN]:
        place = f"page{'s' if len(pages) > 1 else ''} {', '.join(map(str, pages))}"
        words = shortened(" / ".join(text for text in texts if text), WORDS_SHOWN)
        times = f" ({len(texts)} pieces)" if len(texts) > 1 else ""
        line = f"{place}, {reason}{times}" + (f": {words}" if words else "")
        yield from wrapped(line, columns, first="  ", later="    ")
    if len(groups) > GROUPS_SHOWN:
        more = counted(len(groups) - GROUPS_SHOWN, "more line")
        yield from wrapped(f"and {more}; the json format lists everything", columns, first="  ")


def _unread_groups(report: Report) -> list[tuple[str, tuple[str, ...], list[int]]]:
    """Reason, texts and pages: pieces of one page with one reason together, the same on later pages once."""
    on_pages: dict[tuple[int, str], list[str]] = {}
    for item in report.unread:
        on_pages.setdefault((item.page, item.reason), []).append(one_line(item.text))
    same: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for (page, reason), texts in on_pages.items():
        same.setdefault((reason, tuple(texts)), []).append(page)
    return [(reason, texts, pages) for (reason, texts), pages in same.items()]


def _printed(value: Value | None) -> str:
    return value.printed if value else ""
