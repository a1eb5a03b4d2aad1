"""A file is the old one or the new one; what cannot be written is said early and in one line."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from belisha.output import OutputError, check_target, is_stdout, write_file, write_stream
from extract.errors import Exit

NOT_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights do not bind the superuser"
)
UNIX = pytest.mark.skipif(os.name == "nt", reason="devices and links as on Unix")


def test_a_new_file_is_written_whole_with_nothing_beside_it(tmp_path: Path) -> None:
    write_file(str(tmp_path / "out.json"), b"{}")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("out.json", b"{}")]


@UNIX
def test_an_old_file_keeps_its_mode(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_bytes(b"old")
    out.chmod(0o640)
    write_file(str(out), b"new")
    assert out.read_bytes() == b"new"
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


@UNIX
def test_a_new_file_has_the_mode_that_the_user_wants(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_file(str(tmp_path / "out"), b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o640


@UNIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_file(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@UNIX
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(os.devnull, b"data")
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_said() -> None:
    with pytest.raises(OutputError, match="no space left"):
        write_file("/dev/full", b"x" * 100_000)
    with pytest.raises(OutputError, match="no space left"), Path("/dev/full").open("wb") as full:
        write_stream(full, b"x" * 100_000)


def test_if_the_new_file_cannot_take_the_name_the_old_one_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out.json"
    folder.mkdir()
    (folder / "kept").write_bytes(b"kept")
    with pytest.raises(OutputError):
        write_file(str(folder), b"new")
    assert (folder / "kept").read_bytes() == b"kept"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


@NOT_ROOT
def test_a_file_that_is_write_protected_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"old")
    out.chmod(0o400)
    with pytest.raises(OutputError, match="permission denied"):
        write_file(str(out), b"new")
    assert out.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "empty"),
        (".", "folder"),
        ("no/such/folder/out.json", "folder does not exist"),
        ("in.pdf", "input"),
        ("bad\0name", "cannot be written"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.pdf").write_bytes(b"%PDF-")
    with pytest.raises(OutputError, match=says) as caught:
        check_target(name, ["in.pdf"])
    assert caught.value.exit_code == Exit.USAGE
    assert [p.name for p in tmp_path.iterdir()] == ["in.pdf"]


@UNIX
def test_an_input_is_known_under_another_name(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(b"%PDF-")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "in.pdf")
    os.link(tmp_path / "in.pdf", tmp_path / "hard.pdf")
    for name in ("link.pdf", "hard.pdf"):
        with pytest.raises(OutputError, match="input"):
            check_target(str(tmp_path / name), [str(tmp_path / "in.pdf")])


@UNIX
def test_a_reader_that_has_gone_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        write_stream(pipe, b"x" * 100_000)


def test_a_closed_standard_output_is_said() -> None:
    with pytest.raises(OutputError, match="closed"):
        write_stream(None, b"x")
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(OutputError):
        write_stream(closed, b"x")


def test_names_of_standard_output() -> None:
    assert is_stdout(None)
    assert is_stdout("-")
    assert is_stdout("/dev/stdout")
    assert not is_stdout("out.json")
