"""Arrows against the two figures, from both sides: what must be found, and what must not be."""

from __future__ import annotations

import pytest

from normalise.records import ExtraValue, Inferred, Measure
from tests.validate.hand_made import figure, found, measure, report, told

KEY = "The direction of travel arrow compares with the previous quarter: ▲ means better, ▼ means worse, ► no change."
MOVEMENT = "Arrows compare with the previous quarter and tell whether the figure has gone up or down, not whether that is good."
Q1 = {"previous": "Q1 actual"}


def arrow(
    code: str, now: str, then: str, direction: str, good_is: str | None = "high", **keys: object
) -> Measure:
    keys.setdefault("column_headings", Q1)
    return measure(code, good_is=good_is, actual=now, previous=then, direction=direction, **keys)


def test_an_arrow_by_merit() -> None:
    made = report(
        [
            arrow("T 01", "51.8%", "46.9%", "down"),
            arrow("T 02", "51.8%", "46.9%", "up"),
            arrow("T 03", "12.4%", "10.1%", "up", "low"),
            arrow("T 04", "12.4%", "10.1%", "down", "low"),
            arrow("T 05", "12.4%", "10.1%", "level"),
            *(arrow(f"T {i}", f"{i}.5%", f"{i}.0%", "up") for i in range(10, 20)),
        ],
        text=[KEY],
    )
    assert told(made, "direction-contradicted") == [
        ("contradicted", "T 01", "direction"),
        ("contradicted", "T 03", "direction"),
        ("contradicted", "T 05", "direction"),
    ]
    assert found(made, "direction-contradicted")[0].expected == ("up",)


def test_an_arrow_that_shows_the_figures_movement() -> None:
    made = report(
        [arrow("T 01", "12.4%", "10.1%", "up", "low"), arrow("T 02", "12.4%", "10.1%", "down", "low")],
        text=[MOVEMENT],
    )
    assert told(made, "direction-contradicted") == [("contradicted", "T 02", "direction")]


def test_words_and_faces_judge_though_arrows_show_movement() -> None:
    for signals, expected in (
        ({}, [("contradicted", "T 01", "direction")]),
        ({"direction": ("words-of-merit",)}, []),
    ):
        better = arrow("T 01", "9.1%", "10.4%", "up", "low", signals=signals)
        rest = [arrow(f"T {i}", f"{i}.5%", f"{i}.0%", "up") for i in range(10, 20)]
        assert told(report([better, *rest], text=[MOVEMENT]), "direction-contradicted") == expected
    worse = arrow("T 01", "10.4%", "9.1%", "up", "low", signals={"direction": ("words-of-merit",)})
    assert told(report([worse], text=[KEY]), "direction-contradicted") == [
        ("contradicted", "T 01", "direction")
    ]


def test_what_speaks_for_a_misread_arrow() -> None:
    wrong = [arrow(f"T {i}", f"{i}.0%", f"{i}.5%", "up") for i in range(10, 14)]
    assert {v for v, _, _ in told(report(wrong, text=[KEY]), "direction-contradicted")} == {"unverifiable"}
    unknown = arrow("T 01", "51.8%", "46.9%", "down", signals={"direction": ("glyph-unknown",)})
    assert told(report([unknown], text=[KEY]), "direction-contradicted") == [
        ("unverifiable", "T 01", "direction")
    ]
    second = {"Trend": ExtraValue(printed="↑", role="direction")}
    two = arrow("T 01", "51.8%", "46.9%", "down", extra=second)
    assert told(report([two], text=[KEY]), "direction-contradicted") == [
        ("unverifiable", "T 01", "direction")
    ]


@pytest.mark.parametrize("direction", ["up", "down", "level"])
def test_figures_that_are_equal_as_printed_allow_every_arrow(direction: str) -> None:
    made = report([arrow("T 01", "76.2%", "76.2%", direction)], text=[KEY])
    assert found(made, "direction-contradicted") == []


def test_equal_counts_with_an_arrow_are_told_but_not_held_against_anybody() -> None:
    made = report([arrow("T 01", "31", "31", "up", title="Number of allotments let")], text=[KEY])
    assert told(made, "direction-contradicted") == [("borderline", "T 01", "direction")]


def test_no_change_for_a_tiny_change() -> None:
    made = report([arrow("T 01", "2,014", "2,001", "level")], text=[KEY])
    assert told(made, "direction-contradicted") == [("borderline", "T 01", "direction")]


def test_a_printed_tolerance_is_respected() -> None:
    key = KEY.replace("► no change", "► no change (within 5%)")
    made = report([arrow("T 01", "208", "200", "level"), arrow("T 02", "230", "200", "level")], text=[key])
    assert told(made, "direction-contradicted") == [("contradicted", "T 02", "direction")]


def test_without_a_key_both_meanings_must_fail() -> None:
    up_and_down = [arrow(f"T {i}", f"{60 + i}.0%", f"{50 + i}.0%", "up") for i in range(10, 20)]
    made = report(
        [
            *up_and_down,
            arrow("T 20", "40.0%", "60.0%", "up"),  # wrong either way
            arrow("T 21", "40.0%", "60.0%", "up", "low"),  # right by merit
            arrow("T 22", "60.0%", "40.0%", "up", "low"),  # right by movement
        ],
        text=["The arrow compares with the previous quarter."],
    )
    assert told(made, "direction-contradicted") == [("contradicted", "T 20", "direction")]


def test_what_is_compared_must_be_known() -> None:
    lone = arrow("T 01", "51.8%", "46.9%", "down", column_headings={})
    text = "▲ means better and ▼ means worse in the direction of travel."
    assert told(report([lone], text=[text]), "direction-contradicted") == [("depends", "T 01", "direction")]
    # Other arrows can show by their practice that the column is the one.
    others = [
        arrow(f"T {i}", f"{60 + i}.0%", f"{50 + i}.0%", "up", column_headings={}) for i in range(10, 20)
    ]
    assert told(report([lone, *others], text=[text]), "direction-contradicted") == [
        ("contradicted", "T 01", "direction")
    ]


def test_words_that_name_another_period_than_the_column_silence_it() -> None:
    lone = arrow("T 01", "51.8%", "46.9%", "down", column_headings={"previous": "2017/18"})
    assert found(report([lone], text=[KEY]), "direction-contradicted") == []


def test_another_earlier_figure_may_be_meant() -> None:
    other = {"Two years ago": ExtraValue(**figure("55.0%").model_dump(), role="other_period")}
    others = [
        arrow(f"T {i}", f"{60 + i}.0%", f"{50 + i}.0%", "up", column_headings={}) for i in range(10, 20)
    ]
    lone = arrow("T 01", "51.8%", "46.9%", "down", column_headings={}, extra=other)
    text = "▲ means better and ▼ means worse in the direction of travel."
    assert found(report([lone, *others], text=[text]), "direction-contradicted") == []


def test_a_polarity_that_is_only_inferred_accuses_nobody() -> None:
    reason = Inferred(good_is="high", reason="the title says rate of success")
    lone = arrow("T 01", "51.8%", "46.9%", "down", None, inferred_good_is=reason)
    assert told(report([lone], text=[KEY]), "direction-contradicted") == [("depends", "T 01", "direction")]
