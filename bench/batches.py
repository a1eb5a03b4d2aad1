"""A backfill of reports of 2 to 40 pages, 3 in 100 of the files broken: time, memory and what each report costs.

``python -m bench.batches --reports 1000``; the reports are those of ``fixtures.archive``. Two jobs are measured
beside one, turn and turn about, each into a new store. Give it a machine with two processors and nothing else
to do; on a busy one only the processor time of each report means anything. ``--nice -10`` (as root) takes the
processors from others meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REPORTS = 100
Rows = list[dict[str, Any]]


def rows(folder: Path, reports: int = REPORTS, rounds: int = 1) -> Rows:
    """The table of the bench."""
    from fixtures.archive import write

    truth = write(folder / "archive", reports)
    good = sum(not t["broken"] for t in truth.values())
    found: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    for number in range(rounds):
        for jobs, mine in found.items():
            store = folder / f"{number}-{jobs}.db"
            mine.append(_apart("backfill", folder / "archive", store, jobs))
    _check(folder, truth)
    table: Rows = []
    for jobs, runs in found.items():
        middle = {key: median(run[key] for run in runs) for key in runs[0]}
        table.append(
            {
                "what": f"{reports} files, {jobs} job{'s' if jobs > 1 else ''}",
                "seconds": middle["seconds"],
                "ms a report": 1000 * middle["workers"] / good,
                "writer ms": 1000 * middle["writer"] / good,
                "writer MB": middle["mb"],
                "x one job": median(run["seconds"] for run in found[1]) / middle["seconds"],
            }
        )
    history = _apart("history", folder / "archive", folder / "0-1.db", 1)
    size = (folder / "0-1.db").stat().st_size
    table.append(
        {
            "what": "history worked out anew",
            "ms a report": 1000 * history["writer"] / good,
            "writer MB": history["mb"],
        }
    )
    table.append({"what": "store", "kB a report": size / 1000 / good})
    return table


def _check(folder: Path, truth: dict[str, Any]) -> None:
    """No figure is worth anything if what was read is not right."""
    from tests.batch.stores import differences

    for store in folder.glob("*.db"):
        wrong = differences(store, folder / "archive", truth)
        if wrong:
            raise SystemExit(
                f"bench: {store.name}: {len(wrong)} files are not as drawn, {wrong[0]} among them"
            )


def _apart(what: str, inputs: Path, store: Path, jobs: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.batches", "--measure", what, str(inputs), str(store), str(jobs)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {what} failed\n{done.stderr}")
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measure(what: str, inputs: str, store: str, jobs: str) -> dict[str, float]:
    """In a process of its own: seconds by the clock, of this process and of its children, and peak memory."""
    from belisha.batch.backfill import Request, backfill
    from belisha.history.derived import refresh
    from belisha.history.settled import Settled
    from belisha.history.store import Store
    from belisha.talk import Talk

    start, own = time.monotonic(), time.process_time()
    if what == "backfill":
        backfill(Request([inputs], store, jobs=int(jobs)), Talk(loudness=-1))
    else:
        with Store.to_write(store) as opened:
            with opened.transaction() as c:
                c.execute("UPDATE organisation SET derived_from = ''")
            refresh(opened, Settled())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": time.monotonic() - start,
        "writer": time.process_time() - own,
        "workers": used.ru_utime + used.ru_stime,
        "mb": peak / (2**20 if sys.platform == "darwin" else 2**10),
    }


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.batches", description=__doc__)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--nice", type=int, default=0)
    parser.add_argument("--measure", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(*options.measure)))
        return 0
    os.nice(options.nice)
    from bench.__main__ import show

    with TemporaryDirectory(prefix="belisha-bench-") as folder:
        show(rows(Path(folder), options.reports, options.rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
