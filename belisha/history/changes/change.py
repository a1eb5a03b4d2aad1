"""Something that happened between reports, as data."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from belisha.history.points import Printed
from belisha.history.vintages import box
from normalise.records import Verdict

KINDS: dict[str, str] = {
    "restated": "A later report prints another figure for the same period",
    "previous-differs": "A column of earlier figures, by its figures those of a period, differs from what was printed then",
    "column-differs": "Most figures of a column for an earlier period differ from what was printed then",
    "target-moved": "The target of a year or period changed while it ran",
    "new-year-target": "The target of a new year is another one",
    "renamed": "The title changed",
    "recoded": "The code changed",
    "added": "A measure is new",
    "dropped": "A measure is gone, and no report says so",
    "dropped-and-said": "A measure is gone, and a report speaks of it",
    "rule-changed": "The rule for statuses changed",
    "direction-contradicted": "The arrow points another way than the figures of two reports moved",
    "forecast-missed": "The year ended with another status than was forecast",
}


class Change(Struct, frozen=True):
    """One event. ``places`` are both sides, the earlier first; ``series`` is the number of the measure.

    ``verdict`` is "note" for what both reports print, "depends" where it hangs on something unprinted, and
    "contradicted" only for an arrow that the report's own earlier figures refute.
    """

    kind: str
    verdict: Verdict
    message: str
    series: int | None = None
    code: str | None = None
    title: str | None = None
    field: str | None = None
    period: str | None = None
    was: str | None = None
    now: str | None = None
    places: tuple[Printed, ...] = ()
    reports: tuple[str, ...] = ()

    def to_dict(self, organisation: str) -> dict[str, Any]:
        """Plain values for JSON, with where each side was printed."""
        return {
            "organisation": organisation,
            "kind": self.kind,
            "verdict": self.verdict,
            "code": self.code,
            "title": self.title,
            "field": self.field,
            "period": self.period,
            "was": self.was,
            "now": self.now,
            "message": self.message,
            "sources": [
                {
                    "file": p.vintage.report.source.file,
                    "path": p.vintage.path,
                    "sha256": p.vintage.sha256,
                    "report": str(p.vintage.moment) if p.vintage.moment else None,
                    "printed": p.printed,
                    "page": p.source[0].page if p.source else None,
                    "bbox": box(p.source[0].bbox) if p.source else None,
                }
                for p in self.places
            ],
            "reports": list(self.reports),
        }
