"""The performance cell of an improvement report: period, target, actual, forecast and their statuses.

"Quarter 2 Target – 90% Actual – 81.5% (RED) Year end forecast 90% (GREEN)", in any order and spelling. The cell
is cut at its labels; what stands after a label up to the next is that label's figure, with a status in
brackets or at its end. A label that comes twice with different figures tells nothing: the cell may be two rows'.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from msgspec import Struct, field

from normalise.statuses import read_status
from normalise.values import ParsedValue, read_value
from normalise.vocabulary import Vocabulary

_YEAR_END = r"(?:year[\s-]*end|end[\s-]of[\s-](?:the[\s-])?year|full[\s-]year|annual|y/?e|outturn)"
_PERIOD = r"(?:quarter|qtr|q)\s*(?:[1-4]|one|two|three|four)\b(?:\s*\(?\d{4}\s*[/–-]\s*\d{2,4}\)?)?"
_LABEL = re.compile(
    rf"\b(?P<forecast>(?:{_YEAR_END}\s*)?(?:forecast|projection|projected)(?:\s*(?:for\s*)?{_YEAR_END})?(?:\s*outturn)?|{_YEAR_END}\s*(?:actual|forecast|projection|position|outturn))\b"
    rf"|\b(?P<year_end_target>{_YEAR_END}\s*target)\b"
    rf"|\b(?P<target>(?:{_PERIOD}\s*)?target)\b"
    rf"|\b(?P<actual>(?:{_PERIOD}\s*)?(?:actual|performance|result|achieved|outturn|current))\b"
    rf"|\b(?P<period>{_PERIOD})"
    rf"|\b(?P<rating>(?:rag\s*)?(?:rating|status|rag))\b",
    re.IGNORECASE,
)
_BOTH = 2
_STATUS_END = re.compile(r"[(\[]\s*([A-Za-z][A-Za-z /]{0,20}?)\s*[)\]]\s*\.?\s*$")
_LEAD = re.compile(r"^[\s:=–—-]+(?!\d)|^\s*[:=–—]\s*|^\s*-\s+")


class Performance(Struct):
    """What a performance cell says. Values are parsed, not yet placed on the page."""

    period_label: str | None = None
    values: dict[str, ParsedValue] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    printed_statuses: dict[str, str] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)  # labels that come again with another figure or status
    rest: str = ""


def holds_performance(text: str) -> bool:
    """Whether a cell names at least two of target, actual and forecast, each with a figure behind it."""
    marks = list(_LABEL.finditer(text))
    named = {
        mark.lastgroup
        for mark, following in zip_longest(marks, marks[1:])
        if re.search(r"\d", text[mark.end() : following.start() if following else len(text)])
    }
    return len(named & {"target", "actual", "forecast"}) >= _BOTH


def read_performance(text: str, vocabulary: Vocabulary) -> Performance:
    """Cut a performance cell at its labels. What no label explains is kept in ``rest``."""
    found = Performance()
    marks = list(_LABEL.finditer(text))
    if not marks:
        found.rest = text.strip()
        return found
    rest = [text[: marks[0].start()].strip()]
    current = "actual"
    for k, mark in enumerate(marks):
        end = marks[k + 1].start() if k + 1 < len(marks) else len(text)
        body = text[mark.end() : end]
        kind = str(mark.lastgroup)
        if kind == "period":
            found.period_label = found.period_label or _tidy(mark[0])
            if body.strip(" :–-"):
                rest.append(body.strip(" :–-"))
            continue
        if kind == "rating":
            status = read_status(_LEAD.sub("", body).strip(" :–-."), vocabulary=vocabulary)
            if status:
                _rate(found, _status_field(current), status.status, status.printed)
            continue
        label = re.match(_PERIOD, mark[0], re.IGNORECASE)
        if label:
            found.period_label = found.period_label or _tidy(label[0])
        current = kind
        left = _take(found, kind, body, vocabulary)
        if left:
            rest.append(left)
    found.rest = " ".join(part for part in rest if part)
    if found.doubled - {"target"}:  # a second target may be next year's
        found.values.clear()
        found.statuses.clear()
        found.printed_statuses.clear()
    return found


def _rate(found: Performance, name: str, status: str, printed: str) -> None:
    """Keep a status; another one before it makes both worthless."""
    if found.statuses.setdefault(name, status) != status:
        found.doubled.add(name)
    found.printed_statuses.setdefault(name, printed)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _status_field(kind: str) -> str:
    return "forecast_status" if kind in ("forecast", "year_end_target") else "status"


def _take(found: Performance, kind: str, body: str, vocabulary: Vocabulary) -> str:
    """The figure and status after a label; gives back what is neither."""
    body = body.strip().rstrip(";,")
    status = _STATUS_END.search(body)
    if status:
        read = read_status(status[1], vocabulary=vocabulary)
        if read:
            _rate(found, _status_field(kind), read.status, status[1].strip())
            body = body[: status.start()]
    body = _LEAD.sub("", body).strip()
    if not body:
        return ""
    if kind in found.values:
        again = read_value(body.rstrip(".;,"), vocabulary=vocabulary)
        if again is not None and again.value is not None and again.value != found.values[kind].value:
            found.doubled.add(kind)
        return body
    body = body.rstrip(".;,")
    head, _, tail = body.rpartition(" ")
    read = read_status(tail, vocabulary=vocabulary) if head and tail.isalpha() else None
    if (
        read
        and read.known
        and (shorter := read_value(head, vocabulary=vocabulary))
        and shorter.value is not None
    ):
        _rate(found, _status_field(kind), read.status, tail)
        body = head
    value = read_value(body, vocabulary=vocabulary)
    if value is None:
        return ""
    found.values[kind] = value
    return ""
