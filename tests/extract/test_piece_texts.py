"""The texts of a page's objects: where its characters change hands tells what PDFium gives object by object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extract.page import calls
from extract.page.characters import words_of_page
from extract.page.matrices import page_matrix
from extract.page.parts import TextItem
from extract.page.piece_texts import PieceTexts, texts_of_runs
from extract.pages import PageReader
from fixtures.kinds import name_of, reports
from tests.isolation.pdf_writing import pages_file, stream

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
        texts = _texts_of(calls.address(text.raw), text.count_chars())
        for obj in _objects(calls.address(page.raw), raw.FPDFPage_CountObjects(page.raw)):
            yield texts.of(obj), texts.asked(obj)
        text.close()
        page.close()


@pytest.mark.parametrize("pdf", REPORTS.values(), ids=REPORTS)
def test_runs_of_characters_give_what_pdfium_gives(pdf: Path) -> None:
    pairs = list(_both_ways(pdfium.PdfDocument(pdf)))
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def _drawn(pieces: Sequence[tuple[float, float, str]], font: str = "Helvetica") -> pdfium.PdfDocument:
    data = BytesIO()
    canvas = Canvas(data, pagesize=(800, 800))
    canvas.setFont(font, 8)
    for x, y, words in pieces:
        canvas.drawString(x, y, words)
    canvas.save()
    return pdfium.PdfDocument(data.getvalue())


WORDS = st.lists(
    st.sampled_from(["95.1%", "of", "a", "-", "Green", "£3m", "(12)", " ", "  ", "ﬁ"]), min_size=1, max_size=6
)
PIECE = st.tuples(
    st.integers(1, 30).map(lambda x: x * 25.0), st.integers(1, 40).map(lambda y: y * 18.0), WORDS
)


@given(st.lists(PIECE, min_size=1, max_size=25))
def test_so_do_pieces_wherever_they_stand(pieces: list[tuple[float, float, list[str]]]) -> None:
    pairs = list(_both_ways(_drawn([(x, y, " ".join(words)) for x, y, words in pieces])))
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


# What a font may say its codes stand for: letters, several at once, and what no text holds.
NAMED = [
    "a",
    "b",
    "fi",
    "ffi",
    " ",
    "\0",
    "\r",
    "\n",
    "\r\n",
    "\ufffe",
    "\ufffd",
    "\U0001f600",
    "\u05d0",
    "\u00ad",
    "\x02",
    "-",
    "\ud83d",
    "\udd00",
]
CODES = st.lists(st.integers(0, len(NAMED) - 1), min_size=1, max_size=6)
MAPPED = st.tuples(st.integers(1, 4).map(lambda x: x * 120), st.integers(1, 8).map(lambda y: y * 90), CODES)


def _mapped(pieces: Sequence[tuple[int, int, list[int]]]) -> pdfium.PdfDocument:
    """Pieces in a font that names code 65 the first of NAMED, and so on."""
    names = b"".join(
        b"<%02x> <%s>\n" % (65 + k, n.encode("utf-16-be", "surrogatepass").hex().encode())
        for k, n in enumerate(NAMED)
    )
    head = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n"
    cmap = head + b"%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(NAMED), names)
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /Odd /FirstChar 0 /LastChar 255 /Widths [%s] /ToUnicode 6 0 R >>"
    drawn = b"\n".join(
        b"BT /F1 8 Tf %d %d Td <%s> Tj ET" % (x, y, b"".join(b"%02x" % (65 + k) for k in codes))
        for x, y, codes in pieces
    )
    return pdfium.PdfDocument(pages_file([stream(drawn)], {3: font % (b"500 " * 256), 6: stream(cmap)}))


@given(st.lists(MAPPED, min_size=1, max_size=12))
def test_so_do_pieces_whatever_their_font_says_they_are(pieces: list[tuple[int, int, list[int]]]) -> None:
    pairs = list(_both_ways(_mapped(pieces)))
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def _words_both_ways(pdf: pdfium.PdfDocument) -> Iterator[tuple[list[TextItem], list[TextItem]]]:
    reader = PageReader()
    for number in range(len(pdf)):
        _, page, text = reader.read(pdf, number + 1)
        matrix, _, _ = page_matrix(page)
        texts = _texts_of(calls.address(text), raw.FPDFText_CountChars(text))
        by_whole = words_of_page(text, matrix, reader.style, whole=texts.whole)
        yield by_whole, words_of_page(text, matrix, reader.style)
        reader.close(page, text)


@given(st.lists(MAPPED, min_size=1, max_size=12))
def test_words_of_odd_fonts_are_the_same_from_the_whole_text(
    pieces: list[tuple[int, int, list[int]]],
) -> None:
    for whole, one_by_one in _words_both_ways(_mapped(pieces)):
        assert whole == one_by_one


@pytest.mark.parametrize("pdf", REPORTS.values(), ids=REPORTS)
def test_words_are_the_same_from_the_whole_text(pdf: Path) -> None:
    for whole, one_by_one in _words_both_ways(pdfium.PdfDocument(pdf)):
        assert whole == one_by_one


def test_a_table_needs_no_search() -> None:
    places = [(row, column) for row in range(1, 30) for column in range(1, 20)]
    pdf = _drawn([(30.0 * column, 20.0 * row, f"{row * column} %") for row, column in places])
    page = pdf[0]
    text = page.get_textpage()
    found = texts_of_runs(calls.address(text.raw), text.get_text_range(), text.count_chars())
    read = [found[obj].strip() for obj in _objects(calls.address(page.raw), len(places))]
    assert read == [f"{row * column} %" for row, column in places]


@given(st.lists(st.sampled_from(["anti-", "social", "co-", "operation", "of", "3-", "95%"]), min_size=2))
def test_words_parted_at_the_end_of_a_line_keep_their_hyphens(lines: list[str]) -> None:
    pdf = _drawn([(50.0, 700.0 - 11 * k, f"Number {line}") for k, line in enumerate(lines)])
    pairs = list(_both_ways(pdf))
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    for whole, one_by_one in _words_both_ways(pdf):
        assert whole == one_by_one
        assert [word.text.strip() for word in whole if word.text.strip() != "Number"] == lines
