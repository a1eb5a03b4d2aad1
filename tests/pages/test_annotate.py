"""The marked PDF: frames sit on their cells, the original is untouched, other programs can read it."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops
from pypdf.generic import NameObject, NumberObject, RectangleObject
from reportlab.pdfgen.canvas import Canvas

from belisha.annotate import AUTHOR, annotated, marks_of, to_user_space, words
from belisha.original import Original
from extract.errors import ReportLocked
from extract.page.matrices import apply
from normalise.records import Finding, Report, Source, SourceFile
from tests.belisha.running import REPORT, belisha, one_line_of_trouble
from tests.render.reports_at_hand import audited

BOX = (120.0, 90.0, 200.0, 130.0)
SCALE = 2
TURNS = (0, 90, 180, 270)


def blank(turn: int = 0, box: tuple[float, ...] | None = None, password: str | None = None) -> bytes:
    """A PDF of two empty pages, turned, with a crop box if one is given, locked if a password is."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(500, 400))
    for _ in range(2):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(5, 5, ".")
        canvas.showPage()
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(made))
    for page in writer.pages:
        page[NameObject("/Rotate")] = NumberObject(turn)
        if box:
            page.cropbox = RectangleObject(list(box))
    if password:
        writer.encrypt(password, "the owner's", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def report(*findings: Finding) -> Report:
    return Report(source=SourceFile(file="x.pdf", sha256="0" * 64, pages=2), findings=findings)


def finding(**changes: object) -> Finding:
    base = Finding(
        kind="status-contradicted", verdict="contradicted", page=1, bbox=BOX, message="It is not so."
    )
    return base.model_copy(update=changes)


def contents(reader: pypdf.PdfReader) -> list[str]:
    """What the annotations of the first page say."""
    return [str(a.get_object()["/Contents"]) for a in reader.pages[0].annotations or ()]


def changed(
    before: bytes, after: bytes, page: int = 0, password: str | None = None
) -> tuple[float, ...] | None:
    """The box, in points as shown, of what looks different; None where nothing does."""
    pictures = [
        pypdfium2.PdfDocument(data, password=password)[page].render(scale=SCALE).to_pil().convert("RGB")
        for data in (before, after)
    ]
    found = ImageChops.difference(*pictures).getbbox()
    return tuple(side / SCALE for side in found) if found else None


@pytest.mark.parametrize("crop", [None, (30, 20, 480, 390)])
@pytest.mark.parametrize("turn", TURNS)
def test_the_frame_is_drawn_round_the_cell_on_turned_and_cut_pages(
    turn: int, crop: tuple[float, ...] | None
) -> None:
    data = blank(turn, crop)
    made = annotated(Original(data), report(finding()), name="x.pdf")
    left, top, right, bottom = changed(data, made) or (0, 0, 0, 0)
    assert left == pytest.approx(BOX[0] - 2, abs=1.5)
    assert bottom == pytest.approx(BOX[3] + 2, abs=1.5)
    # the note stands on the upper right corner; PDFium draws it a little larger than its box
    assert BOX[2] <= right <= BOX[2] + 24
    assert BOX[1] - 14 <= top <= BOX[1]
    assert changed(data, made, page=1) is None


@pytest.mark.parametrize("turn", TURNS)
def test_a_cell_at_the_edge_keeps_its_note_on_the_page(turn: int) -> None:
    width = 500 if turn in {0, 180} else 400
    data = blank(turn)
    corner = (width - 30.0, 0.0, float(width), 10.0)
    made = annotated(Original(data), report(finding(bbox=corner)), name="x.pdf")
    left, top, right, bottom = changed(data, made) or (0, 0, 0, 0)
    assert left >= width - 34
    assert top >= 0
    assert right <= width
    assert bottom <= 20


@given(
    st.sampled_from(
        [(1, 0, 0, -1, -5, 300), (0, 1, 1, 0, -7, -9), (-1, 0, 0, 1, 400, -3), (0, -1, -1, 0, 300, 500)]
    ),
    st.tuples(*[st.floats(0, 900)] * 4),
)
def test_turning_back_is_the_opposite_of_showing(
    matrix: tuple[float, ...], box: tuple[float, float, float, float]
) -> None:
    x0, x1 = sorted((box[0], box[2]))
    y0, y1 = sorted((box[1], box[3]))
    left, bottom, right, top = to_user_space(matrix, (x0, y0, x1, y1))  # type: ignore[arg-type]  # four numbers and two
    shown = [apply(matrix, *corner) for corner in ((left, bottom), (right, top))]  # type: ignore[arg-type]  # four numbers and two
    assert sorted(x for x, _ in shown) == pytest.approx([x0, x1], abs=1e-6)
    assert sorted(y for _, y in shown) == pytest.approx([y0, y1], abs=1e-6)


def test_the_original_stands_unchanged_at_the_start() -> None:
    data = REPORT.read_bytes()
    made = annotated(Original(data), audited(REPORT).report, name="report.pdf")
    assert made.startswith(data)
    before = pypdf.PdfReader(io.BytesIO(data))
    after = pypdf.PdfReader(io.BytesIO(made))
    assert [p.extract_text() for p in after.pages] == [p.extract_text() for p in before.pages]


def test_every_finding_has_its_frame_and_note_by_the_author_with_sentence_and_arithmetic() -> None:
    data = REPORT.read_bytes()
    told = audited(REPORT).report
    reader = pypdf.PdfReader(io.BytesIO(annotated(Original(data), told, name="report.pdf")))
    found = [
        (number, a.get_object())
        for number, page in enumerate(reader.pages, 1)
        for a in page.get("/Annots", [])
        if a.get_object().get("/T") == AUTHOR
    ]
    assert len(found) == len(list(marks_of(told)))
    for f in told.findings:
        notes = [a for n, a in found if n == (f.page or 1) and a["/Contents"] == words(f)]
        assert {str(a["/Subtype"]) for a in notes} >= {"/Text"}
        if f.bbox:
            assert {str(a["/Subtype"]) for a in notes} >= {"/Square"}
        assert f.message in words(f)
        assert f.arithmetic in words(f)


def test_a_finding_of_the_whole_report_stands_on_the_first_page() -> None:
    data = blank()
    made = annotated(Original(data), report(finding(page=None, bbox=None)), name="x.pdf")
    left, top, right, bottom = changed(data, made) or (99, 99, 99, 99)
    assert max(left, top) < 16
    assert max(right, bottom) < 40


def test_other_places_are_framed_too() -> None:
    data = blank()
    there = Source(page=2, bbox=(10, 20, 60, 40))
    made = annotated(Original(data), report(finding(sources=(there,))), name="x.pdf")
    assert changed(data, made, page=1) == pytest.approx((8, 18, 62, 42), abs=1.5)


def test_a_locked_report_stays_locked() -> None:
    data = blank(password="sesame")  # noqa: S106 - of a file made here
    original = Original(data, password="sesame")  # noqa: S106 - of a file made here
    made = annotated(original, report(finding()), name="x.pdf")
    assert made.startswith(data)
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert reader.is_encrypted
    assert reader.decrypt("wrong") == 0
    assert reader.decrypt("sesame")
    assert contents(reader) == [words(finding())] * 2
    assert changed(data, made, password="sesame")  # noqa: S106 - of a file made here
    with pytest.raises(ReportLocked):
        annotated(Original(data), report(finding()), name="x.pdf")


@pytest.mark.parametrize(
    "harm", [lambda d: d[: d.rindex(b"startxref")], lambda d: b"\n\n junk \n" + d, lambda d: d + b"\0" * 3000]
)
def test_a_file_that_had_to_be_repaired_is_marked_all_the_same(harm: object) -> None:
    assert callable(harm)
    data = harm(blank())
    made = annotated(Original(data), report(finding()), name="x.pdf")
    assert changed(data, made)
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 2


def test_annotations_that_are_there_already_are_kept() -> None:
    first = annotated(Original(blank()), report(finding()), name="x.pdf")
    second = annotated(Original(first), report(finding(message="And this.")), name="x.pdf")
    reader = pypdf.PdfReader(io.BytesIO(second))
    assert len(contents(reader)) == 4


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler: apt-get install poppler-utils")
def test_poppler_draws_it_without_complaint(tmp_path: Path) -> None:
    file = tmp_path / "marked.pdf"
    file.write_bytes(annotated(Original(blank(90)), report(finding()), name="x.pdf"))
    done = subprocess.run(["pdftoppm", "-r", "40", str(file), str(tmp_path / "p")], capture_output=True)
    assert done.returncode == 0
    assert done.stderr == b""


def test_the_command_writes_a_marked_copy(tmp_path: Path) -> None:
    target = tmp_path / "marked.pdf"
    ended = belisha("annotate", REPORT, "-o", target)
    assert ended.code == 0, ended.err
    assert target.read_bytes().startswith(REPORT.read_bytes())
    piped = belisha("annotate", "-", "-o", "-", stdin=REPORT.read_bytes())
    assert piped.out.startswith(REPORT.read_bytes())
    assert len(piped.out) == target.stat().st_size
    chosen = belisha("annotate", REPORT, "-o", "-", "--select", "scheme-gap")
    assert len(chosen.out) < len(piped.out)


def test_wrong_use_of_the_command_is_said_in_one_line(tmp_path: Path) -> None:
    one_line_of_trouble(belisha("annotate", REPORT), code=2, says=["--output"])
    one_line_of_trouble(
        belisha("annotate", REPORT, REPORT, "-o", tmp_path / "x.pdf"), code=2, says=["one report"]
    )
    copy = tmp_path / "report.pdf"
    copy.write_bytes(REPORT.read_bytes())
    one_line_of_trouble(belisha("annotate", copy, "-o", copy), code=2, says=["input"])
    one_line_of_trouble(
        belisha("annotate", tmp_path / "no.pdf", "-o", tmp_path / "x.pdf"), code=4, says=["no such file"]
    )
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(blank(password="sesame"))  # noqa: S106 - of a file made here
    one_line_of_trouble(belisha("annotate", locked, "-o", tmp_path / "x.pdf"), code=4, says=["--password"])
    assert not (tmp_path / "x.pdf").exists()
