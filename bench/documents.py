"""Long documents to measure on, made of the report at hand: an agenda pack, and many pages of tables."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random

PACK_PAGES = 300
LONG_PAGES = 1000
_WORDS = (
    "the", "committee", "noted", "that", "members", "asked", "for", "a", "further", "report", "on", "costs", "and",
    "officers", "agreed", "to", "bring", "one", "in", "the", "spring", "after", "the", "consultation", "with",
    "residents", "had", "closed", "and", "its", "answers", "were", "known", "to", "all",
)  # fmt: skip


def agenda_pack(report: Path, target: Path) -> Path:
    """The whole report in the middle of a pack of PACK_PAGES pages, the others prose."""
    from pypdf import PdfReader, PdfWriter

    pages = len(PdfReader(report).pages)
    prose = PdfReader(BytesIO(_prose(PACK_PAGES - pages)))
    writer = PdfWriter()
    half = len(prose.pages) // 2
    writer.append(prose, pages=(0, half))
    writer.append(report)
    writer.append(prose, pages=(half, len(prose.pages)))
    writer.write(target)
    return target


def table_pages(report: Path) -> list[int]:
    """The pages, from 0, on which the report's measures stand."""
    import belisha

    return sorted({page - 1 for table in belisha.read(report).tables for page in table.pages})


def repeated(report: Path, pages: list[int], count: int, target: Path) -> Path:
    """``count`` pages, those given over and over; each is a page of its own in the file."""
    from pypdf import PdfReader, PdfWriter

    source, writer = PdfReader(report), PdfWriter()
    for number in range(count):
        writer.add_page(source.pages[pages[number % len(pages)]])
    writer.write(target)
    return target


def _prose(pages: int) -> bytes:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rng = Random(1)  # noqa: S311 - words for a page, no secret
    out = BytesIO()
    rl_config.useA85 = 0  # as other producers do, no stream is wrapped in letters
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(pages):
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(60, 780, f"Item {number + 1}: minutes and matters arising")
        canvas.setFont("Helvetica", 10)
        for line in range(48):
            canvas.drawString(60, 756 - 14 * line, " ".join(rng.choice(_WORDS) for _ in range(14)) + ".")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
