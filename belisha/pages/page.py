"""The whole page: a policy that lets nothing in from elsewhere, the summary, then section by section."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from msgspec.structs import replace

from belisha.original import Originals
from belisha.pages.crops import ROOM, page_store, take
from belisha.pages.findings import findings_section
from belisha.pages.markup import Child, Markup, join, tag
from belisha.pages.parts import heading, verdict_chip
from belisha.pages.rest import about_section, rule_section, unread_section
from belisha.pages.tables import dashboard_section, improvements_section
from belisha.pages.view import ReportView, picture_pages
from belisha.places import GRAVITY
from belisha.render.audited import Audited
from belisha.render.layout import counted
from belisha.safe_text import well_formed
from normalise.records import Report

LARGEST = 4_700_000  # characters of the whole file
LEAST = 400_000  # of pictures, however many words there are


def audits_html(audits: Sequence[Audited], originals: Originals, *, show_all: bool = False) -> str:
    """One page for all reports. ``originals`` are the PDFs for pictures; without one there are none.

    ``show_all`` lists the statuses of which nothing was found among the findings, too.
    """
    alone = len(audits) == 1
    views = [
        ReportView(
            replace(audited, report=audited.with_all()) if show_all else audited,
            prefix="" if alone else f"r{n}",
            level=2 if alone else 3,
            original=originals.get(audited.report.source.sha256),
        )
        for n, audited in enumerate(audits, 1)
    ]
    room = _room(views)
    if alone:
        title = f"Audit of {name_of(views[0])}"
        body = _report(views[0], room, heading(1, title))
    else:
        title = f"Audit of {counted(len(views), 'report')}"
        contents = [
            tag("li", tag("a", name_of(v), href=f"#{v.prefix}top"), f": {sentence(v)}") for v in views
        ]
        articles = [_report(v, room, heading(2, name_of(v), id=f"{v.prefix}top")) for v in views]
        body = join(tag("header", heading(1, title), tag("ul", contents)), articles)
    return _document(title, body)


def _room(views: Sequence[ReportView]) -> int:
    """Characters for the pictures of each report, so that the file stays under 5 MB; says which views have
    room for large strips."""
    words = [_words(view.report) for view in views]
    for view in views:
        view.roomy = sum(words) < LARGEST // 2
    return max(LEAST, min(ROOM, LARGEST - sum(words))) // max(len(views), 1)


def _words(report: Report) -> int:
    """About how many characters a report's rows and texts take."""
    texts = sum(len(t or "") for r in report.improvements for t in (r.context, r.actions, r.intervention))
    rows = 2_300 * len(report.measures) + 2_800 * len(report.improvements) + 1_500 * len(report.findings)
    return rows + texts + sum(80 + len(u.text) for u in report.unread[:400])


def name_of(view: ReportView) -> str:
    """What to call a report: organisation and title as it prints them, else its file name."""
    said = view.report.report
    return ": ".join(w for w in (said.organisation, said.title) if w) or view.report.source.file


def sentence(view: ReportView) -> str:
    """What was read and what was found, in one sentence."""
    report = view.report
    if not report.measures and not report.improvements:
        return f"No performance table was found in {report.source.file}, so there was nothing to check."
    read = counted(len(report.measures), "measure")
    if report.improvements:
        read += f" and {counted(len(report.improvements), 'improvement row')}"
    accused = sum(f.verdict == "contradicted" for f in report.findings)
    checked = sum(dict(view.audited.counts).values())
    found = (
        f"{counted(accused, 'finding says', 'findings say')} that the report contradicts itself"
        if accused
        else "nothing was found that contradicts the report's own words"
    )
    return f"Belisha read {read} and checked {counted(checked, 'status', 'statuses')}: {found}."


def _report(view: ReportView, room: int, top: Markup) -> Markup:
    with take(view.original, view.report.source.file, picture_pages(view.report), room) as camera:
        view.camera = camera
        if camera is not None:
            # the crops that prove come first, the pages to cut rows from take what room is left
            found = findings_section(view)
            camera.rows(picture_pages(view.report))
            store = page_store(camera.pages.values(), view.prefix)
        else:
            found, store = findings_section(view), Markup("")
    sections = (
        found,
        dashboard_section(view),
        improvements_section(view),
        rule_section(view),
        unread_section(view),
        about_section(view),
    )
    head = tag("header", top, _lead(view), _counts(view), _contents(view))
    return join(store, head, sections) if view.level == 2 else tag("article", store, head, sections)


def _lead(view: ReportView) -> Markup:
    said = view.report.report.period
    period = said.year or said.label
    quarter = f", quarter {said.quarter}" if said.year and said.quarter else ""
    place = f"{view.report.source.file}, {counted(view.report.source.pages, 'page')}"
    where = " · ".join(w for w in (f"{period}{quarter}" if period else "", place) if w)
    return join(tag("p", where, cls="quiet"), tag("p", sentence(view), cls="lead"))


def _counts(view: ReportView) -> Markup:
    report = view.report
    by_verdict: Counter[str] = Counter(f.verdict for f in report.findings)
    checked = dict(view.audited.counts)
    tiles: list[tuple[Child, int, str]] = [
        ("measures", len(report.measures), f"#{view.prefix}dashboard" if report.measures else ""),
        (
            "improvement rows",
            len(report.improvements),
            f"#{view.prefix}improvements" * bool(report.improvements),
        ),
        ("statuses supported", checked.get("supported", 0), ""),
        ("statuses not verifiable", checked.get("unverifiable", 0), ""),
        *((verdict_chip(v), by_verdict[v], f"#{view.prefix}findings") for v in GRAVITY[:3] if by_verdict[v]),
        (verdict_chip("note"), by_verdict["note"], f"#{view.prefix}findings" * bool(by_verdict["note"])),
        ("pieces not read", len(report.unread), f"#{view.prefix}unread"),
    ]
    shown = [
        tag("li", tag("b", f"{number:,}"), " ", tag("a", words, href=link) if link else words)
        for words, number, link in tiles
    ]
    return tag("ul", shown, cls="counts")


def _contents(view: ReportView) -> Markup:
    names = [("findings", "Findings")]
    names += [("dashboard", "Dashboard")] if view.report.measures else []
    names += [("improvements", "Improvement rows")] if view.report.improvements else []
    names += [("rule", "The rule"), ("unread", "Not read"), ("about", "About")]
    label = "Contents" if view.level == 2 else f"Contents of {name_of(view)}"
    return tag(
        "nav", [tag("a", words, href=f"#{view.prefix}{name}") for name, words in names], aria_label=label
    )


def _document(title: str, body: Markup) -> str:
    style, script = _own("page.css"), _own("page.js")
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    )
    head = join(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=Markup(policy)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", style),
        tag("script", script),
    )
    skip = tag("a", "Skip to the findings", href="#main", cls="skip")
    main = tag("main", body, id="main", tabindex="-1")
    return well_formed(
        f"<!doctype html>\n{tag('html', tag('head', head), tag('body', skip, main), lang='en-GB')}\n"
    )


@cache
def _own(name: str) -> Markup:
    """A style sheet or script of ours, as it is."""
    return Markup(files("belisha.pages").joinpath("data", name).read_text(encoding="utf-8"))


def _hash(inside: str) -> str:
    digest = hashlib.sha256(inside.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")
