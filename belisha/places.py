"""Rows and findings on their pages: which row a finding is about, and where a row's cells stand."""

from __future__ import annotations

from collections.abc import Sequence

from normalise.records import VALUE_FIELDS, BBox, Finding, Improvement, Measure, Source, Value

Row = Measure | Improvement
GRAVITY = ("contradicted", "borderline", "depends", "unverifiable", "note", "supported")
PAIRS = {"status": ("actual", "target"), "forecast_status": ("forecast", "year_end_target")}


def owner(finding: Finding, rows: Sequence[Row]) -> Row | None:
    """The row a finding is about: the one whose box holds the finding's on its page, else of its code and title."""
    if finding.page is not None and finding.bbox is not None:
        for row in rows:
            here = finding.page in pages_of(row)[:1] and holds(row.bbox, finding.bbox)
            if here and (not finding.title or finding.title == row.title):
                return row
    if not finding.title and not finding.code:
        return None
    for row in rows:
        if (row.code, row.title) == (finding.code, finding.title) and (
            finding.page is None or finding.page in pages_of(row)
        ):
            return row
    return None


def holds(outer: BBox, inner: BBox) -> bool:
    """Does a box hold the middle of another?"""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def pages_of(row: Row) -> tuple[int, ...]:
    """The pages a row stands on, the first first."""
    return (row.page,) if isinstance(row, Measure) else row.pages


def cells_of(row: Row, *fields: str) -> tuple[Source, ...]:
    """Where fields of a row are printed; nothing where that is not known."""
    found: list[Source] = []
    for name in fields:
        value = getattr(row, name, None)
        if isinstance(value, Value):
            found.extend(value.source)
        found.extend(row.sources.get(name, ()))
    return tuple(dict.fromkeys(found))


def row_boxes(row: Row, page: int) -> list[BBox]:
    """What to show of a page: the row's own box on its first page, else all of its cells there."""
    own = [sources for name, sources in row.sources.items() if name not in {"section", "directorate"}]
    listed = [s.bbox for sources in own for s in sources if s.page == page]
    for name in VALUE_FIELDS:
        value = getattr(row, name, None)
        listed += [s.bbox for s in value.source if s.page == page] if isinstance(value, Value) else []
    return [row.bbox, *listed] if page == pages_of(row)[0] else listed


def boxes_on(page: int, sources: Sequence[Source]) -> list[BBox]:
    """The boxes of those sources that stand on a page."""
    return [s.bbox for s in sources if s.page == page]


def gravest(verdicts: Sequence[str]) -> str | None:
    """The gravest of some verdicts."""
    return min(verdicts, key=GRAVITY.index) if verdicts else None
