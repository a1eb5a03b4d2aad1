"""A clause with a figure ("more than 5% below target", "95% of target") as pieces of the axis."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from validate.rules.found import Found, Gathered, Setting
from validate.rules.pieces import (
    MET_OR_MORE,
    ZERO,
    Amount,
    Claim,
    Edge,
    OpenBasis,
    Piece,
    on_a_side_not_said,
    on_both_sides,
    on_one_side,
)
from validate.rules.words import Token

SHARE_FROM = Decimal(50)  # "90% of target" is a share of it; nobody prints a tolerance of 50%


def with_figures(found: Gathered, setting: Setting) -> Found:
    if "contradiction" in found.kinds or len(found.figures) > 2 or "floor" in found.kinds:
        return Found("unclear")
    if "slippage" in found.kinds:
        if any(figure.unit not in ("percent", "points") for figure, _, _ in found.figures):
            return Found("progress")  # "slippage of three months" is of a plan
        found.directions.append(("worse", False))
    if len(found.figures) == 2 and not all(comparison for _, comparison, _ in found.figures):
        return Found("unclear")  # "2 of 3 months"
    least: Edge | None = None
    most: Edge | None = None
    basis: OpenBasis = None
    sign = ""
    for figure, comparison, token in found.figures:
        unit = _basis(figure, found, setting)
        if figure.low == figure.high == 0 and figure.unit == "none":
            unit = basis  # nothing is nothing in every unit
        if unit == "unclear" or (basis is not None and unit != basis):
            return Found("unclear")
        basis = unit
        sign = figure.sign or sign
        low, high = _bounds(figure, comparison, setting)
        if token is not None and token.mark and figure.sign in ("-", "+") and not figure.is_range:
            return _as_number(figure, comparison, basis)
        least, most = low or least, high or most
    if least is None and most is None:
        return _exact(found, setting, basis)
    if _is_share(found, setting):
        return _share(found, least, most, basis)
    return _distance(found, setting, Amount(least, most, basis), sign)


def _basis(figure: Token, found: Gathered, setting: Setting) -> OpenBasis | Literal["unclear"]:
    if figure.unit == "percent":
        return "relative" if "relative" in found.kinds else "open"
    if figure.unit == "points":
        return "points"
    if figure.unit == "absolute":
        return "absolute"
    return setting.bare_unit


def _bounds(figure: Token, comparison: str, setting: Setting) -> tuple[Edge | None, Edge | None]:
    """The least and the most that a figure with its comparison allows."""
    if figure.is_range:
        low: Claim = "out" if comparison == "more" else "soft"
        high: Claim = "in" if comparison == "atmost" else "out" if comparison == "less" else "soft"
        return Edge(figure.low, low), Edge(figure.high, high)
    at = figure.low
    if comparison in ("more", "outside"):
        return Edge(at, "out"), None
    if comparison == "atleast":
        return Edge(at, "in"), None
    if comparison in ("less", "below_not_including"):
        return None, Edge(at, "out")
    if comparison == "atmost":
        return None, Edge(at, "in")
    if comparison == "within":
        return None, Edge(at, "soft")
    return None, None


def _is_share(found: Gathered, setting: Setting) -> bool:
    """Whether the figures are shares of the target ("95% or more of target") and not distances from it."""
    if any(figure.unit not in ("percent", "none") or figure.sign for figure, _, _ in found.figures):
        return False
    sides = {kind for kind, _ in found.directions}
    if sides or "both" in sides:
        return False
    large = all(
        figure.low >= SHARE_FROM or (figure.is_range and figure.high >= SHARE_FROM)
        for figure, _, _ in found.figures
    )
    said = bool(found.kinds & {"target", "share", "meet"})
    if "share" in found.kinds or setting.share:
        return True
    return large and said


def _share(found: Gathered, least: Edge | None, most: Edge | None, basis: OpenBasis) -> Found:
    hundred = Decimal(100)
    low = Edge(least.at - hundred, least.claim) if least else None
    high = Edge(most.at - hundred, most.claim) if most else None
    within = any(comparison == "within" for _, comparison, _ in found.figures)
    if within and high is not None:
        low, high = high, Edge(ZERO, "out")
    del basis  # a share of the target is relative to it, whatever the measure's unit
    return Found("axis", (Piece(low, high, "relative"),), bare=False)


def _exact(found: Gathered, setting: Setting, basis: OpenBasis) -> Found:
    """A figure with no comparison: "100% of target", "5% below target", "95% of target"."""
    figure = found.figures[0][0]
    if figure.low == figure.high == 0 and setting.place != "worst":  # "0 days over target"
        return Found("axis", MET_OR_MORE, bare=False)
    tolerance = "tolerance" in found.kinds and setting.place != "worst"
    if tolerance and not figure.is_range and figure.sign in ("", "±"):
        return _distance(found, setting, Amount(None, Edge(figure.low, "soft"), basis), figure.sign)
    if (
        figure.unit not in ("percent", "points")
        and figure.sign != "±"
        and not {"orbetter", "orworse"} & found.kinds
    ):
        return Found("unclear", bare=False)
    sides = {kind for kind, _ in found.directions}
    if "orbetter" in found.kinds or "orworse" in found.kinds:
        least = Edge(figure.low, "in")
        if _is_share(found, setting):
            if "orbetter" in found.kinds:
                return _share(found, least, None, basis)
            return _share(found, None, least, basis)
        if "orworse" in found.kinds:
            return _distance(found, setting, Amount(least, None, basis), figure.sign)
        if sides & {"better", "above"}:
            return _distance(found, setting, Amount(least, None, basis), figure.sign)
        return _distance(found, setting, Amount(None, least, basis), figure.sign or "-")
    if figure.sign == "±" or "both" in sides:
        return _distance(found, setting, Amount(None, Edge(figure.low, "in"), basis), figure.sign)
    if figure.low == 100 and not sides and _is_share(found, setting):
        return Found("axis", MET_OR_MORE, bare=False)
    if sides & {"worse", "below"} or figure.sign == "-":
        # "5% below target": up to it for a middle band, from it on for the worst
        if setting.place == "worst":
            return _distance(found, setting, Amount(Edge(figure.low, "soft"), None, basis), figure.sign)
        return Found("unclear")
    if sides & {"better", "above"} and setting.place == "best":
        return _distance(found, setting, Amount(Edge(figure.low, "soft"), None, basis), figure.sign)
    return Found("unclear")


def _as_number(figure: Token, comparison: str, basis: OpenBasis) -> Found:
    """A comparison in mathematical signs with a signed figure: "≥ -5%" is meant as it stands."""
    at = -figure.low if figure.sign == "-" else figure.low
    piece = {
        "more": Piece(Edge(at, "out"), None, basis),
        "atleast": Piece(Edge(at), None, basis),
        "less": Piece(None, Edge(at, "out"), basis),
        "atmost": Piece(None, Edge(at), basis),
    }.get(comparison)
    return Found("axis", (piece,), bare=False, literal=True) if piece else Found("unclear", bare=False)


def _distance(found: Gathered, setting: Setting, amount: Amount, sign: str) -> Found:
    sides = {kind for kind, _ in found.directions}
    if (
        amount.basis == "absolute"
        and not sides - {"above", "below"}
        and "target" not in found.kinds
        and not setting.distance
    ):
        return Found("unclear", bare=False)  # "over 30 days" may be the measure itself
    literal = sides <= {"above", "below", "off"} and bool(sides - {"off"})
    if sign == "±" or "both" in sides:
        return Found("axis", on_both_sides(amount), bare=False)
    better = bool(sides & {"better", "above"})
    not_met = not sides and not sign and found.negated and "meet" in found.kinds  # "not achieved by up to 5%"
    worse = bool(sides & {"worse", "below"}) or not_met
    if any(negated for kind, negated in found.directions if kind in ("worse", "below", "better", "above")):
        return _negated_side(amount, better=better)
    if better and worse:
        return Found("unclear", bare=False)
    if not better and not worse:
        if sign:
            better, worse = sign == "+", sign == "-"
            if "orworse" in found.kinds and better:
                return Found("unclear", bare=False)
            if worse and amount.least and not amount.most and setting.place == "best":
                # "greater than -5%" for the best band can only be meant as a number
                return Found("axis", (Piece(amount.least.mirrored(), None, amount.basis),), bare=False)
            if worse and amount.most and not amount.least and setting.place == "worst":
                return Found("axis", (Piece(None, amount.most.mirrored(), amount.basis),), bare=False)
        elif "above" in found.hints and "off" not in sides:
            better, worse, literal = (
                setting.place != "worst",
                setting.place == "worst",
                setting.place != "worst",
            )
            if setting.place == "middle":
                return Found("unclear", bare=False)
        elif "below" in found.hints and "off" not in sides:
            return _below_hint(setting, amount)
    if better or worse:
        return _one_sided(found, amount, better=better, literal=literal)
    return _side_not_said(found, setting, amount)


def _below_hint(setting: Setting, amount: Amount) -> Found:
    """ "Below 5% of target": worse by more than that for the worst band, unclear for others."""
    if setting.place != "worst" or amount.most is None:
        return Found("unclear", bare=False)
    return Found("axis", (on_one_side(Amount(amount.most, None, amount.basis), better=False),), bare=False)


def _negated_side(amount: Amount, *, better: bool) -> Found:
    """ "Not worse than target by more than 5%": everything but that."""
    if amount.least is None or amount.most is not None:
        return Found("unclear", bare=False)
    edge = Edge(amount.least.at, "in" if amount.least.claim == "out" else "out")
    piece = Piece(None, edge, amount.basis)
    return Found("axis", (piece if better else piece.mirrored(),), bare=False)


def _one_sided(found: Gathered, amount: Amount, *, better: bool, literal: bool) -> Found:
    if amount.least is None and amount.most is not None and amount.most.at == 0:  # "no more than 0% adverse"
        least = Edge(ZERO, amount.most.claim)
        return Found(
            "axis", (Piece(None, least) if better else Piece(least, None),), bare=False, literal=literal
        )
    pieces = [on_one_side(amount, better=better)]
    if "orbetter" in found.kinds and not better:
        pieces += [Piece(Edge(ZERO), None)]
    return Found("axis", tuple(pieces), bare=False, literal=literal)


def _side_not_said(found: Gathered, setting: Setting, amount: Amount) -> Found:
    if amount.least and amount.least.at == 0 and amount.most is None:  # "0% or more"
        return Found("axis", (Piece(amount.least, None),), bare=False)
    if amount.most and amount.most.at == 0:  # "less than 0%"
        return Found("axis", (Piece(None, amount.most),), bare=False)
    anchored = bool(found.kinds & {"target", "off", "meet", "tolerance"}) or setting.distance
    # "within 30 days" may be the measure itself; "within 5%" can only be a distance
    anchored |= amount.basis != "absolute" and any(c == "within" for _, c, _ in found.figures)
    if not anchored:
        return Found("unclear", bare=False)
    off = any(kind == "off" for kind, _ in found.directions) or any(
        c == "outside" for _, c, _ in found.figures
    )
    if amount.least and not amount.most and not off and setting.place in ("best", "worst"):
        return Found("axis", (on_one_side(amount, better=setting.place == "best"),), bare=False)
    pieces = list(on_a_side_not_said(amount))
    if "orbetter" in found.kinds:
        pieces.append(Piece(Edge(ZERO), None))
    return Found("axis", tuple(pieces), bare=False, sided=False)
