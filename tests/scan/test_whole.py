"""A scan from its picture to its findings, and what becomes of scans where there is no engine."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import belisha
from belisha import Report
from fixtures.generator.score import score
from fixtures.scans.copier import WAYS, scan
from tests.belisha.running import belisha as run
from tests.belisha.running import one_line_of_trouble
from tests.scan.at_hand import FIXTURE, needs_engine, scan_of, truth_of

DASHBOARD = 5  # a landscape page of the dashboard, with all its statuses, arrows and grey rows


@pytest.fixture(scope="module")
def wrong_way() -> Report:
    """A page fed on its side and a little askew."""
    return belisha.read(scan_of("wrong-way", DASHBOARD), isolated=True)


@needs_engine
def test_every_cell_of_a_scan_fed_on_its_side_is_right(wrong_way: Report) -> None:
    truth = truth_of(DASHBOARD)
    assert len(truth["measures"]) > 15
    out = json.loads(belisha.audit(wrong_way).report.to_json())
    result = score(truth, out)
    assert not result.lost
    assert not result.invented
    assert [d for d in result.differences if d[1] in ("code", "actual", "target", "forecast", "status")] == []
    assert [
        d for d in result.differences if d[1] in ("forecast_status", "direction", "year_end_target")
    ] == []
    assert not result.accusations


@needs_engine
def test_every_value_of_a_scan_says_so_and_lies_on_the_page_as_shown(wrong_way: Report) -> None:
    shown = belisha.read(FIXTURE / "report.pdf", pages=str(DASHBOARD))
    there = {m.code: m for m in shown.measures}
    width = 595.3  # of the page as it was fed: the landscape page stands on its side
    seen = 0
    for measure in wrong_way.measures:
        value, other = measure.forecast, there[measure.code].forecast
        if value is None or other is None:
            continue
        assert any(s.startswith("ocr-confidence-") for s in value.signals)
        (x0, top, x1, bottom), (ox0, otop, ox1, obottom) = value.source[0].bbox, other.source[0].bbox
        # Turned anticlockwise, the page's own x runs up the page and its y to the right.
        middle = ((otop + obottom) / 2, 841.9 - (ox0 + ox1) / 2)
        assert abs((x0 + x1) / 2 - middle[0]) < 9
        assert abs((top + bottom) / 2 - middle[1]) < 9
        assert 0 < x0 < x1 < width
        seen += 1
    assert seen > 10


@needs_engine
def test_a_page_whose_fonts_name_other_letters_is_read_from_its_picture() -> None:
    kinds = FIXTURE.parent / "kinds"
    report = belisha.read(kinds / "garbage_unicode_map" / "report.pdf")
    truth = json.loads((kinds / "section_as_row" / "truth.json").read_text(encoding="utf-8"))
    result = score(truth, json.loads(belisha.audit(report).report.to_json()))
    assert len(report.measures) == 8
    assert not result.lost
    assert not result.invented
    assert not result.accusations
    assert [d for d in result.differences if d[1] in ("code", "title", "actual", "target", "status")] == []


@needs_engine
def test_a_grey_copy_of_coloured_cells_has_all_rows_and_no_status_and_says_why() -> None:
    kind = FIXTURE.parent / "kinds" / "status_cell_colours"
    truth = json.loads((kind / "truth.json").read_text(encoding="utf-8"))
    copy = scan((kind / "weasyprint.pdf").read_bytes(), WAYS["office-150"], 3)
    report = belisha.read(copy)
    result = score(truth, json.loads(belisha.audit(report).report.to_json()))
    assert not result.lost
    assert not result.invented
    assert [d for d in result.differences if d[1] in ("code", "actual", "target")] == []
    assert {m.status for m in report.measures} == {None}
    assert any("without colours" in note for note in report.notes)


@pytest.fixture
def without_engine(tmp_path: Path) -> dict[str, str]:
    """An environment in which the engine's package is there without its models."""
    (tmp_path / "bare" / "rapidocr").mkdir(parents=True)
    (tmp_path / "bare" / "rapidocr" / "__init__.py").write_text("")
    root = Path(__file__).parents[2]
    return {"PYTHONPATH": f"{tmp_path / 'bare'}:{root}"}


def test_without_an_engine_a_scan_is_refused_with_its_pages_and_what_to_type(
    tmp_path: Path, without_engine: dict[str, str]
) -> None:
    (tmp_path / "scan.pdf").write_bytes(scan_of("clean-150", 1, 5))
    ended = run("extract", "scan.pdf", cwd=tmp_path, env=without_engine)
    one_line_of_trouble(ended, code=4, says=["scan.pdf", "pages 1-2", 'type: pip install "belisha[ocr]"'])
    always = run("extract", "scan.pdf", "--ocr", "always", cwd=tmp_path, env=without_engine)
    assert always.code == 2
    assert 'pip install "belisha[ocr]"' in always.err


def mixed() -> bytes:
    """The report's page 4 as it is, then its page 5 as a scan."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.append(io.BytesIO((FIXTURE / "report.pdf").read_bytes()), pages=(3, 4))
    writer.append(PdfReader(io.BytesIO(scan_of("clean-150", DASHBOARD))))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("how", ["without the engine", "with --ocr never"])
def test_scans_among_pages_of_text_are_listed_and_the_others_read(
    tmp_path: Path, without_engine: dict[str, str], how: str
) -> None:
    (tmp_path / "mixed.pdf").write_bytes(mixed())
    never = how == "with --ocr never"
    arguments = ["--ocr", "never"] if never else []
    ended = run("extract", "mixed.pdf", *arguments, cwd=tmp_path, env={} if never else without_engine)
    assert ended.code == 0
    told: dict[str, Any] = json.loads(ended.text)
    assert {m["page"] for m in told["measures"]} == {1}
    (left,) = [u for u in told["unread"] if u["page"] == 2]
    assert "no text" in left["reason"]
    assert "--ocr never" in left["reason"] or 'pip install "belisha[ocr]"' in left["reason"]
    assert "not read: page 2" in ended.err


def test_ocr_never_refuses_a_scan(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scan_of("clean-150", 5))
    ended = run("extract", "scan.pdf", "--ocr", "never", cwd=tmp_path)
    one_line_of_trouble(ended, code=4, says=["page 1 is a scan"])


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(belisha.BelishaError, match="auto"):
        belisha.read(FIXTURE / "report.pdf", ocr="sometimes")


def test_the_bench_says_what_to_install_where_there_is_no_engine(without_engine: dict[str, str]) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--only", "scans", "--rounds", "1"],
        cwd=root,
        env={**os.environ, **without_engine},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert 'skipped: character recognition needs: pip install "belisha[ocr]"' in done.stdout
