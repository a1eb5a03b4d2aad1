"""The statuses that a report's own tables print, before their rows are read: a rule has to be about these."""

from __future__ import annotations

from collections.abc import Sequence

from normalise.headers import Headed
from normalise.statuses import is_rated, read_status
from normalise.vocabulary import Vocabulary

_STATUS_FIELDS = {"status", "forecast_status"}


def used_statuses(headed: Sequence[Headed], words: Vocabulary) -> frozenset[str]:
    """Status words in the status columns of tables of measures."""
    found: set[str] = set()
    for table in headed:
        columns = [i for i, guess in enumerate(table.columns) if guess.field in _STATUS_FIELDS]
        for row in table.grid.rows[table.end :] if columns else ():
            for column in columns:
                read = read_status(row.text(column), vocabulary=words)
                if read is not None and read.known and is_rated(read.status):
                    found.add(read.status)
    return frozenset(found)
