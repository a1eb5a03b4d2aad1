"""Writes docs/reference/cli.md from the program's own ``--help``. Run by ``make docs``."""

from __future__ import annotations

from pathlib import Path

import click

from belisha.cli import COMMANDS, cli

PAGE = Path(__file__).resolve().parents[1] / "reference" / "cli.md"
WIDTH = 100
HEAD = """\
# Command line

<!-- Written by docs/tools/write_cli.py from --help; change the help and run `make docs`. -->

`belisha COMMAND [OPTIONS]`, also `python -m belisha COMMAND`. Results go to standard output or to the file
named with `-o`; everything else goes to standard error. `-` in place of a report reads standard input.

Every option can be set by an environment variable: `BELISHA_`, the command, `_`, the option, in capitals with
underscores. `BELISHA_AUDIT_FAIL_ON=any` does what `belisha audit --fail-on any` does; the command line wins.
`NO_COLOR` is respected. The [exit codes](exit-codes.md) have a page of their own.
"""


def page() -> str:
    """The whole page as it should be."""
    parts = [HEAD, _section("belisha", cli, None)]
    root = click.Context(cli, info_name="belisha", terminal_width=WIDTH)
    for name in COMMANDS:
        command = cli.get_command(root, name)
        assert command is not None  # noqa: S101 - each name of the list has one
        parts.append(_section(f"belisha {name}", command, root))
        if isinstance(command, click.Group):
            group = click.Context(command, info_name=name, parent=root, terminal_width=WIDTH)
            for inner, below in command.commands.items():
                parts.append(_section(f"belisha {name} {inner}", below, group))
    return "\n".join(parts)


def _section(title: str, command: click.Command, parent: click.Context | None) -> str:
    name = title.rpartition(" ")[2]
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)
    context.help_option_names = ["-h", "--help"]
    return f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
