"""What character recognition costs: processor time a page and peak memory, of scans made of the report at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import documents

PAGES = 3  # as many of the report's pages with tables, at most
WAYS = ("clean-200", "office-150")


def rows(
    report: Path, folder: Path, clocked: Callable[[str, Path, Path], tuple[float, float]]
) -> list[dict[str, Any]]:
    """For each way of copying: seconds a page with the engine loaded, and what loading it adds to the first page.

    ``clocked`` gives milliseconds and megabytes of reading one file after another. Without the engine the only
    row says what to install.
    """
    from extract.scan import engine

    if not engine.available():
        return [{"what": f"skipped: character recognition needs: {engine.INSTALL}"}]
    from fixtures.scans.copier import WAYS as KNOWN
    from fixtures.scans.copier import scan

    pdf = report.read_bytes()
    numbers = [number + 1 for number in documents.table_pages(report)[:PAGES]] or [1]
    made: list[dict[str, Any]] = []
    for name in WAYS:
        whole, first = folder / f"{name}.pdf", folder / f"{name}-first.pdf"
        whole.write_bytes(scan(pdf, KNOWN[name], 1, numbers))
        first.write_bytes(scan(pdf, KNOWN[name], 1, numbers[:1]))
        cold, _ = clocked("read", first, report)
        warm, _ = clocked("read", first, first)
        spent, peak = clocked("read", whole, first)
        made.append(
            {
                "what": f"{name}, {len(numbers)} pages",
                "s a page": spent / 1000 / len(numbers),
                "s to load": max(0.0, cold - warm) / 1000,
                "peak MB": peak,
            }
        )
    return made
