"""Reports and audits as text: one module a format. Nothing here reads or judges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from belisha.render.audited import Audited
    from normalise.records import Report

Look = tuple[int, bool]  # columns, colour


def render_reports(reports: Sequence[Report], kind: str, *, several: bool, look: Look) -> str:
    """Reports in the format ``kind``: "json", "jsonl", "csv" or "table".

    ``several``: more than one was asked for, so JSON is an array.
    """
    if kind == "table":
        from belisha.render.table import reports_table

        return reports_table(reports, look)
    return _data(reports, kind, several=several)


def render_audits(audits: Sequence[Audited], kind: str, *, several: bool, show_all: bool, look: Look) -> str:
    """Audits in the format ``kind``; ``show_all``: with the statuses of which nothing was found.

    CSV has a row for every status anyway and so always says what became of it.
    """
    if kind == "table":
        from belisha.render.table import audits_table

        return audits_table(audits, look, show_all=show_all)
    whole = show_all or kind == "csv"
    return _data([a.with_all() if whole else a.report for a in audits], kind, several=several)


def _data(reports: Sequence[Report], kind: str, *, several: bool) -> str:
    if kind == "csv":
        from belisha.render.csv import reports_csv

        return reports_csv(reports)
    from belisha.render.json import reports_json, reports_jsonl

    return reports_jsonl(reports) if kind == "jsonl" else reports_json(reports, several=several)
