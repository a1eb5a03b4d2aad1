"""One printed status before its rule: what the likely reading gives, then what any admissible one can.

Only what no reading gives, for no value within the rounding, is contradicted; all that may speak for the status is asked
first.
"""

from __future__ import annotations

from msgspec import Struct

from normalise.records import Verdict
from validate.cases import Case
from validate.conditions import NO_POLARITY, Outcome, outcome
from validate.facts import Facts
from validate.readings import applies, condition_for, other_trend, rated_bands
from validate.scheme import Any, Reading, Scheme, any_if_about, changed
from validate.worlds import World

ANOTHER_READING = "under another reading of the rule"


class Trial(Struct, frozen=True):
    """A case before its rule: the likely reading first, then the other admissible ones."""

    case: Case
    printed: str
    likely: Reading
    others: tuple[Reading, ...]
    scheme: Scheme
    refuted: tuple[Reading, ...] = ()

    def verdict(self) -> tuple[Verdict, str, str]:
        """Verdict, reason, and the reading that a ``depends`` rests on."""
        at_point = [self._gives(self.likely, w.facts.as_printed) for w in self.case.worlds]
        if all(found.surely_true for found in at_point):
            return "supported", self.case.tentative, ""
        wide = [self._gives(self.likely, w.facts) for w in self.case.worlds]
        if all(found.can_be_true for found in wide):
            return self._within_rounding()
        for reading in self.others:
            if reading in self.refuted:
                continue
            if all(self._gives(reading, w.facts).can_be_true for w in self.case.worlds):
                return "depends", self._how(reading), reading.name
        return self._without_support()

    def _within_rounding(self) -> tuple[Verdict, str, str]:
        figure = self.case.worlds[0].facts.figure
        if figure.point is None:
            return "unverifiable", "the figure is printed as a bound or a range", ""
        return "borderline", "some value inside the rounding gives it, the printed one does not", ""

    def _how(self, reading: Reading) -> str:
        printed = all(self._gives(reading, w.facts.as_printed).can_be_true for w in self.case.worlds)
        answers = {q: a for q, a in reading.choices if (q, a) not in self.likely.choices}
        differs = "; ".join(f"{q}: {a}" for q, a in answers.items()) or reading.name
        return f"{ANOTHER_READING} ({differs})" + ("" if printed else ", and within rounding")

    def _without_support(self) -> tuple[Verdict, str, str]:
        """No reading gives the printed status in all worlds: is there one that gives it at all?"""
        missing: dict[str, None] = {}
        some = False
        for world in self.case.worlds:
            for reading in self._applicable(world):
                found = self._gives(reading, world.facts)
                some |= found.can_be_true
                missing |= dict.fromkeys(found.missing)
        if some and len(self.case.worlds) > 1:
            polarities = {w.facts.polarity for w in self.case.worlds}
            reason = NO_POLARITY if len(polarities) > 1 else self.case.worlds[0].supposed
            return "unverifiable", reason, ""
        if missing or some:
            return "unverifiable", "; ".join(missing) or "the row does not settle it", ""
        for world in (*self.case.others, *self._other_trends()):
            for reading in self._applicable(world):
                found = self._gives(reading, world.facts)
                if found.can_be_true or found.can_be_unknown:
                    return "depends", world.supposed, reading.name
        if self.case.strict_target and self._touches_target():
            return "unverifiable", "the target's sign leaves out the target itself", ""
        gap = self._gap()
        if gap:
            return "unverifiable", gap, ""
        if self._hardly_changed():
            return "unverifiable", "how much change the rule still takes for none is not said", ""
        return "contradicted", "", ""

    def _applicable(self, world: World) -> list[Reading]:
        """The readings that this measure's unit allows; all of them where none does."""
        readings = [r for r in (self.likely, *self.others) if r not in self.refuted]
        return [r for r in readings if applies(r, self.printed, world.facts)] or readings

    def _other_trends(self) -> list[World]:
        found = [other_trend(self.scheme, world) for world in self.case.worlds]
        return [world for world in found if world is not None]

    def _hardly_changed(self) -> bool:
        """Whether the printed status would follow if the change from the earlier figure counted as none."""
        return any(
            self._gives_if_unchanged(reading, world)
            for world in self.case.worlds
            for reading in self._applicable(world)
        )

    def _gives_if_unchanged(self, reading: Reading, world: World) -> bool:
        condition = condition_for(reading, self.printed)
        if condition is None:
            return False
        loosened = changed(condition, any_if_about)
        return loosened != condition and outcome(loosened, world.facts).can_be_true

    def _touches_target(self) -> bool:
        facts = self.case.worlds[0].facts
        return facts.target is not None and facts.target in facts.figure

    def _gap(self) -> str:
        """A figure for which some reading may name no status at all can hardly have the wrong one."""
        for world in self.case.worlds:
            facts = world.facts.as_printed.with_any_earlier()
            for reading in self._applicable(world):
                any_band = Any(tuple(b.condition for b in rated_bands(reading) if b.condition is not None))
                if outcome(any_band, facts).can_be_false:
                    return f"the rule, read as “{reading.name}”, names no status for this figure"
        return ""

    def _gives(self, reading: Reading, facts: Facts) -> Outcome:
        condition = condition_for(reading, self.printed)
        if condition is None:
            return Outcome(False, False, ("the rule's words for it give nothing to compute",))
        return outcome(condition, facts)
