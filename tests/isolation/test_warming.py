"""What a process loads before its children read: enough that they need not, and nothing that tells on what they read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from belisha.isolation.warming import made_up
from fixtures.generator import generate
from normalise.reading import read_report
from validate.audit import audit_report

ROOT = Path(__file__).parents[2]
# Prints how many patterns are compiled while a report is read and audited.
COUNTED = """
import re, sys
import belisha.pipeline, extract.document, extract.reader, normalise.reading, validate.audit
from belisha.isolation.warming import warm_up
if sys.argv[2] == "warm":
    warm_up(audit=True)
made, compiled = 0, re._compiler.compile
def counted(*given):
    global made
    made += 1
    return compiled(*given)
re._compiler.compile = counted
belisha.pipeline.audit(belisha.pipeline.read(sys.argv[1]))
print(made)
"""


def _compiled(report: Path, how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, str(report), how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def test_the_made_up_table_is_read_and_its_wrong_status_found() -> None:
    audit = audit_report(read_report(made_up(), "made up", ""))
    assert [m.status for m in audit.report.measures] == ["green", "amber", "green"]
    assert [(f.code, f.expected) for f in audit.contradicted] == [("HS 03", ("red",))]


def test_most_patterns_are_compiled_before_a_report_is_read(tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(generate(7).pdf)
    assert _compiled(report, "warm") < 0.5 * _compiled(report, "cold")
