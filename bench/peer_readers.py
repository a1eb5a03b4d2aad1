"""One reading of one PDF by another program, alone in its process. Prints JSON: milliseconds, megabytes, tables.

``python peer_readers.py NAME REPORT``. Runs in an environment that holds the peer and not Belisha, so it imports
nothing of this repository. Imports and one reading of the report's first page come before the clock starts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def pdfplumber_tables(report: str) -> int:
    import pdfplumber

    found = 0
    with pdfplumber.open(report) as pdf:
        for page in pdf.pages:
            found += len(page.extract_tables())
            page.close()
    return found


def camelot_vector(report: str) -> int:
    from camelot.io import read_pdf

    return len(read_pdf(report, pages="all", flavor="lattice", engine="vector"))


def liteparse(report: str) -> int:
    from liteparse import LiteParse

    return len(LiteParse(ocr_enabled=False, quiet=True, output_format="markdown").parse(report).pages)


def pdf_oxide(report: str) -> int:
    from pdf_oxide import PdfDocument

    document = PdfDocument(report)
    return sum(len(document.extract_tables(number)) for number in range(document.page_count()))


READERS: dict[str, tuple[str, Callable[[str], int]]] = {
    "pdfplumber": ("pdfplumber extract_tables", pdfplumber_tables),
    "camelot": ("camelot lattice, vector", camelot_vector),
    "liteparse": ("liteparse, Markdown", liteparse),
    "pdf_oxide": ("pdf_oxide extract_tables", pdf_oxide),
}


def main() -> None:
    name, report, small = sys.argv[1:4]
    read = READERS[name][1]
    read(small)
    start = time.process_time()
    found = read(report)
    spent = (time.process_time() - start) * 1000
    print(json.dumps({"ms": spent, "mb": _peak(), "found": found}))


def _peak() -> float:
    """Megabytes resident at most so far, where the system tells."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return 0.0


if __name__ == "__main__":
    main()
