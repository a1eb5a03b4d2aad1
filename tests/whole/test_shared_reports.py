"""The example reports that lie beside a checkout, where they are: rows, findings, words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import belisha
from fixtures.generator.score import score
from tests.whole.words import words_without_account

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
NAMES = sorted(p.parent.name for p in REPORTS.glob("*/truth.json"))

pytestmark = pytest.mark.skipif(not NAMES, reason="no folder of example reports beside this checkout")


@pytest.mark.parametrize("name", NAMES)
def test_rows_and_findings(name: str) -> None:
    truth = json.loads((REPORTS / name / "truth.json").read_text(encoding="utf-8"))
    report = belisha.read(REPORTS / name / "report.pdf")
    result = score(truth, json.loads(belisha.audit(report).report.to_json()))
    assert not result.lost
    assert not result.invented
    assert not result.missed
    assert not result.accusations


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_table_pages_is_accounted_for(name: str) -> None:
    path = REPORTS / name / "report.pdf"
    assert words_without_account(path, belisha.read(path)) == []
