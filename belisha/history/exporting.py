"""``belisha export``: the history as CSV tables with a Data Package, and as Parquet.

Every file is written beside its place and then takes it, datapackage.json last; that one holds the hash of all
others, so a reader can tell whether they are of one export.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from belisha.history.columns import Table, datasette_metadata, tables
from belisha.history.derived import rows_of
from belisha.history.errors import HistoryMissing, told
from belisha.history.gathering import chronicle, organisations
from belisha.history.history import beside
from belisha.history.settled import Settled, read_settled
from belisha.history.store import Store
from belisha.neighbours import version
from belisha.output import OutputError, cannot_write
from belisha.render.csv import line, written
from belisha.render.layout import counted
from belisha.render.package import PROFILE
from belisha.talk import Talk

DERIVED = ("series", "point", "change", "proposal")
CHUNK = 20_000  # rows of a Parquet row group
DIGITS, PLACES = 38, 10  # of a decimal in Parquet
_TYPES = {"string": "string", "integer": "integer", "decimal": "number", "boolean": "boolean"}
Row = tuple[Any, ...]


def run(chosen: Mapping[str, Any], talk: Talk) -> int:
    """Write the folder. Returns the exit code; raises SettingsError, HistoryError and OutputError."""
    store: str = chosen["store"]
    if not Path(store).exists():
        raise HistoryMissing("there is no such store", file=store)
    settled = read_settled(chosen["settled"] or beside(store))
    with Store.to_read(store) as opened:
        written_rows = export(opened, Path(chosen["output"]), settled, parquet=chosen["parquet"])
    talk.progress(
        f"{chosen['output']}: {counted(sum(written_rows.values()), 'row')} in {len(written_rows)} tables"
    )
    return 0


def export(store: Store, folder: Path, settled: Settled, *, parquet: bool = False) -> dict[str, int]:
    """Write all tables as they are at this moment. Returns the number of rows by table.

    Raises OutputError, and SettingsError where Parquet is wanted without pyarrow.
    """
    if parquet:
        from belisha.render.extras import needed

        needed("pyarrow", extra="parquet", what="--parquet")
    _make(folder)
    with told(store.path):
        store.connection.execute("BEGIN")  # one state of the store for all tables
    try:
        counts: dict[str, int] = {}
        resources = []
        with ExitStack() as parts:
            derived = _Spool(folder, parts)
            _work_out(store, settled, derived)
            for table in tables():
                rows = derived.rows(table) if table.name in DERIVED else _stored(store, table)
                sinks: list[_Csv | _Parquet] = [_Csv(folder, table, parts)]
                if parquet:
                    sinks.append(_Parquet(folder, table, parts))
                counts[table.name] = _pour(rows, sinks, folder)
                resources += [sink.finish() for sink in sinks]
            for resource in resources:
                (folder / f".{resource['path']}.part").replace(folder / resource["path"])
    except OSError as trouble:
        raise cannot_write(str(folder), trouble) from trouble
    finally:
        store.connection.execute("ROLLBACK")
    name = Path(store.path).stem
    _write_json(folder / "datasette.json", datasette_metadata(name))
    _write_json(folder / "datapackage.json", _package(resources))
    return counts


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise cannot_write(str(folder), trouble) from trouble
    if not folder.is_dir():
        raise OutputError("this is no folder", advice="name a folder with -o", file=str(folder))


def _write_json(path: Path, data: dict[str, Any]) -> None:
    """Beside its place first, under a name that the next export uses, too: what a killed one leaves is written over."""
    part = path.with_name(f".{path.name}.part")
    with ExitStack() as parts:
        parts.callback(_remove, part)
        try:
            file = parts.enter_context(part.open("wb"))
            file.write((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
            _close(file)
            part.replace(path)
        except OSError as trouble:
            raise cannot_write(str(path), trouble) from trouble


def _stored(store: Store, table: Table) -> Iterator[Row]:
    columns = ", ".join(f'"{name}"' for name in table.names)
    order = ", ".join(str(n + 1) for n in range(min(4, len(table.names))))
    with told(store.path):
        yield from store.connection.execute(f'SELECT {columns} FROM "{table.name}" ORDER BY {order}')  # noqa: S608 - all names are those of our schema


def _work_out(store: Store, settled: Settled, spool: _Spool) -> None:
    """The derived tables from the facts, so that they are right whoever wrote to the store last."""
    for key, keys in organisations(store, settled).items():
        with told(store.path):
            found = chronicle(store, key, keys, settled)
            for name, rows in rows_of(found).items():
                spool.add(name, rows)


class _Spool:
    """Rows of derived tables, kept on disk until their table is written."""

    def __init__(self, folder: Path, parts: ExitStack) -> None:
        self._files = {}
        for name in DERIVED:
            path = folder / f".{name}.rows.part"
            self._files[name] = parts.enter_context(path.open("w+", encoding="utf-8"))
            parts.callback(_remove, path)

    def add(self, name: str, rows: Iterable[Row]) -> None:
        self._files[name].writelines(json.dumps(row) + "\n" for row in rows)

    def rows(self, table: Table) -> Iterator[Row]:
        file = self._files[table.name]
        file.seek(0)
        for text in file:
            yield tuple(json.loads(text))


class _Csv:
    """A table as CSV beside its final place."""

    def __init__(self, folder: Path, table: Table, parts: ExitStack) -> None:
        self._table = table
        self._name = f"{table.name}.csv"
        part = folder / f".{self._name}.part"
        parts.callback(_remove, part)
        self._file = parts.enter_context(part.open("wb"))
        self._hash = hashlib.sha256()
        self._size = 0
        self._write(line(table.names))

    def take(self, rows: list[Row]) -> None:
        kinds = [c.type for c in self._table.columns]
        cells = (
            [written(_cell(v, kind), plain=kind != "string") for v, kind in zip(r, kinds, strict=True)]
            for r in rows
        )
        self._write("".join(line(row) for row in cells))

    def _write(self, text: str) -> None:
        data = text.encode("utf-8")
        self._hash.update(data)
        self._size += len(data)
        self._file.write(data)

    def finish(self) -> dict[str, Any]:
        _close(self._file)
        return {
            **_resource(self._table, self._name),
            "bytes": self._size,
            "hash": f"sha256:{self._hash.hexdigest()}",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
        }


class _Parquet:
    """A table as Parquet beside its final place."""

    def __init__(self, folder: Path, table: Table, parts: ExitStack) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._pa, self._table, self._name = pa, table, f"{table.name}.parquet"
        self._part = folder / f".{self._name}.part"
        parts.callback(_remove, self._part)
        types = {
            "string": pa.string(), "integer": pa.int64(), "boolean": pa.bool_(), "decimal": pa.decimal128(DIGITS, PLACES),
        }  # fmt: skip
        fields = [pa.field(c.name, types[c.type], metadata={"description": c.about}) for c in table.columns]
        self._schema = pa.schema(
            fields, metadata={"made_by": f"belisha {version()}", "description": table.about}
        )
        self._writer = pq.ParquetWriter(self._part, self._schema, compression="zstd")

    def take(self, rows: list[Row]) -> None:
        columns = list(zip(*rows, strict=True))
        arrays = [
            self._pa.array([_typed(v, c.type) for v in column], type=field.type)
            for c, column, field in zip(self._table.columns, columns, self._schema, strict=True)
        ]
        self._writer.write_batch(self._pa.record_batch(arrays, schema=self._schema))

    def finish(self) -> dict[str, Any]:
        self._writer.close()
        data = self._part.read_bytes()
        return {
            "path": self._name,
            "sha256": hashlib.sha256(data).hexdigest(),
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
        }


def _pour(rows: Iterable[Row], sinks: list[_Csv | _Parquet], folder: Path) -> int:
    count, held = 0, []
    for row in rows:
        held.append(row)
        if len(held) == CHUNK:
            count += _flush(held, sinks)
    return count + _flush(held, sinks)


def _flush(held: list[Row], sinks: list[_Csv | _Parquet]) -> int:
    if held:
        for sink in sinks:
            sink.take(held)
    count = len(held)
    held.clear()
    return count


def _cell(value: Any, kind: str) -> Any:
    return bool(value) if kind == "boolean" and value is not None else value


def _typed(value: Any, kind: str) -> Any:
    if value is None or kind in ("string", "integer"):
        return value
    if kind == "boolean":
        return bool(value)
    figure = Decimal(str(value))
    _, digits, exponent = figure.as_tuple()
    fits = isinstance(exponent, int) and -exponent <= PLACES and len(digits) + exponent <= DIGITS - PLACES
    return figure if fits else None  # the column printed has it all the same


def _resource(table: Table, path: str) -> dict[str, Any]:
    return {
        "name": path.replace(".", "-"),
        "path": path,
        "description": table.about,
        "schema": {
            "fields": [
                {"name": c.name, "type": _TYPES[c.type], "description": c.about} for c in table.columns
            ],
            "missingValues": [""],
        },
    }


def _package(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": PROFILE,
        "name": "belisha-history",
        "title": "Performance reports as one history",
        "created_by": f"belisha {version()}",
        "resources": [r for r in resources if r["format"] == "csv"],
        # programs that check packages read Parquet in ways of their own; each file describes its columns itself
        "parquet": [r for r in resources if r["format"] != "csv"],
    }


def _close(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
