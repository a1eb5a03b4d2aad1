"""The figure at the heart of a value cell: clock times, fractions, ranges, money, plain numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from normalise.value_words import Forms

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u2009\u202f\u00a0]\d{3})+|\d+)(?:\.\d+)?|\.\d+"

# a figure in digits and nothing beside it that could be any other form: "1,481", "£12.50", "-0.3%"
ONE_FIGURE = re.compile(r"[+-]?[£$€]?\d[\d,]*(?:\.\d+)?%?")
# scaled by a thousand million it is still within the 28 places in which Decimal works exactly
MAX_DIGITS = 18


_CLOCK = re.compile(
    r"(\d{1,4}(?:\.\d+(?=:1\b))?):(\d{1,2}(?:\.\d+)?)(?::(\d{2}))?\s*(?P<unit>[a-z:. ]*)", re.IGNORECASE
)
_COMPOUND = re.compile(rf"({NUMBER})\s?([a-z]+)\.?,?\s?(?:and\s|&\s)?({NUMBER})\s?([a-z]+)\.?", re.IGNORECASE)
_FRACTION = re.compile(r"(\d[\d,]*)\s?(?:/|of|out of|in)\s?(\d[\d,]*)(\s+[a-z][a-z ]*)?", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:between\s|from\s)?(?P<low>[£$€]?\s?(?:{NUMBER}))\s?(?P<unit>%|[a-zA-Z]+)?\s?(?:[-–—]|\bto\b|\band\b)\s?(?P<high>[£$€]?\s?(?:{NUMBER}).*)$",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"(?P<sign>[+-]?)\s?(?P<money>[£$€]|gbp\s)?\s?(?P<sign2>-?)(?P<number>{NUMBER})(?![\d,.]*\d)(?P<after>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AND, _DIGIT = re.compile(r"\band\b"), re.compile(r"\d")
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"[.)]\s+[A-Za-z]")
_GROUPER = re.compile(r"[,\u2009\u202f\u00a0]")
_GROUPS = re.compile(r"\d{1,3}(?:[,\u2009\u202f\u00a0]\d{3})+")
_MONEY = frozenset("£$€")


class Figure(Struct, frozen=True):
    """A figure, its unit and the size of its last place, scaled; ``rest`` is the text that follows it."""

    value: Decimal
    unit: str
    resolution: Decimal
    rest: str
    upper: Decimal | None = None
    signals: tuple[str, ...] = ()


def read_figure(plain: str, words: Forms, hint: str) -> Figure | None:
    """The figure that a text without brackets begins with, in the most telling of its forms, else None."""
    if ONE_FIGURE.fullmatch(plain):
        return _single(plain, words, hint)
    return (
        _clock(plain, words, hint)
        or _compound(plain, words)
        or _fraction(plain)
        or _range(plain, words, hint)
        or _single(plain, words, hint)
    )


def _clock(plain: str, words: Forms, hint: str) -> Figure | None:
    """``2:35`` and ``00:02:35``: minutes where heading, title or unit speak of time, else a ratio 1:n."""
    match = _CLOCK.fullmatch(plain)
    if match is None:
        return None
    first, second = Decimal(match[1]), Decimal(match[2])
    unit = words.units.get(match["unit"].strip().lower())
    timed = bool(words.time_hint.search(hint)) or unit in ("minutes", "seconds", "hours") or not first
    minute = Decimal(1) / 60
    if match[3] is not None:
        total = first * 60 + second + Decimal(match[3]) / 60
        return Figure(_rounded(total), "minutes", _rounded(minute), "", signals=("clock",))
    if timed and len(match[2]) == 2 and second < 60 and not words.ratio_hint.search(hint):
        if unit == "hours" or re.search(r"\bhh:mm\b|\bhours\b", hint, re.IGNORECASE):
            return Figure(first * 60 + second, "minutes", Decimal(1), "", signals=("clock",))
        return Figure(_rounded(first + second / 60), "minutes", _rounded(minute), "", signals=("clock",))
    if first == 1 or second == 1:
        share, unit = (match[2], "ratio") if first == 1 else (match[1], "to 1")
        return Figure(Decimal(share), unit, place_of(share), "")
    return None


def _compound(plain: str, words: Forms) -> Figure | None:
    """ "12 mins 30 secs", "1h 20m", "3 weeks 2 days": minutes, or days where days are the smaller part."""
    match = _COMPOUND.fullmatch(plain)
    if match is None:
        return None
    units = [words.times.get(match[2].lower()), words.times.get(match[4].lower())]
    first, second = units
    if first is None or second is None or first <= second:
        return None
    seconds = decimal_of(match[1]) * first + decimal_of(match[3]) * second
    size, unit = (Decimal(86400), "days") if second >= 86400 else (Decimal(60), "minutes")
    return Figure(
        _rounded(seconds / size),
        unit,
        _rounded(place_of(match[3]) * second / size),
        "",
        signals=("compound-time",),
    )


def _fraction(plain: str) -> Figure | None:
    match = _FRACTION.fullmatch(plain)
    if match is None or not _grouped(match[1]) or not _grouped(match[2]):
        return None
    part, whole = decimal_of(match[1]), decimal_of(match[2])
    if "/" in plain and whole >= 1000 and set(str(whole)[1:]) == {"0"}:
        return None  # "5/10,000" is a rate
    year = whole == (part + 1) % 100 and "/" in plain and len(match[1]) == 2
    signals = ("may-be-year",) if year else ()
    return Figure(part, f"of {whole}", Decimal(1), (match[3] or "").strip(), signals=signals)


def _range(plain: str, words: Forms, hint: str) -> Figure | None:
    match = _RANGE.match(plain)
    if match is None or (_AND.search(plain) and not plain.lower().startswith("between")):
        return None
    high = _single(match["high"], words, hint)
    if high is None or _DIGIT.search(high.rest):
        return None
    low = _single(match["low"] + (match["unit"] or ""), words, hint)
    if low is None or low.rest:
        return None
    if low.unit == "number" and high.unit != "number":
        scaled = match["low"] + _scale_of(match["high"], words)
        low = _single(scaled, words, hint) or low
    if low.unit not in ("number", high.unit) or low.value > high.value:
        return None
    return Figure(
        low.value, high.unit, max(low.resolution, high.resolution), high.rest, high.value, ("range",)
    )


def _scale_of(text: str, words: Forms) -> str:
    match = _scaled_forms(words.scale_pattern).scaled.match(text)
    return match["scale"] if match else ""


def _money_first(plain: str, words: Forms) -> str:
    """Money whose sign and scale stand apart ("£m 2.3", "2.3 £m") as it is mostly printed: "£2.3 m"."""
    if _MONEY.isdisjoint(plain):
        return plain
    scaled = _scaled_forms(words.scale_pattern)
    apart = scaled.apart.fullmatch(plain)
    if apart:
        return f"{apart[1]}{apart[3]} {apart[2]}"
    behind = scaled.behind.fullmatch(plain)
    return f"{behind[2]}{behind[1]} {behind[3] or ''}".strip() if behind else plain


def _single(plain: str, words: Forms, hint: str) -> Figure | None:
    """One figure with its currency, scale and unit."""
    plain = _money_first(plain, words)
    match = _SINGLE.match(plain)
    if match is None or not _grouped(match["number"]):
        return None
    if _ORDINAL.match(match["after"]):
        return None
    if _NUMBERED.match(match["after"]):
        return None  # "1. A greener town" is numbered, not measured
    value, resolution = decimal_of(match["number"]), place_of(match["number"])
    after, signals = match["after"].removeprefix("."), list[str]()
    currency = words.currencies.get((match["money"] or "").strip().lower())
    scaled = _scaled_forms(words.scale_pattern)
    scale = (scaled.after_money if currency else scaled.after).match(after)
    if scale and not _is_length(scale["scale"], currency, hint):
        size = words.scales[scale["scale"].lower()]
        value, resolution, after = _scaled(value, size), _scaled(resolution, size), after[scale.end() :]
        if currency is None and len(scale["scale"]) == 1:
            signals.append("scale-letter")
    if "-" in (match["sign"], match["sign2"]):
        value = -value
    if match["sign"] == "+":
        signals.append("signed")
    unit, rest = words.unit_at(after)
    if currency:
        unit = currency if unit is None else f"{currency} {unit}" if unit.startswith("per ") else unit
        if not unit.startswith(currency):
            return None
    elif scale and scale["scale"] == "m" and re.search(r"\bmet(?:re|er)s?\b", hint, re.I):
        unit = "metres"
    return Figure(value, unit or "number", resolution, rest, signals=tuple(signals))


class _ScaledForms(Struct, frozen=True):
    """Where a scale word may stand: behind a figure, between sign and figure, behind a sign behind the figure."""

    scaled: re.Pattern[str]
    apart: re.Pattern[str]
    behind: re.Pattern[str]
    after: re.Pattern[str]
    after_money: re.Pattern[str]


@lru_cache(maxsize=64)
def _scaled_forms(scale: str) -> _ScaledForms:
    forms = (
        rf"[£$€]?\s?(?:{NUMBER})\s?(?P<scale>{scale})(?![a-z])",
        rf"([£$€])\s?({scale})\s+(-?(?:{NUMBER}))",
        rf"(-?(?:{NUMBER}))\s?([£$€])\s?({scale})?",
        rf"\s?(?P<scale>{scale})(?![a-z²³2])",  # "5m²" is an area
        rf"\s?(?P<scale>{scale})(?![a-z])",  # "£5m²" is money with a footnote
    )
    return _ScaledForms(*(re.compile(form, re.IGNORECASE) for form in forms))


def _scaled(value: Decimal, size: Decimal) -> Decimal:
    """A figure times its scale word, without a fraction that is zero: £1.2m is 1200000."""
    product = value * size
    return product.quantize(Decimal(1)) if product == product.to_integral() else product


def _is_length(letter: str, currency: str | None, hint: str) -> bool:
    return currency is None and letter == "m" and bool(re.search(r"\bmet(?:re|er)s\b", hint, re.IGNORECASE))


def _grouped(number: str) -> bool:
    """Whether the commas of a number group thousands."""
    whole = number.split(".", maxsplit=1)[0]
    return not _GROUPER.search(whole) or _GROUPS.fullmatch(whole) is not None


@lru_cache(maxsize=4096)
def decimal_of(number: str) -> Decimal:
    """A printed number; figures that come again share one, for they are kept."""
    return Decimal(_GROUPER.sub("", number))


def place_of(number: str) -> Decimal:
    """The size of the last printed place: 97.8 -> 0.1, 1,481 -> 1."""
    return _size_of_place(len(number.rsplit(".", 1)[1]) if "." in number else 0)


@lru_cache(maxsize=64)
def _size_of_place(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def _rounded(value: Decimal) -> Decimal:
    """Six places, trailing zeros off: thirds of a minute have no end."""
    short = value.quantize(Decimal("0.000001")).normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral() else short
