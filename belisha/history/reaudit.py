"""Findings worked out again where the corrections by hand of a report have changed."""

from __future__ import annotations

from collections.abc import Sequence

from belisha.history.corrections import Correction, correct, stored, sync
from belisha.history.store import Store
from belisha.history.vintages import finding_rows, unpack


def take_corrections(
    store: Store, corrections: Sequence[Correction], *, profile: str | None = None, mark: str = ""
) -> int:
    """Keep corrections in the store and audit again the readings they touch, all in one transaction.

    ``profile`` is what this run reads with and ``mark`` its name in the store: readings made with another one
    keep their findings. Returns how many readings were audited again.
    """
    from belisha.pipeline import audit

    before = {c.mark: c for c in stored(store)}
    with store.transaction() as c:
        sync(store, corrections)
        now = {one.mark: one for one in stored(store)}
        touched = [one for name, one in {**before, **now}.items() if (name in before) != (name in now)]
        done = 0
        for one in touched:
            rows = c.execute(
                "SELECT r.reading, r.profile, d.json FROM reading r JOIN record d ON d.reading = r.reading"
                " WHERE substr(r.sha256, 1, ?) = ?",
                (len(one.sha256), one.sha256),
            ).fetchall()
            for name, used, blob in rows:
                if used not in ("", mark):
                    continue
                report = correct(unpack(blob), now.values()).report
                found = audit(report, profile=profile if used else None).findings
                c.execute("DELETE FROM finding WHERE reading = ?", (name,))
                for row in finding_rows(str(name), found):
                    c.execute(f"INSERT INTO finding VALUES ({','.join('?' * len(row))})", row)  # noqa: S608 - only the number of marks is put in, the values are bound
                done += 1
    return done
