"""Text from strangers, made fit for a terminal.

What a PDF or a file name holds may move the cursor, change colours or turn the direction of writing, so
that a reader sees other words than were printed. Here such characters become visible escapes. Records
keep the text as it was read; only what is shown passes through here.
"""

from __future__ import annotations

import re
import unicodedata

# invisible and harmless where a line is broken: leave them out
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_ESCAPED_KINDS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SURROGATES = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """The text on one line, with every control, direction or private character escaped ("\\x1b")."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(c) for c in text)


def one_line(text: str) -> str:
    """``printable`` with white space collapsed and trimmed."""
    return " ".join(printable(text).split())


def well_formed(text: str) -> str:
    """The text with lone surrogates replaced by U+FFFD, so that it can be written as UTF-8."""
    return _SURROGATES.sub("\ufffd", text)


def width(text: str) -> int:
    """Columns that the text takes on a terminal: wide East Asian characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def shortened(text: str, columns: int) -> str:
    """The text cut to so many columns; a cut is shown by "…"."""
    if width(text) <= columns:
        return text
    kept = ""
    used = 0
    for c in text:
        used += _columns(c)
        if used > columns - 1:
            break
        kept += c
    return kept.rstrip() + "…"


def _columns(c: str) -> int:
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _shown(c: str) -> str:
    if c in _SPACES:
        return " "
    if c in _DROPPED:
        return ""
    if unicodedata.category(c) not in _ESCAPED_KINDS:
        return c
    code = ord(c)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
