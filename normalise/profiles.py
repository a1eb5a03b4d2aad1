"""A profile: what belongs to one organisation, as a TOML file that may add words, signs and a rule.

A profile is optional and never says where something stands: next quarter's report has other pages. Words that
all councils share belong in the vocabulary (``normalise/data``). Unknown keys are errors that name their line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, get_args

from pydantic import AfterValidator, Field, ValidationError

from extract.errors import SettingsError
from normalise.heading.guess import heading_words
from normalise.records import Polarity, Role, SchemeEntry
from normalise.toml_lines import line_of, line_with
from normalise.vocabulary import Data, ProfileWords, Vocabulary, load, snake

NOT_USED = "not_used"  # the name under which a profile lists columns that are to be read as no field
PLACES = frozenset(
    {"page", "pages", "bbox", "box", "x0", "x1", "top", "bottom", "left", "right", "area", "areas"}
)
SHAPES = frozenset({"circle", "square", "diamond", "star", "tick", "cross"})


def column_names() -> frozenset[str]:
    """What a column can be read as: fields of the records, roles of further columns, or nothing."""
    return frozenset(
        {rule.field for rule in load().columns.rules} - {"extra"} | set(get_args(Role)) | {NOT_USED}
    )


def shapes() -> frozenset[str]:
    """What a sign can show."""
    return frozenset(load().directions.shapes) | SHAPES


def _column(name: str) -> str:
    return _one_of(name, column_names(), "no field or kind of column")


def _shape(name: str) -> str:
    return _one_of(name, shapes(), "no shape")


def _status(name: str) -> str:
    if name != snake(name):
        raise ValueError(
            f"“{name}” is no status; write it in lower case with underscores: {snake(name) or 'red'}"
        )
    return name


def _one_of(name: str, known: frozenset[str], what: str) -> str:
    if name not in known:
        near = get_close_matches(name, sorted(known), n=1)
        hint = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(sorted(known))}"
        raise ValueError(f"“{name}” is {what}; {hint}")
    return name


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("this text is empty")
    return text


Words = tuple[Annotated[str, AfterValidator(_filled)], ...]


class Ways(Data):
    """Words and signs of a direction column, by what they show."""

    up: Words = ()
    down: Words = ()
    level: Words = ()
    not_applicable: Words = ()


class GoodIs(Data):
    """Words of the column that tells which way is good."""

    high: Words = ()
    low: Words = ()


class RuleWords(Data):
    """One band of the rating rule, in words as a report would print them."""

    status: Annotated[str, AfterValidator(_status)]
    text: Annotated[str, AfterValidator(_filled)]


class Profile(Data):
    """What one organisation adds. Everything may be left out; an empty profile changes nothing.

    ``columns``: headings by what they are read as (``not_used``: by nothing, they stay under their heading).
    ``statuses``: printed forms by status. ``polarity``: which way is good for a measure, by code or title,
    where the report does not print it. ``glyphs``: what a character shows, "é" or "Font name:é". ``units``:
    printed forms by unit. ``codes``: words before the number of a code. ``sections``: names of sections.
    ``scheme``: the rule that statuses are held against in place of the printed one.
    """

    organisation: str = ""
    about: str = ""
    sections: Words = ()
    codes: Words = ()
    columns: dict[Annotated[str, AfterValidator(_column)], Words] = Field(default_factory=dict)
    statuses: dict[Annotated[str, AfterValidator(_status)], Words] = Field(default_factory=dict)
    directions: Ways = Ways()
    good_is: GoodIs = GoodIs()
    polarity: dict[str, Polarity] = Field(default_factory=dict)
    units: dict[str, Words] = Field(default_factory=dict)
    glyphs: dict[Annotated[str, Field(min_length=1)], Annotated[str, AfterValidator(_shape)]] = Field(
        default_factory=dict
    )
    scheme: tuple[RuleWords, ...] = ()

    def words(self) -> ProfileWords:
        """What the vocabulary is to be extended by."""
        return ProfileWords(
            statuses=self.statuses,
            good_is_high=self.good_is.high,
            good_is_low=self.good_is.low,
            directions={way: words for way, words in self.directions if words},
            columns={
                "extra" if name == NOT_USED else name: tuple(heading_words(w) for w in words)
                for name, words in self.columns.items()
            },
            units=self.units,
            code_schemes=self.codes,
            sections=self.sections,
            shapes={sign.rpartition(":")[2] or sign: shape for sign, shape in self.glyphs.items()},
        )

    def vocabulary(self) -> Vocabulary:
        """The vocabulary with this profile's words before our own."""
        return load().extended(self.words())

    def rule(self) -> tuple[SchemeEntry, ...]:
        """The profile's rule as a report would print it; empty where it states none."""
        return tuple(
            SchemeEntry(status=band.status, text=band.text, label=band.status) for band in self.scheme
        )


_DEEP_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]+[ \t]*\.[ \t]*){40}")


def read_profile(text: str, *, name: str) -> Profile:
    """A profile from the text of its file. Raises SettingsError with the line of what is wrong."""
    deep = _DEEP_KEY.search(text)
    if deep is not None:  # the time that Python takes for such a key grows with the square of its parts
        line = text.count("\n", 0, deep.start()) + 1
        raise SettingsError(f"line {line}: this is nested too deeply to be a profile", file=name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong_toml(str(error), text, name) from None
    except RecursionError:
        raise SettingsError("this is nested too deeply to be a profile", file=name) from None
    try:
        profile = Profile.model_validate(data)
    except ValidationError as error:
        raise _wrong_key(error, text, name) from None
    for kind, words in _claims(profile):
        twice = next((w for w in words if len(words[w]) > 1), None)
        if twice is not None:
            both = " and ".join(words[twice])
            raise SettingsError(
                f"line {line_with(text, twice)}: the {kind} “{twice}” is given two meanings, {both}",
                advice="keep one of them",
                file=name,
            )
    return profile


def _claims(profile: Profile) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Every kind of word with the meanings that the profile gives each."""
    groups: dict[str, Mapping[str, Sequence[str]]] = {
        "heading": profile.columns,
        "status word": profile.statuses,
        "direction": dict(profile.directions),
        "word": dict(profile.good_is),
    }
    for kind, table in groups.items():
        found: dict[str, list[str]] = {}
        for meaning, words in table.items():
            for word in dict.fromkeys(w.lower() for w in words):
                found.setdefault(word, []).append(meaning)
        yield kind, found


def _wrong_toml(message: str, text: str, name: str) -> SettingsError:
    at = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", message)
    line = int(at[1]) if at and at[1] else max(1, len(text.splitlines()))
    what = re.sub(r"\s*\(at [^)]*\)", "", message)
    return SettingsError(
        f"line {line}: this is no TOML: {what[:1].lower()}{what[1:]}",
        advice="see docs/how-to/write-a-profile.md",
        file=name,
    )


def _wrong_key(error: ValidationError, text: str, name: str) -> SettingsError:
    first = error.errors()[0]
    path = [str(part) for part in first["loc"] if part != "[key]"]
    line = line_of(text, path)
    key = path[-1]
    advice = "see docs/how-to/write-a-profile.md"
    if first["type"] == "extra_forbidden":
        what = f"“{key}” is no key of a profile"
        known = _keys_beside(path)
        near = get_close_matches(key, known, n=1)
        if key in PLACES:
            advice = "a profile says nothing of pages and places, for the next report has others"
        else:
            advice = f"did you mean “{near[0]}”?" if near else f"known are {', '.join(known)}"
    elif first["type"] == "value_error":
        what, _, told = str(first["ctx"]["error"]).partition("; ")
        advice = told or advice
    elif first["type"] == "missing":
        what = f"“{key}” is missing"
    else:
        said = str(first["msg"])
        what = f"“{'.'.join(path)}”: {said[:1].lower()}{said[1:]}"
        if "tuple" in first["type"]:
            what, advice = f"“{'.'.join(path)}” must be a list of words", f'write {key} = ["word", "word"]'
            if path == ["scheme"]:
                what, advice = (
                    "“scheme” must be a list of bands",
                    "write [[scheme]] over each status and text",
                )
    return SettingsError(f"line {line}: {what}", advice=advice, file=name)


def _keys_beside(path: Sequence[str]) -> list[str]:
    inner: dict[str, type[Data]] = {"directions": Ways, "good_is": GoodIs, "scheme": RuleWords}
    model = inner.get(path[0], Profile) if len(path) > 1 else Profile
    return list(model.model_fields)
