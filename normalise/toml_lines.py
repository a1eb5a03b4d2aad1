"""On which line of TOML text a key stands; the parser itself only tells where text is no TOML at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*\.?""")


def line_of(text: str, path: Sequence[str]) -> int:
    """The line, from 1, on which a key stands in TOML text; that of the nearest key above it, else 1."""
    best, reach = 1, 0
    table: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header and not key:
            table = _parts(header[2])
            if header[1] == "[[":
                count = seen.get(header[2], -1) + 1
                seen[header[2]] = count
                table.append(str(count))
            here = table
        elif key:
            here = [*table, *_parts(key[1])]
        else:
            continue
        if len(here) <= len(path) and list(path[: len(here)]) == here and len(here) > reach:
            best, reach = number, len(here)
    return best


def _parts(dotted: str) -> list[str]:
    return [next(p for p in found if p or p == "") for found in _split(dotted)]


def _split(dotted: str) -> Iterator[tuple[str, ...]]:
    for match in _PART.finditer(dotted):
        yield tuple(group for group in match.groups() if group is not None)


def line_with(text: str, word: str) -> int:
    """The last line that holds a word: where it is given its second meaning."""
    lines = [
        n for n, line in enumerate(text.splitlines(), 1) if f'"{word}"' in line.lower().replace("'", '"')
    ]
    return lines[-1] if lines else 1
