"""The sections of the bench: what is run, how often, and which ratios are made of it."""

from __future__ import annotations

import compileall
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from bench import batches, documents, jobs, peers, scans

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("belisha", "extract", "normalise", "validate")
Rows = list[dict[str, Any]]

TITLES = {
    "peers": "Reading one report: milliseconds, ratio to the floor, peak memory",
    "stages": "Where Belisha's time goes",
    "starts": "Whole processes, start-up included",
    "pages": "Audit of the report as JSON and as an HTML page, whole processes",
    "long": "Long documents",
    "jobs": "One large report read by several processes: seconds on the clock, start and output included",
    "scans": "Scans: processor seconds a page once the engine is loaded, and to load it",
    "batches": "A backfill with one job and with two: python -m bench.batches --reports 1000 for more",
}


class Bench:
    """Measurements on one report; scratch files go into ``folder``."""

    def __init__(self, report: Path, folder: Path, rounds: int) -> None:
        self.report, self.folder, self.rounds = report, folder, rounds
        self._modules = ""
        self.small = folder / "small.pdf"
        self.small.write_bytes(_one_page())
        self.made_up = folder / "made-up.pdf"
        self.made_up.write_bytes(_made_up())

    def peers(self) -> Rows:
        """Belisha and others on the report, as multiples of the floor."""
        runs: dict[str, Callable[[], tuple[float, float]]] = {
            "floor": lambda: self._clocked("floor", self.report),
            "belisha read": lambda: self._clocked("read", self.report),
            "belisha read and audit": lambda: self._clocked("audit", self.report),
        }
        for name in peers.NEEDS:
            python = peers.environment(name)
            if python is not None:
                runs[peers.label(name)] = _peer(python, name, self.report, self.small)
        found = self._interleaved(runs)
        floor = found["floor"][0]
        return [
            {"what": name, "ms": ms, "x floor": ms / floor, "peak MB": mb} for name, (ms, mb) in found.items()
        ]

    def stages(self) -> Rows:
        """Milliseconds and share of each stage of reading and auditing."""
        rounds = [self._json("stages", self.report) for _ in range(self.rounds)]
        spent = {stage: median(r[stage] for r in rounds) for stage in rounds[0]}
        return [
            {"what": stage, "ms": ms, "per cent": 100 * ms / spent["whole"]} for stage, ms in spent.items()
        ]

    def starts(self) -> Rows:
        """Cold starts as multiples of an import, of code that is compiled as it is where pip has installed it."""
        for package in PACKAGES:
            compileall.compile_dir(ROOT / package, quiet=1)
        found = self._interleaved(
            {
                "import click": _process(["-c", "import click"]),
                "belisha --help": _process(["-m", "belisha", "--help"]),
                "import pdfplumber": _process(["-c", "import pdfplumber"]),
                "belisha extract, one page": _process(
                    ["-m", "belisha", "extract", str(self.small), "--quiet"]
                ),
            }
        )
        return [
            {"what": name, "ms": ms, "x click": ms / found["import click"][0]}
            if name in ("import click", "belisha --help")
            else {"what": name, "ms": ms, "x pdfplumber": ms / found["import pdfplumber"][0]}
            for name, (ms, _) in found.items()
        ]

    def pages(self) -> Rows:
        """What the HTML page costs over the records."""

        def audit(kind: str) -> Callable[[], tuple[float, float]]:
            arguments = ["audit", str(self.report), "--format", kind, "--quiet", "--fail-on", "never"]
            return _process(["-m", "belisha", *arguments])

        found = self._interleaved({kind: audit(kind) for kind in ("json", "html")})
        json_ms = found["json"][0]
        return [{"what": kind, "ms": ms, "x json": ms / json_ms} for kind, (ms, _) in found.items()]

    def long(self) -> Rows:
        """An agenda pack against its floor; many pages of tables by time and memory a page."""
        pack = documents.agenda_pack(self.report, self.folder / "pack.pdf")
        found = self._interleaved(
            {"floor": lambda: self._clocked("floor", pack), "read": lambda: self._clocked("audit", pack)}, 3
        )
        floor, (ms, mb) = found["floor"][0], found["read"]
        name = f"pack of {documents.PACK_PAGES} pages"
        rows: Rows = [
            {"what": f"{name}, floor", "ms a page": floor / documents.PACK_PAGES},
            {
                "what": f"{name}, read and audit",
                "ms a page": ms / documents.PACK_PAGES,
                "x floor": ms / floor,
                "peak MB": mb,
            },
        ]
        numbers = documents.table_pages(self.report)
        for count in (100, documents.LONG_PAGES):
            target = documents.repeated(self.report, numbers, count, self.folder / f"{count}.pdf")
            ms, mb = self._clocked("read", target)
            rows.append({"what": f"{count} table pages, read", "ms a page": ms / count, "peak MB": mb})
        return rows

    def jobs(self) -> Rows:
        """What it saves to spread the pages of one report over processes."""
        return jobs.rows(self.report, self.folder, min(self.rounds, 3), _children)

    def scans(self) -> Rows:
        """What character recognition costs, where the extra is installed."""
        return scans.rows(self.report, self.folder, self._clocked)

    def batches(self) -> Rows:
        """What a report costs in a backfill, and what a second job saves."""
        return batches.rows(self.folder / "batches", rounds=1)

    def _interleaved(
        self, runs: Mapping[str, Callable[[], tuple[float, float]]], rounds: int | None = None
    ) -> dict[str, tuple[float, float]]:
        """Medians of each; turn and turn about, so that a change of the machine's pace meets all alike."""
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
        for _ in range(rounds or self.rounds):
            for name, run in runs.items():
                found[name].append(run())
        return {n: (median(ms for ms, _ in f), median(mb for _, mb in f)) for n, f in found.items()}

    def _clocked(self, what: str, report: Path, before: Path | None = None) -> tuple[float, float]:
        """Milliseconds and megabytes of reading ``report``, with ``before`` read ahead of the clock."""
        measured = self._json(what, report, before)
        return measured["ms"], measured["mb"]

    def _json(self, what: str, report: Path, before: Path | None = None) -> dict[str, float]:
        if what != "floor" and not self._modules:
            self._modules = self._run("modules", self.report)
        result: dict[str, float] = json.loads(self._run(what, report, before))
        return result

    def _run(self, what: str, report: Path, before: Path | None = None) -> str:
        files = map(str, (report, before or self.small, self.made_up))
        command = [sys.executable, "-m", "bench.clocked", what, *files]
        done = subprocess.run(
            command, cwd=ROOT, input=self._modules, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"bench: {what} failed\n{done.stderr}")
        return done.stdout.strip()


def _peer(python: Path, name: str, report: Path, small: Path) -> Callable[[], tuple[float, float]]:
    return lambda: peers.reading(python, name, report, small)


def _process(arguments: list[str]) -> Callable[[], tuple[float, float]]:
    """A whole process of this Python: its processor time with that of its children."""

    def run() -> tuple[float, float]:
        before = _children()
        subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        return (_children() - before) * 1000, 0.0

    return run


def _children() -> float:
    """Seconds of processor time of all children that have ended."""
    if sys.platform == "win32":
        return 0.0  # not counted there: ratios are left to other systems
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _made_up() -> bytes:
    from fixtures.generator import generate

    return generate(7).pdf


def _one_page() -> bytes:
    """A report of one page: the second of the made-up one, which has a table."""
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    pdf = PdfReader(BytesIO(_made_up()))
    writer, out = PdfWriter(), BytesIO()
    writer.add_page(pdf.pages[min(1, len(pdf.pages) - 1)])
    writer.write(out)
    return out.getvalue()
