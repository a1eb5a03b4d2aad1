"""The rule for statuses: does it say today what it said in the report before?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from belisha.history.changes.change import Change
from belisha.history.vintages import Vintage
from validate.audit import printed_scheme

if TYPE_CHECKING:
    from belisha.history.chronicle import Chronicle


def find(chronicle: Chronicle) -> Iterator[Change]:
    """Each report against the last one before it, of the same committee, that prints a rule."""
    last: dict[str, Vintage] = {}
    for vintage in chronicle.vintages:
        if not vintage.report.scheme:
            continue
        line = _plain(vintage.report.report.committee or "")
        before = last.get(line)
        if before is not None and before.moment != vintage.moment and changed(before, vintage):
            yield Change(
                "rule-changed",
                "note",
                f"The rule for statuses in {before.name} was: {words(before)}. In {vintage.name} it is:"
                f" {words(vintage)}.",
                field="scheme",
                period=str(vintage.moment) if vintage.moment else None,
                was=words(before),
                now=words(vintage),
                reports=(before.report.source.file, vintage.report.source.file),
            )
        last[line] = vintage


def changed(before: Vintage, after: Vintage) -> bool:
    """Does the rule come to something else? Other words for the same bands are no change."""
    if _texts(before) == _texts(after):
        return False
    one, other = printed_scheme(before.report), printed_scheme(after.report)
    if one is not None and other is not None and one.usable and other.usable:
        return {r.bands for r in one.readings} != {r.bands for r in other.readings}
    return True


def words(vintage: Vintage) -> str:
    """The rule in its own words, on one line."""
    return "; ".join(f"{e.label or e.status}: {' '.join(e.text.split())}" for e in vintage.report.scheme)


def _texts(vintage: Vintage) -> set[tuple[str, str]]:
    return {(e.status, _plain(e.text)) for e in vintage.report.scheme}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w%<>=≤≥±£.]+", text.casefold())).rstrip(".")
