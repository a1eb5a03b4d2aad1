"""The verdict on one printed status.

Only ``contradicted`` accuses, and only where no value inside the rounding gives the printed status under any
admissible reading, any polarity that is not printed, and any target that may be meant.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from normalise.records import Measure, Verdict
from validate.band_words import band_in_words
from validate.cases import Case, Row, StatusField, case_of
from validate.causes import causes, misread_rule, unsure_words, unused_column
from validate.conditions import outcome
from validate.provisos import Provisos
from validate.readings import Likelihood, condition_for, rated_bands, speaks_of
from validate.scheme import (
    NOT_PERCENTAGES,
    Condition,
    Reading,
    Scheme,
    changed,
    side_only,
)
from validate.sentences import arithmetic
from validate.trial import ANOTHER_READING, Trial
from validate.words import status_in_words, status_key, word_list


class StatusVerdict(Struct, frozen=True, dict=True):
    """What can be said about one printed status.

    ``reading`` is the likely one, or, for ``depends``, the one that gives the printed status. ``reason`` says why a
    verdict is no more than it is; ``message`` is one plain sentence. ``worded`` is the status that the row's own words
    earn; ``grounds`` are the case and the likely reading, from which the rest is told when it is asked for: most
    statuses are right, and of those few ask.
    """

    verdict: Verdict
    field: StatusField
    printed: str | None
    worded: tuple[str, ...] = ()
    rule: str = ""
    reading: str = ""
    reason: str = ""
    message: str = ""
    causes: tuple[str, ...] = ()
    grounds: tuple[Case, Reading] | None = None

    @cached_property
    def expected(self) -> tuple[str, ...]:
        """The statuses that the likely reading gives for the figures as printed, best first."""
        return self.worded if self.grounds is None else _expected(*self.grounds)

    @cached_property
    def arithmetic(self) -> str:
        """How figure and target lead to a status, and what the printed status would need."""
        return "" if self.grounds is None else arithmetic(*self.grounds)


def judge(
    row: Row | Case,
    scheme: Scheme | None,
    likelihood: Likelihood | None = None,
    field: StatusField = "status",
    dashboard: Measure | None = None,
    provisos: Provisos | None = None,
) -> StatusVerdict:
    """The verdict on a status of a row (or on a case made of one) by the rule.

    ``likelihood`` names the likely reading (without it: the first) and how well the rule fits the report;
    ``provisos`` is what the report says beside its rule.
    """
    case = row if isinstance(row, Case) else case_of(row, field, dashboard)
    found = _judge(case, scheme, likelihood, provisos or Provisos())
    return replace(found, message=_message(case, found))


def _judge(
    case: Case, scheme: Scheme | None, likelihood: Likelihood | None, provisos: Provisos
) -> StatusVerdict:
    bare = StatusVerdict("unverifiable", case.field, case.printed)
    reason = _not_judged(case, scheme)
    if reason or scheme is None or case.printed is None:
        return _by_words(case, scheme, replace(bare, reason=reason))
    scored = [score.reading for score in likelihood.scores] if likelihood else []
    others = scored or list(scheme.readings)
    reading = next((r for r in others if speaks_of(r, case)), others[0])
    bare = replace(
        bare,
        grounds=(case, reading),
        rule=scheme.rule or _rule_of(reading),
        reading=reading.name,
    )
    refuted = tuple(r.reading for r in likelihood.refuted) if likelihood else ()
    if reading in refuted:  # refuted by percentages, but the one that speaks of this other measure
        refuted = ()
    trial = Trial(case, case.printed, reading, tuple(r for r in others if r != reading), scheme, refuted)
    verdict, why, named = trial.verdict()
    found = replace(bare, verdict=verdict, reason=why, reading=named or bare.reading)
    if verdict != "contradicted":
        return found
    return _accused(case, scheme, likelihood, provisos, found)


def _accused(
    case: Case, scheme: Scheme, likelihood: Likelihood | None, provisos: Provisos, found: StatusVerdict
) -> StatusVerdict:
    """An accusation, after everything that speaks against making it."""
    found = replace(found, causes=causes(case, scheme, likelihood))
    doubt = unsure_words(case) or unused_column(case, scheme) or misread_rule(case, likelihood)
    doubt = doubt or _worded_for_high(case, scheme) or _only_in_points(case, scheme)
    doubt = doubt or provisos.exempts(case, scheme)
    if doubt:
        return replace(found, verdict="unverifiable", reason=doubt)
    if scheme.origin == "inferred":
        reason = "the report prints no rule; this one was inferred from its statuses"
        return replace(found, verdict="note", reason=reason)
    softened = case.tentative or provisos.another_rule(case)
    return replace(found, verdict="depends", reason=softened) if softened else found


def _worded_for_high(case: Case, scheme: Scheme) -> str:
    """Why a rule in shares or signed variances settles little where low is good."""
    low = any(world.facts.polarity == "low" for world in case.worlds)
    if not scheme.for_high or not low:
        return ""
    return f"the rule is {scheme.for_high}, which may be meant in several ways where low is good"


def _only_in_points(case: Case, scheme: Scheme) -> str:
    """Why a rule in percentage points may not hold for another measure, as long as its side of target is right."""
    if NOT_PERCENTAGES not in scheme.open_questions:
        return ""
    for world in case.worlds:
        if world.facts.percentage:
            continue
        for reading in scheme.readings:
            condition = condition_for(reading, case.printed or "")
            if condition is not None and outcome(changed(condition, side_only), world.facts).can_be_true:
                return "the rule is in percentage points and does not say how it measures others"
    return ""


def _not_judged(case: Case, scheme: Scheme | None) -> str:
    """Why nothing can be computed, empty where something can."""
    if case.printed is None:
        return case.reason or "no status is printed"
    key = status_key(case.printed)
    named = [b for r in (scheme.readings if scheme else ()) for b in r.bands if status_key(b.status) == key]
    if (key in word_list("not_judged") and not any(b.condition for b in named)) or any(
        not b.rated for b in named
    ):
        return f"“{status_in_words(case.printed)}” is no judgement of the figures"
    if scheme is None:
        return "the report prints no rule"
    if not scheme.usable:
        quoted = "; ".join(f"“{part}”" for part in scheme.not_understood)
        return "the rule could not be read" + (f": {quoted}" if quoted else "")
    if not named:
        return f"the rule names no status “{status_in_words(case.printed)}”"
    if case.reason:
        return case.reason
    if all(condition_for(reading, case.printed) is None for reading in scheme.readings):
        return f"the rule's words for {status_in_words(case.printed)} give nothing to compute"
    return ""


def _by_words(case: Case, scheme: Scheme | None, bare: StatusVerdict) -> StatusVerdict:
    """A status earned by words: a row that prints "Completed" under a rule that says so."""
    value = case.figure
    if scheme is None or value is None or value.value is not None or not value.printed:
        return bare
    said = status_key(value.printed)
    for reading in scheme.readings:
        for band in reading.bands:
            if status_key(band.status) == status_key(case.printed or "") and said in map(
                status_key, band.words
            ):
                reason = f"the rule gives {status_in_words(band.status)} for “{value.printed}”"
                return replace(
                    bare, verdict="supported", worded=(band.status,), reading=reading.name, reason=reason
                )
    return bare


def _expected(case: Case, reading: Reading) -> tuple[str, ...]:
    """The statuses that a reading can give for the figures as printed, best first."""
    statuses = dict.fromkeys(band.status for band in rated_bands(reading))
    conditions: list[tuple[str, Condition | None]] = [(s, condition_for(reading, s)) for s in statuses]
    return tuple(
        status
        for status, condition in conditions
        if condition is not None
        and any(outcome(condition, world.facts.as_printed).can_be_true for world in case.worlds)
    )


def _rule_of(reading: Reading) -> str:
    return "; ".join(f"{band.status}: {band_in_words(band.condition)}" for band in rated_bands(reading))


def _message(case: Case, found: StatusVerdict) -> str:
    """One plain sentence about the verdict."""
    name = status_in_words(found.printed or "none")
    what = "Forecast status" if case.field == "forecast_status" else "Status"
    named = f"{what} {name.removeprefix('status ')}"  # "Status 2"
    if found.verdict == "supported":
        return f"{named} follows: {found.reason}." if found.reason else f"{named} follows from the figures."
    if found.verdict == "unverifiable":
        return f"{named} cannot be checked: {found.reason}."
    expected = " or ".join(status_in_words(s) for s in found.expected)
    match found.verdict:
        case "contradicted":
            return f"{what} is printed {name}, but the report's own rule gives {expected or 'another'}."
        case "borderline":
            given = expected or "none"
            return f"{named} fits only within rounding; taken as printed, the figures give {given}."
        case "depends":
            given = expected or "none"
            if found.reason.startswith((ANOTHER_READING, "if ")):
                return f"{named} fits only {found.reason}; otherwise the figures give {given}."
            return f"{named} does not follow from the figures, which give {given}; but {found.reason}."
        case _:  # a note
            return f"{named} does not fit ({found.reason}); it would be {expected or 'another'}."
