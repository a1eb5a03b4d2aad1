"""Which way is good, and how a row tells it."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from normalise.records import Measure, Polarity, Value
from validate.rounding import fraction

UNCERTAIN_FLOOR = "the row's own threshold lies on the better side of its target"
UNCERTAIN_BOUND = "the target's sign says otherwise than the polarity that is printed"
UNCERTAIN_BOTH = "the target's sign says otherwise than the row's own threshold"


class Told(Struct, frozen=True):
    """A polarity (None: nothing tells it), whether print tells it, and a remark on how.

    ``trouble`` says what in the row speaks against itself; then nothing can be judged.
    """

    good_is: Polarity | None = None
    printed: bool = True
    note: str = ""
    trouble: str = ""


def polarity_of(measure: Measure | None, floor: Value | None, target: Value) -> Told:
    """The polarity of a row, from its own word, its threshold, its target's sign, or by inference.

    A threshold stands on the worse side of target, and a target of "at least" is for what should be high: both are
    print as good as a word.
    """
    stated = measure.good_is if measure else None
    by_floor = _by_floor(floor, target)
    by_bound = _by_bound(target)
    for one, other, trouble in (
        (stated, by_floor, UNCERTAIN_FLOOR),
        (stated, by_bound, UNCERTAIN_BOUND),
        (by_floor, by_bound, UNCERTAIN_BOTH),
    ):
        if one and other and one != other:
            return Told(trouble=trouble)
    if stated:
        return Told(stated)
    if by_floor:
        side = "below" if by_floor == "high" else "above"
        return Told(by_floor, note=f"the threshold lies {side} the target, so {by_floor} is good")
    if by_bound:
        least = "at least" if by_bound == "high" else "at most"
        return Told(by_bound, note=f"the target is printed as {least}, so {by_bound} is good")
    inferred = measure.inferred_good_is if measure else None
    if inferred and inferred.origin != "status":  # else the status would be judged by itself
        note = f"{inferred.good_is} is taken as good: {inferred.reason}"
        return Told(inferred.good_is, printed=False, note=note)
    return Told()


def _by_floor(floor: Value | None, target: Value) -> Polarity | None:
    low, high = exact(floor), exact(target)
    if low is None or high is None or low == high:
        return None
    return "high" if low < high else "low"


def _by_bound(target: Value) -> Polarity | None:
    if target.bound is None:
        return None
    return "high" if target.bound in ("gt", "ge") else "low"


def exact(value: Value | None) -> Fraction | None:
    """A threshold, target or tolerance: what is printed; None where it is no single figure or was read badly."""
    if value is None or value.value is None or value.confidence == "low":
        return None
    return None if value.upper is not None else fraction(value.value)


def opposite(polarity: Polarity) -> Polarity:
    return "low" if polarity == "high" else "high"
