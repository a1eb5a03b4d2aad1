"""Formats that need care with files: LibreOffice opens the workbook, Excel's mark, missing extras, terminals."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from belisha.original import Original
from belisha.render import render_reports
from tests.belisha.records_at_hand import small_report
from tests.belisha.running import REPORT, belisha, one_line_of_trouble, python

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: apt-get install libreoffice-calc")
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    assert OFFICE is not None
    book = tmp_path / "small.xlsx"
    data = render_reports([small_report()], "xlsx", several=False, look=(80, False))
    assert isinstance(data, bytes)
    book.write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    done = subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(book)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "small.csv").read_text(encoding="utf-8")
    assert "Repairs done on time" in text
    assert "=HYPERLINK(1)" in text, "shown as text, not worked out"


def test_excels_mark_comes_only_when_it_is_asked_for() -> None:
    assert belisha("extract", REPORT, "--format", "csv").out[:3] != b"\xef\xbb\xbf"
    assert belisha("extract", REPORT, "--format", "csv", "--excel-csv").out[:3] == b"\xef\xbb\xbf"


def test_a_missing_package_is_named_with_the_extra_that_brings_it(tmp_path: Path) -> None:
    hidden = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from belisha.__main__ import run\n"
        f"sys.exit(run(['extract', {str(REPORT)!r}, '-o', {str(tmp_path / 'x.parquet')!r}]))"
    )
    ended = python("-c", hidden)
    one_line_of_trouble(ended, code=2, says=["pyarrow", "pip install 'belisha[parquet]'"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["xlsx", "html", "zip"])
def test_the_ending_of_the_output_names_the_format(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"out.{ending}"
    ended = belisha("audit", REPORT, "-o", target)
    assert ended.code == 1, ended.err
    start = target.read_bytes()[:15].lower()
    assert start.startswith(b"<!doctype html>" if ending == "html" else b"pk")


def test_html_is_for_audits() -> None:
    one_line_of_trouble(belisha("extract", REPORT, "--format", "html"), code=2, says=["html"])


@pytest.mark.parametrize(
    "name", ["javascript:alert(1).pdf", "data:x.pdf", "//host/x.pdf", "a b#c?.pdf", "ü%20.pdf"]
)
def test_no_file_name_becomes_a_scheme(name: str, tmp_path: Path) -> None:
    link = Original(path=str(tmp_path / name)).link(str(tmp_path / "out.xlsx"))
    assert link is not None
    assert link.startswith(("./", "../"))
    assert not set(link) & set("#? :\"'<>")


def test_there_is_no_link_without_a_file() -> None:
    assert Original().link(None) is None
    assert Original(path=str(Path(sys.executable))).link(str(Path(sys.executable).parent / "x.xlsx"))
