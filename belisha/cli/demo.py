"""``belisha demo``: the main job on a report that ships with the program."""

from __future__ import annotations

import click

from belisha.cli.options import StageCommand, talk_options


@click.command("demo", cls=StageCommand)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="belisha-demo.json",
    show_default=True,
    help="Where to write the records and findings.",
)
@talk_options
@click.pass_context
def command(ctx: click.Context, output: str) -> None:
    """Audit a report that ships with Belisha: show the findings, and write the records as JSON."""
    from belisha.demonstration import demonstrate

    ctx.exit(demonstrate(output, talk=ctx.obj))
