"""Forecasts for the year against how the year ended."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from belisha.history.changes.change import Change
from belisha.history.moments import Moment
from belisha.history.points import Points, Printed, in_force
from normalise.statuses import is_rated
from validate.checks.figures import agreement, comparable

if TYPE_CHECKING:
    from belisha.history.chronicle import Chronicle


class Forecast(Struct, frozen=True):
    """A forecast for a year and what came of it.

    ``error`` is outturn less forecast in the measure's own unit; ``hit`` whether both agree within rounding.
    ``basis`` says where the outturn comes from: "year" (printed for the year) or "quarter 4".
    """

    series: int
    section: str | None
    code: str | None
    title: str
    year: str
    made: str
    forecast: Printed | None
    outturn: Printed | None
    basis: str
    error: Decimal | None
    hit: bool | None
    forecast_status: str | None
    outturn_status: str | None

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "section": self.section,
            "code": self.code,
            "title": self.title,
            "year": self.year,
            "made": self.made,
            "forecast": self.forecast.printed if self.forecast else None,
            "outturn": self.outturn.printed if self.outturn else None,
            "basis": self.basis,
            "error": None if self.error is None else f"{self.error:f}",
            "hit": self.hit,
            "forecast_status": self.forecast_status,
            "outturn_status": self.outturn_status,
        }


def forecasts(chronicle: Chronicle) -> Iterator[Forecast]:
    """All forecasts made before a year's last quarter whose outcome is known."""
    for number, points in enumerate(chronicle.points):
        made = {m for m, field in points if field in ("forecast", "forecast_status")}
        for moment in sorted((m for m in made if m.span != "year" and m.month < 12), key=lambda m: m.order):
            found = _against_outturn(chronicle, number, points, moment)
            if found is not None:
                yield found


def _against_outturn(chronicle: Chronicle, number: int, points: Points, made: Moment) -> Forecast | None:
    last = Moment.quarter_of(made.first, 4)
    year = points.get((made.whole_year, "actual"))
    quarter = points.get((last, "actual"))
    printed = year or quarter
    status = points.get((last, "status")) or points.get((made.whole_year, "status"))
    if printed is None and status is None:
        return None
    outturn = in_force(printed) if printed else None
    said = points.get((made, "forecast"))
    forecast = said[-1] if said else None
    status_said = points.get((made, "forecast_status"))
    error, hit = None, None
    if (
        forecast
        and outturn
        and forecast.value
        and outturn.value
        and comparable(forecast.value, outturn.value)
    ):
        x, y = forecast.value.value, outturn.value.value
        assert x is not None  # noqa: S101 - comparable values are points
        assert y is not None  # noqa: S101 - comparable values are points
        error, hit = y - x, agreement(forecast.value, outturn.value) != "different"
    series = chronicle.series[number]
    return Forecast(
        number,
        series.latest.section,
        series.latest.code,
        series.latest.title,
        made.year,
        str(made),
        forecast,
        outturn,
        "year" if year else "quarter 4",
        error,
        hit,
        status_said[-1].word if status_said else None,
        status[-1].word if status else None,
    )


def find(chronicle: Chronicle) -> Iterator[Change]:
    """Years that ended with another status than the last forecast before the fourth quarter said."""
    latest = {(f.series, f.year): f for f in forecasts(chronicle)}
    for one in latest.values():
        said, came = one.forecast_status, one.outturn_status
        if said is None or came is None or said == came or not (is_rated(said) and is_rated(came)):
            continue
        figures = ""
        if one.forecast is not None and one.outturn is not None:
            figures = f" ({one.forecast.printed} was forecast, {one.outturn.printed} came)"
        yield chronicle.change(
            one.series,
            "forecast-missed",
            f"{chronicle.name(one.series)}: {said} was forecast for {one.year} in the report of {one.made},"
            f" and the year ended {came}{figures}.",
            field="forecast_status",
            period=one.year,
            was=said,
            now=came,
            places=tuple(p for p in (one.forecast, one.outturn) if p is not None),
        )
