"""In what a rule measures: distances in a unit that it names ("within 2 days"), shares of the target, signed variances."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from normalise.records import SchemeEntry
from validate.rules.bands import Draft
from validate.rules.words import named_unit, tokenise
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


def worded_for_high(entries: Sequence[SchemeEntry], drafts: Sequence[Draft]) -> str:
    """How a rule measures that has a plain sense only where high is good, empty for others."""
    edges = [(p, e) for d in drafts for p in d.pieces for e in (p.low, p.high) if e is not None and e.at]
    if any(piece.basis == "relative" for piece, _ in edges):
        return "in shares of the target"
    tokens = [t for e in entries for t in tokenise(e.text)]
    sides = {"better", "worse", "above", "below"} & {t.kind for t in tokens}
    if not sides and any(t.kind == "figure" and t.sign in ("+", "-") for t in tokens):
        return "in variances with a sign"
    return ""
