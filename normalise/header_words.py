"""Single words that give tables away: those of column headings, and those without which no report speaks of measures."""

from __future__ import annotations

import re

from normalise.vocabulary import Vocabulary

# Words of headings that run through ordinary sentences as well prove nothing by themselves.
_EVERYWHERE = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been being by can do does for from good has have how if in is it not of on or our taken "
        "that the their this to up was we what when which who why will with you s v vs per all any more no",
    )
)
_PERIODS = frozenset(("q1", "q2", "q3", "q4", "quarter", "year", "month", "rag", "dot", "ytd"))


def header_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Lower-case words of all known headings."""
    phrases: set[str] = set()
    for rule in vocabulary.columns.rules:
        phrases.update(rule.only)
        for group in rule.groups:
            phrases.update(group)
    phrases.update(vocabulary.columns.legend_meanings)
    phrases.update(vocabulary.columns.foreign)  # other tables must be told apart from ours
    phrases.update(vocabulary.columns.subjects)
    words = {word for phrase in phrases for word in phrase.split()}
    return frozenset(words | _PERIODS) - _EVERYWHERE


def telling_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Lower-case words of which a page with measures, their rule or their counts holds at least one."""
    return frozenset((*vocabulary.columns.telling, *vocabulary.statuses.colours))
