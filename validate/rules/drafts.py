"""The words of a whole rule as drafts, one a status, each read with what the others tell about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from normalise.records import SchemeEntry
from validate.rules.bands import Draft, read_band
from validate.rules.found import Setting
from validate.rules.order import merit_of, places, travel_of
from validate.rules.pieces import AMOUNT, BARE, WEAK, Edge, OpenBasis, Piece
from validate.rules.words import plain, tokenise, vocabulary
from validate.scheme import WithinTolerance

BAD = 2  # the merit of red
_LEADING_DASH = re.compile(r"^\s*[-–—−]\s+")


def read_drafts(entries: Sequence[SchemeEntry], context: str) -> list[Draft]:
    if all(_LEADING_DASH.match(e.text) for e in entries):  # the dashes of a list, not signs
        entries = [e.model_copy(update={"text": _LEADING_DASH.sub("", e.text)}) for e in entries]
    setting = _setting(entries, context)
    first = [read_band(e.status, e.text or e.label, setting) for e in entries]
    drafts = [
        read_band(e.status, e.text or e.label, replace(setting, place=place))
        for e, place in zip(entries, places(first), strict=True)
    ]
    drafts = _with_stated_tolerance(drafts, ". ".join(e.text for e in entries), context)
    return _mirrored_if_literal(drafts)


def _setting(entries: Sequence[SchemeEntry], context: str) -> Setting:
    """What one part of the rule tells for the others: shares or distances, and the unit."""
    tokens = [tokenise(e.text) for e in entries]
    units = {t.unit for band in tokens for t in band if t.kind == "figure"}
    shares, distances = False, False
    for band in tokens:
        kinds = {t.kind for t in band}
        figures = [t for t in band if t.kind == "figure" and t.unit == "percent"]
        sided = kinds & {"better", "worse", "off", "both", "tolerance"} or any(t.sign for t in figures)
        signed = any(t.sign for t in figures)
        if not figures or not (signed or kinds & {"target", "share", "better", "worse", "off"}):
            continue
        if all(t.high >= 50 for t in figures) and not sided:
            shares = True
        else:
            distances = True
    if not shares and any({t.kind for t in band} & {"target", "meet"} for band in tokens):
        distances |= any(
            t.high < 50 for band in tokens for t in band if t.kind == "figure" and t.unit == "percent"
        )
    if not shares and not distances:
        about = {t.kind for t in tokenise(context)} if len(context) < 2000 else set()
        shares = "share" in about
        distances = "off" in about and "target" in about and not shares
    return Setting(
        share=shares and not distances,
        distance=distances and not shares,
        bare_unit="unclear" if units & {"percent", "points"} else "absolute",
        slippage=any(
            {"slippage", "figure"} <= {t.kind for t in band}
            and all(t.unit in ("percent", "points") for t in band if t.kind == "figure")
            for band in tokens
        ),
    )


def _with_stated_tolerance(drafts: list[Draft], rule: str, context: str) -> list[Draft]:
    """Where the text names one figure as the tolerance, "within tolerance" means that figure."""
    figures = {_stated_in(s, strict=False) for s in _sentences(rule)}
    figures |= {_stated_in(s, strict=True) for s in _sentences(context)}
    figures -= {None}
    if len(figures) != 1:
        return drafts
    figure = figures.pop()
    assert figure is not None  # noqa: S101 - taken out above
    at, unit = figure
    basis: OpenBasis = "points" if unit == "points" else "open"

    def stated(piece: Piece) -> Piece:
        inside = [x for x in piece.extras if isinstance(x, WithinTolerance)]
        if not inside:
            return piece
        extras = tuple(x for x in piece.extras if x not in inside)
        near, far = piece.low, piece.high
        if inside[0].within:
            low = near if near and near.at == -at else Edge(-at, "soft")
            return replace(piece, low=low, basis=basis, extras=extras)
        high = far if far and far.at == -at else Edge(-at, "out")
        return Piece(None, high, basis, extras, piece.unit)

    return [replace(d, pieces=tuple(stated(p) for p in d.pieces)) for d in drafts]


def _sentences(words: str) -> list[str]:
    """Those that speak of a tolerance, by whatever name."""
    parts = re.split(r"(?<=[.;])\s|\n", words)
    begins = vocabulary().first_words("tolerance")
    named = (s for s in parts if any(word in s.lower() for word in begins))
    return [s for s in named if any(t.kind == "tolerance" for t in tokenise(s))]


_HARMLESS = {
    "applies",
    "apply",
    "applied",
    "used",
    "uses",
    "use",
    "using",
    "allowed",
    "allow",
    "allows",
    "given",
}


def _stated_in(sentence: str, *, strict: bool) -> tuple[Decimal, str] | None:
    """The figure that a sentence names as the tolerance. ``strict``: a sentence outside the rule must say
    nothing else that is not understood ("5% of measures were outside tolerance", "for money a tolerance of 3%")."""
    tokens = tokenise(sentence)
    figures = [t for t in tokens if t.kind == "figure"]
    if len({(t.low, t.unit) for t in figures}) != 1 or figures[0].is_range:
        return None
    if figures[0].unit not in ("percent", "points"):
        return None
    if strict:
        said = [t for t in tokens if t.kind not in ("noise", "mark", "more", "less", "atmost", "between")]
        at = [i for i, t in enumerate(said) if t.kind == "tolerance"]
        beside = any(said[j].kind == "figure" for i in at for j in (i - 1, i + 1) if 0 <= j < len(said))
        if not beside or any(t.kind == "unknown" and t.text not in _HARMLESS for t in tokens):
            return None
    return figures[0].low, figures[0].unit


def _mirrored_if_literal(drafts: list[Draft]) -> list[Draft]:
    """ "Green: below target. Red: above target." is worded for low-is-good; merit turns it round."""
    sides = [(merit_of(d.status), _side_of(d)) for d in drafts if d.kind == "figures"]
    known = [(m, s) for m, s in sides if m is not None and s is not None]
    figures = [d for d in drafts if d.kind == "figures" and _side_of(d) is not None]
    if not known or not all(d.literal for d in figures):
        return drafts
    if len(known) == 1 and (
        known[0][0] > BAD or known[0][1] < 0
    ):  # "red: more than 3 days over target" tells enough
        return drafts
    best, worst = max(known), min(known)
    if (best[0] == worst[0] and len(known) > 1) or worst[1] < 0 or (best[1] > 0 and best[1] != worst[1]):
        return drafts
    # "within 5%" says the same on both sides and stays as it is
    return [replace(d, pieces=tuple(p.mirrored() for p in d.pieces)) if d.sided else d for d in drafts]


def _side_of(draft: Draft) -> int | None:
    """+1 where a band lies on the better side of target only, −1 on the worse side only."""
    firm = [p for p in draft.pieces if p.force > WEAK]
    if not draft.sided:
        return None
    if firm and all(p.low is not None and p.low.at >= 0 for p in firm):
        return (
            1 if any(p.high is None or p.high.at > 0 for p in firm) or len(draft.pieces) > len(firm) else None
        )
    if firm and all(p.high is not None and p.high.at <= 0 for p in firm):
        return -1 if any(p.low is None or p.low.at < 0 for p in firm) else None
    return None


def trouble_with(drafts: Sequence[Draft]) -> str:
    """Why the rule as a whole cannot be used, or an empty text."""
    if any(d.kind == "unknown" for d in drafts):
        return "part of the rule could not be read"
    if any(d.kind in ("size", "progress") for d in drafts) and all(_only_named(d) for d in drafts):
        return "the statuses are named, but no rule is given"
    figures = [d for d in drafts if d.kind == "figures"]
    if not figures:
        return "the rule names no figures"
    if sum(d.kind == "other" for d in drafts) > 1:
        return "two statuses are for all other results"
    near = [d for d in drafts if d.kind == "size" and not d.sided]
    met = any(
        p.force == AMOUNT and p.low and p.low.at == 0 and p.low.claim == "in"
        for d in figures
        for p in d.pieces
    )
    bare = any(p.force == BARE and p.low is None for d in figures for p in d.pieces)
    sized = any(p.force == AMOUNT and p.high and p.high.at < 0 for d in figures for p in d.pieces)
    if near and not met and (bare or not sized):
        return "“close to target” may reach over target on both sides"
    ranked = [
        (m, s)
        for m, s in ((merit_of(d.status), _side_of(d)) for d in figures)
        if m is not None and s is not None
    ]
    if ranked and any(a[0] > b[0] and a[1] < b[1] for a in ranked for b in ranked):
        return "the better status stands for worse figures"
    if _travels_the_wrong_way(figures):
        return "the better status stands for worse figures"
    if any(m <= BAD and s > 0 for m, s in ranked):
        return "a bad status stands for figures better than target"
    return ""


def _travels_the_wrong_way(drafts: Sequence[Draft]) -> bool:
    """ "Green: below last year. Red: above last year." is worded for the figure, and for which measures is not said."""
    travelled = [
        (merit, piece, travel_of(piece.extras))
        for d in drafts
        if (merit := merit_of(d.status)) is not None
        for piece in d.pieces
        if piece.force > WEAK
    ]
    return any(
        a[0] > b[0]
        and (a[1].low, a[1].high, a[1].unit) == (b[1].low, b[1].high, b[1].unit)
        and a[2] < 0 < b[2]
        for a in travelled
        for b in travelled
    )


def _only_named(draft: Draft) -> bool:
    def words(text: str) -> str:
        return plain(text.replace("_", " ")).strip(" .")

    return draft.kind == "unrated" or not draft.text.strip() or words(draft.text) == words(draft.status)
