"""What is installed, what is missing, and what to type: the examination behind ``belisha doctor``.

Imports no stage and no dependency, so that it can speak when one of them is broken.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Literal

from msgspec import Struct

from belisha.neighbours import ADVICE, STAGES, hidden_stages, home, version

State = Literal["ok", "mend", "info"]
OLDEST_PYTHON = (3, 11)
# used where the distribution's own list cannot be read (a bare source tree)
NEEDED = ("camelot-py", "click", "pandas", "pdfplumber", "pydantic", "pypdfium2")
_MARKS = {"ok": "ok  ", "mend": "MEND", "info": "    "}
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:>=\s*([0-9.]+))?")


class Line(Struct, frozen=True):
    """One thing examined. ``todo`` is what to type or do, "" where nothing is to be done."""

    state: State
    what: str
    todo: str = ""


class Examination(Struct, frozen=True):
    """All lines; ``exit_code`` is 2 if anything must be mended, else 0."""

    lines: tuple[Line, ...]

    @property
    def exit_code(self) -> int:
        return 2 if any(line.state == "mend" for line in self.lines) else 0

    def text(self) -> str:
        shown = []
        for line in self.lines:
            shown.append(f"{_MARKS[line.state]} {line.what}")
            if line.todo:
                shown.append(f"       -> {line.todo}")
        ending = "All that Belisha needs is here." if self.exit_code == 0 else "Mend what is marked MEND."
        return "\n".join([*shown, "", ending])


def examine() -> Examination:
    """Look at Python, the platform, Belisha's own packages and what it depends on."""
    return Examination((*_surroundings(), *_stages(), *_dependencies(), *_isolation(), *_optional()))


def _surroundings() -> Iterator[Line]:
    yield Line("info", f"belisha {version()} in {home()}")
    running = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] >= OLDEST_PYTHON:
        yield Line("ok", f"Python {running} ({sys.executable})")
    else:
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        yield Line("mend", f"Python {running} is too old", f"install Python {wanted} or newer")
    yield Line("info", f"{platform.platform()}, {platform.machine()}")
    own = sys.prefix != sys.base_prefix
    if own:
        yield Line("ok", f"an environment of its own ({sys.prefix})")
    else:
        yield Line("info", "not in a virtual environment", "better: uv tool install, pipx, or a venv")


def _stages() -> Iterator[Line]:
    hidden = {stage.name: stage for stage in hidden_stages()}
    owners = metadata.packages_distributions()
    for name in STAGES:
        others = sorted({owner for owner in owners.get(name, []) if owner.lower() != "belisha"})
        if name in hidden:
            yield Line("mend", f"package {name}: {_short(str(hidden[name]))}", ADVICE)
        elif others:
            yield Line("mend", f"package {name} is also installed by {', '.join(others)}", ADVICE)
        else:
            yield Line("ok", f"package {name} is Belisha's own")


def _short(line: str) -> str:
    return line.partition("; ")[0]


def _dependencies() -> Iterator[Line]:
    for name, oldest in _requirements():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Line("mend", f"{name} is missing", f'{_pip()} install "{name}>={oldest}"')
            continue
        if _numbers(found) < _numbers(oldest):
            yield Line(
                "mend",
                f"{name} {found} is older than {oldest}",
                f'{_pip()} install --upgrade "{name}>={oldest}"',
            )
        else:
            yield Line("ok", f"{name} {found}")


def _isolation() -> Iterator[Line]:
    from belisha.isolation.limits import missing

    lacking = missing()
    for words in lacking:
        yield Line("info", f"limits: {words}")
    if not lacking:
        yield Line("ok", "limits of memory and time hold against bad files")


def _optional() -> Iterator[Line]:
    found = []
    for name in ("rapidocr", "onnxruntime"):
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            what = (
                "character recognition (OCR) is not installed; scans are refused, or listed as unread pages"
            )
            yield Line("info", what, f'if you have scans: {_pip()} install "belisha[ocr]"')
            return
    yield Line("ok", f"character recognition (OCR) for scans: {', '.join(found)}")


def _requirements() -> Iterator[tuple[str, str]]:
    try:
        listed = metadata.requires("belisha") or []
    except metadata.PackageNotFoundError:
        listed = list(NEEDED)
    for line in listed:
        found = _REQUIREMENT.match(line)
        if found and "extra ==" not in line:
            yield found[1], found[2] or "0"


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", written.partition("+")[0])[:4])


def _pip() -> str:
    return f"{sys.executable} -m pip"
