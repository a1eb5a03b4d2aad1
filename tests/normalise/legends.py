"""What the tests of rules and keys share: passages made of texts, and the rule that is found in them."""

from __future__ import annotations

from typing import Any

from normalise.legend import find_rules
from normalise.records import Passage, SchemeEntry


def passages(*texts: str) -> list[Passage]:
    return [
        Passage(
            page=1,
            bbox=(50, 100 + 20 * n, 500, 112 + 20 * n),
            text=text,
            kind="item" if text.startswith("•") else "paragraph",
        )
        for n, text in enumerate(texts)
    ]


def find_scheme(*args: Any, **more: Any) -> tuple[SchemeEntry, ...]:
    """The report's rule: the first of those that it prints."""
    return next(iter(find_rules(*args, **more)), ())


def scheme(*texts: str) -> list[tuple[str, str]]:
    return [(e.status, e.text) for e in find_scheme(passages(*texts))]
