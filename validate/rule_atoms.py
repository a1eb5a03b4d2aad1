"""One clause of a rule ("below target by more than 5%") as pieces of the axis.

A clause has no "and" or "or" of its own; those are joined in ``rule_bands``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal

from validate.rule_amounts import with_figures
from validate.rule_found import Found, Gathered, Setting
from validate.rule_pieces import BETTER, MET_OR_MORE, WORSE, ZERO, Edge, Piece
from validate.rule_words import Token
from validate.scheme import Floor, Trend, TrendIs, WithinTolerance

_OPPOSITE = {
    "more": "atmost",
    "less": "atleast",
    "atleast": "less",
    "atmost": "more",
    "within": "outside",
    "outside": "within",
}
_COMPARISONS = {"more", "less", "atleast", "atmost", "within", "outside", "between", "below_not_including"}
_DIRECTIONS = {"better", "above", "worse", "below", "off", "both"}
_SKIPPED = {"noise", "mark", "consequence"}
_AFTER = {"ormore", "orless", "orbetter", "orworse"}


def read_clause(tokens: Sequence[Token], setting: Setting) -> Found:
    """What one clause says."""
    found = _gather([token for token in tokens if token.kind not in _SKIPPED])
    kinds = found.kinds
    if kinds == {"target"} and found.negated:  # "the floor was met but not the target"
        return Found("axis", (WORSE,), negated=True)
    if not kinds or kinds == {"target"}:
        return Found("empty")
    if "benchmark" in kinds:
        return Found("benchmark")
    if "other" in kinds and not found.figures:
        return Found("other")
    if "unrated" in kinds and not found.figures and not kinds & {"meet", "better", "worse"}:
        return Found("unrated")
    if {"trend_better", "trend_same", "trend_worse", "last"} & kinds:
        return _trend(found, tokens)
    if "floor" in kinds and not found.figures:
        return _floor(found)
    if "tolerance" in kinds and not found.figures:
        return _tolerance(found)
    if found.figures:
        return with_figures(found, setting)
    if kinds & {"complete", "progress"}:  # "on target for completion" is a judgement of a plan
        return Found("complete" if kinds == {"complete"} else "progress")
    return _bare(found)


def _gather(tokens: Sequence[Token]) -> Gathered:
    gathering = _Gathering()
    for at, token in enumerate(tokens):
        gathering.take(token, tokens[at + 1 :])
    return gathering.done()


class _Gathering:
    """Takes the tokens of a clause in turn; a comparison waits for its figure, a "not" for what it denies."""

    def __init__(self) -> None:
        self.found = Gathered()
        self.comparison = ""
        self.sign: Token | None = None
        self.denied = False

    def take(self, token: Token, rest: Sequence[Token]) -> None:
        kind = token.kind
        before_figure = bool(rest) and rest[0].kind == "figure"
        if kind == "not":
            self.denied = True
            return
        self.found.kinds.add(kind)
        if kind == "atmost" and token.text.endswith("worse than"):  # "no worse than 2% below"
            self.found.kinds.add("orbetter")
        if kind == "figure":
            self.found.figures.append((token, self.comparison, self.sign))
            self.comparison, self.sign = "", None
        elif kind in ("atmost", "atleast") and self.found.figures and not before_figure:
            _apply_after(self.found, "orless" if kind == "atmost" else "ormore")  # "by 8% at most"
        elif kind == "outside" and not before_figure and any(t.kind == "target" for t in rest):
            self._side("worse")  # "outside target by more than 5%"
        elif kind in _COMPARISONS:
            self._compare(token)
        elif kind in ("above", "below", "better", "off") and before_figure and not self.comparison:
            self._compare_or_side(token)
        elif kind in _DIRECTIONS:
            self._side(kind)
        elif kind in _AFTER and self.found.figures:
            _apply_after(self.found, kind)
        elif kind == "meet":
            self._deny()

    def done(self) -> Gathered:
        self._deny()
        if self.comparison:
            self.found.kinds.add(f"loose_{self.comparison}")
        return self.found

    def _deny(self) -> None:
        self.found.negated |= self.denied
        self.denied = False

    def _side(self, kind: str) -> None:
        self.found.directions.append((kind, self.denied))
        self._deny()

    def _compare(self, token: Token) -> None:
        if not (self.comparison and token.kind in ("between", "within")):
            self.comparison = _OPPOSITE.get(token.kind, token.kind) if self.denied else token.kind
            self.sign = token
        self.denied = False

    def _compare_or_side(self, token: Token) -> None:
        """ "Above 2% of target", "over 5% off": a comparison, or a direction, or both."""
        self.comparison = {"below": "less", "off": ""}.get(token.kind, "more")
        self.sign = token
        if self.denied and self.comparison:  # "no lower than 92%"
            self.comparison, self.denied = _OPPOSITE[self.comparison], False
        else:
            self.found.hints.append(token.kind)
        if token.kind in ("better", "off"):
            self._side(token.kind)


def _apply_after(found: Gathered, kind: str) -> None:
    figure, comparison, token = found.figures[-1]
    if kind == "ormore" and comparison in ("", "more", "atleast"):
        found.figures[-1] = (figure, "atleast", token)
    elif kind == "orless" and comparison in ("", "less", "atmost", "within"):
        found.figures[-1] = (figure, "atmost", token)
    elif kind in ("orless", "ormore"):
        found.kinds.add("contradiction")


ALL_TRENDS: frozenset[Trend] = frozenset(("better", "same", "worse"))
_TREND_KINDS: dict[str, Trend] = {"trend_better": "better", "trend_same": "same", "trend_worse": "worse"}
_TREND_SIDES: dict[str, Trend] = {"better": "better", "above": "better", "worse": "worse", "below": "worse"}


def _trend(found: Gathered, tokens: Sequence[Token]) -> Found:
    if found.figures or {"size", "target", "floor", "tolerance"} & found.kinds:
        return Found("unclear")
    trends: Collection[Trend] = {trend for kind, trend in _TREND_KINDS.items() if kind in found.kinds}
    for kind, negated in found.directions:
        side = _TREND_SIDES.get(kind)
        if side is not None and not trends:
            trends = ALL_TRENDS - {side} if negated else {side}
            return _trend_found(trends, tokens)
    if "meet" in found.kinds and not trends:
        trends = {"same"}
    if not trends:
        return Found("unclear")
    if found.negated:
        trends = ALL_TRENDS - set(trends)
    return _trend_found(trends, tokens)


def _trend_found(trends: Collection[Trend], tokens: Sequence[Token]) -> Found:
    words = next((token.text for token in tokens if token.kind == "last"), "")
    against: Literal["previous", "last_year"] | None = None
    if any(part in words for part in ("year", "12 months", "twelve months")):
        against = "last_year"
    elif any(part in words for part in ("quarter", "period", "month")):
        against = "previous"
    return Found("trend", (Piece(extras=(TrendIs(frozenset(trends), against),)),))


def _floor(found: Gathered) -> Found:
    if "size" in found.kinds:
        return Found("unclear")
    if "between" in found.kinds and "target" in found.kinds:
        return Found("axis", (Piece(None, Edge(ZERO, "soft"), extras=(Floor(True),)),))
    sides = dict(found.directions)
    below = sides.get("below", sides.get("worse"))
    above = sides.get("above", sides.get("better"))
    if below is not None:
        return Found("axis", (Piece(extras=(Floor(met=below),)),))
    if "loose_atleast" in found.kinds:
        return Found("axis", (Piece(extras=(Floor(met=True),)),))
    if "loose_atmost" in found.kinds:
        return Found("axis", (Piece(extras=(Floor(met=False, edge_in=False),)),))
    if above is not None:
        edge_in = "meet" in found.kinds
        return Found("axis", (Piece(extras=(Floor(met=not above, edge_in=True if above else edge_in),)),))
    if {"meet", "within"} & found.kinds or found.negated:
        return Found("axis", (Piece(extras=(Floor(met=not found.negated),)),))
    return Found("unclear")


def _tolerance(found: Gathered) -> Found:
    if "size" in found.kinds:
        return Found("unclear")
    inside = bool({"within", "meet", "loose_within"} & found.kinds) and "outside" not in found.kinds
    out = {
        "outside",
        "off",
        "loose_outside",
        "loose_more",
        "below",
        "worse",
        "more",
        "better",
        "above",
    } & found.kinds
    if "between" in found.kinds or "atmost" in found.kinds:
        inside, out = True, set()
    if not inside and not out:
        return Found("unclear")
    missed = found.negated and "target" in found.kinds  # "target not met by more than the tolerance"
    within = (bool(out) is False) if missed else (not out) is not found.negated
    low_side = Piece(None, Edge(ZERO, "out")) if missed else Piece()
    return Found("axis", (replace(low_side, extras=(WithinTolerance(within=within),)),), sided=False)


def _bare(found: Gathered) -> Found:
    """No figure: on which side of target."""
    if "loose_within" in found.kinds:
        return Found("size", sided=False)
    sides = [(kind, negated) for kind, negated in found.directions if kind != "off"] or found.directions
    if "size" in found.kinds:
        worse = any(kind in ("worse", "below") for kind, _ in sides)
        better = any(kind in ("better", "above") for kind, _ in sides)
        pieces = () if worse == better else (BETTER,) if better else (WORSE,)
        return Found("size", pieces, sided=worse or better or ("meet" in found.kinds and not sides))
    if found.kinds & {"loose_between", "loose_outside", "contradiction", "relative"}:
        return Found("unclear")
    if len({kind for kind, _ in sides}) > 1:
        return Found("unclear")
    if sides:
        return _bare_side(*sides[0], met="meet" in found.kinds, after=found.kinds & _AFTER)
    if "meet" in found.kinds:
        return Found("axis", (WORSE,), negated=True) if found.negated else Found("axis", MET_OR_MORE)
    if found.kinds & {"orbetter", "ormore"}:
        return Found("axis", (BETTER,))
    if found.kinds & {"orworse", "orless"}:
        return Found("axis", (WORSE,))
    if "loose_more" in found.kinds:
        return Found("axis", (BETTER,), literal=True)
    if "loose_less" in found.kinds:
        return Found("axis", (WORSE,), literal=True)
    if "loose_atleast" in found.kinds:
        return Found("axis", (Piece(Edge(ZERO), None),), literal=True)
    if "loose_atmost" in found.kinds:
        return Found("axis", (Piece(None, Edge(ZERO)),), literal=True)
    return Found("unclear")


def _bare_side(side: str, negated: bool, *, met: bool, after: set[str]) -> Found:
    literal = side in ("above", "below")
    if side == "both":
        return Found("unclear")
    if side == "off":
        return Found("axis", MET_OR_MORE) if negated else Found("axis", (WORSE,))
    better = side in ("better", "above")
    if negated:
        piece = Piece(None, Edge(ZERO)) if better else Piece(Edge(ZERO), None)
        return Found("axis", (piece,), literal=literal, negated=True)
    return Found("axis", (BETTER if better else WORSE,), literal=literal)
