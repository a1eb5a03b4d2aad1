"""A guard against slow paths that creep in: what can be counted, not seconds.

The ceilings are what was counted when they were last set, and up to a tenth more. Whoever needs more raises them knowingly:
calls of PDFium are worth having more of where each does less, as a look at one character in place of a search of a page.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.generator import generate

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "fixtures" / "derby_layout" / "report.pdf"
CEILINGS = {"pdfium_calls": 32_000, "python_calls": 270_000, "peak_kb": 1_200}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    small = tmp_path_factory.mktemp("costs") / "small.pdf"
    small.write_bytes(generate(7).pdf)
    done = subprocess.run(
        [sys.executable, "-m", "bench.counted", str(REPORT), str(small)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


@pytest.mark.parametrize("what", CEILINGS)
def test_reading_and_auditing_costs_no_more_than_it_did(counted: dict[str, int], what: str) -> None:
    assert 0 < counted[what] <= CEILINGS[what]


def test_every_stage_is_clocked() -> None:
    """In a process of its own, for the clocks stay where they are put."""
    code = f"import json; from bench.stages import by_stage; print(json.dumps(by_stage({str(REPORT)!r}, lambda: None)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    spent: dict[str, float] = json.loads(done.stdout)
    assert min(spent.values()) > 0, spent
