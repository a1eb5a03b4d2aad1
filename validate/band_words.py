"""A rule's conditions in plain words, and the numbers in them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from validate.conditions import excluded
from validate.facts import Facts
from validate.scheme import Against, All, Any, Condition, Floor, Not, Span, TrendIs, UnitIs, WithinTolerance

MOST_PLACES = 6
TREND_WORDS = {"better": "better than before", "same": "as before", "worse": "worse than before"}


def number(amount: Fraction, places: int) -> Decimal:
    """A number with so many places, halves rounded away from 0."""
    whole, rest = divmod(abs(amount.numerator) * 10**places, amount.denominator)
    rounded = whole + (2 * rest >= amount.denominator)
    return Decimal(rounded if amount.numerator >= 0 else -rounded).scaleb(-places)


def plain(amount: Fraction, places: int | None = None) -> str:
    """A number for a sentence, with a true minus sign; without ``places`` as many as it needs, at most 6."""
    if places is None:
        places = _places_of(amount.denominator)
    return f"{number(amount, places):,f}".replace("-", "−")


@lru_cache(maxsize=1024)
def _places_of(denominator: int) -> int:
    """The decimals of a number with this denominator, at most MOST_PLACES."""
    return next((n for n in range(MOST_PLACES) if 10**n % denominator == 0), MOST_PLACES)


def band_in_words(condition: Condition | None, facts: Facts | None = None) -> str:
    """A condition as a noun phrase: "more than 7.5% worse than target"."""
    match condition:
        case None:
            return "no figure is named"
        case Span():
            return span_in_words(condition)
        case Floor(met, edge_in):
            if met:
                return "the row's own threshold met" if edge_in else "better than the row's own threshold"
            return "the row's own threshold not met"
        case WithinTolerance(within):
            return "within the row's own tolerance" if within else "outside the row's own tolerance"
        case TrendIs(trends):
            return " or ".join(TREND_WORDS[t] for t in ("better", "same", "worse") if t in trends)
        case Against():
            return against_in_words(condition)
        case UnitIs(percentage):
            return "a percentage" if percentage else "not a percentage"
        case Not(part):
            return f"not ({band_in_words(part, facts)})"
        case All(parts):
            kept = [p for p in parts if facts is None or not isinstance(p, UnitIs)]
            return " and ".join(band_in_words(p, facts) for p in kept) or "any figure"
        case Any(parts):
            kept = [p for p in parts if facts is None or not excluded(p, facts)]
            return " or ".join(band_in_words(p, facts) for p in kept) or "no figure"


OTHER_FIGURES = {
    "previous": "the previous figure",
    "last_year": "last year’s figure",
    "earlier": "the earlier figure",
    "benchmark": "the figure of others",
}


def against_in_words(part: Against) -> str:
    """A difference from another figure in words: "up to 5% worse than last year’s figure"."""
    if part.low == part.high == 0:
        return f"equal to {OTHER_FIGURES[part.to]}"
    words = span_in_words(Span(part.low, part.high, part.low_in, part.high_in, part.basis))
    if part.literal:
        words = words.replace("better", "higher").replace("worse", "lower")
    words = words.replace("target met", "no worse than target").replace("target not met", "worse than target")
    words = words.replace("missing target by", "worse than target by")
    return words.replace("target", OTHER_FIGURES[part.to])


def span_in_words(span: Span) -> str:
    """A span of variance in words, counted from target."""
    low, high = span.low, span.high
    if low is None and high is not None:
        return _one_sided(high, span, "worse")
    if high is None and low is not None:
        return _one_sided(low, span, "better")
    if low is None or high is None:
        return "any figure"
    if low == high:
        return "target met exactly" if low == 0 else f"exactly {_size(low, span)} than target"
    if low < 0 == high:
        if not span.high_in:
            return f"missing target by {_within(span.low_in)} {_amount(-low, span)}"
        return f"{_within(span.low_in)} {_amount(-low, span)} worse than target"
    if high > 0 == low:
        head = "target met" if span.low_in else "better than target"
        return f"{head}, {_within(span.high_in)} {_amount(high, span)} better"
    if low == -high and span.low_in == span.high_in:
        return f"{'within' if span.low_in else 'less than'} {_amount(high, span)} of target either way"
    if low < 0 < high:
        first = "from" if span.low_in else "from less than"
        last = "to" if span.high_in else "to less than"
        return f"{first} {_amount(-low, span)} worse {last} {_amount(high, span)} better than target"
    (near, near_in), (far, far_in) = sorted(((abs(low), span.low_in), (abs(high), span.high_in)))
    first = "from" if near_in else "from more than"
    last = "to" if far_in else "to less than"
    side = "better" if low > 0 else "worse"
    return f"{first} {_amount(near, span)} {last} {_amount(far, span)} {side} than target"


def _within(edge_in: bool) -> str:
    return "up to" if edge_in else "less than"


def _one_sided(edge: Decimal, span: Span, side: str) -> str:
    better = side == "better"
    edge_in = span.low_in if better else span.high_in
    if edge == 0:
        if better:
            return "target met" if edge_in else "better than target"
        return "no better than target" if edge_in else "target not met"
    ahead = edge > 0
    if better == ahead:
        return f"{'at least' if edge_in else 'more than'} {_amount(abs(edge), span)} {side} than target"
    other = "worse" if better else "better"
    bound = "no more than" if edge_in else "less than"
    return f"{bound} {_amount(abs(edge), span)} {other} than target" + (
        ", or better" if better else ", or worse"
    )


def _size(edge: Decimal, span: Span) -> str:
    return f"{_amount(abs(edge), span)} {'better' if edge > 0 else 'worse'}"


def _amount(edge: Decimal, span: Span) -> str:
    shown = plain(Fraction(edge))
    return {"relative": f"{shown}%", "points": f"{shown} percentage points", "absolute": shown}[span.basis]
