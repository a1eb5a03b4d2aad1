"""The words that the arithmetic needs, from ``data/audit_words.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast


@cache
def word_list(name: str) -> frozenset[str]:
    """The list ``name`` of the data file, in lower case. Raises KeyError for an unknown name."""
    text = files("validate").joinpath("data/audit_words.toml").read_text("utf-8")
    return frozenset(word.lower() for word in cast("list[str]", tomllib.loads(text)[name]))


@lru_cache(maxsize=1024)
def status_key(status: str) -> str:
    """A status as lower_snake_case, so that "Amber/Green" and "amber_green" meet."""
    return re.sub(r"[^a-z0-9]+", "_", status.lower()).strip("_")


def status_in_words(status: str) -> str:
    """A status as a reader would write it: "no target" for "no_target"."""
    return status.replace("_", " ")
