"""What the tables of a store hold, for those who get them: names, types and descriptions."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct


class Column(Struct, frozen=True):
    """A column: its type is "string", "integer", "decimal" or "boolean"."""

    name: str
    type: str
    about: str


class Table(Struct, frozen=True):
    """A table and its columns in the order of the store. ``label`` names the column that says most about a row."""

    name: str
    about: str
    columns: tuple[Column, ...]
    label: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


INNER = frozenset(("record", "claim"))  # tables that are nobody's business: packed records, who works on what


@cache
def tables() -> tuple[Table, ...]:
    """All tables that are handed out."""
    text = (files("belisha.history") / "data" / "columns.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return tuple(
        Table(
            name,
            held["about"],
            tuple(Column(c, kind, about) for c, (kind, about) in held["columns"].items()),
            held.get("label"),
        )
        for name, held in data.items()
    )


def datasette_metadata(database: str) -> dict[str, Any]:
    """Metadata for Datasette that explains every table and column of a store with this name (without .db)."""
    explained = {
        t.name: {
            "description": t.about,
            "columns": {c.name: c.about for c in t.columns},
            **({"label_column": t.label} if t.label else {}),
        }
        for t in tables()
    }
    hidden = {name: {"hidden": True} for name in sorted(INNER)}
    return {
        "title": "Performance reports as one history",
        "databases": {database: {"tables": {**explained, **hidden}}},
    }
