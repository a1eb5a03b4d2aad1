"""Frames: types that know what is missing, statuses in order of merit."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from normalise.frames import frame_of, in_merit
from normalise.tidy import COLUMNS
from tests.belisha.records_at_hand import small_report


def test_types_of_the_wide_form() -> None:
    frame = small_report().to_frame()
    kinds = {name: str(frame[name].dtype) for name in frame.columns}
    assert kinds["page"] == "Int64"
    assert kinds["title"] == "string"
    assert kinds["in_portfolio"] == "boolean"
    assert kinds["status"] == "category"
    assert kinds["actual"] == "object"
    assert frame.actual[0] == Decimal("-3.2")
    assert frame.actual[1] is None


def test_floats_on_request() -> None:
    frame = small_report().to_frame(floats=True)
    assert str(frame.actual.dtype) == "Float64"
    assert frame.actual[0] == -3.2
    assert frame.actual.isna().tolist() == [False, True]


def test_a_report_without_rows_has_the_columns_all_the_same() -> None:
    empty = small_report(measures=(), improvements=(), findings=())
    assert list(empty.to_frame().columns) == list(small_report().to_frame().columns)
    assert tuple(empty.to_frame("long").columns) == COLUMNS


def test_several_reports_say_which_one_a_row_is_from() -> None:
    frame = frame_of([small_report(), small_report()])
    assert list(frame.columns[:2]) == ["report", "organisation"]
    assert len(frame) == 4


def test_statuses_sort_by_merit() -> None:
    assert in_merit(["red", "annual", "green", "amber", "blue"]) == [
        "blue",
        "green",
        "amber",
        "red",
        "annual",
    ]
    assert in_merit(["not_met", "met", "no_target"]) == ["met", "not_met", "no_target"]
    frame = small_report().to_frame()
    worse = frame.status > frame.status.cat.categories[0]
    assert not worse.any()


@given(st.lists(st.text(min_size=1), unique=True))
def test_no_status_is_lost_in_the_order(statuses: list[str]) -> None:
    assert sorted(in_merit(statuses)) == sorted(statuses)
