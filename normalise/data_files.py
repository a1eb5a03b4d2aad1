"""The word lists of this stage, as they stand in its ``data`` folder."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def parsed(name: str) -> dict[str, Any]:
    """What ``data/NAME`` holds, a TOML file, read once. Not to be changed by who gets it."""
    return tomllib.loads(text_of(name))


def text_of(name: str) -> str:
    """The text of ``data/NAME``."""
    return files("normalise").joinpath("data", name).read_text(encoding="utf-8")
