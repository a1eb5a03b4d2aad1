"""Packages that only some formats need: imported when asked for, and named where they are missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from extract.errors import SettingsError


def needed(module: str, *, extra: str, what: str) -> ModuleType:
    """Import a module of an extra. Raises SettingsError that says which extra to install."""
    try:
        return import_module(module)
    except ImportError as missing:
        raise SettingsError(
            f"{what} needs the package {module.partition('.')[0]}, which is not installed",
            advice=f"pip install 'belisha[{extra}]'",
        ) from missing
