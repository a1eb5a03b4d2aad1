"""``belisha extract``: PDF to records."""

from __future__ import annotations

from typing import Any

import click

from belisha.cli.options import StageCommand, reading_options, talk_options, writing_options


@click.command("extract", cls=StageCommand)
@reading_options
@writing_options("json", "jsonl", "csv", "table", "xlsx", "parquet", "package", default="json")
@talk_options
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Read reports into records, every figure with the page and box it was read from.

    REPORT is a PDF file, or - for standard input. One report gives one JSON object, several give an array.
    """
    from belisha.job import Job

    ctx.exit(Job.of(chosen, talk=ctx.obj).extract())
