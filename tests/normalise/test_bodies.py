"""Names of bodies and of those that meet, line by line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.bodies import committee_in, is_body, organisation_alone, organisation_in

NO_NAME = re.compile(r"^report (?:of|by)", re.IGNORECASE)
NAMES = [
    "Borough of Exampleton",
    "London Borough of Harrowby",
    "Royal Borough of Kelsing and Charwell",
    "Metropolitan Borough of Wirrow",
    "Harrowdale Metropolitan Borough Council",
    "Isle of Wend Council",
    "Stoke-on-Wold City Council",
    "Brading & Hove City Council",
    "Cyngor Gwynfryn",
    "NHS Fifeshire",
    "Westmere Health and Social Care Trust",
    "West Yarrow Combined Authority",
    "Peak Dale National Park Authority",
    "Moorland Ambulance Service NHS Foundation Trust",
    "Pennmoor Housing Trust",
    "University of Exampleton",
    "Kelsing Police",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_body_is_found_alone_and_inside_a_line(name: str) -> None:
    assert organisation_in(name) == name
    assert is_body(name)
    assert organisation_in(f"Performance of {name}, quarter 2") == name


@pytest.mark.parametrize("name", ["Castlegate Homes", "Moorland Leisure", "Saltmarsh University"])
def test_a_name_that_only_its_place_tells(name: str) -> None:
    assert organisation_in(f"All of {name} took part") is None
    assert organisation_alone(["APPENDIX B", name, "Performance Report"]) == name


@pytest.mark.parametrize(
    "line",
    [
        "the Council",
        "Our Council",
        "Affordable Homes",
        "Corporate Services",
        "Adult Social Care Services",
        "Housing",
    ],
)
def test_what_names_no_body(line: str) -> None:
    assert organisation_in(line) is None
    assert organisation_alone([line]) is None


@pytest.mark.parametrize(
    ("line", "committee"),
    [
        ("Board Report to Audit and Risk Committee", "Audit and Risk Committee"),
        ("REPORT TO CABINET", "Cabinet"),
        ("Report to the Performance Scrutiny Panel", "Performance Scrutiny Panel"),
        ("Meeting of the Group Board – 12 May 2020", "Group Board"),
        ("Report of the Chief Executive", None),
        ("Performance report", None),
    ],
)
def test_to_whom_a_report_goes(line: str, committee: str | None) -> None:
    assert committee_in([line], None, NO_NAME) == committee


@given(st.text(max_size=120))
def test_any_line_names_a_body_or_none(line: str) -> None:
    name = organisation_in(line)
    assert name is None or name in " ".join(line.split(" "))
