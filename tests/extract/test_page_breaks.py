"""Tables that a page break cuts: behind a deep footer, below headings left alone, and in rows of merged cells."""

from __future__ import annotations

from typing import Any

from tests.extract.making import BODY, HEADINGS, pdf, read, ruled, texts

MORE = [[f"AB{k}", "Further work of that kind", f"{k}%", "50%", "Red"] for k in range(4, 24)]


def _footer(c: Any, number: int, *, height: float = 82.0) -> None:
    c.setFont("Helvetica", 10)
    c.drawString(50, height, f"Scrutiny Panel | {number}")


def test_a_table_goes_on_behind_a_footer_that_stands_deep_in_the_page() -> None:
    def first(c: Any) -> None:
        ruled(c, [HEADINGS, *BODY, *MORE[:16]], rules=False, top=780, height=33)
        _footer(c, 1)

    def second(c: Any) -> None:
        ruled(c, MORE[16:], rules=False, top=780, height=33, bold_first=False)
        _footer(c, 2)

    document = read(pdf(first, second))
    assert texts(document) == [HEADINGS, *BODY, *MORE]


def test_a_sentence_below_a_table_is_no_footer() -> None:
    def first(c: Any) -> None:
        ruled(c, [HEADINGS, *BODY, *MORE[:16]], rules=False, top=780, height=33)
        c.drawString(50, 82, "This ends the list of measures.")

    def second(c: Any) -> None:
        ruled(c, [HEADINGS, *MORE[16:]], rules=False, top=780, height=33)

    assert len(read(pdf(first, second)).tables) == 2


def test_headings_alone_at_the_foot_head_the_rows_of_the_next_page() -> None:
    def first(c: Any) -> None:
        c.setFont("Helvetica", 10)
        c.drawString(50, 600, "The measures of this quarter stand below.")
        ruled(c, [HEADINGS], rules=False, top=130)

    def second(c: Any) -> None:
        ruled(c, BODY, rules=False, top=790, bold_first=False)

    document = read(pdf(first, second))
    (table,) = document.tables
    assert texts(document) == [HEADINGS, *BODY]
    assert [row.pages for row in table.rows] == [(1,), (2,), (2,), (2,)]
    assert [line.text for line in document.pages[0].lines] == ["The measures of this quarter stand below."]


def test_headings_at_the_foot_that_come_again_with_their_rows_are_left_alone() -> None:
    document = read(
        pdf(
            lambda c: ruled(c, [HEADINGS], rules=False, top=130),
            lambda c: ruled(c, [HEADINGS, *BODY], rules=False, top=790),
        )
    )
    (table,) = document.tables
    assert texts(document) == [HEADINGS, *BODY]
    assert table.pages == (2,)


def _merged_row(c: Any, *, width: float) -> None:
    c.setFont("Helvetica", 9)
    for x, w, text in ((50.0, 260.0, "AB9 Survey of users"), (310.0, width, "The result is due in spring")):
        c.rect(x, 760, w, 24)
        c.drawString(x + 3, 773, text)


def test_a_row_of_merged_cells_alone_on_the_next_page_belongs_to_the_table() -> None:
    document = read(pdf(lambda c: ruled(c, [HEADINGS, *BODY], top=170), lambda c: _merged_row(c, width=210)))
    (table,) = document.tables
    assert [(c.column, c.column_span, c.text) for c in table.rows[-1].cells] == [
        (0, 2, "AB9 Survey of users"),
        (2, 3, "The result is due in spring"),
    ]


def test_a_box_of_another_width_on_the_next_page_is_no_row_of_the_table() -> None:
    document = read(pdf(lambda c: ruled(c, [HEADINGS, *BODY], top=170), lambda c: _merged_row(c, width=160)))
    assert texts(document) == [HEADINGS, *BODY]


def test_a_row_torn_after_its_first_line_is_one_row_again() -> None:
    def coded(row: list[str]) -> list[str]:
        return [f"{row[0]}\n{row[1]}", *row[2:]]

    headings = [" ".join(HEADINGS[:2]), *HEADINGS[2:]]
    widths = (260.0, 70.0, 70.0, 70.0)
    torn, rest = ["AB9", *MORE[0][2:]], ["Further work of that kind", "", "", ""]
    document = read(
        pdf(
            lambda c: ruled(c, [headings, *map(coded, BODY), torn], top=180, widths=widths),
            lambda c: ruled(c, [headings, rest, *map(coded, MORE[1:4])], top=790, widths=widths),
        )
    )
    assert [row[0] for row in texts(document)][4:6] == [
        "AB9\nFurther work of that kind",
        "AB5\nFurther work of that kind",
    ]


def test_a_section_at_the_foot_names_the_rows_of_the_next_page() -> None:
    def section(c: Any, text: str, y: float) -> None:
        c.setFont("Helvetica-Bold", 9)
        c.drawString(53, y, text)

    def first(c: Any) -> None:
        ruled(c, [HEADINGS], rules=False, top=780, height=20)
        section(c, "Quality of service", 749)
        end = ruled(c, [*BODY, *MORE[:12]], rules=False, top=740, height=40, bold_first=False)
        section(c, "Council housing", end - 16)

    def second(c: Any) -> None:
        ruled(c, [HEADINGS, *MORE[12:]], rules=False, top=780, height=40)

    names = [row[0] for row in texts(read(pdf(first, second)))]
    assert names[1] == "Quality of service"
    assert names[-9:-7] == ["Council housing", MORE[12][0]]


def test_short_titles_torn_after_their_first_line_are_no_entries_of_two_rows() -> None:
    head = ["Ref", "Service", "Measure", "Actual", "Status"]
    widths = (40.0, 66.0, 66.0, 60.0, 60.0)
    upper = [
        head,
        ["AB1", "Streets", "Lamps lit", "91%", "Green"],
        ["AB2", "Planning and", "New business", "70%", "Red"],
    ]
    lower = [["", "Economy", "supported", "", ""], ["AB3", "Leisure", "Visits", "41%", "Green"]]
    document = read(
        pdf(
            lambda c: ruled(c, upper, top=130, widths=widths),
            lambda c: ruled(c, lower, top=800, widths=widths, bold_first=False),
        )
    )
    assert texts(document)[2][1:3] == ["Planning and\nEconomy", "New business\nsupported"]
    assert len(document.tables[0].rows) == 4


def test_rows_that_each_have_their_words_stay_two_though_the_first_cell_of_the_second_is_empty() -> None:
    headings = ["Area", "Measure", "RAG", "DoT", "End"]
    upper = ["Homes", "Reports of noise", "Red", "Up", "Red"]
    lower = ["", "Visits to the library", "Amber", "Up", "Green"]
    last = ["", "Visits to the baths", "Green", "Up", "Green"]
    narrow = (60, 200, 28, 28, 28)

    def first(c: Any) -> None:
        ruled(c, [headings, upper], widths=narrow, top=110)

    def second(c: Any) -> None:
        ruled(c, [headings, lower, last], widths=narrow, top=790)

    assert texts(read(pdf(first, second))) == [headings, upper, lower, last]


def _centred(c: Any, rows: list[list[str]]) -> None:
    for r, row in enumerate(rows):
        c.setFont("Helvetica" if r else "Helvetica-Bold", 9)
        for x, text in zip((70.0, 180.0, 300.0, 351.0), row, strict=True):
            c.drawCentredString(x, 780 - 24 * r, text)


def test_columns_that_are_full_on_the_next_page_are_those_of_the_page_before() -> None:
    headings = ["Ref", "Measure", "Trend", "Target"]
    first = [headings, *([f"AB{k}", "Halls let", "Better", f"{k}%"] for k in range(10, 36))]
    first[9][2:] = ["Much worse now", "9%"]
    second = [headings, *([f"AC{k}", "Paths swept", "Much worse now", f"{k}.00%"] for k in range(10, 15))]
    document = read(pdf(lambda c: _centred(c, first), lambda c: _centred(c, second)))
    assert texts(document)[-1] == second[-1]


def test_headings_on_their_side_alone_at_the_foot_keep_their_words_apart() -> None:
    headings = [["Measure"], ["Good", "to be"], ["Quarter", "actual"], ["Quarter", "target"], ["Status"]]

    def first(c: Any) -> None:
        c.setFont("Helvetica-Bold", 9)
        c.drawString(53, 126, headings[0][0])
        for k, lines in enumerate(headings[1:]):
            c.saveState()
            c.translate(273 + 70 * k, 100)
            c.rotate(90)
            for n, line in enumerate(lines):
                c.drawString(0, -10.8 * n, line)
            c.restoreState()

    def second(c: Any) -> None:
        rows = [[title, "High", *figures] for _, title, *figures in [*BODY, *MORE]]
        ruled(c, rows, rules=False, top=790, widths=(200, 70, 70, 70, 70), bold_first=False)

    found = texts(read(pdf(first, second)))[0]
    assert [" ".join(text.split()) for text in found] == [" ".join(lines) for lines in headings]


def test_a_row_begun_at_the_foot_below_a_section_that_runs_over_columns_goes_on() -> None:
    def row(c: Any, k: int, y: float, lines: tuple[str, ...] = ("Quarter 2", "Actual: 5")) -> float:
        c.setFont("Helvetica", 9)
        if len(lines) > 1:
            c.drawString(53, y, f"AB{k}")
            for x, text in ((313, "91%"), (383, "90%"), (453, "Green")):
                c.drawString(x, y, text)
        for n, line in enumerate(lines):
            c.drawString(113, y - 10.4 * n, line)
        return y - 10.4 * len(lines) - 8

    def section(c: Any, text: str, y: float) -> float:
        c.setFont("Helvetica-Bold", 9)
        c.drawString(53, y, text)
        return y - 12

    def first(c: Any) -> None:
        ruled(c, [HEADINGS], rules=False, top=790, height=20)
        y = section(c, "Outcome 1 - Young people", 760)
        for k in range(1, 22):
            y = row(c, k, y)
            if k == 10:
                y = section(c, "Outcome 2 - Quality of care", y)
        row(c, 22, section(c, "Outcome 3 - A thriving economy", y), ("Quarter 2",))

    def second(c: Any) -> None:
        c.setFont("Helvetica", 9)
        for x, text in ((53, "AB22"), (113, "Actual: 5"), (313, "91%"), (383, "90%"), (453, "Green")):
            c.drawString(x, 790, text)
        row(c, 23, 772)

    (table,) = read(pdf(first, second)).tables
    assert [c.text for c in table.rows[-2].cells][:2] == ["AB22", "Quarter 2\nActual: 5"]
    assert table.rows[-2].pages == (1, 2)


def test_larger_text_below_the_rows_of_the_next_page_is_no_row() -> None:
    def second(c: Any) -> None:
        end = ruled(c, MORE[16:18], rules=False, top=790, height=33, bold_first=False)
        c.setFont("Helvetica", 11)
        for k, line in enumerate(
            ("Ratings are given as follows:", "- Green = reached", "- Red = behind (by more)")
        ):
            c.drawString(50, end - 15 - 16 * k, line)

    document = read(
        pdf(lambda c: ruled(c, [HEADINGS, *BODY, *MORE[:16]], rules=False, top=780, height=36), second)
    )
    assert texts(document) == [HEADINGS, *BODY, *MORE[:18]]
    assert len(document.pages[1].lines) == 3


def test_the_rest_of_a_title_alone_below_repeated_headings_is_of_the_row_before() -> None:
    headings = ["Measure", "Actual", "Target", "Status"]
    widths = (220.0, 70.0, 70.0, 70.0)
    rows = [[title, *figures] for _, title, *figures in [*BODY, *MORE[:15]]]
    rows.append(["Treatment completed without a return", "91%", "90%", "Green"])

    def second(c: Any) -> None:
        end = ruled(c, [headings], rules=False, top=790, widths=widths, height=20)
        c.setFont("Helvetica", 9)
        c.drawString(53, end - 8, "in six months")
        c.setFont("Helvetica-Bold", 11)
        c.drawString(50, end - 40, "Young people")

    document = read(
        pdf(lambda c: ruled(c, [headings, *rows], rules=False, top=780, widths=widths, height=36), second)
    )
    assert texts(document)[-1][0] == "Treatment completed without a return\nin six months"
    assert len(document.tables) == 1
