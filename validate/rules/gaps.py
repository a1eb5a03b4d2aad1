"""Cells that no band claims firmly: each waits for what its neighbours hold."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby

from validate.rules.cells import Cell, Field, Holding, Share, Slot, Weighed, name_of
from validate.rules.pieces import ZERO

FAR_BETTER = "being far better than target"
FAR_BETTER_ANSWERS = ("as good as near it", "off target like being far worse")


def settle_waiting(found: Weighed, bands: Field) -> None:
    slots = found.slots
    for slot in slots:
        if slot.state == "zero":
            at = slots.index(slot)
            above = slots[at + 1] if at + 1 < len(slots) else None
            if above is not None and above.state == "held" and above.options[0] != slot.options[0]:
                slot.options = [slot.options[0], above.options[0]]
                slot.key = name_of(slot.cell, bands.measure)
            slot.state = "held"
    start = 0
    for state, group in groupby(list(slots), key=lambda s: s.state):
        run = list(group)
        below = slots[start - 1] if start else None
        above = slots[start + len(run)] if start + len(run) < len(slots) else None
        if state == "meet":
            _settle_meet(run, above, found, bands)
        elif state in ("off", "within"):
            _settle_off(run, slots, bands)
        start += len(run)
    start = 0
    for state, group in groupby(list(slots), key=lambda s: s.state):
        run = list(group)
        below = slots[start - 1] if start else None
        above = slots[start + len(run)] if start + len(run) < len(slots) else None
        if state == "gap":
            _settle_gap(run, below, above, found, bands)
        start += len(run)
    for slot in slots:
        slot.state = "held"


def _settle_meet(run: list[Slot], above: Slot | None, found: Weighed, bands: Field) -> None:
    """ "Meets target" reaches up to the next better band, or that band reaches down to target."""
    same = above is not None and above.options[:1] == run[-1].options[:1]
    if above is not None and above.options and above.state != "gap" and not same:
        name = _run_name(run, bands.measure)
        found.gaps.append(name)
        for slot in run:
            slot.key = name
            slot.options = [slot.options[0], above.options[0]]
    for slot in run:
        slot.state = "held"


def _settle_off(run: list[Slot], slots: list[Slot], bands: Field) -> None:
    """ "More than 10% off" on the better side: literally off, naturally as good as what is nearer."""
    at = slots.index(run[0])
    nearest = next((s for s in reversed(slots[:at]) if s.state != "gap" and s.options), None)
    for slot in run:
        if nearest is not None and nearest.options[0] != slot.options[0]:
            slot.options = [nearest.options[0], slot.options[0]]
            slot.key, slot.answers = FAR_BETTER, FAR_BETTER_ANSWERS
        elif bands.vague and _is_worst(slot.options, bands):
            slot.options = [(), *slot.options]  # a better status of mere words is nearer
            slot.key, slot.answers = FAR_BETTER, FAR_BETTER_ANSWERS
        slot.state = "held"


def _settle_gap(
    run: list[Slot], below: Slot | None, above: Slot | None, found: Weighed, bands: Field
) -> None:
    name = _run_name(run, bands.measure)
    under: list[Holding] = [below.options[0]] if below is not None and below.options else []
    over: list[Holding] = [above.options[0]] if above is not None and above.options else []
    options: list[Holding]
    better_side = run[0].cell.above_target or above is None
    if bands.filler is not None and _fits_filler(run, below, above, bands):
        for slot in run:
            slot.options = [((Share(bands.filler),))]
            if slot.cell.point and slot.cell.low == ZERO and over:
                slot.options.append(over[0])
                slot.key = name_of(slot.cell, bands.measure)
        return
    if bands.complement is not None:
        rest: Holding = (Share(bands.complement),)
        options = [rest] if above is not None and not better_side and below is None else [*over, *under, rest]
        if above is not None and below is not None and all(s.cell.point for s in run):
            options = [*over, *under, rest]
    elif bands.vague:
        # a band of mere words may stand here; a neighbour reaches in only at its own open edge
        for slot in run:
            neighbours = over * (slot is run[-1]) + under * (slot is run[0]) if slot.cell.point else []
            reaching_up = [] if _is_worst(under, bands) else under
            slot.options = list(dict.fromkeys([(), *(reaching_up if above is None else neighbours)]))
            slot.key = name_of(slot.cell, bands.measure) if slot.cell.point else name
        return
    elif above is None:
        options = under
    elif below is None:
        options = over if _is_worst(over, bands) else [(), *over]
    else:
        options = [*over, *under]
    unique = list(dict.fromkeys(options))
    if bands.complement is None:
        found.gaps.append(name)
    for slot in run:
        slot.options = unique
        slot.key = name if len(unique) > 1 else ""


def _is_worst(holdings: list[Holding], bands: Field) -> bool:
    return any(share.band == bands.worst for holding in holdings for share in holding)


def _fits_filler(run: list[Slot], below: Slot | None, above: Slot | None, bands: Field) -> bool:
    """Whether the gap lies where the band of size words stands by merit."""
    filler = bands.filler
    assert filler is not None  # noqa: S101 - asked only then
    over = [share.band for share in above.options[0]] if above is not None and above.options else []
    under = [share.band for share in below.options[0]] if below is not None and below.options else []
    if (not over and not under) or (not over and run[0].cell.low is not None and run[0].cell.low > 0):
        return False
    return all(band < filler for band in over) and all(band > filler for band in under)


def _run_name(run: list[Slot], measure: Callable[[Decimal], str]) -> str:
    return name_of(Cell(run[0].cell.low, run[-1].cell.high), measure)
