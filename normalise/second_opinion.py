"""Our records held against a second reader's cells: where both read a cell and differ, both texts are kept.

A second reading never changes a figure. It adds a signal to what we read, "second-reader-agrees" or
"second-reader-differs", and lists every difference with its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from extract.cells import Box
from extract.second import SecondCell, SecondReading, SecondTable
from normalise.cellreading import grade
from normalise.records import VALUE_FIELDS, Improvement, Measure, Report, SecondOpinion, Source, Value

AGREES = "second-reader-agrees"
DIFFERS = "second-reader-differs"
SHARE = 0.5  # part of the shorter of two sides that must lie along the other for two boxes to be one cell
LINES = 1.5  # a text is of several lines if it is taller than so many rows of a table without rules
WORD_FIELDS = ("title", "status", "forecast_status", "good_is", "note", *VALUE_FIELDS)

Row = Measure | Improvement
Key = tuple[int, str]  # a row's number among all rows, and a field; "extra:HEADING" for further columns


class Entry(Struct, frozen=True):
    """A field of ours with the text it was read from and where that stands."""

    key: Key
    text: str
    box: Box


class Opinion(Struct):
    """What the second reader says of one field; ``theirs`` by place, only where it differs."""

    agrees: bool = False
    differs: list[tuple[Box, str]] = field(default_factory=list)


def pages_of(report: Report) -> tuple[int, ...]:
    """The pages that hold our tables, the only ones on which a second opinion is wanted."""
    return tuple(sorted({entry.box.page for entry in _entries(_rows(report))}))


def pages_without_rules(report: Report, ruled: SecondReading) -> tuple[int, ...]:
    """Of those the pages where some of our cells lie in no ruled table of the second reader."""
    grids = _by_page(t for t in ruled.tables if _is_grid(t))
    bare = {e.box.page for e in _entries(_rows(report)) if _table_over(e.box, grids[e.box.page]) is None}
    return tuple(sorted(bare))


def with_second_opinion(report: Report, *readings: SecondReading) -> Report:
    """The report with signals and the list of differences. ``readings`` in order of trust, ruled first."""
    rows = _rows(report)
    tables = [t for reading in readings for t in reading.tables if not t.ruled or _is_grid(t)]
    opinions = _opinions(list(_entries(rows)), _by_page(tables))
    told = [_told(rows[n], n, opinions) for n in range(len(rows))]
    split = len(report.measures)
    differences = tuple(_differences(rows, opinions))
    notes = [note for reading in readings for note in reading.notes]
    if differences:
        cells = "a cell" if len(differences) == 1 else f"{len(differences)} cells"
        notes.append(f"the second reader reads {cells} otherwise; both texts are under second_reader")
    return report.model_copy(
        update={
            "measures": tuple(told[:split]),
            "improvements": tuple(told[split:]),
            "second_reader": differences,
            "notes": (*report.notes, *dict.fromkeys(notes)),
        }
    )


def _rows(report: Report) -> list[Row]:
    return [*report.measures, *report.improvements]


def _entries(rows: Sequence[Row]) -> Iterator[Entry]:
    """Every field that was read from text, once for each place; fields without letters or figures are left out."""
    for number, row in enumerate(rows):
        for name, value in _values(row):
            yield from _at((number, name), value.printed, value.source)
        for name in WORD_FIELDS:
            text = row.printed.get(name) or (getattr(row, name) if name == "note" and _has(row, name) else "")
            if text and not isinstance(getattr(row, name, None), Value):
                yield from _at((number, name), text, row.sources.get(name, ()))


def _has(row: Row, name: str) -> bool:
    return getattr(row, name, None) is not None


def _values(row: Row) -> Iterator[tuple[str, Value]]:
    for name in VALUE_FIELDS:
        value = getattr(row, name, None)
        if isinstance(value, Value):
            yield name, value
    for heading, extra in row.extra.items():
        if extra.role != "direction":
            yield f"extra:{heading}", extra


def _at(key: Key, text: str, places: Iterable[Source]) -> Iterator[Entry]:
    """A field that runs over several places is compared as a whole, at the first: see ``_compare``."""
    if plain(text):
        for place in places:
            yield Entry(key, text, Box(place.page, *place.bbox))


def plain(text: str) -> str:
    """What two readings of a cell must have in common: letters, figures and signs of value, no spaces.

    Symbols are left out, for each reader has its own way to name a character of a symbol font; so are hyphens
    between letters, which may only mark a line's end.
    """
    out = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold()
    out = re.sub(r"[‐‑‒–—−]", "-", out)
    out = re.sub(r"(?<=[^\W\d])-\s*(?=[^\W\d])", "", out)
    return "".join(c for c in out if c.isalnum() or c in "%£$€.,:/<>+-≤≥").strip(".,:")


def _by_page(tables: Iterable[SecondTable]) -> Mapping[int, list[SecondTable]]:
    out: defaultdict[int, list[SecondTable]] = defaultdict(list)
    for table in tables:
        out[table.page].append(table)
    return out


def _is_grid(table: SecondTable) -> bool:
    """A frame around a page or a chart is no table: a grid has two rows and two columns with text."""
    filled = [c.box for c in table.cells if c.text]
    return len({round(b.x0) for b in filled}) > 1 and len({round(b.top) for b in filled}) > 1


def _table_over(box: Box, tables: Sequence[SecondTable]) -> SecondTable | None:
    x, y = box.centre
    return next((t for t in tables if t.box.holds(x, y)), None)


def _cells_under(box: Box, table: SecondTable) -> list[SecondCell]:
    """The cells that are about where the box is, in reading order."""
    found = [
        cell
        for cell in table.cells
        if _shared(cell.box.x0, cell.box.x1, box.x0, box.x1)
        and _shared(cell.box.top, cell.box.bottom, box.top, box.bottom)
    ]
    return sorted(found, key=lambda c: (c.box.top, c.box.x0))


def _shared(a0: float, a1: float, b0: float, b1: float) -> bool:
    """Whether two stretches have at least ``SHARE`` of the shorter in common."""
    return min(a1, b1) - max(a0, b0) >= SHARE * max(min(a1 - a0, b1 - b0), 0.1)


def _opinions(entries: Sequence[Entry], tables: Mapping[int, list[SecondTable]]) -> dict[Key, Opinion]:
    under: list[tuple[Entry, SecondTable, list[SecondCell]]] = []
    for entry in entries:
        table = _table_over(entry.box, tables[entry.box.page])
        if table is not None and (cells := _cells_under(entry.box, table)):
            under.append((entry, table, cells))
    sharing: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry, _, cells in under:
        for cell in cells:
            sharing[id(cell)].append(entry)
    places = Counter(entry.key for entry in entries)
    out: dict[Key, Opinion] = {}
    whole: dict[Key, list[tuple[Entry, SecondTable, list[SecondCell]]]] = {}
    for item in under:
        whole.setdefault(item[0].key, []).append(item)
    for key, items in whole.items():
        if len(items) == places[key]:  # a part of a field proves nothing
            opinion = _compare(items, sharing)
            if opinion is not None:
                out[key] = opinion
    return out


def _compare(
    items: Sequence[tuple[Entry, SecondTable, list[SecondCell]]], sharing: Mapping[int, list[Entry]]
) -> Opinion | None:
    """Ours against theirs for one field; None where their cells cannot tell."""
    first, table, _ = items[0]
    cells = list({id(c): c for _, _, under in items for c in under if c.text}.values())
    theirs = "\n".join(c.text for c in cells)
    ours, other = plain(first.text), plain(theirs)
    if len(items) == 1 and _apart(cells) and first.key[1] not in WORD_FIELDS[:5]:
        return Opinion(differs=[(first.box, " | ".join(c.text for c in cells))])
    if ours == other:
        return Opinion(agrees=True)
    if first.key[1] == "title" and ours in other:
        return Opinion(agrees=True)  # its cell may hold the code, a rank or a status word too
    if not table.ruled and (not other or _is_part(other, ours, items)):
        return None
    held = {e.key: e.text for c in cells for e in sharing[id(c)]}
    if len(held) > 1 and (_within(first.text, theirs) or _same_characters(held.values(), other)):
        # Their cell holds more than one of our fields: where rules say so, the text at least is the same.
        return Opinion(agrees=True) if table.ruled else None
    if sorted(ours) == sorted(other):
        return None  # the same characters in another order: two ways to go through the lines of a cell
    return Opinion(differs=[(first.box, theirs)])


def _apart(cells: Sequence[SecondCell]) -> bool:
    """Whether figures stand in cells beside each other: then what we took for one cell is two for them."""
    figures = [c.box for c in cells if any(d.isdigit() for d in c.text)]
    return any(
        a.x1 <= b.x0 + 0.5 and _shared(a.top, a.bottom, b.top, b.bottom) for a in figures for b in figures
    )


def _is_part(other: str, ours: str, items: Sequence[tuple[Entry, SecondTable, list[SecondCell]]]) -> bool:
    """Whether a table without rules took one line of our text for a row of its own."""
    rows = [c.box.height for _, _, cells in items for c in cells]
    several_lines = max(e.box.height for e, _, _ in items) > LINES * min(rows)
    # a title may come back with its code, so that it is no part of ours letter by letter
    return several_lines and (other in ours or items[0][0].key[1] == "title")


def _same_characters(texts: Iterable[str], other: str) -> bool:
    """Whether their cell holds the characters of our fields, all of them and no more, in whatever order."""
    return sorted(c for text in texts for c in plain(text)) == sorted(other)


def _within(ours: str, theirs: str) -> bool:
    """Whether all words of ours are among theirs, in whatever order."""
    return plain(ours) in plain(theirs) or Counter(ours.split()) <= Counter(theirs.split())


def _told(row: Row, number: int, opinions: Mapping[Key, Opinion]) -> Row:
    """The row with the signals of the second reading."""
    update: dict[str, Any] = {}
    for name in VALUE_FIELDS:
        value = getattr(row, name, None)
        if isinstance(value, Value):
            update[name] = _signalled(value, opinions.get((number, name)))
    update["extra"] = {
        heading: _signalled(value, opinions.get((number, f"extra:{heading}")))
        for heading, value in row.extra.items()
    }
    if isinstance(row, Measure):
        signals = dict(row.signals)
        for name in WORD_FIELDS:
            opinion = opinions.get((number, name))
            if opinion is not None and name not in VALUE_FIELDS:
                signals[name] = (*signals.get(name, ()), _signal(opinion))
        update["signals"] = signals
    return row.model_copy(update=update)


def _signal(opinion: Opinion) -> str:
    return DIFFERS if opinion.differs else AGREES


def _signalled(value: Value, opinion: Opinion | None) -> Value:
    if opinion is None:
        return value
    signals = (*value.signals, _signal(opinion))
    return value.model_copy(update={"signals": signals, "confidence": grade(signals)})


def _differences(rows: Sequence[Row], opinions: Mapping[Key, Opinion]) -> Iterator[SecondOpinion]:
    for (number, name), opinion in sorted(opinions.items()):
        row = rows[number]
        value = dict(_values(row)).get(name)
        ours = value.printed if value else row.printed.get(name) or str(getattr(row, name, "") or "")
        for box, theirs in opinion.differs:
            yield SecondOpinion(
                page=box.page,
                bbox=(box.x0, box.top, box.x1, box.bottom),
                code=row.code,
                title=row.title,
                field=name.removeprefix("extra:"),
                ours=ours,
                theirs=" ".join(theirs.split()),
            )
