"""What looks like a code: letters, numbers and what may stand between them, and the words that only look like it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct

from normalise.vocabulary import CodeWords
from normalise.words import collapse

_SETS = r"[A-Z]{2,6}(?:[-/_][A-Z]{1,6}){1,2}"  # a set within a set: LGBF-ENV, HSC/CH
_PREFIX = rf"(?:{_SETS}|[A-Z][A-Za-z]{{0,6}}(?:\s?&\s?[A-Z][A-Za-z]{{0,3}})*)"
_MID = r"(?:[A-Z]{1,5}|Local|Prim|Ind)"
_SUFFIX = r"(?:[a-z]{1,2}(?![A-Za-z])|[a-z](?=[A-Z][a-z])|[A-Z](?![A-Za-z0-9]))?"
_PART = r"(?:\((?:[ivx]{1,4}|[a-h]|\d)\)|\s\((?:[ivx]{1,4}|[a-h])\)(?=\s))?"
_NUMBER = rf"\d{{1,4}}(?:[./-]\d{{1,3}})*{_SUFFIX}{_PART}"
_CODE = re.compile(
    rf"(?P<prefix>{_PREFIX})(?:\s(?P<mid>{_MID})[ ./-]?|(?P<sep>[ ./-]?)(?P<prim>prim)?)"
    rf"(?P<number>{_NUMBER})"
)
# The set behind the number: "CHS1-LGBF Cost of …", but not "LI 12-FOI requests".
_SET_BEHIND = re.compile(r"[-_][A-Z]{2,6}(?=\s+[A-Z\"'“‘%£(]|$)")
_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}[a-z]?(?![\d.a-z]|[A-Z](?![a-z]))")
_SHARE_OF = re.compile(r"%\s(?:of\b|[a-z]{3})")  # a title that begins with a per cent sign
INTEGER = re.compile(r"(\d{1,3}[a-z]?)(?:[.)]|\s?[-–:])?(?=\s+[A-Z\"'“‘%(])")
BRACKETS = re.compile(r"\s*(?:\(((?:[^()]|\(\w{1,3}\))*)\)|\[([^\[\]]*)\])")
_TITLE_START = re.compile(r"\s*(?:$|[-–—:|]?\s*[A-Z0-9\"'“‘%£(\[#])")
_NO_CODE_BEFORE = re.compile(r"[%+]|\.\d|,\d|\s?(?:st|nd|rd|th)\b|[a-z]|[A-Z]{2}[a-z]?")
_CODE_FOLLOWS = re.compile(r"\s?/\s?[A-Z&]{2,6}\s?\d|\s*\((?:NI|BV|BVPI)\s?\d")
_CAPITALS_ALONE = re.compile(r"[A-Z& /_-]+")
_SHORT_PREFIX = 4  # letters that a prefix may have to be proved by other rows
PROOF = 3  # rows that prove a prefix


class CodeStyle(Struct, frozen=True):
    """How a table prints codes. ``leading``: at the front of titles; None: too few rows to tell.

    ``shapes`` are code shapes seen (A capitals, a small letters, 9 digits), ``prefixes`` the words before the
    number, ``integers`` whether plain running numbers serve as codes. ``trailing``: the bracket, "(" or "[", in
    which most rows print a code of their own behind the title. ``known``: codes that the report prints elsewhere,
    lower case without spaces.
    """

    leading: bool | None = None
    shapes: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    integers: bool = False
    trailing: str | None = None
    known: frozenset[str] = frozenset()


class Found(Struct, frozen=True):
    text: str
    prefix: str
    end: int
    strict: bool


def shape(code: str) -> str:
    """A code with capitals as A, small letters as a, digits as 9: "SP PM13b" -> "A A9"; suffixes dropped."""
    return _DIGITS.sub("9", _SMALL.sub("a", _CAPITALS.sub("A", _ENDING.sub("", code))))


_ENDING = re.compile(r"(?<=\d)(?:[A-Za-z]{1,2}|\(\w+\))$")
_CAPITALS, _SMALL, _DIGITS = re.compile(r"[A-Z]+"), re.compile(r"[a-z]+"), re.compile(r"\d[\d.]*")


def code_key(code: str) -> str:
    """A code as it is compared: lower case, without spaces."""
    return "".join(code.split()).lower()


def common_prefixes(texts: Sequence[str]) -> frozenset[str]:
    """Short prefixes in capitals that stand before different numbers in half of the rows or more."""
    matches = [match for match in (_CODE.match(text) for text in texts) if match]
    pairs = {(collapse(m["prefix"]), m["number"]) for m in matches if m["prefix"].isupper() and not m["mid"]}
    counts = Counter(prefix for prefix, _ in pairs if len(prefix) <= _SHORT_PREFIX)
    needed = max(PROOF, len(texts) * 0.5)
    return frozenset(prefix for prefix, rows in counts.items() if rows >= needed)


def any_prefix(code: str) -> frozenset[str]:
    match = _CODE.match(code)
    return frozenset({collapse(match["prefix"])} if match else ())


def candidate(text: str, words: CodeWords, known: Collection[str] = ()) -> Found | None:
    """Anything at the start of a text that has the form of a code and is not known to be a word.

    ``known`` are prefixes that other rows prove: among CO1, CO3 and CO4 even CO2 is a code.
    """
    match = _CODE.match(text)
    if match is None:
        dotted = _DOTTED.match(text)
        if dotted and _SHARE_OF.match(text[dotted.end() :]):
            return Found(dotted[0], "", dotted.end(), strict=False)
        if dotted and re.match(r"\s*[-–:]?\s*[A-Z\"'“‘%(]|\s*$", text[dotted.end() :]):
            return Found(dotted[0], "", dotted.end(), strict=True)
        return None
    code, end = match[0], match.end()
    behind = None if len(code.split()) > 1 else _SET_BEHIND.match(text, end)
    if code[-1].isupper() and code[-2].isdigit() and re.match(r"\s+[a-z]", text[end:]):
        code, end = code[:-1], end - 1  # "HM01A new measure": the letter is the title's
    after = text[end:]
    share = _SHARE_OF.match(after)
    if not share and _NO_CODE_BEFORE.match(after):
        return None
    prefix = collapse(match["prefix"])
    lead = prefix.lower()
    token = code_key(code)
    numbered = match["mid"] and match["mid"] not in words.schemes  # "A&E Q1" is none, "SP PM10" is one
    last = code_key(match["mid"] + match["number"]) if numbered else token
    if prefix not in known and (lead in words.never or token in words.not_codes or last in words.not_codes):
        return None
    if behind:
        return Found(code + behind[0], prefix, behind.end(), strict=True)
    if prefix in known:
        return Found(code, prefix, end, strict=True)
    if share:  # "PI 8% of homes" is PI 8, "TOP 10% of earners" is none
        return Found(code, prefix, end, prefix in words.schemes)
    return Found(code, prefix, end, _is_strict(match, code, after, words))


def _is_strict(match: re.Match[str], code: str, after: str, words: CodeWords) -> bool:
    """Whether a candidate is a code without looking at other rows."""
    if _CODE_FOLLOWS.match(after):
        return True  # another code follows
    prefix, mid, digits = collapse(match["prefix"]), match["mid"], sum(map(str.isdecimal, code))
    starts_title = bool(_TITLE_START.match(after))
    if prefix in words.schemes or match["prim"]:
        return True
    if mid is not None:
        known = mid in words.schemes or mid in ("Local", "Prim", "Ind")
        return known or (starts_title and prefix.replace("&", "").isupper())
    if not starts_title or not _CAPITALS_ALONE.fullmatch(prefix):
        return False
    if match["sep"] in ("/", ".", "-"):
        return len(prefix) > 1 or match["sep"] != "-"
    return len(prefix) > 1 and (digits >= 2 or bool(re.search(r"\d[a-zA-Z]$", code)))


def is_code(part: str, words: CodeWords, *, sure: bool, style: CodeStyle | None = None) -> bool:
    """Whether a whole text is a code. ``sure``: by its own looks alone, as for a bracket after a title.

    Where it stands as the codes of other rows do, their prefixes prove it.
    """
    found = candidate(
        part, words, style.prefixes if style is not None and style.trailing and not sure else ()
    )
    if found is None or found.end != len(part):
        return False
    if not sure or found.prefix in words.schemes:
        return True
    if style is not None and style.leading and found.prefix in style.prefixes:
        return True
    digits = sum(map(str.isdecimal, part))
    return found.strict and (digits >= 2 or " " in part)
