"""Small reports drawn with reportlab and read through the program's own door."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas

import belisha
from normalise.records import Improvement, Measure, Report

A4 = (595.0, 842.0)
WIDE = (842.0, 595.0)
Rows = Sequence[Sequence[str]]


@dataclass
class Drawing:
    """A report under construction; ``y`` is the distance from the top of the page."""

    size: tuple[float, float] = A4
    buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.canvas: Any = Canvas(self.buffer, pagesize=self.size, invariant=True)
        self.y = 90.0

    def line(self, text: str, *, bold: bool = False, size: float = 10.0, at: float | None = None) -> None:
        """A line of text at the left margin, or ``at`` points from the top."""
        y = self.y if at is None else at
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(50, self.size[1] - y, text)
        if at is None:
            self.y += size + 8

    def heading(self, text: str) -> None:
        self.line(text, bold=True, size=13)

    def table(
        self,
        rows: Rows,
        widths: Sequence[float],
        *,
        height: float = 26.0,
        spans: Mapping[tuple[int, int], int] | None = None,
        fills: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        """A fully ruled table; the first row is bold. ``spans`` widens cells, ``fills`` colours them (``RRGGBB``)."""
        for r, row in enumerate(rows):
            x, c = 50.0, 0
            y = self.size[1] - self.y - (r + 1) * height
            while c < len(row):
                count = (spans or {}).get((r, c), 1)
                width = sum(widths[c : c + count])
                fill = (fills or {}).get((r, c))
                if fill:
                    self.canvas.setFillColorRGB(*(int(fill[k : k + 2], 16) / 255 for k in (0, 2, 4)))
                    self.canvas.rect(x, y, width, height, stroke=0, fill=1)
                    self.canvas.setFillColorRGB(0, 0, 0)
                self.canvas.rect(x, y, width, height)
                self.canvas.setFont("Helvetica-Bold" if r == 0 else "Helvetica", 8)
                for k, text in enumerate(row[c].split("\n")):
                    self.canvas.drawString(x + 3, y + height - 10 - 9 * k, text)
                x, c = x + width, c + count
        self.y += len(rows) * height + 14

    def page(self) -> None:
        self.canvas.showPage()
        self.y = 60.0

    def read(self) -> Report:
        self.canvas.showPage()
        self.canvas.save()
        return belisha.read(self.buffer.getvalue())


def report(*, size: tuple[float, float] = A4) -> Drawing:
    """A drawing that opens as reports do: body, committee, date, title."""
    drawing = Drawing(size)
    drawing.line("Fernleigh Borough Council", bold=True, size=15)
    drawing.line("Performance Scrutiny Panel")
    drawing.line("12 November 2019          Item B3")
    drawing.line("Performance Report - Quarter 2 2019/20", bold=True, size=12)
    return drawing


HEADINGS = ["Ref", "Measure", "Actual", "Target", "Status"]
WIDTHS = (50.0, 220.0, 70.0, 70.0, 70.0)


def by_code(records: Sequence[Measure] | Sequence[Improvement]) -> dict[str, Any]:
    """Records by their code, title where there is none."""
    return {record.code or record.title: record for record in records}


def reasons(read: Report, text: str) -> list[str]:
    """Why words that hold ``text`` are in no record."""
    return [entry.reason for entry in read.unread if text in entry.text]
