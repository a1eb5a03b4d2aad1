"""The dashboard and the improvement rows: tables to sort and filter, each row opening to its crop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from belisha.pages.bands import Strip, strip_of
from belisha.pages.crops import row_crop, union
from belisha.pages.markup import Child, Markup, join, lines, tag
from belisha.pages.parts import facts, section, status_chip, verdict_chip
from belisha.pages.strip import large_strip, small_strip
from belisha.pages.view import ReportView, RowView
from belisha.places import GRAVITY, cells_of, gravest, pages_of, row_boxes
from belisha.tones import in_words
from normalise.records import VALUE_FIELDS, Improvement, Measure, Value
from validate.checks import JudgedStatus

TEXTS = ("performance", "context", "actions", "intervention")
NAMES = {
    "actual": "Figure",
    "year_end_target": "Year-end target",
    "previous": "Earlier figure",
    "good_is": "Good is",
    "direction": "Direction",
    "in_portfolio": "In portfolio",
}
SHOWN = frozenset({"actual", "target", "forecast"})
STATUS_FIELDS = ("status", "forecast_status")
STRIP = "Against target"
BARS_AT_MOST = 1500  # rows beyond this get no strip charts, to keep long tables quick


def dashboard_section(view: ReportView) -> Markup:
    """The dashboard as a table."""
    return _section(view, view.measures, f"{view.prefix}dashboard", "Dashboard")


def improvements_section(view: ReportView) -> Markup:
    """The improvement rows as a table."""
    return _section(view, view.improvements, f"{view.prefix}improvements", "Improvement rows")


def _section(view: ReportView, rows: Sequence[RowView], name: str, title: str) -> Markup:
    if not rows:
        return Markup("")
    printed = {
        "Figure": any(r.row.actual for r in rows),
        "Target": any(r.row.target for r in rows),
        STRIP: any(r.row.actual or r.row.forecast for r in rows),
        "Status": any(r.row.status for r in rows),
        "Forecast": any(r.row.forecast for r in rows),
        "Forecast status": any(r.row.forecast_status for r in rows),
    }
    head = ["Measure", *(name for name, there in printed.items() if there), "Page"]
    heads = [
        tag("th", tag("button", h, type="button", cls="sort"), scope="col", cls=_class(h))
        if h != STRIP
        else tag("th", h, scope="col", cls=_class(h))
        for h in head
    ]
    table = tag(
        "table",
        tag("caption", f"{title}: {len(rows)} rows; a row opens to its place on the page", cls="vh"),
        tag("thead", tag("tr", heads)),
        [_row(view, row, head, n) for n, row in enumerate(rows)],
        id=f"{name}-t",
    )
    count = tag("p", f"{len(rows)} of {len(rows)} rows", cls="count", role="status", id=f"{name}-n")
    inner = tag("div", table, cls="tablebox", tabindex="0", role="region", aria_label=f"{title}, table")
    return section(
        name, title, view.level, tag("div", _filters(view, name, rows, head), count, inner, cls="sortable")
    )


def _class(head: str) -> str:
    return "c-strip" if head == STRIP else "c-" + head.lower().replace(" ", "-")


def _filters(view: ReportView, name: str, rows: Sequence[RowView], head: Sequence[str]) -> Markup:
    statuses = dict.fromkeys(getattr(r.row, f) for r in rows for f in STATUS_FIELDS if getattr(r.row, f))
    verdicts: set[str] = {j.verdict for r in rows for j in r.judged}
    verdicts |= {view.findings[n - 1].verdict for r in rows for n in r.findings}
    sections = dict.fromkeys(_heading(r) for r in rows if _heading(r))
    order = ["As printed", *(h for h in head if h != STRIP), "Verdict"]
    return tag(
        "form",
        _label("Search", tag("input", type="search", data_for="text", autocomplete="off")),
        _select("Status", "status", [(s, in_words(s)) for s in statuses]),
        _select("Verdict", "verdict", [(v, v) for v in GRAVITY if v in verdicts]),
        _select("Section", "section", [(s, s) for s in sections]) if len(sections) > 1 else None,
        _select("Sort by", "sort", [(h, h) for h in order], first=None),
        tag("button", "Reset", type="reset"),
        tag("button", "Open all", type="button", cls="all", aria_pressed="false"),
        cls="filters",
        role="search",
        aria_label=f"Filter {name}",
        autocomplete="off",
    )


def _label(words: str, control: Markup) -> Markup:
    return tag("label", tag("span", words), control)


def _select(words: str, kind: str, options: Iterable[tuple[str, str]], first: str | None = "all") -> Markup:
    listed = [tag("option", shown, value=value) for value, shown in options]
    if first is not None:
        listed.insert(0, tag("option", first, value=""))
    return _label(words, tag("select", listed, data_for=kind))


def _heading(view: RowView) -> str:
    return (view.row.section if isinstance(view.row, Measure) else view.row.directorate) or ""


def _row(view: ReportView, found: RowView, head: Sequence[str], n: int) -> Markup:
    row = found.row
    strip = strip_of(row, "status", view.audited.found) if n < BARS_AT_MOST else None
    verdicts = [j.verdict for j in found.judged] + [view.findings[i - 1].verdict for i in found.findings]
    title = tag(
        "button",
        tag("span", row.code, cls="code") if row.code else None,
        " " if row.code else None,
        row.title or "(no title)",
        type="button",
        cls="open",
        aria_expanded="true",
        aria_controls=f"{found.key}d",
    )
    pages = pages_of(row)
    shown = strip or (strip_of(row, "forecast_status", view.audited.found) if n < BARS_AT_MOST else None)
    cells = {
        "Measure": tag("th", title, _small(_heading(found)), _badge(found), scope="row", cls="c-measure"),
        "Figure": _value("Figure", row.actual),
        "Target": _value("Target", row.target),
        STRIP: _cell(STRIP, small_strip(shown) if shown else tag("span", "–", cls="nothing")),
        "Status": _status_cell("Status", found, "status"),
        "Forecast": _value("Forecast", row.forecast),
        "Forecast status": _status_cell("Forecast status", found, "forecast_status"),
        "Page": _cell("Page", _pages(pages), data_v=str(pages[0]) if pages else ""),
    }
    detail = tag("td", _detail(view, found, strip), colspan=len(head))
    return tag(
        "tbody",
        tag("tr", [cells[name] for name in head], cls="main"),
        tag("tr", detail, cls="detail", id=f"{found.key}d"),
        id=found.key,
        data_n=n,
        data_status=" ".join(s for s in (row.status, row.forecast_status) if s) or None,
        data_verdict=" ".join(dict.fromkeys(verdicts)) or None,
        data_section=_heading(found) or None,
        cls=f"v-{gravest(verdicts)}" if gravest(verdicts) in {"contradicted"} else None,
    )


def _badge(found: RowView) -> Markup | None:
    if not found.findings:
        return None
    prefix = found.key.rstrip("0123456789")[:-1]
    links: list[Child] = [tag("a", f"finding {n}", href=f"#{prefix}f{n}") for n in found.findings]
    joined = [join(", " if i else None, link) for i, link in enumerate(links)]
    return tag("span", joined, cls="small")


def _small(words: str) -> Markup | None:
    return tag("span", words, cls="small") if words else None


def _pages(pages: Sequence[int]) -> str:
    return str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}" if pages else "–"


def _cell(name: str, *children: Child, data_v: str | None = None) -> Markup:
    return tag("td", *children, cls=_class(name), data_v=data_v)


def _value(name: str, value: Value | None) -> Markup:
    if value is None:
        return _cell(name, tag("span", "–", cls="nothing"), data_v="")
    return _cell(name, value.printed, data_v="" if value.value is None else f"{value.value:f}")


def _status_cell(name: str, found: RowView, field: str) -> Markup:
    judged = found.verdict_on(field)
    verdict = tag("span", judged.verdict, cls=f"small vw v-{judged.verdict}") if judged else None
    status = getattr(found.row, field)
    return _cell(name, status_chip(status), verdict, data_v=in_words(status))


def _detail(view: ReportView, found: RowView, strip: Strip | None) -> Markup:
    row = found.row
    strips: list[Markup] = []
    if view.roomy and strip is not None:
        strips.append(large_strip(strip, "This period"))
    later = strip_of(row, "forecast_status", view.audited.found) if view.roomy and row.forecast else None
    if later is not None:
        strips.append(large_strip(later, "Forecast"))
    return tag(
        "div",
        _crops(view, found),
        tag("ul", [_judgement(j) for j in found.judged], cls="judgements") if found.judged else None,
        tag("div", strips, cls="strips") if strips else None,
        facts(_fields(row)),
        [
            join(tag("p", in_words(name).capitalize(), cls="texthead"), lines(getattr(row, name)))
            for name in TEXTS
            if isinstance(row, Improvement) and getattr(row, name)
        ],
        cls="inside",
    )


def _judgement(judged: JudgedStatus) -> Markup:
    told = judged.found
    arithmetic = tag("span", told.arithmetic, cls="sum") if told.arithmetic else None
    return tag("li", verdict_chip(judged.verdict), " ", told.message or told.reason, " ", arithmetic)


def _crops(view: ReportView, found: RowView) -> Markup | None:
    if view.camera is None:
        return None
    row = found.row
    statuses = cells_of(row, *STATUS_FIELDS)
    others = cells_of(row, *VALUE_FIELDS, "direction")
    parts: list[Markup] = []
    for page in pages_of(row):
        image = view.camera.pages.get(page)
        if image is None:
            parts.append(tag("p", f"Page {page}: no picture, to keep this file small.", cls="quiet"))
            continue
        boxes = row_boxes(row, page)
        if not boxes:
            continue
        framed = [s.bbox for s in statuses if s.page == page]
        beside = [s.bbox for s in others if s.page == page]
        label = f"The row on page {page}"
        parts.append(row_crop(image, view.prefix, union(boxes), framed, beside, label))
    return (
        tag("div", parts, cls="crops", tabindex="0", role="group", aria_label="On the page")
        if parts
        else None
    )


def _fields(row: Measure | Improvement) -> Iterable[tuple[str, Child]]:
    """Fields as read, with the pages they stand on."""
    for name in VALUE_FIELDS:
        value = getattr(row, name, None)
        # what the row itself shows is not said again, unless there is a doubt about it
        if isinstance(value, Value) and (name not in SHOWN or value.confidence != "high"):
            yield NAMES.get(name, in_words(name).capitalize()), _read_value(value)
    for heading, value in row.extra.items():
        yield heading, _read_value(value)
    for name in ("good_is", "direction", "note"):
        words = getattr(row, name, None)
        if words:
            yield NAMES.get(name, in_words(name).capitalize()), in_words(words) if name != "note" else words
    if isinstance(row, Measure) and row.inferred_good_is and not row.good_is:
        yield "Good is", f"{row.inferred_good_is.good_is} (not printed; {row.inferred_good_is.reason})"
    codes = ", ".join((*row.other_codes, *row.former_codes))
    if codes:
        yield "Other codes", codes


def _read_value(value: Value) -> str:
    doubt = (
        f" ({value.confidence} confidence: {', '.join(value.signals)})" if value.confidence != "high" else ""
    )
    return f"{value.printed}{doubt}"
