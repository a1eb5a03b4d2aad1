"""What one reading and audit costs in things that can be counted, the same on every machine. Prints JSON.

``python -m bench.counted REPORT SMALL``: calls into PDFium, calls of Python functions, and kilobytes that Python
holds at most, after SMALL, another report, has been read.
"""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable
from ctypes import _CFuncPtr  # type: ignore[attr-defined]  # the type of every bound function; typeshed lacks it
from typing import Any

import pypdfium2.raw as raw

import belisha
from extract.page import calls


class Calls:
    """Counts calls of PDFium's functions once ``watch`` has put a counter before each."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self) -> None:
        for module in (raw, calls):
            for name, function in list(vars(module).items()):
                bound = name.startswith("FPDF") if module is raw else isinstance(function, _CFuncPtr)
                if bound and callable(function) and hasattr(function, "argtypes"):
                    setattr(module, name, self._counted(function))

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            self.count += 1
            return function(*args)

        return counted


def main() -> None:
    report, small = sys.argv[1:3]
    belisha.audit(belisha.read(small))
    python = 0

    def on_event(frame: object, event: str, argument: object) -> None:
        nonlocal python
        python += event == "call"

    sys.setprofile(on_event)
    belisha.audit(belisha.read(report))
    sys.setprofile(None)
    tracemalloc.start()
    belisha.audit(belisha.read(report))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    calls = Calls()
    calls.watch()
    belisha.audit(belisha.read(report))
    print(json.dumps({"pdfium_calls": calls.count, "python_calls": python, "peak_kb": peak // 1024}))


if __name__ == "__main__":
    main()
