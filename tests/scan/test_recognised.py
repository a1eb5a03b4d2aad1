"""Figures read from pictures: what leaves a doubt, and what a doubt does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import belisha
from extract.cells import Box, Cell, Line
from normalise.cellreading import grade, value_from
from normalise.recognised_figures import SIZE, UNIT, with_figures_compared
from normalise.records import Measure, Report, SchemeEntry, SourceFile, Value
from normalise.vocabulary import load

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
