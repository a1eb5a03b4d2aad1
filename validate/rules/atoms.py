"""One clause of a rule ("below target by more than 5%") as pieces of the axis.

A clause has no "and" or "or" of its own; those are joined in ``rule_bands``.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from validate.rules.against import compared, with_benchmark
from validate.rules.amounts import with_figures
from validate.rules.found import Found, Gathered, Setting
from validate.rules.pieces import BETTER, MET_OR_MORE, WORSE, ZERO, Edge, Piece
from validate.rules.words import Token
from validate.scheme import Floor, WithinTolerance

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
_SKIPPED = {"noise", "mark", "consequence", "circumstance"}
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
        return with_benchmark(found, tokens)
    if "other" in kinds and not found.figures:
        return Found("other")
    if "unrated" in kinds and not found.figures and not kinds & {"meet", "better", "worse"}:
        return Found("unrated")
    if "way" in kinds or {"change", "target"} <= kinds:
        return Found("change")
    if {"trend_better", "trend_same", "trend_about", "trend_worse", "last", "change"} & kinds:
        return compared(found, tokens)
    if "floor" in kinds and not found.figures:
        read = _floor(found)
        met = any(isinstance(x, Floor) and x.met for p in read.pieces for x in p.extras)
        return Found("unclear") if met and setting.place == "worst" else read  # "red: trigger level reached"
    if "tolerance" in kinds and not found.figures:
        return _tolerance(found)
    if found.figures and _of_a_plan(found):
        return Found("progress")  # "not on course by more than 5%"
    if found.figures:
        return Found("unclear") if _of_tolerance(tokens) else with_figures(found, setting)
    if kinds <= {"slippage", "target"} and found.denied and setting.slippage:
        return Found("axis", (Piece(Edge(ZERO), None),), negated=True)
    if kinds & {"complete", "progress", "slippage"}:  # "on target for completion" is a judgement of a plan
        return Found("complete" if kinds == {"complete"} else "progress")
    return _bare(found)


def _of_a_plan(found: Gathered) -> bool:
    """Whether a figure is said of a judgement ("within 5% of being on course"), of which nothing can be computed."""
    if "progress" not in found.kinds or "target" in found.kinds or found.directions:
        return False
    return found.negated or {comparison for _, comparison, _ in found.figures} == {"within"}


def _of_tolerance(tokens: Sequence[Token]) -> bool:
    """ "Within 5% of tolerance" measures from the tolerance, of which nothing is known."""
    texts = [(t.kind, t.text) for t in tokens if t.text not in ("the", "its", "their", "agreed")]
    return any(
        a[0] == "figure" and b == ("noise", "of") and c[0] == "tolerance"
        for a, b, c in zip(texts, texts[1:], texts[2:], strict=False)
    )


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
        elif (
            kind == "better"
            and before_figure
            and token.text.startswith("exceed")
            and self._on_the_worse_side()
        ):
            self._compare(Token("more", token.text))  # "adverse variance exceeding 5%"
        elif kind in ("above", "below", "better", "off") and before_figure and not self.comparison:
            self._compare_or_side(token)
        elif kind in _DIRECTIONS:
            self._side(kind)
        elif kind in _AFTER and self.found.figures:
            _apply_after(self.found, kind)
        elif kind == "meet":
            self._deny()

    def done(self) -> Gathered:
        self.found.denied = self.denied
        self._deny()
        if self.comparison:
            self.found.kinds.add(f"loose_{self.comparison}")
        return self.found

    def _on_the_worse_side(self) -> bool:
        told = {kind for kind, _ in self.found.directions}
        return bool(told & {"worse", "below", "off"}) or (self.denied and "meet" in self.found.kinds)

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
    elif kind == "ormore" and comparison == "within" and "target" in found.kinds:
        found.kinds.add("orbetter")  # "within 5% of target or above"
    elif kind in ("orless", "ormore"):
        found.kinds.add("contradiction")


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
    sides = {kind for kind, _ in found.directions}
    out = ({"outside", "off", "loose_outside", "loose_more"} | sides) & (found.kinds | sides)
    if {"between", "atmost", "loose_atmost"} & found.kinds:
        inside, out = True, set()
    if not inside and not out:
        return Found("unclear")
    missed = found.negated and "target" in found.kinds  # "target not met by more than the tolerance"
    within = (bool(out) is False) if missed else (not out) is not found.negated
    told = {"within", "loose_within", "outside", "loose_outside"} & found.kinds
    if (
        "target" in found.kinds and told and sides & {"worse", "below", "off"}
    ):  # "below target within tolerance"
        if sides & {"better", "above"} or found.negated:
            return Found("unclear")
        missed, within = True, not told & {"outside", "loose_outside"}
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
    if {"loose_atmost", "orbetter"} <= found.kinds:  # "no worse than target"
        return Found("axis", (Piece(Edge(ZERO), None),))
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
