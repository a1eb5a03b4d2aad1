"""The command line: one module a command, options shared by decorators, and no logic."""

from __future__ import annotations

from importlib import import_module

import click

from belisha.cli.options import CONTEXT, talk_options

COMMANDS = (
    "extract",
    "audit",
    "annotate",
    "backfill",
    "history",
    "export",
    "profile",
    "schema",
    "doctor",
    "demo",
)


class Commands(click.Group):
    """Loads a command's module when the command is named or help lists it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"belisha.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - each module of COMMANDS has one
        return command


@click.group(cls=Commands, context_settings=CONTEXT, no_args_is_help=False, invoke_without_command=True)
@talk_options
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Read the performance reports that public bodies publish as PDFs, and check their traffic lights.

    Results go to standard output or to the file named with -o; everything else goes to standard error.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)
