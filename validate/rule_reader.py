"""A report's rating rule in words → the scheme: what its words settle and what they leave open.

Each status's words become a draft (``rule_bands``); the drafts are weighed against each other along the
axis of variance (``rule_axis``); what stays open is answered in every admissible way, one reading each.
What is not understood is quoted, and then there are no readings: nobody is accused by half a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from normalise.records import SchemeEntry
from validate.rules.against import against_questions, settled
from validate.rules.axis import weigh
from validate.rules.bands import Draft
from validate.rules.cells import Field, Weighed
from validate.rules.conditions import (
    READINGS_AT_MOST,
    Question,
    World,
    answers_in_turn,
    condition_of,
    question_of,
    span,
)
from validate.rules.drafts import read_drafts, trouble_with
from validate.rules.low_is_good import told_once
from validate.rules.order import in_order, merit_of
from validate.rules.pieces import Piece
from validate.rules.units import in_unit, own_unit, worded_for_high
from validate.scheme import (
    NOT_PERCENTAGES,
    All,
    Any,
    Band,
    Basis,
    Condition,
    Not,
    Reading,
    Scheme,
    WithinTolerance,
    changed,
)

BASIS = "what “%” is of"
BASIS_ANSWERS: dict[Basis, str] = {"relative": "relative", "points": "percentage points"}
TOLERANCE = "what a tolerance is measured in"


def read_scheme(entries: Sequence[SchemeEntry], *, context: str = "") -> Scheme:
    """The scheme of a rule as printed. ``context`` is text around it that may name a tolerance or a share.

    Never raises; a rule that cannot be read gives a scheme without readings.
    """
    if not entries:
        return Scheme(readings=())
    told = [e.model_copy(update={"text": told_once(e.text)}) for e in entries]
    both_told = any(a.text != b.text for a, b in zip(entries, told, strict=True))
    drafts = read_drafts(told, context)
    order = in_order(drafts)
    drafts = [drafts[i] for i in order]
    labels = [entries[i].label or entries[i].status for i in order]
    scheme = Scheme(
        readings=(),
        statuses=tuple(d.status for d in drafts),
        not_understood=tuple(
            _quoted(d, label) for d, label in zip(drafts, labels, strict=True) if _unread(d)
        ),
        rule="; ".join(f"{e.label or e.status}: {e.text}" for e in entries),
        page=next((e.page for e in entries if e.page is not None), None),
    )
    trouble = trouble_with(drafts)
    if trouble:
        quoted = scheme.not_understood or tuple(_quoted(d, n) for d, n in zip(drafts, labels, strict=True))
        return replace(scheme, not_understood=quoted if quoted else (trouble,))
    for_high = "" if both_told else worded_for_high(told, drafts)
    scheme = replace(_Reader(drafts).read(scheme), for_high=for_high)
    unit = own_unit(told)
    return replace(scheme, readings=tuple(in_unit(r, unit) for r in scheme.readings)) if unit else scheme


def _unread(draft: Draft) -> bool:
    return draft.kind in ("unknown", "size", "progress", "benchmark")


def _quoted(draft: Draft, label: str) -> str:
    why = f" ({draft.why})" if draft.why else ""
    return f"{label}: “{draft.text}”{why}"


class _Frame(Struct, frozen=True):
    """One way to take the units, before the cells are weighed: its answers and its worlds."""

    answers: tuple[tuple[str, str], ...]
    worlds: tuple[World, ...]
    weighed: tuple[Weighed, ...]
    distance: int  # how many answers are not the natural ones


class _Reader:
    """Readings of drafts that stand in order of merit."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts
        self.names = [d.status for d in drafts]
        self.pieces = [d.pieces if d.kind == "figures" else () for d in drafts]
        every = [p for pieces in self.pieces for p in pieces]
        self.every = every
        self.conditional = any(p.extras for p in every)
        self.shared: dict[Condition, Condition] = {}  # so that what is worked out of one serves all readings
        self.complement = next((i for i, d in enumerate(drafts) if d.kind == "other"), None)

    def read(self, scheme: Scheme) -> Scheme:
        frames = list(self._frames())
        found: list[tuple[int, Reading]] = []
        for frame in frames:
            questions = self._questions(frame)
            for number, chosen in enumerate(answers_in_turn(questions)):
                if number >= READINGS_AT_MOST:
                    break
                away = frame.distance + sum(1 for answer in chosen.values() if answer)
                found.append((away, self._reading(frame, questions, chosen)))
        found.sort(key=lambda item: item[0])
        if self.complement is not None:  # a status for all other results is one that some result gets
            some = [item for item in found if item[1].bands[self.complement].condition != Any(())]
            found = some or found
        unique: dict[tuple[Band, ...], Reading] = {}
        for _, reading in found:
            unique.setdefault(reading.bands, reading)
        readings = tuple(unique.values())[:READINGS_AT_MOST]
        filled = {i for i, d in enumerate(self.drafts) if d.kind == "size" and self._is_filled(i, readings)}
        if filled:  # words such as "slightly below" that the bands around them settle
            left = [q for q in scheme.not_understood if not any(self.drafts[i].text in q for i in filled)]
            scheme = replace(scheme, not_understood=tuple(left))
        return replace(
            scheme,
            readings=readings,
            gaps=tuple(dict.fromkeys(self._gap(name) for f in frames for w in f.weighed for name in w.gaps)),
            overlaps=tuple(
                dict.fromkeys(
                    f"The rule gives a figure {name} to {' and to '.join(self.names[b] for b in bands)}."
                    for f in frames
                    for w in f.weighed
                    for name, bands in w.overlaps
                )
            ),
            open_questions=tuple(dict.fromkeys(key for reading in readings for key, _ in reading.choices)),
        )

    @staticmethod
    def _is_filled(band: int, readings: Sequence[Reading]) -> bool:
        return all(reading.bands[band].condition is not None for reading in readings)

    def _gap(self, name: str) -> str:
        return f"The rule names no status for a figure {name}."

    def _frames(self) -> Iterator[_Frame]:
        """Every way to take "%": of the target or in points, and what points mean for other measures."""
        open_basis = any(
            p.basis == "open" and p.unit is not False and self._has_amount(p) for p in self.every
        )
        points = any(p.basis == "points" and p.unit is None for p in self.every)
        bases: list[Basis] = (
            (["points", "relative"] if points else ["relative", "points"]) if open_basis else ["relative"]
        )
        others = ["per cent of target", "not covered"] if points else [""]
        for b, basis in enumerate(bases):
            for o, other in enumerate(others):
                answers: list[tuple[str, str]] = []
                if len(bases) > 1:
                    answers.append((BASIS, BASIS_ANSWERS[basis]))
                if len(others) > 1:
                    answers.append((NOT_PERCENTAGES, other))
                worlds, weighed = [], []
                for unit in self._units(basis, other):
                    world, weighing = self._world(unit, basis, other)
                    worlds.append(world)
                    weighed.append(weighing)
                yield _Frame(tuple(answers), tuple(worlds), tuple(weighed), b + o)

    @staticmethod
    def _has_amount(piece: Piece) -> bool:
        return bool((piece.low and piece.low.at) or (piece.high and piece.high.at))

    def _units(self, basis: Basis, other: str) -> list[bool | None]:
        by_kind = any(p.unit is not None for p in self.every)
        in_points = basis == "points" and any(p.basis == "open" for p in self.every)
        if by_kind or in_points or other == "per cent of target":
            return [True, False]
        return [None]

    def _world(self, unit: bool | None, basis: Basis, other: str) -> tuple[World, Weighed]:
        own: Basis = "relative" if unit is False else basis
        pieces: list[tuple[Piece, ...]] = []
        for band in self.pieces:
            mine = [p for p in band if unit is None or p.unit in (None, unit)]
            pieces.append(tuple(self._settled_basis(p, own, unit, other) for p in mine))
        bases = {p.basis for band in pieces for p in band if p.basis is not None and self._has_amount(p)}
        axis: Basis = "relative"
        for basis_used in bases:
            axis = "relative" if basis_used == "open" else basis_used
        if len(bases) > 1:
            alone = tuple(Any(tuple(_by_itself(p) for p in band)) for band in pieces)
            return World(unit, axis, (), alone), Weighed([], [], [])
        weighed = weigh(self._field(pieces, axis))
        return World(unit, axis, tuple(weighed.slots)), weighed

    @staticmethod
    def _settled_basis(piece: Piece, own: Basis, unit: bool | None, other: str) -> Piece:
        if piece.basis == "open":
            return replace(piece, basis=own)
        if piece.basis == "points" and unit is False and other == "per cent of target":
            return replace(piece, basis="relative")
        return piece

    def _field(self, pieces: Sequence[tuple[Piece, ...]], axis: Basis) -> Field:
        vague = frozenset(i for i, d in enumerate(self.drafts) if d.kind in ("size", "progress", "benchmark"))
        sizes = [i for i in vague if self.drafts[i].kind == "size"]
        known = all(merit_of(d.status) is not None for d in self.drafts if d.kind not in ("unrated", "words"))
        filler = sizes[0] if len(sizes) == len(vague) == 1 and known and not self.conditional else None
        rated = [i for i, d in enumerate(self.drafts) if d.kind not in ("unrated", "words")]
        return Field(
            pieces=tuple(pieces),
            complement=self.complement,
            filler=filler,
            vague=vague,
            worst=rated[-1] if len(rated) > 1 and self._is_bad(rated[-1]) else None,
            measure=lambda at: _measured(at, axis),
        )

    def _is_bad(self, band: int) -> bool:
        merit = merit_of(self.names[band])
        return merit is not None and merit <= 2

    def _questions(self, frame: _Frame) -> list[Question]:
        questions: dict[Question, None] = {}
        for world in frame.worlds:
            for slot in world.slots:
                question = question_of(slot, self.names)
                if question is not None:
                    questions.setdefault(question)
        extras = [x for p in self.every for x in p.extras]
        if any(isinstance(x, WithinTolerance) for x in extras):
            questions.setdefault(_TOLERANCE)
        answered = {key for key, _ in frame.answers}
        for question in against_questions(extras, BASIS):
            if question.key not in answered:
                questions.setdefault(question)
        return list(questions)

    def _reading(self, frame: _Frame, questions: Sequence[Question], chosen: dict[Question, int]) -> Reading:
        choices = frame.answers + tuple((q.key, q.answers[chosen[q]]) for q in questions)
        conditions = [self._condition(i, frame, chosen) for i in range(len(self.drafts))]
        conditions = [c and settled(c, dict(choices), BASIS) for c in conditions]
        if self.complement is not None and self.conditional:
            others = tuple(c for i, c in enumerate(conditions) if i != self.complement and c is not None)
            conditions[self.complement] = Not(Any(others))
        if chosen.get(_TOLERANCE):
            conditions = [c and changed(c, _relative_tolerance) for c in conditions]
        bands = tuple(
            Band(
                d.status,
                condition and self.shared.setdefault(condition, condition),
                d.words if d.kind != "words" or d.words else (d.text,),
                d.kind != "unrated",
            )
            for d, condition in zip(self.drafts, conditions, strict=True)
        )
        named = [answer for _, answer in frame.answers if answer]
        named += [f"{key} is {answer}" for key, answer in choices[len(frame.answers) :]]
        return Reading("; ".join(named) or "as printed", bands, choices)

    def _condition(self, band: int, frame: _Frame, chosen: dict[Question, int]) -> Condition | None:
        if self.drafts[band].kind not in ("figures", "other"):
            filled = any(
                share.band == band for w in frame.worlds for s in w.slots for o in s.options for share in o
            )
            if not filled:
                return None
        return condition_of(band, frame.worlds, chosen, self.names)


_TOLERANCE = Question(TOLERANCE, ("the measure's own unit", "per cent of target"))


def _by_itself(piece: Piece) -> Condition:
    basis: Basis = "relative" if piece.basis in (None, "open") else piece.basis  # type: ignore[assignment]  # what is left is a Basis
    low, high = piece.low, piece.high
    parts: list[Condition] = list(piece.extras)
    if low or high:
        own = span(
            low.at if low else None,
            high.at if high else None,
            low is None or low.claim != "out",
            high is None or high.claim != "out",
            basis,
        )
        parts.insert(0, own)
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _relative_tolerance(condition: Condition) -> Condition:
    return replace(condition, basis="relative") if isinstance(condition, WithinTolerance) else condition


def _measured(at: Decimal, basis: Basis) -> str:
    figure = f"{at.normalize():f}"
    return {"relative": f"{figure}%", "points": f"{figure}%", "absolute": figure}[basis]
