"""Which admissible reading of a rule is the likely one: the one that explains most of the statuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from normalise.records import Measure
from validate.cases import Case
from validate.conditions import NOT_PERCENT, Outcome, needs_percentages, outcome, relevant
from validate.facts import Facts
from validate.scheme import Against, Any, Band, Basis, Condition, Reading, Scheme, Span, TrendIs, leaves
from validate.words import status_key
from validate.worlds import World

How = Literal["printed", "rounded", "no", "unknown", "not for it"]
NAMES_AT_MOST = 4
# A reading is ruled out when it fails so many statuses more than the likely one does, and at least so many for each that
# speaks for it: as many independent errors of the report, each of which happens to fit the likely reading.
REFUTED_BY = 3
REFUTED_TIMES = 4


class Score(Struct, frozen=True):
    """How many of ``decided`` statuses a reading explains: as printed, and others only within rounding."""

    reading: Reading
    explained: int
    borderline: int
    decided: int

    @property
    def total(self) -> int:
        return self.explained + self.borderline

    def __str__(self) -> str:
        more = f" and {self.borderline} within rounding" if self.borderline else ""
        return f"{self.reading.name}: {self.explained}{more} of {self.decided}"


class Refuted(Struct, frozen=True):
    """A reading that the report's own statuses rule out.

    It fails ``worse`` of those that the likely reading explains, and explains ``better`` that that one fails.
    """

    reading: Reading
    worse: int
    better: int


class Likelihood(Struct, frozen=True):
    """The readings with their counts, best first.

    ``groups`` counts, for each kind of case ("status amber", "low is good"), the decided ones and those that
    no reading explains.
    """

    scores: tuple[Score, ...]
    groups: tuple[tuple[str, int, int], ...] = ()
    refuted: tuple[Refuted, ...] = ()

    @property
    def likely(self) -> Reading | None:
        return self.scores[0].reading if self.scores else None

    @property
    def decided(self) -> int:
        return self.scores[0].decided if self.scores else 0

    @property
    def line(self) -> str:
        """ "relative: 55 of 55; points: 52 of 55"; of many readings, the best for each answer to the first
        question."""
        shown = list(self.scores)
        if len(shown) > NAMES_AT_MOST:
            best: dict[object, Score] = {}
            for score in shown:
                best.setdefault(score.reading.choices[:1], score)
            shown = list(best.values()) if len(best) > 1 else shown
        text = "; ".join(str(score) for score in shown[:NAMES_AT_MOST])
        left = len(self.scores) - len(shown[:NAMES_AT_MOST])
        return text + (f"; and {left} more" if left else "")


def likely_reading(scheme: Scheme, cases: Iterable[Case]) -> Likelihood:
    """Counts for each admissible reading how many printed statuses it explains.

    Ties go to the reading that explains more without the help of rounding, then to the order given.
    """
    found = [case for case in cases if not case.reason and not case.tentative]
    table = [_fairly([explains(reading, case) for reading in scheme.readings]) for case in found]
    judged = [
        (c, hows) for c, hows in zip(found, table, strict=True) if any(how != "unknown" for how in hows)
    ]
    columns = [[hows[i] for _, hows in judged] for i in range(len(scheme.readings))]
    once = [not _is_repeated(case) for case, _ in judged]
    scores = [
        Score(reading, column.count("printed"), column.count("rounded"), len(judged))
        for reading, column in zip(scheme.readings, columns, strict=True)
    ]
    order = sorted(range(len(scores)), key=lambda i: (-scores[i].total, -scores[i].explained))
    decided: Counter[str] = Counter()
    misfits: Counter[str] = Counter()
    for case, hows in judged:
        if _is_repeated(case):
            continue
        decided.update(groups_of(case))
        if not {"printed", "rounded"} & set(hows):
            misfits.update(groups_of(case))
    return Likelihood(
        tuple(scores[i] for i in order),
        tuple((name, decided[name], misfits[name]) for name in sorted(decided)),
        tuple(_refuted([(scores[i].reading, list(compress(columns[i], once))) for i in order])),
    )


def _is_repeated(case: Case) -> bool:
    """Whether the dashboard's own row of this measure counts already."""
    return case.dashboard is not None and getattr(case.dashboard, case.field) == case.printed


def _fairly(hows: list[How]) -> list[How]:
    """A reading in percentage points says nothing of other measures: there it does as well as the best."""
    grades: tuple[How, ...] = ("printed", "rounded", "no")
    best: How = next((how for how in grades if how in hows), "unknown")
    return [best if how == "not for it" else how for how in hows]


def _refuted(columns: list[tuple[Reading, list[How]]]) -> Iterator[Refuted]:
    """The readings that measure on another basis and so fail so many of the statuses that the report cannot
    mean them. A report measures in one way; on an edge or a side its habits settle nothing.
    See docs/decisions/0007."""
    if not columns:
        return
    likely = columns[0][1]
    basis = _bases(columns[0][0])
    fits = ("printed", "rounded")
    for reading, column in columns[1:]:
        if _bases(reading) == basis:
            continue
        pairs = list(zip(likely, column, strict=True))
        worse = sum(a in fits and b == "no" for a, b in pairs)
        better = sum(a == "no" and b in fits for a, b in pairs)
        if worse - better >= REFUTED_BY and worse >= REFUTED_TIMES * better:
            yield Refuted(reading, worse, better)


def _bases(reading: Reading) -> frozenset[Basis]:
    """The bases on which a reading measures distances from target."""
    return frozenset(
        part.basis
        for band in reading.bands
        if band.condition is not None
        for part in leaves(band.condition)
        if isinstance(part, Span) and (part.low or part.high)
    )


def groups_of(case: Case) -> Iterator[str]:
    """The kinds a case is of. A kind that fits badly as a whole was probably misread as a whole."""
    yield "all"
    yield f"status {status_key(case.printed or '')}"
    yield f"field {case.field}"
    yield f"{case.polarity or 'no polarity'} is good"
    if isinstance(case.row, Measure):
        yield f"page {case.row.page}, {case.field}"
        if case.row.section:
            yield f"section {case.row.section}"
    if case.worlds:
        yield "percentages" if case.worlds[0].facts.percentage else "figures other than percentages"


def condition_for(reading: Reading, status: str) -> Condition | None:
    """When a reading gives ``status``; None where it does not name it or its words compute to nothing."""
    if status not in reading.known:
        reading.known[status] = _condition_for(reading, status_key(status))
    return reading.known[status]


def _condition_for(reading: Reading, key: str) -> Condition | None:
    bands = [band for band in reading.bands if status_key(band.status) == key and band.rated]
    conditions = [band.condition for band in bands if band.condition is not None]
    if not conditions or len(conditions) < len(bands):
        return None
    return conditions[0] if len(conditions) == 1 else Any(tuple(conditions))


def rated_bands(reading: Reading) -> list[Band]:
    """The bands whose statuses judge the figures."""
    return [band for band in reading.bands if band.rated]


def explains(reading: Reading, case: Case) -> How:
    """Whether a reading gives the printed status in all worlds of the case."""
    condition = condition_for(reading, case.printed or "")
    if condition is None or not case.worlds:
        return "unknown"
    if all(outcome(condition, world.facts.as_printed).surely_true for world in case.worlds):
        return "printed"  # the printed figure is one of those that may be meant, so no more needs to be asked
    wide = [outcome(condition, world.facts) for world in case.worlds]
    if not all(map(_for_it, wide)):
        return "not for it"
    if all(found.can_be_true for found in wide):
        return "rounded"
    if any(found.can_be_unknown for found in wide):
        return "unknown"
    return "no" if not any(found.can_be_true for found in wide) else "unknown"


def applies(reading: Reading, status: str, facts: Facts) -> bool:
    """False for a reading in percentage points that meets a measure that is no percentage."""
    condition = condition_for(reading, status)
    if condition is None:
        return True
    return _for_it(outcome(condition, facts))


def _for_it(found: Outcome) -> bool:
    return found.can_be_true or found.can_be_false or set(found.missing) != {NOT_PERCENT}


def speaks_of(reading: Reading, case: Case) -> bool:
    """Whether none of a reading's bands asks percentage points of a measure that is no percentage."""
    spans = [
        (part, world.facts)
        for world in case.worlds
        for band in reading.bands
        if band.condition is not None
        for part in relevant(band.condition, world.facts)
        if isinstance(part, (Span, Against))
    ]
    return not any(needs_percentages(part, facts) for part, facts in spans)


def other_trend(scheme: Scheme, world: World) -> World | None:
    """The same world compared with last year, where the rule does not say which earlier figure it means."""
    facts = world.facts
    if facts.previous is None or facts.last_year is None or facts.previous == facts.last_year:
        return None
    parts = [
        part
        for reading in scheme.readings
        for band in reading.bands
        if band.condition is not None
        for part in leaves(band.condition)
        if isinstance(part, TrendIs) or (isinstance(part, Against) and part.to != "benchmark")
    ]
    if not parts or any(_says_which(part) for part in parts):
        return None
    swapped = replace(facts, previous=facts.last_year)
    return World(swapped, "if the comparison is with last year")


def _says_which(part: TrendIs | Against) -> bool:
    return part.to != "earlier" if isinstance(part, Against) else part.against is not None
