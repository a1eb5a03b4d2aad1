"""Clauses of a band joined by "and" and "or", and stretches named by their two ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from validate.rules.atoms import read_clause
from validate.rules.ellipses import BREAKS, OTHER_FIGURES, in_full
from validate.rules.found import Found, Setting
from validate.rules.pieces import ZERO, Edge, OpenBasis, Piece, both_hold
from validate.rules.words import Token
from validate.scheme import Floor, TrendIs

Clause = tuple[str, Found]  # the connector before it ("and" or "or") and what it says


def clauses_of(tokens: Sequence[Token], setting: Setting) -> Iterator[Clause]:
    tokens = in_full(tokens)
    target_said = any(t.kind == "target" or t.text == "on target" for t in tokens)
    kept = ""  # the connector before a part that said nothing
    comma = False
    for own, part in _side_for_both(_parts(tokens)):
        connector = kept or own
        has_figure = any(t.kind == "figure" for t in part)
        elsewhere = any(t.kind in OTHER_FIGURES for t in part)
        if has_figure and target_said and not elsewhere and not any(t.kind == "target" for t in part):
            part.append(Token("target", "target"))
        found = read_clause(part, setting)
        if found.kind != "empty":
            yield connector or "and", replace(found, text=_printed(part), apart=comma)
        kept = connector if found.kind == "empty" else ""
        comma = any(t.kind == "mark" and t.text == "," for t in part[-1:])


def _parts(tokens: Sequence[Token]) -> list[tuple[str, list[Token]]]:
    """The tokens between connectors, each with the connector before it."""
    parts: list[tuple[str, list[Token]]] = [("", [])]
    for token in tokens:
        if token.kind in BREAKS:
            parts.append((token.kind, []))
        else:
            parts[-1][1].append(token)
    return parts


_SIDES = {"worse", "below", "better", "above", "off"}


def _side_for_both(parts: list[tuple[str, list[Token]]]) -> list[tuple[str, list[Token]]]:
    """ "Over 2% but not over 5% below target": the side behind the second figure goes for the first as well."""
    told: list[tuple[str, list[Token]]] = []
    for at, (connector, part) in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else ("", [])
        carries = after[0] == "and" and _figure_at_end(part)
        told.append((connector, [*part, *(_side_behind_figure(after[1]) if carries else [])]))
    return told


def _figure_at_end(part: Sequence[Token]) -> bool:
    """Only a figure with its comparison: no side but perhaps an "over" before it."""
    told = [t.kind for t in part if t.kind not in ("noise", "mark")]
    return (
        len(told) >= 2
        and told[-1] == "figure"
        and told[-2] in ("more", "atleast", "above")
        and not any(kind in _SIDES | {"target"} for kind in told[:-2])
    )


def _side_behind_figure(part: Sequence[Token]) -> list[Token]:
    figures = [at for at, t in enumerate(part) if t.kind == "figure"]
    if len(figures) != 1:
        return []
    return [t for t in part[figures[0] + 1 :] if t.kind in _SIDES]


def _printed(tokens: Sequence[Token]) -> str:
    return " ".join(t.text for t in tokens if t.kind not in ("mark", "noise"))


def without_repeats(clauses: list[Clause]) -> list[Clause]:
    """ "Does not meet or exceed target": the "not" goes for both."""
    kept: list[Clause] = []
    for connector, found in clauses:
        before = kept[-1][1] if kept else None
        if (
            connector == "or" and before is not None and before.kind == found.kind == "axis"
            and before.bare and found.bare and before.negated and not found.negated
            and all(p.low is not None and p.low.at == 0 for p in found.pieces)
        ):  # fmt: skip
            continue
        kept.append((connector, found))
    return kept


def joined(clauses: list[Clause]) -> tuple[Piece, ...]:
    """Clauses of one kind that stand next to each other join first; then "and" binds before "or"."""
    if not clauses:
        return ()
    at = next((i for i, (c, f) in enumerate(clauses) if i and c == "and" and f.kind == "trend"), None)
    later = () if at is None else clauses[at + 1 :]
    told_apart = any(
        c == "or" and f.kind == "axis" for c, f in later
    )  # "met but worse, or missed but better"
    apart = _last_apart(clauses, at)
    if apart is not None:  # "within 5%, or missed by more but improving"
        return tuple(
            dict.fromkeys(
                (*joined(clauses[:apart]), *joined([("", clauses[apart][1]), *clauses[apart + 1 :]]))
            )
        )
    if at is not None and not told_apart and any(f.kind == "axis" for _, f in clauses[:at]):
        return both_hold(joined(clauses[:at]), joined([("", clauses[at][1]), *clauses[at + 1 :]]))
    alternatives: list[tuple[Piece, ...]] = []
    for connector, found in _trends_joined(clauses):
        if connector == "or" or not alternatives:
            alternatives.append(found.pieces)
        else:
            alternatives[-1] = both_hold(alternatives[-1], found.pieces)
    return tuple(dict.fromkeys(piece for pieces in alternatives for piece in pieces))


def _last_apart(clauses: Sequence[Clause], at: int | None) -> int | None:
    """Where the last alternative before a direction of travel begins, if a comma parts it and none the direction."""
    if at is None or any(found.apart for _, found in clauses[at : at + 1]):
        return None
    parted = [
        i
        for i in range(1, at)
        if clauses[i][0] == "or" and clauses[i][1].apart and clauses[i][1].kind == "axis"
    ]
    return parted[-1] if parted else None


def _trends_joined(clauses: list[Clause]) -> list[Clause]:
    joined: list[Clause] = []
    for connector, found in clauses:
        if joined and connector == "or" and found.kind == joined[-1][1].kind == "trend":
            first, second = joined[-1][1].pieces[0].extras[0], found.pieces[0].extras[0]
            if isinstance(first, TrendIs) and isinstance(second, TrendIs):
                trend = TrendIs(
                    first.trends | second.trends, second.against or first.against, first.about or second.about
                )
                joined[-1] = (joined[-1][0], Found("trend", (Piece(extras=(trend,)),)))
                continue
        joined.append((connector, found))
    return joined


def between_target_and(tokens: Sequence[Token]) -> tuple[Piece, ...] | None:
    """ "Between target and 5% below", "target to -5%", "10% below to 5% below": named by its ends."""
    items = [t for t in tokens if t.kind not in ("noise", "mark", "consequence")]
    kinds = [t.kind for t in items]
    if kinds and kinds[0] in ("between", "off"):
        items, kinds = items[1:], kinds[1:]
        opened = True
    else:
        opened = False
    for at, kind in enumerate(kinds):
        if kind == "to" or (kind == "and" and opened):
            if {kinds[0], kinds[-1]} == {"floor", "target"} and len(kinds) == 3:
                return (Piece(None, Edge(ZERO, "soft"), extras=(Floor(True),)),)
            ends = (_end(items[:at]), _end(items[at + 1 :]))
            if ends[0] is None or ends[1] is None:
                return None
            (a, unit_a), (b, unit_b) = sorted((e for e in ends if e is not None), key=lambda e: e[0])
            if a == b:
                return None
            basis = unit_b or unit_a
            return (Piece(Edge(a, "soft"), Edge(b, "soft"), basis),)
    return None


def _end(items: Sequence[Token]) -> tuple[Decimal, OpenBasis] | None:
    """An end of a stretch on the signed axis, with the basis of its figure."""
    kinds = {t.kind for t in items}
    figures = [t for t in items if t.kind == "figure"]
    if not figures:
        return (ZERO, None) if kinds and kinds <= {"target", "meet"} else None
    if (
        len(figures) > 1
        or figures[0].is_range
        or not kinds <= {"figure", "below", "worse", "above", "better", "target"}
    ):
        return None
    figure = figures[0]
    bases: dict[str, OpenBasis] = {
        "percent": "open",
        "points": "points",
        "absolute": "absolute",
        "none": "absolute",
    }
    basis = bases[figure.unit]
    if figure.low == 0:
        return ZERO, None
    if kinds & {"below", "worse"} or figure.sign == "-":
        return -figure.low, basis
    if kinds & {"above", "better"} or figure.sign == "+":
        return figure.low, basis
    return None
