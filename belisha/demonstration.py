"""The main job on a report that ships with the program."""

from __future__ import annotations

from pathlib import Path

from belisha.job import Job, deliver
from belisha.neighbours import home
from belisha.output import check_target
from belisha.stdout_guard import others_to_stderr
from belisha.talk import Talk
from extract.errors import ReportMissing

IN_WHEEL = Path("belisha/demo/report.pdf")
IN_SOURCE_TREE = Path("fixtures/derby_layout/report.pdf")


def demo_report() -> Path:
    """The report that ships with Belisha. Raises ReportMissing."""
    for place in (IN_WHEEL, IN_SOURCE_TREE):
        if (home() / place).is_file():
            return home() / place
    raise ReportMissing("the report for the demo is not here", advice="install Belisha again")


def demonstrate(output: str, *, talk: Talk) -> int:
    """Audit the report, show the findings on standard output and write the records to ``output``.

    Returns 0: findings are what the demo is there to show.
    """
    from belisha.render import render_audits
    from belisha.render.audited import Audited
    from belisha.render.json import reports_json

    path = demo_report()
    check_target(output, [str(path)])
    talk.remark(f"auditing the report that ships with Belisha ({path})")
    from belisha.pipeline import read

    with others_to_stderr():
        audited = Audited.of(read(path))
    look = Job((str(path),), talk=talk).look("table")
    deliver(render_audits([audited], "table", several=False, show_all=False, look=look), None)
    deliver(reports_json([audited.report], several=False), output)
    talk.remark(f"records and findings written to {output}")
    return 0
