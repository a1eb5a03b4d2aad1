"""What people read on a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.render.audited import Audited
from belisha.render.layout import grid, wrapped
from belisha.render.table import audits_table, reports_table
from belisha.safe_text import one_line, width
from tests.belisha.records_at_hand import small_report


@given(st.text(), st.integers(10, 60))
def test_wrapped_lines_fit_and_lose_no_character(text: str, columns: int) -> None:
    lines = wrapped(text, columns, first="  - ", later="    ")
    assert max(width(line) for line in lines) <= columns
    put_together = "".join(line[4:].replace(" ", "") for line in lines)
    assert put_together == one_line(text).replace(" ", "")


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80), st.text(max_size=40)), max_size=4))
def test_a_grid_fits_whatever_its_cells_hold(rows: list[tuple[str, str, str]]) -> None:
    lines = grid(("a", "measure", "b"), rows, 60, stretch=1, right=frozenset({0}))
    assert max(width(line) for line in lines) <= 60


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_reports_and_audits_fit_the_terminal(columns: int) -> None:
    report = small_report()
    shown = reports_table([report], (columns, False)) + audits_table([Audited(report)], (columns, False))
    assert max(width(line) for line in shown.splitlines()) <= columns


def test_nothing_from_the_report_steers_the_terminal() -> None:
    shown = reports_table([small_report()], (80, False)) + audits_table(
        [Audited(small_report())], (80, False)
    )
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\x1b[31mmissed" in shown


def test_an_audit_says_counts_verdict_arithmetic_and_page() -> None:
    counts = (("contradicted", 1), ("supported", 4))
    shown = audits_table([Audited(small_report(), (), counts, "By the rule, relative: 5 of 5.")], (80, False))
    for words in (
        "2 measures (1 red)",
        "Statuses checked: 5 (1 contradicted, 4 supported)",
        "By the rule, relative: 5 of 5.",
        "CONTRADICTED (1)",
        "page 3",
        "H1",
        "-3.2 against 95: 103.4% worse",
        "by the rule: green",
        "NOT READ (1)",
        "page 4",
    ):
        assert words in shown
    assert shown.index("CONTRADICTED") < shown.index("NOTE (1)") < shown.index("NOT READ")


def test_colour_only_repeats_a_word() -> None:
    plain = audits_table([Audited(small_report())], (80, False))
    painted = audits_table([Audited(small_report())], (80, True))
    assert "\x1b[1;31mCONTRADICTED\x1b[0m" in painted
    for code in ("\x1b[1;31m", "\x1b[1m", "\x1b[0m", "\x1b[33m", "\x1b[32m"):
        painted = painted.replace(code, "")
    assert painted == plain


def test_a_report_without_measures_says_so() -> None:
    empty = small_report(measures=(), improvements=(), findings=(), unread=())
    assert "No performance table was found." in reports_table([empty], (80, False))
    assert "No performance table was found." in audits_table([Audited(empty)], (80, False))
