"""``belisha schema``: the JSON Schema of the records."""

from __future__ import annotations

import click

from belisha.cli.options import StageCommand, talk_options


@click.command("schema", cls=StageCommand)
@click.option("-o", "--output", metavar="FILE", help="Write to this file.")
@talk_options
@click.pass_context
def command(ctx: click.Context, output: str | None) -> None:
    """Print the JSON Schema of what extract and audit write."""
    from belisha.job import deliver
    from belisha.render.json import schema

    deliver(schema(), output)
