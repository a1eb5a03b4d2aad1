"""The work of ``belisha history``: a question to the history, the answer as table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct

from belisha.history.errors import HistoryMissing
from belisha.history.history import History, UnknownMeasure
from belisha.history.remarks import notes, remarks
from belisha.history.series_view import FIELDS, SeriesView
from belisha.job import deliver, stdout_is_terminal
from belisha.output import OutputError, check_target, is_stdout, write_file
from belisha.render.csv import guarded
from belisha.render.layout import counted, grid, wrapped
from belisha.safe_text import well_formed
from belisha.talk import Talk
from extract.errors import SettingsError

ENDINGS = {".json": "json", ".csv": "csv", ".txt": "table"}
Row = dict[str, Any]


class Answer(Struct, frozen=True):
    """Rows of data, and for people a heading with the columns worth a place on a screen (the widest stretches)."""

    rows: list[Row]
    heading: str
    shown: tuple[str, ...]
    stretch: str
    series: tuple[SeriesView, ...] = ()


def run(chosen: Mapping[str, Any], talk: Talk) -> int:
    """Answer one question. Returns the exit code; raises SettingsError, HistoryError and OutputError."""
    output: str | None = chosen["output"]
    kind = _format(chosen)
    if not is_stdout(output):
        assert output is not None  # noqa: S101 - None is standard output
        check_target(output, [chosen["store"]])
    asked = [name for name in ("changes", "proposals", "forecasts") if chosen[name]]
    if len(asked) > 1:
        raise SettingsError(f"--{asked[0]} and --{asked[1]} cannot be had together", advice="choose one")
    if chosen["kind"] and not chosen["changes"]:
        raise SettingsError("--kind goes with --changes", advice="add --changes")
    if not os.path.exists(chosen["store"]):
        raise HistoryMissing("there is no such store", file=chosen["store"])
    with History(chosen["store"], settled=chosen["settled"]) as opened:
        history = opened if chosen["as_of"] is None else opened.as_of(chosen["as_of"])
        answer = _answer(history, chosen, asked[0] if asked else None)
        if chosen["chart"] is not None:
            _chart(history, chosen)
    if chosen["chart"] is None or output is not None or chosen["format"] is not None:
        deliver(_text(answer, kind), output)
    return 0


def _format(chosen: Mapping[str, Any]) -> str:
    if chosen["format"] is not None:
        return str(chosen["format"])
    if is_stdout(chosen["output"]):
        return "table"
    ending = Path(chosen["output"]).suffix.lower()
    if ending and ending not in ENDINGS:
        raise SettingsError(
            f"the ending {ending} names no format that can be written",
            advice=f"end the name in {', '.join(sorted(ENDINGS))} or add --format",
            file=chosen["output"],
        )
    return ENDINGS.get(ending, "table")


def _answer(history: History, chosen: Mapping[str, Any], asked: str | None) -> Answer:
    organisation: str | None = chosen["organisation"]
    query: str | None = chosen["query"]
    if asked == "changes":
        return _changes(history, query, organisation, chosen["kind"])
    if asked == "proposals":
        return _proposals(history, organisation)
    if asked == "forecasts":
        return _forecasts(history, organisation)
    if query is None:
        return _list(history, organisation)
    return _series(_named(history, query, organisation))


def _named(history: History, query: str, organisation: str | None) -> list[SeriesView]:
    found = history.find(query, organisation)
    if not found:
        raise UnknownMeasure(
            f"no measure {query!r} is in the store", advice="run belisha history without a query to list them"
        )
    return found


def _list(history: History, organisation: str | None) -> Answer:
    rows = [
        {
            "organisation": s.organisation,
            "code": s.code,
            "title": s.title,
            "section": s.section,
            "periods": len([p for p in s.periods if s.printed(p, "actual")]),
            "first": str(s.periods[0]) if s.periods else None,
            "last": str(s.periods[-1]) if s.periods else None,
            "series": s.id,
        }
        for s in history.all_series(organisation)
    ]
    bodies = {row["organisation"] for row in rows}
    if len(bodies) == 1:
        heading = f"{bodies.pop()}: {counted(len(rows), 'measure')}"
        return Answer(rows, heading, ("code", "title", "section", "first", "last"), "title")
    return Answer(
        rows, counted(len(rows), "measure"), ("organisation", "code", "title", "first", "last"), "title"
    )


def _series(found: Sequence[SeriesView]) -> Answer:
    rows = [row for series in found for row in series.rows()]
    one = found[0]
    heading = f"{one.organisation}: {one.code or ''} {one.title}".strip()
    if len(found) > 1:
        heading = counted(len(found), "measure")
    return Answer(
        rows, heading, ("period", "field", "printed", "report", "page", "file"), "file", tuple(found)
    )


def series_table(found: Sequence[SeriesView], columns: int) -> list[str]:
    """Series for people: a line a period; a figure that was restated shows what it was before."""
    lines: list[str] = []
    for series in found:
        lines += ["", f"{series.organisation}", f"{series.code or ''}  {series.title}".strip()]
        names = [t for t in series.titles if t != series.title]
        if names:
            lines.append(f"also printed as: {'; '.join(names)}")
        codes = [c for c in series.codes if c != series.code]
        if codes:
            lines.append(f"earlier codes: {', '.join(codes)}")
        fields = [f for f in FIELDS if any(series.printed(p, f) for p in series.periods)]
        rows = [[str(p), *(_cell(series, p, f) for f in fields), remarks(series, p)] for p in series.periods]
        lines.append("")
        lines += grid(
            ["period", *fields, "remarks"], rows, columns, stretch=len(fields) + 1, right=frozenset()
        )
        for note in notes(series):
            lines += ["", *wrapped(note, columns)]
    return lines[1:]


def _cell(series: SeriesView, period: Any, field: str) -> str:
    found = series.in_force(period, field)
    return found.printed if found is not None else ""


def _changes(history: History, query: str | None, organisation: str | None, kinds: Iterable[str]) -> Answer:
    wanted = [k.strip() for text in kinds for k in text.split(",") if k.strip()]
    of = None if query is None else {s.id for s in _named(history, query, organisation)}
    rows = [
        change.to_dict(c.organisation)
        for c, change in history.changes(wanted, organisation)
        if of is None or (change.series is not None and c.ids[change.series] in of)
    ]
    return Answer(rows, counted(len(rows), "change"), ("period", "kind", "code", "message"), "message")


def _proposals(history: History, organisation: str | None) -> Answer:
    rows: list[Row] = [dict(p) for p in history.proposals(organisation)]
    file = Path(history.path).with_suffix(".toml").name
    lines = [f"{counted(len(rows), 'pair')} to settle"]
    if rows:
        lines[0] += f": put one of the entries of each into {file}, beside the store"
    for number, row in enumerate(rows, 1):
        lines += ["", f"{number}. {row['one_code'] or 'no code'}, {row['one_periods']}: {row['one_title']}"]
        lines.append(f"   {row['other_code'] or 'no code'}, {row['other_periods']}: {row['other_title']}")
        lines.append(f"   {row['reason']}")
        entry = row["settle"].splitlines()
        lines += ["", f"   {entry[0]}     # or [[different]]", *(f"   {line}" for line in entry[1:])]
    return Answer(rows, "\n".join(lines), (), "")


def _forecasts(history: History, organisation: str | None) -> Answer:
    rows = [{"organisation": c.organisation, **f.to_dict()} for c, f in history.forecasts(organisation)]
    sections: dict[str, list[Row]] = {}
    for row in rows:
        sections.setdefault(row["section"] or "(no section)", []).append(row)
    lines = [counted(len(rows), "forecast")]
    for section, mine in sections.items():
        figures = [r for r in mine if r["hit"] is not None]
        statuses = [r for r in mine if r["forecast_status"] and r["outturn_status"]]
        parts = []
        if figures:
            parts.append(f"{sum(r['hit'] for r in figures)} of {len(figures)} figures came as forecast")
        if statuses:
            right = sum(r["forecast_status"] == r["outturn_status"] for r in statuses)
            parts.append(f"{right} of {len(statuses)} statuses")
        lines.append(f"{section}: {', '.join(parts) or 'nothing to compare'}")
    shown = (
        "year",
        "made",
        "code",
        "title",
        "forecast",
        "outturn",
        "error",
        "forecast_status",
        "outturn_status",
    )
    return Answer(rows, "\n".join(lines), shown, "title")


def _text(answer: Answer, kind: str) -> str:
    if kind == "json":
        return json.dumps(answer.rows, ensure_ascii=False, indent=1, default=_plain) + "\n"
    if kind == "csv":
        return csv_text(answer.rows)
    import shutil

    columns = max(60, min(shutil.get_terminal_size().columns, 160)) if stdout_is_terminal() else 110
    lines = answer.heading.split("\n")
    if answer.series:
        lines = series_table(answer.series, columns)
    elif answer.rows and answer.shown:
        rows = [[_word(row.get(name)) for name in answer.shown] for row in answer.rows]
        lines += [
            "",
            *grid(
                list(answer.shown),
                rows,
                columns,
                stretch=answer.shown.index(answer.stretch),
                right=frozenset(),
            ),
        ]
    return "\n".join(lines) + "\n"


def csv_text(rows: Sequence[Row]) -> str:
    """Rows as CSV with a header; no cell can be taken for a formula. An empty answer is an empty text."""
    if not rows:
        return ""
    out = io.StringIO()
    names = [n for n in rows[0] if n != "sources"]
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_csv_cell(row.get(name)) for name in names])
    return out.getvalue()


def _csv_cell(value: Any) -> str:
    text = _word(value)
    return well_formed(text if isinstance(value, (Decimal, int)) else guarded(text)).replace("\r", " ")


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (list, tuple)):
        return " ".join(_word(v) for v in value)
    return str(value)


def _plain(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _chart(history: History, chosen: Mapping[str, Any]) -> None:
    from belisha.history.chart import page

    target = str(chosen["chart"])
    if is_stdout(target):
        raise OutputError("a chart goes to a file", advice="give a file name with --chart")
    check_target(target, [chosen["store"]])
    found = (
        list(history.all_series(chosen["organisation"]))
        if chosen["query"] is None
        else _named(history, chosen["query"], chosen["organisation"])
    )
    write_file(target, well_formed(page(found)).encode("utf-8"))
