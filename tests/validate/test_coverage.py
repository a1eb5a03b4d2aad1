"""Gaps and overlaps of a reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validate.making import reading, span, three_bands
from validate.coverage import gaps_of, overlaps_of
from validate.scheme import All, Any, Floor, Not, Reading, TrendIs, UnitIs, WithinTolerance

ON_TARGET = span("0", None)
OFF = span(None, "-10", "[)")


@pytest.mark.parametrize(
    ("rule", "gaps", "overlaps"),
    [
        (three_bands(), [], []),
        (
            reading(blue=span("4", None, "(]"), green=span("0", "0"), red=span(None, "0", "[)")),
            ["better than target, up to 4% better"],
            [],
        ),
        (
            reading(green=ON_TARGET, amber=span("-5", "0", "()"), red=span(None, "-5", "[)")),
            ["exactly 5% worse"],
            [],
        ),
        (reading(green=ON_TARGET, red=span(None, "0")), [], ["Both green and red", "target met exactly"]),
        (
            reading(green=ON_TARGET, amber=All((Not(ON_TARGET), Floor())), red=Floor(False, edge_in=False)),
            [],
            ["Both amber and red", "exactly at the row's own threshold"],
        ),
        (
            reading(green=span("-10", None), amber=All((OFF, TrendIs(frozenset({"better"})))), red=None),
            ["more than 10% worse than target and as before or worse than before, unless red is meant"],
            [],
        ),
        (
            reading(green=ON_TARGET, amber=All((Not(ON_TARGET), UnitIs(True)))),
            ["target not met for what is no percentage"],
            [],
        ),
        (
            reading(green=WithinTolerance(), red=span(None, "-50")),
            ["row's own tolerance"],
            [],
        ),
        (reading(green=None, red=None), [], []),
    ],
)
def test_gaps_and_overlaps(rule: Reading, gaps: list[str], overlaps: list[str]) -> None:
    found = gaps_of(rule)
    assert len(found) == len(gaps)
    assert all(part in sentence for part, sentence in zip(gaps, found, strict=True)), found
    text = " ".join(overlaps_of(rule))
    assert bool(text) == bool(overlaps)
    assert all(part in text for part in overlaps), text


edges = st.lists(st.integers(-20, 20), min_size=1, max_size=3, unique=True).map(
    lambda e: sorted(e, reverse=True)
)


@given(edges, st.booleans(), st.sampled_from(["relative", "points", "absolute"]))
def test_a_cut_line_is_covered_once_and_a_pulled_edge_leaves_a_gap(
    cuts: list[int], upper: bool, basis: str
) -> None:
    names = ("blue", "green", "amber", "red")
    lows = [*cuts, None]
    highs = [None, *cuts]

    def band(n: int, pull: int = 0) -> Any:
        low, high = lows[n], highs[n]
        text = (None if low is None else str(low + pull), None if high is None else str(high))
        return Any((span(*text, "[)" if upper else "(]", basis),))  # type: ignore[arg-type]

    whole = reading(**{names[n]: band(n) for n in range(len(lows))})
    assert gaps_of(whole) == ()
    assert overlaps_of(whole) == ()
    pulled = reading(**{names[n]: band(n, pull=int(n == 0)) for n in range(len(lows))})
    assert len(gaps_of(pulled)) == 1
    assert overlaps_of(pulled) == ()
    pushed = reading(**{names[n]: band(n, pull=-int(n == 0)) for n in range(len(lows))})
    assert len(overlaps_of(pushed)) == 1
