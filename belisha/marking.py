"""The work of ``annotate``: read and audit one report, mark its findings, write the copy."""

from __future__ import annotations

from collections.abc import Iterable

from belisha.job import Job, deliver, stdout_is_terminal
from belisha.output import check_target, is_stdout
from extract.errors import ReportMissing, SettingsError


def mark(job: Job, *, show_all: bool, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> int:
    """Mark the findings of the job's report on a copy of it. Returns the exit code.

    Raises BelishaError for wrong settings.
    """
    from belisha.annotate import annotated
    from belisha.render.audited import Audited, kinds
    from validate.checks import chosen

    assert job.output is not None  # noqa: S101 - the command line insists on it
    if is_stdout(job.output):
        if stdout_is_terminal():
            raise SettingsError("a PDF is no text for a terminal", advice="name a file with -o")
    else:
        check_target(job.output, job.names)
    wanted, unwanted = kinds(select), kinds(ignore)
    chosen(wanted, unwanted)

    def work(name: str) -> bytes:
        report = job.read(name, kind="marked")
        audited = Audited.of(report, select=wanted, ignore=unwanted, profile=job.profile)
        original = job.originals[report.source.sha256]
        if not original.data:
            raise ReportMissing("the file changed while it was read", advice="try again")
        marked = audited.with_all() if show_all else audited.report
        return job.apart(lambda: annotated(original, marked, name=report.source.file), report.source.file)

    run = job.each(work)
    for data in run.done:
        deliver(data, job.output)
    return run.exit_code()
