"""Text outside tables: paragraphs, headings, and what runs along on every page."""

from __future__ import annotations

from extract.cells import Box, Line, Page
from normalise.passages import gather


def line(text: str, top: float, *, bold: bool = False, size: float = 10.0, x0: float = 50.0) -> Line:
    return Line(text, Box(1, x0, top, x0 + 5.0 * len(text), top + size), size, bold)


def passages(*lines: Line) -> list[tuple[str, str]]:
    (page,) = gather([Page(1, 595.0, 842.0, lines)])
    return [(g.passage.kind, g.passage.text) for g in page.passages]


def test_lines_set_close_are_one_paragraph() -> None:
    assert passages(line("Members are asked to note", 200), line("the figures below.", 212)) == [
        ("paragraph", "Members are asked to note the figures below.")
    ]


def test_lines_set_apart_are_two() -> None:
    found = passages(line("First of all.", 200), line("Then the rest.", 240))
    assert [text for _, text in found] == ["First of all.", "Then the rest."]


def test_a_list_number_and_its_text_are_one() -> None:
    assert passages(line("1.", 200), line("Members note.", 200, x0=80)) == [("paragraph", "1. Members note.")]


def test_short_bold_text_is_a_heading_and_a_sentence_is_none() -> None:
    assert passages(line("Warm homes", 200, bold=True)) == [("heading", "Warm homes")]
    assert passages(line("This was agreed.", 200, bold=True)) == [("paragraph", "This was agreed.")]


def test_a_hyphen_at_the_end_of_a_line_joins_without_a_space() -> None:
    assert passages(line("a mid-", 200), line("year review", 212)) == [("paragraph", "a mid-year review")]


def test_what_comes_on_every_page_at_its_edge_is_furniture() -> None:
    pages = [
        Page(n, 595.0, 842.0, (line("Body text here.", 300), line(f"Quarterly report {n}", 815)))
        for n in (1, 2, 3)
    ]
    for page in gather(pages):
        assert [g.passage.text for g in page.passages] == ["Body text here."]
        assert len(page.furniture) == 1
