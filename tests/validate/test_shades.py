"""Statuses named by a shade in the rule and, as text, in the table."""

from __future__ import annotations

from pathlib import Path

from tests.validate.printed import accused, audited, table

RULE = (
    "Green: on target or better. Light green: up to 2% below target. "
    "Amber: more than 2% and up to 5% below target. Red: more than 5% below target."
)
ROWS = [
    ("A1", "Bins collected on the day", "High", "95%", "97%", "Green"),
    ("A2", "Visits by librarians", "High", "800", "792", "Light green"),
    ("A3", "Visits by wardens", "High", "800", "776", "Amber"),
    ("A4", "Visits by inspectors", "High", "800", "700", "Red"),
    ("A5", "Visits by surveyors", "High", "800", "790", "Light green"),
]


def test_light_green_in_words_is_not_green(tmp_path: Path) -> None:
    wrong = ("B1", "Visits by engineers", "High", "800", "770", "Light green")
    found = audited(tmp_path / "a.pdf", RULE, table([*ROWS, wrong]))
    assert [m.status for m in found.report.measures][:2] == ["green", "light_green"]
    assert accused(found) == ["B1"]
