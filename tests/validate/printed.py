"""Small reports printed for a test and read through the whole way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

import belisha
from validate.audit import Audit

STYLES = getSampleStyleSheet()
HEAD = ("Ref", "Measure", "Good is", "Target", "Actual", "Status")
WIDTHS = (50, 210, 50, 55, 55, 60)
RULE = "Green: on or above target. Amber: up to 5% below target. Red: more than 5% below target."


def table(
    rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, widths: Sequence[float] = WIDTHS
) -> Table:
    """A ruled table, its words wrapped in their columns."""
    cells = [[Paragraph(text, STYLES["BodyText"]) for text in row] for row in (head, *rows)]
    found = Table(cells, colWidths=list(widths), repeatRows=1)
    found.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    return found


def heading(text: str) -> Paragraph:
    return Paragraph(text, STYLES["Heading2"])


def audited(path: Path, *parts: str | Flowable) -> Audit:
    """The audit of a report on quarter 2 that holds the parts one below the other; texts are paragraphs."""
    story: list[Flowable] = [Paragraph("Performance report, quarter 2 2023/24", STYLES["Title"])]
    story += [Paragraph(p, STYLES["BodyText"]) if isinstance(p, str) else p for p in parts]
    SimpleDocTemplate(str(path)).build(story)
    return belisha.audit(belisha.read(path))


def accused(found: Audit) -> list[str | None]:
    return [f.code for f in found.contradicted]
