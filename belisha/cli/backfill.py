"""``belisha backfill``: many reports into one history."""

from __future__ import annotations

from typing import Any

import click

from belisha.cli.options import StageCommand, talk_options


@click.command("backfill", cls=StageCommand)
@click.argument("inputs", metavar="FOLDER|FILE|ADDRESS...", nargs=-1, required=True)
@click.option("--store", metavar="FILE", required=True, help="The history to add to; made if there is none.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many reports to read at a time. [default: the number of processors; of a cluster, all it has]",
)
@click.option(
    "--scheduler",
    metavar="tcp://HOST:PORT",
    help="Read on the Dask cluster with this scheduler; needs the extra belisha[dask].",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 86400),
    metavar="SECONDS",
    help="Give a report up after so long without progress. [default: 60]",
)
@click.option(
    "--memory",
    type=click.IntRange(128, 1 << 20),
    metavar="MIB",
    help="Memory for one report. [default: 1024]",
)
@click.option("--retry-failed", is_flag=True, help="Try files again that were refused or failed before.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Stop after the first N files by name.")
@click.option("--password", metavar="WORD", help="Password of locked PDFs.")
@click.option("--profile", metavar="NAME|FILE", help="What belongs to one organisation.")
@click.option(
    "--settled",
    metavar="FILE",
    help="TOML file that says which measures are one. [default: the store's name with .toml]",
)
@click.option("--corrections", metavar="FILE", help="TOML file of corrections by hand.")
@click.option(
    "--format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Of the summary.",
)
@click.option("-o", "--output", metavar="FILE", help="Write the summary to this file.")
@talk_options
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Read every PDF in the folders, and those below them, into one history.

    An ADDRESS such as https://example.org/report.pdf or s3://bucket/reports/ needs the extra belisha[remote].
    What is in the store already is skipped. A run may be stopped anywhere; the next one goes on. At the end a
    summary says which files are new, the same as before, changed, refused, and failed.
    """
    from belisha.batch.command import run

    ctx.exit(run(chosen, ctx.obj))
