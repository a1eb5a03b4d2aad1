"""Names of public bodies, and of the committees that a report goes to. The words are in ``data/bodies.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from normalise.data_files import parsed
from normalise.vocabulary import Data

LONGEST_BODY = 12  # words of a committee's name
LONGEST_LINE = 90  # characters of a line that names one
TOP = 8  # lines of the front page among which a body's name may stand alone
_PLACES = r"(?:[A-Z][\w'’\-]+(?:\s+(?:and|upon|on|&)\s+)?\s?)+"
_NAME = r"(?:[A-Z][\w'’\-]+(?:\s+(?:and|of|on|upon|in|the|with|&)\s+|\s+|-)?){1,5}?"


class BodyWords(Data):
    """The words of ``data/bodies.toml``."""

    kinds: tuple[str, ...]
    bodies: tuple[str, ...]
    words: tuple[str, ...]
    alone: tuple[str, ...]
    never: tuple[str, ...]
    generic: tuple[str, ...]
    leads: tuple[str, ...]
    meetings: tuple[str, ...]
    whole_meetings: tuple[str, ...]
    last_words: tuple[str, ...]
    no_meeting: tuple[str, ...]
    reported_to: tuple[str, ...]


@cache
def _words() -> BodyWords:
    return BodyWords.model_validate(parsed("bodies.toml"))


def organisation_in(*texts: str) -> str | None:
    """The first body that a line of the texts names, the first text before the second; None where none does."""
    for text in texts:
        for line in text.splitlines():
            if not any(word in line for word in _words().words):
                continue
            for pattern in _bodies():
                for match in pattern.finditer(line):
                    name = _leads().sub("", match[1].strip())
                    if not _generic().fullmatch(name) and len(name.split()) > 1:
                        return name
    return None


def organisation_alone(lines: Sequence[str]) -> str | None:
    """A body whose name is all that one of the first lines of a report holds ("Castlegate Homes")."""
    for line in lines[:TOP]:
        text = line.strip()
        if _alone().fullmatch(text) and not _any_of(_words().never).search(text):
            return text
    return None


def is_body(text: str) -> bool:
    """Whether a text is the name of one body and nothing else."""
    return organisation_in(text) == text.strip()


def from_address(text: str, more: Callable[[], str]) -> str | None:
    """From "name.gov.uk" and a printed "Name City", "Name County" … the council's name."""
    match = re.search(r"\b(?:@|www\.)([a-z]{3,20})\.gov\.uk\b", text)
    if not match:
        return None
    stem = match[1].capitalize()
    kind = re.search(rf"\b{stem}\s+(City|County|Borough|District)\b", f"{text}\n{more()}")
    return f"{stem} {kind[1]} Council" if kind else f"{stem} Council"


def committee_in(lines: Sequence[str], organisation: str | None, no_name: re.Pattern[str]) -> str | None:
    """The committee that one of the lines names; ``no_name`` matches the beginning of lines that name none."""
    for line in lines:
        text = _reported_to().sub("", line.strip())
        told = text != line.strip()
        if organisation and text.startswith(organisation):
            text = text[len(organisation) :].strip(" -–—,:")
        text = _without_date(text)
        if not text or len(text) > LONGEST_LINE or no_name.match(text) or text.endswith("."):
            continue
        if _meets_alone().search(text) and len(text.split()) <= LONGEST_BODY and ":" not in text:
            return title_case(text)
        if _any_of(_words().meetings).search(text) and (
            told or not _any_of(_words().no_meeting).search(text)
        ):
            return title_case(text)
    return None


def title_case(text: str) -> str:
    """A heading in capitals as a name is usually written."""
    if not text.isupper():
        return text
    small = {"and", "of", "the", "for", "to", "in", "on", "with"}
    words = [w.lower() for w in text.split()]
    return " ".join(w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(words))


_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DATE = re.compile(
    rf"[\s,–\-]*\b(?:held on|on)?\s*{_DAY}\d{{1,2}}(?:st|nd|rd|th)?\s+[A-Z][a-z]+,?\s+\d{{4}}.*$"
)


def _without_date(text: str) -> str:
    text = _DATE.sub("", text)
    return re.sub(r"\s+(?:agenda\s+)?item\s*:?\s*\w+$", "", text, flags=re.IGNORECASE).strip(" -–—,:")


def _one_of(words: Sequence[str]) -> str:
    return "|".join(f"(?:{word})" for word in words)


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_one_of(words)})\b", re.IGNORECASE)


@cache
def _bodies() -> tuple[re.Pattern[str], ...]:
    kind = rf"(?:(?:{_one_of(_words().kinds)}) )?"
    return tuple(
        re.compile(rf"\b({body.replace('NAME', _NAME).replace('KIND', kind).replace('PLACES', _PLACES)})\b")
        for body in _words().bodies
    )


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"(?:[A-Z][\w'’-]+\s+(?:(?:and|of|&)\s+)?){{1,5}}(?:{_one_of(_words().alone)})")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(_one_of(_words().generic), re.IGNORECASE)


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(rf"^(?:(?:{_one_of(_words().leads)})\s+(?:(?:of|to|for|by|at|the)\s+)*)+")


@cache
def _meets_alone() -> re.Pattern[str]:
    words = _words()
    return re.compile(
        rf"^(?:{_one_of(words.whole_meetings)})$|\b(?:{_one_of(words.last_words)})$", re.IGNORECASE
    )


@cache
def _reported_to() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_one_of(_words().reported_to)})", re.IGNORECASE)
