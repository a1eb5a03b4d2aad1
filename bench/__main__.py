"""``make bench``: three ratios, each of medians over interleaved fresh processes.

Reading: ``belisha.read`` on one report against the floor, for which PDFium gives the text of every page
and the bounds of every path object. Start-up (imports, word lists, patterns) is
done before the clock starts, by reading another report.
Starting: ``belisha --help`` against ``import click``, as whole processes.
Pages: ``belisha audit --format html`` against ``--format json``, as whole processes.
Only the ratios carry over from one machine to another. BELISHA_BENCH_REPORT names another report.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_REPORT = ROOT / "fixtures" / "derby_layout" / "report.pdf"
ROUNDS = 7


def main() -> int:
    """Run and print. Returns 0, or 2 if the report is not there."""
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = options.parse_args()
    report = Path(os.environ.get("BELISHA_BENCH_REPORT") or DEFAULT_REPORT).resolve()
    if not report.is_file():
        print(f"bench: {report}: no such file; set BELISHA_BENCH_REPORT to a report", file=sys.stderr)
        return 2
    figures = {
        **reading(report, chosen.rounds),
        **starting(chosen.rounds),
        **pages(report, chosen.rounds),
    }
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return 0
    print(f"{report.name}, median of {chosen.rounds} interleaved rounds in fresh processes, processor time")
    print(f"  floor            {figures['floor_ms']:9.1f} ms")
    print(f"  belisha.read     {figures['read_ms']:9.1f} ms   {figures['read_to_floor']:5.1f} x floor")
    print(f"  import click     {figures['click_ms']:9.1f} ms")
    print(f"  belisha --help   {figures['help_ms']:9.1f} ms   {figures['help_to_click']:5.1f} x import click")
    print(f"  audit to json    {figures['json_ms']:9.1f} ms")
    print(f"  audit to html    {figures['html_ms']:9.1f} ms   {figures['html_to_json']:5.1f} x json")
    return 0


def reading(report: Path, rounds: int) -> dict[str, float]:
    """Milliseconds of the floor and of ``belisha.read`` on the report, and their ratio."""
    modules = _clocked("modules", report, "")
    floor, read = _interleaved(
        rounds,
        lambda: float(_clocked("floor", report, "")),
        lambda: float(_clocked("read", report, modules)),
    )
    return {"floor_ms": floor, "read_ms": read, "read_to_floor": read / floor}


def starting(rounds: int) -> dict[str, float]:
    """Milliseconds of whole processes: ``import click`` and ``belisha --help``, and their ratio."""
    click, helped = _interleaved(
        rounds,
        lambda: _whole_process(["-c", "import click"]),
        lambda: _whole_process(["-m", "belisha", "--help"]),
    )
    return {"click_ms": click, "help_ms": helped, "help_to_click": helped / click if click else 0.0}


def pages(report: Path, rounds: int) -> dict[str, float]:
    """Milliseconds of whole processes: an audit written as JSON and as an HTML page, and their ratio."""

    def audit(kind: str) -> float:
        command = ["-m", "belisha", "audit", str(report), "--format", kind, "--quiet", "--fail-on", "never"]
        return _whole_process(command)

    json_ms, html_ms = _interleaved(rounds, lambda: audit("json"), lambda: audit("html"))
    return {"json_ms": json_ms, "html_ms": html_ms, "html_to_json": html_ms / json_ms if json_ms else 0.0}


def _interleaved(rounds: int, one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """Medians of both; turn and turn about, so that a change of the machine's pace meets both alike."""
    pairs = [(one(), other()) for _ in range(rounds)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def _clocked(what: str, report: Path, modules: str) -> str:
    command = [sys.executable, "-m", "bench.clocked", what, str(report)]
    done = subprocess.run(command, cwd=ROOT, input=modules, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {what} failed\n{done.stderr}")
    return done.stdout.strip()


def _whole_process(arguments: list[str]) -> float:
    before = _children()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return (_children() - before) * 1000


def _children() -> float:
    """Seconds of processor time of all children that have ended."""
    if sys.platform == "win32":
        return 0.0  # not counted there: ratios are left to other systems
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
