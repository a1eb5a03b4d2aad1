"""Cells that mean to do harm: markup, formulas, terminal codes, turned writing. Kept in records, harmless in outputs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.belisha.running import belisha
from tests.isolation.at_hand import needs_fork
from tests.isolation.pdf_writing import file_of, flate
from tests.isolation.test_inputs import harmless

pytestmark = needs_fork
TITLES = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "+SUM(1+1)*cmd",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\x1b[31mred\x1b[2J\x1b]0;title\x07",
    "\u202eevil\u202c and \u2066more\u2069",
    "\x9b31m one byte of it",
    "\x00null\x08back",
    "<img src=x onerror=alert(1)>",
    '" onmouseover=alert(1) x="',
    "\u200bhidden\ufeff",
)
WIDTHS = (60, 220, 70, 70, 80)
HEADINGS = ("Code", "Measure", "Target", "Actual", "Status")


def hostile_report() -> bytes:
    """A ruled table whose titles do harm; the characters are mapped one by one, so that any can be had."""
    letters = sorted({c for row in (*TITLES, *HEADINGS, "HX 0123456789.%", "Green Red") for c in row})
    code = {c: n + 1 for n, c in enumerate(letters)}
    maps = b"".join(b"<%02x> <%04x>\n" % (n, ord(c)) for c, n in code.items())
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n<00> <ff>\n"
        b"endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(code), maps)
    )
    font = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Hostile /FirstChar 0 /LastChar 255 /Widths [%s]"
        b" /ToUnicode 6 0 R >>" % (b"500 " * 256)
    )
    rows = [HEADINGS, *((f"HX {n}", t, "95.0%", "96.0%", "Green") for n, t in enumerate(TITLES, 1))]
    drawn = [b"0.5 w"]
    for index, row in enumerate(rows):
        top, left = 780 - 24 * index, 40
        for cell, width in zip(row, WIDTHS, strict=True):
            packed = b"".join(b"%02x" % code[c] for c in cell)
            drawn.append(b"%d %d %d 24 re S" % (left, top - 24, width))
            drawn.append(b"BT /F1 8 Tf %d %d Td <%s> Tj ET" % (left + 3, top - 16, packed))
            left += width
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 3 0 R >> >> >>"
    )
    return file_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            3: font,
            4: page,
            5: flate(b"\n".join(drawn)),
            6: flate(cmap),
        }
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("hostile") / "<b>=1+1 \x1b[5m.pdf"
    file.write_bytes(hostile_report())
    return file


def test_every_row_is_kept(report: Path) -> None:
    ended = belisha("extract", report)
    assert ended.code == 0, ended.err
    measures = json.loads(ended.text)["measures"]
    assert [m["code"] for m in measures] == [f"HX {n}" for n in range(1, len(TITLES) + 1)]
    titles = [m["title"] for m in measures]
    for n in (0, 1, 2, 3, 4, 9, 10):  # plain characters stay as they are
        assert titles[n] == TITLES[n]


def test_what_a_terminal_shows_is_harmless(report: Path) -> None:
    for command in ("extract", "audit"):
        ended = belisha(command, report, "--format", "table", "-v")
        assert ended.out
        assert harmless(ended.text)
        assert harmless(ended.err)


def test_json_on_a_terminal_is_harmless(report: Path) -> None:
    assert harmless(belisha("extract", report).text)


def test_no_cell_of_csv_is_a_formula(report: Path) -> None:
    ended = belisha("extract", report, "--format", "csv")
    table = list(csv.reader(io.StringIO(ended.text)))
    assert len(table) > len(TITLES)
    assert not [c for row in table for c in row if c[:1] in "=+@\t\r" and c]
    assert not [c for row in table for c in row if c.startswith("-") and not c[1:2].isdigit()]
    assert not [c for row in table for c in row if "-2+3" in c and c.startswith("-")]


def test_html_holds_no_markup_of_the_report(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    ended = belisha("audit", report, "--format", "html", "-o", out, "--all")
    assert ended.code in (0, 1), ended.err
    page = out.read_text("utf-8").lower()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert '" onmouseover=' not in page
    assert "<b>=1+1" not in page
    assert "\x1b" not in page
    assert "content-security-policy" in page
