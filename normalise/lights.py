"""What a report's own key makes of its lights: shades that are two statuses, and signs without a colour.

A key decides what a colour is called: orange beside amber, a grey as light as paper, blue for "exceeded". Without a
key a colour is what ``statuses.status_from_colour`` takes it for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from extract.cells import Glyph
from normalise.marks import Mark
from normalise.records import SchemeEntry
from normalise.statuses import brightest, brightness, fine_name, read_status, status_from_colour
from normalise.vocabulary import Vocabulary, load

SAME = 24  # steps of 255 by which a colour may be off its key
STATUS_WORDS = 4
DARK, LIGHT = 0.62, 0.75  # the strongest of a shade's three inks


class Lights(Struct, frozen=True):
    """The colours, signs and marks of a report's keys, and the statuses that its rule names (``used``)."""

    used: frozenset[str] = frozenset()
    colours: tuple[tuple[str, str], ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    marks: tuple[tuple[Mark, str], ...] = ()

    def of_colour(self, colour: str | None, vocabulary: Vocabulary) -> str | None:
        """The status that a fill or ink shows, None for white, black, paper and tints of headers."""
        if colour is None:
            return None
        nearest = min(self.colours, key=lambda known: _apart(known[0], colour), default=None)
        if nearest is not None and _apart(nearest[0], colour) <= SAME:
            return nearest[1]
        general = status_from_colour(colour, used=self.used, vocabulary=vocabulary)
        kin = [
            (known, status)
            for known, status in self.colours
            if general is not None and status_from_colour(known, vocabulary=vocabulary) == general
        ]
        if len({status for _, status in kin}) > 1:
            return min(kin, key=lambda known: _apart(known[0], colour))[1]
        if general is None:
            return "grey" if "grey" in self.used and fine_name(colour) == "grey" else None
        return self._shade_of(general, colour)

    def in_key(self, colour: str | None) -> bool:
        """Is it the very colour of one of the report's keys?"""
        return any(known == colour for known, _ in self.colours)

    def _shade_of(self, general: str, colour: str) -> str:
        """The dark or light one of two shades that the rule names; the plain colour where it is neither."""
        depth = brightest(colour)
        shade = "dark" if depth < DARK else "light" if depth > LIGHT else ""
        named = f"{shade}_{general}"
        return named if named in self.used and general not in self.used else general

    def of_sign(self, glyphs: Collection[Glyph], vocabulary: Vocabulary) -> str | None:
        """The status that a sign shows by its shape: as the key says; a tick, a cross or a face by itself."""
        shapes = {glyph.shape for glyph in glyphs}
        shape = next(iter(shapes)) if len(shapes) == 1 else None
        if shape is None:
            return None
        known = dict(self.signs)
        if known:
            return known.get(shape)
        own = shape in ("tick", "cross") or shape.startswith("face-")
        return vocabulary.statuses.signs.get(shape) if own else None


def lights_of(entries: Iterable[SchemeEntry], used: Collection[str]) -> Lights:
    """What the entries of keys say of colours and signs; the first entry for each decides."""
    colours: dict[str, str] = {}
    signs: dict[str, str] = {}
    for entry in entries:
        general = status_from_colour(entry.colour, used=(entry.status,))
        by_sign = entry.status in (status_of_sign(entry.symbol), name_in(entry.text))
        if entry.symbol in load().statuses.signs and by_sign and not entry.label:
            signs.setdefault(entry.symbol, entry.status)
        elif entry.colour and (general is not None or not entry.label):
            colours.setdefault(entry.colour, entry.status)
    return Lights(frozenset(used), tuple(colours.items()), tuple(signs.items()))


def status_of_sign(shape: str | None) -> str:
    """The status that a sign without a colour is, if its key gives it no name."""
    return load().statuses.signs.get(shape or "", (shape or "sign").replace("-", "_"))


def name_in(meaning: str) -> str | None:
    """The status that the words of a key name ("Target met"); None for a rule ("Within 5% of target")."""
    if len(meaning.split()) > STATUS_WORDS or any(ch.isdigit() for ch in meaning):
        return None
    read = read_status(meaning)
    return read.status if read is not None and read.known and not read.misprint else None


def told_apart(entries: Sequence[SchemeEntry]) -> list[SchemeEntry]:
    """Entries of one key that colour alone gave one status, under names that tell them apart.

    Signs of one colour go by their shape, shades of one colour by the finer name or by dark and light. Where the
    words of all signs are names of statuses, these are the statuses.
    """
    out = list(entries)
    for status in {e.status for e in entries}:
        alike = [k for k, e in enumerate(entries) if e.status == status and not e.label]
        if len(alike) < 2 or len(alike) < sum(e.status == status for e in entries):
            continue
        group = [entries[k] for k in alike]
        by_shade = len({e.colour for e in group}) == len(group)
        names = _by_shade(group) if by_shade else [status_of_sign(e.symbol) for e in group]
        if len(set(names)) == len(group):
            for k, name in zip(alike, names, strict=True):
                out[k] = out[k].model_copy(update={"status": name})
    signs = [
        k for k, e in enumerate(out) if not e.label and e.symbol and e.status == status_of_sign(e.symbol)
    ]
    meant = {k: named for k in signs if (named := name_in(out[k].text)) is not None}
    if len(set(meant.values())) == len(signs):
        for k, meaning in meant.items():
            out[k] = out[k].model_copy(update={"status": meaning})
    return out


def _by_shade(group: Sequence[SchemeEntry]) -> list[str]:
    names = [fine_name(e.colour) or e.status for e in group]
    if len(set(names)) == len(group):
        return names
    if len(group) != 2:
        return [e.status for e in group]
    shades = [brightness(e.colour or "000000") for e in group]
    return [f"{'dark' if shade == min(shades) else 'light'}_{group[0].status}" for shade in shades]


def _apart(one: str, other: str) -> int:
    return max(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) for i in (0, 2, 4))
