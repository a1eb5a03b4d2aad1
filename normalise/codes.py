"""Codes of measures, told from the titles they are printed with.

A single row is ambiguous ("ADM 2 Meetings held"), so ``code_style`` first learns from all rows of a table
whether codes stand in front and how they look. What only looks like a code (CO2, Key Stage 2, Level 4)
stays in the title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from normalise.vocabulary import CodeWords, Vocabulary, load
from normalise.words import collapse

_PREFIX = r"[A-Z][A-Za-z]{0,6}(?:\s?&\s?[A-Z][A-Za-z]{0,3})*"
_MID = r"(?:[A-Z]{1,5}|Local|Prim|Ind)"
_SUFFIX = r"(?:[a-z]{1,2}(?![A-Za-z])|[a-z](?=[A-Z][a-z])|[A-Z](?![A-Za-z0-9]))?"
_PART = r"(?:\((?:[ivx]{1,4}|[a-h]|\d)\)|\s\((?:[ivx]{1,4}|[a-h])\)(?=\s))?"
_NUMBER = rf"\d{{1,4}}(?:[./-]\d{{1,3}})*{_SUFFIX}{_PART}"
_CODE = re.compile(
    rf"(?P<prefix>{_PREFIX})(?:\s(?P<mid>{_MID})[ ./-]?|(?P<sep>[ ./-]?)(?P<prim>prim)?)"
    rf"(?P<number>{_NUMBER})"
)
_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}[a-z]?(?![\d.a-z]|[A-Z](?![a-z]))")
_SHARE_OF = re.compile(r"%\s(?:of\b|[a-z]{3})")  # a title that begins with a per cent sign
_INTEGER = re.compile(r"(\d{1,3}[a-z]?)(?:[.)]|\s?[-–:])?(?=\s+[A-Z\"'“‘%(])")
_LOOSE = r"[A-Za-z][A-Za-z&]{0,7}(?:\s[A-Za-z]{1,5})?[ ./-]?\d{1,4}(?:[./-]\d{1,3})*[A-Za-z]{0,2}"
_BRACKETS = re.compile(r"\s*(?:\(((?:[^()]|\(\w{1,3}\))*)\)|\[([^\[\]]*)\])")
_LAST_BRACKET = {"[": re.compile(r"\[([^\[\]]*)\](?:\s*\([^()]*\))?$"), "(": re.compile(r"\(([^()]*)\)$")}
_TITLE_START = re.compile(r"\s*(?:$|[-–—:|]?\s*[A-Z0-9\"'“‘%£(\[#])")
_SHORT_PREFIX = 4  # letters that a prefix may have to be proved by other rows
_PROOF = 3  # rows that prove a prefix
_LONGEST_CODE = 32  # characters a code column's cell may have; longer cells hold text


@dataclass(frozen=True, slots=True)
class CodeAndTitle:
    """A measure's codes and title. ``printed`` is the text they were read from, white space collapsed.

    ``signals``: "glued-code" where code and title were printed without a space, "odd-code" where a code
    column holds something that is hardly a code.
    """

    code: str | None
    title: str
    other_codes: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    printed: str = ""
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeStyle:
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


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    prefix: str
    end: int
    strict: bool


def code_style(rows: Sequence[str], *, vocabulary: Vocabulary | None = None) -> CodeStyle:
    """What all rows of a table (each code with title, as one text) tell about where codes stand."""
    words = (vocabulary or load()).codes
    texts = [text for text in (collapse(row) for row in rows) if text]
    common = _common_prefixes(texts)
    found = [hit for hit in (_candidate(text, words, common) for text in texts) if hit]
    numbers = [m[1] for m in (_INTEGER.match(text) for text in texts) if m]
    if len(texts) < 2:
        return CodeStyle()
    if len(found) >= max(2, len(texts) * 0.5) and len({f.text for f in found}) >= len(found) * 0.7:
        shapes, prefixes = Counter(shape(f.text) for f in found), Counter(f.prefix for f in found)
        return CodeStyle(True, frozenset(shapes), frozenset(p for p, n in prefixes.items() if n >= 2))
    running = [int(re.sub(r"\D", "", n)) for n in numbers]
    if (
        len(running) >= max(3, len(texts) * 0.8)
        and running == sorted(running)
        and len(set(numbers)) == len(running)
    ):
        return CodeStyle(True, integers=True)
    few = len(texts) >= 4 and len(found) < len(texts) * 0.3
    return CodeStyle(leading=False if few else None, trailing=_trailing_bracket(texts, words))


def _trailing_bracket(texts: Sequence[str], words: CodeWords) -> str | None:
    """The kind of bracket in which most of the rows end with a code that no other row has."""
    for opening, pattern in _LAST_BRACKET.items():
        inner = [collapse(match[1]) for match in map(pattern.search, texts) if match]
        codes = [text for text in inner if _is_code(text, words, sure=False)]
        if len(codes) >= max(_PROOF, len(texts) * 0.6) and len(set(codes)) == len(codes):
            return opening
    return None


def read_code_and_title(
    text: str,
    *,
    code_column: str | None = None,
    style: CodeStyle | None = None,
    vocabulary: Vocabulary | None = None,
) -> CodeAndTitle:
    """Codes and title of a row; ``code_column`` is the text of the row's own code cell, if it has one."""
    words = (vocabulary or load()).codes
    printed = collapse(text)
    signals: list[str] = []
    codes: list[str] = []
    former: list[str] = []
    if code_column is not None and not _is_blank(code_column):
        codes, former = _from_cell(code_column, words)
        if len(codes[0]) > _LONGEST_CODE or not re.search(r"[A-Za-z0-9]", codes[0]):
            signals.append("odd-code")
    rest = printed
    first = _leading(text, words, style, own_column=bool(codes))
    if first is not None and (not codes or first.strict or code_key(first.text) in map(code_key, codes)):
        if code_key(first.text) not in map(code_key, codes):
            codes.append(first.text)
        if re.match(r"[A-Za-z]", printed[first.end :]):
            signals.append("glued-code")
        rest = _more_codes(printed[first.end :], codes, former, words)
        rest = re.sub(r"^\s*[-–—:|.]+(?=\s|[A-Z])\s*", "", rest).strip()
    rest = _trailing_codes(rest, codes, former, words, style)
    if not rest and codes and code_column is None:
        rest = printed
    return CodeAndTitle(
        code=codes[0] if codes else None,
        title=rest,
        other_codes=tuple(codes[1:]),
        former_codes=tuple(former),
        printed=printed,
        signals=tuple(signals),
    )


def holds_two_measures(found: CodeAndTitle, *, vocabulary: Vocabulary | None = None) -> bool:
    """Whether the title goes on with a second code and its title: two rows that were read as one.

    Only a code of the same set as the first counts, standing free before a capital letter or a per cent sign.
    """
    words = (vocabulary or load()).codes
    first = _candidate(found.code, words, _any_prefix(found.code)) if found.code else None
    if first is None or not first.prefix:
        return False
    for match in re.finditer(r"(?<=\s)(?=[A-Z])", found.title):
        rest = found.title[match.start() :]
        second = _candidate(rest, words, {first.prefix})
        if second is None or second.prefix != first.prefix or shape(second.text) != shape(first.text):
            continue
        if second.text != first.text and re.match(r"\s?[A-Z%]", rest[second.end :]):
            return True
    return False


def _any_prefix(code: str) -> frozenset[str]:
    match = _CODE.match(code)
    return frozenset({collapse(match["prefix"])} if match else ())


def looks_like_code(text: str, *, vocabulary: Vocabulary | None = None) -> bool:
    """Whether a whole text has the form of a code and is no word of its trade (CO2, KS2, Q1)."""
    return _is_code(collapse(text), (vocabulary or load()).codes, sure=False)


def shape(code: str) -> str:
    """A code with capitals as A, small letters as a, digits as 9: "SP PM13b" -> "A A9"; suffixes dropped."""
    kept = re.sub(r"(?<=\d)(?:[A-Za-z]{1,2}|\(\w+\))$", "", code)
    return re.sub(r"\d[\d.]*", "9", re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", kept)))


def _common_prefixes(texts: Sequence[str]) -> frozenset[str]:
    """Short prefixes in capitals that stand before different numbers in half of the rows or more."""
    matches = [match for match in (_CODE.match(text) for text in texts) if match]
    pairs = {(collapse(m["prefix"]), m["number"]) for m in matches if m["prefix"].isupper() and not m["mid"]}
    counts = Counter(prefix for prefix, _ in pairs if len(prefix) <= _SHORT_PREFIX)
    needed = max(_PROOF, len(texts) * 0.5)
    return frozenset(prefix for prefix, rows in counts.items() if rows >= needed)


def code_key(code: str) -> str:
    """A code as it is compared: lower case, without spaces."""
    return re.sub(r"\s+", "", code).lower()


def _is_blank(cell: str) -> bool:
    return collapse(cell).lower() in ("", "-", "–", "—", "n/a", "na", "none", "tbc", "new")


def _candidate(text: str, words: CodeWords, known: Collection[str] = ()) -> _Found | None:
    """Anything at the start of a text that has the form of a code and is not known to be a word.

    ``known`` are prefixes that other rows prove: among CO1, CO3 and CO4 even CO2 is a code.
    """
    match = _CODE.match(text)
    if match is None:
        dotted = _DOTTED.match(text)
        if dotted and _SHARE_OF.match(text[dotted.end() :]):
            return _Found(dotted[0], "", dotted.end(), strict=False)
        if dotted and re.match(r"\s*[-–:]?\s*[A-Z\"'“‘%(]|\s*$", text[dotted.end() :]):
            return _Found(dotted[0], "", dotted.end(), strict=True)
        return None
    code, end = match[0], match.end()
    if code[-1].isupper() and re.match(r"\s+[a-z]", text[end:]) and code[-2].isdigit():
        code, end = code[:-1], end - 1  # "HM01A new measure": the letter is the title's
    after = text[end:]
    share = _SHARE_OF.match(after)
    if not share and re.match(r"[%+]|\.\d|,\d|\s?(?:st|nd|rd|th)\b|[a-z]|[A-Z]{2}[a-z]?", after):
        return None
    prefix = collapse(match["prefix"])
    lead = prefix.lower()
    token = code_key(code)
    numbered = match["mid"] and match["mid"] not in words.schemes  # "A&E Q1" is none, "SP PM10" is one
    last = code_key(match["mid"] + match["number"]) if numbered else token
    if prefix in known:
        return _Found(code, prefix, end, strict=True)
    if lead in words.never or token in words.not_codes or last in words.not_codes:
        return None
    if share:  # "PI 8% of homes" is PI 8, "TOP 10% of earners" is none
        return _Found(code, prefix, end, prefix in words.schemes)
    return _Found(code, prefix, end, _is_strict(match, code, after, words))


def _is_strict(match: re.Match[str], code: str, after: str, words: CodeWords) -> bool:
    """Whether a candidate is a code without looking at other rows."""
    if re.match(r"\s?/\s?[A-Z&]{2,6}\s?\d", after) or re.match(r"\s*\((?:NI|BV|BVPI)\s?\d", after):
        return True  # another code follows
    prefix, mid, digits = collapse(match["prefix"]), match["mid"], len(re.findall(r"\d", code))
    starts_title = bool(_TITLE_START.match(after))
    if prefix in words.schemes or match["prim"]:
        return True
    if mid is not None:
        known = mid in words.schemes or mid in ("Local", "Prim", "Ind")
        return known or (starts_title and prefix.replace("&", "").isupper())
    if not starts_title or not re.fullmatch(r"[A-Z& ]+", prefix):
        return False
    if match["sep"] in ("/", ".", "-"):
        return len(prefix) > 1 or match["sep"] != "-"
    return len(prefix) > 1 and (digits >= 2 or bool(re.search(r"\d[a-zA-Z]$", code)))


def _leading(text: str, words: CodeWords, style: CodeStyle | None, *, own_column: bool) -> _Found | None:
    printed = collapse(text)
    if style is not None and style.integers and not own_column:
        number = _INTEGER.match(printed)
        if number:
            return _Found(number[1], "", number.end(), strict=True)
    known = style.prefixes if style is not None and style.leading else ()
    found = _candidate(printed, words, known) or _bracketed(printed, words)
    if found is None:
        return None
    if style is not None and code_key(found.text) in style.known:
        return found
    if style is None or style.leading is None:
        alone = collapse(text.strip().split("\n", 1)[0]) == found.text and "\n" in text.strip()
        return found if found.strict or (alone and len(found.prefix) > 1) else None
    if style.leading:
        fits = shape(found.text) in style.shapes or found.prefix in style.prefixes
        return found if found.strict or fits else None
    return found if found.strict and _is_formal(found, words) else None


def _is_formal(found: _Found, words: CodeWords) -> bool:
    """Whether a code stands out even among rows without one: a known set, two words, a slash, a leading 0."""
    text = found.text
    return found.prefix in words.schemes or bool(
        re.search(r"\s(?:[A-Z]|Local)\w*\s?\d|/\d|\b0\d|[A-Z]0\d", text)
    )


def _bracketed(printed: str, words: CodeWords) -> _Found | None:
    """A code that stands in brackets before the title: "(NI 130) Clients …"."""
    group = _BRACKETS.match(printed)
    if group is None or not printed[group.end() :].strip():
        return None
    inner = collapse(group[1] or group[2] or "")
    if not _is_code(inner, words, sure=True):
        return None
    return _Found(inner, "", group.end(), strict=True)


def _more_codes(rest: str, codes: list[str], former: list[str], words: CodeWords) -> str:
    """Take the codes that follow the first, in brackets or after a slash; gives back what is left."""
    while True:
        group = _BRACKETS.match(rest)
        if group and _take(group[1] or group[2] or "", codes, former, words, sure=False):
            rest = rest[group.end() :]
            continue
        slash = re.match(r"\s*(?:[/,;|]|&(?=\s)|and\b)\s*", rest)
        found = _candidate(rest[slash.end() :], words) if slash else None
        if slash is None or found is None or not (found.strict or shape(found.text) == shape(codes[0])):
            return rest
        codes.append(found.text)
        rest = rest[slash.end() + found.end :]


def _trailing_codes(
    title: str, codes: list[str], former: list[str], words: CodeWords, style: CodeStyle | None
) -> str:
    """Take the codes in brackets at the end of a title."""
    own: list[str] = []  # in the bracket in which this table prints its codes
    others: list[str] = []
    while True:
        group = re.search(r"\s*(?:\(((?:[^()]|\(\w{1,3}\))*)\)|\[([^\[\]]*)\])\s*\.?$", title)
        if group is None or not title[: group.start()].strip():
            break
        fresh: list[str] = []
        usual = style is not None and style.trailing is not None and style.trailing in group[0]
        if not _take(group[1] or group[2] or "", fresh, former, words, sure=not usual, style=style):
            break
        if usual:
            own = fresh + own
        else:
            others = fresh + others
        title = title[: group.start()].strip()
    for code in own + others:
        if code_key(code) not in map(code_key, codes):
            codes.append(code)
    return title


def _take(
    inner: str,
    codes: list[str],
    former: list[str],
    words: CodeWords,
    *,
    sure: bool,
    style: CodeStyle | None = None,
) -> bool:
    """Put the codes of a bracket where they belong; False (and nothing taken) when it holds anything else."""
    plain = collapse(inner)
    was = re.match(
        rf"(?:{'|'.join(words.former)})\b[\s:.]*(?:known as|called|code|ref|kpi ref)?\s*",
        plain,
        re.IGNORECASE,
    )
    if was:
        parts = _split(plain[was.end() :], lambda part: re.fullmatch(_LOOSE, part) is not None)
        if parts is None or not all(_is_formerly(part, words) for part in parts):
            return False
        former += parts
        return True
    plain = re.sub(r"^(?:also|see|ref|ref\.|indicator|now)\s*:?\s+", "", plain, flags=re.IGNORECASE)
    found = _split(plain, lambda part: _is_code(part, words, sure=sure, style=style))
    if found is None:
        return False
    codes += found
    return True


def _is_formerly(part: str, words: CodeWords) -> bool:
    lead = re.match(r"[A-Za-z&]+", part)
    return (
        bool(lead)
        and lead is not None
        and lead[0].lower() not in words.never
        and code_key(part) not in words.not_codes
    )


def _split(text: str, is_code: object) -> list[str] | None:
    """A list of codes ("HRprim5/BV12", "NI 1, NI 2 and NI 3"), or None where a part is no code."""
    assert callable(is_code)  # noqa: S101
    if is_code(text):
        return [text]
    parts = [collapse(part) for part in re.split(r"[/,;+]|\s&\s|\s(?:and|or)\s", text)]
    return parts if len(parts) > 1 and all(part and is_code(part) for part in parts) else None


def _is_code(part: str, words: CodeWords, *, sure: bool, style: CodeStyle | None = None) -> bool:
    """Whether a whole text is a code. ``sure``: by its own looks alone, as for a bracket after a title."""
    found = _candidate(part, words)
    if found is None or found.end != len(part):
        return False
    if not sure or found.prefix in words.schemes:
        return True
    if style is not None and style.leading and found.prefix in style.prefixes:
        return True
    digits = len(re.findall(r"\d", part))
    return found.strict and (digits >= 2 or " " in part)


def _from_cell(cell: str, words: CodeWords) -> tuple[list[str], list[str]]:
    """The codes of a code column's cell; what is no list of codes is one code as printed."""
    lines = [collapse(line) for line in cell.split("\n") if collapse(line)]
    if len(lines) > 1 and all(_is_code(line, words, sure=False) for line in lines):
        return lines, []
    plain = collapse(cell).strip(" :")
    codes: list[str] = []
    former: list[str] = []
    group = re.search(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])$", plain)
    if group and group.start() and _take(group[1] or group[2] or "", codes, former, words, sure=False):
        return [plain[: group.start()], *codes], former
    several = _split(plain, lambda part: _is_code(part, words, sure=False))
    return (several or [plain]), []
