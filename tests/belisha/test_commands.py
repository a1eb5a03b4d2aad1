"""The commands as people run them: results, exit codes, and every kind of bad input in one line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import click
import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from belisha.__main__ import run
from belisha.cli import COMMANDS, cli
from normalise.records import Improvement, Measure, Report
from tests.belisha.running import REPORT, ROOT, belisha, environment, hear_ctrl_c, one_line_of_trouble

pytestmark = pytest.mark.filterwarnings("ignore")
UNIX = pytest.mark.skipif(os.name == "nt", reason="signals, pipes and devices as on Unix")


def pdf(*words: str, password: str | None = None) -> bytes:
    """A PDF of one page with these lines, or of one empty page."""
    out = BytesIO()
    lock = pdfencrypt.StandardEncryption(password, canPrint=1) if password else None
    canvas = Canvas(out, encrypt=lock)
    for n, line in enumerate(words):
        canvas.drawString(72, 720 - 20 * n, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


MINUTES = pdf("Minutes of the meeting", "Members asked why so many measures were red.")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_extract_writes_the_contract() -> None:
    ended = belisha("extract", REPORT)
    assert ended.code == 0, ended.err
    report = Report.from_json(ended.text)
    assert report.source.file == "report.pdf"
    assert report.measures
    assert report.findings == ()


def test_audit_ends_with_1_for_an_accusation_and_not_if_it_should_never() -> None:
    ended = belisha("audit", REPORT)
    assert ended.code == 1, ended.err
    found = Report.from_json(ended.text).findings
    assert "contradicted" in {finding.verdict for finding in found}
    assert belisha("audit", REPORT, "--fail-on", "never").code == 0
    assert belisha("audit", REPORT, env={"BELISHA_AUDIT_FAIL_ON": "never"}).code == 0


def test_select_and_ignore_choose_kinds_and_a_misspelt_one_is_said() -> None:
    chosen = Report.from_json(belisha("audit", REPORT, "--select", "scheme-gap").text)
    assert {finding.kind for finding in chosen.findings} == {"scheme-gap"}
    dropped = Report.from_json(belisha("audit", REPORT, "--ignore", "scheme-gap").text)
    assert "scheme-gap" not in {finding.kind for finding in dropped.findings}
    one_line_of_trouble(belisha("audit", REPORT, "--select", "scheme-gaps"), code=2, says=["scheme-gaps"])


def test_all_lists_every_status(capsys: pytest.CaptureFixture[str]) -> None:
    run(["audit", str(REPORT), "--format", "json", "--all"])
    report = Report.from_json(capsys.readouterr().out)
    rows: list[Measure | Improvement] = [*report.measures, *report.improvements]
    printed = sum(row.status is not None for row in rows) + sum(
        row.forecast_status is not None for row in rows
    )
    judged = [f for f in report.findings if f.kind in {"status-checked", "status-contradicted"}]
    assert len(judged) == printed
    assert any(f.verdict == "supported" and f.arithmetic for f in judged)


@pytest.mark.parametrize("command", ["extract", "audit"])
@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "table"])
def test_every_format_can_be_written(
    command: str, form: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert (
        run([command, str(REPORT), "--format", form, *(["--fail-on=never"] if command == "audit" else [])])
        == 0
    )
    out = capsysbinary.readouterr().out.decode("utf-8")
    assert out.endswith("\n")
    assert "\x1b" not in out


def test_standard_input() -> None:
    ended = belisha("extract", "-", stdin=REPORT.read_bytes())
    assert ended.code == 0
    assert Report.from_json(ended.text).source.file == "stdin"
    one_line_of_trouble(belisha("extract", "-"), code=4, says=["standard input", "empty"])
    one_line_of_trouble(belisha("extract", "-", "-"), code=2, says=["only once"])


def test_a_report_without_tables_is_read(here: Path) -> None:
    (here / "minutes.pdf").write_bytes(MINUTES)
    for command in ("extract", "audit"):
        ended = belisha(command, "minutes.pdf", cwd=here)
        assert ended.code == 0
        assert Report.from_json(ended.text).measures == ()
        assert "no performance table" in ended.err
        assert len(ended.err.splitlines()) == 1
    assert belisha("extract", "-q", "minutes.pdf", cwd=here).err == ""


BAD_INPUTS: dict[str, tuple[bytes | None, str]] = {
    "missing.pdf": (None, "no such file"),
    "empty.pdf": (b"", "empty"),
    "text.pdf": (b"this is text\n", "not a PDF"),
    "page.pdf": (b"<!DOCTYPE html><html><body>404</body></html>", "not a PDF"),
    "broken.pdf": (b"%PDF-1.7\nnothing of use\n%%EOF\n", "damaged"),
    "cut.pdf": (MINUTES[: len(MINUTES) // 3], ""),
    "locked.pdf": (pdf("Secret", password="open sesame"), "--password"),  # noqa: S106 - of a file made here
    "scan.pdf": (pdf(), "no page has text"),
    "new\nline\x1b[31m.pdf": (b"", "new line\\x1b[31m.pdf"),
}


@pytest.mark.parametrize("command", ["extract", "audit"])
@pytest.mark.parametrize("name", BAD_INPUTS)
def test_bad_input_is_one_line_and_code_4(here: Path, name: str, command: str) -> None:
    data, says = BAD_INPUTS[name]
    if data is not None:
        (here / name).write_bytes(data)
    ended = belisha(command, name, "-o", "out.json", cwd=here)
    shown = " ".join(name.split()) if "\x1b" not in name else ""
    one_line_of_trouble(ended, code=4, says=[shown, says])
    assert not (here / "out.json").exists()


def test_a_folder_is_no_report(here: Path) -> None:
    one_line_of_trouble(belisha("extract", ".", cwd=here), code=4, says=["folder"])


@UNIX
def test_a_pipe_without_a_writer_does_not_block(here: Path) -> None:
    os.mkfifo(here / "pipe.pdf")
    one_line_of_trouble(belisha("extract", "pipe.pdf", cwd=here), code=4, says=["pipe.pdf"])


def test_a_password_opens_a_locked_report(here: Path) -> None:
    (here / "locked.pdf").write_bytes(BAD_INPUTS["locked.pdf"][0] or b"")
    assert belisha("extract", "locked.pdf", "--password", "open sesame", cwd=here).code == 0
    assert (
        belisha("extract", "locked.pdf", cwd=here, env={"BELISHA_EXTRACT_PASSWORD": "open sesame"}).code == 0
    )
    wrong = belisha("extract", "locked.pdf", "--password", "sesame", cwd=here)
    one_line_of_trouble(wrong, code=4, says=["password"])
    assert "sesame" not in wrong.err


def test_some_of_several_unreadable_is_3_and_the_rest_is_written(here: Path) -> None:
    (here / "minutes.pdf").write_bytes(MINUTES)
    ended = belisha("extract", "none.pdf", "minutes.pdf", "-o", "out.json", "-q", cwd=here)
    assert ended.code == 3
    assert ended.err.startswith("belisha: none.pdf: ")
    written = json.loads((here / "out.json").read_text(encoding="utf-8"))
    assert [report["source"]["file"] for report in written] == ["minutes.pdf"]


def test_unread_inputs_outrank_findings_and_none_readable_is_4(here: Path) -> None:
    assert belisha("audit", "none.pdf", REPORT, cwd=here).code == 3
    ended = belisha("audit", "none.pdf", "nor.pdf", "-o", "out.json", cwd=here)
    assert ended.code == 4
    assert len(ended.err.splitlines()) == 2
    assert not (here / "out.json").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", ""],
        ["extract", "x.pdf", "--pages", "x"],
        ["extract", "x.pdf", "--pages", "4–9"],
        ["extract", "x.pdf", "--format", "docx"],
        ["extract", "x.pdf", "--ocr", "sometimes"],
        ["extract", "x.pdf", "-o", "no/such/folder/out.json"],
        ["extract", "x.pdf", "-o", "out.docx"],
        ["extract", "x.pdf", "--no-such-option"],
        ["audit", "x.pdf", "--fail-on", "sometimes"],
        ["no-such-command"],
    ],
)
def test_wrong_use_is_one_line_and_code_2(here: Path, arguments: list[str]) -> None:
    one_line_of_trouble(belisha(*arguments, cwd=here), code=2, says=[])


def test_every_option_has_its_environment_variable() -> None:
    """The name that click makes of an option is the one that people type."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for option in command.params:
            if isinstance(option, click.Option) and option.allow_from_autoenv:
                longest = max(option.opts, key=len)
                assert option.name == longest.lstrip("-").replace("-", "_")


def test_the_environment_is_heard_and_the_command_line_wins() -> None:
    env = {"BELISHA_EXTRACT_FORMAT": "csv", "BELISHA_VERSION": "7.1"}
    assert belisha("extract", REPORT, env=env).text.startswith("organisation,")
    assert belisha("extract", REPORT, "--format", "json", env=env).text.startswith("{")
    one_line_of_trouble(
        belisha("extract", "x.pdf", env={"BELISHA_EXTRACT_FORMAT": "docx"}), code=2, says=["docx"]
    )


@pytest.mark.skipif(sys.platform != "linux", reason="file names that are no text, as on Linux")
def test_a_file_name_that_is_no_text(here: Path) -> None:
    name = os.fsdecode(b"caf\xe9.pdf")
    (here / name).write_bytes(MINUTES)
    for form in ("json", "jsonl", "table"):
        ended = belisha("extract", "--format", form, name, cwd=here)
        assert ended.code == 0, ended.err
        assert "caf\ufffd.pdf" in ended.text or "caf\\udce9.pdf" in ended.text


@UNIX
def test_on_a_terminal_an_audit_is_a_table_in_colour_unless_told_otherwise(here: Path) -> None:
    colourful, code = on_a_terminal("audit", str(REPORT))
    assert code == 1
    assert "\x1b[1;31mCONTRADICTED" in colourful
    for plain, _ in (
        on_a_terminal("audit", str(REPORT), "--no-color"),
        on_a_terminal("audit", str(REPORT), env={"NO_COLOR": "1"}),
        on_a_terminal("audit", str(REPORT), env={"TERM": "dumb"}),
    ):
        assert "CONTRADICTED" in plain
        assert "\x1b" not in plain
    assert on_a_terminal("audit", str(REPORT), "--format", "json", "-q")[0].startswith("{")


def on_a_terminal(*arguments: str, env: Mapping[str, str] | None = None) -> tuple[str, int]:
    """What a terminal shows, and the exit code."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "belisha", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment({"TERM": "xterm", **(env or {})}),
        cwd=REPORT.parent,
    )
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # how Linux says that the other side has closed
        while piece := os.read(ours, 65536):
            shown += piece
    os.close(ours)
    return shown.decode("utf-8"), process.wait()


def test_standard_input_from_a_terminal_is_wrong_use() -> None:
    if os.name == "nt":
        pytest.skip("terminals as on Unix")
    assert on_a_terminal("extract", "-")[1] == 2


def test_no_command_shows_help_and_is_wrong_use() -> None:
    ended = belisha()
    assert (ended.code, ended.out) == (2, b"")
    assert "Commands:" in ended.err


def test_pages_outside_the_report_are_wrong_use() -> None:
    one_line_of_trouble(belisha("extract", REPORT, "--pages", "900-"), code=2, says=["report.pdf", "900-"])


def test_the_input_is_never_overwritten(here: Path) -> None:
    (here / "minutes.pdf").write_bytes(MINUTES)
    ended = belisha("extract", "minutes.pdf", "--format", "json", "-o", "./minutes.pdf", cwd=here)
    one_line_of_trouble(ended, code=2, says=["input"])
    assert (here / "minutes.pdf").read_bytes() == MINUTES


def test_the_ending_of_o_names_the_format(here: Path) -> None:
    belisha("extract", REPORT, "-o", "out.csv", cwd=here)
    assert (here / "out.csv").read_text(encoding="utf-8").startswith("organisation,report,period")
    belisha("extract", REPORT, "-o", "out.jsonl", cwd=here)
    assert (here / "out.jsonl").read_text(encoding="utf-8").startswith('{"record": "report"')


@UNIX
def test_dev_stdout_is_standard_output() -> None:
    assert belisha("schema", "-o", "/dev/stdout").text == belisha("schema").text


def test_messages_as_json_are_one_object_a_line(here: Path) -> None:
    ended = belisha("--log-json", "extract", "none.pdf", cwd=here)
    record = json.loads(ended.err)
    assert record["level"] == "error"
    assert record["exit_code"] == ended.code == 4
    assert record["file"] == "none.pdf"
    assert json.loads(belisha("extract", "--log-json", "--pages", "x", "n.pdf").err)["exit_code"] == 2


def test_tracebacks_only_with_debug(here: Path) -> None:
    assert "Traceback" not in belisha("extract", "none.pdf", cwd=here).err
    told = belisha("extract", "none.pdf", "--debug", cwd=here)
    assert "Traceback" in told.err
    assert told.err.splitlines()[-1].startswith("belisha: none.pdf: no such file")


def test_verbose_says_what_is_being_done(here: Path) -> None:
    (here / "minutes.pdf").write_bytes(MINUTES)
    assert "reading" in belisha("extract", "-v", "minutes.pdf", cwd=here).err


@UNIX
@pytest.mark.parametrize("arguments", [["extract", str(REPORT), "-q"], ["--help"], ["schema"], ["doctor"]])
def test_a_full_disk_behind_standard_output_is_one_line_and_code_2(arguments: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "belisha", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment({}),
            cwd=REPORT.parent,
        )
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("belisha: standard output: cannot be written (no space left on device); ")


@UNIX
@pytest.mark.parametrize(("command", "code"), [("extract", 0), ("audit", 1)])
def test_a_reader_that_goes_away_is_quiet_and_changes_no_code(command: str, code: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "belisha", command, str(REPORT), "-q"],
            stdout=writing,
            stderr=subprocess.PIPE,
            env=environment({}),
            cwd=REPORT.parent,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (code, b"")


@UNIX
def test_a_closed_standard_output_is_one_line() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m belisha schema >&-'],
        capture_output=True,
        env=environment({}),
        cwd=REPORT.parent,
    )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("belisha: standard output is closed")


@UNIX
def test_ctrl_c_is_130_and_writes_nothing(here: Path) -> None:
    hear_ctrl_c()
    # waiting for standard input is a moment that surely comes
    process = subprocess.Popen(
        [sys.executable, "-m", "belisha", "-v", "extract", "-", "-o", "out.json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment({}),
        cwd=here,
    )
    assert process.stderr is not None
    assert b"reading" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"belisha: stopped\n")
    assert list(here.iterdir()) == []


def test_demo_shows_arithmetic_and_writes_the_records(here: Path) -> None:
    ended = belisha("demo", cwd=here)
    assert ended.code == 0, ended.err
    assert "arithmetic:" in ended.text
    report = Report.from_json((here / "belisha-demo.json").read_text(encoding="utf-8"))
    assert report.measures
    assert report.findings


def test_demo_works_from_a_wheel_far_from_the_source(here: Path) -> None:
    """The wheel is unpacked and runs with nothing of the source tree on the path."""
    import zipfile

    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(here / "dist")],
        cwd=ROOT,
        capture_output=True,
    )
    if b"No module named" in built.stderr:
        pytest.skip("hatchling is not installed; `make test` installs it")
    assert built.returncode == 0, built.stderr.decode()
    (wheel,) = (here / "dist").iterdir()
    zipfile.ZipFile(wheel).extractall(here / "site")
    (here / "work").mkdir()
    ended = belisha("demo", cwd=here / "work", env={"PYTHONPATH": str(here / "site")})
    assert ended.code == 0, ended.err
    assert (here / "work" / "belisha-demo.json").exists()
    assert str(here / "site") in ended.err
