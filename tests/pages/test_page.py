"""The page's contents: every row and finding, bands that agree with the verdicts, sizes, several reports."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from belisha.original import Original
from belisha.pages.bands import number, strip_of
from belisha.pages.page import audits_html
from belisha.render.audited import Audited
from tests.belisha.records_at_hand import small_report
from tests.belisha.running import REPORT
from tests.render.reports_at_hand import audited, each_report

LARGEST = 5_000_000  # bytes


def page_of(path: Path) -> str:
    one = audited(path)
    return audits_html([one], {one.report.source.sha256: Original(path.read_bytes())})


@each_report
def test_every_row_finding_and_unread_piece_is_there(path: Path) -> None:
    report = audited(path).report
    page = page_of(path)
    assert len(re.findall(r'<tbody [^>]*id="m\d+"', page)) == len(report.measures)
    assert len(re.findall(r'<tbody [^>]*id="i\d+"', page)) == len(report.improvements)
    assert len(re.findall(r'<article class="finding', page)) == len(report.findings)
    assert len(page.encode()) < LARGEST
    crops = len(re.findall(r'<svg class="crop"', page))
    assert crops >= len(report.measures)


@each_report
def test_a_supported_figure_stands_in_the_band_of_its_status(path: Path) -> None:
    found = audited(path).found
    assert found is not None
    compared = 0
    for judged in found.verdicts:
        strip = strip_of(judged.row, judged.field, found)
        if judged.verdict not in {"supported", "contradicted"} or strip is None or not strip.stretches:
            continue
        here = {s.status for s in strip.stretches if s.low <= strip.figure <= s.high}
        if judged.verdict == "supported" and judged.found.expected:
            assert judged.found.printed in here or strip.figure == strip.target
            compared += 1
        elif strip.figure not in {edge for s in strip.stretches for edge in (s.low, s.high)}:
            assert judged.found.printed not in here
    assert compared or not any(v.verdict == "supported" for v in found.verdicts)


def test_stretches_join_without_gaps_and_hold_figure_and_target() -> None:
    found = audited(REPORT).found
    assert found is not None
    strips = [strip_of(v.row, v.field, found) for v in found.verdicts]
    drawn = [s for s in strips if s is not None and s.stretches]
    assert drawn
    for strip in drawn:
        assert strip.stretches[0].low == strip.low
        assert strip.stretches[-1].high == strip.high
        for one, other in zip(strip.stretches, strip.stretches[1:], strict=False):
            assert one.high == other.low
            assert one.status != other.status
        assert 0 < strip.place(strip.figure) < 1


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("95", "95"),
        ("86.45", "86.45"),
        ("1234567", "1,234,567"),
        ("0.15", "0.15"),
        ("-3", "-3"),
        ("100", "100"),
    ],
)
def test_figures_on_labels(figure: str, shown: str) -> None:
    assert number(Fraction(figure)) == shown


def test_several_reports_share_a_page_without_sharing_ids() -> None:
    one = Audited.of(small_report())
    page = audits_html([one, one], {})
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<h1") == 1


def test_a_report_without_tables_says_so() -> None:
    page = audits_html([Audited(small_report(measures=(), improvements=(), findings=()))], {})
    assert "No performance table was found in quarter.pdf" in page


def test_pictures_stop_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("belisha.pages.page.ROOM", 100_000)
    page = page_of(REPORT)
    assert "no picture, to keep this file small" in page
    assert len(page) < 1_500_000
