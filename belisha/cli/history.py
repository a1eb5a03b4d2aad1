"""``belisha history``: one series for every measure."""

from __future__ import annotations

from typing import Any

import click

from belisha.cli.options import StageCommand, talk_options


@click.command("history", cls=StageCommand)
@click.argument("query", required=False)
@click.option("--store", metavar="FILE", required=True, help="The history that belisha backfill made.")
@click.option("--organisation", metavar="NAME", help="Only this organisation's measures.")
@click.option("--as-of", metavar="DATE", help="As it was known on that day, written 2015-12-31.")
@click.option(
    "--changes", is_flag=True, help="List what changed: restatements, moved targets, dropped measures ..."
)
@click.option("--kind", metavar="KIND,...", multiple=True, help="With --changes: only these kinds.")
@click.option("--proposals", is_flag=True, help="List measures that may be one, to be settled by a person.")
@click.option("--forecasts", is_flag=True, help="List forecasts for a year with what came of them.")
@click.option(
    "--settled",
    metavar="FILE",
    help="TOML file that says which measures are one. [default: the store's name with .toml]",
)
@click.option(
    "--chart", metavar="OUT.html", help="Draw the series into a page of its own, needing nothing else."
)
@click.option(
    "--format", type=click.Choice(["table", "json", "csv"]), help="[default: by the ending of -o, else table]"
)
@click.option("-o", "--output", metavar="FILE", help="Write to this file, which is then whole or untouched.")
@talk_options
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Show the history of a measure, or what changed.

    QUERY is a code, a title or part of one. Without it, all measures are listed.
    """
    from belisha.history.command import run

    ctx.exit(run(chosen, ctx.obj))
