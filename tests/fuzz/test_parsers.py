"""Every parser of text takes whatever it is given: an answer or an error of ours, never another."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import belisha
from extract.errors import SettingsError
from extract.file.damage import look
from extract.limits import ReadLimits
from normalise.codes import code_key, code_style, looks_like_code, read_code_and_title
from normalise.directions import direction_from_text
from normalise.periods import heading_period, read_period
from normalise.profiles import read_profile
from normalise.records import SchemeEntry
from normalise.statuses import read_status
from normalise.values import read_value
from validate.rule_reader import read_scheme

CASES = int(os.environ.get("BELISHA_FUZZ_CASES", "100"))
fuzz = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))

PIECES = [
    "£",
    "%",
    "-",
    "+",
    "(",
    ")",
    ",",
    ".",
    "/",
    ":",
    "0",
    "1",
    "12",
    "2,345",
    "1e9",
    "½",
    "²",
    "٣",
    "n/a",
    "N/A",
    "nil",
    "TBC",
    "target",
    "above",
    "below",
    "within",
    "less",
    "than",
    "more",
    "than",
    "or",
    "equal",
    "between",
    "and",
    "not",
    "red",
    "amber",
    "green",
    "blue",
    "at",
    "least",
    "points",
    "per",
    "cent",
    "days",
    "weeks",
    "m",
    "k",
    "▲",
    "▼",
    "\u202e",
    "\x00",
    "\x1b[0m",
    "<b>",
    "=1+1",
    "NI",
    "192",
    "BV78a",
    "L&I",
    "PM",
    "formerly",
    "previously",
    "Q1",
    "2012/13",
    "March",
    "=",
    "≥",
    "≤",
    "<",
    ">",
    "–",
    "—",
]
printed = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.integers(1, 3).map(lambda n: "9" * 10**n),
)


@fuzz
@given(printed, printed)
def test_values(text: str, hint: str) -> None:
    found = read_value(text, hint=hint)
    assert found is None or found.value is None or found.value.is_finite()


@fuzz
@given(st.lists(printed, min_size=1, max_size=6))
def test_codes(texts: list[str]) -> None:
    style = code_style(texts)
    for text in texts:
        read_code_and_title(text, style=style)
        code_key(text)
        assert looks_like_code(text) in (True, False)


@fuzz
@given(printed)
def test_statuses_directions_and_periods(text: str) -> None:
    read_status(text)
    direction_from_text(text)
    read_period(text)
    heading_period(text)


@fuzz
@given(st.lists(st.tuples(st.sampled_from(["red", "amber", "green", "blue"]), printed), max_size=5), printed)
def test_rules(entries: list[tuple[str, str]], context: str) -> None:
    scheme = read_scheme([SchemeEntry(status=s, text=t) for s, t in entries], context=context)
    assert scheme.usable in (True, False)


TOML = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                'organisation = "A"',
                "[columns]",
                'actual = ["Result"]',
                'target = "x"',
                "[[scheme]]",
                'status = "red"',
                'text = "below 5%"',
                "[statuses]",
                "red = [1]",
                "a = {b = {c = 1}}",
                "x = [[[[]]]]",
                "= 3",
                "[polarity]",
                "high = 99999999999999999999",
                "\x00",
                'codes = ["\\ud800"]',
                "d = 1979-05-27",
                "f = nan",
            ]
        ),
        max_size=10,
    ).map("\n".join),
)


@fuzz
@given(TOML)
def test_profiles(text: str) -> None:
    try:
        read_profile(text, name="p.toml")
    except SettingsError as error:
        _names_the_file(error)


def _names_the_file(error: SettingsError) -> None:
    assert "p.toml" in str(error)


def test_profiles_nested_without_end() -> None:
    for text in ("x = " + "[" * 100_000, "x = " + "{a = " * 50_000, "a." * 100_000 + "b = 1"):
        with pytest.raises(SettingsError):
            read_profile(text, name="p.toml")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("source", "measures", "findings", "scheme", "unread", "notes", "report", "schema_version")


@fuzz
@given(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=8))
def test_records(data: dict[str, object]) -> None:
    import json

    try:
        report = belisha.Report.from_json(json.dumps(data))
    except ValidationError:
        return
    assert belisha.Report.from_json(report.to_json()) == report


@fuzz
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(alphabet="0123456789 objxreftailsmnd<>/[]%EOFPageTyFil\n", max_size=600).map(str.encode),
    )
)
def test_the_look_for_damage(data: bytes) -> None:
    assert isinstance(look(data, ReadLimits()).notes, tuple)
