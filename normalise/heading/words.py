"""What a heading's own words say, and when the cells below it say otherwise."""

from __future__ import annotations

import re
from typing import get_args

from msgspec.structs import replace

from normalise.heading.contents import Content
from normalise.heading.guess import EXTRA, ColumnGuess, heading_words
from normalise.memory import remembered
from normalise.periods import heading_period, relation
from normalise.records import Period, Role
from normalise.vocabulary import ColumnRule, Vocabulary
from normalise.words import rejoin

_FIGURES = 0.75  # share of figures from which a column holds figures
# "Actual (change on Q1)": what the bracket says is about the arrow beside the figure
_ASIDE = re.compile(
    r"\([^()]*\b(?:change|changed|compared|movement|since|versus|vs|trend)\b[^()]*\)", re.IGNORECASE
)
_ANYTHING = ("", "words", "context", "unit", "variance")  # what the headings of quality, risk … are read as
_LONG_TEXT = 25  # characters from which a cell holds more than a figure


@remembered
def by_words(heading: str, report: Period | None, vocabulary: Vocabulary) -> ColumnGuess:
    """The field that a heading's own words name."""
    printed = rejoin(heading)
    told = printed
    if "(" in printed and _ASIDE.sub("", printed).strip():
        told = _ASIDE.sub(" ", printed)
    found = heading_period(told)
    plain = heading_words(told)
    rest = (
        heading_words(found.rest)
        if found is not None and found.span not in ("last_year", "previous")
        else plain
    )
    rule, phrase = _rule_for(rest, vocabulary) if rest else (None, "")
    if rule is None and rest != plain:
        rule, phrase = _rule_for(plain, vocabulary)
    stands = relation(found, report) if found else None
    if rule is None:
        if found is not None and not rest:
            return ColumnGuess(
                printed,
                "actual",
                f"the heading is a period ({printed})",
                base="period",
                period=found,
                relation=stands,
            )
        why = "the heading is empty" if not plain else "no known word in the heading"
        return ColumnGuess(printed, EXTRA, why, base="", period=found, relation=stands)
    role = next((known for known in get_args(Role) if known == rule.role), None)
    return ColumnGuess(
        printed,
        rule.field,
        f"the heading says “{phrase}”",
        role=role,
        base=rule.field,
        period=found,
        relation=stands,
    )


def is_known_heading(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the words of a heading name a field, a role or a period."""
    found = heading_period(text)
    return found is not None or _rule_for(heading_words(text), vocabulary)[0] is not None


def is_heading_of_column(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is nothing but words of a column's heading: "Indicator", "This quarter"."""
    found = heading_period(text)
    if found is not None and not found.rest:
        return True
    plain = heading_words(text)
    rule, phrase = _rule_for(plain, vocabulary)
    return rule is not None and phrase == plain


@remembered
def _rule_for(plain: str, vocabulary: Vocabulary) -> tuple[ColumnRule | None, str]:
    return vocabulary.columns.index.rule_for(plain)


def by_contents(guess: ColumnGuess, content: Content, vocabulary: Vocabulary) -> ColumnGuess:
    """Where most cells of a column are of another kind than its words say, the cells are right."""
    if content.cells == 0:
        return guess
    if guess.base == "" and content.filled == 0:
        return replace(guess, alternatives=("status", "direction"), why=f"{guess.why}, and its cells no text")
    says = content.kind
    if says == "figures" and guess.base == "" and _names_milestone(guess, content, vocabulary):
        return replace(
            guess, field="target", base="target", why=f"its cells hold {content.words} to be reached"
        )
    if says is None or guess.base == says or content.may_hold(guess.base):
        return guess
    changes: dict[str, tuple[str, ...]] = {
        "good_is": ("actual", "target", "", "direction", "period", "words", "unit", "variance", "context"),
        "status": (
            "actual",
            "",
            "direction",
            "period",
            "context",
            "variance",
            "tolerance",
            "words",
            "code_title",
        ),
        "direction": (
            "actual",
            "",
            "period",
            "status",
            "variance",
            "previous",
            "last_year",
            "words",
            "context",
            "benchmark",
        ),
        "code": ("code_title", "", "section", "words", "actual") if content.codes >= 0.8 else (),
        "performance": (
            "actual",
            "target",
            "status",
            "",
            "period",
            "context",
            "words",
            "variance",
            "direction",
        ),
        "figures": ("status", "direction", "context", "words", "section", "tolerance")
        if content.figures >= _FIGURES
        else (),
        "text": ("actual", "status", "", "direction") if content.cells >= 2 else (),
    }
    if guess.base not in changes[says]:
        return guess
    if says == "good_is" and guess.base == "direction" and not content.may_hold("telling"):
        return guess  # plus and minus under "Direction of travel" tell how it moved
    says_which = content.may_hold("telling") and not content.may_hold("direction")
    if says == "good_is" and guess.heading and guess.base in _ANYTHING and not says_which:
        return guess  # quality, risk and effort are high or low as well, and "Higher" may be than others
    why = f"its cells hold {content.words}"
    if says == "figures":
        sure = content.amounts >= _FIGURES or guess.base not in ("direction", "status")
        return _figures_instead(guess, why) if sure else guess
    if says == "text":
        if guess.base == "":
            return replace(guess, field="code_title", base="code_title", why=why)
        mixed = guess.base == "actual" or (
            guess.base == "status" and "performance" in heading_words(guess.heading)
        )
        field = "performance" if mixed and content.length > _LONG_TEXT else guess.field
        return (
            guess
            if field == guess.field
            else replace(guess, field=field, base=field, why=f"{guess.why}; {why}")
        )
    if says == "code" and guess.base == "actual" and content.figures >= _FIGURES:
        return guess  # "2.61" may be either, so the heading tells
    if says == "direction" and guess.base == "status" and not content.fits.get("ways"):
        return guess  # a triangle may be a light, as long as all of them point up
    if says == "status" and guess.base in ("direction", "context", "words") and content.share < 0.8:
        return guess
    return replace(
        guess,
        field=says,
        base=says,
        role=None,
        why=f"{why}, whatever its heading says",
        alternatives=(guess.field,),
    )


def _names_milestone(guess: ColumnGuess, content: Content, vocabulary: Vocabulary) -> bool:
    """Whether a heading that is over dates or texts elsewhere stands over figures here: "Q2 milestone"."""
    plain = heading_words(guess.period.rest if guess.period is not None else guess.heading)
    return plain in vocabulary.columns.milestones and content.amounts >= _FIGURES


def _figures_instead(guess: ColumnGuess, why: str) -> ColumnGuess:
    if guess.base == "direction":
        return replace(guess, field=EXTRA, base="variance", role="variance", why=f"{guess.why}; {why}")
    plain = heading_words(guess.heading)
    if guess.base == "status" and "target" in plain and not re.search(r"\b(?:rag|status|rating)\b", plain):
        return replace(guess, field=EXTRA, base="variance", role="variance", why=f"{guess.why}; {why}")
    if guess.base in ("status", "context") and not re.search(r"\b(?:rag|status|rating|comments?)\b", plain):
        return replace(guess, field="actual", base="actual", why=f"{guess.why}; {why}")
    return guess
