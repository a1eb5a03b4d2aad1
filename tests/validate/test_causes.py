"""What speaks for a misreading rather than an error of the report."""

from __future__ import annotations

from typing import Any as Anything

import pytest

from normalise.records import Measure
from tests.validate.making import cases_of, measure, scheme, three_bands
from validate.readings import likely_reading
from validate.verdicts import judge

RELATIVE = scheme(three_bands())


def high(**given: Anything) -> Measure:
    return measure(good_is="high", **given)


def test_an_accusation_says_which_causes_were_ruled_out() -> None:
    rows = [high(actual="90", target="80", status="green") for _ in range(8)]
    wrong = high(actual="60", target="80", status="green")
    likelihood = likely_reading(RELATIVE, cases_of([*rows, wrong]))
    found = judge(wrong, RELATIVE, likelihood)
    assert found.verdict == "contradicted"
    assert [cause.split(":")[0] for cause in found.causes] == [
        "misread page",
        "another rule",
        "own tolerance",
        "wrong report",
    ]
    assert "8 of 9 statuses" in found.causes[1]
    assert "not ruled out" in found.causes[2]


@pytest.mark.parametrize("wrong", [2, 5])
def test_a_rule_that_fits_badly_accuses_nobody(wrong: int) -> None:
    good = [high(actual="90", target="80", status="green") for _ in range(9)]
    bad = [high(actual="60", target="80", status="green") for _ in range(wrong)]
    likelihood = likely_reading(RELATIVE, cases_of([*good, *bad]))
    found = judge(bad[0], RELATIVE, likelihood)
    assert found.verdict == ("contradicted" if wrong == 2 else "unverifiable")


def test_a_section_that_mostly_misfits_was_misread_as_a_section() -> None:
    good = [high(section="Parks", actual="90", target="80", status="green") for _ in range(20)]
    bad = [high(section="Roads", actual="60", target="80", status="green") for _ in range(3)]
    likelihood = likely_reading(RELATIVE, cases_of([*good, *bad]))
    found = judge(bad[0], RELATIVE, likelihood)
    assert found.verdict == "unverifiable"
    assert "section Roads" in found.reason


def test_a_status_that_never_fits_was_misread_as_a_kind() -> None:
    good = [high(actual="90", target="80", status="green") for _ in range(20)]
    bad = [high(actual="60", target="80", status="amber") for _ in range(3)]
    likelihood = likely_reading(RELATIVE, cases_of([*good, *bad]))
    found = judge(bad[0], RELATIVE, likelihood)
    assert found.verdict == "unverifiable"
    assert "status amber" in found.reason
