"""Weighing the claims of all bands along the axis of variance: who has which stretch, and what stays open.

The axis is cut at every edge that any band names, into points and the stretches between them. Each cell
ends with one holding, or with several that are all admissible and a question that they answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from validate.rules.cells import Cell, Field, Holding, Share, Slot, Weighed, name_of
from validate.rules.gaps import FAR_BETTER, FAR_BETTER_ANSWERS, settle_waiting
from validate.rules.pieces import WEAK, Piece
from validate.rules.trends import sort_trends
from validate.scheme import All, Condition, Floor, WithinTolerance


def weigh(bands: Field) -> Weighed:
    """Cells from the worst to the best, each with its admissible holdings."""
    edges = sorted({e.at for pieces in bands.pieces for p in pieces for e in (p.low, p.high) if e})
    cells: list[Cell] = []
    for low, high in zip([None, *edges], [*edges, None], strict=True):
        cells.append(Cell(low, high))
        if high is not None:
            cells.append(Cell(high, high))
    found = Weighed([], [], [])
    found.slots = [_claimed(cell, bands, found) for cell in cells]
    settle_waiting(found, bands)
    return found


class _Claimed(Struct, frozen=True):
    piece: Piece
    soft: bool


def _covers(piece: Piece, cell: Cell) -> _Claimed | None:
    """Whether a piece claims a cell, and whether only softly (on an edge that its words do not settle)."""
    soft = False
    if piece.low is not None:
        if cell.low is None or cell.low < piece.low.at:
            return None
        if cell.point and cell.low == piece.low.at:
            if piece.low.claim == "out":
                return None
            soft |= piece.low.claim == "soft"
    if piece.high is not None:
        if cell.high is None or cell.high > piece.high.at:
            return None
        if cell.point and cell.high == piece.high.at:
            if piece.high.claim == "out":
                return None
            soft |= piece.high.claim == "soft"
    return _Claimed(piece, soft)


def _claimed(cell: Cell, bands: Field, found: Weighed) -> Slot:
    firm: dict[int, _Claimed] = {}
    weak: dict[int, _Claimed] = {}
    conditional: list[tuple[int, _Claimed]] = []
    for band, pieces in enumerate(bands.pieces):
        for piece in pieces:
            claim = _covers(piece, cell)
            if claim is None:
                continue
            if piece.extras:
                conditional.append((band, claim))
            else:
                into = weak if piece.force == WEAK else firm
                if band not in into or _rank(claim) > _rank(into[band]):
                    into[band] = claim
    firm_conditional = [(band, claim) for band, claim in conditional if claim.piece.force > WEAK]
    if cell.low is not None and cell.low >= 0 and (firm or weak):  # a tolerance is for what misses target
        conditional = [(b, c) for b, c in conditional if not _is_tolerance(c)]
        firm_conditional = [(b, c) for b, c in firm_conditional if not _is_tolerance(c)]
    firm = _without_reaching_over(firm, weak)
    if _both_from_zero(cell) and any(not claim.soft for claim in firm.values()):
        firm_conditional = [(b, c) for b, c in firm_conditional if not c.soft]
    slot = Slot(cell)
    if firm_conditional and not _only_floor(firm_conditional):
        firm |= {
            band: claim for band, claim in weak.items() if claim.piece.tag == "meet" and band not in firm
        }
    if firm or (firm_conditional and not weak) or (firm_conditional and not _only_floor(firm_conditional)):
        _firmly_held(slot, firm, firm_conditional, bands, found)
    elif weak or conditional:
        _weakly_held(slot, weak, [*firm_conditional, *(x for x in conditional if x not in firm_conditional)])
    else:
        slot.state = "gap"
    return slot


def _is_tolerance(claim: _Claimed) -> bool:
    return any(isinstance(x, WithinTolerance) for x in claim.piece.extras)


def _without_reaching_over(firm: dict[int, _Claimed], weak: dict[int, _Claimed]) -> dict[int, _Claimed]:
    """ "At least 90% of target" for amber holds above target as well, but there "target met" is the better one."""
    better = [b for b, c in firm.items() if c.piece.low is not None and c.piece.low.at >= 0]
    better += [b for b, c in weak.items() if c.piece.tag == "meet"]
    if not better:
        return firm
    best = min(better)

    def reaches_over(band: int, piece: Piece) -> bool:
        return band > best and piece.high is None and (piece.low is None or piece.low.at < 0)

    return {band: claim for band, claim in firm.items() if not reaches_over(band, claim.piece)}


def _only_floor(claims: Sequence[tuple[int, _Claimed]]) -> bool:
    return all(isinstance(x, Floor) for _, c in claims for x in c.piece.extras)


def _rank(claim: _Claimed) -> tuple[int, bool]:
    return (claim.piece.force, not claim.soft)


def _firmly_held(
    slot: Slot,
    firm: dict[int, _Claimed],
    conditional: Sequence[tuple[int, _Claimed]],
    bands: Field,
    found: Weighed,
) -> None:
    winners = _winners(slot.cell, firm)
    others = tuple(dict.fromkeys(Share(band, claim.piece.extras) for band, claim in conditional))
    # a condition on a stretch of its own is an exception to what is said of the stretch alone
    narrow = {Share(band, claim.piece.extras) for band, claim in conditional if _is_exception(claim.piece)}
    if len(winners) > 1:
        slot.key = name_of(slot.cell, bands.measure)
        if not _both_from_zero(slot.cell):
            found.overlaps.append((slot.key, tuple(sorted(winners))))
    for band in winners:
        exceptions = tuple(
            _as_one(s.extras) for s in others if s in narrow and s.band != band and not _has_floor(s)
        )
        mine = tuple(s for s in others if s.band != band)
        slot.options.append((Share(band, (), exceptions), *mine))
    if not winners:
        sorted_out = sort_trends([(s.band, s.extras) for s in others])
        slot.options = [tuple(Share(b, x) for b, x in option) for option in sorted_out.options]
        slot.key, slot.takers = sorted_out.key, sorted_out.takers
    only = firm[winners[0]].piece if len(winners) == 1 else None
    if only is not None and only.tag == "within" and slot.cell.point and slot.cell.low == 0:
        slot.state = "zero"


def _both_from_zero(cell: Cell) -> bool:
    """Whether a cell is the target itself, from where bands reach to both sides."""
    return cell.point and cell.low == 0


def _is_exception(piece: Piece) -> bool:
    return not piece.whole or any(isinstance(x, WithinTolerance) for x in piece.extras)


def _has_floor(share: Share) -> bool:
    return any(isinstance(x, Floor) for x in share.extras)


def _as_one(extras: tuple[Condition, ...]) -> Condition:
    return extras[0] if len(extras) == 1 else All(extras)


def _winners(cell: Cell, firm: dict[int, _Claimed]) -> list[int]:
    """Bands whose claim to a cell is as good as any: a figure beats none, the narrower stretch the wider."""
    if not firm:
        return []
    best = max(claim.piece.force for claim in firm.values())
    left = {band: claim for band, claim in firm.items() if claim.piece.force == best}
    if len(left) > 1 and _both_from_zero(cell):
        settled = {band: claim for band, claim in left.items() if not claim.soft}
        left = settled or left
    if len(left) > 1 and _both_from_zero(cell) and all(c.piece.tag == "within" for c in left.values()):
        return [min(left)]
    if len(left) > 1:
        narrow = [b for b in left if all(o == b or _inside(left[b].piece, left[o].piece) for o in left)]
        if len(narrow) == 1:
            return narrow
    return sorted(left)


def _inside(a: Piece, b: Piece) -> bool:
    """Whether ``a`` is a part of ``b`` that does not reach to its ends on both sides."""
    low_ok = b.low is None or (a.low is not None and a.low.at >= b.low.at)
    high_ok = b.high is None or (a.high is not None and a.high.at <= b.high.at)
    strictly = (b.low is None) != (a.low is None) or (b.high is None) != (a.high is None)
    if a.low and b.low and a.low.at > b.low.at:
        strictly = True
    if a.high and b.high and a.high.at < b.high.at:
        strictly = True
    return low_ok and high_ok and strictly


def _weakly_held(slot: Slot, weak: dict[int, _Claimed], conditional: Sequence[tuple[int, _Claimed]]) -> None:
    """Cells that words only allow: "meets target" above it, "within 5%" and "10% off" on the better side."""
    floors = tuple(Share(b, c.piece.extras) for b, c in conditional if c.piece.force > WEAK)
    for tag in ("meet", "within"):
        bands = [band for band, claim in weak.items() if claim.piece.tag == tag]
        if bands:
            slot.options = [(Share(band), *floors) for band in bands[:1]]
            slot.state = tag
            off = _literally_off(weak, conditional)
            if off:  # "on target" is meant to reach up, but "more than 10% off" does too
                slot.options.append(off)
                slot.key, slot.answers, slot.state = FAR_BETTER, FAR_BETTER_ANSWERS, "held"
            return
    slot.options = [_literally_off(weak, conditional, every=True)]
    slot.state = "off"


def _literally_off(
    weak: dict[int, _Claimed], conditional: Sequence[tuple[int, _Claimed]], *, every: bool = False
) -> Holding:
    """Those that take a figure far better than target if "off" is meant on both sides."""
    claims = [*weak.items(), *conditional]
    return tuple(dict.fromkeys(Share(b, c.piece.extras) for b, c in claims if every or c.piece.tag == "off"))
