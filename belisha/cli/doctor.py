"""``belisha doctor``: what is installed, what is missing, what to type."""

from __future__ import annotations

import click

from belisha.cli.options import talk_options


@click.command("doctor")
@talk_options
@click.pass_context
def command(ctx: click.Context) -> None:
    """Say what is installed and what is missing, and what to type.

    Leaves with 2 if something must be mended.
    """
    from belisha.doctor import examine

    report = examine()
    click.echo(report.text())
    ctx.exit(report.exit_code)
