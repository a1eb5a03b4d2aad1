"""Nothing is lost silently: rows of figures for which no table was found are listed."""

from __future__ import annotations

from typing import Any

import pytest

import belisha
from normalise.accounting import NO_TABLE
from tests.extract.making import pdf, ruled

HEADINGS = ["Name of it", "Zeta", "Eta", "Theta", "Iota"]
ROWS = [
    ["Repairs done in time", "95.1%", "95.0%", "93.2%", "up"],
    ["Rent collected", "£1.2m", "£1.5m", "£1.1m", "down"],
    ["Days to let a home", "21 days", "25 days", "(30)", "up"],
    ["Complaints", "1,204", "1,100", "980", "down"],
]


def _drawn(rows: list[list[str]]) -> bytes:
    def draw(canvas: Any) -> None:
        canvas.drawString(50, 760, "What follows is told of in the text of the report.")
        ruled(canvas, [HEADINGS, *rows], rules=False, bold_first=False)

    return pdf(draw)


def test_rows_of_figures_under_unknown_headings_are_listed() -> None:
    report = belisha.read(_drawn(ROWS))
    assert not report.measures
    listed = [entry.text for entry in report.unread if entry.reason == NO_TABLE]
    assert sorted(" ".join(listed).split()) == sorted(
        word for row in ROWS for text in row for word in text.split()
    )


@pytest.mark.parametrize("rows", [ROWS[:2], [[row[0], "well", "as", "was", "told"] for row in ROWS]])
def test_few_rows_or_rows_of_words_are_text(rows: list[list[str]]) -> None:
    report = belisha.read(_drawn(rows))
    assert [entry for entry in report.unread if entry.reason == NO_TABLE] == []
