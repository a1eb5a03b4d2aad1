"""Clauses that compare with another figure: "up to 5% worse than last year", "above the national median".

What their words leave open is kept with the condition and settled reading by reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from msgspec.structs import replace

from validate.rules.conditions import Question
from validate.rules.found import Found, Gathered
from validate.rules.pieces import Piece
from validate.rules.words import Token, vocabulary
from validate.scheme import Against, All, Any, Condition, Trend, TrendIs, UnitIs, changed

ALL_TRENDS: frozenset[Trend] = frozenset(("better", "same", "worse"))
_TREND_KINDS: dict[str, Trend] = {
    "trend_better": "better",
    "trend_same": "same",
    "trend_about": "same",
    "trend_worse": "worse",
}
_TREND_SIDES: dict[str, Trend] = {"better": "better", "above": "better", "worse": "worse", "below": "worse"}
ZERO = Decimal(0)

EDGE = "a difference exactly as large as named"
LITERAL = "what “above” and “below” mean beside another figure"


def against_questions(conditions: Iterable[Condition], basis: str) -> Iterator[Question]:
    """What the comparisons among ``conditions`` leave open; ``basis`` is how the rule's own question is named."""
    left = {name for c in conditions if isinstance(c, Against) for name in c.left_open}
    if "basis" in left:
        yield Question(basis, ("relative", "percentage points"))
    if "edge" in left:
        yield Question(EDGE, ("counted in", "left out"))
    if "literal" in left:
        yield Question(LITERAL, ("better and worse", "higher and lower"))


def settled(condition: Condition, answers: dict[str, str], basis: str) -> Condition:
    """The condition with its comparisons settled by the answers of a reading."""

    def answered(part: Condition) -> Condition:
        return _settled(part, answers, basis) if isinstance(part, Against) else part

    return changed(condition, answered)


def _settled(part: Against, answers: dict[str, str], basis: str) -> Condition:
    left = part.left_open
    part = replace(part, left_open=frozenset())
    if "edge" in left and answers.get(EDGE) == "left out":
        part = replace(part, low_in=False, high_in=False)
    if "literal" in left and answers.get(LITERAL) == "higher and lower":
        part = replace(part, literal=True)
    if "basis" in left and answers.get(basis) == "percentage points":
        return Any((All((UnitIs(True), replace(part, basis="points"))), All((UnitIs(False), part))))
    return part


def compared(found: Gathered, tokens: Sequence[Token]) -> Found:
    """A clause about an earlier figure."""
    if {"size", "target", "floor", "tolerance"} & found.kinds:
        return Found("unclear")
    if "last" not in found.kinds and any(t.text.startswith("similar") for t in tokens):
        return Found("unclear")  # similar to what?
    if found.figures:
        return _by_how_much(found, tokens, _earlier(tokens))
    if "change" in found.kinds and not found.directions:
        return Found("unclear")
    if {"loose_atmost", "orbetter"} <= found.kinds:  # "no worse than last year"
        return _trend_found({"better", "same"}, tokens)
    trends: Collection[Trend] = {trend for kind, trend in _TREND_KINDS.items() if kind in found.kinds}
    for kind, negated in found.directions:
        side = _TREND_SIDES.get(kind)
        if side is not None and not trends:
            trends = ALL_TRENDS - {side} if negated else {side}
            return _trend_found(trends, tokens, literal=kind in ("above", "below"))
    if "meet" in found.kinds and not trends:
        trends = {"same"}
    if not trends:
        return Found("unclear")
    if found.negated:
        trends = ALL_TRENDS - set(trends)
    return _trend_found(trends, tokens, about="trend_about" in found.kinds and not found.negated)


def _trend_found(
    trends: Collection[Trend], tokens: Sequence[Token], *, literal: bool = False, about: bool = False
) -> Found:
    to = _earlier(tokens)
    against = None if to == "earlier" else to
    return Found("trend", (Piece(extras=(TrendIs(frozenset(trends), against, about),)),), literal=literal)


def _earlier(tokens: Sequence[Token]) -> Literal["previous", "last_year", "earlier"]:
    found: set[Literal["previous", "last_year", "earlier"]] = set()
    for words in (token.text for token in tokens if token.kind == "last"):
        if any(part in words for part in ("year", "12 months", "twelve months")):
            found.add("last_year")
        elif any(part in words for part in ("quarter", "period", "month")):
            found.add("previous")
    return found.pop() if len(found) == 1 else "earlier"


def with_benchmark(found: Gathered, tokens: Sequence[Token]) -> Found:
    """A clause about figures of others: only an average, a median and the like can stand in a column."""
    words = frozenset(w for t in tokens if t.kind == "benchmark" for w in t.text.split())
    words -= {"benchmark", "the", "of"} if len(words) > 1 else set()
    if words & vocabulary().no_single_figure or {"size", "target", "floor", "tolerance"} & found.kinds:
        return Found("benchmark")
    if found.figures:
        return _by_how_much(found, tokens, "benchmark", words)
    sides = {kind for kind, _ in found.directions}
    if found.negated or any(negated for _, negated in found.directions) or len(sides) > 1:
        return Found("benchmark")
    below, above = sides & {"worse", "below"}, sides & {"better", "above"}
    met = "meet" in found.kinds
    orders = {"loose_atleast": "above", "loose_atmost": "below"}
    if (one := {orders[k] for k in orders if k in found.kinds}) and not sides:  # "at or above the average"
        sides, met = one, True
        below, above = one & {"below"}, one & {"above"}
    if {"loose_more", "loose_less", "loose_within", "loose_between"} & found.kinds:
        return Found("benchmark")
    if not sides and not met:
        return Found("benchmark")
    part = Against(
        low=None if below else ZERO,
        high=None if above else ZERO,
        low_in=met or not above,
        high_in=met or not below,
        to="benchmark",
        words=words,
        left_open=frozenset({"literal"} if sides & {"above", "below"} else ()),
    )
    return Found("trend", (Piece(extras=(part,)),))


def _by_how_much(
    found: Gathered,
    tokens: Sequence[Token],
    to: Literal["previous", "last_year", "earlier", "benchmark"],
    words: frozenset[str] = frozenset(),
) -> Found:
    """ "Improved by 2% or more since last year", "within 5% of the average"."""
    unclear = Found("benchmark" if to == "benchmark" else "unclear")
    if len(found.figures) != 1 or found.negated or found.denied or "contradiction" in found.kinds:
        return unclear
    figure, comparison, _ = found.figures[0]
    if figure.unit not in ("percent", "points") or figure.sign not in ("", "±"):
        return unclear
    if any(negated for _, negated in found.directions):
        return unclear
    sides = {kind for kind, _ in found.directions}
    better = bool(sides & {"better", "above"}) or "trend_better" in found.kinds
    worse = bool(sides & {"worse", "below"}) or "trend_worse" in found.kinds
    if {"trend_same", "trend_about"} & found.kinds:  # "stable over the last quarter, within 3%"
        better, worse, sides = False, False, set()
    least: Decimal | None = None
    most: Decimal | None = None
    edge_in, left = True, {"basis"} if figure.unit == "percent" else set()
    if figure.is_range:
        least, most = figure.low, figure.high
        left.add("edge")
    elif comparison in ("more", "atleast"):
        least, edge_in = figure.low, comparison == "atleast"
    elif comparison in ("within", "atmost", "less"):
        most, edge_in = figure.low, comparison != "less"
        if comparison == "within":
            left.add("edge")
    else:
        return unclear
    if sides & {"above", "below"}:
        left.add("literal")
    part = Against(None, None, edge_in, edge_in, "relative", to, words)
    part = replace(part, basis="points" if figure.unit == "points" else "relative", left_open=frozenset(left))
    if better != worse:
        if most is not None and least is None:
            least = ZERO
        low, high = (least, most) if better else (most and -most, least and -least)
        near_in = least != 0 or "orbetter" in found.kinds
        if worse and "orbetter" in found.kinds:
            high = None
        low_in, high_in = edge_in and (near_in or worse), edge_in and (near_in or better)
        part = replace(part, low=low, high=high, low_in=low_in, high_in=high_in)
        return Found("trend", (Piece(extras=(part,)),))
    if better or most is None or least is not None:
        return unclear
    return Found("trend", (Piece(extras=(replace(part, low=-most, high=most),)),))
