"""Which status is better than which: from the words for statuses, else from what their bands claim."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from validate.rules.bands import Draft
from validate.rules.found import Place
from validate.rules.pieces import WEAK, Piece
from validate.rules.words import plain, vocabulary
from validate.scheme import Against, Condition, Floor, TrendIs, WithinTolerance

FAR = Decimal(1000)


def merit_of(status: str) -> Decimal | None:
    """The merit that a status word has by itself ("green"), None for words that do not tell."""
    table = vocabulary().merit
    words = plain(status.replace("_", " ").replace("/", " "))
    if words in table:
        return table[words]
    colours = [table[w] for w in words.split() if w in table and len(w) > 1]
    return colours[0] if len(colours) == 1 else None


def positions(drafts: Sequence[Draft]) -> list[Decimal | None]:
    """How good each band is, comparable within the list; None where nothing tells."""
    merits = [merit_of(d.status) for d in drafts]
    rated = [m for m, d in zip(merits, drafts, strict=True) if d.kind not in ("unrated", "words")]
    if all(m is not None for m in rated) and len(set(rated)) == len(rated):
        return merits
    places = [_place_of(d) for d in drafts]
    for at, draft in enumerate(drafts):
        if places[at] is None and draft.kind not in ("unrated", "words", "other"):
            places[at] = _between_neighbours(places, at)
        if draft.kind == "other":
            known = [p for p in places if p is not None]
            places[at] = min(known, default=Decimal(0)) - 1
    return places


def _between_neighbours(places: Sequence[Decimal | None], at: int) -> Decimal | None:
    before = next((p for p in reversed(places[:at]) if p is not None), None)
    after = next((p for p in places[at + 1 :] if p is not None), None)
    if before is not None and after is not None:
        return (before + after) / 2
    known = [p for p in places if p is not None]
    if before is None or len(known) < 2:
        return None
    falling = known[0] > known[-1]
    return before - 1 if falling else before + 1


def _place_of(draft: Draft) -> Decimal | None:
    firm = [p for p in draft.pieces if p.force > WEAK] or list(draft.pieces)
    if not firm:
        if draft.kind == "size" and draft.sided:
            return None
        return None
    return sum((_middle(p) for p in firm), Decimal(0)) / len(firm)


def _middle(piece: Piece) -> Decimal:
    low = piece.low.at if piece.low else -FAR
    high = piece.high.at if piece.high else FAR
    shift = travel_of(piece.extras) / 2
    for extra in piece.extras:
        if isinstance(extra, Floor):
            shift += Decimal(1 if extra.met else -1) / 2
        elif isinstance(extra, WithinTolerance):
            shift += Decimal(1 if extra.within else -1) / 2
    return (low + high) / 2 + shift


def travel_of(extras: Sequence[Condition]) -> Decimal:
    """Above 0 where conditions ask for what is better than another figure, below 0 where for worse."""
    found = Decimal(0)
    for extra in extras:
        if isinstance(extra, TrendIs):
            found += ("better" in extra.trends) - ("worse" in extra.trends)
        elif isinstance(extra, Against):
            low, high = (
                (-FAR if extra.low is None else extra.low),
                (FAR if extra.high is None else extra.high),
            )
            found += (low + high > 0) - (low + high < 0)
    return found


def in_order(drafts: Sequence[Draft]) -> list[int]:
    """Indices of the drafts, best first; those that nothing places keep their printed turn at the end."""
    places = positions(drafts)
    known = sorted(
        (i for i in range(len(drafts)) if places[i] is not None), key=lambda i: (-(places[i] or 0), i)
    )
    return known + [i for i in range(len(drafts)) if places[i] is None]


def places(drafts: Sequence[Draft]) -> list[Place]:
    """Best, middle or worst for each draft that is rated; None where the order is not known."""
    found: list[Place] = [None] * len(drafts)
    values = positions(drafts)
    rated = [i for i, d in enumerate(drafts) if d.kind not in ("unrated", "words")]
    known = [v for v in (values[i] for i in rated) if v is not None]
    if len(rated) < 2 or len(set(known)) < len(rated):
        return found
    for i in rated:
        found[i] = "best" if values[i] == max(known) else "worst" if values[i] == min(known) else "middle"
    return found
