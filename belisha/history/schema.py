"""The tables of a store, version by version: each file in ``data/`` brings the version before it up by one."""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib.resources import files

APPLICATION_ID = 0x42656C69  # "Beli"; tells a store from any other SQLite database

Object = tuple[str, str, str]  # kind, name, its SQL


@cache
def migrations() -> tuple[str, ...]:
    """SQL scripts in order; the store's version is how many of them it has had."""
    folder = files("belisha.history") / "data"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql"))
    return tuple((folder / name).read_text(encoding="utf-8") for name in names)


def newest() -> int:
    """The schema version that this program writes."""
    return len(migrations())


def statements(script: str) -> list[str]:
    """The statements of a script: none of ours holds a semicolon inside, comments stand on their own lines."""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]


@cache
def expected(version: int) -> frozenset[Object]:
    """Everything that a sound store of this version is made of."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for script in migrations()[:version]:
            for statement in statements(script):
                made.execute(statement)
        return objects(made)
    finally:
        made.close()


def objects(connection: sqlite3.Connection) -> frozenset[Object]:
    """Tables, indexes, views and triggers of a database, without those that SQLite keeps for itself."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return frozenset((str(kind), str(name), str(sql)) for kind, name, sql in rows if not _own(str(name)))


def _own(name: str) -> bool:
    return name.startswith("sqlite_autoindex_")


def upgrade(connection: sqlite3.Connection, version: int) -> None:
    """Bring a store to the newest version inside the transaction that is open."""
    for script in migrations()[version:]:
        for statement in statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {newest()}")
