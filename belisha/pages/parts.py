"""Small parts that several sections use: chips for statuses and verdicts, facts in two columns."""

from __future__ import annotations

from collections.abc import Iterable

from belisha.pages.markup import Child, Markup, join, tag
from belisha.tones import in_words, tones

MEANINGS = {
    "contradicted": "The report contradicts itself, however its rule is read and its figures were rounded.",
    "borderline": "As printed the answer is another, but within the rounding of the figures it is this one.",
    "depends": "The answer hangs on how the rule is read.",
    "unverifiable": "There is too little in print to check it.",
    "note": "Worth knowing; no error.",
    "supported": "The rule and the figures give what is printed.",
}


def status_chip(status: str | None) -> Markup:
    """A status as a chip: the word, and a mark and colour of its tone from the style sheet."""
    if status is None:
        return tag("span", "–", cls="nothing", aria_label="none printed", role="img")
    tone = tones().of_status(status).name
    return tag("span", in_words(status), cls=f"chip t-{tone}")


def verdict_chip(verdict: str) -> Markup:
    """A verdict as a chip."""
    tone = tones().of_verdict(verdict).name
    return tag("span", verdict, cls=f"chip verdict t-{tone}")


def facts(pairs: Iterable[tuple[str, Child]], cls: str = "facts") -> Markup:
    """Names and what they are, as a list of definitions; those without anything are left out."""
    listed = [tag("div", tag("dt", name), tag("dd", words)) for name, words in pairs if words]
    return tag("dl", listed, cls=cls) if listed else Markup("")


def heading(level: int, words: Child, **attributes: str) -> Markup:
    """A heading of a level."""
    return tag(f"h{min(level, 6)}", words, **attributes)


def section(name: str, title: Child, level: int, *children: Child) -> Markup:
    """A section with its heading, named by it for those who listen."""
    return tag(
        "section",
        heading(level, title, id=f"{name}-h", cls="sec"),
        join(*children),
        id=name,
        aria_labelledby=f"{name}-h",
    )
