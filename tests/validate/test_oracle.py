"""The verdicts against a second, plain implementation."""

from __future__ import annotations

import os

import pytest

from normalise.records import Measure
from tests.validate.dice import Dice
from tests.validate.making import measure, scheme, three_bands
from tests.validate.oracle import disagreements, main, plain_verdict
from validate.verdicts import judge

CASES = int(os.environ.get("BELISHA_ORACLE_CASES", "1500"))


def test_both_ways_agree_on_random_rows_and_rules() -> None:
    wrong = next(disagreements(CASES, seed=7), None)
    assert wrong is None, wrong


def test_the_random_cases_reach_every_verdict() -> None:
    found = {plain_verdict(*Dice(n).row_and_scheme()) for n in range(300)}
    assert found == {"supported", "borderline", "depends", "contradicted", "unverifiable"}


def test_the_plain_way_by_hand() -> None:
    rule = scheme(three_bands(), three_bands(basis="points"))

    def row(actual: str, status: str) -> Measure:
        return measure(good_is="high", actual=actual, target="40", status=status)

    assert plain_verdict(row("38.4", "amber"), rule) == "supported"
    assert plain_verdict(row("38", "red"), rule) == "borderline"
    assert plain_verdict(row("37.0", "amber"), rule) == "depends"
    assert plain_verdict(row("33", "amber"), rule) == "contradicted"


def test_the_long_run_prints_its_count(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "20"]) == 0
    assert capsys.readouterr().out == "agreed 20/20\n"


def test_a_figure_for_which_a_band_may_be_missing_is_not_accused() -> None:
    """Found by the long run: the earlier figure that one band asks for is of another kind, so it may name none."""
    row, rule = Dice(34283).row_and_scheme()
    assert plain_verdict(row, rule) == judge(row, rule).verdict == "unverifiable"
