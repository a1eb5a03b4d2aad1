"""A sentence of a rule parted by kind of measure ("… for percentages, … for other measures")."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct

from validate.rules.ellipses import OTHER_FIGURES
from validate.rules.words import Token

_COMPARISONS = ("within", "more", "less", "atleast", "atmost")
_SIDES = ("better", "above", "worse", "below", "off", "both")


class Group(Struct, frozen=True):
    """Tokens about percentages only (``unit`` True), about other measures only (False), or about all."""

    tokens: tuple[Token, ...]
    unit: bool | None


def groups_of(tokens: Sequence[Token]) -> list[Group]:
    """The groups of a sentence; ``unit`` None where no kind of measure is named."""
    plain = _comparison_repeated(_unbracketed(tokens))
    return _like_each_other([Group(part, unit) for part, unit in _unit_groups(plain)])


def _unbracketed(tokens: Sequence[Token]) -> list[Token]:
    """Brackets as connectors: "(or …)" stays an alternative, "(within 5%)" narrows what stands before it."""
    flat: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind == "mark" and token.text in "([":
            inner = tokens[at + 1] if at + 1 < len(tokens) else None
            if _is_about_another(flat) and any(t.kind == "figure" for t in _inside(tokens[at + 1 :])):
                # "unchanged since last year (within 2%)": of last year, unless the target is named as well
                if any(t.kind == "target" for t in tokens):
                    flat.append(Token("contradiction", "("))
            elif inner is not None and inner.kind not in ("or", "and", "both") and flat:
                # "on target (within 2%)" says how near is on target
                flat.append(Token("or" if _met_only(flat) and _how_near(tokens[at + 1 :]) else "and", "("))
        elif token.kind == "mark" and token.text in ")]":
            flat.append(Token("mark", ","))
        else:
            flat.append(token)
    return flat


def _inside(tokens: Sequence[Token]) -> list[Token]:
    """The tokens up to the end of a bracket."""
    return list(takewhile(lambda t: not (t.kind == "mark" and t.text in ")]"), tokens))


def _is_about_another(tokens: Sequence[Token]) -> bool:
    """Whether the last clause compares with another figure than the target, by how much is not said."""
    clause = {t.kind for t in takewhile(lambda t: t.kind not in ("and", "or"), reversed(tokens))}
    return bool(clause & OTHER_FIGURES) and "figure" not in clause


def _met_only(tokens: Sequence[Token]) -> bool:
    kinds = {t.kind for t in tokens if t.kind not in ("noise", "mark", "target")}
    return kinds == {"meet"}


def _how_near(tokens: Sequence[Token]) -> bool:
    """Whether a bracket holds only a distance to either side."""
    inner = _inside(tokens)
    figures = [t for t in inner if t.kind == "figure"]
    told = {t.kind for t in inner if t.kind not in ("noise", "mark", "target")}
    two_sided = any(t.sign == "±" for t in figures) or "within" in told
    return len(figures) == 1 and two_sided and told <= {"figure", "within", "atmost", "both", "tolerance"}


def _comparison_repeated(tokens: list[Token]) -> list[Token]:
    """ "Within 5% or 5 points": the comparison goes for both figures."""
    told: list[Token] = []
    last: Token | None = None
    for at, token in enumerate(tokens):
        told.append(token)
        if token.kind in _COMPARISONS:
            last = token
        following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if token.kind == "or" and following == "figure" and last is not None:
            told.append(last)
    return told


def _like_each_other(groups: list[Group]) -> list[Group]:
    """ "Worse by up to 2 points (2% for numbers)": a figure alone is worded like the group before it."""
    told: list[Group] = []
    for group in groups:
        figures = [t for t in group.tokens if t.kind == "figure"]
        alone = len(figures) == 1 and not any(t.kind in _COMPARISONS + _SIDES for t in group.tokens)
        if alone and told and sum(t.kind == "figure" for t in told[0].tokens) == 1:
            tokens = tuple(figures[0] if t.kind == "figure" else t for t in told[0].tokens)
            told.append(Group(tokens, group.unit))
        else:
            told.append(group)
    return told


def _unit_groups(tokens: list[Token]) -> list[tuple[tuple[Token, ...], bool | None]]:
    """The tokens parted by kind of measure ("… for percentages, … for other measures"), else one group."""
    if not any(t.kind in ("percent_kind", "number_kind") for t in tokens):
        return [(tuple(tokens), None)]
    groups: list[tuple[tuple[Token, ...], bool | None]] = []
    current: list[Token] = []
    unit: bool | None = None
    leads = next((t.kind for t in tokens if t.kind not in ("mark", "noise")), "") in (
        "percent_kind",
        "number_kind",
    )
    for token in tokens:
        if token.kind in ("percent_kind", "number_kind"):
            if leads:
                if _has_content(current):
                    groups.append((tuple(current), unit))
                current, unit = [], token.kind == "percent_kind"
            else:
                head, tail = _split_before_last_figure(current)
                if head:
                    groups.append((tuple(head), None))
                groups.append((tuple(tail), token.kind == "percent_kind"))
                current = []
        else:
            current.append(token)
    if _has_content(current):
        groups.append((tuple(current), unit))
    return [(_trimmed(group), unit) for group, unit in groups]


def _has_content(tokens: Sequence[Token]) -> bool:
    return any(t.kind not in ("mark", "noise", "and", "or", "target") for t in tokens)


def _split_before_last_figure(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """ "within 3 points or within 3%" before a kind: the kind belongs to the last alternative only."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].kind in ("or", "and") and any(t.kind == "figure" for t in tokens[at:]):
            if any(t.kind == "figure" for t in tokens[:at]):
                return tokens[:at], tokens[at + 1 :]
            break
    return [], tokens


def _trimmed(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    items = list(tokens)
    while items and items[0].kind in ("and", "or", "mark"):
        items.pop(0)
    while items and items[-1].kind in ("and", "or", "mark"):
        items.pop()
    return tuple(items)
