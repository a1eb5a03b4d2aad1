"""Which column holds the codes of measures and which their titles."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from normalise.heading.contents import Content
from normalise.heading.guess import EXTRA, ColumnGuess, heading_words

LONGEST_FIGURE = 12  # characters of a count, on average
SHORTEST_NAME = 18  # characters of what names a measure, on average, where many names begin with a figure
FIGURES = 0.9  # share of figures from which a column names nothing


def choose_titles(guesses: list[ColumnGuess], seen: Sequence[Content]) -> list[ColumnGuess]:
    """Which of several columns of measure words is the code, which the title."""
    out = list(guesses)
    for i, guess in enumerate(out):
        if guess.base == "code_title" and _counts(seen[i]):
            out[i] = replace(guess, field=EXTRA, base="", why=f"{guess.why}, but its cells are figures")
    named = [i for i, g in enumerate(out) if g.base == "code_title"]
    for i in list(named):
        if len(named) > 1 and seen[i].codes >= 0.6 and not any(g.base == "code" for g in out):
            out[i] = replace(out[i], field="code", base="code", why="its cells hold codes")
            named.remove(i)
    coded = [i for i, g in enumerate(out) if g.base == "code"]
    if len(named) > 1 and not coded and all(seen[i].cells == 0 for i in named) and _is_label(out, named):
        coded = [named.pop(0)]
        out[coded[0]] = replace(
            out[coded[0]],
            field="code",
            base="code",
            why="another column describes the measure",
            alternatives=("title",),
        )
    if len(named) > 1:
        best = max(named, key=lambda i: (seen[i].length, -i))
        for i in named:
            if i != best:
                out[i] = replace(
                    out[i],
                    field=EXTRA,
                    role="words",
                    why="another column holds the title",
                    alternatives=("title",),
                )
        named = [best]
    if not named and len(coded) == 1:
        nearest = coded[0]
        if seen[nearest].cells and seen[nearest].length > 18:
            out[nearest] = replace(
                out[nearest], field="code_title", base="code_title", why="its cells hold titles"
            )
            coded, named = [], [nearest]
    if not named and len(coded) == 1 and heading_words(out[coded[0]].heading) in ("number", "no"):
        out[coded[0]] = replace(
            out[coded[0]], field="actual", base="actual", why="there is no title to number"
        )
    if not named:
        named = _title_by_place(out, seen)
    for i in named:
        out[i] = replace(out[i], field="title" if coded else "code_title", base="code_title")
    return out


def _counts(content: Content) -> bool:
    """Whether a column counts measures and does not name them ("Number of measures").

    "1.1 Appraisals completed" may be read as a figure with words behind it, but is too long for a count.
    """
    counts = content.figures >= FIGURES and content.codes < FIGURES and content.length <= LONGEST_FIGURE
    return content.filled >= 2 and counts


def _names(content: Content) -> bool:
    """Whether a column may name measures; names may begin with figures ("4-hour standard", "18 weeks to treatment")."""
    return content.may_hold("text") or (
        content.length > SHORTEST_NAME and content.figures < FIGURES and not content.may_hold("code")
    )


def _title_by_place(out: list[ColumnGuess], seen: Sequence[Content]) -> list[int]:
    """The column of words left of figure, target and status, where no heading names a measure."""
    bases = [g.base for g in out]
    figures = [i for i, base in enumerate(bases) if base in ("actual", "period", "target", "status")]
    if not figures or "status" not in bases or not {"actual", "period"} & set(bases) or "target" not in bases:
        return []
    for i in range(figures[0] + 1):
        spare = bases[i] in ("", "service", "section") or (bases[i] == "target" and bases.count("target") > 1)
        if spare and out[i].heading and (seen[i].cells == 0 or _names(seen[i])):
            out[i] = replace(out[i], why="it stands before figure, target and status", role=None)
            return [i]
    return []


def _is_label(out: Sequence[ColumnGuess], named: Sequence[int]) -> bool:
    """Whether the first of two title columns only labels what the second describes ("PI | Description")."""
    first, other = (heading_words(out[i].heading) for i in named[:2])
    return first in ("pi", "kpi", "indicator", "measure", "performance indicator") and other in (
        "description",
        "title",
        "name",
        "definition",
        "measure",
        "indicator",
    )
