"""A value cell as a decimal figure with unit and qualifier, beside what was printed.

Nothing is guessed: a cell that holds words, or two figures, has no value. What the figure was read through
(a footnote mark, a scale letter, a bracket that means minus) is named in ``signals``.

Choices: a range has its lower end as ``value`` and its higher as ``upper``; times of two units ("12 mins 30
secs", ``2:35`` under a heading about time) are minutes; ``1:12`` is 12 of the unit "ratio", ``12:1`` is 12 "to 1"; ``12/20`` is 12
of the unit "of 20"; working days are days.
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from normalise.records import Bound
from normalise.value_figures import MAX_DIGITS, NUMBER, ONE_FIGURE, decimal_of, place_of, read_figure
from normalise.value_words import Forms, forms
from normalise.vocabulary import Vocabulary, load
from normalise.words import collapse, rejoin

_MARKS = "*†‡§#^¹²³⁰⁴⁵⁶⁷⁸⁹⁽⁾ªᵃᵇᶜᵈᵉᶠᵍʰⁱ"
_MONTH_WORD = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
# arrows, lights and symbol-font characters that stand beside a figure and are no part of it
_SIGNS = re.compile(r"[\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\ue000-\uf8ff\U0001f300-\U0001faff]")
_MINUS = re.compile(r"[−‒﹣－]")
_LONG_MINUS = re.compile(r"(?<![\w%)])[–—](?=\s?[£$€]?[\d.])")
_LIGHT = re.compile(r"^•\s*(?=[\d£<>≤≥(+-])")  # a light before its figure
_MARK = rf"[{re.escape(_MARKS)}]"
_MARKED = rf"(?:{_MARK}+(?:,\s?{_MARK}+)*|\([¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠ]\))"
# footnote marks behind the text or its figure, and what takes their place
_FOOTNOTES = (
    (re.compile(rf"(?<=[\d%)A-Za-z.])(?<![mM](?=[²³]))\s?{_MARKED}(?=\s|\(|$)"), ""),
    (re.compile(rf"^{_MARK}+\s?(?=[\d£<>-])"), ""),
    (re.compile(r"(?<=[\d%A-Za-z])\s?\[\d{1,2}\]$"), ""),
    (re.compile(r"(?<=%)\s?\(\d\)$"), ""),
    (re.compile(r"(?<=\d%)\d$"), ""),
    (re.compile(r"(?<=\d%)\s?([per])$", re.IGNORECASE), r" (\1)"),
    (re.compile(r"(?<=\d )(days|weeks|hours|mins|minutes|people|cases)\d$"), r"\1"),
)
_GROUPED = re.compile(r"\d[\u2009\u202f\u00a0]\d{3}(?!\d)")
_BLANKS = re.compile(r"[ \t\r\n]+")
_DIGIT = re.compile(r"\d")
_RUN = re.compile(NUMBER)
_NEGATIVE = re.compile(rf"\(\s*([£$€]?\s?(?:{NUMBER})\s?[a-zA-Z%]*)\s*\)(\s?%)?")
_NEGATIVE_MONEY = re.compile(rf"([£$€])\s?\(({NUMBER})\)\s?([a-zA-Z]*)")
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_WITH_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_BRACKET = frozenset("()[]")
_LABEL = re.compile(r"^([A-Za-z][\w/ -]{0,24}|20\d\d\s?[/-]\s?(?:20)?\d\d)\s?:\s?(?=[£$€<>≤≥+-]?\s?\.?\d)")
_DATES = re.compile(
    rf"\b(?:20\d\d\s?[/–-]\s?(?:20)?\d\d|(?:by|in|for|at|from|since|during|end|of|{_MONTH_WORD})\s+20\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH_WORD}(?:\s20\d\d)?|q[1-4]|co2e?|m[23])\b",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(
    rf"^(?:(?:20|19)\d\d\s?[/–-]\s?(?:(?:20)?\d\d)|(?:q|qtr|quarter)\s?[1-4]\b(?:[\s,]*\(?(?:20)?\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?\)?)?|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{2}}|\d{{4}})"
    rf"|(?:(?:by|end|from|since|until|due|mid|early|late)\s(?:of\s)?)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH_WORD}\b\.?[\s'’-]*(?:\d{{1,4}})?(?:st|nd|rd|th)?|\d{{4}}-\d\d-\d\d)$",
    re.IGNORECASE,
)


class ParsedValue(Struct, frozen=True):
    """What one value cell says.

    ``printed``: the text, cut words joined, white space collapsed. ``value``: the figure, None for words.
    ``unit``: "number" where no unit is printed, None without a figure. ``resolution``: the size of the last
    printed place after scaling. ``bound``: "lt", "le", "gt" or "ge" for figures that are limits.
    ``upper``: the higher end of a range.
    """

    printed: str
    value: Decimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    resolution: Decimal | None = None
    bound: Bound | None = None
    upper: Decimal | None = None
    signals: tuple[str, ...] = ()


def read_value(printed: str, *, hint: str = "", vocabulary: Vocabulary | None = None) -> ParsedValue | None:
    """The figure in a value cell; None for an empty cell and for N/A.

    ``hint``: words of heading and title. They only tell what a printed form means (``2:35`` as time or as
    ratio, ``5m`` as million or metres) and never add a unit that the cell does not print.
    """
    words = forms(vocabulary or load())
    bare = _DIGITS_ALONE.fullmatch(printed)
    if bare and printed not in words.nulls and printed not in words.zeros:
        value, unit = decimal_of(bare[1]), "percent" if bare[2] else "number"
        return ParsedValue(printed=printed, value=value, unit=unit, resolution=place_of(bare[1]))
    return _read(printed, words, hint)


# what most cells hold, and nothing else can be meant by; no year
_DIGITS_ALONE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)(%?)")


def _read(printed: str, words: Forms, hint: str) -> ParsedValue | None:
    """The figure in a cell of any form."""
    text = rejoin(printed)
    if not text or text.lower().strip(" .") in words.nulls:
        return None
    whole = ParsedValue(printed=text)
    plain, signals = _bare(_spaced(printed, text))
    if plain.lower().strip(" .") in words.zeros:
        return replace(
            whole, value=Decimal(0), unit="number", resolution=Decimal(1), signals=("word-number",)
        )
    if not _DIGIT.search(plain) or _DATE_LIKE.match(plain.strip(" .")):
        return whole
    if any(sum(map(str.isdigit, run)) > MAX_DIGITS for run in _RUN.findall(plain)):
        return replace(whole, signals=(*signals, "too-many-digits"))
    plain, negative = _accounting(plain)
    plain, brackets = _brackets(plain, signals)
    plain, before, lead_bound = _before(plain, words)
    figure = read_figure(plain, words, hint)
    if figure is None:
        return replace(whole, signals=(*signals, _why_none(plain)))
    rest, bound = _bound_after(figure.rest, words)
    qualifier, unit = _qualifier(rest, brackets, before, figure.unit, words)
    if qualifier == "?":
        return replace(whole, signals=(*signals, _why_none(plain)))
    signals += figure.signals
    value = figure.value
    if negative:
        if unit == "number":
            return replace(whole, signals=(*signals, "bracketed-figure"))  # minus, or just set in brackets?
        value, signals = -abs(value), [*signals, "bracketed-negative"]
    return replace(
        whole,
        value=value,
        unit=unit,
        qualifier=qualifier,
        resolution=figure.resolution,
        bound=bound or lead_bound,
        upper=figure.upper,
        signals=tuple(dict.fromkeys(signals)),
    )


def _spaced(printed: str, text: str) -> str:
    """The text, with thin spaces inside figures kept: they group thousands and separate nothing."""
    if not printed.isascii() and _GROUPED.search(printed):
        return _BLANKS.sub(" ", printed).strip()
    return text


def _bare(text: str) -> tuple[str, list[str]]:
    """Dashes made equal, footnote marks taken off the end of the text or of its figure."""
    if ONE_FIGURE.fullmatch(text):
        return text, []
    signals: list[str] = []
    plain = _MINUS.sub("-", text)
    plain = _SIGNS.sub(" ", plain).strip()
    plain = _LIGHT.sub("", plain)
    plain = _LONG_MINUS.sub("-", plain)
    unmarked = plain
    for pattern, instead in _FOOTNOTES:
        unmarked = pattern.sub(instead, unmarked)
    if unmarked != plain:
        signals.append("footnote-mark")
    return (
        collapse(unmarked)
        if "\u2009" not in unmarked and "\u202f" not in unmarked and "\u00a0" not in unmarked
        else unmarked.strip(),
        signals,
    )


def _accounting(plain: str) -> tuple[str, bool]:
    """A figure in brackets is negative: (£350k), (1.2)%, £(3.4)m."""
    if "(" not in plain:
        return plain, False
    whole = _NEGATIVE.fullmatch(plain)
    if whole:
        return whole[1] + (whole[2] or ""), True
    money = _NEGATIVE_MONEY.fullmatch(plain)
    if money:
        return money[1] + money[2] + money[3], True
    return plain, False


def _brackets(plain: str, signals: list[str]) -> tuple[str, list[str]]:
    if _BRACKET.isdisjoint(plain):
        return plain.strip(), []
    found = [collapse(inner) for inner in _BRACKETED.findall(plain)]
    bare = _WITH_BRACKETS.sub(" ", plain)
    if re.search(r"[()\[\]]", bare):
        unclosed = re.search(r"[(\[]([^()\[\]]*)$", bare)
        if unclosed:
            found.append(collapse(unclosed[1]))
            signals.append("bracket-not-closed")
        bare = re.sub(r"\s*[(\[][^()\[\]]*$|[)\]]", " ", bare)
    return bare.strip(" ,;:") if found else bare.strip(), [f for f in found if f]


def _before(plain: str, words: Forms) -> tuple[str, list[str], Bound | None]:
    """Words before the figure that limit or qualify it, taken off one by one."""
    qualifiers: list[str] = []
    bound: Bound | None = None
    label = _LABEL.match(plain)
    if label and words.before.match(plain) is None:
        qualifiers.append(collapse(label[1]).lower())
        plain = plain[label.end() :]
    while True:
        match = words.before.match(plain)
        if match is None or not _DIGIT.search(plain, match.end()):
            return plain, qualifiers, bound
        word = collapse(match["word"]).lower()
        if word in words.bounds_before:
            bound = words.bounds_before[word]
        elif word in words.qualifiers:
            qualifiers.append(words.qualifiers[word])
        plain = plain[match.end() :]


def _bound_after(rest: str, words: Forms) -> tuple[str, Bound | None]:
    match = words.after.match(rest)
    if match is None:
        return rest, None
    word = collapse(match["word"]).lower()
    return rest[match.end() :].strip(), "ge" if word == "+" else words.bounds_after[word]


def _qualifier(
    rest: str, brackets: list[str], before: list[str], unit: str, words: Forms
) -> tuple[str | None, str]:
    """The qualifier of a figure and its unit, which may be the word that follows. "?": two figures."""
    said = list(before)
    if collapse(rest).lower() in words.qualifiers:
        said.append(words.qualifiers[collapse(rest).lower()])
        rest = ""
    rest = rest.strip(" ,;:.-–—")
    if rest:
        if _DIGIT.search(_DATES.sub("", rest)):
            return "?", unit
        lowered = rest.lower()
        if lowered in words.qualifiers:
            said.append(words.qualifiers[lowered])
        elif unit == "number" and _names_a_unit(rest, words):
            unit = lowered
        else:
            said.append(lowered)
    for inner in brackets:
        lowered = inner.lower().strip(" .")
        plain_unit = words.units.get(lowered)
        if unit == "number" and plain_unit and lowered not in words.qualifiers:
            unit = plain_unit
        else:
            said.append(_named(lowered, words))
    said = list(dict.fromkeys(said))
    for name in ("provisional", "estimated"):
        if name in said:
            return name, unit
    return ("; ".join(said) or None), unit


def _names_a_unit(rest: str, words: Forms) -> bool:
    """Whether the words after a figure are what it counts: one or two, and no remark on when."""
    told = rest.split()
    return (
        len(told) <= 2
        and told[0].lower() not in words.of_when
        and re.fullmatch(r"[A-Za-z][A-Za-z'’ /-]*", rest) is not None
    )


def _named(lowered: str, words: Forms) -> str:
    if lowered in words.qualifiers:
        return words.qualifiers[lowered]
    for name in ("provisional", "estimated"):
        if re.search(rf"\b{name}\b", lowered):
            return name
    return lowered


def _why_none(plain: str) -> str:
    figures = _RUN.findall(plain)
    return "two-figures" if len(figures) > 1 else "figure-in-words"
