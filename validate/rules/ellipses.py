"""What a rule leaves unsaid ("at or above", "target or better", "meets or exceeds the floor") said in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from validate.rules.words import Token

_CONTENT = {"meet", "better", "above", "worse", "below", "figure", "floor", "tolerance"}
_TRENDS = {"trend_better", "trend_same", "trend_about", "trend_worse"}
BREAKS = {"and", "or"}
# kinds that speak of another figure than the target
OTHER_FIGURES = {"last", "benchmark", "trend_better", "trend_same", "trend_about", "trend_worse", "change"}


def in_full(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with every clause complete in itself and joined by "and" or "or"."""
    return _object_for_both(_commas_as_and(_alternatives_told_apart(_at_or_beyond(tokens))))


def _commas_as_and(tokens: Sequence[Token]) -> list[Token]:
    """ "Target missed, improving": a comma between two things that are each said in full joins them."""
    told: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind == "mark" and token.text == ",":
            before, after = _until_break(reversed(tokens[:at])), _until_break(iter(tokens[at + 1 :]))
            trends = (bool(before & _TRENDS), bool(after & _TRENDS))
            if _missed_by_a_figure(before) and _only_met(
                after
            ):  # "less than 1% below target, on target or better"
                told.append(Token("or", ","))
                continue
            off = "off" in before and "tolerance" in after  # "off target, within tolerance"
            if (
                (before & _CONTENT and after & _CONTENT)
                or off
                or (trends[0] != trends[1] and (before | after) & _CONTENT)
            ):
                told.append(Token("and", ","))
                continue
        told.append(token)
    return told


def _missed_by_a_figure(kinds: set[str]) -> bool:
    return "figure" in kinds and bool(kinds & {"below", "worse", "off"})


def _only_met(kinds: set[str]) -> bool:
    """Whether a part says that the target is met or bettered, and nothing else."""
    return bool(kinds & {"meet", "better"}) and kinds <= {
        "meet",
        "better",
        "orbetter",
        "ormore",
        "above",
        "target",
        "noise",
    }


def _until_break(tokens: Iterator[Token]) -> set[str]:
    """Kinds up to the next comma or connector."""
    kinds: set[str] = set()
    for token in takewhile(lambda t: not _breaks(t), tokens):
        kinds.add(token.kind)
    return kinds


def _breaks(token: Token) -> bool:
    return token.kind in BREAKS or (token.kind == "mark" and token.text == ",")


_AT = ("at", "on", "equal to", "equal")
_BELOW = ("below", "lower", "under")
_AFTER_AT = ("or above", "or below", "or over", "or under")


def _at_or_beyond(tokens: Sequence[Token]) -> list[Token]:
    """ "At or above" and the like as one comparison."""
    told: list[Token] = []
    at = 0
    while at < len(tokens):
        rest = [t for t in tokens[at + 1 :] if t.kind not in ("noise", "mark")]
        found = _one_comparison(tokens[at], rest)
        if found is None:
            told.append(tokens[at])
            at += 1
        else:
            as_one, last = found
            told += as_one
            at = tokens.index(last, at + 1) + 1
    return told


def _one_comparison(token: Token, rest: Sequence[Token]) -> tuple[list[Token], Token] | None:
    """The comparison that a token begins, and the last token that belongs to it."""
    kinds = [t.kind for t in rest[:3]]
    if token.kind in ("above", "below") and kinds[:2] == ["or", "meet"] and rest[1].text in _AT:
        return [_at(token.text, up=token.kind == "above")], rest[1]  # "below or equal to"
    on_target = token.text in ("at target", "on target") and kinds[:1] == ["orless"]
    if on_target and rest[0].text.split()[-1] in _BELOW:
        return [_at("below", up=False), Token("target", "target")], rest[0]  # "at target or below"
    if token.kind != "meet" or token.text not in _AT or not rest:
        return None
    if kinds == ["or", "within", "figure"]:
        return [], rest[0]  # "at or within 5% below target"
    if kinds[0] == "or" and len(rest) > 1 and kinds[1] in ("above", "below"):
        return [_at(rest[1].text, up=kinds[1] == "above")], rest[1]
    if kinds[0] in ("orbetter", "orworse") and "floor" in _until_break(iter(rest[1:])):
        return [_at(rest[0].text, up=kinds[0] == "orbetter")], rest[0]  # "at or better than the floor"
    if kinds[0] in ("ormore", "orless") and rest[0].text in _AFTER_AT:
        return [_at(rest[0].text, up=kinds[0] == "ormore")], rest[0]
    return None


def _at(words: str, *, up: bool) -> Token:
    return Token("atleast" if up else "atmost", f"at or {words.removeprefix('or ')}")


_OBJECTS = ("floor", "last", "benchmark")


def _object_for_both(tokens: Sequence[Token]) -> list[Token]:
    """ "Meets or exceeds the floor": what stands behind the second goes for the first as well."""
    told: list[Token] = []
    part: set[str] = set()
    for at, token in enumerate(tokens):
        if (
            token.kind == "or"
            and part
            and part <= {"meet", "better", "above", "worse", "below", "trend_about"}
        ):
            after = list(takewhile(lambda t: not _breaks(t), tokens[at + 1 :]))
            told += [t for t in after if t.kind in _OBJECTS][:1]
        if token.kind in BREAKS:
            part = set()
        elif token.kind not in ("noise", "mark", "not"):
            part.add(token.kind)
        told.append(token)
    return told


_SIDE_OF = {"orbetter": "better", "ormore": "above", "orless": "below", "orworse": "worse"}


def _alternatives_told_apart(tokens: Sequence[Token]) -> list[Token]:
    """ "5% or better" qualifies its figure; "on target or better (by 5%)" is an alternative of its own."""
    told: list[Token] = []
    figure = floor = False
    for at, token in enumerate(tokens):
        if token.kind in ("and", "or"):
            figure = floor = False
        figure |= token.kind == "figure"
        floor |= token.kind == "floor"
        if floor and not figure and token.kind in ("orbetter", "ormore"):
            continue  # "at the floor or better": who meets it may be better
        if token.kind in _SIDE_OF:
            rest = [t.kind for t in tokens[at + 1 :] if t.kind not in ("noise", "mark")]
            apart = {"figure", "more", "less", "atmost", "atleast", "within", "last"}
            by_comma = token.kind == "orworse" and bool(told) and told[-1].text == ","
            if not figure or by_comma or (rest and rest[0] in apart):
                connector = "and" if token.text.startswith("and") else "or"
                if _only_target(told):  # "target or better"
                    told.append(Token("meet", "on"))
                    connector = "or"
                told += [Token(connector, connector), Token(_SIDE_OF[token.kind], token.text)]
                figure = False
                continue
        told.append(token)
    return told


def _only_target(tokens: Sequence[Token]) -> bool:
    """Whether nothing but the target stands since the last connector."""
    since = takewhile(lambda t: t.kind not in BREAKS, reversed(tokens))
    return {t.kind for t in since if t.kind not in ("noise", "mark")} == {"target"}
