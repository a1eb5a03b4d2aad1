"""What ``--jobs`` saves on one large report: seconds on the clock, and of all processors together, whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench import documents

ROOT = Path(__file__).resolve().parent.parent


def rows(report: Path, folder: Path, rounds: int, spent: Callable[[], float]) -> list[dict[str, Any]]:
    """For each document, one job and as many as there are processors, turn and turn about.

    ``spent``: seconds of processor time of all children so far. Stops the bench where two results differ.
    """
    long, pages = folder / "long.pdf", documents.table_pages(report)
    made = {
        f"pack of {documents.PACK_PAGES} pages": documents.agenda_pack(report, folder / "jobs-pack.pdf"),
        f"{documents.LONG_PAGES} table pages": documents.repeated(report, pages, documents.LONG_PAGES, long),
    }
    jobs = (1, max(2, os.cpu_count() or 2))
    found: list[dict[str, Any]] = []
    for what, path in made.items():
        clock: dict[int, list[float]] = {n: [] for n in jobs}
        processors: dict[int, list[float]] = {n: [] for n in jobs}
        for _ in range(rounds):
            results = set()
            for n in jobs:
                before, since = spent(), time.perf_counter()
                results.add(_extracted(path, n))
                clock[n].append(time.perf_counter() - since)
                processors[n].append(spent() - before)
            if len(results) > 1:
                raise SystemExit(f"bench: {what}: another result with {jobs[-1]} jobs than with one")
        for n in jobs:
            seconds = median(clock[n])
            found.append(
                {
                    "what": f"{what}, {n} job{'s' if n > 1 else ''}",
                    "s": seconds,
                    "x one job": seconds / median(clock[1]),
                    "s of processors": median(processors[n]),
                }
            )
    return found


def _extracted(report: Path, jobs: int) -> bytes:
    command = [sys.executable, "-m", "belisha", "extract", str(report), "--quiet", "--jobs", str(jobs)]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
