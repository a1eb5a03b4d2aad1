"""What there is to say about one period of a series, beside its figures."""

from __future__ import annotations

from belisha.history.moments import Moment
from belisha.history.series_view import FIELDS, SeriesView

_NAMES = {"actual": "figure", "year_end_target": "year-end target", "forecast_status": "forecast status"}


def remarks(series: SeriesView, period: Moment) -> str:
    """Corrections, restatements with both sources, moved targets, new names and codes, a wrong arrow, an end."""
    found = [
        f"{_NAMES.get(field, field)} corrected by hand from {one.original or 'an empty cell'}"
        for field in FIELDS
        for one in series.printed(period, field)
        if one.original is not None
    ]
    for change in series.changes:
        if change.period != str(period):
            continue
        if change.kind in ("restated", "previous-differs"):
            was, now = change.places
            field = _NAMES.get(change.field or "", change.field)
            found.append(f"{field} was {change.was} in {was.whence}, is {change.now} in {now.whence}")
        elif change.kind == "target-moved":
            found.append(f"target moved from {change.was} to {change.now}")
        elif change.kind == "new-year-target":
            found.append(f"target was {change.was} the year before")
        elif change.kind in ("renamed", "recoded"):
            found.append(f"{change.kind} from {change.was}")
        elif change.kind == "direction-contradicted":
            found.append("the arrow points against the figures")
        elif change.kind == "forecast-missed":
            found.append(f"{change.was} was forecast")
    return "; ".join(found)


def notes(series: SeriesView) -> list[str]:
    """Changes that stand beside none of its periods: a year's target, a rule, the end of the series."""
    periods = {str(period) for period in series.periods}
    return [change.message for change in series.changes if change.period not in periods]
