"""A small folder of reports, some of them broken, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.stores import belisha
from tests.history.twelve_quarters import draw


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five quarters, a copy of one of them, and four files that are no reports."""
    made = tmp_path_factory.mktemp("reports")
    drawn = draw()[:5]
    for one in drawn:
        (made / f"q{one.number}.pdf").write_bytes(one.pdf)
    (made / "later").mkdir()
    (made / "later" / "copy of q2.pdf").write_bytes(drawn[1].pdf)
    (made / "empty.pdf").write_bytes(b"")
    (made / "page.pdf").write_bytes(b"<html><body>Not found</body></html>")
    (made / "cut.pdf").write_bytes(drawn[0].pdf[:300])
    (made / "notes.txt").write_text("no PDF by name")
    return made


@pytest.fixture(scope="session")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that one run makes of it."""
    store = tmp_path_factory.mktemp("store") / "history.db"
    ended = belisha("backfill", folder, "--store", store, "--jobs", "2", "--format", "json")
    assert ended.code == 3, ended.err
    return store
