"""Where a report prints no rule: the simplest one that its statuses seem to follow.

Such a rule accuses nobody; it can only say which statuses do not go with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations

from msgspec import Struct

from validate.band_words import band_in_words
from validate.cases import Case
from validate.readings import explains
from validate.scheme import All, Any, Band, Basis, Condition, Floor, Reading, Scheme, Span, UnitIs
from validate.variance import Variance, variance
from validate.words import status_in_words, status_key, word_list

MERIT = (
    ("blue", "gold", "purple", "exceeded", "exceeding", "dark_green", "green_star"),
    ("green", "met", "on_target", "achieved", "on_track", "light_green"),
    ("yellow", "amber_green", "green_amber"),
    ("amber", "orange", "slightly_below", "within_tolerance", "close_to_target"),
    ("amber_red", "red_amber"),
    ("red", "not_met", "missed", "below_target", "off_target", "off_track"),
    ("black", "dark_red"),
)
# Edges from the commonest to the rarest.
COMMON = tuple(Decimal(e) for e in ("0", "5", "10", "2", "3", "1", "15", "7.5", "2.5", "20", "25"))
FEWEST_CASES = 6
LEAST_SHARE = Fraction(9, 10)
MOST_BANDS = 5
WORTH_OF_TARGET = 2  # so many statuses more must a rule explain in which target itself is no edge


class Inferred(Struct, frozen=True):
    """A scheme with origin "inferred" that explains ``explained`` of ``decided`` statuses, and a sentence."""

    scheme: Scheme
    explained: int
    decided: int
    sentence: str


class _Trial(Struct, frozen=True):
    """A reading with the statuses that it explains, by status, and how odd it is."""

    reading: Reading
    printed: tuple[int, ...]
    rounded: tuple[int, ...]
    oddness: tuple[int, ...]

    @property
    def explained(self) -> int:
        return sum(self.printed) + sum(self.rounded)

    @property
    def rank(self) -> tuple[int, int, tuple[int, ...]]:
        return (WORTH_OF_TARGET * self.oddness[0] - self.explained, -sum(self.printed), self.oddness)


def infer_scheme(cases: Iterable[Case]) -> Inferred | None:
    """The simplest scheme of bands that explains nine in ten of the statuses; None where none does.

    At least six statuses with figures and at least two different ones are needed. Simpler is: the rows' own
    thresholds, target itself as an edge, per cent before percentage points, commoner edges.
    """
    usable = [c for c in cases if not c.reason and not c.tentative and c.printed and _is_one_figure(c)]
    order = merit_order(c.printed or "" for c in usable)
    by_status = [[c for c in usable if status_key(c.printed or "") == status] for status in order]
    decided = sum(map(len, by_status))
    if decided < FEWEST_CASES or not 2 <= len(order) <= MOST_BANDS:
        return None
    best = min((*_by_variance(order, by_status), *_by_threshold(order, by_status)), key=lambda t: t.rank)
    halves = all(
        2 * (p + r) >= len(cases_of_one)
        for p, r, cases_of_one in zip(best.printed, best.rounded, by_status, strict=True)
    )
    if best.explained < LEAST_SHARE * decided or not halves:
        return None
    rule = "; ".join(f"{status_in_words(b.status)}: {band_in_words(b.condition)}" for b in best.reading.bands)
    sentence = (
        f"No rule is printed; {best.explained} of {decided} statuses follow this one, "
        f"inferred from them: {rule}."
    )
    scheme = Scheme((best.reading,), tuple(order), origin="inferred", rule=rule)
    return Inferred(scheme, best.explained, decided, sentence)


def _is_one_figure(case: Case) -> bool:
    return bool(case.worlds) and all(world.facts.figure.point is not None for world in case.worlds)


def merit_order(statuses: Iterable[str]) -> list[str]:
    """The judging statuses among ``statuses``, best first; those whose place is not known are left out."""
    found = {status_key(s) for s in statuses} - word_list("not_judged")
    rank = {name: i for i, names in enumerate(MERIT) for name in names}
    known = [s for s in found if s in rank]
    return sorted(known, key=lambda s: (rank[s], s))


def _by_variance(order: Sequence[str], by_status: Sequence[Sequence[Case]]) -> Iterator[_Trial]:
    """Every way to cut the line into bands at round edges."""
    signed = sorted({*COMMON, *(-e for e in COMMON)}, reverse=True)
    shares = [w.facts.percentage for cases in by_status for c in cases for w in c.worlds]
    bases: tuple[Basis, ...] = ("relative", "points") if any(shares) else ("relative",)
    for n, basis in enumerate(bases):
        mixed = basis == "points" and not all(shares)

        reaches = [[_reaches(case, basis) for case in cases] for cases in by_status]

        @cache
        def fits(
            k: int, low: Decimal | None, high: Decimal | None, reaches: Reaches = reaches
        ) -> tuple[int, int]:
            span = _span(low, high)
            printed = [all(_within(span, r.printed, r.printed) for r in case) for case in reaches[k]]
            rounded = [all(_within(span, r.worst, r.best) for r in case) for case in reaches[k]]
            return sum(printed), sum(rounded) - sum(printed)

        for edges in combinations(signed, len(order) - 1):
            lows, highs = (*edges, None), (None, *edges)
            counts = [fits(k, lows[k], highs[k]) for k in range(len(order))]
            bands = tuple(_band(s, lows[k], highs[k], basis, mixed) for k, s in enumerate(order))
            yield _Trial(
                Reading(f"inferred, {basis}", bands),
                tuple(p for p, _ in counts),
                tuple(r for _, r in counts),
                (int(Decimal(0) not in edges), n, *sorted(COMMON.index(abs(e)) for e in edges)),
            )


class _Reach(Struct, frozen=True):
    """The variances that a figure may have in one world: as printed, and the ends of its rounding."""

    printed: Variance
    worst: Variance
    best: Variance


Reaches = list[list[list[_Reach]]]


def _reaches(case: Case, basis: Basis) -> list[_Reach]:
    """One reach for each world of the case."""
    found = []
    for facts in (world.facts for world in case.worlds):
        figure, polarity = facts.figure, facts.polarity or "high"
        own: Basis = basis if facts.percentage else "relative"
        ends = [end for end in (figure.low, figure.point, figure.high) if end is not None]
        low, middle, high = (variance(end, facts.target or Fraction(0), polarity, own) for end in ends)
        found.append(_Reach(middle, *((low, high) if polarity == "high" else (high, low))))
    return found


def _within(span: Span, worst: Variance, best: Variance) -> bool:
    """Whether some variance from ``worst`` to ``best`` lies in ``span``."""
    return (span.low is None or best.above(Fraction(span.low), edge_in=span.low_in)) and (
        span.high is None or worst.below(Fraction(span.high), edge_in=span.high_in)
    )


def _span(low: Decimal | None, high: Decimal | None, basis: Basis = "relative") -> Span:
    return Span(low, high, low is not None and low <= 0, high is not None and high > 0, basis)


def _by_threshold(order: Sequence[str], by_status: Sequence[Sequence[Case]]) -> Iterator[_Trial]:
    """Target met, the row's own threshold met, or neither: where the rows print thresholds."""
    if len(order) != 3 or not any(c.floor is not None for cases in by_status for c in cases):
        return
    met = Span(Decimal(0), None)
    missed = Span(None, Decimal(0), high_in=False)
    conditions: list[Condition] = [met, All((missed, Floor(True))), All((missed, Floor(False)))]
    bands = tuple(Band(s, c) for s, c in zip(order, conditions, strict=True))
    reading = Reading("inferred, threshold of the row", bands)
    hows = [[explains(reading, case) for case in cases] for cases in by_status]
    yield _Trial(
        reading,
        tuple(h.count("printed") for h in hows),
        tuple(h.count("rounded") for h in hows),
        (-1,),
    )


def _band(status: str, low: Decimal | None, high: Decimal | None, basis: Basis, mixed: bool) -> Band:
    """A band between two edges. An edge below target belongs to the better band, one above it to the worse.

    ``mixed``: in percentage points for percentages, in per cent of target for the others.
    """

    if not mixed or not (low or high):
        return Band(status, _span(low, high, basis))
    parts: tuple[Condition, ...] = (
        All((UnitIs(True), _span(low, high, "points"))),
        All((UnitIs(False), _span(low, high))),
    )
    return Band(status, Any(parts))
