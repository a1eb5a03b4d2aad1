"""The whole way on a report of the layout that the project began with: every cell, every finding."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import belisha
from belisha import Report
from fixtures.generator.score import score
from tests.whole.words import words_without_account

FIXTURE = Path(__file__).parents[2] / "fixtures" / "derby_layout"


@pytest.fixture(scope="module")
def report() -> Report:
    return belisha.read(FIXTURE / "report.pdf")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FIXTURE / "truth.json").read_text(encoding="utf-8"))
    return loaded


def test_every_cell_and_every_finding_is_right(report: Report, truth: dict[str, Any]) -> None:
    out = json.loads(belisha.audit(report).report.to_json())
    result = score(truth, out)
    assert len(report.measures) == 63
    assert len(report.improvements) == 16
    assert not result.lost
    assert not result.invented
    # The organisation is not printed in full; what can be known of it is said in the notes.
    assert [d for d in result.differences if d[1] != "report.organisation"] == []
    assert not result.missed
    assert not result.accusations


def test_every_value_has_its_page_and_box(report: Report) -> None:
    for measure in report.measures:
        for name in ("actual", "target", "forecast", "year_end_target", "previous"):
            value = getattr(measure, name)
            if value is not None:
                assert value.source, (measure.code, name)
                for place in value.source:
                    x0, top, x1, bottom = place.bbox
                    assert x0 < x1
                    assert top < bottom
        for name in measure.printed:
            assert measure.sources.get(name), (measure.code, name)


def test_every_word_of_the_table_pages_is_accounted_for(report: Report) -> None:
    assert words_without_account(FIXTURE / "report.pdf", report) == []


def test_json_comes_back_the_same(report: Report) -> None:
    assert Report.from_json(report.to_json()) == report


def test_the_report_as_a_frame(report: Report) -> None:
    frame = report.to_frame()
    assert len(frame) == 63
    assert frame.loc[frame["code"] == "CM PM13", "forecast"].item() == 95


def test_standard_input_gives_the_same_records(report: Report) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "belisha", "extract", "-"],
        input=(FIXTURE / "report.pdf").read_bytes(),
        capture_output=True,
        check=True,
    )
    ours = json.loads(report.to_json())
    theirs = json.loads(done.stdout)
    for side in (ours, theirs):
        side["source"].pop("file")
    assert theirs == ours
