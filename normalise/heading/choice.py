"""Which of several like columns is meant: this period's figure, the year's target, the forecast's status."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from normalise.heading.contents import Content
from normalise.heading.guess import EXTRA, ColumnGuess, heading_words
from normalise.periods import HeadingPeriod, end_of
from normalise.records import Period, Role

_FIGURES = ("actual", "target", "forecast", "year_end_target", "previous", "year_to_date", "last_year")

_MAYBE_STATUS = ("performance", "progress", "result", "current performance", "position", "achievement")
_UNDATED = 100_000  # more than any year * 12 + month
_OWN_ROLE: dict[str, Role | None] = {
    "floor": "floor",
    "tolerance": "tolerance",
    "variance": "variance",
    "benchmark": "benchmark",
    "numerator": "numerator",
    "denominator": "denominator",
    "baseline": "other_period",
    "future_target": "other_period",
    "last_year": "last_year",
    "year_to_date": "year_to_date",
    "owner": "words",
    "service": "words",
    "words": "words",
    "unit": "words",
    "chart": "words",
}


def choose_figures(
    guesses: list[ColumnGuess], seen: Sequence[Content], report: Period | None
) -> list[ColumnGuess]:
    """Which figure is this period's, which an earlier one; what is still to come is extra."""
    out = [_of_last_year(g, seen[i], report) for i, g in enumerate(guesses)]
    plain = [i for i, g in enumerate(out) if g.base in ("actual", "period")]
    dated = [i for i in plain if out[i].period is not None]
    undated = [i for i in plain if out[i].period is None]
    filled = [i for i in plain if seen[i].cells == 0 or seen[i].filled > 0]
    so_far = _judged_so_far(out)
    now = so_far if so_far is not None else _this_period(out, dated, undated, filled, report)
    if now is None:
        now = next((i for i, g in enumerate(out) if g.base == "year_to_date"), None)
    for i in plain:
        if i != now:
            why = f"{out[i].why}; another column holds this period"
            out[i] = replace(out[i], field=EXTRA, role=_extra_role(out[i]), why=why)
    if now is not None:
        reason = out[now].why
        if out[now].relation == "this":
            reason = f"{reason}; it is this report's period"
        out[now] = replace(out[now], field="actual", role=None, why=reason)
    # The month before is no earlier figure of the year so far.
    earlier = None if so_far is not None else _earlier_period(out, now, report, seen)
    for i, guess in enumerate(out):
        if guess.base in ("previous", "last_year") and i != earlier:
            out[i] = replace(guess, field=EXTRA, role=guess.role or "other_period")
    if earlier is not None:
        out[earlier] = replace(
            out[earlier],
            field="previous",
            role=None,
            why=f"{guesses[earlier].why}; the latest earlier period",
        )
    return out


def _judged_so_far(guesses: Sequence[ColumnGuess]) -> int | None:
    """The figure of the year so far, where statuses or targets are only of the year so far ("YTD RAG")."""
    kinds = ([g for g in guesses if g.base == base] for base in ("status", "target"))
    if not any(kind and all(_period(g).span == "to_date" for g in kind) for kind in kinds):
        return None
    return next(
        (
            i
            for i, g in enumerate(guesses)
            if g.base == "year_to_date" or (g.base in ("actual", "period") and _period(g).span == "to_date")
        ),
        None,
    )


def _of_last_year(guess: ColumnGuess, content: Content, report: Period | None) -> ColumnGuess:
    """A later quarter without a year that has figures already is last year's: "Q4" in a report of quarter 1."""
    found = guess.period
    if guess.relation != "later" or guess.base not in ("actual", "period") or report is None or found is None:
        return guess
    if found.year is not None or report.year is None or content.filled * 2 <= content.cells:
        return guess
    end = end_of(found, report)
    moved = replace(found, end=end - 12) if end is not None else found
    return replace(
        guess, relation="earlier", period=moved, why=f"{guess.why}, of last year as it has figures"
    )


def _this_period(
    out: Sequence[ColumnGuess],
    dated: Sequence[int],
    undated: Sequence[int],
    filled: Sequence[int],
    report: Period | None,
) -> int | None:
    current = [i for i in dated if out[i].relation == "this"]
    exact = [i for i in current if _period(out[i]).span not in ("year", "to_date")]
    yearly = [i for i in current if _period(out[i]).span == "year" and out[i].base == "actual"]
    if report is not None and report.quarter == 4 and yearly:
        exact = yearly  # the outturn of the year is what a year-end report judges
    for group in (exact, undated, current):
        if group:
            return _preferred(out, group)
    if report is None or report.year is None or all(out[i].relation == "unknown" for i in dated):
        known = [i for i in dated if i in filled and out[i].relation not in ("earlier", "same_last_year")]
        return max(known, key=lambda i: (_order(out[i], report), i), default=None)
    return None


def _preferred(out: Sequence[ColumnGuess], group: Sequence[int]) -> int:
    """Of several columns of this period: the plainest "actual", else the first."""
    strong = [
        i
        for i in group
        if re.search(r"\b(?:actual|outturn|latest|current|result)\b", heading_words(out[i].heading))
    ]
    monthly = [i for i in group if out[i].base == "period"]
    return (strong or monthly or list(group))[0]


def _period(guess: ColumnGuess) -> HeadingPeriod:
    return guess.period or HeadingPeriod("latest")


def _order(guess: ColumnGuess, report: Period | None) -> int:
    """A number that orders periods: first those with a year, then quarters and months without one."""
    found = _period(guess)
    end = end_of(found, report)
    if end is not None:
        return end
    if found.quarter is not None:
        return _UNDATED + found.quarter * 3
    return _UNDATED + (found.month - 4) % 12 + 1 if found.month is not None else 0


def _earlier_period(
    out: Sequence[ColumnGuess], now: int | None, report: Period | None, seen: Sequence[Content]
) -> int | None:
    """The column of the latest period before this one; a year ago only where there is no other."""

    def usable(i: int) -> bool:
        return i != now and (seen[i].cells == 0 or seen[i].filled > 0)

    figures = [
        i
        for i, g in enumerate(out)
        if g.base in ("actual", "period", "previous", "last_year", "year_to_date")
    ]
    said = [i for i in figures if out[i].base == "previous" and usable(i)]
    if said:
        return said[0]
    dated = [
        i for i in figures if usable(i) and out[i].relation == "earlier" and out[i].base != "year_to_date"
    ]
    if not dated and now is not None and out[now].period is not None:
        this = _order(out[now], report)
        dated = [
            i
            for i in figures
            if usable(i) and out[i].relation == "unknown" and 0 < _order(out[i], report) < this
        ]
    if dated:
        alike = [
            i for i in dated if now is not None and _period(out[i]).span == _period(out[now]).span == "year"
        ]
        return max(alike or dated, key=lambda i: (_order(out[i], report), -i))
    year_ago = [
        i
        for i in figures
        if usable(i) and (out[i].base == "last_year" or out[i].relation == "same_last_year")
    ]
    return year_ago[0] if year_ago else None


def _extra_role(guess: ColumnGuess) -> Role:
    if _period(guess).span == "to_date":
        return "year_to_date"
    return "last_year" if guess.relation == "same_last_year" else "other_period"


def choose_targets(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Which target is this period's, which the year's; targets of other years are extra."""
    out = list(guesses)
    for i, guess in enumerate(out):
        if guess.base in ("target", "year_end_target") and guess.relation in (
            "later",
            "earlier",
            "same_last_year",
        ):
            found = guess.period
            whole_year = found is not None and found.span == "year"
            if guess.relation == "later" and not whole_year and guess.base == "year_end_target":
                continue
            out[i] = replace(
                guess,
                field=EXTRA,
                base="future_target",
                role="other_period",
                why=f"{guess.why}, of another period",
            )
    targets = [i for i, g in enumerate(out) if g.base == "target"]
    yearly = [i for i in targets if (p := out[i].period) is not None and p.span == "year"]
    nearer = [i for i in targets if i not in yearly]
    if nearer and yearly and not any(g.base == "year_end_target" for g in out):
        out[yearly[0]] = replace(
            out[yearly[0]],
            field="year_end_target",
            base="year_end_target",
            why=f"{out[yearly[0]].why} for the whole year",
        )
    for i, guess in enumerate(out):
        if guess.base == "year_end_target" and guess.field == "year_end_target" and not nearer:
            out[i] = replace(guess, alternatives=(*guess.alternatives, "target"))
    return out


def choose_statuses(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Of several status columns: earlier ones are extra, one right after a forecast is the forecast's."""
    out = list(guesses)
    for i, guess in enumerate(out):
        if guess.base in ("status", "forecast_status") and guess.relation in (
            "earlier",
            "same_last_year",
            "later",
        ):
            out[i] = replace(
                guess,
                field=EXTRA,
                role="other_period",
                base="other_status",
                why=f"{guess.why}, of another period",
            )
    statuses = [i for i, g in enumerate(out) if g.base == "status"]
    forecast = any(g.base == "forecast_status" for g in out)
    for i in statuses:
        before = [g.base for g in out[:i] if g.base in (*_FIGURES, "status", "forecast_status")]
        after_forecast = (
            bool(before) and before[-1] in ("forecast", "year_end_target") and "forecast" in before[-2:]
        )
        if len(statuses) > 1 and not forecast and after_forecast:
            out[i] = replace(
                out[i],
                field="forecast_status",
                base="forecast_status",
                why=f"{out[i].why}, and it follows the forecast",
            )
            forecast = True
    if not any(g.base == "status" for g in out):
        for i, guess in enumerate(out):
            if guess.field == EXTRA and heading_words(guess.heading) in _MAYBE_STATUS:
                out[i] = replace(guess, alternatives=(*guess.alternatives, "status"))
    if forecast and not any(g.base == "status" for g in out):
        only = [i for i, g in enumerate(out) if g.base == "forecast_status"]
        for i in only:
            out[i] = replace(out[i], alternatives=(*out[i].alternatives, "status"))
    return out


def once_each(guesses: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    """Each field once: the best heading keeps it, the others become extra, as do fields records have not."""
    counts = Counter(g.field for g in guesses)
    taken: dict[str, int] = {}
    for i, guess in enumerate(guesses):
        if counts[guess.field] > 1 and guess.field in taken and _better(guess, guesses[taken[guess.field]]):
            taken[guess.field] = i
        taken.setdefault(guess.field, i)
    out = []
    for i, guess in enumerate(guesses):
        if guess.field in _OWN_ROLE:
            out.append(replace(guess, field=EXTRA, role=guess.role or _OWN_ROLE[guess.field]))
        elif guess.field != EXTRA and taken[guess.field] != i:
            role: Role | None = (
                "direction" if guess.field == "direction" else guess.role or _duplicate_role(guess.field)
            )
            out.append(replace(guess, field=EXTRA, role=role, why=f"{guess.why}; another column is nearer"))
        else:
            out.append(guess)
    return out


def _duplicate_role(field: str) -> Role | None:
    return (
        "words" if field in ("context", "actions", "intervention", "section", "directorate", "code") else None
    )


def _better(one: ColumnGuess, other: ColumnGuess) -> bool:
    """Of two columns of one field: this period's before an undated one, a target that is nearer."""
    if one.field in ("target", "status", "forecast"):
        if other.period is not None and other.period.span == "to_date" and one.period is None:
            return True
        nearer = one.relation == "this" and _period(one).span not in ("year", "to_date")
        return nearer and other.relation != "this"
    return False
