"""Every kind of report in ``fixtures/kinds`` through the whole way: rows, cells, findings and words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import belisha
from belisha import BelishaError
from fixtures.generator.score import Score, score
from fixtures.kinds import folders, name_of, reports
from fixtures.kinds.truth import settings_of, truth_of
from tests.whole.words import words_without_account

# What is not read right yet, by name of kind or kind/producer, with the reason. A test that comes to pass fails
# here until its line is taken out.
UNSOLVED: dict[str, str] = {}
# Read right, but a word of a table page is in no record and not listed as unread.
WORDS_UNSOLVED: dict[str, str] = {
    "direction_symbol_fonts": "codes of fonts without a Unicode map are other letters to pdfplumber than to PDFium",
}

REPORTS = {name_of(pdf): pdf for pdf in reports()}
REFUSED = {name: pdf for name, pdf in REPORTS.items() if settings_of(pdf.parent)["expect"].get("refused")}


def _cases(unsolved: dict[str, str]) -> list[Any]:
    return [
        pytest.param(
            pdf,
            id=name,
            marks=pytest.mark.xfail(strict=True, reason=unsolved[name]) if name in unsolved else (),
        )
        for name, pdf in REPORTS.items()
        if name not in REFUSED
    ]


def _wrong(result: Score) -> list[str]:
    """All that differs from the truth, a line each."""
    lines = [f"lost: {row}" for row in result.lost] + [f"invented: {row}" for row in result.invented]
    lines += [f"{row}: {cell} is {wanted!r}, read {got!r}" for row, cell, wanted, got in result.differences]
    lines += [f"not found: {entry}" for entry in result.missed]
    return lines + [f"false accusation: {words}" for words in result.accusations]


@pytest.mark.parametrize("pdf", _cases(UNSOLVED))
def test_rows_cells_and_findings(pdf: Path) -> None:
    report = belisha.audit(belisha.read(pdf)).report
    assert _wrong(score(truth_of(pdf.parent), json.loads(report.to_json()))) == []
    notes = " ".join(report.notes).lower()
    assert [words for words in settings_of(pdf.parent)["expect"].get("notes", ()) if words not in notes] == []


@pytest.mark.parametrize("pdf", _cases(WORDS_UNSOLVED))
def test_every_word_of_the_table_pages_is_accounted_for(pdf: Path) -> None:
    assert words_without_account(pdf, belisha.read(pdf)) == []


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_advice(name: str) -> None:
    with pytest.raises(BelishaError) as refused:
        belisha.read(REFUSED[name], ocr="never")
    told = f"{refused.value} {refused.value.advice}".lower()
    words = settings_of(REFUSED[name].parent)["expect"]["refused"]
    assert [word for word in words if word not in told] == []


def test_unsolved_kinds_exist() -> None:
    assert set(UNSOLVED) | set(WORDS_UNSOLVED) <= set(REPORTS)


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_truth_beside_the_report_is_what_its_source_says(folder: Path) -> None:
    kept = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert kept == truth_of(folder)
    assert list(folder.glob("*.pdf"))
