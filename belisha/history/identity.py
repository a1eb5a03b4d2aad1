"""Which rows of an organisation's reports are one measure.

In order: what people have settled, the code, codes stated beside or formerly, the same title where one code
has gone, and a like title where an earlier figure that the later report prints is the one printed then.
Whatever is less certain is proposed and not merged. Reports are taken in the order of publication, whatever
order they were added in, so the answer depends only on what the history holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from belisha.history.claims_of_past import Told, told_of_past
from belisha.history.moments import Moment
from belisha.history.settled import Settled
from belisha.history.vintages import Vintage
from normalise.records import Measure, Value
from validate.checks.figures import agreement, comparable
from validate.checks.pairing import code_key, likeness, title_key

RENAMED = 0.6  # likeness of titles that is enough where the figures agree
UNLIKE = 0.35  # below this one code over two titles may be two measures
ALIKE = 0.8  # likeness that is worth a proposal without any figure
CLOSE = 0.08  # two candidates nearer to each other than this are not told apart
_WEAK_CODE = re.compile(r"\d{0,3}[a-z]?|[ivx]{1,4}")  # running numbers and letters: new in every report


class Appearance(Struct, frozen=True):
    """One row of a report as a member of a series."""

    vintage: Vintage
    row: int
    measure: Measure


class Series(Struct):
    """All appearances of one measure, in the order of publication."""

    appearances: list[Appearance] = field(default_factory=list)
    actuals: dict[Moment, Value] = field(default_factory=dict)

    @property
    def latest(self) -> Measure:
        return self.appearances[-1].measure

    @property
    def codes(self) -> list[str]:
        """Its codes as printed, the first first; codes that only differ in spacing once."""
        found = [a.measure.code for a in self.appearances if a.measure.code]
        return list({code_key(code): code for code in reversed(found)}.values())[::-1]

    @property
    def titles(self) -> list[str]:
        """Its titles as printed, the first first."""
        found = [a.measure.title for a in self.appearances]
        return list({title_key(title): title for title in reversed(found)}.values())[::-1]

    @property
    def faces(self) -> list[Measure]:
        """One row for every code and title that it has had."""
        return list({(a.measure.code, a.measure.title): a.measure for a in self.appearances}.values())

    def add(self, vintage: Vintage, row: int) -> None:
        measure = vintage.report.measures[row]
        self.appearances.append(Appearance(vintage, row, measure))
        if vintage.moment is not None and measure.actual is not None:
            self.actuals[vintage.moment] = measure.actual


class Proposal(Struct, frozen=True):
    """Two series that may be one measure, and why that is not certain."""

    one: Series
    other: Series
    reason: str


class Identities(Struct):
    """The series of an organisation, in order of first appearance, and what could not be settled."""

    series: list[Series] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)


class _Candidate(Struct, frozen=True):
    tier: int  # 0 is surest; PROPOSED and above do not merge
    score: float
    row: int
    series: int
    reason: str


_SETTLED, _CODE, _STATED, _TITLE, _FIGURES, _PROPOSED = range(6)


def identify(vintages: Sequence[Vintage], settled: Settled) -> Identities:
    """Gather the rows of all vintages (in order of publication) into series."""
    found = Identities()
    for vintage in vintages:
        told = told_of_past(vintage)
        candidates = list(_candidates(found, vintage, told, settled))
        taken_rows: dict[int, int] = {}
        taken_series: set[int] = set()
        proposed: list[_Candidate] = []
        for one in sorted(candidates, key=lambda c: (c.tier, -c.score, c.row, c.series)):
            if one.row in taken_rows or one.series in taken_series:
                continue
            if one.tier == _PROPOSED or _rivalled(one, candidates, taken_rows, taken_series):
                proposed.append(one)
                continue
            taken_rows[one.row] = one.series
            taken_series.add(one.series)
        for row in range(len(vintage.report.measures)):
            number = taken_rows.get(row)
            if number is None:
                number = len(found.series)
                found.series.append(Series())
                taken_rows[row] = number
            found.series[number].add(vintage, row)
        for one in proposed:
            if one.series not in taken_series and taken_rows[one.row] != one.series:
                _propose(found, one.series, taken_rows[one.row], one.reason)
    _drop_outdated(found)
    return found


def _propose(found: Identities, one: int, other: int, reason: str) -> None:
    first, second = found.series[one], found.series[other]
    if not any({id(p.one), id(p.other)} == {id(first), id(second)} for p in found.proposals):
        found.proposals.append(Proposal(first, second, reason))


def _drop_outdated(found: Identities) -> None:
    """Two series that later stand side by side in one report are two measures after all."""

    def readings(series: Series) -> set[str]:
        return {a.vintage.reading for a in series.appearances}

    found.proposals = [p for p in found.proposals if not readings(p.one) & readings(p.other)]


def _rivalled(
    one: _Candidate, candidates: Iterable[_Candidate], rows: dict[int, int], series: set[int]
) -> bool:
    """Is there another candidate of the same kind that is about as good? Codes and settled ones need not care."""
    if one.tier in (_SETTLED, _CODE):
        return False
    return any(
        other is not one
        and other.tier == one.tier
        and (other.row == one.row) != (other.series == one.series)
        and other.row not in rows
        and other.series not in series
        and one.score - other.score < CLOSE
        for other in candidates
    )


def _candidates(
    found: Identities, vintage: Vintage, told: dict[int, list[Told]], settled: Settled
) -> Iterator[_Candidate]:
    rows = vintage.report.measures
    here = {code_key(m.code) for m in rows if m.code and is_strong(m.code)}
    own = [{code_key(a.measure.code) for a in s.appearances if a.measure.code} for s in found.series]
    stated = [_stated(s) for s in found.series]
    titles = [{title_key(a.measure.title) for a in s.appearances[-4:]} for s in found.series]
    strong = [{k for k in codes if is_strong(k)} for codes in own]
    matched = {k for codes in strong for k in codes} & here
    for row, measure in enumerate(rows):
        key = code_key(measure.code) if measure.code else None
        others = {code_key(c) for c in (*measure.other_codes, *measure.former_codes)}
        for number, series in enumerate(found.series):
            faces = series.faces if settled.same or settled.different else ()
            if any(settled.said_different(vintage.organisation_key, measure, face) for face in faces):
                continue
            if any(settled.said_same(vintage.organisation_key, measure, face) for face in faces):
                yield _Candidate(_SETTLED, 1.0, row, number, "settled")
                continue
            if key is not None and key in own[number] and _tells(measure, series, told.get(row, ())):
                yield _by_code(found, measure, row, number, told.get(row, ()))
                continue
            if others & own[number] or (others | ({key} if key else set())) & stated[number]:
                yield _Candidate(_STATED, _score(measure, series), row, number, "a code stated beside it")
                continue
            # from here on one of the codes must have gone, or both rows stand on their own
            if (key is not None and key in matched) or strong[number] & here:
                continue
            if title_key(measure.title) in titles[number]:
                yield _by_title(measure, series, row, number, told.get(row, ()))
            elif found_alike := _by_likeness(measure, series, row, number, told.get(row, ())):
                yield found_alike


def is_strong(code: str) -> bool:
    """Does a code name its measure in every report? Running numbers and letters are given anew in each."""
    return _WEAK_CODE.fullmatch(code_key(code)) is None


def _tells(measure: Measure, series: Series, told: Iterable[Told]) -> bool:
    """May the code that both have be taken for the measure's? A weak one only with a like title or figure."""
    if is_strong(measure.code or ""):
        return True
    return max(likeness(measure.title, t, RENAMED) for t in series.titles) >= RENAMED or bool(
        figures_agree(told, series)
    )


def _stated(series: Series) -> set[str]:
    return {
        code_key(c) for a in series.appearances for c in (*a.measure.other_codes, *a.measure.former_codes)
    }


def _score(measure: Measure, series: Series) -> float:
    same_section = (measure.section or "") == (series.latest.section or "")
    return likeness(measure.title, series.latest.title) + (0.1 if same_section else 0.0)


def _was_away(found: Identities, series: Series) -> bool:
    """Has a report with most of this one's measures come out since the series was last seen, without it?"""
    last = series.appearances[-1].vintage
    between: dict[str, set[int]] = {}
    for number, other in enumerate(found.series):
        for a in reversed(other.appearances):
            if a.vintage.order <= last.order:
                break
            between.setdefault(a.vintage.reading, set()).add(number)
    then = {n for n, s in enumerate(found.series) if any(a.vintage is last for a in s.appearances)}
    return any(len(then & members) >= max(1, len(then) / 2) for members in between.values())


def _by_code(found: Identities, measure: Measure, row: int, number: int, told: Iterable[Told]) -> _Candidate:
    series = found.series[number]
    alike = _score(measure, series)
    agrees = figures_agree(told, series)
    unlike = max(likeness(measure.title, t) for t in series.titles) < UNLIKE
    if (
        unlike
        and not agrees
        and (agrees is False or not _same_unit(measure, series.latest) or _was_away(found, series))
    ):
        reason = f"both have the code {measure.code}, but the titles are unlike and no figure ties them"
        return _Candidate(_PROPOSED, alike, row, number, reason)
    return _Candidate(_CODE, alike + (1.0 if agrees else 0.0), row, number, "code")


def _by_title(measure: Measure, series: Series, row: int, number: int, told: Iterable[Told]) -> _Candidate:
    recoded = bool(measure.code and is_strong(measure.code) and any(map(is_strong, series.codes)))
    agrees = figures_agree(told, series)
    if recoded and agrees is False:
        reason = f"the title is the same, but the code was {series.codes[-1]} and the earlier figure differs"
        return _Candidate(_PROPOSED, 1.0, row, number, reason)
    if not _same_unit(measure, series.latest):
        return _Candidate(_PROPOSED, 1.0, row, number, "the title is the same, but the unit is another")
    score = _score(measure, series) + (1.0 if agrees else 0.0)
    return _Candidate(_TITLE, score, row, number, "title")


def _by_likeness(
    measure: Measure, series: Series, row: int, number: int, told: Iterable[Told]
) -> _Candidate | None:
    if not _same_unit(measure, series.latest):
        return None
    alike = likeness(measure.title, series.latest.title, RENAMED)
    if alike < RENAMED:
        return None
    agrees = figures_agree(told, series)
    if agrees:
        return _Candidate(_FIGURES, alike, row, number, "like titles, and the earlier figure agrees")
    if alike >= ALIKE and agrees is None:
        return _Candidate(_PROPOSED, alike, row, number, "the titles are alike, but no figure ties them")
    return None


def figures_agree(told: Iterable[Told], series: Series) -> bool | None:
    """Does what this row prints for earlier periods agree with the series? None where nothing can be compared.

    Nought and a hundred per cent are no evidence, for many measures have them.
    """
    agreed = compared = 0
    for claim in told:
        if claim.target:
            continue
        for moment in claim.moments:
            then = series.actuals.get(moment)
            if then is None or not comparable(claim.value, then):
                continue
            compared += 1
            same = agreement(claim.value, then) in ("same", "rounding")
            agreed += same and claim.value.value not in (0, 100)
            if same:
                break
    if not compared:
        return None
    return agreed > 0


def _same_unit(one: Measure, other: Measure) -> bool:
    if one.actual is None or other.actual is None or one.actual.unit is None or other.actual.unit is None:
        return True
    return comparable(one.actual, other.actual) or one.actual.value is None or other.actual.value is None
