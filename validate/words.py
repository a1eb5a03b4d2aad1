"""The words that the audit knows, from the files in ``data``, and patterns made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from normalise.patterns import any_of


@cache
def data_of(name: str) -> dict[str, Any]:
    """What ``data/NAME.toml`` holds."""
    data: dict[str, Any] = tomllib.loads(files("validate").joinpath(f"data/{name}.toml").read_text("utf-8"))
    return data


@cache
def word_list(name: str) -> frozenset[str]:
    """The list ``name`` of ``audit_words.toml``, in lower case. Raises KeyError for an unknown name."""
    return frozenset(word.lower() for word in data_of("audit_words")[name])


def one_of_words(words: Iterable[str], suffix: str = "") -> re.Pattern[str]:
    """Any of some plain words, the longest first, as a word of its own; ``suffix`` is a pattern that may follow."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))}){suffix}(?!\w)")


def one_of_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of some patterns, in any case."""
    return re.compile(any_of(list(patterns)), re.I)


@lru_cache(maxsize=1024)
def status_key(status: str) -> str:
    """A status as lower_snake_case, so that "Amber/Green" and "amber_green" meet."""
    return re.sub(r"[^a-z0-9]+", "_", status.lower()).strip("_")


def status_in_words(status: str) -> str:
    """A status as a reader would write it: "no target" for "no_target"."""
    return status.replace("_", " ")
