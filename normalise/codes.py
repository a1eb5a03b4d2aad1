"""Codes of measures, told from the titles they are printed with.

A single row is ambiguous ("ADM 2 Meetings held"), so ``code_style`` first learns from all rows of a table
whether codes stand in front and how they look. What only looks like a code (CO2, Key Stage 2, Level 4)
stays in the title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct

from normalise.code_shapes import (
    BRACKETS,
    INTEGER,
    PROOF,
    CodeStyle,
    Found,
    any_prefix,
    candidate,
    code_key,
    common_prefixes,
    is_code,
    shape,
)
from normalise.vocabulary import CodeWords, Vocabulary, load
from normalise.words import collapse

__all__ = [
    "CodeAndTitle",
    "CodeStyle",
    "code_key",
    "code_style",
    "holds_two_measures",
    "looks_like_code",
    "read_code_and_title",
    "shape",
]

_LOOSE = r"[A-Za-z][A-Za-z&]{0,7}(?:\s[A-Za-z]{1,5})?[ ./-]?\d{1,4}(?:[./-]\d{1,3})*[A-Za-z]{0,2}"
_LAST_BRACKET = {"[": re.compile(r"\[([^\[\]]*)\](?:\s*\([^()]*\))?$"), "(": re.compile(r"\(([^()]*)\)$")}
_CODE_WORDS = 3  # "DH Local 27"
_LONGEST_CODE = 32  # characters a code column's cell may have; longer cells hold text


class CodeAndTitle(Struct, frozen=True):
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


def code_style(rows: Sequence[str], *, vocabulary: Vocabulary | None = None) -> CodeStyle:
    """What all rows of a table (each code with title, as one text) tell about where codes stand."""
    words = (vocabulary or load()).codes
    texts = [text for text in (collapse(row) for row in rows) if text]
    common = common_prefixes(texts)
    found = [hit for hit in (candidate(text, words, common) for text in texts) if hit]
    numbers = [m[1] for m in (INTEGER.match(text) for text in texts) if m]
    if len(texts) < 2:
        return CodeStyle()
    if bracketed := _leading_brackets(texts, words):
        return CodeStyle(True, frozenset(map(shape, bracketed)))
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
    bracket, behind = _trailing_bracket(texts, words)
    return CodeStyle(leading=False if few else None, trailing=bracket, prefixes=behind)


def _leading_brackets(texts: Sequence[str], words: CodeWords) -> list[str]:
    """The codes in brackets with which most of the rows begin, each another one: "(HS1) Repairs …"."""
    inner = [collapse(m[1] or m[2] or "") for text in texts if (m := BRACKETS.match(text))]
    codes = [text for text in inner if is_code(text, words, sure=False)]
    enough = len(codes) >= max(PROOF, len(texts) * 0.6) and len(set(codes)) == len(codes)
    return codes if enough else []


def _trailing_bracket(texts: Sequence[str], words: CodeWords) -> tuple[str | None, frozenset[str]]:
    """The kind of bracket in which most of the rows end with a code that no other row has, and prefixes of several."""
    for opening, pattern in _LAST_BRACKET.items():
        inner = [collapse(match[1]) for match in map(pattern.search, texts) if match]
        codes = [text for text in inner if is_code(text, words, sure=False)]
        if len(codes) >= max(PROOF, len(texts) * 0.6) and len(set(codes)) == len(codes):
            prefixes = Counter(prefix for code in codes for prefix in any_prefix(code) if prefix.isupper())
            return opening, frozenset(prefix for prefix, rows in prefixes.items() if rows >= PROOF)
    return None, frozenset()


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
    first = candidate(found.code, words, any_prefix(found.code)) if found.code else None
    if first is None or not first.prefix:
        return False
    for match in re.finditer(r"(?<=\s)(?=[A-Z])", found.title):
        rest = found.title[match.start() :]
        if not rest.startswith(first.prefix):
            continue
        second = candidate(rest, words, {first.prefix})
        if second is None or second.prefix != first.prefix or shape(second.text) != shape(first.text):
            continue
        if second.text != first.text and re.match(r"\s?[A-Z%]", rest[second.end :]):
            return True
    return False


def looks_like_code(text: str, *, vocabulary: Vocabulary | None = None) -> bool:
    """Whether a whole text has the form of a code and is no word of its trade (CO2, KS2, Q1)."""
    return is_code(collapse(text), (vocabulary or load()).codes, sure=False)


def _is_blank(cell: str) -> bool:
    return collapse(cell).lower() in ("", "-", "–", "—", "n/a", "na", "none", "tbc", "new")


def _leading(text: str, words: CodeWords, style: CodeStyle | None, *, own_column: bool) -> Found | None:
    printed = collapse(text)
    if style is not None and style.integers and not own_column:
        number = INTEGER.match(printed)
        if number:
            return Found(number[1], "", number.end(), strict=True)
    if style is not None and (met := _known(printed, style)):
        return met
    known = style.prefixes if style is not None and style.leading else ()
    found = candidate(printed, words, known) or _bracketed(printed, words, style)
    if found is None:
        return None
    if style is None or style.leading is None:
        alone = collapse(text.strip().split("\n", 1)[0]) == found.text and "\n" in text.strip()
        return found if found.strict or (alone and len(found.prefix) > 1) else None
    if style.leading:
        fits = shape(found.text) in style.shapes or found.prefix in style.prefixes
        return found if found.strict or fits else None
    return found if found.strict and _is_formal(found, words) else None


def _known(printed: str, style: CodeStyle) -> Found | None:
    """A code that was read elsewhere in the report, with a digit and more than that, before a title."""
    words = printed.split(" ")
    for count in range(1, min(_CODE_WORDS, len(words) - 1) + 1):
        text = " ".join(words[:count])
        if code_key(text) in style.known and re.search(r"\d", text) and not text.isdigit():
            return Found(text, "", len(text), strict=True)
    return None


def _is_formal(found: Found, words: CodeWords) -> bool:
    """Whether a code stands out even among rows without one: a known set, two words, a slash, a leading 0."""
    text = found.text
    return found.prefix in words.schemes or bool(
        re.search(r"\s(?:[A-Z]|Local)\w*\s?\d|/\d|\b0\d|[A-Z]0\d", text)
    )


def _bracketed(printed: str, words: CodeWords, style: CodeStyle | None) -> Found | None:
    """A code that stands in brackets before the title: "(NI 130) Clients …"."""
    group = BRACKETS.match(printed)
    if group is None or not printed[group.end() :].strip():
        return None
    inner = collapse(group[1] or group[2] or "")
    usual = style is not None and shape(inner) in style.shapes
    if not is_code(inner, words, sure=not usual):
        return None
    return Found(inner, "", group.end(), strict=True)


def _more_codes(rest: str, codes: list[str], former: list[str], words: CodeWords) -> str:
    """Take the codes that follow the first, in brackets or after a slash; gives back what is left."""
    while True:
        group = BRACKETS.match(rest)
        if group and _take(group[1] or group[2] or "", codes, former, words, sure=False):
            rest = rest[group.end() :]
            continue
        slash = re.match(r"\s*(?:[/,;|]|&(?=\s)|and\b)\s*", rest)
        found = candidate(rest[slash.end() :], words) if slash else None
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
    while title.rstrip(" .")[-1:] in (")", "]"):
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
    found = _split(plain, lambda part: is_code(part, words, sure=sure, style=style))
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


def _split(text: str, is_code: Callable[[str], bool]) -> list[str] | None:
    """A list of codes ("HRprim5/BV12", "NI 1, NI 2 and NI 3"), or None where a part is no code."""
    if is_code(text):
        return [text]
    parts = [collapse(part) for part in re.split(r"[/,;+]|\s&\s|\s(?:and|or)\s", text)]
    return parts if len(parts) > 1 and all(part and is_code(part) for part in parts) else None


def _from_cell(cell: str, words: CodeWords) -> tuple[list[str], list[str]]:
    """The codes of a code column's cell; what is no list of codes is one code as printed."""
    lines = [collapse(line) for line in cell.split("\n") if collapse(line)]
    if len(lines) > 1 and all(is_code(line, words, sure=False) for line in lines):
        return lines, []
    plain = collapse(cell).strip(" :")
    codes: list[str] = []
    former: list[str] = []
    was = rf"\s((?:{'|'.join(words.former)})\b.*)"
    group = re.search(rf"(?:\s*\(([^()]*)\)|\s*\[([^\[\]]*)\]|{was})$", plain, re.IGNORECASE)
    inner = next((part for part in group.groups() if part), "") if group else ""
    if group and group.start() and _take(inner, codes, former, words, sure=False):
        return [plain[: group.start()], *codes], former
    several = _split(plain, lambda part: is_code(part, words, sure=False))
    return (several or [plain]), []
