"""Only the result goes to standard output: whatever else writes there is sent to standard error.

A C library writes to file descriptor 1 without asking Python, so the descriptor itself is turned before
anything else is loaded; ``sys.stdout`` keeps the real one for results, ``--help`` and ``--version``.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout


def guard() -> None:
    """Keep the real standard output for ``sys.stdout`` alone. Safe when a descriptor is closed."""
    stream = sys.stdout
    if stream is None:
        return
    try:
        kept = os.dup(1)
        os.dup2(2, 1)
    except OSError:
        return
    os.set_inheritable(kept, False)
    sys.stdout = io.TextIOWrapper(
        os.fdopen(kept, "wb"),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=bool(stream.line_buffering),
        newline="\n" if os.linesep == "\n" else None,
    )


@contextmanager
def others_to_stderr() -> Iterator[None]:
    """While a report is read, ``print`` in any library goes to standard error as well."""
    if sys.stderr is None:
        yield
        return
    with redirect_stdout(sys.stderr):
        yield
