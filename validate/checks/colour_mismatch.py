"""The printed status word against the colour of its cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from normalise.records import Finding, Measure
from normalise.statuses import colours_agree, is_rated, read_status, status_from_colour
from validate.cases import StatusField
from validate.checks import causes
from validate.checks.check import Check
from validate.checks.evidence import STATUS_FIELDS, Evidence, name_of, place
from validate.words import status_in_words

OWN_COLOUR = 3  # cells from which the colour of a word can be learnt
OTHER_COLOUR = 2  # cells that must show the other word in the colour in question
STEADY = 0.8  # the share of a word's cells that must have its colour


class ColourMismatch(Check):
    kind = "colour-mismatch"
    title = "The word of a status and the colour of its cell differ"
    fields = STATUS_FIELDS
    accuses = True
    compares = (
        "The status word in a cell with the cell's colour. Which colour belongs to which word is learnt from"
        " all the other cells of the same report."
    )
    matters = (
        "Many readers see only the colour, and those who print in grey or cannot tell red from green see only"
        " the word."
    )
    silent = (
        "The cell prints no word or has no colour; the colour is not clearly that of another status; the "
        "report's other cells do not pair words and colours steadily."
    )
    example = "The word Amber in a cell of the same green as all the Green ones."

    def find(self, evidence: Evidence) -> Iterator[Finding]:
        cells = list(_cells(evidence))
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        for _, _, status, colour in cells:
            seen[status][colour] += 1
        used = frozenset(seen)
        for measure, field, status, colour in cells:
            shown = status_from_colour(colour, used=used)
            if (
                shown is None
                or shown == status
                or shown not in seen
                or colours_agree(status, colour) is not False
            ):
                continue
            rest = seen[status] - Counter([colour])
            if _steady(rest, status, used, OWN_COLOUR) and _steady(seen[shown], shown, used, OTHER_COLOUR):
                yield self._finding(measure, field, status, shown, colour, seen)

    def _finding(
        self,
        measure: Measure,
        field: StatusField,
        status: str,
        shown: str,
        colour: str,
        seen: dict[str, Counter[str]],
    ) -> Finding:
        spot = place(measure, field)[0]
        word, light = status_in_words(status), status_in_words(shown)
        others = sum(seen[status].values()) - seen[status][colour]
        learnt = sum(sum(colours.values()) for colours in seen.values())
        return Finding(
            kind=self.kind,
            verdict="contradicted",
            page=spot.page,
            bbox=spot.bbox,
            code=measure.code,
            title=measure.title,
            field=field,
            printed=status,
            expected=(shown,),
            arithmetic=(
                f"the cell is #{colour.lstrip('#').lower()}, as are {seen[shown][colour]} {light} cells; "
                f"{others} other {word} cells have another colour"
            ),
            message=f"{name_of(measure)}: the cell says {word} but is coloured {light}.",
            causes=(
                causes.reading_of((measure, (field,))),
                f"Rule: which colour goes with which word is learnt from {learnt} cells.",
                causes.REPORT,
            ),
        )


def _cells(evidence: Evidence) -> Iterator[tuple[Measure, StatusField, str, str]]:
    """Every status cell whose word was read as a word and which has a colour."""
    for measure in evidence.report.measures:
        for field in STATUS_FIELDS:
            status, colour = getattr(measure, field), measure.colours.get(field)
            if status is None or not colour or not is_rated(status):
                continue
            word = read_status(measure.printed.get(field, ""))
            if word is not None and word.status == status:
                yield measure, field, status, colour


def _steady(colours: Counter[str], status: str, used: frozenset[str], least: int) -> bool:
    """Do most cells with this word have a colour that reads as this word?"""
    own = sum(n for colour, n in colours.items() if status_from_colour(colour, used=used) == status)
    return own >= least and own >= STEADY * sum(colours.values())
