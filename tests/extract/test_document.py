"""What cannot be opened is refused in one clear line; page ranges are understood."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extract.document import load, open_pdf, page_numbers
from extract.errors import BelishaError, NotAPdf, ReportDamaged, ReportLocked, ReportMissing, SettingsError
from tests.extract.making import BODY, HEADINGS, pdf, read, ruled


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReportMissing, match=r"none\.pdf: no such file"):
        load(tmp_path / "none.pdf")
    with pytest.raises(ReportMissing, match="folder"):
        load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"plain text", b"PK\x03\x04 zip", b"<html>"])
def test_other_files_are_no_pdf(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    with pytest.raises(NotAPdf) as caught:
        load(path)
    assert "\n" not in str(caught.value)


def test_a_wreck_is_damaged() -> None:
    with pytest.raises(ReportDamaged), open_pdf(b"%PDF-1.7\nnothing more", name="x.pdf"):
        pass


def test_a_locked_file_needs_its_password() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("sesame", ownerPassword="other", canCopy=0))
    ruled(canvas, [HEADINGS, *BODY])
    canvas.save()
    data = buffer.getvalue()
    with pytest.raises(ReportLocked, match="locked"), open_pdf(data, name="x.pdf"):
        pass
    with pytest.raises(ReportLocked, match="wrong"), open_pdf(data, name="x.pdf", password="no"):  # noqa: S106 - of a file made here
        pass
    with open_pdf(data, name="x.pdf", password="sesame") as opened:  # noqa: S106 - of a file made here
        assert opened.page_count == 1
        assert any("not to copy" in note for note in opened.notes)


def test_pages_can_be_chosen() -> None:
    data = pdf(*[lambda c: ruled(c, [HEADINGS, *BODY])] * 3)
    assert [p.number for p in read(data, pages="2-").pages] == [2, 3]


@pytest.mark.parametrize(
    ("spec", "pages"),
    [(None, (1, 2, 3, 4)), ("2", (2,)), ("2-3", (2, 3)), ("-2", (1, 2)), ("1,3-9", (1, 3, 4))],
)
def test_page_ranges(spec: str | None, pages: tuple[int, ...]) -> None:
    assert page_numbers(spec, 4) == pages


@pytest.mark.parametrize("spec", ["x", "0", "3-2", "9", "1;2", "1--2"])
def test_impossible_page_ranges(spec: str) -> None:
    with pytest.raises(SettingsError):
        page_numbers(spec, 4)


@given(st.text(max_size=12))
def test_any_page_range_is_pages_or_an_error(spec: str) -> None:
    try:
        pages = page_numbers(spec, 7)
    except BelishaError:
        return
    assert pages
    assert set(pages) <= set(range(1, 8))
