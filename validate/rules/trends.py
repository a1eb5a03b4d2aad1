"""Bands that share a stretch of the axis and are told apart by the direction of travel."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from validate.scheme import Condition, Trend, TrendIs

Claim = tuple[int, tuple[Condition, ...]]
TRENDS: tuple[Trend, ...] = ("better", "same", "worse")
WORDS = {
    "better": "better than the earlier figure",
    "same": "no change since the earlier figure",
    "worse": "worse than the earlier figure",
}


class Sorted(Struct, frozen=True):
    """Admissible ways to give each direction to one band. ``key`` names the question if several, and
    ``takers`` who takes the open directions under each answer."""

    options: tuple[tuple[Claim, ...], ...]
    key: str = ""
    takers: tuple[tuple[int, ...], ...] = ()


def sort_trends(claims: Sequence[Claim]) -> Sorted:
    """Settle directions that no band or two claim ("improved", "worsened": who has "no change"?)."""
    trends = [_trend_of(extras) for _, extras in claims]
    known = [t for t in trends if t is not None]
    bands = {band for band, _ in claims}
    if (
        len(known) != len(claims)
        or len(bands) < 2
        or len(bands) != len(claims)
        or len({t.against for t in known}) > 1
    ):
        return Sorted((tuple(claims),))
    choices: list[list[int]] = []
    open_trends: list[Trend] = []
    for trend in TRENDS:
        takers = [i for i, t in enumerate(known) if trend in t.trends]
        if not takers:
            takers = list(range(len(known)))
        takers.sort(
            key=lambda i: len(known[i].trends) - (trend in known[i].trends and "better" in known[i].trends)
        )
        if len(takers) > 1:
            open_trends.append(trend)
        choices.append(takers)
    options: list[tuple[Claim, ...]] = []
    answers: list[tuple[int, ...]] = []
    for chosen in product(*choices):
        option: list[Claim] = []
        for i, (band, extras) in enumerate(claims):
            mine = frozenset(trend for trend, taker in zip(TRENDS, chosen, strict=True) if taker == i)
            option.append(
                (band, tuple(replace(x, trends=mine) if isinstance(x, TrendIs) else x for x in extras))
            )
        options.append(tuple(option))
        answers.append(
            tuple(claims[t][0] for t, takers in zip(chosen, choices, strict=True) if len(takers) > 1)
        )
    return Sorted(tuple(options), ", ".join(WORDS[t] for t in open_trends), tuple(answers))


def _trend_of(extras: tuple[Condition, ...]) -> TrendIs | None:
    found = [x for x in extras if isinstance(x, TrendIs)]
    return found[0] if len(found) == 1 else None
