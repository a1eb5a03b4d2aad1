"""A rating scheme: bands in order of merit, and the admissible readings of its words.

Variance *v* is signed so that positive is better than target (see ``variance.py``). A *reading* is one way
to settle everything that the words leave open; in it each band is a condition that is true or false of
a figure. What the words do settle is the same in all readings.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Literal

from msgspec import Struct

Basis = Literal["relative", "points", "absolute"]
Trend = Literal["better", "same", "worse"]
# the question that a rule in percentage points leaves open, unless it names other measures as well
NOT_PERCENTAGES = "measures that are no percentages"


class Span(Struct, frozen=True):
    """True when the signed variance lies between two edges (None: no edge on that side).

    ``relative``: per cent of target. ``points``: figure less target, only where both are percentages.
    ``absolute``: figure less target in the measure's own unit; ``unit`` is that which the rule names ("days"),
    and of measures in another one it says nothing.
    """

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = True
    basis: Basis = "relative"
    unit: str = ""


class Floor(Struct, frozen=True):
    """True when the figure is as good as the measure's own threshold, or better (or not, if not ``met``)."""

    met: bool = True
    edge_in: bool = True


class WithinTolerance(Struct, frozen=True):
    """True when the figure misses target by no more than the measure's own tolerance column allows."""

    within: bool = True
    edge_in: bool = True
    basis: Basis = "absolute"


class TrendIs(Struct, frozen=True):
    """True when the figure against the earlier one is one of ``trends``, in terms of merit.

    ``against`` says which earlier figure: the ``previous`` period's or the one a year ago; None where the
    words do not say. ``about``: it is worded as no change to speak of ("stable"), and how much that is, is not said.
    """

    trends: frozenset[Trend]
    against: Literal["previous", "last_year"] | None = None
    about: bool = False


class Against(Struct, frozen=True):
    """True when the signed difference from another printed figure lies between two edges.

    ``to`` is the ``previous`` period's figure, that of ``last_year``, an ``earlier`` one where the words do not say
    which, or a ``benchmark`` in a column whose heading holds all of ``words``. ``basis`` as in ``Span``, in per cent
    of that figure. ``literal``: "above" and "below" are meant of the figure, whichever way is good.
    ``left_open`` names what the words leave open, until a reading settles it.
    """

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = True
    basis: Basis = "relative"
    to: Literal["previous", "last_year", "earlier", "benchmark"] = "earlier"
    words: frozenset[str] = frozenset()
    literal: bool = False
    left_open: frozenset[str] = frozenset()


class UnitIs(Struct, frozen=True):
    """True when the measure is (or is not) a percentage: for rules that differ by kind."""

    percentage: bool


class All(Struct, frozen=True, dict=True):
    parts: tuple[Condition, ...]

    @cached_property
    def leaves(self) -> tuple[Condition, ...]:
        return tuple(leaf for part in self.parts for leaf in leaves(part))


class Any(Struct, frozen=True, dict=True):
    parts: tuple[Condition, ...]

    @cached_property
    def leaves(self) -> tuple[Condition, ...]:
        return tuple(leaf for part in self.parts for leaf in leaves(part))


class Not(Struct, frozen=True):
    part: Condition

    @property
    def leaves(self) -> tuple[Condition, ...]:
        return leaves(self.part)


Condition = Span | Floor | WithinTolerance | TrendIs | Against | UnitIs | All | Any | Not


def leaves(condition: Condition) -> tuple[Condition, ...]:
    """The parts of a condition that are not made of others."""
    return condition.leaves if isinstance(condition, (All, Any, Not)) else (condition,)


def changed(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """The condition with each part that is not made of others changed."""
    match condition:
        case All(parts):
            return All(tuple(changed(part, change) for part in parts))
        case Any(parts):
            return Any(tuple(changed(part, change) for part in parts))
        case Not(part):
            return Not(changed(part, change))
    return change(condition)


def side_only(part: Condition) -> Condition:
    """Of a stretch, only on which side of target it lies; other conditions as they are."""
    if not isinstance(part, Span):
        return part
    low = None if part.low is None or part.low < 0 else Decimal(0)
    high = None if part.high is None or part.high > 0 else Decimal(0)
    return Span(low, high, part.low == 0 and part.low_in, part.high == 0 and part.high_in)


def any_if_about(part: Condition) -> Condition:
    """Of a direction of travel worded as "stable", any, for the change may be too small to count."""
    if not isinstance(part, TrendIs) or not part.about or "same" not in part.trends:
        return part
    return TrendIs(frozenset(("better", "same", "worse")), part.against)


class Band(Struct, frozen=True):
    """A status and when it applies. ``condition`` None: its words give nothing to compute ("comment only").

    ``words`` are further ways to earn the status that are not figures ("Completed", "On track").
    ``rated`` is False for statuses that are no judgement (no data, not due, annual).
    """

    status: str
    condition: Condition | None
    words: tuple[str, ...] = ()
    rated: bool = True


class Reading(Struct, frozen=True, dict=True):
    """One admissible reading. ``name`` is short ("relative; exactly 5% is amber"); ``choices`` pairs each
    open question with the answer this reading gives. Bands stand in order of merit, best first."""

    name: str
    bands: tuple[Band, ...]
    choices: tuple[tuple[str, str], ...] = ()

    @cached_property
    def known(self) -> dict[str, Condition | None]:
        """The conditions of its statuses that were asked for so far."""
        return {}


class Scheme(Struct, frozen=True):
    """What the rule's words settle and leave open.

    ``readings`` is empty when the rule could not be read; then ``not_understood`` quotes what was not, and
    nothing may be accused. ``gaps`` and ``overlaps`` are plain sentences about the words.
    ``origin``: "printed", "profile" or "inferred" (an inferred scheme accuses nobody).
    ``for_high``: how the rule measures, where it is worded for measures of which high is good ("90% of target",
    "variance of -5%") and for others may be meant in more than one way; empty where it is not.
    """

    readings: tuple[Reading, ...]
    statuses: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    open_questions: tuple[str, ...] = ()
    origin: Literal["printed", "profile", "inferred"] = "printed"
    rule: str = ""
    page: int | None = None
    for_high: str = ""

    @property
    def usable(self) -> bool:
        return bool(self.readings)
