"""Pages that lie askew or the wrong way: how far, and where their points were."""

from __future__ import annotations

from typing import Any

import pytest

from extract.cells import Page
from extract.scan.straight import Turn, skew, straightened, turned
from normalise.as_shown import with_pages_as_shown
from normalise.records import Measure, Report, Source, SourceFile, Value

np = pytest.importorskip("numpy")


def ruled_page(angle: float) -> Any:
    """A page of lines of short strokes, turned clockwise by some degrees."""
    page = np.full((1400, 1000, 3), 255, np.uint8)
    for y in range(150, 1250, 30):
        for x in range(100, 900, 12):
            page[y : y + 10, x : x + 5] = 20
    return straightened(page, -angle)


@pytest.mark.parametrize("angle", [0.0, 0.3, -0.7, 2.0, -2.0, 4.5])
def test_the_angle_of_a_page_is_found(angle: float) -> None:
    assert skew(ruled_page(angle)) == pytest.approx(angle, abs=0.06)


def test_an_empty_page_is_straight() -> None:
    assert skew(np.full((700, 500, 3), 255, np.uint8)) == 0.0


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("angle", [0.0, 1.5, -2.0])
def test_a_point_of_the_upright_page_is_found_again_on_the_page_as_shown(quarters: int, angle: float) -> None:
    shown = np.full((600, 400, 3), 255, np.uint8)
    shown[200:208, 120:128] = 0
    upright = straightened(turned(shown, quarters), angle)
    rows, columns = np.nonzero(upright.min(axis=2) < 100)
    turn = Turn(quarters, angle, (400.0, 600.0))
    assert turn.upright == (upright.shape[1], upright.shape[0])
    x, y = turn.back(columns.mean() + 0.5, rows.mean() + 0.5)
    assert abs(x - 124) < 1
    assert abs(y - 204) < 1


def test_every_box_of_a_turned_page_is_given_as_shown_and_no_other() -> None:
    value = Value(
        printed="5", source=(Source(page=1, bbox=(10, 20, 30, 40)), Source(page=2, bbox=(1, 2, 3, 4)))
    )
    measure = Measure(page=1, bbox=(0, 0, 100, 50), title="A", actual=value)
    report = Report(source=SourceFile(file="a.pdf", sha256="", pages=2), measures=(measure,))
    pages = [Page(1, 600, 400, turn=Turn(1, 0.0, (400, 600))), Page(2, 400, 600)]
    told = with_pages_as_shown(report, pages).measures[0]
    assert told.bbox == (350, 0, 400, 100)
    assert told.actual is not None
    assert told.actual.source[0].bbox == (360, 10, 380, 30)
    assert told.actual.source[1].bbox == (1, 2, 3, 4)
