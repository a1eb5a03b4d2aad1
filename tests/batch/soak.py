"""The long tests of batches: ``python -m tests.batch.soak FOLDER [--kills 200]``.

FOLDER holds PDFs, good and broken. One run is left undisturbed; another is killed so many times at random
moments, and gone on with; two run at once. All must hold the same, and every store must be sound.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from random import Random

from tests.batch.stores import belisha, content, is_sound, kill_when, lines_done, start


def main() -> int:
    """Run all and print one line for each; the exit code is the number of those that failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.batch.soak", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        whole = Path(room, "whole.db")
        started = time.monotonic()
        ended = belisha("backfill", options.folder, "--store", whole, "--jobs", str(options.jobs))
        print(f"undisturbed: exit {ended.code}, {time.monotonic() - started:.0f} s")
        print(ended.text.split("\n\n")[0])
        expected = content(whole)
        failed = [
            not _killed(options.folder, Path(room), expected, options.kills, options.jobs),
            not _two_at_once(options.folder, Path(room), expected),
        ]
    return sum(failed)


def _killed(folder: Path, room: Path, expected: object, kills: int, jobs: int) -> bool:
    """Kill runs on one store after another, each a little further on, until so many have been killed."""
    rng = Random(7)  # noqa: S311 - moments
    done = wrong = rounds = 0
    while done < kills:
        store = room / f"killed-{rounds}.db"
        rounds += 1
        while done < kills:
            before = lines_done(store)
            run = start("backfill", folder, "--store", store, "--jobs", str(jobs))
            more, moment = rng.randrange(6), time.monotonic() + rng.random() * 8
            kill_when(run, partial(_far_enough, store, before + more, moment))
            if run.returncode != -9:
                break
            done += 1
        belisha("backfill", folder, "--store", store, "--jobs", str(jobs))
        wrong += content(store) != expected or not is_sound(store)
    print(f"killed: {done} times over {rounds} stores, {wrong} stores differ or are unsound")
    return not wrong


def _far_enough(store: Path, lines: int, moment: float) -> bool:
    return lines_done(store) > lines or time.monotonic() > moment


def _two_at_once(folder: Path, room: Path, expected: object) -> bool:
    store = room / "two.db"
    runs = [start("backfill", folder, "--store", store, "--jobs", "1") for _ in range(2)]
    said = [run.communicate()[1].decode() for run in runs]
    good = content(store) == expected and is_sound(store)
    quiet = not any("lock" in text or "Traceback" in text or "in use" in text for text in said)
    print(f"two at once: exit {[run.returncode for run in runs]}, same content {good}, no lock error {quiet}")
    return good and quiet


if __name__ == "__main__":
    sys.exit(main())
