"""The index over the rules for headings: the same answers as trying each phrase of each rule in turn."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from normalise.column_rules import RuleIndex
from normalise.vocabulary import ColumnRule, load


def _holds(plain: str, phrase: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])", plain) is not None


def _one_by_one(rules: tuple[ColumnRule, ...], plain: str) -> tuple[ColumnRule | None, str]:
    for rule in rules:
        if plain in rule.only:
            return rule, plain
        held = [[p for p in group if _holds(plain, p)] for group in rule.groups]
        if held and all(held) and not any(_holds(plain, p) for p in rule.without):
            return rule, " … ".join(max(phrases, key=len) for phrases in held)
    return None, ""


def test_every_pair_of_known_phrases_finds_the_rule_that_trying_all_finds() -> None:
    rules = load().columns.rules
    phrases = sorted({p for r in rules for g in (r.only, *r.groups, r.without) for p in g})
    headings = [*phrases, *(f"{a} {b}" for a, b in combinations(phrases[::7], 2))]
    index = RuleIndex(rules)
    for plain in headings:
        expected, found = _one_by_one(rules, plain), index.rule_for(plain)
        assert (found[0], found[1]) == expected, plain


@pytest.mark.parametrize("plain", ["", "targeted", "2targets", "retarget"])
def test_a_phrase_within_a_word_is_none(plain: str) -> None:
    rules = (ColumnRule(field="target", groups=(("target", "targets"),)),)
    assert RuleIndex(rules).rule_for(plain) == (None, "")


def test_a_phrase_between_signs_and_the_longest_of_several_are_found() -> None:
    rules = (
        ColumnRule(field="target", groups=(("%",), ("target", "target met"))),
        ColumnRule(field="actual", groups=(("target",),), without=("%",)),
    )
    assert RuleIndex(rules).rule_for("% target met") == (rules[0], "% … target met")
    assert RuleIndex(rules).rule_for("#target") == (rules[1], "target")
