"""The words of value cells, made ready for reading: tables and patterns from the vocabulary, built once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from normalise.records import Bound
from normalise.vocabulary import Vocabulary
from normalise.words import collapse

_BOUNDS: dict[str, Bound] = {"lt": "lt", "le": "le", "gt": "gt", "ge": "ge"}
_PER = re.compile(
    r"\s?(?:per|/)\s?(?P<size>\d{1,3}(?:,?\d{3})+|\d+)?(?P<thousands>k\b)?\s?(?P<what>[a-z][a-z '’-]*)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s?(?P<what>[a-z]+(?: [a-z]+)?)(?=\s(?:per|/)\s?\d)", re.IGNORECASE)
_POPULATION = re.compile(r"^(?:of\s)?(?:the\s)?(?:pop|popn|pop'n|population|popul)\b\.?", re.IGNORECASE)


class Forms(Struct, frozen=True):
    """Printed forms of units, scales, currencies, bounds and qualifiers; patterns that find them."""

    units: dict[str, str]
    scales: dict[str, Decimal]
    currencies: dict[str, str]
    times: dict[str, Decimal]  # seconds of a unit of time
    bounds_before: dict[str, Bound]
    bounds_after: dict[str, Bound]
    qualifiers: dict[str, str]
    nulls: frozenset[str]
    zeros: frozenset[str]
    of_when: frozenset[str]
    unit_pattern: re.Pattern[str]
    scale_pattern: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    time_hint: re.Pattern[str]
    ratio_hint: re.Pattern[str]

    def unit_at(self, after: str) -> tuple[str | None, str]:
        """The unit printed right after a figure, and the text that follows it."""
        match = self.unit_pattern.match(after)
        unit = self.units[collapse(match["unit"]).lower()] if match else None
        rest = after[match.end() :] if match else after
        counted = _COUNTED.match(rest) if unit is None else None
        if counted:
            unit, rest = counted["what"].lower(), rest[counted.end() :]
        per = _PER.match(rest)
        if per and (per["size"] or per["what"]) and not _is_division(per):
            what = (per["what"] or "").strip()
            words = _POPULATION.sub("population", what).strip().lower()
            size = f"{_size(per):,} " if per["size"] else ""
            rate = f"per {size}{words}".strip()
            return (rate if unit is None else f"{unit} {rate}"), rest[per.end() :].strip()
        return unit, rest.strip()


def _size(per: re.Match[str]) -> int:
    return int(per["size"].replace(",", "")) * (1000 if per["thousands"] else 1)


def _is_division(per: re.Match[str]) -> bool:
    """Whether a stroke divides two figures ("75/80%") and does not stand for "per" ("12.1/1000")."""
    return per[0].strip().startswith("/") and bool(per["size"]) and _size(per) < 1000


_held: dict[int, tuple[Vocabulary, Forms]] = {}


def forms(vocabulary: Vocabulary) -> Forms:
    """The forms of a vocabulary; built on first use and kept for as long as the program runs."""
    held = _held.get(id(vocabulary))
    if held is None or held[0] is not vocabulary:
        held = (vocabulary, _build(vocabulary))
        _held[id(vocabulary)] = held
    return held[1]


def _build(vocabulary: Vocabulary) -> Forms:
    data = vocabulary.values
    units = _turned(data.units)
    scales = {form: Decimal(size) for size, found in data.scales.items() for form in found}
    before = {form: _BOUNDS[name] for name, found in data.bounds_before.items() for form in found}
    after = {form: _BOUNDS[name] for name, found in data.bounds_after.items() for form in found}
    qualifiers = _turned(data.qualifiers) | {colour: colour for colour in vocabulary.statuses.colours}
    times = {form: data.compounds[unit] for form, unit in units.items() if unit in data.compounds}
    times |= {"h": Decimal(3600), "m": Decimal(60), "s": Decimal(1), "d": Decimal(86400)}
    leading = [*before, *(q for q in qualifiers if len(q) > 1 or not q.isalpha()), *data.labels]
    return Forms(
        units=units,
        scales=scales,
        currencies=_turned(data.currencies),
        times=times,
        bounds_before=before,
        bounds_after=after,
        qualifiers=qualifiers,
        nulls=frozenset(data.nulls),
        zeros=frozenset(data.zeros),
        of_when=frozenset(data.of_when),
        unit_pattern=re.compile(rf"[\s-]?(?P<unit>{_any(units)})(?![A-Za-z0-9])", re.IGNORECASE),
        scale_pattern=_any(scales),
        before=re.compile(
            rf"(?P<word>{_any(leading)}|c(?=\d))\.?(?:\s*[:=–-](?=\s)|\s*[:=])?(?:\s+|(?=[\d£$€.-]))",
            re.IGNORECASE,
        ),
        after=re.compile(rf"(?P<word>\+|{_any(after)})(?![A-Za-z\d/])", re.IGNORECASE),
        time_hint=re.compile(rf"\b(?:{_any(data.time_hints)})\b", re.IGNORECASE),
        ratio_hint=re.compile(rf"\b(?:{_any(data.ratio_hints)})\b", re.IGNORECASE),
    )


def _turned(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {form: name for name, found in table.items() for form in found}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, any white space between their parts."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in sorted(words, key=len, reverse=True))
