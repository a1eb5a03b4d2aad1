"""A figure of another time is no contradiction: forecasts, other quarters, later news; through the whole way."""

from __future__ import annotations

from pathlib import Path

from tests.validate.printed import HEAD, RULE, accused, audited, heading, table

ROWS = [
    ("A1", "Bins collected on the day", "High", "95%", "97%", "Green"),
    ("A2", "Calls answered at once", "High", "80%", "77%", "Amber"),
    ("A3", "Forms processed in time", "High", "90%", "80%", "Red"),
    ("A4", "Visitors who would return", "High", "90%", "88%", "Amber"),
    ("A5", "Letters answered in ten days", "High", "85%", "76%", "Red"),
    ("A6", "Permits issued in a week", "High", "70%", "60%", "Red"),
    ("A7", "Lamps mended in three days", "High", "98%", "99%", "Green"),
]
BEHIND = [row for row in ROWS if row[5] != "Green"]
TEXTS = ("Posts have been vacant since the summer.", "Two officers will be appointed by March.")
AFTER = ("Ref", "Measure", "Target", "Actual", "Status", "Commentary", "Action")
WIDTHS = (35, 120, 45, 45, 50, 110, 110)


def _after(figures: dict[str, tuple[str, str]]) -> list[tuple[str, ...]]:
    """The rows of an improvement report; ``figures`` has those that are not the dashboard's."""
    return [(*row[:2], row[3], *figures.get(row[0], row[4:]), *TEXTS) for row in BEHIND]


def test_one_other_figure_is_told(tmp_path: Path) -> None:
    after = table(_after({"A4": ("86%", "Amber")}), AFTER, WIDTHS)
    found = audited(tmp_path / "a.pdf", RULE, table(ROWS), heading("Improvement report"), after)
    assert [(f.kind, f.code, f.field) for f in found.contradicted] == [("tables-disagree", "A4", "actual")]


def test_a_heading_of_another_quarter_speaks_of_another_time(tmp_path: Path) -> None:
    after = table(_after({"A4": ("86%", "Amber")}), AFTER, WIDTHS)
    named = heading("Improvement report, position at quarter 1")
    assert accused(audited(tmp_path / "a.pdf", RULE, table(ROWS), named, after)) == []


def test_each_of_two_tables_has_its_own_heading(tmp_path: Path) -> None:
    before = table(_after({"A4": ("71%", "Red")})[2:3], AFTER, WIDTHS)
    after = table(_after({"A2": ("75%", "Red")})[:2], AFTER, WIDTHS)
    earlier = (heading("Improvement report, position at quarter 1"), before)
    now = (heading("Improvement report, position at quarter 2"), after)
    found = audited(tmp_path / "a.pdf", RULE, table(ROWS), *earlier, *now)
    assert {f.code for f in found.contradicted if f.kind == "tables-disagree"} == {"A2"}


def test_most_figures_different_are_no_slips(tmp_path: Path) -> None:
    others = {"A2": ("70%", "Red"), "A3": ("75%", "Red"), "A4": ("72%", "Red"), "A5": ("61%", "Red")}
    after = table(_after(others), AFTER, WIDTHS)
    found = audited(tmp_path / "a.pdf", RULE, table(ROWS), heading("Improvement report"), after)
    told = [f for f in found.findings if f.kind == "tables-disagree"]
    assert {(f.field, f.verdict) for f in told if f.field == "actual"} == {("actual", "depends")}
    assert len(told) > 4


def test_a_status_beside_the_latest_figure_is_of_that_time(tmp_path: Path) -> None:
    head = tuple("Latest (November)" if name == "Actual" else name for name in AFTER)
    after = table(_after({"A3": ("87%", "Amber")}), head, WIDTHS)
    found = audited(tmp_path / "a.pdf", RULE, table(ROWS), heading("Improvement report"), after)
    assert [(f.code, f.verdict) for f in found.findings if f.kind == "tables-disagree"] == [("A3", "depends")]


def test_a_lone_status_beside_a_forecast_may_be_that_of_the_forecast(tmp_path: Path) -> None:
    rows = [(*row[:5], row[4], row[5]) for row in ROWS]
    rows.append(("A8", "Pupils with a school of choice", "High", "85%", "60%", "86%", "Green"))
    rows.append(("A9", "Trees planted on time", "High", "85%", "60%", "62%", "Green"))
    for name, expected in (("RAG", ["A9"]), ("Current status", ["A8", "A9"])):
        head = (*HEAD[:5], "Year-end forecast", name)
        printed = table(rows, head, (35, 170, 45, 50, 50, 70, 60))
        assert accused(audited(tmp_path / "a.pdf", RULE, printed)) == expected


def test_a_target_with_a_limit_of_its_own_may_be_judged_by_that(tmp_path: Path) -> None:
    rows = [*ROWS, ("A8", "Homes let", "High", "75 (amber 65)", "66", "Amber")]
    rows.append(("A9", "Trees planted", "High", "75 (all wards)", "66", "Amber"))
    assert accused(audited(tmp_path / "a.pdf", RULE, table(rows))) == ["A9"]
