"""Options that several commands share, each defined once so that they are spelt alike everywhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from belisha.cli.limit_options import limit_options
from belisha.talk import Talk

CONTEXT = {"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "BELISHA", "max_content_width": 100}
Command = TypeVar("Command", bound=Callable[..., Any])


class StageCommand(click.Command):
    """A command that needs the stages: refuses to start when another package hides one of them."""

    def invoke(self, ctx: click.Context) -> Any:
        from belisha.neighbours import hidden_stages

        hidden = hidden_stages()
        if hidden:
            raise click.ClickException(str(hidden[0]))
        ctx.ensure_object(Talk).quieten_libraries()
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.Abort from None  # else click prints an empty line first


def talk_options(command: Command) -> Command:
    """-q, -v, --log-json, --no-color, --debug and --version, before or after the command's name."""
    for option in reversed(
        (
            click.option(
                "-q",
                "--quiet",
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_quiet,
                help="Say nothing but errors.",
            ),
            click.option(
                "-v",
                "--verbose",
                count=True,
                expose_value=False,
                is_eager=True,
                callback=_verbose,
                help="Say what is being done; twice: what the libraries say too.",
            ),
            click.option(
                "--log-json",
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_log_json,
                help="Write messages as JSON, one a line.",
            ),
            click.option(
                "--no-color",
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_no_colour,
                help="No colour; so does the environment variable NO_COLOR.",
            ),
            click.option(
                "--debug",
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_debug,
                help="Show tracebacks.",
            ),
            click.option(
                "--version",
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_version,
                allow_from_autoenv=False,  # BELISHA_VERSION may well mean something else to somebody
                help="Show the version and leave.",
            ),
        )
    ):
        command = option(command)
    return command


def reading_options(command: Command) -> Command:
    """REPORT... and how to read it."""
    for option in reversed(
        (
            click.argument("reports", metavar="REPORT...", nargs=-1, required=True, callback=_reports),
            click.option(
                "--pages",
                metavar="RANGE",
                callback=_pages,
                help='Read only these pages: "4-9", "1,3,7-". The first page is 1.',
            ),
            click.option("--password", metavar="WORD", help="Password of a locked PDF."),
            click.option(
                "--profile",
                metavar="NAME|FILE",
                help="What belongs to one organisation: the name of a profile, or a TOML file.",
            ),
            click.option(
                "--second-reader",
                is_flag=True,
                help="Have camelot read the same pages; values that it reads otherwise are marked, not changed.",
            ),
            click.option(
                "--ocr",
                type=click.Choice(["auto", "never", "always"]),
                default="auto",
                show_default=True,
                callback=_ocr,
                help="Which pages to read by character recognition: those without usable text, none, or all.",
            ),
            click.option(
                "--jobs",
                type=click.IntRange(1, 256),
                metavar="N",
                default=1,
                show_default=True,
                help="How many processes read the pages of one report at a time; the result is the same.",
            ),
            limit_options,
        )
    ):
        command = option(command)
    return command


def writing_options(*formats: str, default: str) -> Callable[[Command], Command]:
    """-o and --format; ``default`` is the help text for what is written when neither says."""

    def decorate(command: Command) -> Command:
        command = click.option(
            "--format",
            type=click.Choice(formats),
            help=f"What to write. [default: by the ending of -o, else {default}]",
        )(command)
        command = click.option(
            "--excel-csv",
            is_flag=True,
            help="Begin CSV with the mark by which Excel knows UTF-8.",
        )(command)
        return click.option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to this file, which is then whole or untouched.",
        )(command)

    return decorate


def _talk(ctx: click.Context) -> Talk:
    return ctx.ensure_object(Talk)


def _quiet(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _talk(ctx).loudness = -1


def _verbose(ctx: click.Context, _: click.Parameter, value: int) -> None:
    if value:
        _talk(ctx).loudness = value


def _log_json(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _talk(ctx).as_json = True


def _no_colour(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _talk(ctx).colour = False


def _debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _talk(ctx).debug = True


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from belisha.neighbours import version

        click.echo(f"belisha {version()}")
        ctx.exit()


def _reports(ctx: click.Context, _: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    if "" in value:
        raise click.BadArgumentUsage("the name of a report is empty", ctx)
    if value.count("-") > 1:
        raise click.BadArgumentUsage("standard input (-) can be read only once", ctx)
    if "-" in value and (sys.stdin is None or sys.stdin.closed):
        raise click.BadArgumentUsage("standard input (-) is closed", ctx)
    if "-" in value and sys.stdin.isatty():
        raise click.BadArgumentUsage("standard input (-) is a terminal: pipe a PDF into it", ctx)
    return value


_PAGE_RANGE = re.compile(r"(\d{1,6}(-\d{0,6})?|-\d{1,6})(,(\d{1,6}(-\d{0,6})?|-\d{1,6}))*")


def _pages(ctx: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if not _PAGE_RANGE.fullmatch(value.replace(" ", "")) or not value.isascii():
        raise click.BadParameter(f"{value!r} is no range of pages; write 4-9 or 1,3,7-", ctx, option)
    return value


def _ocr(ctx: click.Context, option: click.Parameter, value: str) -> str:
    if value == "always":
        from extract.scan import engine

        if not engine.available():
            raise click.BadParameter(
                f"there is no engine for character recognition; type: {engine.INSTALL}", ctx, option
            )
    return value
