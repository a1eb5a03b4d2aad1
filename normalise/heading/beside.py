"""Which figure each of several like columns belongs to: "Q1", "RAG", "Q2", "RAG" print a status beside each figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from normalise.heading.guess import EXTRA, ColumnGuess
from normalise.records import Role

_FIGURES = ("actual", "period", "previous", "last_year", "year_to_date")
_BESIDE = ("target", "status", "direction")


def beside_their_figures(guesses: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    """The columns; targets, statuses and directions that stand beside another figure than this period's are extra."""
    out = list(guesses)
    now = next((i for i, g in enumerate(out) if g.field == "actual"), None)
    if now is None:
        return out
    for base in _BESIDE:
        whose = _figures_of(out, base)
        for i, figure in whose.items():
            if figure != now:
                why = f"{out[i].why}, beside the figure of another period"
                role: Role | None = "direction" if base == "direction" else out[i].role
                out[i] = replace(out[i], field=EXTRA, base=f"other_{base}", role=role, why=why)
    return out


def _figures_of(guesses: Sequence[ColumnGuess], base: str) -> dict[int, int]:
    """The figure column of each column that is named alike and without a period; empty where that cannot be told.

    Each has a figure of its own: the nearest on the left for all of them, or the nearest on the right.
    """
    like = [i for i, g in enumerate(guesses) if g.base == base and g.field == base]
    if len(like) < 2 or any(guesses[i].period is not None for i in like):
        return {}
    figures = [i for i, g in enumerate(guesses) if g.base in _FIGURES]
    nearest: tuple[Callable[[int], int | None], ...] = (
        lambda i: max((k for k in figures if k < i), default=None),
        lambda i: min((k for k in figures if k > i), default=None),
    )
    for side in nearest:
        found = {i: figure for i in like if (figure := side(i)) is not None}
        if len(found) == len(like) == len(set(found.values())):
            return found
    return {}
