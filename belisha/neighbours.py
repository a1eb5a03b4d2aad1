"""Are the stage packages that Python would import our own?

The stages bear plain names (``extract``, ``normalise``, ``validate``). A file or another distribution of
the same name that comes earlier on the path hides them. This module imports no stage, so that it can
speak when one is hidden.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from pathlib import Path
from typing import NamedTuple

STAGES = ("extract", "normalise", "validate")
ADVICE = (
    "install Belisha in an environment of its own (uv tool install, pipx or a new venv), "
    "or rename the other one"
)


class HiddenStage(NamedTuple):
    """A stage that Python would not import from beside ``belisha``. ``found`` is where it would look."""

    name: str
    found: str | None

    def __str__(self) -> str:
        if self.found is None:
            return f"Belisha's package '{self.name}' is missing; install Belisha again"
        return f"Belisha's package '{self.name}' is hidden by {self.found}; {ADVICE}"


def home() -> Path:
    """The folder that holds ``belisha`` and should hold the stages."""
    return Path(__file__).resolve().parent.parent


def hidden_stages() -> tuple[HiddenStage, ...]:
    """The stages that are missing or would come from elsewhere. Looks for them without importing them."""
    found = ((name, _origin(name)) for name in STAGES)
    return tuple(HiddenStage(name, origin) for name, origin in found if not _is_ours(name, origin))


def _origin(name: str) -> str | None:
    loaded = sys.modules.get(name)
    if loaded is not None:
        return getattr(loaded, "__file__", None)
    spec = PathFinder.find_spec(name)
    if spec is None:
        # editable installs may map packages through a finder of their own
        from importlib.util import find_spec

        spec = find_spec(name)
    if spec is None:
        return None
    return spec.origin or next(iter(spec.submodule_search_locations or ()), None)


def _is_ours(name: str, origin: str | None) -> bool:
    return origin is not None and Path(origin).resolve() == home() / name / "__init__.py"


def version() -> str:
    """The version of the installed distribution, or "unknown" in a bare source tree."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed_version

    try:
        return installed_version("belisha")
    except PackageNotFoundError:
        return "unknown"
