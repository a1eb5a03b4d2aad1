"""``belisha export``: the history as files for other programs."""

from __future__ import annotations

from typing import Any

import click

from belisha.cli.options import StageCommand, talk_options


@click.command("export", cls=StageCommand)
@click.option("--store", metavar="FILE", required=True, help="The history that belisha backfill made.")
@click.option(
    "-o", "--output", metavar="FOLDER", required=True, help="Where to write; made if it is not there."
)
@click.option(
    "--settled",
    metavar="FILE",
    help="TOML file that says which measures are one. [default: the store's name with .toml]",
)
@click.option(
    "--parquet", is_flag=True, help="Write Parquet beside the CSV; needs the extra belisha[parquet]."
)
@talk_options
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Write the history as CSV tables with a Data Package that explains every column.

    Each file in the folder is whole at any moment; datapackage.json is written last.
    """
    from belisha.history.exporting import run

    ctx.exit(run(chosen, ctx.obj))
