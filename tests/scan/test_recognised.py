"""Figures read from pictures: what leaves a doubt, and what a doubt does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import belisha
from extract.cells import Box, Cell, Line
from normalise.cellreading import grade, value_from
from normalise.recognised_figures import MINUS, SIZE, UNIT, with_figures_compared
from normalise.records import Measure, Report, SchemeEntry, SourceFile, Value
from normalise.vocabulary import load
from tests.validate.hand_made import found, measure
from tests.validate.hand_made import report as make_report
from tests.validate.hand_made import row as improvement_row

BOX = Box(1, 0, 0, 100, 12)


def cell(text: str, score: float, *doubts: str) -> Cell:
    return Cell((Line(text, BOX, score=score, doubts=doubts),), (BOX,), 0, 0)


@pytest.mark.parametrize(
    ("score", "doubts", "confidence"),
    [(0.999, (), "high"), (0.9, (), "medium"), (0.6, (), "low"), (0.999, ("ocr-doubt-point",), "low")],
)
def test_a_value_carries_the_score_and_the_doubts(
    score: float, doubts: tuple[str, ...], confidence: str
) -> None:
    value = value_from(cell("97.8%", score, *doubts), "", load())
    assert value is not None
    assert value.value == Decimal("97.8")
    assert f"ocr-confidence-{int(score * 100) / 100:.2f}" in value.signals
    assert set(doubts) <= set(value.signals)
    assert value.confidence == confidence


def test_text_of_a_text_page_carries_no_score() -> None:
    value = value_from(Cell((Line("97.8%", BOX),), (BOX,), 0, 0), "", load())
    assert value is not None
    assert value.signals == ()


def read(number: str, unit: str = "percent", *, ocr: bool = True) -> Value:
    signals = ("ocr-confidence-0.99",) if ocr else ()
    return Value(printed=number, value=Decimal(number), unit=unit, signals=signals, confidence=grade(signals))


def row(**values: Any) -> Measure:
    return Measure(page=1, bbox=(0, 0, 1, 1), title="Calls answered", **values)


def doubts(made: Measure) -> dict[str, set[str]]:
    told = with_figures_compared(made)
    return {
        name: {s for s in getattr(told, name).signals if s.startswith("ocr-doubt")}
        for name in ("actual", "target")
        if getattr(told, name) is not None
    }


def test_a_lost_point_is_doubted_on_both_sides_and_nothing_is_changed() -> None:
    made = row(actual=read("978"), target=read("98.4"))
    assert doubts(made) == {"actual": {SIZE}, "target": {SIZE}}
    told = with_figures_compared(made)
    assert told.actual is not None
    assert told.actual.value == Decimal(978)
    assert told.actual.confidence == "low"


def test_the_dash_before_a_figure_may_have_been_taken_for_its_sign() -> None:
    assert doubts(row(actual=read("-90.2"), target=read("78.1")))["actual"] == {MINUS}
    assert doubts(row(actual=read("-90.2", ocr=False), target=read("78.1")))["actual"] == set()


def test_a_sign_read_as_digits_is_doubted() -> None:
    assert doubts(row(actual=read("9896", "number"), target=read("95")))["actual"] == {UNIT}


def test_figures_that_only_differ_are_not_doubted() -> None:
    assert doubts(row(actual=read("52.3"), target=read("60"))) == {"actual": set(), "target": set()}
    assert doubts(row(actual=read("3", "days"), target=read("100", "days"))) == {
        "actual": set(),
        "target": set(),
    }


def test_more_than_all_is_doubted_only_where_it_was_recognised() -> None:
    assert doubts(row(actual=read("981"), target=read("90")))["actual"] == {SIZE}
    assert doubts(row(actual=read("181", ocr=False), target=read("90", ocr=False)))["actual"] == set()


def test_a_doubtful_figure_is_unverifiable_where_a_sure_one_is_contradicted() -> None:
    scheme = tuple(
        SchemeEntry(status=status, label=status, text=text, page=1, bbox=(0, 0, 1, 1))
        for status, text in (
            ("green", "meets target"),
            ("amber", "below target by up to 5% of the target"),
            ("red", "below target by more than 5% of the target"),
        )
    )

    def verdicts(*more: str) -> set[str]:
        signals = ("ocr-confidence-0.99", *more)
        actual = Value(
            printed="50%",
            value=Decimal(50),
            unit="percent",
            resolution=Decimal(1),
            signals=signals,
            confidence=grade(signals),
        )
        target = Value(printed="90%", value=Decimal(90), unit="percent", resolution=Decimal(1))
        made = row(actual=actual, target=target, status="green", good_is="high", printed={"status": "Green"})
        report = Report(source=SourceFile(file="a.pdf", sha256="", pages=1), scheme=scheme, measures=(made,))
        return {f.verdict for f in belisha.audit(report).verdicts}

    assert verdicts() == {"contradicted"}
    assert verdicts("ocr-doubt-second-look") == {"unverifiable"}


SURE, UNSURE = ("ocr-confidence-0.99",), ("ocr-confidence-0.99", "ocr-doubt-look-alike")
NAMES = {
    "A1": "Number of potholes mended in a week",
    "B2": "Share of calls answered in a minute",
    "C3": "Homes made fit to live in again",
    "D4": "Days lost to sickness by each officer",
}


def missing(measures: dict[str, Any] | None = None, rows: dict[str, Any] | None = None) -> list[str | None]:
    """What a scan is accused of that explains three of its four red measures; keys of single rows are given by code."""
    given, explained = measures or {}, {c: {} for c in ("A1", "B2", "C3")} | (rows or {})
    made = make_report(
        [
            measure(**{"code": c, "title": t, "status": "red", "signals": {"title": SURE}} | given.get(c, {}))
            for c, t in NAMES.items()
        ],
        [
            improvement_row(**{"code": c, "title": NAMES[c], "signals": {"title": SURE}} | keys)
            for c, keys in explained.items()
        ],
        text=["Measures rated Red are explained at Appendix C."],
    )
    return [f.code for f in found(made, "missing-from-improvement")]


def test_a_measure_with_a_sure_code_is_missing_from_the_improvement_report_of_a_scan() -> None:
    assert missing() == ["D4"]


@pytest.mark.parametrize(
    "signals",
    [
        {"title": UNSURE},
        {"title": ("ocr-confidence-0.62",)},
        {"title": SURE, "status": ("ocr-doubt-misprint",)},
    ],
)
def test_nothing_is_missing_while_the_name_or_status_of_the_measure_is_in_doubt(
    signals: dict[str, tuple[str, ...]],
) -> None:
    assert missing(measures={"D4": {"signals": signals}}) == []


def test_nothing_is_missing_while_the_code_of_a_recognised_row_is_that_of_no_measure() -> None:
    misread: dict[str, Any] = {"code": "O4", "title": "Days Iost to sickncss by cach ofticer"}
    assert missing(rows={"C3": misread}) == []
    assert missing(rows={"C3": {**misread, "signals": {}}}) != []  # in a page of text it says what is printed


def test_nothing_is_missing_while_the_code_of_a_recognised_row_is_that_of_another_measure() -> None:
    assert missing(rows={"C3": {"title": "Days lost to other things by each officer"}}) == []


@pytest.mark.parametrize(
    ("signals", "verdict"), [((), "contradicted"), (("ocr-doubt-misprint",), "unverifiable")]
)
def test_a_status_that_was_read_as_no_status_word_accuses_nobody(
    signals: tuple[str, ...], verdict: str
) -> None:
    one = measure(status="nnual", signals={"status": signals})
    made = make_report([one], [improvement_row(status="amber")])
    assert [f.verdict for f in found(made, "tables-disagree")] == [verdict]
