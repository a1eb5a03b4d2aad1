"""Which rule of the vocabulary the words of a heading meet, without trying every phrase of every rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normalise.vocabulary import ColumnRule

_RUN = re.compile(r"[a-z0-9]+")
_OF_WORDS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class RuleIndex:
    """Rules by the phrases they look for, phrases by their first word: a heading holds few of the hundreds."""

    def __init__(self, rules: Sequence[ColumnRule]) -> None:
        self._rules = rules
        self._by_heading: defaultdict[str, list[int]] = defaultdict(list)
        self._by_phrase: defaultdict[str, list[int]] = defaultdict(list)
        self._phrases: defaultdict[str, set[str]] = defaultdict(set)
        for number, rule in enumerate(rules):
            for heading in rule.only:
                self._by_heading[heading].append(number)
            for phrase in rule.groups[0] if rule.groups else ():
                self._by_phrase[phrase].append(number)
            for group in (*rule.groups, rule.without):
                for phrase in group:
                    first = _RUN.search(phrase)
                    self._phrases[first[0] if first else ""].add(phrase)

    def rule_for(self, plain: str) -> tuple[ColumnRule | None, str]:
        """The first rule that lower-case words meet, and the phrases by which they do."""
        held = self._held(plain)
        whole = self._by_heading.get(plain, ())
        numbers = {*whole, *(n for phrase in held for n in self._by_phrase.get(phrase, ()))}
        for number in sorted(numbers):
            if number in whole:
                return self._rules[number], plain
            rule = self._rules[number]
            longest = _longest(held, rule.groups)
            if longest and held.isdisjoint(rule.without):
                return rule, " … ".join(longest)
        return None, ""

    def _held(self, plain: str) -> set[str]:
        """The phrases that stand in a heading as words of their own."""
        return {
            phrase
            for run in ("", *_RUN.findall(plain))
            for phrase in self._phrases.get(run, ())
            if phrase in plain and _stands_in(plain, phrase)
        }


def _stands_in(plain: str, phrase: str) -> bool:
    start = plain.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if (start == 0 or plain[start - 1] not in _OF_WORDS) and plain[end : end + 1] not in _OF_WORDS:
            return True
        start = plain.find(phrase, start + 1)
    return False


def _longest(held: set[str], groups: Iterable[tuple[str, ...]]) -> list[str]:
    """The longest phrase of each group among those held; none where one group has none."""
    longest: list[str] = []
    for group in groups:
        if held.isdisjoint(group):
            return []
        longest.append(max((p for p in group if p in held), key=len))
    return longest
