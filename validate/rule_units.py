"""Distances in a unit that a rule names ("within 2 days"): they say nothing of measures in another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalise.records import SchemeEntry
from validate.rule_words import named_unit, tokenise
from validate.scheme import Condition, Reading, Span, changed


def own_unit(entries: Sequence[SchemeEntry]) -> str:
    """The unit that the rule's distances are in ("days"); of two, no measure is in both."""
    tokens = [t for e in entries for t in tokenise(e.text) if t.kind == "figure"]
    return " and ".join(sorted({named_unit(t) for t in tokens} - {""}))


def in_unit(reading: Reading, unit: str) -> Reading:
    def told(part: Condition) -> Condition:
        return replace(part, unit=unit) if isinstance(part, Span) and part.basis == "absolute" else part

    bands = (replace(b, condition=b.condition and changed(b.condition, told)) for b in reading.bands)
    return replace(reading, bands=tuple(bands))
