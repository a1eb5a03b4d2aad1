"""Small parts that several sections use: chips for statuses and verdicts, facts in two columns."""

from __future__ import annotations

from collections.abc import Iterable

from belisha.pages.markup import Child, Markup, join, tag
from belisha.tones import in_words, tones

VERDICT_MARKS = {
    "contradicted": "bad",
    "borderline": "warn",
    "depends": "warn",
    "unverifiable": "none",
    "note": "best",
    "supported": "good",
}
MEANINGS = {
    "contradicted": "The report contradicts itself, however its rule is read and its figures were rounded.",
    "borderline": "As printed the answer is another, but within the rounding of the figures it is this one.",
    "depends": "The answer hangs on how the rule is read.",
    "unverifiable": "There is too little in print to check it.",
    "note": "Worth knowing; no error.",
    "supported": "The rule and the figures give what is printed.",
}


def symbols() -> Markup:
    """The marks beside words, drawn once: a shape for each tone, so that none is told by colour alone."""
    shapes = {
        "best": tag("path", d="M8 1l2 4.6 5 .5-3.8 3.3 1.2 4.9L8 11.7l-4.4 2.6 1.2-4.9L1 6.1l5-.5z"),
        "good": tag("path", d="M8 1.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13z"),
        "warn": tag("path", d="M8 1.6L15.2 14H.8z"),
        "bad": tag("path", d="M2 2h12v12H2z"),
        "none": tag("path", d="M1.5 6.6h13v2.8h-13z"),
    }
    held = [tag("symbol", shape, id=f"s-{name}", viewBox="0 0 16 16") for name, shape in shapes.items()]
    return tag("svg", held, cls="store", width="0", height="0", aria_hidden="true")


def mark(tone: str) -> Markup:
    """The mark of a tone."""
    return tag("svg", tag("use", href=f"#s-{tone}"), cls="mark", aria_hidden="true", viewBox="0 0 16 16")


def status_chip(status: str | None) -> Markup:
    """A status as a chip: mark, colour and word."""
    if status is None:
        return tag("span", "–", cls="nothing", aria_label="none printed", role="img")
    tone = tones().of_status(status).name
    return tag("span", mark(tone), in_words(status), cls=f"chip t-{tone}")


def verdict_chip(verdict: str) -> Markup:
    """A verdict as a chip."""
    tone = tones().of_verdict(verdict).name
    return tag("span", mark(tone), verdict, cls=f"chip verdict t-{tone}")


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
