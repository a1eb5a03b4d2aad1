"""The second reader through the whole program: agreement costs nothing, a difference silences the audit."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

import belisha as product
from extract.cells import Box
from extract.second import SecondCell, SecondReading, SecondTable
from normalise.records import Report, Source, SourceFile, Value
from normalise.second_opinion import AGREES, DIFFERS, with_second_opinion
from tests.belisha.running import HERE, REPORT, belisha, environment
from tests.validate.making import measure, scheme, three_bands


@pytest.fixture(scope="module")
def twice() -> Report:
    return product.read(REPORT, second_reader=True)


def figures(report: Report) -> list[Value]:
    rows = (*report.measures, *report.improvements)
    names = ("actual", "target", "forecast", "year_end_target")
    return [v for row in rows for name in names if isinstance(v := getattr(row, name, None), Value)]


def test_both_readers_agree_on_every_figure_of_the_report_that_ships(twice: Report) -> None:
    assert len(figures(twice)) > 100
    assert {AGREES in v.signals for v in figures(twice)} == {True}
    assert twice.second_reader == ()


def test_a_second_reading_leaves_the_audit_as_it_is(twice: Report) -> None:
    def told(report: Report) -> list[tuple[object, ...]]:
        return [(f.kind, f.verdict, f.code, f.printed, f.expected) for f in product.audit(report).findings]

    assert told(twice) == told(product.read(REPORT))
    assert product.audit(twice).contradicted


def test_the_option_reaches_the_reader(tmp_path: Path) -> None:
    target = tmp_path / "records.json"
    ended = belisha("extract", REPORT, "--second-reader", "--pages", "4", "-o", target)
    assert ended.code == 0, ended.err
    measures = json.loads(target.read_text(encoding="utf-8"))["measures"]
    assert any(AGREES in m["forecast"]["signals"] for m in measures if m["forecast"])


def test_by_default_camelot_is_not_even_imported() -> None:
    code = f"import sys, belisha; belisha.read({str(REPORT)!r}); sys.exit('camelot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=HERE, env=environment({}))
    assert done.returncode == 0


def test_nothing_is_accused_on_a_figure_that_the_second_reader_reads_otherwise() -> None:
    row = measure(code="PK 1", good_is="high", actual="80", target="95", status="green")
    assert row.actual is not None
    placed = row.actual.model_copy(update={"source": (Source(page=1, bbox=(10, 10, 20, 20)),)})
    report = Report(
        source=SourceFile(file="r.pdf", sha256="0", pages=1),
        measures=(row.model_copy(update={"actual": placed}),),
    )
    rule = scheme(three_bands())
    assert [f.code for f in product.audit(report, scheme=rule).contradicted] == ["PK 1"]
    cell = SecondCell("96%", Box(1, 5, 5, 25, 25))
    table = SecondTable(1, ruled=True, box=cell.box, cells=(cell, *_far(1)))
    doubted = with_second_opinion(report, SecondReading((table,)))
    assert [(d.field, d.ours, d.theirs) for d in doubted.second_reader] == [("actual", "80%", "96%")]
    audit = product.audit(doubted, scheme=rule)
    assert not audit.contradicted
    (verdict,) = audit.verdicts
    assert verdict.verdict == "unverifiable"
    assert "second-reader-differs" in verdict.found.reason


def _far(page: int) -> tuple[SecondCell, ...]:
    """A cell elsewhere, so that their table is a grid."""
    return (SecondCell("x", Box(page, -20, -20, -10, -10)),)


def two_columns_drawn_as_one_text() -> bytes:
    """A table without rules in which one text object runs through two columns of figures."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("Helvetica-Bold", 9)
    for x, text in ((60, "Measure"), (300, "Actual"), (360, "Target"), (440, "Status")):
        canvas.drawString(x, 760, text)
    canvas.setFont("Helvetica", 9)
    for r in range(6):
        y = 740 - 18 * r
        canvas.drawString(60, y, f"Kerbs mended in ward {r + 1}")
        canvas.drawString(300, y, f"9{r}%")
        canvas.drawString(360, y, "95%")
        canvas.drawString(440, y, "Red" if r < 5 else "Green")
    canvas.save()
    return out.getvalue()


def test_a_table_without_rules_is_held_against_white_space() -> None:
    report = product.read(two_columns_drawn_as_one_text(), second_reader=True)
    assert len(report.measures) == 6
    signals = {s for m in report.measures if m.actual for s in m.actual.signals}
    assert signals == {AGREES}


def test_permissions_against_copying_end_the_second_reading_with_a_note(tmp_path: Path) -> None:
    out = io.BytesIO()
    locked = pdfencrypt.StandardEncryption("", "owner", canCopy=0)
    canvas = Canvas(out, pagesize=(595, 842), encrypt=locked)
    for r, row in enumerate(
        (("Measure", "Actual", "Target", "Status"), ("Kerbs mended", "90%", "95%", "Red"))
    ):
        for k, text in enumerate(row):
            canvas.rect(60 + 110 * k, 700 - 30 * r, 110, 30)
            canvas.drawString(66 + 110 * k, 710 - 30 * r, text)
    canvas.save()
    path = tmp_path / "locked.pdf"
    path.write_bytes(out.getvalue())
    assert len(pdfium.PdfDocument(path)) == 1
    ended = belisha("extract", path, "--second-reader")
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    assert "no second reading" in ended.err
    report = Report.from_json(ended.out)
    assert len(report.measures) == 1
    assert all(DIFFERS not in v.signals and AGREES not in v.signals for v in figures(report))
