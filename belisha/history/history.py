"""``belisha.History``: one series for every measure, from reports in a store."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from belisha.history import vintages
from belisha.history.changes.change import KINDS, Change
from belisha.history.changes.forecasts import Forecast
from belisha.history.chronicle import Chronicle
from belisha.history.errors import HistoryError
from belisha.history.gathering import chronicle, organisations
from belisha.history.series_view import SeriesView
from belisha.history.settled import entry, read_settled
from belisha.history.store import Store
from extract.errors import SettingsError
from normalise.records import Report
from validate.checks.pairing import code_key, likeness, title_key

if TYPE_CHECKING:
    import pandas as pd

NEAR = 0.6  # likeness of a title that makes it an answer to a question in other words


class UnknownMeasure(HistoryError):
    """No series of that code or title."""


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

    def proposals(self, organisation: str | None = None) -> list[dict[str, Any]]:
        """Pairs of series that may be one measure. ``settle`` is the TOML that makes them one; with
        ``[[different]]`` in the place of ``[[same]]`` it keeps them apart.
        """
        return [
            {
                "organisation": c.organisation,
                **_side("one", SeriesView(c, one)),
                **_side("other", SeriesView(c, other)),
                "reason": c.proposals[n].reason,
                "settle": entry(c.organisation, c.series[one].latest, c.series[other].latest),
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


def _side(name: str, series: SeriesView) -> dict[str, Any]:
    periods = [str(p) for p in series.periods]
    return {
        name: series.id,
        f"{name}_code": series.code,
        f"{name}_title": series.title,
        f"{name}_periods": " to ".join(dict.fromkeys((*periods[:1], *periods[-1:]))),
    }


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
