"""The typed records: what a report says, each figure with the page and box it was read from.

These models are the record contract. Their JSON is what ``belisha extract`` writes; ``belisha schema``
prints the JSON Schema made from them. Decimals are written as strings. Boxes are
``[x0, top, x1, bottom]`` in points from the top left of the page as shown. Names and meanings are fixed
within a major schema version; keys may be added.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.dataclasses import dataclass

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1.0"

Polarity = Literal["high", "low"]
Direction = Literal["up", "down", "level", "not_applicable"]
Bound = Literal["lt", "le", "gt", "ge"]
Confidence = Literal["high", "medium", "low"]
Role = Literal[
    "floor",  # a threshold of this measure below target: floor standard, intervention or minimum level
    "tolerance",  # the allowed deviation of this measure
    "last_year",  # the same period a year ago
    "year_to_date",
    "other_period",
    "variance",
    "benchmark",
    "numerator",
    "denominator",
    "direction",  # a second trend column
    "words",  # owner, service, commentary and other text
]
Verdict = Literal["supported", "contradicted", "borderline", "depends", "unverifiable", "note"]
BBox = tuple[float, float, float, float]
PlainDecimal = Annotated[
    Decimal,
    # bounded, for written out in full "1e999999999" would fill the memory
    Field(max_digits=60, decimal_places=40),
    PlainSerializer(lambda d: f"{d:f}", return_type=str, when_used="json"),
]


_GIVEN: dict[frozenset[str], set[str]] = {}


class Record(BaseModel):
    """Base of all records: frozen, unknown keys ignored so that newer files can be read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def model_post_init(self, _: Any) -> None:
        """Share the set of names that were given, which is the same for thousands of records: frozen, none changes it."""
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))


# Places are what a report has most of: with slots one takes a third of the room that a model does.
@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="ignore"))
class Source:
    """Where something was read: page from 1, box in points."""

    page: int
    bbox: BBox


class Value(Record):
    """A figure or words from a value cell.

    ``printed`` is the cell's text with cut words joined and white space collapsed. ``value`` is None where the cell holds words.
    ``unit`` is "percent", "days", "number", "gbp", "per 10,000 population" …; scale words are worked into
    ``value``. ``resolution`` is the size of the last printed place after scaling (97.8 → 0.1;
    £1.2m → 100000); None where there is no figure. ``bound`` marks "<5" and the like; ``upper`` is the
    other end of a range. ``signals`` name what is known about how well it was read; ``confidence`` is
    the grade made of them.
    """

    printed: str
    value: PlainDecimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    source: tuple[Source, ...] = ()
    resolution: PlainDecimal | None = None
    bound: Bound | None = None
    upper: PlainDecimal | None = None
    signals: tuple[str, ...] = ()
    confidence: Confidence = "high"


class ExtraValue(Value):
    """A printed column that the contract has no field for; ``role`` says what it is, when known."""

    role: Role | None = None


class Inferred(Record):
    """A polarity that is not printed but follows from something else, with the reason in words.

    What follows from a row's own status cannot be held against that status.
    """

    good_is: Polarity
    reason: str
    origin: Literal["title", "status", "profile"] = "title"


class Measure(Record):
    """One row of a dashboard.

    ``printed`` holds the printed text of fields that are not VALUEs (status, direction, good_is, title …)
    and ``sources`` where each of them stands. ``previous_label`` is the heading of the column that
    ``previous`` came from, ``column_headings`` the headings of the others by field.
    """

    page: int
    bbox: BBox
    section: str | None = None
    code: str | None = None
    other_codes: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    title: str
    good_is: Polarity | None = None
    inferred_good_is: Inferred | None = None
    actual: Value | None = None
    target: Value | None = None
    status: str | None = None
    forecast: Value | None = None
    year_end_target: Value | None = None
    forecast_status: str | None = None
    previous: Value | None = None
    direction: Direction | None = None
    in_portfolio: bool | None = None
    note: str | None = None
    extra: dict[str, ExtraValue] = {}
    colours: dict[str, str] = {}
    printed: dict[str, str] = {}
    sources: dict[str, tuple[Source, ...]] = {}
    column_headings: dict[str, str] = {}
    signals: dict[str, tuple[str, ...]] = {}


class Improvement(Record):
    """One row of an improvement report; texts are whole, bullets kept as "• "."""

    pages: tuple[int, ...]
    bbox: BBox
    directorate: str | None = None
    code: str | None = None
    other_codes: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    title: str
    period_label: str | None = None
    target: Value | None = None
    actual: Value | None = None
    status: str | None = None
    forecast: Value | None = None
    forecast_status: str | None = None
    context: str | None = None
    actions: str | None = None
    intervention: str | None = None
    performance: str | None = None
    extra: dict[str, ExtraValue] = {}
    printed: dict[str, str] = {}
    sources: dict[str, tuple[Source, ...]] = {}
    signals: dict[str, tuple[str, ...]] = {}


class SchemeEntry(Record):
    """A status and the report's own words for it. ``label`` is the status as the rule prints it."""

    status: str
    text: str
    label: str = ""
    page: int | None = None
    bbox: BBox | None = None
    colour: str | None = None
    symbol: str | None = None


class Passage(Record):
    """Text outside the tables that may bear on the figures: rules, legends, counts, headings."""

    page: int
    bbox: BBox
    text: str
    kind: Literal["heading", "paragraph", "item", "footnote", "legend"] = "paragraph"


class Unread(Record):
    """Text on a table page that is in no record, or a page that could not be read, with the reason."""

    page: int
    bbox: BBox | None = None
    text: str = ""
    reason: str


class Column(Record):
    """A printed column: its heading, the field it was read as (None: `extra` or unused), and why."""

    heading: str
    field: str | None = None
    why: str = ""


class TableRead(Record):
    """A table that was read: where it stands, what kind, its columns and how many rows became records."""

    pages: tuple[int, ...]
    bbox: BBox
    kind: Literal["dashboard", "improvement", "legend", "other"]
    columns: tuple[Column, ...] = ()
    rows: int = 0
    why: str = ""


class Period(Record):
    """The period the report is about: financial year as "2012/13", quarter 1 to 4 where it has one."""

    year: str | None = None
    quarter: int | None = None
    label: str | None = None


class ReportFacts(Record):
    """What the report says about itself."""

    organisation: str | None = None
    committee: str | None = None
    meeting_date: str | None = None
    item: str | None = None
    title: str | None = None
    period: Period = Period()


class SourceFile(Record):
    """The input: its name, the SHA-256 of its bytes and its number of pages."""

    file: str
    sha256: str
    pages: int


class Finding(Record):
    """Something the audit has to say. ``verdict`` "contradicted" is the only accusation.

    ``status`` names the status that a count is about; ``causes`` says which of the four usual causes
    could be ruled out and how; ``sources`` are further places (the other table, the rule).
    """

    kind: str
    verdict: Verdict
    page: int | None = None
    bbox: BBox | None = None
    code: str | None = None
    title: str | None = None
    field: str | None = None
    printed: str | None = None
    expected: tuple[str, ...] = ()
    arithmetic: str = ""
    rule: str = ""
    message: str = ""
    status: str | None = None
    causes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class SecondOpinion(Record):
    """A cell that the second reader read otherwise: both texts, neither changed.

    ``field`` is the field of the record that ``ours`` stands in; None where no record of ours holds the cell.
    """

    page: int
    bbox: BBox
    code: str | None = None
    title: str | None = None
    field: str | None = None
    ours: str
    theirs: str


class Report(Record):
    """Everything that was read from one report, and, after an audit, what was found.

    ``direction_key`` is what the report says its direction arrows mean; the status of an entry is "up", "down" or "level".
    ``other_schemes`` are further rating rules that it prints, with other words, each in the form of ``scheme``.
    """

    schema_version: str = SCHEMA_VERSION
    source: SourceFile
    report: ReportFacts = ReportFacts()
    scheme: tuple[SchemeEntry, ...] = ()
    other_schemes: tuple[tuple[SchemeEntry, ...], ...] = ()
    direction_key: tuple[SchemeEntry, ...] = ()
    measures: tuple[Measure, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()
    tables: tuple[TableRead, ...] = ()
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()
    second_reader: tuple[SecondOpinion, ...] = ()

    def to_json(self, *, indent: int | None = 1) -> str:
        """The record contract as JSON text."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """Read a report back from its JSON. Raises pydantic.ValidationError on anything else."""
        return cls.model_validate_json(text)

    def to_frame(self, shape: Literal["wide", "long"] = "wide", *, floats: bool = False) -> pd.DataFrame:
        """Wide: one row a measure. Long: one row for every field of every record, as in the CSV.

        Types are nullable; figures stay Decimal unless ``floats``; statuses are categories in order of merit.
        Needs pandas (imported late).
        """
        from normalise.frames import frame_of

        return frame_of([self], shape=shape, floats=floats)


VALUE_FIELDS = ("actual", "target", "forecast", "year_end_target", "previous")


def measure_row(m: Measure) -> dict[str, Any]:
    """A measure as one flat row: each VALUE as four columns (printed, value, unit, qualifier)."""
    row: dict[str, Any] = {
        "page": m.page,
        "section": m.section,
        "code": m.code,
        "other_codes": ", ".join(m.other_codes) or None,
        "former_codes": ", ".join(m.former_codes) or None,
        "title": m.title,
        "good_is": m.good_is,
        "status": m.status,
        "forecast_status": m.forecast_status,
        "direction": m.direction,
        "in_portfolio": m.in_portfolio,
        "note": m.note,
    }
    for name in VALUE_FIELDS:
        value: Value | None = getattr(m, name)
        row[name] = value.value if value else None
        row[f"{name}_printed"] = value.printed if value else None
        row[f"{name}_unit"] = value.unit if value else None
        row[f"{name}_qualifier"] = value.qualifier if value else None
    return row
