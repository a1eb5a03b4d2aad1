"""Rules in tables and beside coloured keys, and what the arrows mean."""

from __future__ import annotations

import pytest

from extract.cells import Box, Cell, Glyph, Line, Row, Table
from normalise.legend import find_arrow_legend, find_rules
from tests.normalise.legends import find_scheme, passages

GREEN, AMBER, RED, BLUE = "2E9F4B", "F5A300", "D02B2F", "1F77D0"


def cell(
    text: str, row: int, column: int, *, fill: str | None = None, glyphs: tuple[Glyph, ...] = ()
) -> Cell:
    box = Box(1, 50 + 120 * column, 100 + 20 * row, 165 + 120 * column, 118 + 20 * row)
    lines = (Line(text, box, 9),) if text else ()
    return Cell(lines, (box,), row, column, fill=fill, glyphs=glyphs)


def table(*rows: list[Cell]) -> Table:
    width = max(len(row) for row in rows)
    columns = tuple((50.0 + 120 * c, 165.0 + 120 * c) for c in range(width))
    whole = Box(1, 50, 100, 50 + 120 * width, 100 + 20 * len(rows))
    return Table(tuple(Row(tuple(cells), (cells[0].box,)) for cells in rows), (whole,), columns)


def dot(x: float, y: float, colour: str, shape: str = "circle") -> Glyph:
    return Glyph(Box(1, x, y, x + 9, y + 9), shape, "path", colour=colour)


def read(found: Table) -> list[tuple[str, str]]:
    return [(e.status, e.text) for e in find_scheme([], [found])]


EXPECTED = [
    ("green", "At target or better"),
    ("amber", "Within 5% of target"),
    ("red", "More than 5% from target"),
]


def test_table_of_status_and_meaning() -> None:
    rows = [[cell("Status", 0, 0), cell("Meaning", 0, 1)]]
    rows += [[cell(s.upper(), n, 0), cell(t, n, 1)] for n, (s, t) in enumerate(EXPECTED, 1)]
    assert read(table(*rows)) == EXPECTED


def test_table_with_colours_for_words() -> None:
    rows = [
        [cell("", n, 0, fill=c), cell(t, n, 1)]
        for n, (c, (_, t)) in enumerate(zip((GREEN, AMBER, RED), EXPECTED, strict=True))
    ]
    assert read(table(*rows)) == EXPECTED


def test_table_with_circles_for_words() -> None:
    rows = [
        [cell("", n, 0, glyphs=(dot(60, 105 + 20 * n, c),)), cell(t, n, 1)]
        for n, (c, (_, t)) in enumerate(zip((GREEN, AMBER, RED), EXPECTED, strict=True))
    ]
    assert read(table(*rows)) == EXPECTED


def test_table_whose_rules_are_names_of_statuses_elsewhere() -> None:
    rows = [
        ("Green", "Target achieved"),
        ("Amber", "Missed by 4% at most"),
        ("Red", "Missed by more than that"),
    ]
    found = read(table(*[[cell(s, n, 0), cell(t, n, 1)] for n, (s, t) in enumerate(rows)]))
    assert found == [(s.lower(), t) for s, t in rows]
    lights = [(GREEN, "Target met"), (RED, "Target not met")]
    rows2 = [
        [cell("", n, 0, glyphs=(dot(60, 105 + 20 * n, c),)), cell(t, n, 1)] for n, (c, t) in enumerate(lights)
    ]
    assert read(table(*rows2)) == [("green", "Target met"), ("red", "Target not met")]


def test_table_with_statuses_side_by_side() -> None:
    top = [cell(s.title(), 0, n) for n, (s, _) in enumerate(EXPECTED)]
    assert read(table(top, [cell(t, 1, n) for n, (_, t) in enumerate(EXPECTED)])) == EXPECTED


def test_table_in_one_row() -> None:
    row = [c for n, (s, t) in enumerate(EXPECTED) for c in (cell(s.title(), 0, 2 * n), cell(t, 0, 2 * n + 1))]
    assert read(table(row)) == EXPECTED


def test_coloured_cells_that_hold_the_words() -> None:
    cells = [
        cell(t, 0, n, fill=c) for n, (c, (_, t)) in enumerate(zip((GREEN, AMBER, RED), EXPECTED, strict=True))
    ]
    assert read(table(cells)) == EXPECTED


def test_dashboard_is_no_legend() -> None:
    rows = [
        [cell(t, n, 0), cell("95%", n, 1), cell("97%", n, 2), cell(s, n, 3)]
        for n, (t, s) in enumerate([("Calls met within target", "Green"), ("Bins missed", "Red")])
    ]
    assert read(table(*rows)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Quarter 1 Target - 4.4% Actual - 4.0% (RED) Year end forecast - 4.8% (AMBER)",
        "Target 90% Actual 85% (Red) Target 90%, forecast 88.5% (Amber)",
        "Q2 target: 12 Q2 outturn: 14 (Red); year end target: 12, result: 11 (Green)",
    ],
)
def test_the_figures_of_one_measure_are_no_rule(text: str) -> None:
    assert read(table([cell("ENV03 Main roads in need of repair", 0, 0), cell(text, 0, 1)])) == []


def test_limits_beside_the_word_for_a_figure_are_a_rule() -> None:
    text = "Outturn 5% below target (Red) Actual: 98 or more of target (Green) forecast 2012/13 on target (Amber)"
    assert [status for status, _ in read(table([cell(text, 0, 0), cell("", 0, 1)]))] == [
        "red",
        "green",
        "amber",
    ]


def test_keys_beside_words() -> None:
    lines, glyphs = [], []
    for n, (colour, (_, words)) in enumerate(zip((GREEN, AMBER, RED), EXPECTED, strict=True)):
        lines.append(Line(words, Box(1, 75, 100 + 20 * n, 300, 110 + 20 * n), 10))
        glyphs.append(dot(56, 101 + 20 * n, colour))
    found = find_scheme([], lines=lines, glyphs=glyphs)
    assert [(e.status, e.text) for e in found] == EXPECTED
    assert found[0].colour == GREEN
    assert found[0].symbol == "circle"


@pytest.mark.parametrize(("row", "rules"), [(0, 1), (9, 2)])
def test_a_key_read_twice_from_the_same_lines_is_one_rule(row: int, rules: int) -> None:
    texts = passages(
        "Green: Target met or exceeded",
        "Amber: Missed by no more than 5 points or by no more than 5% where the measure is no percentage",
        "Red: Missed by more than that",
    )
    cut = [
        ("Green", "Target met or exceeded"),
        ("Amber", "Missed by no more than 5 points or by no more than 5%"),
    ]
    rows = [[cell(s, row + n, 0), cell(t, row + n, 1)] for n, (s, t) in enumerate(cut)]
    assert len(find_rules(texts, [table(*rows)])) == rules


def test_key_with_words_over_two_lines() -> None:
    lines = [
        Line("Target met or, where it was not, recovered", Box(1, 75, 100, 300, 110), 10),
        Line("within four weeks", Box(1, 75, 112, 200, 122), 10),
        Line("Target not met", Box(1, 75, 140, 200, 150), 10),
    ]
    found = find_scheme([], lines=lines, glyphs=[dot(56, 101, GREEN), dot(56, 141, RED)])
    assert [e.text for e in found] == [
        "Target met or, where it was not, recovered within four weeks",
        "Target not met",
    ]


def test_black_list_dots_are_no_keys() -> None:
    lines = [
        Line("Targets were met", Box(1, 75, 100, 300, 110), 10),
        Line("Targets were missed", Box(1, 75, 120, 300, 130), 10),
    ]
    assert find_scheme([], lines=lines, glyphs=[dot(56, 101, "000000"), dot(56, 121, "000000")]) == ()


# --- arrows --------------------------------------------------------------------------------

ARROWS = [
    ["▲ Result has improved", "▼ Result has worsened", "◄► Result is unchanged"],
    ["Trend: ↑ improving, ↓ worsening and → no change."],
    [
        "The arrow sets this quarter against last. ▲ means improved, ▼ means declined and ► means about the same."
    ],
    [
        "Up arrow – improved since last quarter",
        "Down arrow – declined since last quarter",
        "Sideways arrow – the same as last quarter",
    ],
]


@pytest.mark.parametrize("texts", ARROWS)
def test_arrow_legends(texts: list[str]) -> None:
    found = find_arrow_legend(passages(*texts))
    assert [e.status for e in found] == ["up", "down", "level"]
    assert "mprov" in found[0].text
    assert find_scheme(passages(*texts)) == ()


def test_arrow_keys() -> None:
    words = ["Result has improved", "Result has worsened", "Result has stayed the same"]
    lines = [Line(w, Box(1, 90, 100 + 20 * n, 250, 110 + 20 * n), 10) for n, w in enumerate(words)]
    shapes = ["triangle-up", "triangle-down", "triangle-right"]
    glyphs = [dot(56, 101 + 20 * n, "334455", shape) for n, shape in enumerate(shapes)]
    assert [(e.status, e.text) for e in find_arrow_legend([], lines=lines, glyphs=glyphs)] == list(
        zip(("up", "down", "level"), words, strict=True)
    )
    assert find_scheme([], lines=lines, glyphs=glyphs) == ()
