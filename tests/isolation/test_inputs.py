"""Inputs that are no report, or are named to do harm: a named outcome, at once, and nothing changed or left behind."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import pytest

from tests.belisha.running import belisha, one_line_of_trouble
from tests.isolation.at_hand import REPORT, needs_fork
from tests.isolation.pdf_writing import pages_file, stream, words

pytestmark = needs_fork
CONTROLS = [
    chr(n)
    for n in (*range(9), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]


def harmless(text: str) -> bool:
    """No character that a terminal obeys, but for line feeds."""
    return not any(c in text for c in CONTROLS)


def made(folder: Path) -> dict[str, str]:
    """Inputs in a folder by name, each with what is to be said of it."""
    files = {
        "empty.pdf": (b"", "the file is empty"),
        "page.pdf": (b"<!DOCTYPE html><title>Q2</title>", "not a PDF"),
        "zip.pdf": (b"PK\x03\x04" + bytes(100), "not a PDF"),
        "nothing.pdf": (bytes(5000), "not a PDF"),
        "head.pdf": (b"%PDF-1.7\n", "damaged"),
        "cut.pdf": (REPORT.read_bytes()[:3000], "damaged"),
        "new\nline.pdf": (b"x", "not a PDF"),
        "\x1b[31mred\x1b]0;title\x07.pdf": (b"x", "not a PDF"),
        "\u202efdp.exe": (b"x", "not a PDF"),
        "--output=elsewhere.pdf": (b"x", "not a PDF"),
        "a;rm -rf b $(id) `id`.pdf": (b"x", "not a PDF"),
        os.fsdecode(b"latin-\xe9.pdf"): (b"x", "not a PDF"),
    }
    said = {}
    for name, (data, words_said) in files.items():
        (folder / name).write_bytes(data)
        said[name] = words_said
    os.mkfifo(folder / "fifo.pdf")
    (folder / "folder.pdf").mkdir()
    (folder / "loop.pdf").symlink_to("loop.pdf")
    (folder / "gone.pdf").symlink_to("nowhere.pdf")
    (folder / "device.pdf").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "door.pdf"))
    return said | {
        "fifo.pdf": "not a regular file",
        "folder.pdf": "this is a folder",
        "loop.pdf": "no such file",
        "gone.pdf": "no such file",
        "device.pdf": "not a regular file",
        "door.pdf": "not a regular file",
        "n" * 300 + ".pdf": "",
        "missing.pdf": "no such file",
    }


def test_each_has_a_named_outcome_and_the_sum_is_right(tmp_path: Path) -> None:
    work, beside = tmp_path / "in", tmp_path / "beside"
    work.mkdir()
    beside.mkdir()
    said = made(work)
    before = {p.name for p in work.iterdir()}
    ended = belisha("extract", *[work / name for name in said], "-o", beside / "out.json", cwd=beside)
    assert ended.code == 4
    assert harmless(ended.err)
    assert len(ended.err.splitlines()) == len(said)
    assert "Traceback" not in ended.err
    for words_said in said.values():
        assert words_said in ended.err
    assert {p.name for p in work.iterdir()} == before
    assert list(beside.iterdir()) == []


def test_a_good_report_among_them_is_read_and_no_input_changes(tmp_path: Path) -> None:
    good = tmp_path / "good \x1b[2J\u202e.pdf"
    good.write_bytes(REPORT.read_bytes())
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    hashes = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in (good, bad)}
    out = tmp_path / "out.json"
    ended = belisha("audit", good, bad, "-o", out)
    assert ended.code == 3
    assert harmless(ended.err)
    assert hashes[good] in out.read_text("utf-8")
    assert {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in hashes} == hashes
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([good.name, bad.name, out.name])


@pytest.mark.parametrize("name", ["--version", "-", "@file", "~root.pdf", "https:x.pdf"])
def test_a_name_is_never_an_option_or_an_address(tmp_path: Path, name: str) -> None:
    """Given after ``--`` or with a folder, a name is a name."""
    (tmp_path / name).write_bytes(b"no PDF")
    ended = belisha("extract", "--", f"./{name}", cwd=tmp_path)
    one_line_of_trouble(ended, code=4, says=["this is not a PDF file"])


def test_nothing_in_a_file_is_done(tmp_path: Path) -> None:
    """Actions, scripts and links of a PDF are neither followed nor run; nothing is written."""
    trap = tmp_path / "trap"
    actions = (
        b"<< /S /JavaScript /JS (app.launchURL\\('file://%s'\\)) >>" % os.fsencode(trap),
        b"<< /S /Launch /F (/bin/touch) /Win << /F (touch) /P (%s) >> >>" % os.fsencode(trap),
        b"<< /S /URI /URI (http://127.0.0.1:1/x) >>",
        b"<< /S /SubmitForm /F (http://127.0.0.1:1/x) >>",
    )
    for number, action in enumerate(actions):
        data = pages_file([stream(words("Some words", "of a page"))], {4: action}, page=b"/AA << /O 4 0 R >>")
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(data.replace(b"/Pages 2 0 R", b"/Pages 2 0 R /OpenAction 4 0 R", 1))
    ended = belisha("extract", *sorted(tmp_path.glob("*.pdf")), "-o", tmp_path / "o.json", cwd=tmp_path)
    assert ended.code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0.pdf", "1.pdf", "2.pdf", "3.pdf", "o.json"]


def test_the_environment_of_other_readers_has_no_say(tmp_path: Path) -> None:
    """pdfminer.six used to load a pickle from a path that a file or CMAP_PATH names."""
    planted = tmp_path / "Evil.pickle.gz"
    planted.write_bytes(b"not even a pickle")
    font = b"/Encoding /" + os.fsencode(str(tmp_path / "Evil")).replace(b"/", b"#2F")
    head = b"<< /Type /Font /Subtype /Type0 /BaseFont /X " + font
    kid = b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>] >>"
    file = tmp_path / "r.pdf"
    file.write_bytes(pages_file([stream(words("Words"))], {3: head + kid}))
    ended = belisha("extract", file, env={"CMAP_PATH": str(tmp_path)})
    assert ended.code in (0, 4)
    assert "Traceback" not in ended.err
