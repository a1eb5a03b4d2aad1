"""From weighed cells to the conditions of bands, and from open questions to readings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product

from msgspec import Struct

from validate.rules.cells import Cell, Holding, Slot
from validate.scheme import All, Any, Basis, Condition, Not, Span, UnitIs

READINGS_AT_MOST = 256
NEVER = Any(())


class World(Struct, frozen=True):
    """The measures of one weighing: percentages (True), others (False) or all (None), and its basis.

    ``alone``: where figures stand in several units at once nothing can be weighed, and each band has only its
    own condition.
    """

    unit: bool | None
    basis: Basis
    slots: tuple[Slot, ...]
    alone: tuple[Condition, ...] | None = None


class Question(Struct, frozen=True):
    """Something the words leave open, with its admissible answers, most natural first."""

    key: str
    answers: tuple[str, ...]


def condition_of(
    band: int, worlds: Sequence[World], chosen: dict[Question, int], names: Sequence[str]
) -> Condition:
    """When a band holds, under the chosen answers."""
    parts = [(world.unit, _in_world(band, world, chosen, names)) for world in worlds]
    if len({condition for _, condition in parts}) == 1:
        return parts[0][1]
    by_unit = [
        condition if unit is None else All((UnitIs(unit), condition))
        for unit, condition in parts
        if condition != NEVER
    ]
    return by_unit[0] if len(by_unit) == 1 else Any(tuple(by_unit))


def question_of(slot: Slot, names: Sequence[str]) -> Question | None:
    """The question of an open slot: its key, and who has the cell under each answer."""
    if len(slot.options) < 2:
        return None
    if slot.answers:
        return Question(slot.key, slot.answers)
    if slot.takers:
        return Question(slot.key, tuple(", ".join(names[b] for b in bands) for bands in slot.takers))
    return Question(slot.key, tuple(_who(option, names) for option in slot.options))


def _who(option: Holding, names: Sequence[str]) -> str:
    always = [share for share in option if not share.extras] or option
    return " or ".join(dict.fromkeys(names[share.band] for share in always)) or "no status"


def _in_world(band: int, world: World, chosen: dict[Question, int], names: Sequence[str]) -> Condition:
    if world.alone is not None:
        return world.alone[band]
    runs: list[tuple[tuple[Condition, ...], list[Cell]]] = []
    for slot in world.slots:
        if not slot.options:
            continue
        question = question_of(slot, names)
        option = slot.options[chosen[question] if question is not None else 0]
        for share in option:
            if share.band == band:
                extras = share.extras + tuple(Not(c) for c in share.but_not)
                _add(runs, extras, slot.cell)
    parts = [_condition(extras, cells, world.basis) for extras, cells in runs]
    if not parts:
        return NEVER
    unique = tuple(dict.fromkeys(parts))
    return unique[0] if len(unique) == 1 else Any(unique)


def _add(
    runs: list[tuple[tuple[Condition, ...], list[Cell]]], extras: tuple[Condition, ...], cell: Cell
) -> None:
    for known, cells in reversed(runs):
        if known == extras and cells[-1].high == cell.low and cell.low is not None:
            cells.append(cell)
            return
    runs.append((extras, [cell]))


def _condition(extras: tuple[Condition, ...], cells: list[Cell], basis: Basis) -> Condition:
    low, high = cells[0].low, cells[-1].high
    parts: list[Condition] = list(extras)
    if low is not None or high is not None:
        parts.insert(0, span(low, high, cells[0].point, cells[-1].point, basis))
    return parts[0] if len(parts) == 1 else All(tuple(parts)) if parts else Span(None, None)


def span(low: Decimal | None, high: Decimal | None, low_in: bool, high_in: bool, basis: Basis) -> Span:
    """A span. Against the target itself every basis says the same; it is then put as relative."""
    if not low and not high:
        basis = "relative"
    return Span(low, high, low_in if low is not None else True, high_in if high is not None else True, basis)


def answers_in_turn(questions: Sequence[Question]) -> Iterator[dict[Question, int]]:
    """All combinations of answers, those nearest to the natural ones first."""
    alternatives = [q for q in questions if len(q.answers) > 1]
    natural = dict.fromkeys(questions, 0)
    for count in range(len(alternatives) + 1):
        for which in combinations(alternatives, count):
            for answers in product(*(range(1, len(q.answers)) for q in which)):
                yield natural | dict(zip(which, answers, strict=True))
