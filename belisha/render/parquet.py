"""Parquet in the same tidy long form as the CSV: figures as decimals, every column described in the file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from belisha.neighbours import version
from belisha.render.extras import needed
from belisha.safe_text import well_formed
from normalise.records import SCHEMA_VERSION, Report
from normalise.tidy import COLUMNS, TidyRow, tidy_rows

PLACES = 10  # after the point; more only where a figure has more
DIGITS, MANY_DIGITS = 38, 76  # of decimal128 and decimal256


def reports_parquet(reports: Sequence[Report]) -> bytes:
    """All reports as one Parquet file. Raises SettingsError without pyarrow."""
    pa = needed("pyarrow", extra="parquet", what="the format parquet")
    parquet = needed("pyarrow.parquet", extra="parquet", what="the format parquet")
    rows = [row for report in reports for row in tidy_rows(report)]
    columns = {name: [_cell(getattr(row, name)) for row in rows] for name in COLUMNS}
    fields = [
        pa.field(name, _type(pa, name, columns[name]), metadata={"description": info.description or ""})
        for name, info in TidyRow.model_fields.items()
    ]
    about = {"made_by": f"belisha {version()}", "schema_version": SCHEMA_VERSION}
    table = pa.table(columns, schema=pa.schema(fields, metadata=about))
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _cell(value: Any) -> Any:
    return well_formed(value) if isinstance(value, str) else value


def _type(pa: Any, name: str, cells: Sequence[Any]) -> Any:
    if name == "page":
        return pa.int32()
    if name != "value":
        return pa.string()
    places, whole = PLACES, 0
    for figure in cells:
        if isinstance(figure, Decimal):
            _, digits, exponent = figure.as_tuple()
            assert isinstance(exponent, int)  # noqa: S101 - a finite number has one
            places = max(places, -exponent)
            whole = max(whole, len(digits) + exponent)
    return pa.decimal128(DIGITS, places) if places + whole <= DIGITS else pa.decimal256(MANY_DIGITS, places)
