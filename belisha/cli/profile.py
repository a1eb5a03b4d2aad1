"""``belisha profile``: what belongs to one organisation, as TOML."""

from __future__ import annotations

import click

from belisha.cli.options import CONTEXT, StageCommand, talk_options


@click.group("profile", context_settings=CONTEXT)
@talk_options
def command() -> None:
    """List, show, draft and test profiles: TOML files with the words of one organisation.

    A profile is optional. Use one with --profile NAME|FILE on extract, audit and annotate.
    """


@command.command("list", cls=StageCommand)
@click.argument("places", metavar="[FILE|FOLDER]...", nargs=-1)
@talk_options
@click.pass_context
def list_profiles(ctx: click.Context, places: tuple[str, ...]) -> None:
    """List the profiles that ship with Belisha, and those in the files and folders named."""
    from belisha.profile_work import listed

    click.echo(listed(places), nl=False)


@command.command("show", cls=StageCommand)
@click.argument("profile", metavar="NAME|FILE")
@talk_options
@click.pass_context
def show(ctx: click.Context, profile: str) -> None:
    """Print a profile, once it is certain that it can be used."""
    from belisha.profile_work import shown

    click.echo(shown(profile), nl=False)


@command.command("new", cls=StageCommand)
@click.argument("report", metavar="REPORT")
@click.option("-o", "--output", metavar="FILE", help="Write to this file, which is then whole or untouched.")
@click.option("--password", metavar="WORD", help="Password of a locked PDF.")
@talk_options
@click.pass_context
def new(ctx: click.Context, report: str, output: str | None, password: str | None) -> None:
    """Draft a profile from a report: what was understood and what was not, as comments to be edited."""
    from belisha.profile_work import drafted

    ctx.exit(drafted(report, output, password=password, talk=ctx.obj))


@command.command("test", cls=StageCommand)
@click.argument("profile", metavar="NAME|FILE")
@click.argument("records", metavar="RECORDS.json")
@click.argument("report", metavar="REPORT")
@click.option("--password", metavar="WORD", help="Password of a locked PDF.")
@talk_options
@click.pass_context
def test(ctx: click.Context, profile: str, records: str, report: str, password: str | None) -> None:
    """Read a report with a profile and print what differs from records that were saved when they were right.

    Leaves with 1 when something differs, 0 when nothing does.
    """
    from belisha.profile_work import tested

    ctx.exit(tested(profile, records, report, password=password, talk=ctx.obj))
