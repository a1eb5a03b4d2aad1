"""The fixture in the published layout: same bytes, honest pages, arrows that text readers cannot read."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from fixtures.derby_layout.make_report import build

FOLDER = Path(__file__).parents[2] / "fixtures" / "derby_layout"


@pytest.fixture(scope="module")
def built() -> tuple[bytes, dict[str, Any]]:
    return build()


@pytest.fixture(scope="module")
def texts(built: tuple[bytes, dict[str, Any]]) -> list[str]:
    document = pdfium.PdfDocument(built[0])
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_files_beside_the_code_are_what_the_code_makes(built: tuple[bytes, dict[str, Any]]) -> None:
    assert (FOLDER / "report.pdf").read_bytes() == built[0]
    assert json.loads((FOLDER / "truth.json").read_text(encoding="utf-8")) == built[1]
    assert len(built[0]) < 300_000


def test_every_measure_is_printed_on_its_page(built: tuple[bytes, dict[str, Any]], texts: list[str]) -> None:
    for measure in built[1]["measures"]:
        text = texts[measure["page"] - 1]
        assert measure["code"] in text, measure["code"]
        for part in ("forecast", "year_end_target"):
            if measure[part] and measure[part]["value"] is not None and "(" not in measure[part]["printed"]:
                assert measure[part]["printed"].split()[0] in text


def test_some_improvement_rows_run_over_pages(built: tuple[bytes, dict[str, Any]]) -> None:
    lengths = {len(row["pages"]) for row in built[1]["improvements"]}
    assert {1, 2, 3} <= lengths
    assert all(row["pages"] == sorted(row["pages"]) for row in built[1]["improvements"])


def test_arrows_have_no_unicode_map(built: tuple[bytes, dict[str, Any]], texts: list[str]) -> None:
    import pdfplumber

    assert "é" in texts[3]
    assert not set("↑↓→") & set("".join(texts))
    with pdfplumber.open(io.BytesIO(built[0])) as document:
        signs = [c["text"] for c in document.pages[3].chars if "Wingdings" in c["fontname"]]
    assert set(signs) == {"é", "ê", "è"}


def test_arrows_agree_with_truth(built: tuple[bytes, dict[str, Any]], texts: list[str]) -> None:
    expected = {"up": "é", "down": "ê", "level": "è"}
    for page in (4, 5, 6):
        printed = [c for c in texts[page - 1] if c in "éêè"]
        directions = [
            expected[m["direction"]]
            for m in built[1]["measures"]
            if m["page"] == page and m["direction"] in expected
        ]
        assert printed == directions


def test_narrow_cells_break_a_word(texts: list[str]) -> None:
    assert "(Provisio" in texts[4]
    assert "(Provisional)" not in texts[4]
