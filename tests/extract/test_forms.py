"""Pages whose whole content stands in a form, as programs make them that scale, stamp or join pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
)

from extract.document import open_pdf
from extract.pages import PageReader
from fixtures.kinds import HERE

REPORT = HERE / "distilled_again" / "chromium.pdf"


def _in_forms(report: Path, scale: float) -> bytes:
    """The report with each page's content in a form that is drawn smaller, a little off the corner."""
    writer = PdfWriter(clone_from=PdfReader(report))
    for page in writer.pages:
        contents = page.get_contents()
        assert contents is not None
        form = DecodedStreamObject()
        form.set_data(contents.get_data())
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject(map(FloatObject, page.mediabox))
        form[NameObject("/Resources")] = page["/Resources"]
        drawn = DecodedStreamObject()
        drawn.set_data(f"q {scale} 0 0 {scale} 20 25 cm /Whole Do Q".encode())
        page[NameObject("/Contents")] = writer._add_object(drawn)
        whole = DictionaryObject({NameObject("/Whole"): writer._add_object(form)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): whole})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _words(data: bytes) -> list[tuple[str, float, float, float]]:
    """The words of the first page with where they begin, their baseline and their size."""
    with open_pdf(data, name="test.pdf") as opened:
        reader = PageReader()
        found, page, text = reader.read(opened.pdf, 1)
        words = [(w.text.strip(), w.x0, w.base, w.size) for w in found.words()]
        reader.close(page, text)
    return words


@pytest.mark.parametrize("scale", [0.6, 0.75, 1.0])
def test_what_stands_in_forms_is_read_as_what_stands_on_the_page(scale: float) -> None:
    plain, formed = _words(REPORT.read_bytes()), _words(_in_forms(REPORT, scale))
    height = float(PdfReader(REPORT).pages[0].mediabox.height)
    assert any("fi" in text for text, *_ in plain)
    assert formed == [
        (text, approx(20 + scale * x), approx(height - 25 - scale * (height - base)), approx(scale * size))
        for text, x, base, size in plain
    ]


def approx(points: float) -> Any:
    return pytest.approx(points, abs=0.5)
