"""The manual of the checks, made from their own constants.

``python -m validate.checks.manual`` prints it; ``docs/reference/findings.md`` holds what it printed last.
"""

from __future__ import annotations

from collections.abc import Iterator

from validate.checks import CHECKS, Check

OPENING = """# Findings

What `belisha audit` can report. Each kind has one check, which compares things that the report itself prints.

Every finding has a **verdict**. Only *contradicted* is an accusation: it holds however the figures were
rounded and however the report's words can be read. The others accuse nobody:

| verdict | says |
|---|---|
| contradicted | two things that the report prints cannot both be right |
| borderline | they differ as printed, but rounding can explain it |
| depends | it hangs on something that the report does not settle; the finding says on what |
| unverifiable | something was missing, or was not read with certainty |
| note | worth knowing, and no contradiction |

`--select KIND` and `--ignore KIND` choose among the kinds below.
"""


def manual() -> str:
    """The whole page as Markdown."""
    rows = "\n".join(
        f"| [{c.kind}](#{c.kind}) | {c.title} | {'yes' if c.accuses else 'no'} |" for c in CHECKS
    )
    table = f"| kind | title | may accuse |\n|---|---|---|\n{rows}\n"
    return "\n".join([OPENING, table, *(part for check in CHECKS for part in _page(check))])


def _page(check: Check) -> Iterator[str]:
    yield f"## {check.kind}\n"
    yield f"{check.title}. Fields: {', '.join(f'`{name}`' for name in check.fields)}.\n"
    yield f"**What it compares.** {check.compares}\n"
    yield f"**Why it matters.** {check.matters}\n"
    yield f"**When it keeps silent.** {check.silent}\n"
    yield f"**Example.** {check.example}\n"


if __name__ == "__main__":
    print(manual(), end="")  # the page itself is the output
