"""What a profile changes outside the vocabulary: signs of symbol fonts, polarities, and remarks on its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from extract.cells import Cell, Document, Glyph
from normalise.profiles import Profile
from normalise.records import Inferred, Measure, Report


def with_signs(document: Document, profile: Profile) -> Document:
    """The document with the shapes of the profile's glyphs; as it was where the profile lists none."""
    if not profile.glyphs:
        return document
    tables = tuple(
        replace(
            table,
            rows=tuple(
                replace(row, cells=tuple(_shown(cell, profile.glyphs) for cell in row.cells))
                for row in table.rows
            ),
        )
        for table in document.tables
    )
    return replace(document, tables=tables)


def _shown(cell: Cell, shapes: Mapping[str, str]) -> Cell:
    if not cell.glyphs:
        return cell
    return replace(cell, glyphs=tuple(_named(glyph, shapes) for glyph in cell.glyphs))


def _named(glyph: Glyph, shapes: Mapping[str, str]) -> Glyph:
    for sign, shape in shapes.items():
        font, _, char = sign.rpartition(":")
        if glyph.text and glyph.text == (char or sign) and _plain(font) in _plain(glyph.font):
            return replace(glyph, shape=shape)
    return glyph


def _plain(font: str) -> str:
    return "".join(c for c in font.lower() if c.isalnum())


def with_profile(report: Report, profile: Profile, name: str) -> Report:
    """The report with the profile's polarities beside what is printed, and remarks where its rule differs."""
    measures = tuple(_with_polarity(m, profile.polarity, name) for m in report.measures)
    return report.model_copy(
        update={"measures": measures, "notes": (*report.notes, *rule_remarks(report, profile, name))}
    )


def _with_polarity(measure: Measure, polarity: Mapping[str, str], name: str) -> Measure:
    if measure.good_is is not None or not polarity:
        return measure
    wanted = {key.casefold(): way for key, way in polarity.items()}
    for known in (measure.code, *measure.other_codes, measure.title):
        way = wanted.get(known.casefold()) if known else None
        if way is not None:
            said = Inferred.model_validate(
                {"good_is": way, "reason": f"the profile {name} says so", "origin": "profile"}
            )
            return measure.model_copy(update={"inferred_good_is": said})
    return measure


def rule_remarks(report: Report, profile: Profile, name: str) -> Iterator[str]:
    """Where the profile's rule and the printed one use other words, both; nothing is settled here."""
    if not profile.scheme:
        return
    if not report.scheme:
        yield f"the report prints no rule; statuses are held against the rule of the profile {name}"
        return
    printed = {entry.status: entry.text for entry in report.scheme}
    for band in profile.scheme:
        own = printed.get(band.status)
        if own is None:
            yield f"the profile {name} has a rule for {band.status}, the report prints none"
        elif _words(own) != _words(band.text):
            yield (
                f"{band.status} by the profile {name}: “{band.text}”; by the report: “{own}”; "
                "statuses are held against the profile's"
            )
    for status in printed:
        if status not in {band.status for band in profile.scheme}:
            yield f"the report prints a rule for {status}, the profile {name} has none"


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c in "%.+-<>≤≥" else " " for c in text.casefold()).split()
