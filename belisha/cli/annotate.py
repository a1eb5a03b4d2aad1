"""``belisha annotate``: the report with every finding marked on its page."""

from __future__ import annotations

from typing import Any

import click

from belisha.cli.options import StageCommand, reading_options, talk_options


@click.command("annotate", cls=StageCommand)
@reading_options
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="Write the marked PDF to this file, which is then whole or untouched; - for standard output.",
)
@click.option("--all", is_flag=True, help="Mark the statuses that the rule supports, too.")
@click.option(
    "--select",
    metavar="KIND,...",
    multiple=True,
    help="Mark only findings of these kinds; may be given several times.",
)
@click.option("--ignore", metavar="KIND,...", multiple=True, help="Leave out findings of these kinds.")
@talk_options
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Write a copy of a report with a frame and a note on every cell that a finding is about.

    The pages stay as they are: frames and notes are annotations, which a viewer can list, answer and hide.
    A locked report stays locked with its own password.
    """
    from belisha.job import Job
    from belisha.marking import mark

    if len(chosen["reports"]) > 1:
        raise click.UsageError("annotate takes one report; call it once for each", ctx)
    job = Job.of({**chosen, "format": "marked"}, talk=ctx.obj)
    ctx.exit(mark(job, show_all=chosen["all"], select=chosen["select"], ignore=chosen["ignore"]))
