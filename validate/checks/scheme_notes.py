"""The rule itself: what it leaves out, what it names twice, and statuses that it does not name."""

from __future__ import annotations

from collections.abc import Iterator

from normalise.records import Finding
from normalise.statuses import is_rated
from validate.checks.check import Check
from validate.checks.evidence import Evidence, name_of, place
from validate.provisos import SAYS
from validate.rule_reader import BASIS, TOLERANCE
from validate.rules.gaps import FAR_BETTER
from validate.scheme import NOT_PERCENTAGES
from validate.words import status_in_words, status_key


def _note(check: Check, evidence: Evidence, sentence: str, arithmetic: str = "") -> Finding:
    """A finding about the rule, placed where the rule stands."""
    scheme = evidence.scheme
    spot = evidence.rule_sources[0] if evidence.rule_sources else None
    page = spot.page if spot else scheme.page if scheme else None
    plain = sentence[:1].upper() + sentence[1:]
    return Finding(
        kind=check.kind,
        verdict="note",
        page=page,
        bbox=spot.bbox if spot else None,
        field="scheme",
        arithmetic=arithmetic,
        rule=scheme.rule if scheme else "",
        message=plain if plain.endswith((".", "?")) else plain + ".",
        causes=("Rule: the words may say more in a place that was not read as the rule.",),
        sources=evidence.rule_sources[1:],
    )


class SchemeGap(Check):
    kind = "scheme-gap"
    title = "The rule leaves something open"
    fields = ("scheme",)
    accuses = False
    compares = (
        "The words of the rule with each other: figures to which no status belongs, questions that the "
        "words do not answer, and what the report says elsewhere of measures that have a rule of their own."
    )
    matters = "Two honest officers can then give one figure two different lights."
    silent = "No rule was found, or it could not be read."
    example = (
        "Blue above 2% of target and Green meets target: what is 1% above? And is “within 5%” per cent of "
        "target, or percentage points?"
    )

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        scheme = evidence.scheme
        if scheme is None or scheme.origin == "inferred":
            return
        for gap in scheme.gaps:
            yield _note(self, evidence, gap)
        for question in scheme.open_questions:
            if not any(question in gap for gap in scheme.gaps):
                yield _note(self, evidence, _asked(question), evidence.likelihood)
        yield from self._limited(evidence)

    def _limited(self, evidence: Evidence) -> Iterator[Finding]:
        """What the report says beside its rule, where a status that does not follow from it may rest on that."""
        spared: dict[str, list[str]] = {}
        for judged in evidence.judged:
            if judged.found.reason.startswith(SAYS):
                spared.setdefault(judged.found.reason, []).append(name_of(judged.row))
        for words, rows in spared.items():
            count = f"{len(rows)} status{'es' if len(rows) > 1 else ''}"
            rest = f"; {count} that the rule does not give could not be checked ({', '.join(dict.fromkeys(rows))})"
            yield _note(self, evidence, words + rest)


_ASKED = {
    BASIS: "The rule does not say whether its percentages are shares of the target or percentage points",
    NOT_PERCENTAGES: "The rule does not say how it goes for measures that are no percentages",
    TOLERANCE: "The rule does not say whether a tolerance is per cent of the target or in the measure's own unit",
    FAR_BETTER: "The rule does not say whether a figure far better than target counts as off target",
}


def _asked(question: str) -> str:
    """A question that the rule leaves open, as a sentence."""
    if question in _ASKED:
        return _ASKED[question]
    if "earlier figure" in question:
        return f"The rule does not say which status goes with {question}"
    return f"The rule does not say which status a figure {question} has"


class SchemeOverlap(Check):
    kind = "scheme-overlap"
    title = "The rule gives one figure two statuses"
    fields = ("scheme",)
    accuses = False
    compares = "The words of the rule with each other: figures to which two statuses belong."
    matters = "Either light can be defended, so neither says much."
    silent = "No rule was found, or it could not be read."
    example = "Green within 5% of target, Amber between 3% and 10% below target."

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        scheme = evidence.scheme
        if scheme is not None and scheme.origin != "inferred":
            for overlap in scheme.overlaps:
                yield _note(self, evidence, overlap)


class StatusUndefined(Check):
    kind = "status-undefined"
    title = "A status is used that the rule does not define"
    fields = ("status",)
    accuses = False
    compares = "The statuses printed in the tables with those that the rule names."
    matters = "A reader cannot know what the light means."
    silent = "No rule was found; the status judges nothing (Annual, N/A)."
    example = "Purple in a dashboard whose key explains Green, Amber and Red."

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        defined = {status_key(entry.status) for entry in evidence.report.scheme}
        if evidence.scheme is not None:
            defined |= {status_key(s) for s in evidence.scheme.statuses}
        if len(defined) < 2:
            return
        told: set[str] = set()
        for row, field, status in evidence.statuses():
            key = status_key(status)
            if key in defined or key in told or not is_rated(status):
                continue
            told.add(key)
            uses = sum(status_key(s) == key for _, _, s in evidence.statuses())
            word = status_in_words(status)
            named = ", ".join(sorted(defined))
            spot = place(row, field)[0]
            yield Finding(
                kind=self.kind,
                verdict="note",
                page=spot.page,
                bbox=spot.bbox,
                code=row.code,
                title=row.title,
                field=field,
                printed=status,
                status=status,
                arithmetic=f"printed {uses} time{'s' if uses > 1 else ''}; the rule names {named}",
                rule=evidence.scheme.rule if evidence.scheme else "",
                message=f"The status {word} is used, but the printed rule does not say what it means.",
                causes=(
                    "Misreading: the word may have been read wrongly where it is used once only."
                    if uses == 1
                    else "Misreading: unlikely, since the word is printed more than once.",
                    "Rule: it may be explained in a place that was not read as the rule.",
                ),
                sources=evidence.rule_sources,
            )
