"""One rule in many spellings is one rule, and its parts can be worded in many ways."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any as Anything

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.validate.test_rule_reader import WORDINGS, brief, read

READ = [case["words"] for case in WORDINGS if "refused" not in case]
REFUSED = [case["words"] for case in WORDINGS if "refused" in case]
DIGITS = {
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "10": "ten",
}
# a figure that stands in a range, beside a sign or with decimals is not spelt out by anybody
NOT_SPELT = re.compile(r"\d\s*%?\s*(?:-|–|to|and)\s*[-+]?\d|\d\.\d|[<>≤≥±+]|-\d")


def spelt_out(text: str) -> str:
    if NOT_SPELT.search(text):
        return text
    numbers = r"(?<!\d)(10|[2-8])(?=(?:%| per ?cent| percentage points?| days?)(?![\w+]))"
    return re.sub(numbers, lambda m: DIGITS[m[1]], text).replace("%", " per cent")


SPELLINGS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "capital initials": str.title,
    "stop": lambda t: t + ".",
    "hard spaces": lambda t: t.replace(" ", "\u00a0"),
    "wide spaces": lambda t: t.replace(" ", "  "),
    "bullet": lambda t: "• " + t,
    "dash of a list": lambda t: "– " + t,
    "long dashes": lambda t: re.sub(r"(?<=\w)-(?=\w)", "–", t),
    "true minus": lambda t: re.sub(r"(?<!\w)-(?=\d)", "−", t),
    "per cent": lambda t: re.sub(r"%(?!\s*points?)", " per cent", t),
    "percent": lambda t: re.sub(r"%(?!\s*points?)", " percent", t),
    "space before the sign": lambda t: t.replace("%", " %"),
    "numbers in words": spelt_out,
    "pp": lambda t: re.sub(r"percentage points?", "pp", t),
    "quotes": lambda t: f"“{t}”",
}


def readings(words: dict[str, str]) -> Anything:
    scheme = read(words)
    return [{b.status: brief(b.condition) for b in r.bands} for r in scheme.readings]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_spelling_does_not_matter(spelling: str) -> None:
    respelt = SPELLINGS[spelling]
    different = [w for w in READ if readings({s: respelt(t) for s, t in w.items()}) != readings(w)]
    assert different == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_makes_sense_of_what_is_refused(spelling: str) -> None:
    respelt = SPELLINGS[spelling]
    assert [w for w in REFUSED if readings({s: respelt(t) for s, t in w.items()})] == []


@settings(max_examples=200)
@given(st.sampled_from(READ), st.randoms())
def test_the_order_of_the_statuses_does_not_matter(words: dict[str, str], random: Anything) -> None:
    shuffled = list(words.items())
    random.shuffle(shuffled)
    one, other = readings(words), readings(dict(shuffled))
    known = {"green", "amber", "red", "blue"} >= set(words)
    if known:  # else only the printed order tells which status is better
        assert sorted(map(str, map(sorted, map(dict.items, one)))) == sorted(
            map(str, map(sorted, map(dict.items, other)))
        )


PHRASES = json.loads((Path(__file__).parent / "data" / "rule_phrases.json").read_text(encoding="utf-8"))


def misread(family: dict[str, Anything], words: list[str]) -> str:
    scheme = read(dict(zip(family["statuses"], words, strict=True)))
    if not scheme.readings:
        return f"{words}: refused"
    for band, wanted in zip(family["statuses"], family["gives"], strict=True):
        condition = next(b.condition for b in scheme.readings[0].bands if b.status == band)
        if brief(condition) not in wanted:
            return f"{words}: {band} is {brief(condition)}"
    return ""


@pytest.mark.parametrize("name", PHRASES)
def test_every_wording_of_a_part_is_read(name: str) -> None:
    family = PHRASES[name]
    plain = [phrases[0] for phrases in family["phrases"]]
    for at, phrases in enumerate(family["phrases"]):
        for phrase in phrases:
            assert misread(family, [*plain[:at], phrase, *plain[at + 1 :]]) == ""


@pytest.mark.parametrize("name", PHRASES)
@settings(max_examples=150)
@given(data=st.data())
def test_the_wordings_of_the_parts_go_together(name: str, data: st.DataObject) -> None:
    family = PHRASES[name]
    words = [data.draw(st.sampled_from(phrases)) for phrases in family["phrases"]]
    assert misread(family, words) == ""
