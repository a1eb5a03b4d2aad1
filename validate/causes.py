"""Why a status may not match, in the order to suspect, and which of the causes can be ruled out and how."""

from __future__ import annotations

from collections.abc import Iterator

from normalise.records import Value
from validate.cases import Case
from validate.conditions import kinds_used, outcome
from validate.readings import Likelihood, condition_for, groups_of
from validate.scheme import Floor, Reading, Scheme, WithinTolerance
from validate.words import status_in_words, status_key, word_list

FEW = 2  # so many misfits may be true errors however small the report
SHARE_OF_ALL = (3, 10)  # more misfits than this share: rather the rule or a column was misread


def misread_rule(case: Case, likelihood: Likelihood | None) -> str:
    """Why the rule as read, or a column, is to be suspected before the report; empty where it is not.

    Many misfits at once, or a kind of case that mostly misfits, point to a misreading of the whole kind.
    """
    if likelihood is None:
        return ""
    own = set(groups_of(case))
    for name, decided, misfits in likelihood.groups:
        if name not in own or misfits <= FEW:
            continue
        part, whole = SHARE_OF_ALL
        if name == "all" and misfits * whole > decided * part:
            return (
                f"no reading of the rule explains {misfits} of the {decided} statuses, "
                "so the rule as read is in doubt"
            )
        placed = name.startswith(("page ", "section "))  # a column or a table may have been misread there
        if placed and misfits * whole > decided * part and decided > misfits:
            return (
                f"no reading of the rule explains {misfits} of the {decided} statuses of {name}, "
                "so what was read there is in doubt"
            )
        if name != "all" and misfits * 2 > decided:
            return (
                f"no reading of the rule explains {misfits} of the {decided} cases of this kind ({name}), "
                "so what was read is in doubt"
            )
    return ""


def unused_column(case: Case, scheme: Scheme) -> str:
    """Why a row's own tolerance or threshold, which the rule as read does not look at, may explain the status."""
    used = kinds_used(scheme)
    for value, name in ((case.tolerance, "tolerance"), (case.floor, "threshold")):
        if value is not None and not used & {WithinTolerance, Floor}:
            return (
                f"the row prints a {name} of its own ({value.printed}), which the rule as read does not use"
            )
    return ""


def unsure_words(case: Case) -> str:
    """Why the status word itself may be misread, empty where nothing says so."""
    signals = getattr(case.row, "signals", {})
    for field in (case.field, "good_is"):
        weak = [s for s in signals.get(field, ()) if any(w in s.lower() for w in word_list("weak_signals"))]
        if weak:
            name = "status" if field == case.field else "polarity"
            return f"the {name} was not read with certainty ({', '.join(weak).replace('_', ' ')})"
    return ""


def causes(case: Case, scheme: Scheme, likelihood: Likelihood | None) -> tuple[str, ...]:
    """The four usual causes, each with what could be said about it."""
    return (
        f"misread page: {'; '.join(_reading_of_page(case))}",
        f"another rule: {_other_rule(case, scheme, likelihood)}",
        f"own tolerance: {_own_tolerance(case)}",
        "wrong report: what is left if the other three are ruled out",
    )


def _reading_of_page(case: Case) -> Iterator[str]:
    values: list[tuple[str, Value | None]] = [("figure", case.figure), ("target", case.target)]
    for name, value in values:
        if value is None:
            continue
        signals = ", ".join(signal.replace("_", " ") for signal in value.signals)
        grade = "ruled out" if value.confidence == "high" else "not ruled out"
        yield f"{grade} for the {name} “{value.printed}” ({value.confidence} confidence" + (
            f": {signals})" if signals else ")"
        )
    if case.polarity is not None and case.notes:
        yield "; ".join(case.notes)


def _other_rule(case: Case, scheme: Scheme, likelihood: Likelihood | None) -> str:
    count = len(scheme.readings)
    tried = "its one reading was tried" if count == 1 else f"all {count} admissible readings were tried"
    text = tried
    if likelihood is not None and likelihood.scores:
        best = likelihood.scores[0]
        text += f", and the likely one explains {best.explained + best.borderline} of {best.decided} statuses"
        for other in likelihood.refuted:
            if _gives(other.reading, case):
                text += (
                    f"; read as “{other.reading.name}” it would fit, but then {other.worse} statuses "
                    "would not that do now, so the report cannot mean that"
                )
    words = _words_for(case, scheme)
    if words:
        named = " or ".join(f"“{word}”" for word in words)
        status = status_in_words(case.printed or "")
        text += f"; the rule gives {status} also for {named}, but this row prints figures"
    if scheme.not_understood:
        text += "; not understood: " + " / ".join(f"“{part}”" for part in scheme.not_understood)
    return text


def _words_for(case: Case, scheme: Scheme) -> tuple[str, ...]:
    """Ways to earn the printed status that are not figures."""
    key = status_key(case.printed or "")
    found = [w for r in scheme.readings for b in r.bands if status_key(b.status) == key for w in b.words]
    return tuple(dict.fromkeys(found))


def _gives(reading: Reading, case: Case) -> bool:
    condition = condition_for(reading, case.printed or "")
    return condition is not None and any(outcome(condition, w.facts).can_be_true for w in case.worlds)


def _own_tolerance(case: Case) -> str:
    if case.tolerance is not None:
        return f"ruled out where the rule uses it: the row prints its own ({case.tolerance.printed})"
    if case.floor is not None:
        return f"ruled out where the rule uses it: the row prints its own threshold ({case.floor.printed})"
    return "not ruled out: the report prints none for this row"
