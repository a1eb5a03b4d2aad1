"""``belisha extract``: PDF to records."""

from __future__ import annotations

import click

from belisha.cli.options import StageCommand, reading_options, talk_options, writing_options


@click.command("extract", cls=StageCommand)
@reading_options
@writing_options("json", "jsonl", "csv", "table", default="json")
@talk_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    reports: tuple[str, ...],
    output: str | None,
    format_: str | None,
    **reading: str | None,
) -> None:
    """Read reports into records, every figure with the page and box it was read from.

    REPORT is a PDF file, or - for standard input. One report gives one JSON object, several give an array.
    """
    from belisha.job import Job

    job = Job(reports, output=output, format=format_, talk=ctx.obj, reading=reading)
    ctx.exit(job.extract())
