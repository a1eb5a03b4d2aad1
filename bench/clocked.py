"""One measurement in a process of its own. Prints JSON: milliseconds of processor time, peak megabytes.

``python -m bench.clocked floor|read|audit|stages|modules REPORT SMALL MADE_UP``; all but ``floor`` and ``modules``
take from standard input the names of the modules to import before the clock starts, as ``modules`` printed them.
SMALL and MADE_UP are other PDFs, which are read before the clock starts.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module


def floor(report: str) -> None:
    """The least that a reader of tables must ask of PDFium: text, and where every path lies."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    edges = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(edge) for edge in edges]
    pdf = pdfium.PdfDocument(report)
    for number in range(len(pdf)):
        page = pdf[number]
        text = page.get_textpage()
        text.get_text_range()
        for i in range(raw.FPDFPage_CountObjects(page.raw)):
            thing = raw.FPDFPage_GetObject(page.raw, i)
            if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH:
                raw.FPDFPageObj_GetBounds(thing, *references)
        text.close()
        page.close()
    pdf.close()


def read(report: str) -> None:
    """What a user of the Python API asks for."""
    import belisha

    belisha.read(report)


def audit(report: str) -> None:
    """Reading and checking, PDF to findings."""
    import belisha

    belisha.audit(belisha.read(report))


def start_up(made_up: str) -> None:
    """What a process does once, however many reports it reads: word lists loaded, patterns compiled.

    Done by reading a made-up report that shares no row with the one to be measured.
    """
    audit(made_up)


def main() -> None:
    what, report, small, made_up = sys.argv[1:5]
    if what == "modules":
        audit(report)
        print("\n".join(sorted(sys.modules)))
        return
    if what == "floor":
        floor(small)
        print(json.dumps(_measured(floor, report)))
        return
    for name in sys.stdin.read().split():
        with suppress(Exception):  # names made at run time cannot be imported again
            import_module(name)
    if what == "stages":
        from bench.stages import by_stage

        print(json.dumps(by_stage(report, lambda: start_up(made_up))))
        return
    start_up(made_up)
    read(small)  # of a scan: loads the engine
    print(json.dumps(_measured({"read": read, "audit": audit}[what], report)))


def _measured(work: Callable[[str], None], report: str) -> dict[str, float]:
    start = time.process_time()
    work(report)
    spent = (time.process_time() - start) * 1000
    return {"ms": spent, "mb": _peak()}


def _peak() -> float:
    """Megabytes resident at most so far, where the system tells (the figure of getrusage counts the parent in)."""
    with suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    return 0.0


if __name__ == "__main__":
    main()
