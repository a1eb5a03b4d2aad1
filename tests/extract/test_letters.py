"""What a text says on its page, where programs name its characters otherwise."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extract.page.letters import HYPHEN, UNKNOWN, spelled
from tests.extract.making import BODY, HEADINGS, read, ruled, texts


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("Beneﬁt oﬀicers", "Times-Roman", "Benefit officers"),
        ("Bene昀椀t, o昀케cers, sta昀昀", "Carlito", "Benefit, officers, staff"),
        ("Smokers se琀\ufffdng a date", "Carlito", "Smokers setting a date"),
        ("DirecƟon, commiƩee, seƫng", "Arial", "Direction, committee, setting"),
        ("Direc\U0010019fon", "Arial", "Direction"),
        ("AŌer staī", "ABCDEF+Calibri-Bold", "After staff"),
        ("Ōtara, Māori", "Arial", "Ōtara, Māori"),
        ("Tŷ Gwyn, naïve, €5, 95.1%", "Calibri", "Tŷ Gwyn, naïve, €5, 95.1%"),
    ],
)
def test_ligatures_are_spelled_out(text: str, font: str, shown: str) -> None:
    assert spelled(text, font) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"perform{HYPHEN}", "perform-"),
        (f"perform{HYPHEN} ", "perform- "),
        (f"{HYPHEN}185k", f"{UNKNOWN}185k"),
        (f"185{HYPHEN}", f"185{UNKNOWN}"),
        ("Objective 1 \x01 Housing", f"Objective 1 {UNKNOWN} Housing"),
        ("two\r\nlines\tof it", "two\r\nlines\tof it"),
    ],
)
def test_a_bare_code_is_no_character_but_for_the_hyphen_of_a_parted_word(text: str, shown: str) -> None:
    assert spelled(text, "Arial") == shown


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_text_stays(text: str) -> None:
    assert spelled(text, "Calibri") == text


def _unnamed_pound() -> bytes:
    """A table whose target has a sign that its font does not name, where a pound sign is drawn."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    rows = [HEADINGS, *BODY]
    rows[1] = [*BODY[0][:2], "@185k", "@190k", BODY[0][4]]
    ruled(canvas, rows)
    canvas.setPageCompression(0)
    canvas.save()
    data: Any = buffer.getvalue()
    return bytes(data)


def test_a_sign_without_a_name_is_no_minus() -> None:
    data = _unnamed_pound()
    assert data.count(b"(@185k)") == 1
    # Code 2 has no name in the standard encodings; PDFium gives it as it is, as it does for its own hyphens.
    damaged = data.replace(b"(@185k)", b"(\\0025)").replace(b"(@190k)", b"(\\0020)")
    cells = texts(read(damaged))[1]
    assert "-" not in cells[2] + cells[3]
    assert cells[2].startswith(UNKNOWN)
