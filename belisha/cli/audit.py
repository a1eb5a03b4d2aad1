"""``belisha audit``: PDF to findings."""

from __future__ import annotations

from typing import Any

import click

from belisha.cli.options import StageCommand, reading_options, talk_options, writing_options


@click.command("audit", cls=StageCommand)
@reading_options
@writing_options(
    "table",
    "json",
    "jsonl",
    "csv",
    "html",
    "xlsx",
    "parquet",
    "package",
    default="table on a terminal, json elsewhere",
)
@click.option("--all", is_flag=True, help="List the statuses that the rule supports, too.")
@click.option(
    "--fail-on",
    type=click.Choice(["contradicted", "any", "never"]),
    default="contradicted",
    show_default=True,
    help="Which findings make the exit code 1.",
)
@click.option(
    "--select",
    metavar="KIND,...",
    multiple=True,
    help="Report only findings of these kinds; may be given several times.",
)
@click.option("--ignore", metavar="KIND,...", multiple=True, help="Leave out findings of these kinds.")
@click.option(
    "--infer",
    is_flag=True,
    help="Where a report prints no rule or polarity, work with what its rows suggest; accuses nobody.",
)
@talk_options
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Read reports and check every status against the report's own rule and figures.

    Leaves with 1 when a status is contradicted by the report itself, 0 when none is.
    """
    from belisha.job import Job

    job = Job.of(chosen, talk=ctx.obj)
    ctx.exit(
        job.audit(
            show_all=chosen["all"],
            fail_on=chosen["fail_on"],
            select=chosen["select"],
            ignore=chosen["ignore"],
            infer=chosen["infer"],
        )
    )
