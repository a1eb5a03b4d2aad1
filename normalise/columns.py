"""Headings of a table's columns as fields of a record, and what kind of table they make.

The words are data (``data/columns.toml``); the report's period decides which of several dated columns is
this period's figure, which an earlier one and which is still to come; sample cells settle headings whose
words mislead ("Value" over "Bigger is better").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from normalise.column_contents import Content, contents
from normalise.periods import HeadingPeriod, Relation, end_of, heading_period, relation
from normalise.records import Period, Role
from normalise.vocabulary import ColumnRule, Vocabulary, load
from normalise.words import collapse, rejoin

Kind = Literal["dashboard", "improvement", "legend", "other"]
FIGURES = ("actual", "target", "forecast", "year_end_target", "previous", "year_to_date", "last_year")
_EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column holds.

    ``field``: a record's field (code, title, code_title, good_is, actual, target, status, forecast,
    year_end_target, forecast_status, previous, direction, note, context, actions, intervention,
    performance, directorate, section) or "extra" for printed columns without one; then ``role`` says what it is
    where that is known. ``base``: the field its own words name, before periods and neighbours decided.
    ``alternatives``: what else it might be. ``period``: the period its heading names. ``why``: the reason, in words.
    """

    heading: str
    field: str
    why: str
    role: Role | None = None
    base: str = ""
    alternatives: tuple[str, ...] = ()
    period: HeadingPeriod | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class TableKind:
    """What kind of table a set of headings makes, and why."""

    kind: Kind
    why: str


def read_headings(
    headings: Sequence[str],
    period: Period | None = None,
    samples: Sequence[Sequence[str]] = (),
    *,
    vocabulary: Vocabulary | None = None,
) -> tuple[ColumnGuess, ...]:
    """One guess a heading, in order. ``samples``: rows of cell texts, aligned with the headings."""
    words = vocabulary or load()
    seen = [contents([row[i] for row in samples if i < len(row)], words) for i in range(len(headings))]
    guesses = [_by_words(heading, period, words) for heading in headings]
    guesses = [_by_contents(guess, content) for guess, content in zip(guesses, seen, strict=True)]
    guesses = _resolve_titles(guesses, seen)
    guesses = _resolve_figures(guesses, seen, period)
    guesses = _resolve_targets(guesses)
    guesses = _resolve_statuses(guesses)
    return tuple(_once_each(guesses))


def heading_words(heading: str) -> str:
    """A heading as lower-case words: line breaks, cut words and punctuation gone ("Tren\\nd" -> "trend")."""
    joined = rejoin(re.sub(r"(?<=[A-Za-z])-\n(?=[a-z])", "", heading))
    lowered = joined.lower().replace("’", "'").replace("'s", "s")
    return collapse(re.sub(r"[^a-z0-9%£#+]+", " ", lowered))


def _by_words(heading: str, report: Period | None, vocabulary: Vocabulary) -> ColumnGuess:
    """The field that a heading's own words name."""
    printed = rejoin(heading)
    found = heading_period(printed)
    plain = heading_words(heading)
    rest = heading_words(found.rest) if found is not None and found.span not in ("last_year", "previous") else plain
    rule, phrase = _rule_for(rest, vocabulary) if rest else (None, "")
    if rule is None and rest != plain:
        rule, phrase = _rule_for(plain, vocabulary)
    stands = relation(found, report) if found else None
    if rule is None:
        if found is not None and not rest:
            return ColumnGuess(printed, "actual", f"the heading is a period ({printed})", base="period", period=found, relation=stands)
        why = "the heading is empty" if not plain else "no known word in the heading"
        return ColumnGuess(printed, _EXTRA, why, base="", period=found, relation=stands)
    role = rule.role if rule.role in _ROLES else None
    return ColumnGuess(
        printed,
        rule.field,
        f"the heading says “{phrase}”",
        role=role,  # type: ignore[arg-type]
        base=rule.field,
        period=found,
        relation=stands,
    )


_ROLES = ("floor", "tolerance", "last_year", "year_to_date", "other_period", "variance", "benchmark", "numerator", "denominator", "direction", "words")


@lru_cache(maxsize=4096)
def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])")


def _holds(plain: str, phrase: str) -> bool:
    return _phrase_pattern(phrase).search(plain) is not None


def _rule_for(plain: str, vocabulary: Vocabulary) -> tuple[ColumnRule | None, str]:
    for rule in vocabulary.columns.rules:
        if plain in rule.only:
            return rule, plain
        if not rule.groups or any(_holds(plain, phrase) for phrase in rule.without):
            continue
        held = [max((p for p in group if _holds(plain, p)), key=len, default="") for group in rule.groups]
        if all(held):
            return rule, " … ".join(held)
    return None, ""


def _by_contents(guess: ColumnGuess, content: Content) -> ColumnGuess:
    """Where most cells of a column are of another kind than its words say, the cells are right."""
    if content.cells == 0:
        return guess
    says = content.kind
    if says is None or guess.base == says:
        return guess
    changes: dict[str, tuple[str, ...]] = {
        "good_is": ("actual", "target", "", "direction", "period", "words", "unit", "variance", "context"),
        "status": ("actual", "", "direction", "period", "context", "variance", "tolerance", "words", "code_title"),
        "direction": ("actual", "", "period", "status", "variance", "previous", "last_year", "words", "context"),
        "code": ("code_title", "", "section", "words", "actual") if content.codes >= 0.8 else (),
        "figures": ("status", "direction", "context", "words", "section", "tolerance") if content.figures >= 0.75 else (),
        "text": ("actual", "status", "", "direction") if content.cells >= 2 else (),
    }
    if guess.base not in changes[says]:
        return guess
    why = f"its cells hold {content.words}"
    if says == "figures":
        return _figures_instead(guess, why)
    if says == "text":
        if guess.base == "":
            return replace(guess, field="code_title", base="code_title", why=why)
        field = "performance" if guess.base in ("actual", "status") and content.length > 25 else guess.field
        return guess if field == guess.field else replace(guess, field=field, base=field, why=f"{guess.why}; {why}")
    if says == "status" and guess.base in ("direction", "context", "words") and content.share < 0.8:
        return guess
    return replace(guess, field=says, base=says, role=None, why=f"{why}, whatever its heading says", alternatives=(guess.field,))


def _figures_instead(guess: ColumnGuess, why: str) -> ColumnGuess:
    if guess.base == "direction":
        return replace(guess, field=_EXTRA, base="variance", role="variance", why=f"{guess.why}; {why}")
    if guess.base == "status" and not re.search(r"\b(?:rag|status|rating)\b", heading_words(guess.heading)):
        return replace(guess, field="actual", base="actual", why=f"{guess.why}; {why}")
    return guess


def _resolve_titles(guesses: list[ColumnGuess], seen: Sequence[Content]) -> list[ColumnGuess]:
    """Which of several columns of measure words is the code, which the title."""
    out = list(guesses)
    named = [i for i, g in enumerate(out) if g.base == "code_title"]
    for i in list(named):
        if len(named) > 1 and seen[i].codes >= 0.6 and not any(g.base == "code" for g in out):
            out[i] = replace(out[i], field="code", base="code", why="its cells hold codes")
            named.remove(i)
    coded = [i for i, g in enumerate(out) if g.base == "code"]
    if len(named) > 1 and not coded and all(seen[i].cells == 0 for i in named):
        first = heading_words(out[named[0]].heading)
        if first in ("pi", "kpi", "indicator", "measure", "performance indicator"):
            other = heading_words(out[named[1]].heading)
            if other in ("description", "title", "name", "definition", "measure", "indicator"):
                out[named[0]] = replace(
                    out[named[0]], field="code", base="code", why="another column describes the measure", alternatives=("title",)
                )
                coded, named = [named.pop(0)], named
    if len(named) > 1:
        best = max(named, key=lambda i: (seen[i].length, -i))
        for i in named:
            if i != best:
                out[i] = replace(out[i], field=_EXTRA, role="words", why="another column holds the title", alternatives=("title",))
        named = [best]
    if not named and len(coded) == 1:
        nearest = coded[0]
        if seen[nearest].cells and seen[nearest].length > 18:
            out[nearest] = replace(out[nearest], field="code_title", base="code_title", why="its cells hold titles")
            coded, named = [], [nearest]
    for i in named:
        out[i] = replace(out[i], field="title" if coded else "code_title")
    return out


def _resolve_figures(
    guesses: list[ColumnGuess], seen: Sequence[Content], report: Period | None
) -> list[ColumnGuess]:
    """Which figure is this period's, which an earlier one; what is still to come is extra."""
    out = list(guesses)
    plain = [i for i, g in enumerate(out) if g.base in ("actual", "period")]
    dated = [i for i in plain if out[i].period is not None]
    undated = [i for i in plain if out[i].period is None]
    filled = [i for i in plain if seen[i].cells == 0 or seen[i].filled > 0]
    now = _this_period(out, dated, undated, filled, report)
    if now is None:
        now = next((i for i, g in enumerate(out) if g.base == "year_to_date"), None)
    for i in plain:
        if i != now:
            why = f"{out[i].why}; another column holds this period"
            out[i] = replace(out[i], field=_EXTRA, role=_extra_role(out[i]), why=why)
    if now is not None:
        reason = out[now].why
        if out[now].period is not None and report is not None and report.label is not None or out[now].relation == "this":
            reason = f"{reason}; it is this report's period"
        out[now] = replace(out[now], field="actual", role=None, why=reason)
    earlier = _earlier_period(out, now, report, seen)
    for i, guess in enumerate(out):
        if guess.base in ("previous", "last_year") and i != earlier:
            out[i] = replace(guess, field=_EXTRA, role=guess.role or "other_period")
    if earlier is not None:
        out[earlier] = replace(out[earlier], field="previous", role=None, why=f"{guesses[earlier].why}; the latest earlier period")
    return out


def _this_period(
    out: Sequence[ColumnGuess],
    dated: Sequence[int],
    undated: Sequence[int],
    filled: Sequence[int],
    report: Period | None,
) -> int | None:
    current = [i for i in dated if out[i].relation == "this"]
    exact = [i for i in current if (p := out[i].period) is not None and p.span not in ("year", "to_date")]
    for group in (exact, undated, current):
        if group:
            return _preferred(out, group)
    if report is None or report.year is None or all(out[i].relation == "unknown" for i in dated):
        known = [i for i in dated if i in filled and out[i].relation not in ("earlier", "same_last_year")]
        return max(known, key=lambda i: (end_of(_period(out[i]), report) or _rank(out[i]), i), default=None)
    return None


def _preferred(out: Sequence[ColumnGuess], group: Sequence[int]) -> int:
    """Of several columns of this period: the plainest "actual", else the first."""
    strong = [i for i in group if re.search(r"\b(?:actual|outturn|latest|current|result)\b", heading_words(out[i].heading))]
    monthly = [i for i in group if out[i].base == "period"]
    return (strong or monthly or list(group))[0]


def _period(guess: ColumnGuess) -> HeadingPeriod:
    return guess.period or HeadingPeriod("latest")


def _rank(guess: ColumnGuess) -> int:
    """An order for periods without a year: quarters 1 to 4, months from April."""
    found = _period(guess)
    if found.quarter is not None:
        return found.quarter * 3
    return (found.month - 4) % 12 + 1 if found.month is not None else 0


def _earlier_period(
    out: Sequence[ColumnGuess], now: int | None, report: Period | None, seen: Sequence[Content]
) -> int | None:
    """The column of the latest period before this one; a year ago only where there is no other."""

    def usable(i: int) -> bool:
        return i != now and (seen[i].cells == 0 or seen[i].filled > 0)

    figures = [i for i, g in enumerate(out) if g.base in ("actual", "period", "previous", "last_year", "year_to_date")]
    said = [i for i in figures if out[i].base == "previous" and usable(i)]
    if said:
        return said[0]
    dated = [i for i in figures if usable(i) and out[i].relation == "earlier" and out[i].base != "year_to_date"]
    if not dated and now is not None and out[now].period is not None and report is None:
        this = end_of(_period(out[now]), report) or _rank(out[now])
        dated = [i for i in figures if usable(i) and out[i].period and (end_of(_period(out[i]), report) or _rank(out[i])) < this]
    if dated:
        return max(dated, key=lambda i: (end_of(_period(out[i]), report) or _rank(out[i]), -i))
    year_ago = [i for i in figures if usable(i) and (out[i].base == "last_year" or out[i].relation == "same_last_year")]
    return year_ago[0] if year_ago else None


def _extra_role(guess: ColumnGuess) -> Role:
    return "last_year" if guess.relation == "same_last_year" else "other_period"


def _resolve_targets(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Which target is this period's, which the year's; targets of other years are extra."""
    out = list(guesses)
    for i, guess in enumerate(out):
        if guess.base in ("target", "year_end_target") and guess.relation in ("later", "earlier", "same_last_year"):
            found = guess.period
            whole_year = found is not None and found.span == "year"
            if guess.relation == "later" and not whole_year and guess.base == "year_end_target":
                continue
            out[i] = replace(guess, field=_EXTRA, base="future_target", role="other_period", why=f"{guess.why}, of another period")
    targets = [i for i, g in enumerate(out) if g.base == "target"]
    yearly = [i for i in targets if (p := out[i].period) is not None and p.span == "year"]
    nearer = [i for i in targets if i not in yearly]
    if nearer and yearly and not any(g.base == "year_end_target" for g in out):
        out[yearly[0]] = replace(out[yearly[0]], field="year_end_target", base="year_end_target", why=f"{out[yearly[0]].why} for the whole year")
    for i, guess in enumerate(out):
        if guess.base == "year_end_target" and guess.field == "year_end_target" and not nearer:
            out[i] = replace(guess, alternatives=(*guess.alternatives, "target"))
    return out


def _resolve_statuses(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Of several status columns: earlier ones are extra, one right after a forecast is the forecast's."""
    out = list(guesses)
    for i, guess in enumerate(out):
        if guess.base in ("status", "forecast_status") and guess.relation in ("earlier", "same_last_year", "later"):
            out[i] = replace(guess, field=_EXTRA, role="other_period", base="other_status", why=f"{guess.why}, of another period")
    statuses = [i for i, g in enumerate(out) if g.base == "status"]
    forecast = any(g.base == "forecast_status" for g in out)
    for i in statuses:
        before = [g.base for g in out[:i] if g.base in (*FIGURES, "status", "forecast_status")]
        after_forecast = bool(before) and before[-1] in ("forecast", "year_end_target") and "forecast" in before[-2:]
        if len(statuses) > 1 and not forecast and after_forecast:
            out[i] = replace(out[i], field="forecast_status", base="forecast_status", why=f"{out[i].why}, and it follows the forecast")
            forecast = True
    if forecast and not any(g.base == "status" for g in out):
        only = [i for i, g in enumerate(out) if g.base == "forecast_status"]
        for i in only:
            out[i] = replace(out[i], alternatives=(*out[i].alternatives, "status"))
    return out


def _once_each(guesses: Sequence[ColumnGuess]) -> list[ColumnGuess]:
    """Each field once: the best heading keeps it, the others become extra. Fields without a record are extra."""
    counts = Counter(g.field for g in guesses)
    taken: dict[str, int] = {}
    for i, guess in enumerate(guesses):
        if counts[guess.field] > 1 and guess.field in taken and _better(guess, guesses[taken[guess.field]]):
            taken[guess.field] = i
        taken.setdefault(guess.field, i)
    out = []
    for i, guess in enumerate(guesses):
        if guess.field in _OWN_ROLE:
            out.append(replace(guess, field=_EXTRA, role=guess.role or _OWN_ROLE[guess.field]))
        elif guess.field != _EXTRA and taken[guess.field] != i:
            role: Role | None = "direction" if guess.field == "direction" else guess.role or _duplicate_role(guess.field)
            out.append(replace(guess, field=_EXTRA, role=role, why=f"{guess.why}; another column is nearer"))
        else:
            out.append(guess)
    return out


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


def _duplicate_role(field: str) -> Role | None:
    return "words" if field in ("context", "actions", "intervention", "section", "directorate", "code") else None


def _better(one: ColumnGuess, other: ColumnGuess) -> bool:
    """Of two columns of one field: this period's before an undated one, a target that is nearer."""
    if one.field in ("target", "status", "forecast"):
        nearer = one.relation == "this" and _period(one).span not in ("year", "to_date")
        return nearer and other.relation != "this"
    return False
