"""What one report added to a history: a vintage. Every reading of a report is one, and all are kept."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct

from belisha.history.moments import Moment, moment_of_report
from belisha.history.store import Store
from belisha.neighbours import version
from normalise.records import VALUE_FIELDS, BBox, Finding, Improvement, Measure, Report, Source, Value

LONGEST_RECORD = 256 * 1024 * 1024  # bytes of JSON; a record that unpacks to more is none of ours
WORDS = ("status", "forecast_status", "direction")


class Settings(Struct, frozen=True):
    """What a reading depends on beside the file: the program's version and the profile (a hash of it)."""

    program: str
    profile: str = ""

    @classmethod
    def now(cls, profile: str = "") -> Settings:
        """Those of this program."""
        return cls(version(), profile)

    def reading(self, sha256: str) -> str:
        """The name of the reading of a file under these settings."""
        mark = hashlib.sha256(f"{self.program}\0{self.profile}".encode()).hexdigest()[:8]
        return f"{sha256}-{mark}"

    @property
    def rank(self) -> tuple[tuple[int, ...], bool, str, str]:
        """Sorts settings so that the reading to trust comes last: newer program, with a profile."""
        numbers = tuple(int(n) for n in re.findall(r"\d+", self.program)[:4])
        return numbers, bool(self.profile), self.program, self.profile


class Vintage(Struct, frozen=True, dict=True):
    """One report as it stands in a history. ``report`` has the corrections by hand worked in.

    ``originals`` gives, by row number and field, what was printed where a correction took its place;
    ``monthly`` says that it is one of monthly reports, so that June's is not one on a quarter; ``path`` is
    where a backfill found the file, the first by name where it found several copies.
    """

    reading: str
    settings: Settings
    organisation_key: str
    report: Report
    originals: dict[tuple[int, str], str]
    monthly: bool = False
    path: str | None = None

    @cached_property
    def moment(self) -> Moment | None:
        """The period that the report is about."""
        return moment_of_report(self.report.report, monthly=self.monthly)

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return self.report.source.sha256

    @cached_property
    def known(self) -> date | None:
        """The day from which its figures were known: the meeting, else the day after the period."""
        try:
            return date.fromisoformat(self.report.report.meeting_date or "")
        except ValueError:
            return self.moment.end if self.moment else None

    @property
    def order(self) -> tuple[Any, ...]:
        """Sorts vintages as they were published; those without a date come first."""
        return (
            self.moment.order if self.moment else (0, 0, 0),
            self.known or date.min,
            self.sha256,
        )

    def __repr__(self) -> str:
        return f"<{self.name}, {self.report.source.file}>"  # the whole report would fill screens

    @property
    def name(self) -> str:
        """What to call the report in a sentence."""
        if self.moment is not None:
            return f"the report of {self.moment}"
        return f"the report {self.report.source.file}"


def organisation_key(report: Report) -> str:
    """Whose report it is, without case, punctuation and "the"; its own hash where it does not say."""
    name = unicodedata.normalize("NFKC", report.report.organisation or "").casefold().replace("&", " and ")
    words = [w for w in re.findall(r"[^\W_]+", name) if w != "the"]
    return " ".join(words) or f"? {report.source.sha256[:12]}"


class Prepared(Struct, frozen=True):
    """A reading as rows, ready to be inserted: by table, in an order that keeps references whole."""

    reading: str
    pages: int
    rows: tuple[tuple[str, tuple[tuple[Any, ...], ...]], ...]


def prepare(report: Report, settings: Settings, findings: Iterable[Finding] = ()) -> Prepared:
    """Everything that is kept of a reading. ``report`` is as it was read, without corrections by hand."""
    name = settings.reading(report.source.sha256)
    facts = report.report
    moment = moment_of_report(facts)
    reading = (
        name,
        report.source.sha256,
        settings.program,
        settings.profile,
        report.source.pages,
        organisation_key(report),
        *map(sound, (facts.organisation, facts.committee, facts.meeting_date, facts.item, facts.title)),
        str(moment) if moment else None,
        facts.period.year,
        facts.period.quarter,
    )
    each: tuple[Measure | Improvement, ...] = (*report.measures, *report.improvements)
    rows = tuple(enumerate(each))
    schemes = tuple((name, n, sound(e.status), sound(e.text), e.page) for n, e in enumerate(report.scheme))
    return Prepared(
        name,
        report.source.pages,
        (
            ("reading", (reading,)),
            ("record", ((name, pack(report)),)),
            ("measure", tuple(_row(name, number, row) for number, row in rows)),
            ("figure", tuple(figure for number, row in rows for figure in _figures(name, number, row))),
            ("scheme", schemes),
            ("finding", tuple(finding_rows(name, findings))),
        ),
    )


def insert(c: sqlite3.Connection, prepared: Prepared) -> bool:
    """Add a reading in the transaction that is open; False, and nothing added, if it is there already."""
    if c.execute("SELECT 1 FROM reading WHERE reading = ?", (prepared.reading,)).fetchone() is not None:
        return False
    for table, rows in prepared.rows:
        if rows:
            c.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)  # noqa: S608 - the table's name is ours, the values are bound
    return True


def finding_rows(name: str, findings: Iterable[Finding]) -> Iterator[tuple[Any, ...]]:
    """The findings of a reading as rows."""
    for n, f in enumerate(findings):
        words = (f.code, f.title, f.field, f.printed, ", ".join(f.expected) or None, f.message)
        yield (name, n, f.kind, f.verdict, f.page, *map(sound, words))


def load(store: Store, organisation: str) -> list[Vintage]:
    """All readings of one organisation, as read, in the order of publication."""
    found = store.rows(
        "SELECT r.reading, r.program, r.profile, r.organisation_key, d.json,"
        " (SELECT min(f.path) FROM file f WHERE f.sha256 = r.sha256) FROM reading r"
        " JOIN record d ON d.reading = r.reading WHERE r.organisation_key = ?",
        (organisation,),
    )
    vintages = [
        Vintage(
            str(name),
            Settings(str(program), str(profile)),
            str(key),
            unpack(blob),
            {},
            path=path and str(path),
        )
        for name, program, profile, key, blob, path in found
    ]
    return sorted(vintages, key=lambda v: v.order)


def in_force(vintages: Iterable[Vintage]) -> list[Vintage]:
    """Of several readings of one file, the one made by the newest program."""
    best: dict[str, Vintage] = {}
    for vintage in vintages:
        other = best.get(vintage.sha256)
        if other is None or vintage.settings.rank > other.settings.rank:
            best[vintage.sha256] = vintage
    return sorted(best.values(), key=lambda v: v.order)


def pack(report: Report) -> bytes:
    """The record without its findings, which are worked out again when they are wanted."""
    bare = clean(report.model_copy(update={"findings": ()}))
    # one level for all, so that two runs write the same bytes
    return zlib.compress(sound(bare.to_json(indent=None)).encode("utf-8"), 6)


def clean(report: Report) -> Report:
    """The report without lone surrogates, which neither JSON nor SQLite can hold."""
    file = sound(report.source.file)
    source = report.source.model_copy(update={"file": file})
    named = report if file == report.source.file else report.model_copy(update={"source": source})
    try:
        named.to_json(indent=None)
    except ValueError:  # somewhere in its texts; this way takes longer
        return Report.model_validate(_clean(named.model_dump()))
    return named


def _clean(held: Any) -> Any:
    if isinstance(held, dict):
        return {sound(key): _clean(value) for key, value in held.items()}
    if isinstance(held, (list, tuple)):
        return [_clean(value) for value in held]
    return sound(held)


def unpack(blob: object) -> Report:
    """A record back from its bytes. Raises ValueError or zlib.error where they are damaged."""
    if not isinstance(blob, bytes):
        raise ValueError("no record")
    opened = zlib.decompressobj()
    text = opened.decompress(blob, LONGEST_RECORD)
    if not opened.eof:
        raise ValueError("the record does not end")
    return Report.from_json(text)


def sound(text: Any) -> Any:
    """Text as SQLite can store it, without lone surrogates; all else as it is."""
    from belisha.safe_text import well_formed

    return well_formed(text) if isinstance(text, str) else text


def _row(name: str, number: int, row: Measure | Improvement) -> tuple[Any, ...]:
    measure = isinstance(row, Measure)
    return (
        name,
        number,
        "dashboard" if measure else "improvement",
        row.page if isinstance(row, Measure) else (row.pages[0] if row.pages else 0),
        box(row.bbox),
        sound(row.section if isinstance(row, Measure) else row.directorate),
        sound(row.code),
        listed(row.other_codes),
        listed(row.former_codes),
        sound(row.title),
        row.good_is if isinstance(row, Measure) else None,
        sound(row.note) if isinstance(row, Measure) else None,
    )


def _figures(name: str, number: int, row: Measure | Improvement) -> Iterator[tuple[Any, ...]]:
    headings = row.column_headings if isinstance(row, Measure) else {}
    values: dict[str, Value] = {}
    for field in VALUE_FIELDS:
        value = getattr(row, field, None)
        if value is not None:
            values[field] = value
    values |= {f"extra: {heading}": value for heading, value in row.extra.items()}
    for field, value in values.items():
        yield (
            name,
            number,
            sound(field),
            sound(headings.get(field)),
            sound(value.printed),
            None if value.value is None else f"{value.value:f}",
            None,
            sound(value.unit),
            sound(value.qualifier),
            value.confidence,
            *place(value.source),
        )
    for field in WORDS:
        words = getattr(row, field, None)
        if words is not None:
            printed = row.printed.get(field, words)
            where = place(row.sources.get(field, ()))
            yield (
                name, number, field, sound(headings.get(field)), sound(printed), None, sound(words), None, None, None, *where,
            )  # fmt: skip


def place(sources: tuple[Source, ...]) -> tuple[int | None, str | None]:
    """Page and box of the first source, as columns."""
    return (sources[0].page, box(sources[0].bbox)) if sources else (None, None)


def box(bbox: BBox) -> str:
    """A box as text: four numbers in points with spaces between."""
    return " ".join(f"{side:.2f}".rstrip("0").rstrip(".") for side in bbox)


def listed(codes: tuple[str, ...]) -> str | None:
    """Codes as a JSON list; None for none."""
    return sound(json.dumps(list(codes), ensure_ascii=False)) if codes else None
