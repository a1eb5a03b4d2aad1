"""One measure over time, as people ask for it: its names, its periods, and all that was printed for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from belisha.history.changes.change import Change
from belisha.history.chronicle import Chronicle
from belisha.history.moments import Moment
from belisha.history.points import Printed, in_force

if TYPE_CHECKING:
    import pandas as pd

FIELDS = ("actual", "target", "status", "direction", "forecast", "year_end_target", "forecast_status")


class SeriesView(Struct, frozen=True):
    """One measure over time. ``id`` is its lasting name, ``organisation`` whose it is."""

    chronicle: Chronicle
    number: int

    def __repr__(self) -> str:
        return f"<series {self.id}>"

    @property
    def id(self) -> str:
        return self.chronicle.ids[self.number]

    @property
    def organisation(self) -> str:
        return self.chronicle.organisation

    @property
    def code(self) -> str | None:
        """Its latest code."""
        return self.chronicle.series[self.number].latest.code

    @property
    def title(self) -> str:
        """Its latest title."""
        return self.chronicle.series[self.number].latest.title

    @property
    def codes(self) -> list[str]:
        """All codes it has had, the first first."""
        return self.chronicle.series[self.number].codes

    @property
    def titles(self) -> list[str]:
        """All titles it has had, the first first."""
        return self.chronicle.series[self.number].titles

    @property
    def good_is(self) -> str | None:
        return self.chronicle.series[self.number].latest.good_is

    @property
    def section(self) -> str | None:
        return self.chronicle.series[self.number].latest.section

    @property
    def periods(self) -> list[Moment]:
        """Every period that something was printed for, in order."""
        return sorted({m for m, _ in self.chronicle.points[self.number]}, key=lambda m: m.order)

    def printed(self, period: Moment, field: str) -> list[Printed]:
        """All that was printed for a period in a field, in the order of publication."""
        return self.chronicle.points[self.number].get((period, field), [])

    def in_force(self, period: Moment, field: str) -> Printed | None:
        """What was printed last."""
        found = self.printed(period, field)
        return in_force(found) if found else None

    @property
    def changes(self) -> list[Change]:
        """What happened to it."""
        return [c for c in self.chronicle.changes if c.series == self.number]

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row for every period, field and vintage."""
        for period in self.periods:
            for field in FIELDS:
                found = self.printed(period, field)
                for n, one in enumerate(found):
                    source = one.source[0] if one.source else None
                    report = one.vintage.report
                    yield {
                        "organisation": self.organisation,
                        "series": self.id,
                        "code": self.code,
                        "title": self.title,
                        "period": str(period),
                        "field": field,
                        "vintage": n,
                        "in_force": one is in_force(found),
                        "printed": one.printed,
                        "value": one.value.value if one.value is not None else one.word,
                        "unit": one.value.unit if one.value is not None else None,
                        "qualifier": one.value.qualifier if one.value is not None else None,
                        "original": one.original,
                        "column_heading": one.heading or None,
                        "report": str(one.vintage.moment) if one.vintage.moment else None,
                        "known": one.vintage.known.isoformat() if one.vintage.known else None,
                        "file": report.source.file,
                        "path": one.vintage.path,
                        "sha256": report.source.sha256,
                        "page": source.page if source else None,
                        "bbox": list(source.bbox) if source else None,
                    }

    def to_frame(self) -> pd.DataFrame:
        """``rows()`` as a frame; figures stay Decimal. Needs pandas (imported late)."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))
