"""Corrections by hand: what a person read on the page where the program, or the report, went wrong.

    [[correction]]
    sha256 = "3fe6a1b2c3d4"            # of the PDF; twelve digits or more
    page = 3
    where = { code = "OS 07", field = "actual" }
    was = "8.2%"                       # what is in the record now; "" for an empty cell
    set = "8.0%"
    reason = "The cell is cut by the page's edge; the figure is whole on page 7."
    by = "J. Clerk"
    date = 2015-12-09

They are worked in after normalising and before validating. One that no longer fits what was read is stale:
it changes nothing and is reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from belisha.history.settled import read_toml
from belisha.history.store import Store
from normalise.directions import direction_from_text
from normalise.records import VALUE_FIELDS, Measure, Report, Value
from normalise.statuses import read_status
from normalise.values import read_value
from normalise.words import collapse
from validate.checks.pairing import code_key, title_key

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Field_ = Literal[
    "actual", "target", "forecast", "year_end_target", "previous", "status", "forecast_status", "direction",
    "good_is", "code", "title",
]  # fmt: skip


class Where(BaseModel):
    """The cell: a row by its code or its title, and the field."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: Text | None = None
    title: Text | None = None
    field: Field_

    @model_validator(mode="after")
    def _names_a_row(self) -> Where:
        if self.code is None and self.title is None:
            raise ValueError("where needs a code or a title")
        return self


class Correction(BaseModel):
    """One cell set by hand, with who, when and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12,64}$")]
    page: int | None = Field(default=None, ge=1)
    where: Where
    was: str
    set: str
    reason: Text
    by: Text
    date: date

    @property
    def mark(self) -> str:
        """Its name in the store: the same words have the same name."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def __str__(self) -> str:
        row = self.where.code or self.where.title
        return f"{row}, {self.where.field}: {self.was!r} set to {self.set!r} by {self.by}"


class Corrections(BaseModel):
    """A whole file of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    correction: tuple[Correction, ...] = ()


class Corrected(Struct, frozen=True):
    """A report with its corrections: ``originals`` gives what was printed, by row number and field;
    ``stale`` pairs each correction that did not fit with the reason."""

    report: Report
    originals: dict[tuple[int, str], str]
    stale: tuple[tuple[Correction, str], ...] = ()


def read_corrections(path: str | Path) -> tuple[Correction, ...]:
    """Read a file of corrections. Raises SettingsError."""
    return read_toml(path, Corrections).correction


def correct(report: Report, corrections: Iterable[Correction]) -> Corrected:
    """Work in those that are about this report's file. The report given stays as it is."""
    rows = list(report.measures)
    originals: dict[tuple[int, str], str] = {}
    stale: list[tuple[Correction, str]] = []
    for correction in corrections:
        if not report.source.sha256.startswith(correction.sha256):
            continue
        found = [n for n, row in enumerate(rows) if _is_at(row, report.measures[n], correction)]
        if len(found) != 1:
            stale.append((correction, "no such row" if not found else "more than one row fits"))
            continue
        number = found[0]
        now = printed(rows[number], correction.where.field)
        if collapse(now) != collapse(correction.was):
            stale.append((correction, f"the record now says {now!r}"))
            continue
        changed = _set(rows[number], correction.where.field, correction.set)
        if changed is None:
            stale.append((correction, f"{correction.set!r} cannot be read as {correction.where.field}"))
            continue
        rows[number] = changed
        originals.setdefault((number, correction.where.field), now)
    corrected = report.model_copy(update={"measures": tuple(rows)}) if originals else report
    return Corrected(corrected, originals, tuple(stale))


def printed(row: Measure, field: str) -> str:
    """What a cell shows; "" for an empty one."""
    held = getattr(row, field)
    if isinstance(held, Value):
        return held.printed
    if field in row.printed:
        return row.printed[field]
    return held or ""


def sync(store: Store, corrections: Sequence[Correction]) -> None:
    """Keep in the store what the file says; what it no longer says is marked as withdrawn, never deleted.

    Call it inside a transaction.
    """
    c = store.connection
    marks = {correction.mark for correction in corrections}
    for (mark,) in c.execute("SELECT correction FROM correction").fetchall():
        withdrawn = mark not in marks
        c.execute("UPDATE correction SET withdrawn = ? WHERE correction = ?", (withdrawn, mark))
    for one in corrections:
        where = one.where
        c.execute(
            "INSERT INTO correction VALUES (?,?,?,?,?,?,?,?,?,?,?,0) ON CONFLICT DO NOTHING",
            (
                one.mark, one.sha256, one.page, where.code, where.title, where.field,
                one.was, one.set, one.reason, one.by, one.date.isoformat(),
            ),
        )  # fmt: skip


def stored(store: Store) -> tuple[Correction, ...]:
    """The corrections that the store holds and that nobody withdrew."""
    rows = store.rows(
        'SELECT sha256, page, code, title, field, was, "set", reason, by, date FROM correction'
        " WHERE withdrawn = 0 ORDER BY sha256, correction"
    )
    return tuple(
        Correction.model_validate(
            {
                "sha256": sha256,
                "page": page,
                "where": {"code": code, "title": title, "field": field},
                "was": was,
                "set": new,
                "reason": reason,
                "by": by,
                "date": day,
            }
        )
        for sha256, page, code, title, field, was, new, reason, by, day in rows
    )


def _is_at(row: Measure, as_read: Measure, correction: Correction) -> bool:
    where = correction.where
    if correction.page is not None and correction.page not in {row.page, *_pages(row)}:
        return False
    if where.code is not None and not any(
        r.code and code_key(r.code) == code_key(where.code) for r in (row, as_read)
    ):
        return False
    return where.title is None or title_key(where.title) in {title_key(row.title), title_key(as_read.title)}


def _pages(row: Measure) -> set[int]:
    values = (getattr(row, field) for field in VALUE_FIELDS)
    return {s.page for v in values if v is not None for s in v.source}


def _set(row: Measure, field: str, text: str) -> Measure | None:
    """The row with the cell set; None where the text is nothing that this field can hold."""
    update: dict[str, Any]
    if field in VALUE_FIELDS:
        update = {field: _value(getattr(row, field), text)}
    elif field in ("status", "forecast_status"):
        read = read_status(text) if text else None
        if text and read is None:
            return None
        update = {field: read.status if read else None, "printed": {**row.printed, field: text}}
    elif field == "direction":
        way = direction_from_text(text) if text else None
        if text and (way is None or way.direction is None):
            return None
        update = {field: way.direction if way else None, "printed": {**row.printed, field: text}}
    elif field == "good_is":
        if text not in ("high", "low", ""):
            return None
        update = {field: text or None, "printed": {**row.printed, field: text}}
    elif not text and field == "title":
        return None
    else:
        update = {field: text or None}
    update["signals"] = {**row.signals, field: ("corrected-by-hand",)}
    return row.model_copy(update=update)


def _value(old: Value | None, text: str) -> Value | None:
    parsed = read_value(text, hint=old.unit or "" if old else "")
    if parsed is None:
        return None
    unit = parsed.unit
    if old is not None and unit == "number" and old.unit:
        unit = old.unit
    return Value(
        printed=parsed.printed,
        value=parsed.value,
        unit=unit,
        qualifier=parsed.qualifier,
        source=old.source if old else (),
        resolution=parsed.resolution,
        bound=parsed.bound,
        upper=parsed.upper,
        signals=(*parsed.signals, "corrected-by-hand"),
    )
