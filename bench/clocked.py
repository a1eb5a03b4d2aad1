"""One measurement in a process of its own. Prints milliseconds of processor time, or a list of modules.

``python -m bench.clocked floor|read|modules REPORT``; ``read`` takes from standard input the names of
the modules to import before the clock starts, as ``modules`` printed them.
"""

from __future__ import annotations

import ctypes
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


def start_up() -> None:
    """What a process does once, however many reports it reads: word lists loaded, patterns compiled.

    Done by reading a made-up report that shares no row with the one to be measured.
    """
    import belisha
    from fixtures.generator import generate

    belisha.read(generate(7).pdf)


def main() -> None:
    what, report = sys.argv[1:3]
    if what == "modules":
        read(report)
        print("\n".join(sorted(sys.modules)))
        return
    if what == "floor":
        import_module("pypdfium2.raw")
        print(_milliseconds(floor, report))
        return
    for name in sys.stdin.read().split():
        with suppress(Exception):  # names made at run time cannot be imported again
            import_module(name)
    start_up()
    print(_milliseconds(read, report))


def _milliseconds(work: Callable[[str], None], report: str) -> float:
    start = time.process_time()
    work(report)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
