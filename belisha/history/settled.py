"""What people have settled about a history: a small TOML file, kept in version control beside the reports.

[[organisation]]
name = "Exampleton County Council"
also = ["Exampleton CC"]

[[report]]                 # a report that does not say whose it is, or of when, or says it wrongly
sha256 = "3fe6a1b2c3d4"
organisation = "Exampleton County Council"
year = "2015/16"
quarter = 2

[[same]]                   # one measure under several codes or titles
organisation = "Exampleton County Council"
measures = ["OS 07", "OS 31"]

[[different]]              # never one measure, however alike they look
measures = ["Sickness absence", "Sickness absence (schools)"]
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from belisha.history.vintages import organisation_key
from extract.errors import SettingsError
from normalise.records import Measure, Period, Report, ReportFacts, SourceFile
from validate.checks.pairing import code_key, codes, title_key

Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12,64}$")]
Year = Annotated[str, StringConstraints(pattern=r"^\d{4}/\d{2}$")]

Model = TypeVar("Model", bound=BaseModel)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Organisation(_Entry):
    """Names of one organisation."""

    name: Name
    also: tuple[Name, ...]


class ReportEntry(_Entry):
    """What a report is, where it does not say or says it wrongly."""

    sha256: Sha256
    organisation: Name | None = None
    year: Year | None = None
    quarter: int | None = Field(default=None, ge=1, le=4)


class Same(_Entry):
    """Codes or titles of one measure."""

    organisation: Name | None = None
    measures: tuple[Name, ...] = Field(min_length=2)


class Different(_Entry):
    """Codes or titles of measures that are not one."""

    organisation: Name | None = None
    measures: tuple[Name, ...] = Field(min_length=2)


class Settled(_Entry):
    """Everything that the file says; an empty one settles nothing."""

    organisation: tuple[Organisation, ...] = ()
    report: tuple[ReportEntry, ...] = ()
    same: tuple[Same, ...] = ()
    different: tuple[Different, ...] = ()

    @property
    def mark(self) -> str:
        """Changes when the file says something else."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]

    def facts(self, report: Report) -> Report:
        """The report with what is settled about whose it is and of when."""
        facts = report.report
        for entry in self.report:
            if report.source.sha256.startswith(entry.sha256):
                period = facts.period
                if entry.year is not None:
                    period = Period(year=entry.year, quarter=entry.quarter, label=None)
                elif entry.quarter is not None:
                    period = period.model_copy(update={"quarter": entry.quarter})
                name = entry.organisation or facts.organisation
                facts = facts.model_copy(update={"organisation": name, "period": period})
        for known in self.organisation:
            if _key(facts.organisation) in {_key(other) for other in known.also}:
                facts = facts.model_copy(update={"organisation": known.name})
        return report if facts is report.report else report.model_copy(update={"report": facts})

    def key(self, stored: str, sha256: str) -> str:
        """The key of the organisation that a reading stored under another key belongs to."""
        for entry in self.report:
            if entry.organisation and sha256.startswith(entry.sha256):
                stored = _key(entry.organisation)
        for known in self.organisation:
            if stored in {_key(other) for other in known.also}:
                return _key(known.name)
        return stored

    def said_same(self, organisation: str, one: Measure, other: Measure) -> bool:
        """Does the file say that these two rows are one measure?"""
        return self._said(self.same, organisation, one, other)

    def said_different(self, organisation: str, one: Measure, other: Measure) -> bool:
        """Does the file say that these two rows are two measures?"""
        return self._said(self.different, organisation, one, other)

    @staticmethod
    def _said(entries: tuple[Same | Different, ...], organisation: str, one: Measure, other: Measure) -> bool:
        for entry in entries:
            if entry.organisation is not None and _key(entry.organisation) != organisation:
                continue
            mine = {name for name in entry.measures if names(name, one)}
            theirs = {name for name in entry.measures if names(name, other)}
            if mine and theirs and (mine - theirs or theirs - mine):
                return True
        return False


def names(name: str, measure: Measure) -> bool:
    """Does this code or title name the measure?"""
    if code_key(name) in codes(measure):
        return True
    return bool(title_key(name)) and title_key(name) == title_key(measure.title)


def entry(organisation: str, one: Measure, other: Measure) -> str:
    """The lines that make two measures one, by codes where these tell them apart, else by titles."""
    by_code = one.code and other.code and not set(codes(one)) & set(codes(other))
    called = (one.code, other.code) if by_code else (one.title, other.title)
    # JSON's strings are TOML's too, but for what stands above the basic plane
    named = ", ".join(json.dumps(name, ensure_ascii=False) for name in called)
    return f"[[same]]\norganisation = {json.dumps(organisation, ensure_ascii=False)}\nmeasures = [{named}]"


def read_settled(path: str | Path | None) -> Settled:
    """Read the file; None or no such file settles nothing. Raises SettingsError with the place of a mistake."""
    if path is None:
        return Settled()
    return read_toml(path, Settled)


def read_toml(path: str | Path, model: type[Model]) -> Model:
    """A TOML file as one of our models. Raises SettingsError that names the file and the entry."""
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as trouble:
        reason = (trouble.strerror or type(trouble).__name__).lower()
        raise SettingsError(f"cannot be read ({reason})", file=str(path)) from trouble
    except UnicodeDecodeError as trouble:
        raise SettingsError("is not UTF-8 text", advice="save it as UTF-8", file=str(path)) from trouble
    except tomllib.TOMLDecodeError as trouble:
        raise SettingsError(f"is no TOML: {trouble}", advice="mend that line", file=str(path)) from trouble
    try:
        return model.model_validate(data)
    except ValidationError as trouble:
        first = trouble.errors()[0]
        place = " ".join(f"entry {part + 1}" if isinstance(part, int) else str(part) for part in first["loc"])
        what = re.sub(r"\s+", " ", first["msg"])
        raise SettingsError(
            f"{place}: {what}", advice="see docs/reference/history.md", file=str(path)
        ) from trouble


def _key(name: str | None) -> str:
    source = SourceFile(file="", sha256="", pages=0)
    return organisation_key(Report(source=source, report=ReportFacts(organisation=name)))
