"""Many patterns as one."""

from __future__ import annotations

from collections.abc import Sequence

_WORD = r"\b"


def any_of(patterns: Sequence[str]) -> str:
    """Any of some regular expressions, none where there are none.

    Where all of them begin a word, that is looked at once: most places of a text are then passed over without one of
    them being tried.
    """
    if not patterns:
        return r"(?!)"
    if all(pattern.startswith(_WORD) for pattern in patterns):
        return rf"\b(?:{any_of([pattern.removeprefix(_WORD) for pattern in patterns])})"
    return "|".join(f"(?:{pattern})" for pattern in patterns)
