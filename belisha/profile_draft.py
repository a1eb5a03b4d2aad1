"""A profile drafted from one report: what was understood, what was not, as comments to be edited.

The draft is a profile that changes nothing until a line is taken out of its comment.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from normalise.records import Improvement, Measure, Report, TableRead, Value
from normalise.vocabulary import load
from normalise.words import collapse

MOST = 12  # entries of one kind that are listed
OURS = ("dashboard", "improvement")


def draft(report: Report) -> str:
    """The text of a TOML file. It never names pages or places, for a profile must not."""
    blocks = [
        _head(report),
        _sections(report),
        _columns(report),
        _statuses(report),
        _directions(report),
        _good_is(report),
        _polarity(report),
        _scheme(report),
        _left(report),
    ]
    return "\n".join("\n".join(block) + "\n" for block in (list(b) for b in blocks) if block)


def _head(report: Report) -> Iterator[str]:
    yield f"# A profile drafted from {_plain(report.source.file)}. It changes nothing yet: take the # from a line to use it."
    yield "# Everything may be left out. Words that other councils use too belong in the vocabulary, not here."
    yield f"organisation = {_text(report.report.organisation or '')}"


def _sections(report: Report) -> Iterator[str]:
    found = list(dict.fromkeys(m.section for m in report.measures if m.section))
    yield "# names of sections that stand in rows or headings of their own; found without a profile:"
    yield f"# sections = {_list(found)}"


def _columns(report: Report) -> Iterator[str]:
    yield "[columns]"
    understood: dict[str, str] = {}
    unknown: dict[str, None] = {}
    for table in report.tables:
        if table.kind not in OURS:
            continue
        for column in table.columns:
            if column.field in (None, "extra") and not column.why.startswith("the heading says"):
                if column.heading:
                    unknown.setdefault(column.heading)
            else:
                understood.setdefault(
                    column.heading, f"{column.field}, for {column.why}" if column.why else f"{column.field}"
                )
    yield "# understood:"
    for heading, field in list(understood.items())[: 2 * MOST]:
        yield f"#   {_text(heading)} is read as {_plain(field)}"
    if unknown:
        yield "# not understood, kept under their headings; say what each of them is (actual, target, status,"
        yield "# previous, floor, benchmark, words …) in place of not_used:"
        yield f"# not_used = {_list(unknown)}"
    for table in report.tables:
        if table.kind == "other":
            yield from _other_table(report, table)


def _other_table(report: Report, table: TableRead) -> Iterator[str]:
    """A table that was not taken for one of measures: its first words are its headings as a rule."""
    x0, top, x1, bottom = table.bbox
    words = [
        u.text
        for u in report.unread
        if u.bbox
        and u.page == table.pages[0]
        and x0 <= u.bbox[0] <= x1
        and top - 2 <= u.bbox[1] <= bottom
        and u.text
    ]
    if words:
        yield f"# a table was left out ({_plain(table.why)}); it begins: {_plain(' | '.join(words[:8]))[:160]}"


def _statuses(report: Report) -> Iterator[str]:
    rows: tuple[Measure | Improvement, ...] = (*report.measures, *report.improvements)
    pairs = [
        (row.printed.get(name, ""), getattr(row, name))
        for row in rows
        for name in ("status", "forecast_status")
        if getattr(row, name) is not None
    ]
    known = Counter(status for _, status in pairs)
    own = {
        m.printed.get(name, "")
        for m in report.measures
        for name in ("status", "forecast_status")
        if "own-status-word" in m.signals.get(name, ())
    }
    misprints = {
        (m.printed.get(name, ""), getattr(m, name))
        for m in report.measures
        for name in ("status", "forecast_status")
        if "misprinted-status" in m.signals.get(name, ())
    }
    unread = {
        m.printed[name]
        for m in report.measures
        for name in ("status", "forecast_status")
        if getattr(m, name) is None and any(c.isalnum() for c in m.printed.get(name, ""))
    }
    yield "[statuses]"
    if known:
        yield f"# read: {', '.join(f'{_plain(status)} ({count})' for status, count in known.most_common())}"
    for word in sorted(own | unread)[:MOST]:
        yield f"# not known, say which status it means: green = {_list([word])}"
    for word, status in sorted(misprints)[:MOST]:
        yield f"# taken for a misprint: {_plain(status)} = {_list([word])}"


def _directions(report: Report) -> Iterator[str]:
    unread = Counter(
        m.printed["direction"] for m in report.measures if m.direction is None and m.printed.get("direction")
    )
    words = [w for w in unread if any(c.isalpha() and c.isascii() for c in w)]
    signs = [w for w in unread if w not in words]
    if words:
        yield "[directions]"
        yield f"# not understood; say which way they point: up = {_list(words)}"
    if signs:
        yield "[glyphs]"
        yield "# signs that are not known; look at the report and say what each shows (arrow-up, arrow-down, arrow-right):"
        for sign in signs[:MOST]:
            yield f'# {_text(sign)} = "arrow-up"'


def _good_is(report: Report) -> Iterator[str]:
    neither = load().polarity.neither
    unread = dict.fromkeys(
        m.printed["good_is"]
        for m in report.measures
        if m.good_is is None and m.printed.get("good_is") and m.printed["good_is"].lower() not in neither
    )
    if unread:
        yield "[good_is]"
        yield f"# not understood; say which way is good: high = {_list(unread)}"


def _is_told(measure: Measure) -> bool:
    """Whether something else than the row's own status tells which way is good."""
    return measure.inferred_good_is is not None and measure.inferred_good_is.origin != "status"


def _polarity(report: Report) -> Iterator[str]:
    bare = [m for m in report.measures if m.good_is is None and not _is_told(m) and _is_rated(m)]
    if bare:
        yield "[polarity]"
        yield "# which way is good is neither printed nor told by the title:"
        for measure in bare[:MOST]:
            yield f'# {_text(measure.code or measure.title)} = "high"  # {_plain(measure.title)[:60]}'
        if len(bare) > MOST:
            yield f"# … and {len(bare) - MOST} more"


def _is_rated(measure: Measure) -> bool:
    return isinstance(measure.actual, Value) and measure.status is not None


def _scheme(report: Report) -> Iterator[str]:
    from validate.audit import printed_scheme

    scheme = printed_scheme(report)
    if scheme is None:
        yield "# No rating rule was found in the report. If there is one elsewhere, state it here, a band at a time:"
        yield '# [[scheme]]\n# status = "green"\n# text = "on or better than target"'
        return
    if scheme.usable:
        yield "# The rule was read from the report; a rule here would take its place:"
    else:
        yield "# The report's rule was not understood; word it again and take the # away:"
        for quoted in scheme.not_understood:
            yield f"#   not understood: {_plain(quoted)}"
    for entry in report.scheme:
        yield "# [[scheme]]"
        yield f"# status = {_text(entry.status)}"
        yield f"# text = {_text(entry.text)}"


def _left(report: Report) -> Iterator[str]:
    counts = Counter(item.reason for item in report.unread)
    yield f"# {len(report.measures)} measures and {len(report.improvements)} improvement rows were read."
    if counts:
        yield "# Text on table pages that is in no record, by reason (a profile may help with the rows among it):"
        for reason, count in counts.most_common(MOST):
            yield f"#   {count} x {_plain(reason)}"


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(_text(word) for word in list(words)[: 2 * MOST]) + "]"


def _text(words: str) -> str:
    """A TOML string; JSON's escapes are TOML's, and nothing breaks the line that it stands on."""
    return json.dumps(_plain(words), ensure_ascii=False)


def _plain(words: str) -> str:
    """Words that may stand in a comment: one line, no control characters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "", collapse(words))
