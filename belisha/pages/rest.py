"""The rule, what was not read, and what the file is."""

from __future__ import annotations

from collections.abc import Iterator

from belisha.neighbours import version
from belisha.pages.markup import Child, Markup, join, tag
from belisha.pages.parts import facts, section, status_chip
from belisha.pages.view import ReportView
from normalise.records import Unread

PIECES_AT_MOST = 400


def rule_section(view: ReportView) -> Markup:
    """The report's rule in its own words, and how it was read."""
    name = f"{view.prefix}rule"
    audited = view.audited
    entries = [
        tag(
            "tr",
            tag("td", status_chip(entry.status)),
            tag("td", entry.text),
            tag("td", str(entry.page) if entry.page else "–"),
        )
        for entry in view.report.scheme
    ]
    heads = [tag("th", h, scope="col") for h in ("Status", "Words of the report", "Page")]
    table = tag(
        "table", tag("caption", "The rule", cls="vh"), tag("thead", tag("tr", heads)), tag("tbody", entries)
    )
    scheme = audited.found.scheme if audited.found else None
    said: list[Markup] = [tag("p", audited.rule)] if audited.rule else []
    if audited.readings:
        said.append(tag("ul", [tag("li", explained, ": ", words) for explained, words in audited.readings]))
    for title, sentences in (
        ("Gaps", scheme.gaps if scheme else ()),
        ("Overlaps", scheme.overlaps if scheme else ()),
        ("Not understood", scheme.not_understood if scheme else ()),
    ):
        if sentences:
            said.append(tag("p", title, cls="texthead"))
            said.append(tag("ul", [tag("li", sentence) for sentence in sentences]))
    if not entries:
        said.insert(0, tag("p", "The report prints no rule for its statuses.", cls="quiet"))
    box = tag("div", table, cls="tablebox plain", tabindex="0", role="region", aria_label="Rule, table")
    return section(name, "The rule and its readings", view.level, box if entries else None, said)


def unread_section(view: ReportView) -> Markup:
    """Pages and text that are in no record, with the reason."""
    report = view.report
    name = f"{view.prefix}unread"
    if not report.unread:
        return section(name, "Not read", view.level, tag("p", "Everything was read.", cls="quiet"))
    words = f"{len(report.unread)} pieces of text or pages are in no record."
    return section(name, "Not read", view.level, tag("p", words), list(_unread(report.unread)))


def _unread(items: tuple[Unread, ...]) -> Iterator[Markup]:
    by_page: dict[int, dict[str, list[str]]] = {}
    for item in items[:PIECES_AT_MOST]:
        by_page.setdefault(item.page, {}).setdefault(item.reason, []).append(item.text)
    for page, reasons in sorted(by_page.items()):
        count = sum(len(texts) for texts in reasons.values())
        listed = [
            join(
                tag("p", reason, cls="texthead"),
                tag("ul", [tag("li", t or "(the whole page)") for t in texts]),
            )
            for reason, texts in reasons.items()
        ]
        yield tag("details", tag("summary", f"Page {page}: {count} pieces"), listed)
    if len(items) > PIECES_AT_MOST:
        yield tag("p", f"{len(items) - PIECES_AT_MOST:,} more are in the JSON.", cls="quiet")


def about_section(view: ReportView) -> Markup:
    """File, hash, what the report says of itself, and what wrote this page."""
    source, said = view.report.source, view.report.report
    pairs: list[tuple[str, Child]] = [
        ("File", source.file),
        ("SHA-256", source.sha256),
        ("Pages", str(source.pages)),
        ("Organisation", said.organisation),
        ("Committee", said.committee),
        ("Meeting", said.meeting_date),
        ("Item", said.item),
        ("Title", said.title),
        ("Remarks", tag("ul", [tag("li", n) for n in view.report.notes]) if view.report.notes else None),
        (
            "Made by",
            f"Belisha {version()}; it compares the report with itself and cannot tell whether figures are true.",
        ),
    ]
    return section(f"{view.prefix}about", "About", view.level, facts(pairs, "facts about"))
