"""Running the program as people do: a process of its own, its output and its exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
REPORT = ROOT / "fixtures" / "derby_layout" / "report.pdf"


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def belisha(
    *arguments: str | Path,
    cwd: Path | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> Ended:
    """Run ``python -m belisha`` with these arguments."""
    return python("-m", "belisha", *map(str, arguments), cwd=cwd, stdin=stdin, env=env)


def python(
    *arguments: str, cwd: Path | None = None, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> Ended:
    """Run Python with this source tree on its path."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd or HERE,
        input=stdin,
        capture_output=True,
        env=environment(env or {}),
    )
    return Ended(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without what would change the program, with the tree on the path."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("BELISHA") and k != "NO_COLOR"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **more}


def hear_ctrl_c() -> None:
    """Let programs that are started from here hear Ctrl-C: a test run in the background hands on that it is ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def one_line_of_trouble(ended: Ended, *, code: int, says: Sequence[str]) -> None:
    """Assert: this exit code, nothing on standard output, one line that says all of this."""
    assert ended.code == code, ended.err
    assert ended.out == b""
    lines = ended.err.splitlines()
    assert len(lines) == 1, ended.err
    assert lines[0].startswith("belisha: ")
    for words in says:
        assert words in lines[0]
