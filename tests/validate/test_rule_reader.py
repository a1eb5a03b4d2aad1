"""Rules as people print them give the scheme that their words settle, or are refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any as Anything

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalise.records import SchemeEntry
from validate.rule_reader import read_scheme
from validate.rules.words import tokenise, vocabulary
from validate.scheme import (
    Against,
    All,
    Any,
    Condition,
    Floor,
    Not,
    Scheme,
    Span,
    TrendIs,
    UnitIs,
    WithinTolerance,
)

WORDINGS = json.loads((Path(__file__).parent / "data" / "rule_wordings.json").read_text(encoding="utf-8"))
BASES = {"relative": "%", "points": "pp", "absolute": ""}


def brief(condition: Condition | None) -> str:
    """A condition in short: "[-5%, 0)" is a span, & and | join, ! denies."""
    match condition:
        case None:
            return "words only"
        case Span(low, high, low_in, high_in, basis):
            unit = BASES[basis]
            ends = [
                "-inf" if low is None else f"{low}{unit if low else ''}",
                "inf" if high is None else f"{high}{unit if high else ''}",
            ]
            return (
                ("[" if low_in and low is not None else "(")
                + ", ".join(ends)
                + ("]" if high_in and high is not None else ")")
            )
        case All(parts):
            return " & ".join(f"({brief(p)})" if isinstance(p, Any) else brief(p) for p in parts)
        case Any(parts):
            return " | ".join(brief(p) for p in parts) or "never"
        case Not(part):
            return f"!({brief(part)})"
        case TrendIs(trends, against):
            return "trend " + "/".join(sorted(trends)) + (f" on {against}" if against else "")
        case Floor(met):
            return "floor met" if met else "floor missed"
        case WithinTolerance(within):
            return "within tolerance" if within else "outside tolerance"
        case Against(low, high, low_in, high_in, basis, to, words, literal):
            span = brief(Span(low, high, low_in, high_in, basis))
            return (
                f"{span} of {to}" + (" " + " ".join(sorted(words)) if words else "") + " as figures" * literal
            )
        case UnitIs(percentage):
            return "percentages" if percentage else "others"


def read(words: dict[str, str], context: str = "") -> Scheme:
    return read_scheme([SchemeEntry(status=s, text=t) for s, t in words.items()], context=context)


@pytest.mark.parametrize(
    "case", WORDINGS, ids=lambda c: f"{c['kind']}: {next(iter(c['words'].values()))}"[:70]
)
def test_wordings(case: dict[str, Anything]) -> None:
    scheme = read(case["words"])
    if "refused" in case:
        assert scheme.readings == ()
        assert len(scheme.not_understood) == case["refused"] > 0
        return
    first = scheme.readings[0]
    assert {b.status: brief(b.condition) for b in first.bands} == case["first"]
    assert list(scheme.open_questions) == case["open"]
    assert len(scheme.readings) == case["readings"]
    assert len(scheme.gaps) == case.get("gaps", 0)
    assert len(scheme.overlaps) == case.get("overlaps", 0)
    assert len(scheme.not_understood) == case.get("vague", 0)
    assert {b.status: list(b.words) for b in first.bands if b.words} == case.get("besides", {})
    assert [b.status for b in first.bands if not b.rated] == case.get("unrated", [])


def test_there_are_enough_wordings() -> None:
    assert len(WORDINGS) >= 80
    assert sum("refused" in case for case in WORDINGS) >= 10


# --- what holds of any rule ------------------------------------------------------------------------------

AMOUNTS = st.integers(1, 40)
UNITS = st.sampled_from(["%", " per cent", " percentage points"])


def holds(condition: Condition | None, variance: Decimal, *, percentage: bool = True) -> bool:
    """Truth of a condition made of spans and kinds of measure, at one variance."""
    match condition:
        case Span(low, high, low_in, high_in, _):
            above = low is None or variance > low or (low_in and variance == low)
            return above and (high is None or variance < high or (high_in and variance == high))
        case All(parts):
            return all(holds(p, variance, percentage=percentage) for p in parts)
        case Any(parts):
            return any(holds(p, variance, percentage=percentage) for p in parts)
        case Not(part):
            return not holds(part, variance, percentage=percentage)
        case UnitIs(kind):
            return kind is percentage
    raise AssertionError(condition)


@given(AMOUNTS, AMOUNTS, UNITS, st.booleans())
def test_bands_part_the_axis_in_every_reading(near: int, further: int, unit: str, closed: bool) -> None:
    far = near + further
    scheme = read(
        {
            "green": "target met",
            "amber": f"within {near}{unit} of target",
            "red": f"{far}{unit} or more below target" if closed else f"more than {far}{unit} below target",
        }
    )
    assert scheme.readings
    for reading in scheme.readings:
        for step in range(-2 * far - 1, 2 * far + 1):
            names = [b.status for b in reading.bands if holds(b.condition, Decimal(step) / 2)]
            assert len(names) == 1, (step, reading.name, names)


@given(AMOUNTS, st.permutations(["green", "amber", "red"]))
def test_the_printed_order_does_not_matter(amount: int, order: list[str]) -> None:
    words = {
        "green": "on or better than target",
        "amber": f"up to {amount}% worse than target",
        "red": f"more than {amount}% worse than target",
    }
    scheme = read({status: words[status] for status in order})
    assert scheme.readings == read(words).readings
    assert scheme.statuses == ("green", "amber", "red")


@given(
    st.lists(
        st.tuples(st.sampled_from(["green", "amber", "red", "met", "", "on_target"]), st.text(max_size=80)),
        max_size=5,
    ),
    st.text(max_size=60),
)
def test_any_text_is_survived(entries: list[tuple[str, str]], context: str) -> None:
    read_scheme([SchemeEntry(status=s, text=t) for s, t in entries], context=context)


RULE_WORDS = [
    *sorted(vocabulary().kind_of)[::3],
    "5%",
    "-3%",
    "±2%",
    "10 percentage points",
    "95%",
    "5-10%",
    "0.5 days",
    ",",
    "(",
    ")",
    "/",
    ";",
    "≥",
    "<",
    "7",
]


@settings(max_examples=300)
@given(st.lists(st.lists(st.sampled_from(RULE_WORDS), min_size=1, max_size=9), min_size=1, max_size=4))
def test_any_order_of_rule_words_is_survived(bands: list[list[str]]) -> None:
    names = ["blue", "green", "amber", "red"]
    scheme = read(dict(zip(names, (" ".join(words) for words in bands), strict=False)))
    assert len(scheme.readings) <= 256
    assert scheme.readings or scheme.not_understood
    for reading in scheme.readings:
        assert len(reading.bands) == len(bands)


@given(
    st.sampled_from([w for w in WORDINGS if "refused" not in w]),
    st.sampled_from(["unless frosty", "where the moon is full", "on Tuesdays"]),
)
def test_a_condition_that_is_not_understood_accuses_nobody(case: dict[str, Anything], strange: str) -> None:
    words = dict(case["words"])
    first = next(s for s in words if "unrated" not in case or s not in case["unrated"])
    words[first] = f"{words[first].split('/')[0]} {strange}"
    assert read(words).readings == ()


def test_tokens_never_lose_a_word() -> None:
    assert [t.kind for t in tokenise("more than 5% xyzzy target")] == ["more", "figure", "unknown", "target"]


# --- what stands around the rule --------------------------------------------------------------------------


def test_a_tolerance_named_elsewhere_is_used() -> None:
    words = {"green": "target met", "amber": "target missed but within tolerance", "red": "outside tolerance"}
    first = read(words, "A tolerance of 3% applies to every measure.").readings[0]
    assert {b.status: brief(b.condition) for b in first.bands} == {
        "green": "[0, inf)",
        "amber": "[-3%, 0)",
        "red": "(-inf, -3%)",
    }


def test_two_tolerances_named_elsewhere_are_not_used() -> None:
    words = {"green": "target met", "amber": "target missed but within tolerance", "red": "outside tolerance"}
    first = read(words, "The tolerance is 3% for money and the tolerance is 8% for time.").readings[0]
    assert brief(first.bands[1].condition) == "(-inf, 0) & within tolerance"


def test_shares_named_elsewhere_are_used() -> None:
    words = {"green": "97% or more", "amber": "85% to 97%", "red": "below 85%"}
    assert not read(words).readings
    scheme = read(words, "Ratings go by the percentage of target achieved.")
    assert brief(scheme.readings[0].bands[0].condition) == "[-3%, inf)"


def test_no_rule_at_all() -> None:
    scheme = read({})
    assert scheme == Scheme(readings=())
    assert not scheme.usable


def test_rule_and_page_are_kept() -> None:
    scheme = read_scheme(
        [
            SchemeEntry(status="green", label="GREEN", text="target met", page=3),
            SchemeEntry(status="red", text="target missed"),
        ]
    )
    assert scheme.page == 3
    assert scheme.rule == "GREEN: target met; red: target missed"


# --- wordings seen in the world ----------------------------------------------------------------------------

SEEN = Path(__file__).parents[2].parent / "shared" / "rules" / "wordings.jsonl"
EXPECTED = json.loads((Path(__file__).parent / "data" / "seen_wordings.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", EXPECTED, ids=lambda c: c["id"])
def test_wordings_seen_in_the_world(case: dict[str, Anything]) -> None:
    """What the collection's own remarks call computable is read, and everything else refused."""
    if not SEEN.exists():
        pytest.skip("no collection of seen wordings beside the repository")
    rules = {rule["id"]: rule for rule in map(json.loads, SEEN.read_text(encoding="utf-8").splitlines())}
    words = {s["status"].lower(): s["wording"] for s in rules[case["id"]]["statuses"]}
    scheme = read(words, case.get("context", ""))
    if "refused" in case:
        assert scheme.readings == ()
        assert scheme.not_understood
        return
    assert {b.status: brief(b.condition) for b in scheme.readings[0].bands} == case["first"]
    assert len(scheme.overlaps) == case["overlaps"]
