"""Which of several targets the figure is to be held against: the one of the same span, named as a target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from normalise.heading.contents import Content
from normalise.heading.guess import EXTRA, ColumnGuess, heading_words


def target_of_the_figure(guesses: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    """The columns; targets that go less well with the figure than another one does are extra.

    A target for the year to date is not held against the figure of a month, nor a standard where a target stands.
    """
    out = list(guesses)
    figure = next((g for g in out if g.field == "actual"), None)
    if figure is None:
        return out
    tests: tuple[Callable[[ColumnGuess], bool], ...] = (
        lambda g: _to_date(g) == _to_date(figure),
        lambda g: "target" in heading_words(g.heading).split(),
    )
    for test in tests:
        targets = [k for k, g in enumerate(out) if g.field == "target"]
        fitting = [k for k in targets if test(out[k])]
        for k in targets:
            if fitting and k not in fitting:
                why = f"{out[k].why}; another target goes with the figure"
                out[k] = replace(out[k], field=EXTRA, why=why)
    return out


def without_shared_periods(guesses: Sequence[ColumnGuess], seen: Sequence[Content]) -> list[ColumnGuess]:
    """The columns; where a period alone stands over several columns of figures, none of them is this period's figure.

    A lower level of headings told them apart, and was not read: a target taken for the figure would accuse.
    """
    out = list(guesses)
    for k, (one, other) in enumerate(pairwise(guesses)):
        shared = one.heading == other.heading and one.period is not None and not one.period.rest
        if shared and seen[k].kind == seen[k + 1].kind == "figures":
            for i in (k, k + 1):
                out[i] = replace(
                    out[i], field=EXTRA, base="", why=f"{guesses[i].why} over several columns of figures"
                )
    return out


def _to_date(guess: ColumnGuess) -> bool:
    return guess.period is not None and guess.period.span == "to_date"
