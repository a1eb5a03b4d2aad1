"""Findings as annotations on a copy of the report: a frame round the cells, and a note beside them.

The original's bytes stand unchanged at the start of the copy and the annotations are appended, as PDF's
incremental update allows (PDF 1.7, 7.5.6); so what was published can be had back by cutting the end off, and a
locked file stays locked. Only where PDFium had to repair the file is it written anew.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw
from msgspec import Struct

from belisha.places import Row, cells_of, owner
from belisha.safe_text import one_line
from belisha.tones import in_words, tones
from extract.document import open_pdf
from extract.errors import BelishaError, ReportDamaged
from extract.page.matrices import Matrix, page_matrix
from normalise.records import BBox, Finding, Report, Source

if TYPE_CHECKING:
    from belisha.original import Original

AUTHOR = "Belisha"
NOTE_SIDE = 16.0  # points
MARGIN = 2.0
EDGE, EDGE_BESIDE = 1.6, 0.9  # points: frame of what a finding is about, and of what it was held against
PRINTED = 4  # annotation flag Print (PDF 1.7, table 165)
CORNER = 12.0


class Mark(Struct, frozen=True):
    """An annotation to be made. ``box`` is in points from the top left of the page as shown."""

    page: int
    box: BBox
    note: str
    tone: str
    subject: str
    beside: bool = False
    text_only: bool = False


def annotated(original: Original, report: Report, *, name: str) -> bytes:
    """A copy of the PDF with the findings of its report marked. Findings without a place stand at the top of page 1.

    Raises ReportLocked, ReportDamaged.
    """
    marks = list(marks_of(report))
    data = original.data
    for flags in (raw.FPDF_INCREMENTAL, raw.FPDF_NO_INCREMENTAL):
        made = _with_marks(original, marks, name, flags)
        appended = flags != raw.FPDF_INCREMENTAL or made.startswith(data)
        if appended and _count(made, original.password, name) == len(marks) + _count(
            data, original.password, name
        ):
            return made
    raise ReportDamaged("the marks cannot be written into this file", file=name)


def marks_of(report: Report) -> Iterator[Mark]:
    """Frames and notes for the findings, in their order."""
    rows: list[Row] = [*report.measures, *report.improvements]
    loose = 0
    for finding in report.findings:
        note, tone = words(finding), tones().of_verdict(finding.verdict).name
        if finding.page is None or finding.bbox is None:
            # side by side along the top edge of the page it speaks of, else of the first
            box = (CORNER + loose * (NOTE_SIDE + 4), CORNER, CORNER + loose * (NOTE_SIDE + 4), CORNER)
            yield Mark(finding.page or 1, box, note, tone, finding.kind, text_only=True)
            loose += 1
            continue
        own = [Source(page=finding.page, bbox=finding.bbox)]
        row = owner(finding, rows)
        if row is not None and finding.field:  # a cell may go on over the page
            own += [s for s in cells_of(row, finding.field) if s not in own and s.page != finding.page]
        for source in own:
            yield Mark(source.page, source.bbox, note, tone, finding.kind)
        yield Mark(finding.page, finding.bbox, note, tone, finding.kind, text_only=True)
        for source in dict.fromkeys(finding.sources):
            if source not in own:
                beside = f"Held against this: {note}"
                yield Mark(source.page, source.bbox, beside, tone, finding.kind, beside=True)


def words(finding: Finding) -> str:
    """A finding as a note: verdict and subject, the sentence, arithmetic, rule, what could be ruled out."""
    subject = " ".join(w for w in (finding.code, finding.title) if w)
    lines = [f"{finding.verdict.upper()}: {subject}" if subject else finding.verdict.upper(), finding.message]
    if finding.printed is not None and finding.expected:
        expected = " or ".join(in_words(w) for w in finding.expected)
        lines.append(f"Printed: {in_words(finding.printed)}; expected: {expected}")
    lines += [f"Arithmetic: {finding.arithmetic}"] if finding.arithmetic else []
    lines += [f"Rule: {finding.rule}"] if finding.rule else []
    lines += [f"- {cause}" for cause in finding.causes]
    return "\n".join(one_line(line) for line in lines if line)


def to_user_space(matrix: Matrix, box: BBox) -> BBox:
    """A box as shown, turned back into the page's own space: left, bottom, right, top."""
    a, b, c, d, e, f = matrix
    determinant = a * d - b * c
    corners = [
        ((d * (x - e) - c * (y - f)) / determinant, (a * (y - f) - b * (x - e)) / determinant)
        for x, y in ((box[0], box[1]), (box[2], box[3]))
    ]
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return xs[0], ys[0], xs[1], ys[1]


def _with_marks(original: Original, marks: Sequence[Mark], name: str, flags: int) -> bytes:
    with open_pdf(original.data, name=name, password=original.password) as opened:
        by_page: dict[int, list[Mark]] = {}
        for mark in marks:
            by_page.setdefault(max(1, min(mark.page, opened.page_count)), []).append(mark)
        for number, listed in by_page.items():
            page = raw.FPDF_LoadPage(opened.pdf.raw, number - 1)
            if not page:
                raise ReportDamaged("this page cannot be loaded to be marked", file=name, page=number)
            try:
                for mark in listed:
                    _add(page, mark)
            finally:
                raw.FPDF_ClosePage(page)
        out = io.BytesIO()
        opened.pdf.save(out, flags=flags)
        return out.getvalue()


def _add(page: Any, mark: Mark) -> None:
    matrix, width, height = page_matrix(page)
    kind = raw.FPDF_ANNOT_TEXT if mark.text_only else raw.FPDF_ANNOT_SQUARE
    annotation = raw.FPDFPage_CreateAnnot(page, kind)
    try:
        box = _note_place(mark.box, width, height) if mark.text_only else _grown(mark.box, width, height)
        left, bottom, right, top = to_user_space(matrix, box)
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(left=left, top=top, right=right, bottom=bottom))
        red, green, blue = bytes.fromhex(tones().looks[mark.tone].line)
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
        if not mark.text_only:
            raw.FPDFAnnot_SetBorder(annotation, 0, 0, EDGE_BESIDE if mark.beside else EDGE)
        raw.FPDFAnnot_SetFlags(annotation, PRINTED)
        for key, value in (("Contents", mark.note), ("T", AUTHOR), ("Subj", mark.subject)):
            _set_text(annotation, key, value)
        if mark.text_only:
            _set_text(annotation, "Name", "Comment")
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _set_text(annotation: Any, key: str, value: str) -> None:
    encoded = ctypes.create_string_buffer(value.encode("utf-16-le", "replace") + b"\0\0")
    pointer = ctypes.cast(encoded, ctypes.POINTER(ctypes.c_ushort))
    if not raw.FPDFAnnot_SetStringValue(annotation, key.encode(), pointer):
        raise BelishaError("a note cannot be written")


def _grown(box: BBox, width: float, height: float) -> BBox:
    return (
        max(0.0, box[0] - MARGIN),
        max(0.0, box[1] - MARGIN),
        min(width, box[2] + MARGIN),
        min(height, box[3] + MARGIN),
    )


def _note_place(box: BBox, width: float, height: float) -> BBox:
    """Beside the upper right corner of the frame, on the page."""
    left = max(0.0, min(box[2] + MARGIN, width - NOTE_SIDE))
    top = max(0.0, min(box[1] - NOTE_SIDE / 2, height - NOTE_SIDE))
    return left, top, left + NOTE_SIDE, top + NOTE_SIDE


def _count(data: bytes, password: str | None, name: str) -> int:
    """How many annotations a file has."""
    found = 0
    with open_pdf(data, name=name, password=password) as opened:
        for number in range(opened.page_count):
            page = raw.FPDF_LoadPage(opened.pdf.raw, number)
            if page:
                found += raw.FPDFPage_GetAnnotCount(page)
                raw.FPDF_ClosePage(page)
    return found
