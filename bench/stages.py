"""Where Belisha's own time goes: processor time by stage, measured from outside by clocks around its functions."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from types import ModuleType
from typing import Any

# stage: the functions whose time is its own, less that of stages within them
PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "open": (("extract.document", "look"),),
    "read": (("extract.pages", "PageReader.read"), ("extract.pages", "words_of_page")),
    "tables": (
        ("extract.page_contents", "find_ruled"),
        ("extract.page_contents", "fill_cells"),
        ("extract.page_contents", "find_unruled"),
        ("extract.page_contents", "table_of"),
    ),
    "join": (("extract.reader", "_join"),),
    "lines": (("extract.page_contents", "lines_of"),),
    "normalise": (("normalise.reading", "read_report"),),
    "audit": (("validate.audit", "audit_report"),),
}


class Clock:
    """Adds up the time of each stage; time in a stage that another one called counts for the inner one."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = dict.fromkeys(PARTS, 0.0)
        self._open: list[str] = []
        self._since = 0.0

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def clocked(*args: Any, **named: Any) -> Any:
            self._turn()
            self._open.append(stage)
            try:
                return function(*args, **named)
            finally:
                self._turn()
                self._open.pop()

        return clocked

    def _turn(self) -> None:
        now = time.process_time()
        if self._open:
            self.spent[self._open[-1]] += now - self._since
        self._since = now

    def reset(self) -> None:
        self.spent = dict.fromkeys(PARTS, 0.0)


def put_clocks(clock: Clock) -> None:
    """Put a clock around every function that PARTS names."""
    from importlib import import_module

    for stage, parts in PARTS.items():
        for module_name, path in parts:
            owner: ModuleType | type = import_module(module_name)
            *classes, name = path.split(".")
            for inner in classes:
                owner = getattr(owner, inner)
            setattr(owner, name, clock.around(stage, getattr(owner, name)))


def by_stage(report: str, warm: Callable[[], None]) -> dict[str, float]:
    """Milliseconds of each stage and of the whole, of one reading and audit after ``warm``."""
    import belisha

    clock = Clock()
    put_clocks(clock)
    warm()
    clock.reset()
    start = time.process_time()
    belisha.audit(belisha.read(report))
    whole = (time.process_time() - start) * 1000
    spent = {stage: seconds * 1000 for stage, seconds in clock.spent.items()}
    return {**spent, "other": whole - sum(spent.values()), "whole": whole}
