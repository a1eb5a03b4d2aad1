"""``make bench``: Belisha beside its peers and the floor, each in fresh processes, rounds interleaved.

The floor: PDFium gives the text of every page and the bounds of every path object. Start-up (imports, word
lists, patterns) is done before the clock starts, by reading another report. Only ratios carry over from one
machine to another. BELISHA_BENCH_REPORT names another report. Peers are installed under .bench/ by pip.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import tasks

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_REPORT = ROOT / "fixtures" / "derby_layout" / "report.pdf"
ROUNDS = 7
DIGITS = {"s": 2, "x one job": 2, "s of processors": 2}  # behind the point; others have one
SECTIONS = ("peers", "stages", "starts", "pages", "long", "jobs", "scans", "batches")


def main() -> int:
    """Run and print. Returns 0, or 2 if the report is not there."""
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--only", choices=SECTIONS, action="append", help="sections to run; all by default")
    options.add_argument("--json", action="store_true", help="print one JSON object")
    chosen = options.parse_args()
    report = Path(os.environ.get("BELISHA_BENCH_REPORT") or DEFAULT_REPORT).resolve()
    if not report.is_file():
        print(f"bench: {report}: no such file; set BELISHA_BENCH_REPORT to a report", file=sys.stderr)
        return 2
    with TemporaryDirectory(prog_prefix()) as folder:
        bench = tasks.Bench(report, Path(folder), chosen.rounds)
        figures = {name: getattr(bench, name)() for name in chosen.only or SECTIONS}
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return 0
    print(f"{report.name}, median of {chosen.rounds} interleaved rounds in fresh processes, processor time")
    for name, rows in figures.items():
        print(f"\n{tasks.TITLES[name]}")
        show(rows)
    return 0


def prog_prefix() -> str:
    return "belisha-bench-"


def show(rows: list[dict[str, Any]]) -> None:
    """Aligned columns: a label, then every figure by its heading."""
    headings = list(dict.fromkeys(key for row in rows for key in row if key != "what"))
    print("  " + " " * 34 + "".join(f"{heading:>16}" for heading in headings))
    for row in rows:
        cells = (f"{row[h]:16.{DIGITS.get(h, 1)}f}" if h in row else " " * 16 for h in headings)
        print(f"  {row['what']:<34}" + "".join(cells))


if __name__ == "__main__":
    sys.exit(main())
