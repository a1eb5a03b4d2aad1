"""Pages of long documents that are passed over: plain prose only, and never a neighbour of anything else."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

import belisha
from extract.screening import AROUND, FRONT, SHORTEST, is_prose
from fixtures.generator import generate
from normalise.header_words import telling_words
from normalise.vocabulary import load
from tests.extract.making import pdf

TELLING = telling_words(load())
SENTENCE = (
    "The committee heard from residents of the village that the bridge is to be closed for repair in spring."
)


def prose(canvas: Any) -> None:
    for n in range(30):
        canvas.drawString(50, 780 - 20 * n, SENTENCE)


def pack(report: bytes, before: int, after: int, page: Callable[[Any], object] = prose) -> bytes:
    """A report with pages of prose before and after it."""
    text = PdfReader(BytesIO(pdf(page)))
    writer, out = PdfWriter(), BytesIO()
    for _ in range(before):
        writer.add_page(text.pages[0])
    writer.append(BytesIO(report))
    for _ in range(after):
        writer.add_page(text.pages[0])
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("seed", [7, 11, 40, 103])
def test_a_report_in_a_pack_gives_the_records_of_the_report_alone(seed: int) -> None:
    made = generate(seed).pdf
    alone, within = belisha.read(made), belisha.read(pack(made, 30, 30))
    assert any("passed over" in note for note in within.notes)
    assert alone.measures
    for ours, theirs in zip(alone.measures, within.measures, strict=True):
        assert theirs.page == ours.page + 30
        assert theirs.printed == ours.printed
    assert [i.printed for i in alone.improvements] == [i.printed for i in within.improvements]
    assert [e.text for e in alone.scheme] == [e.text for e in within.scheme]


def test_the_note_names_every_page_that_was_not_read() -> None:
    made = generate(7).pdf
    pages = len(PdfReader(BytesIO(made)).pages)
    note = next(n for n in belisha.read(pack(made, 30, 30)).notes if "passed over" in n)
    first, last = 30 - AROUND, 30 + pages + AROUND + 1
    assert note.endswith(f": {FRONT + AROUND + 1}-{first}, {last}-{60 + pages}")


def test_a_short_document_is_read_whole() -> None:
    made = generate(7).pdf
    pages = len(PdfReader(BytesIO(made)).pages)
    within = belisha.read(pack(made, SHORTEST - pages - 1, 0))
    assert not any("passed over" in note for note in within.notes)


@pytest.mark.parametrize(
    "text",
    [
        "Overall 38 of the 46 measures in the plan are good and that is a fine thing to be told of",
        "Amber: the result is near what was set out in the plan for the year, and is to be watched",
        "in the of to and is " + " ".join(str(n) for n in range(40)),
        "the and of it is in a row ▲ that is to be told of by the sign beside it",
        "xq zzvw kkjr ppqw mnvb hgfd wqrt zxcv bnml qwrt plkj",
        "",
    ],
)
def test_what_is_not_called_prose(text: str) -> None:
    assert not is_prose(text, TELLING)


def test_what_is_called_prose() -> None:
    assert is_prose(SENTENCE * 20, TELLING)
