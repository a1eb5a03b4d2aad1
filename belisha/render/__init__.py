"""Reports and audits in the formats that are written: one module a format. Nothing here reads or judges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from belisha.original import Paper
    from belisha.render.audited import Audited
    from normalise.records import Report

Look = tuple[int, bool]  # columns, colour


def render_reports(
    reports: Sequence[Report], kind: str, *, several: bool, look: Look, paper: Paper | None = None
) -> str | bytes:
    """Reports in the format ``kind``: "json", "jsonl", "csv", "table", "xlsx", "parquet" or "package".

    ``several``: more than one was asked for, so JSON is an array. ``paper``: the PDFs and where the output goes.
    Raises SettingsError where a format needs a package that is not installed.
    """
    if kind == "table":
        from belisha.render.table import reports_table

        return reports_table(reports, look)
    if kind == "xlsx":
        from belisha.render.audited import Audited

        return _workbook([Audited(report) for report in reports], paper)
    return _data(reports, kind, several=several, paper=paper)


def render_audits(
    audits: Sequence[Audited],
    kind: str,
    *,
    several: bool,
    show_all: bool,
    look: Look,
    paper: Paper | None = None,
) -> str | bytes:
    """Audits in the format ``kind``; ``show_all``: with the statuses of which nothing was found.

    CSV and the other tables have a row for every status anyway and so always say what became of it.
    """
    if kind == "table":
        from belisha.render.table import audits_table

        return audits_table(audits, look, show_all=show_all)
    if kind == "html":
        from belisha.pages.page import audits_html

        return audits_html(audits, paper.originals if paper else {}, show_all=show_all)
    if kind == "xlsx":
        return _workbook(audits, paper)
    whole = show_all or kind in {"csv", "parquet", "package"}
    return _data([a.with_all() if whole else a.report for a in audits], kind, several=several, paper=paper)


def _workbook(audits: Sequence[Audited], paper: Paper | None) -> bytes:
    from belisha.render.xlsx import workbook

    return workbook(audits, paper)


def _data(reports: Sequence[Report], kind: str, *, several: bool, paper: Paper | None) -> str | bytes:
    if kind == "parquet":
        from belisha.render.parquet import reports_parquet

        return reports_parquet(reports)
    if kind == "package":
        from belisha.render.package import reports_package

        return reports_package(reports)
    if kind == "csv":
        from belisha.render.csv import reports_csv

        mark = "\ufeff" if paper is not None and paper.excel_csv else ""
        return mark + reports_csv(reports)
    from belisha.render.json import reports_json, reports_jsonl

    return reports_jsonl(reports) if kind == "jsonl" else reports_json(reports, several=several)
