"""``belisha.History``: one series for every measure, from reports in a store."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from belisha.history import vintages
from belisha.history.changes.change import KINDS, Change
from belisha.history.changes.forecasts import Forecast
from belisha.history.chronicle import Chronicle
from belisha.history.errors import HistoryError
from belisha.history.gathering import chronicle, organisations
from belisha.history.moments import Moment
from belisha.history.points import Printed, in_force
from belisha.history.settled import read_settled
from belisha.history.store import Store
from extract.errors import SettingsError
from normalise.records import Report
from validate.checks.pairing import code_key, likeness, title_key

if TYPE_CHECKING:
    import pandas as pd

NEAR = 0.6  # likeness of a title that makes it an answer to a question in other words


class UnknownMeasure(HistoryError):
    """No series of that code or title."""


@dataclass(frozen=True)
class SeriesView:
    """One measure over time. ``id`` is its lasting name, ``organisation`` whose it is."""

    chronicle: Chronicle
    number: int

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
                        "sha256": report.source.sha256,
                        "page": source.page if source else None,
                        "bbox": list(source.bbox) if source else None,
                    }

    def to_frame(self) -> pd.DataFrame:
        """``rows()`` as a frame; figures stay Decimal. Needs pandas (imported late)."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))


FIELDS = ("actual", "target", "status", "direction", "forecast", "year_end_target", "forecast_status")


class History:
    """The reports of a store as one history. A context manager; reading never changes the store.

    ``settled`` is the TOML file in which people have settled what is one measure (default: the store's name
    with the ending .toml, if there is such a file).
    """

    def __init__(self, path: str | Path, *, settled: str | Path | None = None) -> None:
        self.path = os.fspath(path)
        self.settled = read_settled(settled if settled is not None else beside(path))
        self._store: Store | None = None
        self._until: date | None = None
        self._chronicles: dict[str, Chronicle] = {}
        self._added = False
        if Path(path).exists():
            self._store = Store.to_read(path)  # what is wrong with it is said now

    def add(self, report: Report, *, profile: str = "") -> bool:
        """Add a report; False if this reading of it is there already. Makes the store if there is none.

        Raises HistoryError or OutputError.
        """
        self._let_go()  # so that the writer is alone when it ends, and leaves one file
        with Store.to_write(self.path) as store:
            prepared = vintages.prepare(report, vintages.Settings.now(profile), report.findings)
            with store.transaction() as c:
                added = vintages.insert(c, prepared)
        self._chronicles.clear()
        self._added = self._added or added
        return added

    def as_of(self, day: date | str) -> History:
        """The history as it was known on a day: from reports of meetings up to then.

        Reports without a meeting date count from the day after their period; raises SettingsError for no date.
        """
        past = History.__new__(History)
        past.path, past.settled, past._store, past._chronicles = self.path, self.settled, None, {}
        past._added = False
        past._until = read_day(day)
        return past

    def organisations(self) -> list[str]:
        """Names of the organisations, in order of their keys."""
        return [c.organisation for c in self.chronicles()]

    def chronicles(self, organisation: str | None = None) -> Iterator[Chronicle]:
        """The organisations' histories; with a name only that one's. Raises UnknownMeasure for an unknown name."""
        found = False
        known = organisations(self._opened, self.settled) if Path(self.path).exists() else {}
        for key, keys in known.items():
            if organisation is None or _wanted(organisation, key):
                found = True
                if key not in self._chronicles:
                    self._chronicles[key] = self._worked_out(key, keys)
                if self._chronicles[key].vintages:
                    yield self._chronicles[key]
        if organisation is not None and not found:
            raise UnknownMeasure(
                f"no report of {organisation!r} is in the store", advice="run belisha history without a query"
            )

    def all_series(self, organisation: str | None = None) -> Iterator[SeriesView]:
        """Every series, organisation by organisation, in order of first appearance."""
        for chronicle_ in self.chronicles(organisation):
            for number in range(len(chronicle_.series)):
                yield SeriesView(chronicle_, number)

    def find(self, query: str, organisation: str | None = None) -> list[SeriesView]:
        """The series that a code, a title, part of a title or an id names, the best first; none: an empty list."""
        every = list(self.all_series(organisation))
        by_id = [s for s in every if s.id == query]
        by_code = [s for s in every if code_key(query) in {code_key(c) for c in s.codes}]
        by_title = [s for s in every if title_key(query) in {title_key(t) for t in s.titles}]
        words = title_key(query)
        partly = [s for s in every if words and any(words in title_key(t) for t in s.titles)]
        near = [s for s in every if max(likeness(query, t, NEAR) for t in s.titles) >= NEAR]
        return by_id or by_code or by_title or partly or near

    def series(self, query: str, organisation: str | None = None) -> SeriesView:
        """The one series that a code or title names.

        Raises UnknownMeasure where none is, or more than one, and names those that are near.
        """
        found = self.find(query, organisation)
        if len(found) == 1:
            return found[0]
        if found:
            names = "; ".join(s.id for s in found[:5])
            raise UnknownMeasure(f"{query!r} names {len(found)} measures", advice=f"choose one: {names}")
        raise UnknownMeasure(
            f"no measure {query!r} is in the store", advice="run belisha history without a query"
        )

    def changes(
        self, kinds: Sequence[str] = (), organisation: str | None = None
    ) -> list[tuple[Chronicle, Change]]:
        """What changed between reports, with whose it is. Raises SettingsError for an unknown kind."""
        unknown = sorted(set(kinds) - set(KINDS))
        if unknown:
            raise SettingsError(f"no such kind: {unknown[0]}", advice=f"choose from {', '.join(KINDS)}")
        return [
            (c, change)
            for c in self.chronicles(organisation)
            for change in c.changes
            if not kinds or change.kind in kinds
        ]

    def proposals(self, organisation: str | None = None) -> list[dict[str, str]]:
        """Pairs of series that may be one measure, with the lines that settle each in the TOML file."""
        return [
            {
                "organisation": c.organisation,
                "one": c.ids[one],
                "other": c.ids[other],
                "one_title": c.series[one].latest.title,
                "other_title": c.series[other].latest.title,
                "reason": c.proposals[n].reason,
            }
            for c in self.chronicles(organisation)
            for n, (one, other) in enumerate(c.proposed)
        ]

    def forecasts(self, organisation: str | None = None) -> list[tuple[Chronicle, Forecast]]:
        """Forecasts for a year with what came of them."""
        return [(c, f) for c in self.chronicles(organisation) for f in c.forecasts]

    def to_frame(self) -> pd.DataFrame:
        """All series in one frame, one row for every period, field and vintage; figures stay Decimal."""
        import pandas as pd

        return pd.DataFrame([row for series in self.all_series() for row in series.rows()])

    def backup(self, target: str | Path) -> None:
        """A sound copy of the store, also while it is written to. Raises OutputError."""
        self._opened.backup(target)

    def close(self) -> None:
        """Let the store go, with its tables for other programs brought up to date where reports were added.

        Raises HistoryError or OutputError where it cannot be written any more.
        """
        self._let_go()
        if self._added:
            from belisha.history.derived import refresh

            with Store.to_write(self.path) as store:
                refresh(store, self.settled)
            self._added = False

    def _let_go(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> History:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store.to_read(self.path)
        return self._store

    def _worked_out(self, key: str, keys: list[str]) -> Chronicle:
        from belisha.history.errors import told

        with told(self.path):
            return chronicle(self._opened, key, keys, self.settled, until=self._until)


def beside(path: str | Path) -> Path | None:
    """The file of what is settled that stands beside a store: the same name with the ending .toml."""
    named = Path(path).with_suffix(".toml")
    return named if named.is_file() else None


def read_day(day: date | str) -> date:
    """A date from "2015-12-31". Raises SettingsError."""
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as trouble:
        raise SettingsError(f"{day!r} is no date", advice="write it as 2015-12-31") from trouble


def _wanted(organisation: str, key: str) -> bool:
    wanted = title_key(organisation)
    return title_key(key) == wanted or (len(wanted) >= 4 and wanted in title_key(key))
