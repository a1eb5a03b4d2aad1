"""The whole stage: order of records, and an account of every word on a page with a table."""

from __future__ import annotations

from collections import Counter

import pytest

from extract.document import open_pdf
from extract.options import ReadOptions
from extract.reader import read_document
from normalise.header_words import header_words
from normalise.reading import read_report
from normalise.records import Report
from normalise.vocabulary import load
from tests.normalise.drawn import HEADINGS, WIDTHS, Drawing, by_code, reasons, report

ROWS = [
    ["AB01", "Letters answered in ten days", "91%", "90%", "Green"],
    ["AB02", "Lamps mended in a week", "70%", "88%", "Red"],
]


def test_text_outside_tables_is_listed_with_its_reason() -> None:
    drawing = report()
    drawing.line("Officers will report again in spring.")
    drawing.table([HEADINGS, *ROWS], WIDTHS)
    assert reasons(drawing.read(), "again in spring") == ["text outside the tables"]


def test_no_line_of_a_table_is_both_read_and_lost() -> None:
    drawing = report()
    drawing.table([HEADINGS, *ROWS, ["Total", "", "12", "", ""]], WIDTHS)
    read = drawing.read()
    assert list(by_code(read.measures)) == ["AB01", "AB02"]
    listed = Counter(entry.text for entry in read.unread)
    assert listed["Total"] == 1
    assert not {"AB01", "91%", "Green"} & set(listed)


def test_a_report_without_a_table_has_no_measure() -> None:
    drawing = Drawing()
    drawing.line("The Chair said that red measures had become amber.")
    read = drawing.read()
    assert (read.measures, read.improvements, read.tables) == ((), (), ())


def test_records_do_not_hang_on_what_was_read_before() -> None:
    drawing = report()
    drawing.table([HEADINGS, *ROWS], WIDTHS)
    drawing.canvas.showPage()
    drawing.canvas.save()
    words = load()
    with open_pdf(drawing.buffer.getvalue(), name="x.pdf") as opened:
        document = read_document(opened, ReadOptions(header_words=header_words(words)))
    words.memory.clear()
    first = read_report(document, "x.pdf", "", vocabulary=words)
    assert words.memory
    assert read_report(document, "x.pdf", "", vocabulary=words) == first


def test_a_report_comes_back_from_its_json() -> None:
    drawing = report()
    drawing.table([HEADINGS, *ROWS], WIDTHS)
    read = drawing.read()
    assert Report.from_json(read.to_json()) == read


@pytest.mark.parametrize("name", ["measures", "tables"])
def test_records_stand_in_the_order_of_the_pages(name: str) -> None:
    drawing = report()
    drawing.table([HEADINGS, *ROWS], WIDTHS)
    drawing.page()
    drawing.table(
        [HEADINGS, ["AB08", "Roofs mended", "5", "6", "Amber"], ["AB09", "Doors hung", "5", "5", "Green"]],
        WIDTHS,
    )
    read = drawing.read()
    pages = [m.page for m in read.measures] if name == "measures" else [t.pages[0] for t in read.tables]
    assert pages == sorted(pages)
    assert read.measures[-1].code == "AB09"


def test_a_section_named_like_part_of_the_committee_is_kept() -> None:
    drawing = Drawing()
    for text, bold in (
        ("Fernleigh Borough Council", True),
        ("Children and Young People Scrutiny Board", False),
        ("12 November 2019          Item B3", False),
        ("Performance Report - Quarter 2 2019/20", True),
    ):
        drawing.line(text, bold=bold, size=12)
    drawing.page()
    for section in ("Children and Young People", "A well run council"):
        drawing.heading(section)
        drawing.table([HEADINGS, ["AB1", f"Letters of {section}", "91%", "90%", "Green"]], WIDTHS)
    read = drawing.read()
    assert [m.section for m in read.measures] == ["Children and Young People", "A well run council"]
