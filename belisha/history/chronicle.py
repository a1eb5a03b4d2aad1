"""The history of one organisation, worked out from its vintages: series, points, changes, proposals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from belisha.history.changes import arrows, forecasts, membership, restated, rules, targets
from belisha.history.changes.change import KINDS, Change
from belisha.history.changes.forecasts import Forecast
from belisha.history.identity import Identities, Proposal, Series, identify
from belisha.history.points import Column, Points, all_points
from belisha.history.settled import Settled
from belisha.history.vintages import Vintage, in_force
from validate.checks.pairing import code_key, title_key

_FINDERS = (restated.find, targets.find, membership.find, rules.find, arrows.find, forecasts.find)


class Chronicle:
    """Everything that follows from an organisation's reports. Holds no store and changes nothing.

    ``vintages`` are those in force, corrections worked in, in the order of publication.
    """

    def __init__(self, key: str, vintages: Sequence[Vintage], settled: Settled) -> None:
        self.key = key
        self.vintages = in_force(vintages)
        self.settled = settled

    @cached_property
    def organisation(self) -> str:
        """Its name as last printed."""
        names = [v.report.report.organisation for v in self.vintages if v.report.report.organisation]
        return names[-1] if names else "(not named)"

    @cached_property
    def identities(self) -> Identities:
        return identify(self.vintages, self.settled)

    @property
    def series(self) -> list[Series]:
        """One for every measure, in order of first appearance."""
        return self.identities.series

    @property
    def proposals(self) -> list[Proposal]:
        """Pairs of series that may be one measure."""
        return self.identities.proposals

    @cached_property
    def number_of(self) -> dict[tuple[str, int], int]:
        """The number of the series by reading and row."""
        return {(a.vintage.reading, a.row): n for n, s in enumerate(self.series) for a in s.appearances}

    @cached_property
    def _worked_out(self) -> tuple[list[Points], dict[str, list[Column]]]:
        return all_points(self.series, self.vintages)

    @property
    def points(self) -> list[Points]:
        """By number of series: what was printed for each period and field."""
        return self._worked_out[0]

    @property
    def columns(self) -> dict[str, list[Column]]:
        """By reading: what its columns of earlier figures are."""
        return self._worked_out[1]

    @cached_property
    def proposed(self) -> list[tuple[int, int]]:
        """The proposals as numbers of series, the earlier first."""
        number = {id(s): n for n, s in enumerate(self.series)}
        return [(number[id(p.one)], number[id(p.other)]) for p in self.proposals]

    @cached_property
    def ids(self) -> list[str]:
        """A lasting name for each series: the organisation and its first code, else its first title."""
        found: list[str] = []
        for series in self.series:
            first = series.appearances[0].measure
            stem = code_key(first.code) if first.code else title_key(first.title)
            name = f"{self.key} / {re.sub(r'[^0-9a-z.&-]+', ' ', stem).strip() or 'untitled'}"
            found.append(name if name not in found else f"{name} / {len(found)}")
        return found

    @cached_property
    def changes(self) -> list[Change]:
        """All events, by period, then by measure in the order of the reports."""
        found = [change for find in _FINDERS for change in find(self)]
        order = list(KINDS)
        return sorted(
            found,
            key=lambda c: (
                c.period or "",
                order.index(c.kind),
                -1 if c.series is None else c.series,
                c.field or "",
            ),
        )

    @cached_property
    def forecasts(self) -> list[Forecast]:
        """All forecasts for a year with what came of them."""
        return list(forecasts.forecasts(self))

    def name(self, number: int) -> str:
        """A measure's name in a sentence: its latest code, else its latest title in quotes."""
        latest = self.series[number].latest
        return latest.code or f"“{latest.title}”"

    def change(self, number: int, kind: str, message: str, **more: Any) -> Change:
        """An event of one measure."""
        latest = self.series[number].latest
        verdict = more.pop("verdict", "note")
        return Change(kind, verdict, message, number, latest.code, latest.title, **more)
