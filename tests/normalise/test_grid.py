"""Which rows of a table are its headers, and what each column is headed."""

from __future__ import annotations

from collections.abc import Sequence

from extract.cells import Box, Cell, Line, Row, Table
from normalise.grid import Grid
from normalise.headers import find_headers, is_figure
from normalise.records import Period
from normalise.vocabulary import load

WORDS = load()
PERIOD = Period(year="2019/20", quarter=2)
WIDTH, HEIGHT = 80.0, 20.0


def cell(
    text: str, row: int, column: int, *, span: int = 1, row_span: int = 1, top: float = 100.0, page: int = 1
) -> Cell:
    y = top + row * HEIGHT
    box = Box(page, column * WIDTH, y, (column + span) * WIDTH, y + HEIGHT * row_span)
    lines = tuple(
        Line(part, Box(page, box.x0 + 2, y + 2 + 9 * k, box.x0 + 2 + 4 * len(part), y + 10 + 9 * k), 8.0)
        for k, part in enumerate(text.split("\n"))
        if part
    )
    return Cell(lines, (box,), row, column, row_span, span)


def table(rows: Sequence[Sequence[Cell]], columns: int, *, page: int = 1, ruled: bool = True) -> Table:
    made = tuple(Row(tuple(cells), (cells[0].box,)) for cells in rows)
    edges = tuple((k * WIDTH, (k + 1) * WIDTH) for k in range(columns))
    return Table(made, (Box(page, 0, 100, columns * WIDTH, 100 + HEIGHT * len(rows)),), edges, ruled=ruled)


def plain(rows: Sequence[Sequence[str]], *, page: int = 1, ruled: bool = True) -> Table:
    cells = [[cell(text, r, c, page=page) for c, text in enumerate(texts)] for r, texts in enumerate(rows)]
    return table(cells, len(rows[0]), page=page, ruled=ruled)


HEAD = ["Ref", "Measure", "Actual", "Target", "Status"]
BODY = [["AB1", "Lamps mended", "70%", "88%", "Red"], ["AB2", "Letters answered", "91%", "90%", "Green"]]


def test_a_header_of_two_levels_joins_both() -> None:
    grid = Grid(
        table(
            [
                [cell("Measure", 0, 0, row_span=2), cell("Quarter 2", 0, 1, span=2)],
                [cell("Actual", 1, 1), cell("Target", 1, 2)],
            ],
            3,
        )
    )
    assert grid.headings(0, 2) == ["Measure", "Quarter 2 Actual", "Quarter 2 Target"]


def test_the_first_row_of_figures_is_no_header() -> None:
    (found,) = find_headers([plain([HEAD, *BODY])], PERIOD, WORDS)
    assert (found.start, found.end, found.kind) == (0, 1, "dashboard")


def test_a_first_row_of_plain_counts_is_no_header_though_its_words_could_be_headings() -> None:
    first = ["Homes delivered", "Up is good", "118", "146", "On target"]
    (found,) = find_headers(
        [plain([["Measure", "Good is", "Actual", "Target", "Result"], first])], PERIOD, WORDS
    )
    assert (found.start, found.end) == (0, 1)


def test_a_header_ends_where_its_merged_cells_end() -> None:
    rows = [
        [cell("Measure", 0, 0, row_span=2), cell("2019/20", 0, 1, span=2), cell("Target", 0, 3, row_span=2),
         cell("Status", 0, 4, row_span=2)],
        [cell("Q1", 1, 1), cell("Q2", 1, 2)],
        [cell(t, 2, c) for c, t in enumerate(["Lamps mended", "60%", "70%", "88%", "Red"])],
    ]  # fmt: skip
    (found,) = find_headers([table(rows, 5)], PERIOD, WORDS)
    assert found.end == 2
    assert [g.field for g in found.columns] == ["code_title", "previous", "actual", "target", "status"]


def test_groups_over_all_headings_but_one_are_part_of_the_header() -> None:
    names = ["Plan", "Actual", "RAG"]
    rows = [
        [cell("KPI", 0, 0, row_span=2), cell("Month 9", 0, 1, span=3), cell("Year to date", 0, 4, span=3)],
        [cell(name, 1, c) for c, name in enumerate([*names, *names], 1)],
        [cell(t, 2, c) for c, t in enumerate(["Beds used", "90%", "85%", "A", "91%", "92%", "G"])],
    ]
    (found,) = find_headers([table(rows, 7)], PERIOD, WORDS)
    assert (found.start, found.end) == (0, 2)
    assert found.headings[4:] == ("Year to date Plan", "Year to date Actual", "Year to date RAG")


def test_a_table_without_headers_goes_on_with_the_columns_before_it() -> None:
    first, rest = plain([HEAD, *BODY]), plain([["AB3", "Baths open", "N/A", "N/A", "N/A"], BODY[0]], page=2)
    found = find_headers([first, rest], PERIOD, WORDS)
    assert (found[1].start, found[1].end, found[1].goes_on) == (0, 0, 0)
    assert found[1].columns == found[0].columns


def test_two_halves_of_a_heading_are_one_again_where_a_column_is_empty() -> None:
    rows = [["Measure", "Actual", "Target", "RAG", "rating"], ["Lamps mended", "70%", "88%", "", "Red"]]
    (found,) = find_headers([plain(rows, ruled=False)], PERIOD, WORDS)
    assert found.headings == ("Measure", "Actual", "Target", "", "RAG rating")
    assert found.columns[4].field == "status"


def test_a_section_printed_right_below_the_headings_is_parted_from_them() -> None:
    rows = [["Measure\nWarm homes", "Actual", "Target", "Status"], ["Lamps mended", "70%", "88%", "Red"]]
    (found,) = find_headers([plain(rows, ruled=False)], PERIOD, WORDS)
    assert found.headings[0] == "Measure"
    assert found.section is not None
    assert found.section[0] == "Warm homes"


def test_figures_are_told_from_the_periods_of_headings() -> None:
    assert all(is_figure(t, WORDS) for t in ("88.3%", "£2.4m", "1,480", "12 days"))
    assert not any(
        is_figure(t, WORDS) for t in ("2019/20", "Q2", "Quarter 2 2019/20", "% variance", "Target")
    )
