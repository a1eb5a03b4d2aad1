"""Which figure each of several like columns belongs to: "Q1", "RAG", "Q2", "RAG" print a status beside each figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from normalise.heading.guess import EXTRA, ColumnGuess, heading_words
from normalise.heading.words import by_words
from normalise.records import Role
from normalise.vocabulary import Vocabulary

_OWN = ("actual", "period", "previous", "last_year", "year_to_date")
_OTHERS = ("benchmark", "baseline")  # looked at only where statuses have no figure of the body's own each
_AGAINST = re.compile(r"\b(?:v|vs|versus|against|to|with)\s(.+)")
_BESIDE = ("target", "status", "direction")


def beside_their_figures(guesses: Sequence[ColumnGuess], vocabulary: Vocabulary) -> list[ColumnGuess]:
    """The columns; targets, statuses and directions that stand beside another figure than this period's are extra.

    So is a status that compares with others ("RAG v peers"), where another one does not.
    """
    out = list(guesses)
    statuses = [i for i, g in enumerate(out) if g.base == g.field == "status"]
    comparing = [i for i in statuses if _compares(out[i], vocabulary)]
    for i in comparing if len(comparing) < len(statuses) else ():
        why = f"{out[i].why}, but it compares with others"
        out[i] = replace(out[i], field=EXTRA, base="other_status", role="benchmark", why=why)
    now = next((i for i, g in enumerate(out) if g.field == "actual"), None)
    if now is None:
        return out
    for base in _BESIDE:
        whose = _figures_of(out, base, _OWN) or _figures_of(out, base, (*_OWN, *_OTHERS))
        if now not in whose.values():
            continue
        for i, figure in whose.items():
            if figure != now:
                why = f"{out[i].why}, beside another figure than this period's"
                role: Role | None = "direction" if base == "direction" else out[i].role
                out[i] = replace(out[i], field=EXTRA, base=f"other_{base}", role=role, why=why)
    return out


def _compares(guess: ColumnGuess, vocabulary: Vocabulary) -> bool:
    """Whether a heading says that its statuses compare with other bodies or an earlier time."""
    said = _AGAINST.search(heading_words(guess.heading))
    return said is not None and by_words(said[1], None, vocabulary).base in (
        *_OTHERS,
        "last_year",
        "previous",
    )


def _figures_of(guesses: Sequence[ColumnGuess], base: str, kinds: Sequence[str]) -> dict[int, int]:
    """The figure column of each column that is named alike and without a period; empty where that cannot be told.

    Each has a figure of its own: the nearest on the left for all of them, or the nearest on the right.
    """
    like = [i for i, g in enumerate(guesses) if g.base == base and g.field == base]
    if len(like) < 2 or any(guesses[i].period is not None for i in like):
        return {}
    figures = [i for i, g in enumerate(guesses) if g.base in kinds]
    nearest: tuple[Callable[[int], int | None], ...] = (
        lambda i: max((k for k in figures if k < i), default=None),
        lambda i: min((k for k in figures if k > i), default=None),
    )
    for side in nearest:
        found = {i: figure for i in like if (figure := side(i)) is not None}
        if len(found) == len(like) == len(set(found.values())):
            return found
    return {}
