"""From the store to chronicles: which readings belong to which organisation, corrected and settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from belisha.history.chronicle import Chronicle
from belisha.history.corrections import Correction, correct, stored
from belisha.history.settled import Settled
from belisha.history.store import Store
from belisha.history.vintages import Vintage, load, organisation_key


def organisations(store: Store, settled: Settled) -> dict[str, list[str]]:
    """The organisations' keys, each with the keys under which the store holds its readings."""
    found: dict[str, list[str]] = {}
    for stored_key, sha256 in store.rows(
        "SELECT DISTINCT organisation_key, sha256 FROM reading ORDER BY organisation_key, sha256"
    ):
        key = settled.key(str(stored_key), str(sha256))
        held = found.setdefault(key, [])
        if stored_key not in held:
            held.append(str(stored_key))
    return found


def chronicle(
    store: Store, key: str, stored_keys: Iterable[str], settled: Settled, *, until: date | None = None
) -> Chronicle:
    """The history of one organisation; with ``until`` only from reports known by that day."""
    corrections = stored(store)
    vintages = [
        prepared(vintage, settled, corrections)
        for stored_key in stored_keys
        for vintage in load(store, stored_key)
    ]
    mine = [v for v in vintages if v.organisation_key == key]
    if until is not None:
        mine = [v for v in mine if v.known is not None and v.known <= until]
    if any(v.moment is not None and v.moment.span == "month" for v in mine):
        mine = [replace(v, monthly=True) for v in mine]
    return Chronicle(key, mine, settled)


def prepared(vintage: Vintage, settled: Settled, corrections: Sequence[Correction]) -> Vintage:
    """A vintage as the history sees it: what is settled about the report, then the corrections by hand."""
    corrected = correct(settled.facts(vintage.report), corrections)
    return replace(
        vintage,
        report=corrected.report,
        originals=corrected.originals,
        organisation_key=organisation_key(corrected.report),
    )


def stale(store: Store) -> list[tuple[Correction, str]]:
    """The corrections that no longer fit what was read, each with the reason."""
    found: list[tuple[Correction, str]] = []
    for one in stored(store):
        rows = store.rows(
            "SELECT DISTINCT organisation_key FROM reading WHERE sha256 LIKE ?", (one.sha256 + "%",)
        )
        if not rows:
            found.append((one, "no report with that hash is in the store"))
        vintages = [v for (key,) in rows for v in load(store, str(key)) if v.sha256.startswith(one.sha256)]
        if vintages:
            newest = max(vintages, key=lambda v: v.settings.rank)
            fitting = [c for c in stored(store) if newest.sha256.startswith(c.sha256)]
            found.extend((c, why) for c, why in correct(newest.report, fitting).stale if c == one)
    return found
