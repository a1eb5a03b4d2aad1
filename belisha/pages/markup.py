"""HTML and SVG built from calls, so that no text from a report can become markup.

Everything that is not ``Markup`` is escaped, in text and in attributes alike; control and direction
characters become visible escapes.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TypeAlias

from belisha.safe_text import printable

VOID = frozenset({"meta", "br", "img", "input", "path", "rect", "line", "circle", "use", "image", "polygon"})


class Markup(str):
    """Text that is markup already: only ``tag``, ``join`` and this package's own files make it."""

    __slots__ = ()


Child: TypeAlias = "str | Iterable[Child] | None"


def text(words: str) -> Markup:
    """Words, escaped. What is markup already stays as it is."""
    if isinstance(words, Markup):
        return words
    return Markup(html.escape(printable(words), quote=True))


def join(*children: Child) -> Markup:
    """Children one after the other; None is nothing, other sequences are joined in turn."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        parts.append(text(child) if isinstance(child, str) else join(*child))
    return Markup("".join(parts))


def tag(name: str, /, *children: Child, **attributes: str | float | bool | None) -> Markup:
    """An element. ``cls`` is the class, underscores become hyphens; None and False leave an attribute out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID and not children:
        return Markup(
            f"<{name}{written}>" if name in {"meta", "br", "img", "input"} else f"<{name}{written}/>"
        )
    return Markup(f"<{name}{written}>{join(*children)}</{name}>")


def _attribute(key: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = "class" if key == "cls" else key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    written = f"{value:g}" if isinstance(value, float) else str(value)
    return f' {name}="{text(written)}"'


def lines(words: str) -> Markup:
    """Text of several lines: bullets become a list, the rest paragraphs."""
    parts: list[Markup] = []
    points: list[Markup] = []
    for line in words.splitlines():
        stripped = line.strip()
        if stripped.startswith("•"):
            points.append(tag("li", stripped[1:].strip()))
            continue
        if points:
            parts.append(tag("ul", points))
            points = []
        if stripped:
            parts.append(tag("p", stripped))
    if points:
        parts.append(tag("ul", points))
    return join(parts)
