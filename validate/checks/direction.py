"""The direction arrow against the two figures it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from normalise.records import Finding, Measure, Value, Verdict
from validate.arrows import Compared, Legend, Meaning, compared_with
from validate.checks import causes
from validate.checks.check import Check
from validate.checks.evidence import Evidence, doubtful, extra_by_role, misread, name_of, place, polarity
from validate.checks.figures import Move, comparable, moves, plain, relative_change
from validate.counts import headings_of, is_count

ENOUGH = 8  # testable arrows from which a report's practice may tell what they compare with
BORNE_OUT = Decimal("0.9")  # the share of them that must fit
FEW = 2  # so many misfits may be true errors however small the table
SUSPECT = Decimal("0.3")  # a larger share of misfits rather says that a column or the key was misread
TINY = Decimal(2)  # per cent; some reports call so small a change "no change" without saying so
JUDGES = "words-of-merit"  # the signal of a direction that was told from words or faces

_TURNED: dict[Move, Move] = {"up": "down", "down": "up", "level": "level"}
_SAYS: dict[Move, str] = {"up": "up", "down": "down", "level": "no change"}


class Tested(Struct, frozen=True):
    """One arrow beside two figures: the moves that the figures allow under each admissible meaning."""

    measure: Measure
    now: Value
    then: Value
    printed: Move
    allowed: dict[Meaning, frozenset[Move]]
    sure_polarity: bool

    @property
    def fits(self) -> bool:
        return any(self.printed in a for a in self.allowed.values())


class Arrows(Struct, frozen=True, dict=True):
    """All arrows of a report that can be set against figures, and how sure the comparison is."""

    evidence: Evidence

    @property
    def legend(self) -> Legend:
        return self.evidence.legend

    @cached_property
    def tested(self) -> tuple[Tested, ...]:
        found = (test_arrow(m, self.legend) for m in self.evidence.report.measures)
        return tuple(t for t in found if t)

    @cached_property
    def practice(self) -> tuple[int, int]:
        """How many arrows fit the two figures, of how many for which the figures allow one way only."""
        telling = [t for t in self.tested if len({m for a in t.allowed.values() for m in a}) == 1]
        return sum(t.fits for t in telling), len(telling)

    @cached_property
    def borne_out(self) -> bool:
        fits, of = self.practice
        return of >= ENOUGH and fits >= BORNE_OUT * of

    def many_misfits(self, measure: Measure) -> bool:
        """Do so many arrows of the report, or of this row's section or page, not fit that we may have misread them?"""
        groups: list[Callable[[Measure], object]] = [
            lambda m: None,
            lambda m: (m.page, m.section),
            lambda m: m.page,
        ]
        for group in groups:
            near = [t for t in self.tested if group(t.measure) == group(measure)]
            misfits = sum(not t.fits for t in near)
            if misfits > FEW and misfits > SUSPECT * len(near):
                return True
        return False

    def comparison(self, measure: Measure) -> bool | None:
        """Does the arrow compare with this row's earlier figure? None: the words do not settle it."""
        heading = measure.column_headings.get("previous", "")
        label: Compared | None = (
            compared_with(heading, self.evidence.report.report.period) if heading else None
        )
        said = self.legend.compared
        if len(said) > 1:
            return None
        if not said or label is None:
            return None
        return label in said


def test_arrow(measure: Measure, legend: Legend) -> Tested | None:
    """The arrow of a row with what its figures allow; None where it cannot be tested."""
    now, then = measure.actual, measure.previous
    if measure.direction not in ("up", "down", "level") or now is None or then is None:
        return None
    if not legend.meanings or not comparable(now, then) or misread(measure, "actual", "previous"):
        return None
    if legend.meanings == {"movement"} and JUDGES in measure.signals.get("direction", ()):
        return None  # a face or "Improving" judges, whatever the report says of its arrows
    count = is_count(measure.title, (now, then, measure.target), headings_of(measure), percent_signs=True)
    figure_moves = moves(now, then, (measure.target,), count=count)
    good, sure = polarity(measure)
    allowed: dict[Meaning, frozenset[Move]] = {}
    for meaning in legend.meanings:
        if meaning == "movement" or good == "high":
            allowed[meaning] = figure_moves
        elif good == "low":
            allowed[meaning] = frozenset(_TURNED[m] for m in figure_moves)
        else:
            allowed[meaning] = figure_moves | {_TURNED[m] for m in figure_moves}
    return Tested(measure, now, then, measure.direction, allowed, sure or legend.meanings == {"movement"})


class DirectionContradicted(Check):
    kind = "direction-contradicted"
    title = "The arrow points another way than the figures moved"
    fields = ("direction",)
    accuses = True
    compares = (
        "The direction arrow of a row with this period's figure and the earlier figure beside it. What an "
        "arrow up means (performance better, or the figure higher) and which period it compares with are "
        "read from the report's own words."
    )
    matters = "The arrow is the quickest thing to read in a dashboard, and it is often set by hand."
    silent = (
        "No earlier figure is printed; the words name another period than the column; rounding leaves the "
        "arrow's way open; the meaning of the arrow or the polarity is open and one admissible answer fits. "
        "Where neither words nor the other arrows tell which figures are compared, or the change is under 2%"
        " and the arrow says no change, it is told but not held against the report."
    )
    example = "51.8% after 48.9%, high is good, and an arrow down in a report whose key says ▲ means better."

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        arrows = Arrows(evidence)
        for tested in arrows.tested:
            if not tested.fits:
                finding = self._judge(tested, arrows)
                if finding:
                    yield finding

    def _judge(self, tested: Tested, arrows: Arrows) -> Finding | None:
        """The finding on an arrow that does not fit its figures; None where that proves nothing at all."""
        measure, legend = tested.measure, arrows.legend
        compares = arrows.comparison(measure)
        change = relative_change(tested.now, tested.then)
        if (
            compares is False
            or fits_another(measure, tested, legend)
            or within_tolerance(tested, legend, change)
        ):
            return None
        verdict, doubt = self._doubt(tested, arrows, compares, change)
        return self._finding(tested, arrows, verdict, doubt)

    def _doubt(
        self, tested: Tested, arrows: Arrows, compares: bool | None, change: Decimal | None
    ) -> tuple[Verdict, str]:
        """The verdict, and what speaks against holding the arrow against the report."""
        measure = tested.measure
        if doubtful(measure, "direction", "actual", "previous"):
            return "unverifiable", "The arrow or a figure was not read with certainty."
        if any(v.role == "direction" for v in measure.extra.values()):
            return "unverifiable", "The row has a second arrow, and it is not certain which of them is meant."
        if arrows.many_misfits(measure):
            return (
                "unverifiable",
                "So many arrows of this table do not fit that a column may have been misread.",
            )
        small = tested.printed == "level" and change is not None and abs(change) < TINY
        if tested.now.value == tested.then.value or small:
            return (
                "borderline",
                "The change is so small that unprinted decimals or a tolerance may explain it.",
            )
        if not tested.sure_polarity:
            return "depends", "It depends on whether high or low is good, which the row does not print."
        if compares is None and not arrows.borne_out:
            return "depends", "It depends on what the arrow compares with, which the report does not settle."
        return "contradicted", ""

    def _finding(self, tested: Tested, arrows: Arrows, verdict: Verdict, doubt: str) -> Finding:
        measure, legend = tested.measure, arrows.legend
        good, _ = polarity(measure)
        spot = place(measure, "direction")[0]
        expected = tuple(sorted({m for a in tested.allowed.values() for m in a}))
        change = relative_change(tested.now, tested.then)
        moved = "" if change is None else f": {plain(change):>s}%"
        good_words = f", {good} is good" if good else ""
        arithmetic = f"{tested.now.printed} after {tested.then.printed}{good_words}{moved}"
        fits, of = arrows.practice
        said = (
            "the report's words tell what the arrow means."
            if legend.rule
            else "the report prints no key to its arrows; no usual meaning fits."
        )
        practice = f" {fits} of {of} arrows fit the figures beside them." if of else ""
        return Finding(
            kind=self.kind,
            verdict=verdict,
            page=spot.page,
            bbox=spot.bbox,
            code=measure.code,
            title=measure.title,
            field="direction",
            printed=tested.printed,
            expected=expected,
            arithmetic=arithmetic,
            rule=legend.rule,
            message=(
                f"{name_of(measure)}: the arrow shows {_SAYS[tested.printed]}, but the figure went "
                f"from {tested.then.printed} to {tested.now.printed}"
                + (f", and {good} is good." if good else ".")
                + (f" {doubt}" if doubt else "")
            ),
            causes=(
                causes.reading_of((measure, ("actual", "previous", "direction"))),
                causes.rule_of(said + practice),
                causes.REPORT if verdict == "contradicted" else doubt,
            ),
            sources=(*place(measure, "actual", "previous"), *legend.sources),
        )


def within_tolerance(tested: Tested, legend: Legend, change: Decimal | None) -> bool:
    """Does the report's own tolerance for "no change" leave this arrow standing, as per cent or as points?"""
    if legend.tolerance is None or tested.now.value is None or tested.then.value is None:
        return False
    small = abs(tested.now.value - tested.then.value) <= legend.tolerance
    return small or (change is not None and abs(change) <= legend.tolerance)


def fits_another(measure: Measure, tested: Tested, legend: Legend) -> bool:
    """Does the arrow fit another earlier figure of the row, where no words say which one is meant?"""
    if legend.compared and measure.column_headings.get("previous"):
        return False
    for role in ("last_year", "other_period"):
        for value in extra_by_role(measure, role):
            other = measure.model_copy(update={"previous": value})
            again = test_arrow(other, legend)
            if again and again.fits:
                return True
    return False
