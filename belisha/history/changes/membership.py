"""Measures that come, go, and change their names.

A measure is missed only in reports that cover the same ground: of the measures of the earlier report at
least half must be in the later one. Measures that are published once a year are waited for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from belisha.history.changes.change import Change
from belisha.history.identity import Series, is_strong
from belisha.history.vintages import Vintage
from normalise.records import Measure, Report
from validate.checks.pairing import code_key, codes, likeness, title_key

if TYPE_CHECKING:
    from belisha.history.chronicle import Chronicle

SAME_GROUND = Fraction(1, 2)
FEW = 3  # common measures, at least
A_YEAR = 4  # reports to wait for a measure that was seen once only, at a year's end
ROW_FIGURES = 2  # figures in a text that make it more likely a row than a sentence
LONG = 12  # characters of a title that are found in running text by no accident


def find(chronicle: Chronicle) -> Iterator[Change]:
    """Renamed, recoded, added and dropped measures."""
    members = {
        v.reading: {n for n, s in enumerate(chronicle.series) if any(a.vintage is v for a in s.appearances)}
        for v in chronicle.vintages
    }
    for number, series in enumerate(chronicle.series):
        yield from _names(chronicle, number, series)
        yield from _added(chronicle, number, series, members)
        yield from _dropped(chronicle, number, series, members)


def _names(chronicle: Chronicle, number: int, series: Series) -> Iterator[Change]:
    for was, now in zip(series.appearances, series.appearances[1:], strict=False):
        a, b = was.measure, now.measure
        if retitled(a, b):
            yield chronicle.change(
                number,
                "renamed",
                f"{chronicle.name(number)}: “{a.title}” in {was.vintage.name} is “{b.title}” in {now.vintage.name}.",
                field="title",
                period=str(now.vintage.moment) if now.vintage.moment else None,
                was=a.title,
                now=b.title,
                reports=(was.vintage.report.source.file, now.vintage.report.source.file),
            )
        if (
            a.code
            and b.code
            and is_strong(a.code)
            and is_strong(b.code)
            and code_key(a.code) != code_key(b.code)
        ):
            yield chronicle.change(
                number,
                "recoded",
                f"“{b.title}”: the code {a.code} in {was.vintage.name} is {b.code} in {now.vintage.name}.",
                field="code",
                period=str(now.vintage.moment) if now.vintage.moment else None,
                was=a.code,
                now=b.code,
                reports=(was.vintage.report.source.file, now.vintage.report.source.file),
            )


def retitled(a: Measure, b: Measure) -> bool:
    """Do the titles differ by more than spaces, marks, or a cell that cut one of them short?"""
    x, y = title_key(a.title).replace(" ", ""), title_key(b.title).replace(" ", "")
    if x == y or not x or not y:
        return False
    short, long = sorted((x, y), key=len)
    return not (len(short) >= 20 and long.startswith(short))


def same_ground(earlier: set[int], later: set[int]) -> bool:
    """Does the later report cover what the earlier one does?"""
    common = len(earlier & later)
    return common >= FEW and common >= SAME_GROUND * len(earlier)


def _before(a: Vintage, b: Vintage) -> bool:
    return a.moment is not None and b.moment is not None and a.moment.order < b.moment.order


def _added(
    chronicle: Chronicle, number: int, series: Series, members: dict[str, set[int]]
) -> Iterator[Change]:
    first = series.appearances[0].vintage
    earlier = [
        v
        for v in chronicle.vintages
        if _before(v, first) and same_ground(members[first.reading], members[v.reading])
    ]
    if not earlier or any(number in (p_one, p_other) for p_one, p_other in chronicle.proposed):
        return
    if any(mentions(series.appearances[0].measure, earlier[-1].report, tables=True)):
        return  # a row that was there before and that we could not read
    yield chronicle.change(
        number,
        "added",
        f"{chronicle.name(number)}: new in {first.name}.",
        period=str(first.moment),
        reports=(earlier[-1].report.source.file, first.report.source.file),
    )


def _dropped(
    chronicle: Chronicle, number: int, series: Series, members: dict[str, set[int]]
) -> Iterator[Change]:
    last = max((a.vintage for a in series.appearances), key=lambda v: v.order)
    later = [
        v
        for v in chronicle.vintages
        if _before(last, v)
        and same_ground(members[last.reading], members[v.reading])
        and not has_unread_pages(v.report)
    ]
    if len(later) <= _patience(chronicle, series, members):
        return
    measure = series.latest
    if any(any(mentions(measure, v.report, tables=True)) for v in later):
        return
    said = next((text for v in later for text in mentions(measure, v.report, tables=False)), None)
    perhaps = next((other for one, other in chronicle.proposed if one == number), None)
    message = f"{chronicle.name(number)}: in {last.name}, and not in {later[0].name}"
    message += f" or the {len(later) - 1} after it." if len(later) > 1 else "."
    if said is not None:
        message += f" The report says: “{said}”"
    elif perhaps is not None:
        name = chronicle.name(perhaps)
        if name == chronicle.name(number):  # one code, two titles
            name = f"“{chronicle.series[perhaps].latest.title}”"
        message += f" It may go on as {name}, which is not settled."
    else:
        message += " No report says why."
    yield chronicle.change(
        number,
        "dropped" if said is None else "dropped-and-said",
        message,
        verdict="depends" if perhaps is not None and said is None else "note",
        period=str(later[0].moment),
        reports=(last.report.source.file, later[0].report.source.file),
    )


def _patience(chronicle: Chronicle, series: Series, members: dict[str, set[int]]) -> int:
    """How many reports a measure may be missing from without being called gone.

    As many as it was missing from before between two appearances; a year's for one that was seen once only,
    at a year's end.
    """
    seen = {a.vintage.reading for a in series.appearances}
    first = min((a.vintage for a in series.appearances), key=lambda v: v.order)
    last = max((a.vintage for a in series.appearances), key=lambda v: v.order)
    longest = gap = 0
    for vintage in chronicle.vintages:
        if not first.order <= vintage.order <= last.order:
            continue
        if vintage.reading in seen:
            longest, gap = max(longest, gap), 0
        elif same_ground(members[first.reading], members[vintage.reading]):
            gap += 1
    single = len({a.vintage.moment for a in series.appearances}) == 1
    if single and last.moment is not None and (last.moment.span == "year" or last.moment.month == 12):
        return A_YEAR - 1
    return longest


def mentions(measure: Measure, report: Report, *, tables: bool) -> Iterator[str]:
    """Texts of a report that name the measure: with ``tables`` rows that became no record, else running text.

    A text with two figures or more beside the name is taken for a row of a table that was not read as one.
    """
    if tables:
        for row in report.improvements:
            if codes(measure).keys() & codes(row).keys() or likeness(measure.title, row.title, 0.9) >= 0.9:
                yield row.title
    code = code_key(measure.code) if measure.code else ""
    title = title_key(measure.title)
    texts = [u.text for u in report.unread if u.text]
    texts += [p.text for p in report.passages if p.text not in texts]
    for text in texts:
        named = (len(code) >= 3 and _has_code(code_key(text), code)) or (
            len(title) >= LONG and title in title_key(text)
        )
        if named and _is_row(text, measure) == tables:
            yield " ".join(text.split())[:200]


def _is_row(text: str, measure: Measure) -> bool:
    rest = text.replace(measure.code or "\0", " ").replace(measure.title, " ")
    return len(re.findall(r"(?<![\w/])[£$€]?\d[\d,.]*%?(?![\w/])", rest)) >= ROW_FIGURES


def has_unread_pages(report: Report) -> bool:
    """Is there a page of which nothing was read, so that anything may stand on it?"""
    return any(item.bbox is None and not item.text for item in report.unread)


def _has_code(text: str, code: str) -> bool:
    """The code with nothing after it that would make it another ("pm1" is not in "pm14")."""
    start = text.find(code)
    while start >= 0:
        after = text[start + len(code) : start + len(code) + 1]
        before = text[start - 1 : start] if start else ""
        if not (after.isdigit() and code[-1:].isdigit()) and not (before.isdigit() and code[:1].isdigit()):
            return True
        start = text.find(code, start + 1)
    return False
