"""The work of ``belisha backfill``: options to a request, a summary to text."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Mapping
from typing import Any

from belisha.batch.backfill import Request, backfill
from belisha.batch.results import STATES, Summary
from belisha.history.history import beside
from belisha.job import deliver
from belisha.output import check_target, is_stdout
from belisha.render.layout import counted
from belisha.safe_text import one_line
from belisha.talk import Talk

SHOWN = 20  # files of one list in the table; the JSON has them all
_MEANS = {
    "new": "read for the first time",
    "same": "in the store already",
    "changed": "read again, an earlier reading is kept",
    "refused": "cannot be read",
    "failed": "over a limit, or trouble",
}


def run(chosen: Mapping[str, Any], talk: Talk) -> int:
    """Do a backfill and write its summary. Returns the exit code."""
    output: str | None = chosen["output"]
    if not is_stdout(output):
        assert output is not None  # noqa: S101 - None is standard output
        check_target(output, [chosen["store"]])
    limits: dict[str, Any] = {}
    if chosen["timeout"] is not None:
        limits["stall"] = chosen["timeout"]
    if chosen["memory"] is not None:
        limits["memory"] = chosen["memory"] << 20
    settled = chosen["settled"] or beside(chosen["store"])
    request = Request(
        chosen["inputs"],
        chosen["store"],
        jobs=chosen["jobs"] or (None if chosen["scheduler"] else _processors()),
        scheduler=chosen["scheduler"],
        retry_failed=chosen["retry_failed"],
        limit=chosen["limit"],
        profile=chosen["profile"],
        password=chosen["password"],
        limits=limits,
        settled=None if settled is None else os.fspath(settled),
        corrections=chosen["corrections"],
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to end is as good as Ctrl-C
    summary = backfill(request, talk)
    if chosen["format"] == "json":
        deliver(json.dumps(summary.to_dict(), ensure_ascii=False, indent=1) + "\n", output)
    else:
        deliver(table(summary), output)
    for what, why in summary.stale:
        talk.remark(f"a correction is stale and changes nothing: {what}; {why}")
    if summary.stopped:
        talk.error("stopped; run the same command again to go on", exit_code=130)
    return summary.exit_code()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def table(summary: Summary) -> str:
    """The summary for people: every outcome with its number, and the files that were not read with the reason."""
    counts = summary.counts
    lines = [f"{counted(summary.seen, 'file')}, {summary.seconds:,.0f} s"]
    lines += [f"  {counts[state]:>7,}  {state:<8} {_MEANS[state]}" for state in STATES]
    left = summary.seen - len(summary.results)
    if left:
        lines.append(f"  {left:>7,}  left for the next run")
    for state in ("changed", "refused", "failed"):
        mine = sorted((r for r in summary.results if r.state == state), key=lambda r: r.file)
        if mine:
            lines += ["", f"{state}:"]
            for result in mine[:SHOWN]:
                reason = f": {result.error}" if result.error else ""
                lines.append(f"  {one_line(result.file + reason)}")
            if len(mine) > SHOWN:
                lines.append(f"  and {len(mine) - SHOWN:,} more; --format json lists them all")
    return "\n".join(lines) + "\n"
