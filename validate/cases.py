"""A printed status beside the figures it was given for: one case for the audit.

A case is made from a row of a dashboard or of an improvement report. It says which pair of figures
the status is about, what else the row prints that a rule may need, and, where it cannot be judged, why not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from normalise.records import ExtraValue, Improvement, Measure, Polarity, Value
from validate.counts import headings_of, is_count, nature_of
from validate.facts import Benchmark, Facts, Tolerance
from validate.pairing import common_unit, is_percentage, unit_key, unlike
from validate.polarity import exact, opposite, polarity_of
from validate.rounding import Interval, fraction, interval
from validate.spans import of_unlike_spans, part_of_the_year
from validate.words import one_of_words, word_list
from validate.worlds import World, in_other_units, within_range, without_signs

StatusField = Literal["status", "forecast_status"]
Row = Measure | Improvement
V = TypeVar("V", bound=Value)

NO_FIGURE = "the row prints no figure for this period"
NO_FORECAST = "the row prints no forecast"
NO_TARGET = "the row prints no target to set the figure against"
YEAR_END_UNPRINTED = "the row prints a target for the period only, not the year-end target"
YEAR_END_ELSEWHERE = "the year-end target stands in another table"
PERIOD_UNPRINTED = "the row prints a year-end target only, not one for this period"


class Case(Struct, frozen=True):
    """A printed status and what it can be checked with.

    ``worlds`` must all agree for a verdict; ``others`` are less likely and can only soften one. ``reason``
    tells why nothing can be said. ``tentative`` tells why the pair of figures is not certain to be the right
    one: then nothing is accused. ``notes`` are remarks for the reader.
    """

    row: Row
    field: StatusField
    printed: str | None
    figure: Value | None = None
    target: Value | None = None
    worlds: tuple[World, ...] = ()
    others: tuple[World, ...] = ()
    reason: str = ""
    tentative: str = ""
    strict_target: bool = False
    floor: Value | None = None
    tolerance: Value | None = None
    earlier: Value | None = None
    percent_signs: bool = False
    dashboard: Measure | None = None
    notes: tuple[str, ...] = ()

    @property
    def polarity(self) -> Polarity | None:
        """The polarity that all worlds share."""
        found = {world.facts.polarity for world in self.worlds}
        return found.pop() if len(found) == 1 else None


def case_of(
    row: Row,
    field: StatusField = "status",
    dashboard: Measure | None = None,
    *,
    percent_signs: bool = False,
    quarter: int | None = None,
) -> Case:
    """The case of one status.

    ``dashboard`` is the dashboard's row of the same measure, for a row of an improvement report: it may print
    the polarity and the year-end target that the row itself does not. ``percent_signs`` tells that the report
    marks its percentages; ``quarter`` is the report's.
    """
    printed: str | None = getattr(row, field)
    figure, target, reason, tentative = _paired(row, field, dashboard)
    reason = reason or _unusable(figure, target)
    if not reason and not tentative and figure is not None and target is not None:
        tentative = _of_another_time(figure, target)
        if field == "status":
            tentative = tentative or of_unlike_spans(row, figure, target)
            tentative = tentative or part_of_the_year(row, figure, target, quarter)
    case = Case(
        row,
        field,
        printed,
        figure,
        target,
        reason=reason,
        tentative=tentative,
        floor=_comparable(_extra(row, "floor"), target),
        tolerance=_extra(row, "tolerance"),
        earlier=getattr(row, "previous", None),
        percent_signs=percent_signs,
        dashboard=dashboard,
    )
    return case if reason or figure is None or target is None else _with_worlds(case, figure, target)


def _paired(
    row: Row, field: StatusField, dashboard: Measure | None
) -> tuple[Value | None, Value | None, str, str]:
    """The figure and the target that the status is about, why it cannot be judged and why it is tentative."""
    own_year_end = row.year_end_target if isinstance(row, Measure) else None
    elsewhere = dashboard.year_end_target if dashboard else None
    if getattr(row, field) is None:
        return None, None, "no status is printed", ""
    if field == "forecast_status":
        if row.forecast is None:
            return None, own_year_end, NO_FORECAST, ""
        doubt = YEAR_END_ELSEWHERE if elsewhere else YEAR_END_UNPRINTED
        return row.forecast, own_year_end or elsewhere or row.target, "", "" if own_year_end else doubt
    if row.actual is None and row.target is None and row.forecast and own_year_end:
        if row.forecast_status is None:  # one status and one pair belong together
            return row.forecast, own_year_end, "", ""
        return None, None, NO_FIGURE, ""
    if row.actual is None:
        return None, row.target, NO_FIGURE, ""
    if row.target is None and own_year_end is not None:
        return row.actual, own_year_end, "", PERIOD_UNPRINTED
    return row.actual, row.target, "", ""


def _unusable(figure: Value | None, target: Value | None) -> str:
    """Why the pair cannot be compared, empty where it can."""
    if figure is None or target is None:
        return NO_FIGURE if figure is None else NO_TARGET
    for name, value in (("figure", figure), ("target", target)):
        if value.value is None:
            return f"the {name} is in words: “{value.printed}”" if value.printed else f"the {name} is empty"
        if value.confidence == "low":
            signals = ", ".join(signal.replace("_", " ") for signal in value.signals)
            return f"the {name} was not read with certainty" + (f" ({signals})" if signals else "")
        if value.qualifier and value.qualifier.lower() in word_list("vague"):
            return f"the {name} is only given roughly: “{value.printed}”"
    return unlike(figure, target)


_A_YEAR = re.compile(r"(?:19|20)\d\d")
_A_SHARE = re.compile(r"\d[\d,]*\s*(?:/|of|out of)\s*\d[\d,]*")  # what the figure was worked out from


def _of_another_time(figure: Value, target: Value) -> str:
    """What a qualifier says of the time that a figure is for ("95% (year end)", "80% (Q1)"), or of a second figure.

    A month beside the figure only tells how new it is ("7.5 days (August figures)").
    """
    months = word_list("months")
    for name, value, harmless in (("figure", figure, months), ("target", target, frozenset[str]())):
        words = (value.qualifier or "").lower()
        if not words:
            continue
        told = set(re.findall(r"[a-z]+\d?", words)) & (word_list("of_a_time") | months) - harmless
        if told or _A_YEAR.search(words):
            return f"the {name} is printed as one of a time of its own: “{value.printed}”"
        if value.unit == "percent" and "%" in _A_SHARE.sub("", words):
            return f"the {name} is printed with another beside it: “{value.printed}”"
    words = (target.qualifier or "").lower()
    if re.search(r"\d", words) and one_of_words(word_list("of_a_limit")).search(words):
        return f"the target is printed with a limit of its own: “{target.printed}”"
    return ""


def _extra(row: Row, role: str) -> ExtraValue | None:
    """The only column of the row with this role that holds a figure."""
    found = [v for v in row.extra.values() if v.role == role and v.value is not None]
    return found[0] if len(found) == 1 else None


def _with_worlds(case: Case, figure: Value, target: Value) -> Case:
    row = case.row
    earlier = case.earlier
    last_year = _extra(row, "last_year")
    before, year_ago = (_comparable(value, figure) for value in _earlier(row))
    beside = (figure, target, earlier, last_year, case.floor, row.actual, row.forecast)
    percentage = is_percentage(figure, target, row.title)
    if percentage is None and nature_of(row.title) == "count":  # "number of schools where fewer than 35% …"
        percentage = False
    unit = "percent" if percentage is not False else common_unit(figure, target)
    count = is_count(row.title, beside, headings_of(row), percent_signs=case.percent_signs)
    wide = _measured(figure, unit, beside, count=count)
    if wide is None:
        return replace(case, reason=NO_FIGURE)
    measure = row if isinstance(row, Measure) else case.dashboard
    told = polarity_of(measure, case.floor, target)
    if told.trouble:
        return replace(case, reason=told.trouble)
    polarity = told.good_is
    facts = Facts(
        figure=wide,
        target=fraction(target.value or Decimal(0)),
        polarity=polarity,
        percentage=percentage,
        floor=exact(case.floor),
        tolerance=_tolerance(case.tolerance, target),
        previous=_measured(before, unit, beside, count=count),
        last_year=_measured(year_ago, unit, beside, count=count),
        benchmarks=tuple(_benchmarks(row, figure, unit, beside, count=count)),
        unit=_named_unit(unit, row.title),
    )
    worlds = [World(facts)]
    others: list[World] = []
    if polarity is None:
        worlds = [World(replace(facts, polarity=p), f"if {p} is good") for p in ("high", "low")]
    elif not told.printed:
        other = opposite(polarity)
        worlds = [World(facts, f"if {polarity} is good")]
        others.append(World(replace(facts, polarity=other), f"if {other} is good"))
    if facts.percentage is None:
        others += [
            World(replace(w.facts, percentage=False), "if it is no percentage") for w in (*worlds, *others)
        ]
        worlds = [World(replace(w.facts, percentage=True), w.supposed) for w in worlds]
    so_far = _measured(_comparable(_extra(row, "year_to_date"), figure), unit, beside, count=count)
    if so_far is not None and case.field == "status":
        others += [World(replace(w.facts, figure=so_far), "if the year to date is meant") for w in worlds]
    others += _of_forecast(case, worlds, unit, beside, count=count)
    if None in (figure.unit, target.unit) or "number" in (figure.unit, target.unit):
        others += [other for world in worlds for other in in_other_units(world)]
    if all("bracketed-negative" in value.signals for value in (figure, target)):
        others += [other for world in worlds for other in without_signs(world)]
    if target.upper is not None:
        met, missed = within_range(worlds, target)
        worlds, others = (met, missed) if met else (missed, [])
    strict = target.bound in ("lt", "gt")
    return replace(
        case,
        worlds=tuple(worlds),
        others=tuple(others),
        notes=(told.note,) if told.note else (),
        strict_target=strict,
    )


def _of_forecast(
    case: Case, worlds: list[World], unit: str | None, beside: Iterable[Value | None], *, count: bool
) -> list[World]:
    """A row with a forecast but one status alone: it may be that of the forecast, unless its heading says of when."""
    row = case.row
    if case.field != "status" or row.forecast is None or row.forecast_status is not None:
        return []
    named = row.column_headings.get("status", "") if isinstance(row, Measure) else ""
    heading = set(re.findall(r"[a-z]+\d?", named.lower()))
    forecast = _measured(_comparable(row.forecast, case.target), unit, beside, count=count)
    if forecast is None or case.figure is row.forecast or heading & word_list("of_this_period"):
        return []
    year_end = row.year_end_target if isinstance(row, Measure) else None
    aim = exact(_comparable(year_end, case.target))
    return [
        World(
            replace(w.facts, figure=forecast, target=w.facts.target if aim is None else aim),
            "if the forecast is meant",
        )
        for w in worlds
    ]


def _comparable(value: V | None, beside: Value | None) -> V | None:
    """A further figure of the row, if it is in the unit of the pair."""
    return value if value is None or beside is None or not unlike(value, beside) else None


def _measured(
    value: Value | None, unit: str | None, beside: Iterable[Value | None], *, count: bool
) -> Interval | None:
    """What a figure may stand for. A plain one takes the row's unit: its column may have dropped it."""
    if value is None or value.confidence == "low":
        return None
    if value.unit in (None, "number"):
        value = value.model_copy(update={"unit": unit})
    return interval(value, measured=True, beside=beside, count=count)


def _benchmarks(
    row: Row, figure: Value, unit: str | None, beside: Iterable[Value | None], *, count: bool
) -> Iterator[Benchmark]:
    """The figures of others that the row prints, each with the words of its heading."""
    for heading, value in row.extra.items():
        if value.role == "benchmark":
            measured = _measured(_comparable(value, figure), unit, beside, count=count)
            if measured is not None:
                yield Benchmark(frozenset(re.findall(r"[a-z]+", heading.lower())), measured)


def _named_unit(unit: str | None, title: str) -> str:
    """The unit of a figure as print names it, empty where it does not."""
    key = unit_key(unit)
    if key != "number":
        return key
    words = set(re.findall(r"[a-z]+", title.lower()))
    named = words & word_list("units_in_titles")
    return named.pop() if len(named) == 1 else ""


def _tolerance(value: Value | None, target: Value) -> Tolerance | None:
    """What a row allows; None where the column may rather hold a level ("Amber: 90%" beside a target of 95%)."""
    amount = exact(value)
    if value is None or amount is None:
        return None
    aim = abs(fraction(target.value or Decimal(0)))
    if aim and aim / 2 <= abs(amount) <= aim * 2 and unit_key(value.unit) == unit_key(target.unit):
        return None
    own = unit_key(value.unit) not in ("number", "percent")
    return Tolerance(abs(amount), in_percent=value.unit == "percent", in_own_unit=own)


def _earlier(row: Row) -> tuple[Value | None, Value | None]:
    """The figure of the period before and that of a year ago; both, where the heading tells neither."""
    last_year = _extra(row, "last_year")
    if not isinstance(row, Measure) or row.previous is None:
        return None, last_year
    heading = row.column_headings.get("previous", "").lower()
    if any(words in heading for words in word_list("year_ago")):
        return None, last_year or row.previous
    if last_year is not None or any(words in heading for words in word_list("period_before")):
        return row.previous, last_year
    return row.previous, row.previous
