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


def anchor_of(pattern: str) -> str:
    """The longest run of plain characters that every text holds which a regular expression matches; "" where none is
    plain to see. So that a text without it need not be searched, nor the pattern be compiled.
    """
    runs: list[str] = [""]
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "|":
            return ""  # a choice between this and another pattern
        if char == "\\":
            runs.append("")
            at += 2
        elif char in "([":
            runs.append("")
            at = _past_group(pattern, at)
        elif char in "?*{":  # the character before may be missing
            runs[-1] = runs[-1][:-1]
            runs.append("")
            at = pattern.index("}", at) + 1 if char == "{" else at + 1
        elif char in "+.^$":
            runs.append("")
            at += 1
        else:
            runs[-1] += char
            at += 1
    return max(runs, key=len)


def _past_group(pattern: str, at: int) -> int:
    """One past the end of the group or the set of characters that begins at a place."""
    if pattern[at] == "[":
        end = pattern.index(
            "]", at + 2 + (pattern[at + 1] == "^")
        )  # as the first in a set it stands for itself
        while pattern[end - 1] == "\\":
            end = pattern.index("]", end + 1)
        return end + 1
    depth = 0
    while True:
        char = pattern[at]
        if char == "\\":
            at += 2
            continue
        if char == "[":
            at = _past_group(pattern, at)
            continue
        depth += (char == "(") - (char == ")")
        at += 1
        if depth == 0:
            return at
