"""Twelve quarters read from PDFs: every event is found and none invented."""

from __future__ import annotations

import pytest

import belisha
from belisha.history.history import History
from tests.history.twelve_quarters import Plan, draw, truth


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    made = History(tmp_path_factory.mktemp("history") / "tarnvale.db")
    for one in reversed(draw()):  # the order in which reports come must not matter
        assert made.add(belisha.read(one.pdf, name=f"q{one.number:02d}.pdf"))
    return made


def test_every_event_and_no_other(history: History) -> None:
    found = [(change.kind, change.code or "", change.period) for _, change in history.changes()]
    assert set(found) == truth(Plan())
    assert len(found) == len(set(found))


def test_one_series_for_each_measure(history: History) -> None:
    (only,) = history.chronicles()
    assert len(only.series) == 22
    assert [p["reason"].split(",")[0] for p in history.proposals()] == ["both have the code TV 12"]


def test_a_measure_is_followed_over_new_codes_and_titles(history: History) -> None:
    series = history.series("TV 37")
    assert series.codes == ["TV 07", "TV 37"]
    assert len([p for p in series.periods if series.printed(p, "actual")]) == 12
    assert history.series("TV 07").id == series.id


def test_both_sides_of_a_restatement_are_kept_with_their_sources(history: History) -> None:
    (restated,) = [c for c in history.series("TV 02").changes if c.kind == "restated"]
    was, now = restated.places
    assert (was.vintage.report.source.file, now.vintage.report.source.file) == ("q02.pdf", "q03.pdf")
    assert was.source[0].page >= 1
    assert now.source[0].page >= 1
    assert was.printed == restated.was != restated.now == now.printed


def test_the_frame_has_a_row_for_every_printing(history: History) -> None:
    frame = history.to_frame()
    assert set(frame.columns) >= {"series", "period", "field", "vintage", "in_force", "value", "file", "page"}
    in_force = frame[frame.in_force]
    assert not in_force.duplicated(["series", "period", "field"]).any()
