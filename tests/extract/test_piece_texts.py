"""The texts of a page's objects: one walk over its characters gives what PDFium gives object by object."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.page import calls
from extract.page.piece_texts import MANY, PieceTexts, walked
from fixtures.kinds import name_of, reports

REPORTS = {name_of(pdf): pdf for pdf in reports()}


def _objects(page: int | None, count: int) -> Iterator[int]:
    for i in range(count):
        obj = calls.page_object(page, i)
        if calls.kind(obj) == raw.FPDF_PAGEOBJ_TEXT:
            yield obj


def _texts_of(page: int | None, characters: int) -> PieceTexts:
    texts = PieceTexts()
    texts.turn_to(page, characters)
    return texts


def _both_ways(pdf: pdfium.PdfDocument) -> Iterator[tuple[str, str]]:
    for number in range(len(pdf)):
        page = pdf[number]
        text = page.get_textpage()
        at, characters = calls.address(text.raw), text.count_chars()
        asked, known = _texts_of(at, characters), walked(at, characters)
        for obj in _objects(calls.address(page.raw), raw.FPDFPage_CountObjects(page.raw)):
            yield known.get(obj, ""), asked.of(obj)
        text.close()
        page.close()


@pytest.mark.parametrize("pdf", REPORTS.values(), ids=REPORTS)
def test_a_walk_gives_what_pdfium_gives(pdf: Path) -> None:
    pairs = list(_both_ways(pdfium.PdfDocument(pdf)))
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_a_page_of_many_pieces_keeps_each() -> None:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(800, 800))
    canvas.setFont("Helvetica", 4)
    wanted = [f"{k} %" for k in range(2 * MANY + 24)]
    for k, words in enumerate(wanted):
        canvas.drawString(10 + k % 32 * 24, 10 + k // 32 * 20, words)
    canvas.save()
    pdf = pdfium.PdfDocument(data.getvalue())
    page = pdf[0]
    text = page.get_textpage()
    texts = _texts_of(calls.address(text.raw), text.count_chars())
    read = [texts.of(obj).strip() for obj in _objects(calls.address(page.raw), len(wanted))]
    assert read == wanted
