"""A document read in stretches, each begun without knowing what stands before it, is the document read in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import screening, stretches
from extract.cells import Document
from extract.document import open_pdf
from extract.options import Attendant, ReadOptions
from extract.reader import read_document
from fixtures.generator import generate
from normalise.header_words import header_words, telling_words
from normalise.vocabulary import load
from tests.extract.making import BODY, HEADER_WORDS, HEADINGS, pdf, ruled

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
MORE = [[f"AB{k}", "Further work of that kind", f"{k}%", "50%", "Red"] for k in range(4, 24)]
TELLING = frozenset(("measure", "status", "target"))


class LastFirst:
    """Reads the parts in this process, the last one first, and lets some fall."""

    def __init__(self, jobs: int, lost: Sequence[int] = ()) -> None:
        self.jobs, self._lost = jobs, lost
        self.parts = 0

    def work(self, parts: int, read: Callable[[int, Attendant], bytes]) -> Sequence[bytes | None]:
        self.parts = parts
        told = {part: read(part, Attendant()) for part in reversed(range(parts)) if part not in self._lost}
        return [told.get(part) for part in range(parts)]


def read(
    data: bytes,
    helpers: LastFirst | None = None,
    *,
    telling: frozenset[str] = frozenset(),
    pages: str | None = None,
) -> Document:
    options = ReadOptions(pages=pages, header_words=HEADER_WORDS, telling_words=telling, helpers=helpers)
    with open_pdf(data, name="test.pdf") as opened:
        return read_document(opened, options)


def _prose(c: Any) -> None:
    c.setFont("Helvetica", 10)
    for k in range(30):
        c.drawString(
            50, 780 - 20 * k, "The bridge in the village is to be closed for repair, and that for a while."
        )


def _headed_to_the_foot(c: Any) -> None:
    ruled(c, [HEADINGS, *BODY, *MORE[:16]], rules=False, top=780, height=36)


def _rows_only(c: Any) -> None:
    ruled(c, MORE, rules=False, top=780, height=36, bold_first=False)


def _last_rows(c: Any) -> None:
    ruled(c, MORE[:4], rules=False, top=780, height=33, bold_first=False)
    c.drawString(50, 400, "This ends the list of them.")


def _headings_at_the_foot(c: Any) -> None:
    c.setFont("Helvetica", 10)
    c.drawString(50, 600, "They stand below.")
    ruled(c, [HEADINGS], rules=False, top=130)


def _ruled_to_the_foot(c: Any) -> None:
    ruled(c, [HEADINGS, *BODY, *MORE[:20]], top=780, height=30)


def _merged_row(c: Any) -> None:
    c.setFont("Helvetica", 9)
    for x, width, text in ((50.0, 260.0, "AB9 Survey of users"), (310.0, 210, "The result is due in spring")):
        c.rect(x, 760, width, 24)
        c.drawString(x + 3, 773, text)


def _boxes_without_a_telling_word(c: Any) -> None:
    ruled(
        c, [["Street", "From", "To"], ["High Street", "the bridge", "and the church"]], widths=(150, 150, 150)
    )


def _nothing(_: Any) -> None:
    pass


KINDS = (
    _prose, _headed_to_the_foot, _rows_only, _last_rows, _headings_at_the_foot, _ruled_to_the_foot, _merged_row,
    _boxes_without_a_telling_word, _nothing,
)  # fmt: skip


@cache
def _drawn(kinds: tuple[int, ...]) -> bytes:
    return pdf(*(KINDS[k] for k in kinds))


@pytest.mark.parametrize("length", [1, 2, 3])
@given(
    kinds=st.lists(st.integers(0, len(KINDS) - 1), min_size=2, max_size=9), lost=st.sets(st.integers(0, 8))
)
@settings(max_examples=40, deadline=None)
def test_nobody_can_tell_where_a_stretch_began(length: int, kinds: list[int], lost: set[int]) -> None:
    data = _drawn(tuple(kinds))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "SHORTEST", length)
        patch.setattr(stretches, "LONGEST", length)
        helpers = LastFirst(2, sorted(lost))
        assert read(data, helpers) == read(data)
    assert helpers.parts == (-(-len(kinds) // length) if len(kinds) > length else 0)


@given(
    kinds=st.lists(st.sampled_from([0, 0, 0, 0, 1, 7, 7, 8]), min_size=8, max_size=24),
    length=st.integers(1, 7),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_pages_are_passed_over(kinds: list[int], length: int) -> None:
    data = _drawn(tuple(kinds))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "SHORTEST", 8)
        patch.setattr(screening, "FRONT", 1)
        patch.setattr(stretches, "SHORTEST", length)
        patch.setattr(stretches, "LONGEST", length)
        assert read(data, LastFirst(2), telling=TELLING) == read(data, telling=TELLING)


def test_pages_are_read_for_the_sake_of_a_table_that_another_stretch_found() -> None:
    kinds = (0, 0, 0, 0, 1, 0, 7, 0, 7, 0, 0, 0, 0, 0)
    data = _drawn(kinds)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "SHORTEST", 8)
        patch.setattr(screening, "FRONT", 1)
        alone = read(data, telling=TELLING)
        found = [page.number for page in alone.pages if page.has_table]
        assert found == [5, 7, 9]  # the last two tell of nothing, and are read as neighbours of the first
        for length in (1, 2, 3, 7, 8):
            patch.setattr(stretches, "SHORTEST", length)
            patch.setattr(stretches, "LONGEST", length)
            assert read(data, LastFirst(2), telling=TELLING) == alone


@pytest.mark.parametrize("pages", ["2-", "1,3,5", "2,3,6-8", "4"])
def test_pages_that_do_not_follow_one_another_carry_nothing_over(pages: str) -> None:
    data = _drawn((1, 2, 2, 3, 4, 2, 5, 6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "LONGEST", 1)
        patch.setattr(stretches, "SHORTEST", 1)
        assert read(data, LastFirst(2), pages=pages) == read(data, pages=pages)


def test_only_pages_to_which_something_was_carried_over_are_read_once_more() -> None:
    begun: list[int] = []
    helpers = LastFirst(1)
    options = ReadOptions(header_words=HEADER_WORDS, attendant=Attendant(begun.append), helpers=helpers)
    with open_pdf(_drawn((0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0)), name="test.pdf") as opened:
        read_document(opened, options)
    assert helpers.parts == 4  # of three pages each
    assert begun == [
        4,
        5,
    ]  # the second stretch knew neither the columns of page 3 nor that page 4 goes on in them


@cache
def _many_pages() -> list[Path]:
    import pypdfium2

    found = []
    for path in sorted(FIXTURES.rglob("*.pdf")):
        try:
            if len(pypdfium2.PdfDocument(path)) > 1 and "scans" not in path.parts:
                found.append(path)
        except pypdfium2.PdfiumError:
            pass
    return found


def _as_belisha_reads(data: bytes, helpers: LastFirst | None) -> Document:
    words = load()
    options = ReadOptions(
        header_words=header_words(words), telling_words=telling_words(words), ocr="never", helpers=helpers
    )
    with open_pdf(data, name="test.pdf") as opened:
        return read_document(opened, options)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_every_report_that_ships_is_the_same_in_stretches(
    length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches, "SHORTEST", length)
    monkeypatch.setattr(stretches, "LONGEST", length)
    assert _many_pages()
    for path in _many_pages():
        data = path.read_bytes()
        assert _as_belisha_reads(data, LastFirst(2)) == _as_belisha_reads(data, None), path.name


@pytest.mark.parametrize("producer", ["reportlab", "weasyprint"])
@pytest.mark.parametrize("seed", range(390_100, 390_106))
def test_generated_reports_are_the_same_in_stretches(
    seed: int, producer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip(producer, reason=f"{producer} is not installed")
    data = generate(seed, producer=producer).pdf
    for length in (1, 2):
        monkeypatch.setattr(stretches, "SHORTEST", length)
        monkeypatch.setattr(stretches, "LONGEST", length)
        assert _as_belisha_reads(data, LastFirst(2)) == _as_belisha_reads(data, None)
