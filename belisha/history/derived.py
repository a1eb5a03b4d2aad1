"""The tables that follow from the facts: written for people who open the store in Datasette or with SQL.

They are written anew, organisation by organisation, when the facts, the corrections or what is settled have
changed. Nobody's answer depends on them: ``History`` works from the facts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from belisha.history.chronicle import Chronicle
from belisha.history.corrections import stored
from belisha.history.gathering import chronicle, organisations
from belisha.history.points import in_force
from belisha.history.settled import Settled
from belisha.history.store import Store
from belisha.history.vintages import place, sound
from belisha.neighbours import version

_TABLES = ("change", "proposal", "organisation")


def refresh(store: Store, settled: Settled, *, told: Callable[[int, int], None] | None = None) -> int:
    """Bring the tables up to date. Returns how many organisations were written.

    ``told`` hears how many organisations are done, of how many.
    """
    marks = dict(store.rows("SELECT organisation_key, derived_from FROM organisation"))
    corrected = "".join(c.mark for c in stored(store))
    known = organisations(store, settled)
    wanted = {key: _mark(store, keys, settled, corrected) for key, keys in known.items()}
    changed = sorted(key for key, mark in wanted.items() if marks.get(key) != mark)
    for gone in sorted(set(marks) - set(wanted)):
        with store.transaction():
            _clear(store, gone)
    for done, key in enumerate(changed):
        if told is not None:
            told(done, len(changed))
        found = chronicle(store, key, known[key], settled)
        with store.transaction() as c:
            _clear(store, key)
            for table, rows in rows_of(found).items():
                for row in rows:
                    c.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608 - the table's name is ours, the values are bound
            c.execute(
                "INSERT INTO organisation VALUES (?,?,?,?,?)",
                (key, sound(found.organisation), len(found.vintages), len(found.series), wanted[key]),
            )
    return len(changed)


def _mark(store: Store, keys: list[str], settled: Settled, corrected: str) -> str:
    """Changes when anything changes that an organisation's history is worked out from."""
    readings = sorted(
        str(name)
        for key in keys
        for (name,) in store.rows("SELECT reading FROM reading WHERE organisation_key = ?", (key,))
    )
    text = "\n".join((*readings, settled.mark, corrected, version()))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _clear(store: Store, key: str) -> None:
    c = store.connection
    c.execute(
        "DELETE FROM point WHERE series IN (SELECT series FROM series WHERE organisation_key = ?)", (key,)
    )
    c.execute("DELETE FROM series WHERE organisation_key = ?", (key,))
    for table in _TABLES:
        c.execute(f"DELETE FROM {table} WHERE organisation_key = ?", (key,))  # noqa: S608 - the table's name is ours, the values are bound


def rows_of(found: Chronicle) -> dict[str, list[tuple[Any, ...]]]:
    """A chronicle as rows of its tables, all but the organisation's own."""
    return {
        "series": [_series(found, n) for n in range(len(found.series))],
        "point": [row for n in range(len(found.series)) for row in _points(found, n)],
        "change": [
            (
                found.key, n, c.kind, c.verdict, None if c.series is None else found.ids[c.series],
                *map(sound, (c.code, c.title, c.field, c.period, c.was, c.now, c.message)),
            )
            for n, c in enumerate(found.changes)
        ],
        "proposal": [
            (found.key, n, found.ids[one], found.ids[other], sound(found.proposals[n].reason))
            for n, (one, other) in enumerate(found.proposed)
        ],
    }  # fmt: skip


def _series(found: Chronicle, number: int) -> tuple[Any, ...]:
    series = found.series[number]
    latest = series.latest
    moments = sorted(
        (a.vintage.moment for a in series.appearances if a.vintage.moment), key=lambda m: m.order
    )
    unit = next((a.measure.actual.unit for a in reversed(series.appearances) if a.measure.actual), None)
    return (
        found.ids[number],
        found.key,
        *map(sound, (latest.code, latest.title, latest.section, unit, latest.good_is)),
        sound(json.dumps(series.codes, ensure_ascii=False)),
        sound(json.dumps(series.titles, ensure_ascii=False)),
        str(moments[0]) if moments else None,
        str(moments[-1]) if moments else None,
    )


def _points(found: Chronicle, number: int) -> Iterator[tuple[Any, ...]]:
    for (moment, field), printed in sorted(
        found.points[number].items(), key=lambda kv: (kv[0][0].order, kv[0][1])
    ):
        holds = in_force(printed)
        for vintage, one in enumerate(printed):
            value = one.value
            figure = None if value is None or value.value is None else f"{value.value:f}"
            yield (
                found.ids[number], str(moment), field, vintage, int(one is holds), sound(one.printed),
                figure, sound(one.word), sound(value.unit) if value else None,
                sound(value.qualifier) if value else None, sound(one.heading) or None, sound(one.original),
                one.vintage.reading, *place(one.source),
            )  # fmt: skip
