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


def test_a_line_that_ends_though_the_next_word_had_room_ends_its_paragraph() -> None:
    found = passages(
        line("A long line tells how much room there is on this page for the words of a line.", 180),
        line("Red – more than 5% short of target", 210),
        line("DoT compares this quarter with the last: ↑ better, ↓ worse, → no change.", 222),
    )
    assert [text for _, text in found][1:] == [
        "Red – more than 5% short of target",
        "DoT compares this quarter with the last: ↑ better, ↓ worse, → no change.",
    ]


def test_a_full_line_goes_on_though_the_next_begins_with_a_capital() -> None:
    found = passages(
        line("The table below shows how each of the measures of the Council Plan", 200),
        line("Performance Framework fared.", 212),
    )
    assert len(found) == 1


def test_a_further_key_after_a_list_item_is_no_part_of_it() -> None:
    found = passages(line("• Red – more than 5% short of target", 200), line("DoT: ↑ better, ↓ worse", 212))
    assert [kind for kind, _ in found] == ["item", "paragraph"]


def test_a_line_that_begins_with_the_next_colour_and_its_rule_is_an_entry_of_its_own() -> None:
    found = passages(
        line("Amber The minimum has been reached but not the target", 200),
        line("Red The minimum has not been reached", 215),
    )
    assert len(found) == 2


def test_a_line_that_begins_with_an_amount_goes_on_with_the_sentence() -> None:
    found = passages(
        line("Green where on or above target and Red where it is more than", 200),
        line("2.5 points off.", 212),
    )
    assert len(found) == 1


def test_a_number_and_a_thin_arrow_in_larger_print_beside_it_are_one() -> None:
    arrow = Line("→", Box(1, 100.0, 207.0, 112.0, 210.0), 14.0, False)
    assert [text for _, text in passages(line("2.", 200), arrow)] == ["2. →"]
