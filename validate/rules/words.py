"""The words of a rating rule as tokens: phrases by kind, and figures with their unit.

The vocabulary is data (``data/rule_words.toml``). A word that is in no list becomes a token of kind
``unknown``: what is not known is never skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from msgspec import Struct

from validate.words import data_of

Unit = Literal["percent", "points", "absolute", "none"]
Sign = Literal["", "-", "+", "±"]


class Token(Struct, frozen=True):
    """A phrase (``kind`` from the vocabulary) or a figure (``kind`` "figure").

    A figure that is a range has ``low`` < ``high``; else both are equal. ``sign`` is the printed sign.
    """

    kind: str
    text: str
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    unit: Unit = "none"
    sign: Sign = ""
    mark: bool = False  # written as a mathematical sign, which is meant literally

    @property
    def is_range(self) -> bool:
        return self.kind == "figure" and self.low != self.high


class Vocabulary(Struct, frozen=True):
    """The rule words, ready for matching."""

    kind_of: dict[str, str]
    percent_kind: re.Pattern[str]
    number_kind: re.Pattern[str]
    last_year: re.Pattern[str]
    previous: re.Pattern[str]
    number_words: dict[str, str]
    merit: dict[str, Decimal]
    unrated_statuses: frozenset[str]
    no_single_figure: frozenset[str]

    def first_words(self, kind: str) -> frozenset[str]:
        """The first words of the phrases of one kind."""
        return frozenset(phrase.split()[0] for phrase, known in self.kind_of.items() if known == kind)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary from ``data/rule_words.toml``. Raises ValueError when a phrase has two kinds."""
    data = data_of("rule_words")
    kind_of: dict[str, str] = {}
    for kind, phrases in data["phrases"].items():
        for phrase in phrases:
            if kind_of.setdefault(phrase, kind) != kind:
                raise ValueError(f"rule_words.toml: {phrase!r} is both {kind_of[phrase]} and {kind}")
    return Vocabulary(
        kind_of=kind_of,
        percent_kind=re.compile("|".join(data["kinds"]["percent"])),
        number_kind=re.compile("|".join(data["kinds"]["number"])),
        last_year=re.compile(r"(?<!\w)(?:" + "|".join(data["earlier"]["last_year"]) + ")"),
        previous=re.compile(r"(?<!\w)(?:" + "|".join(data["earlier"]["previous"]) + ")"),
        number_words=dict(data["numbers"]),
        merit={word: Decimal(str(rank)) for word, rank in data["merit"].items()},
        unrated_statuses=frozenset(data["unrated_statuses"]["words"]),
        no_single_figure=frozenset(data["benchmarks"]["no_single_figure"]),
    )


_GOES_ON = frozenset("_'")  # beside letters and digits: what a word goes on with


@cache
def _phrases_by_start() -> dict[str, list[str]]:
    """The phrases by their first two characters, the longest first."""
    found: dict[str, list[str]] = {}
    for phrase in sorted(vocabulary().kind_of, key=len, reverse=True):
        found.setdefault(phrase[:2], []).append(phrase)
    return found


def _phrase_at(text: str, at: int) -> str | None:
    """The longest phrase that stands whole at a place. (One pattern of all of them takes as long to compile as a
    report takes to check.)"""
    known = _phrases_by_start()
    for begun in (text[at : at + 2], text[at]):
        for phrase in known.get(begun, ()):
            end = at + len(phrase)
            if text.startswith(phrase, at) and not (
                text[end : end + 1].isalnum() or text[end : end + 1] in _GOES_ON
            ):
                return phrase
    return None


_SIGNS = {
    "≥": " at least ", "⩾": " at least ", ">=": " at least ", "=>": " at least ",
    "≤": " no more than ", "⩽": " no more than ", "<=": " no more than ", "=<": " no more than ",
    ">": " more than ", "<": " less than ",
}  # fmt: skip
_MARK = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))))
_PERIODS = re.compile(
    r"\b(?:19|20)\d\d\s*[/-]\s*(?:20)?\d\d\b"  # 2012/13
    r"|\b(?:quarter|qtr|q|month|week)\s?(?:[1-4]|one|two|three|four)\b(?!\s*(?:%|per|point))"
    r"|\b(?:31|30|1)(?:st|th)? (?:march|june|september|december|april)(?: (?:19|20)\d\d)?\b"
)
# what is counted, which must be named by the measure as well
_COUNTED = "|".join(data_of("rule_words")["counted"]["words"])
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+"
_UNIT = (
    r"(?:\s*(?P<{n}points>(?:%|percentage|per\s?cent(?:age)?|percent)[\s-]*(?:points?|pts?)\b|p\.?p\.?t?s?\b|ppts?\b"
    r"|(?:points?|pts)\b)"
    r"|\s*(?P<{n}percent>%|per\s?cent\b|percent\b|pct\b|percentage\b)"
    r"|\s*(?P<{n}own>(?:working\s+|calendar\s+)?days?\b|weeks?\b|hours?\b|min(?:ute)?s?\b|sec(?:ond)?s?\b|months?\b(?!\s+ago)"
    rf"|(?:{_COUNTED})\b))?"
)
_SIGN = r"(?:(?P<{n}sign>\+\s?/\s?-|±|[+-])\s?)?"
_FIGURE = re.compile(
    _SIGN.format(n="a") + rf"(?P<pound>£\s?)?(?P<first>{_NUMBER})" + _UNIT.format(n="a")
    + r"(?:\s*(?P<joint>-|to|up to|and)\s*" + _SIGN.format(n="b") + rf"(?:£\s?)?(?P<second>{_NUMBER})"
    + _UNIT.format(n="b") + ")?"
)  # fmt: skip


_BULLET = re.compile(r"^[\s•·▪●◦‣∙⁃*\uf0b7]+")


def tidied(text: str) -> str:
    """Without a bullet, with single spaces, and with "per cent" as a sign."""
    text = _BULLET.sub("", " ".join(text.replace("\u00a0", " ").split()))
    return re.sub(r"(?<=\d)\s?per\s?cent(?!\w)", "%", text, flags=re.IGNORECASE)


@lru_cache(maxsize=1024)  # the parts of a rule are asked for again and again
def plain(text: str) -> str:
    """Lower case, one kind of dash, quote and space, number words before a unit as digits."""
    text = tidied(text).lower()
    text = re.sub(r"[‐‑‒–—―−]", "-", text)
    text = re.sub(r"[’‘`´]", "'", text)
    text = re.sub(r"[“”\"]", " ", text)
    text = re.sub(r"\+\s?/\s?-", "±", text)
    text = re.sub(r"([<>])\s*(?:or|/|and)\s*=(?:\s+to\b)?", r"\1=", text)
    text = re.sub(r"([<>])\s+=", r"\1=", text)
    text = re.sub(
        r"(?<![<>=≤≥])\s*=\s*(?=(?:the\s+|to\s+)?(?:target|plan|budget|trajectory)\b)", " equal to ", text
    )
    words = vocabulary().number_words
    text = _number_words().sub(lambda m: words[m[1]], text)
    text = re.sub(r"(?<=\d)\s?per\s?cent(?!\w)", "%", text)
    text = _THOUSANDS.sub(lambda m: f"£{Decimal(m[1].replace(',', '')) * _SCALES[m[2]]:f}", text)
    text = re.sub(r"(?<=0\.5)\s+a(?=\s+(?:day|week|hour|month|percentage|per))", "", text)
    text = _COMPARED.sub(r"\1 than", text)
    text = _ONE_OR_TWO.sub(r"\1 to \2", text)
    text = _FROM.sub("", text)
    text = _THAN_SHARE.sub(lambda m: "less than " if m[1] == "worse" else "more than ", text)
    text = _UP_TO_BUT.sub(r"at least \1 and less than ", text)
    text = _THAN_BOTH.sub(r"\1 than \2 and \1 than ", text)
    text = _THAN_THAT_AND.sub(r"\1 than \3 \4 \1 than ", text)
    text = _PLUS_MINUS.sub(r"±\2\3", text)
    text = _AND_MORE.sub(r"\1 or more", text)
    text = _UNIT_AFTER.sub(r"\1 \3 \2", text)
    return " ".join(text.split())


@cache
def _number_words() -> re.Pattern[str]:
    """A number in words before a unit, or before another number with one."""
    units = (
        rf"%|per\s?cent|percent|percentage|points?|days?|weeks?|hours?|minutes?|seconds?|months?|{_COUNTED}"
    )
    numbers = "|".join(sorted(vocabulary().number_words, key=len, reverse=True))
    return re.compile(rf"\b({numbers})\b(?=\s*(?:a\s+)?(?:{units}|(?:to|and|or) \w+ (?:{units})))")


_SCALES = {"k": 1000, "thousand": 1000, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_THOUSANDS = re.compile(r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(k|thousand|m|million|bn|billion)\b")
_COMPARED = re.compile(rf"\b(more|fewer|less) (?:{_COUNTED}) than\b")
_ONE_OR_TWO = re.compile(
    rf"(?<![\d.])(\d) or (\d)(?=\s*(?:{_COUNTED}|days?|weeks?|points?|percentage points?|pp)(?!\w))"
)
_FROM = re.compile(r"\bfrom (?=[-+]?\d[\d.,]*\s?(?:%|pp)?\s?(?:to|-)\s?[-+]?\d)")  # "from 5% to 10%"
_UP_TO_BUT = re.compile(
    r"(?<![\d.+-])(\d[\d.]*\s?%?) (?:to|up to) (?:less than|below|under|just under|<) ?(?=\d)"
)
_THAN_SHARE = re.compile(r"\b(worse|better) than (?=(?:[5-9]\d|1\d\d)(?:\.\d+)?\s?% of (?:the )?target)")
_THAN_BOTH = re.compile(r"\b(better|worse) than both (?:the )?([\w' ]{3,40}?) and (?=\w)")
# "better than target and last year": the comparison goes for both
_THAN_THAT_AND = re.compile(
    r"\b(better|worse) than (either )?((?:the )?targets?) (and|or) "
    r"(?=(?:the |our )?(?:last|previous|prior|same|national|england|scottish|welsh|average|median|peers?|family|sector|comparator)\b)"
)
_PLUS_MINUS = re.compile(
    r"([+-])\s?(\d+(?:\.\d+)?)(\s?%)?\s*(?:and|to|or|/)\s*(?!\1)[+-]\s?\2(?:\s?%)?(?![\d.])"
)
_AND_MORE = re.compile(r"(\d\s?(?:%|pp|days|weeks)?)\s?\+(?![\s/]*[\d-])")  # "10%+"
# "3 or more percentage points" → "3 percentage points or more"
_UNIT_AFTER = re.compile(
    r"(\d(?:[\d,.]*\d)?)\s+(or (?:more|less|fewer|greater|above|below|better|worse|over|under))"
    rf"\s+(percentage points?|pp|ppts?|per\s?cent|percent|%|points?|days?|weeks?|hours?|months?|{_COUNTED})(?!\w)"
)


@lru_cache(maxsize=1024)
def tokenise(text: str) -> tuple[Token, ...]:
    """Tokens of a rule's words, in order. Brackets, commas, slashes and stops are tokens of kind ``mark``."""
    words = vocabulary()
    text = words.previous.sub(" previous period ", words.last_year.sub(" last year ", plain(text)))
    text = _PERIODS.sub(" quarter ", text)
    text = words.number_kind.sub(" \ue001 ", text)
    text = words.percent_kind.sub(" \ue000 ", text)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token, at = _next(text, at, tokens)
        if token is not None:
            tokens.append(token)
    return tuple(_minimum_as_floor(tokens))


def _minimum_as_floor(tokens: list[Token]) -> Iterator[Token]:
    """ "A minimum of 5%" compares; "the minimum has been reached" is a threshold of each measure."""
    for at, token in enumerate(tokens):
        if token.kind == "atleast" and token.text == "minimum":
            after = [t.kind for t in tokens[at + 1 : at + 4] if t.kind not in ("noise", "mark")]
            if "figure" not in after[:1]:
                yield Token("floor", token.text)
                continue
        yield token


def _next(text: str, at: int, before: list[Token]) -> tuple[Token | None, int]:
    first = text[at]
    if first.isspace():
        return None, at + 1
    if first in "\ue000\ue001":
        return Token("percent_kind" if first == "\ue000" else "number_kind", first), at + 1
    if not first.isalpha():  # neither a sign nor a figure begins with a letter
        if sign := _MARK.match(text, at):
            spoken = _SIGNS[sign[0]].strip()
            return Token(vocabulary().kind_of[spoken], spoken, mark=True), sign.end()
        if figure := _FIGURE.match(text, at):
            return _figure(figure, joined=bool(before) and before[-1].kind == "between")
    phrase = _phrase_at(text, at)
    if phrase is not None:
        return Token(vocabulary().kind_of[phrase], phrase), at + len(phrase)
    if first in "()[],/;:.-*=+&|":
        return (Token("and", "&") if first == "&" else Token("mark", first)), at + 1
    unknown = _UNKNOWN.match(text, at)
    assert unknown is not None  # noqa: S101 - a dot matches what is left on one line
    return Token("unknown", unknown[0]), unknown.end()


_UNKNOWN = re.compile(r"[\w'£%-]+|.")


def _figure(match: re.Match[str], *, joined: bool) -> tuple[Token, int]:
    """A figure token; a second figure joins only as a range ("5-10%", "between 5 and 10%")."""
    first, unit = _decimal(match["first"]), _unit(match, "a")
    if match["pound"] and unit == "none":
        unit = "absolute"
    sign: Sign = _sign(match["asign"])
    end = match.end("first")
    for name in ("apoints", "apercent", "aown"):
        end = max(end, match.end(name))
    if match["second"] is None or (match["joint"] == "and" and not joined):
        return Token("figure", match.string[match.start() : end], first, first, unit, sign), end
    second, second_unit = _decimal(match["second"]), _unit(match, "b")
    if unit == "none":
        unit = second_unit
    other = _sign(match["bsign"])
    unsigned = sign in ("", "±") or (
        sign == "-" and match["joint"] == "-"
    )  # "-5% to 10%" may end above target
    if other != sign and first and second and (match["bsign"] or not unsigned):
        return Token("figure", match.string[match.start() : end], first, first, unit, sign), end
    low, high = min(first, second), max(first, second)
    return Token("figure", match[0].strip(), low, high, unit, sign or other), match.end()


_NAMED = re.compile(rf"£|days?|weeks?|hours?|min(?:ute)?s?\b|sec(?:ond)?s?\b|months?|{_COUNTED}")
_IN_FULL = {
    "min": "minutes",
    "mins": "minutes",
    "sec": "seconds",
    "secs": "seconds",
    "people": "people",
    "children": "children",
}


def named_unit(token: Token) -> str:
    """The unit of a figure that is neither per cent nor points, empty where none is named."""
    found = _NAMED.search(token.text) if token.unit == "absolute" else None
    if found is None:
        return ""
    return "gbp" if found[0] == "£" else _IN_FULL.get(found[0], found[0].rstrip("s") + "s")


def _sign(printed: str | None) -> Sign:
    if printed in ("+", "-", "±"):
        return printed  # type: ignore[return-value]  # one of the three
    return "±" if printed else ""


def _unit(match: re.Match[str], which: str) -> Unit:
    if match[f"{which}points"]:
        return "points"
    if match[f"{which}percent"]:
        return "percent"
    return "absolute" if match[f"{which}own"] else "none"


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))
