"""The words of one band: clauses joined by "and" and "or", alternatives after a stroke, brackets.

``read_band`` gives a draft: what the words claim of the axis, or why they give nothing to compute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from validate.rules.clauses import Clause, between_target_and, clauses_of, joined, without_repeats
from validate.rules.formulas import as_distances
from validate.rules.found import Setting
from validate.rules.groups import groups_of
from validate.rules.pieces import Piece, both_hold
from validate.rules.words import Token, plain, tidied, tokenise, vocabulary
from validate.words import data_of

DraftKind = Literal["figures", "size", "progress", "words", "unrated", "other", "benchmark", "unknown"]


class Draft(Struct, frozen=True):
    """A band as its words give it, before it is weighed against the others.

    ``kind`` "figures": ``pieces`` say when it holds. "size": only words such as "slightly below"
    (``sided`` tells whether better from worse); "progress": a judgement ("on track"); "words": earned by
    something that is no figure ("completed"); "other": what no other band takes.
    """

    status: str
    text: str
    kind: DraftKind
    pieces: tuple[Piece, ...] = ()
    words: tuple[str, ...] = ()
    literal: bool = False
    sided: bool = True
    why: str = ""


class _Reading(Struct):
    """What is gathered over the alternatives of one band."""

    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    literal: list[bool] = field(default_factory=list)
    sided: bool = True


_STROKE = re.compile(r"\s*(?:(?<![\d+])/(?![\d-])|(?<=%)/|\|)\s*")
_ASIDE = re.compile(r"\s*(?:;|(?<![\d%])\s[-–—]\s|\s[-–—]\s(?!\d))\s*")  # a dash between figures is a range
_KEPT = (
    ("and/or", "or"),
    ("n/a", "not applicable"),
    ("+/-", "±"),
    ("+ / -", "±"),
    ("+/–", "±"),
    ("+/−", "±"),
)
_OR = re.compile(r"^(?:and/)?or\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:(?<=[A-Za-z]{3})|(?<=[%)]))\.\s+(?=[A-Z])")


def read_band(status: str, text: str, setting: Setting = Setting()) -> Draft:  # noqa: B008 - frozen
    """What one status's words say. Never raises; what is not understood has kind "unknown" and ``why``."""
    words = _without_name(as_distances(tidied(text))) or status
    found = _Reading()
    for old, new in _KEPT:
        words = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, words, flags=re.IGNORECASE)
    words = _asides_as_alternatives(words)
    for number, part in enumerate(p for p in _STROKE.split(words) if p.strip()):
        _read_alternative(part.strip(" .,"), found, setting, first=number == 0)
    return _draft(status, text, found)


def _without_name(words: str) -> str:
    """ "Warning (within 5% of target)", "fair – within 10%": what stands behind a status's own name is the rule."""
    named = _name().match(words)
    if named is None:
        return words
    rule = words[named.end() :].strip()
    if named["bracket"]:
        if not rule.endswith(")") or ")" in rule[:-1]:
            return words
        rule = rule[:-1]
    kinds = {t.kind for t in tokenise(rule)}
    return rule if kinds & {"figure", "target", "tolerance", "floor"} else words


@cache
def _name() -> re.Pattern[str]:
    names = sorted(data_of("rule_words")["names_of_statuses"]["words"], key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, names))})(?:\s+[-–—]\s+|\s*:\s*|\s*(?P<bracket>\())", re.IGNORECASE
    )


def _asides_as_alternatives(words: str) -> str:
    """ "Target met; action complete": what stands apart is an alternative if it is no figure, else it goes on."""
    whole, *asides = _ASIDE.split(words)
    for aside in asides:
        kinds = {t.kind for t in tokenise(aside)}
        beside = kinds <= {"progress", "complete", "consequence", "noise", "mark", "or"}
        whole += f" / {_OR.sub('', aside)}" if beside and kinds else f", {aside}"
    return whole


def _draft(status: str, text: str, found: _Reading) -> Draft:
    def draft(kind: DraftKind, why: str = "") -> Draft:
        pieces = tuple(dict.fromkeys(found.pieces)) if kind == "figures" else ()
        literal = bool(found.literal) and all(found.literal)
        return Draft(status, text, kind, pieces, tuple(found.words), literal, found.sided, why)

    kinds = found.kinds
    if plain(status).replace("_", " ") in vocabulary().unrated_statuses:
        return draft("unrated")
    if "unrated" in kinds and not kinds & {"axis", "size"}:
        return draft("unrated")
    if found.unknown:
        return draft("unknown", "not understood: " + ", ".join(dict.fromkeys(found.unknown)))
    if "unclear" in kinds:
        return draft("unknown", "its words can be taken in several ways")
    if "benchmark" in kinds:
        return draft("benchmark", "it compares with figures of others")
    if "change" in kinds:
        return draft("benchmark", "it measures how far the way from a start was gone, which is not printed")
    if "other" in kinds:
        return (
            draft("other")
            if kinds == {"other"}
            else draft("unknown", "its words can be taken in several ways")
        )
    if "progress" in kinds:
        return draft("progress", "it is a judgement, not a figure")
    if "size" in kinds:
        return draft("size", "its words give no figure")
    if found.pieces:
        return draft("figures")
    if "consequence" in kinds:
        return draft("progress", "it says what is to be done, not when")
    if "axis" not in kinds and (found.words or "complete" in kinds):
        return draft("words")
    return draft("unknown", "its words say nothing of a figure")


_SIDES = {"meet", "better", "worse", "below", "above"}


def _read_alternative(text: str, found: _Reading, setting: Setting, *, first: bool) -> None:
    sentences = [s for s in _SENTENCE.split(text) if s.strip()]
    for number, sentence in enumerate(sentences):
        tokens = tokenise(sentence)
        kinds = {t.kind for t in tokens}
        about_target = bool(kinds & {"figure", "target", "tolerance", "floor"} or kinds & _SIDES)
        if (
            number
            and not kinds & {"figure", "tolerance", "floor"}
            and not ("target" in kinds and kinds & _SIDES)
        ):
            continue  # what is to be done about it is no part of the rule
        if not first and not about_target and not _says_something(tokens):
            found.words.append(sentence)
            continue
        part = _Reading()
        _read_sentence(tokens, part, setting)
        if (
            not first
            and not part.pieces
            and ({"progress", "complete", "size"} & part.kinds or not about_target)
        ):
            found.words.append(sentence)
            continue
        if part.kinds == {"complete"}:
            found.words.append(sentence)
        if number and found.pieces and part.pieces:
            found.pieces = list(both_hold(found.pieces, part.pieces))
        else:
            found.pieces += part.pieces
        found.words += part.words
        found.kinds |= part.kinds
        found.unknown += part.unknown
        found.literal += part.literal
        found.sided &= part.sided


def _in_two_units(clauses: Sequence[Clause]) -> bool:
    """Whether distances in different units must hold together; they have no common axis."""
    bases = {p.basis for _, f in clauses for p in f.pieces if (p.low and p.low.at) or (p.high and p.high.at)}
    return len(bases - {None}) > 1 and all(connector == "and" for connector, _ in clauses[1:])


def _says_something(tokens: Sequence[Token]) -> bool:
    return any(t.kind.startswith("trend") or t.kind in ("other", "unrated", "floor") for t in tokens)


def _read_sentence(tokens: Sequence[Token], found: _Reading, setting: Setting) -> None:
    found.unknown += [t.text for t in tokens if t.kind == "unknown"]
    if any(t.kind == "consequence" for t in tokens):
        found.kinds.add("consequence")
    if any(t.kind == "circumstance" for t in tokens):  # "and no plan to recover"
        found.kinds.add("unclear" if any(t.kind == "figure" for t in tokens) else "size")
    if any(t.kind == "target" or "target" in t.text for t in tokens):
        setting = replace(setting, distance=True)
    groups = groups_of(tokens)
    units = {group.unit for group in groups if group.unit is not None}
    for group in groups:
        unit = group.unit
        if unit is None and len(units) == 1:
            unit = not next(iter(units))
        pieces = _read_group(group.tokens, found, setting)
        found.pieces += [replace(piece, unit=unit) for piece in pieces]


def _read_group(tokens: Sequence[Token], found: _Reading, setting: Setting) -> tuple[Piece, ...]:
    """Pieces of one group; what else its clauses say goes to ``found``."""
    between = between_target_and(tokens)
    if between is not None:
        found.kinds.add("axis")
        return between
    clauses = without_repeats(list(clauses_of(tokens, setting)))
    if any(not f.bare or any(p.extras for p in f.pieces) for _, f in clauses if f.kind == "axis"):
        # "slightly below (within 5%)": the figure says how slightly
        clauses = [
            (c, replace(f, kind="axis") if f.kind == "size" else f)
            for c, f in clauses
            if f.kind != "size" or f.pieces
        ]
    axis = [(c, f) for c, f in clauses if f.kind in ("axis", "trend")]
    on_axis = [f for _, f in clauses if f.kind == "axis"]
    if _in_two_units(axis):  # "within 5% and within 3 cases"
        found.kinds.add("unclear")
    if on_axis and all(c == "and" for c, _ in clauses[1:]):  # "above target, but within 5%" has a side
        found.literal += [f.literal for f in on_axis if f.sided] or [False]
        found.sided &= any(f.sided for f in on_axis)
    else:
        found.literal += [f.literal for f in on_axis]
        found.sided &= all(f.sided for _, f in clauses)
    for _, f in clauses:
        if f.kind == "complete" and axis:
            found.words.append(f.text)
        elif f.kind != "empty":
            found.kinds.add("axis" if f.kind == "trend" else f.kind)
    return joined(axis)
