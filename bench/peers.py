"""Other programs that read tables, each in an environment of its own under ``.bench/``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.peer_readers import READERS

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent / ".bench"
NEEDS = {
    "pdfplumber": ["pdfplumber==0.11.10"],
    "camelot": ["camelot-py==2.0.0"],
    "liteparse": ["liteparse==2.18.0"],
    "pdf_oxide": ["pdf_oxide==0.3.78"],
}


def environment(name: str) -> Path | None:
    """The Python of a peer's environment, made when it is not there; None if it cannot be installed."""
    folder = ENVIRONMENTS / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / ("-".join(NEEDS[name]).replace("==", "-") + ".installed")
    if done.exists():
        return python
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *NEEDS[name]]
    installed = subprocess.run(command, capture_output=True, text=True, check=False)
    if installed.returncode:
        reason = (installed.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"bench: {name} cannot be installed, left out: {reason}", file=sys.stderr)
        return None
    done.touch()
    return python


def label(name: str) -> str:
    return READERS[name][0]


def reading(python: Path, name: str, report: Path, small: Path) -> tuple[float, float]:
    """Milliseconds of processor time and peak megabytes of one reading in a fresh process."""
    command = [str(python), str(HERE / "peer_readers.py"), name, str(report), str(small)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {name} failed\n{done.stderr}")
    result = json.loads(done.stdout.strip().splitlines()[-1])
    return float(result["ms"]), float(result["mb"])
