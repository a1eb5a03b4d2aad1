"""CSV in tidy long form: one row for every field of every record. See docs/reference/csv.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from normalise.records import Report
from normalise.tidy import COLUMNS, TidyRow, tidy_rows

__all__ = ["COLUMNS", "guarded", "line", "reports_csv", "unguarded", "written"]

_NUMBER = re.compile(r"[+-]?(\d[\d,]*\.?\d*|\.\d+)\s?%?", re.ASCII)
_QUOTE = '"'
_QUOTED = re.compile(r'[",\r\n]')
_STARTS = frozenset("=+-@＝＋－＠")
_RAW_STARTS = frozenset("\t\r\n\0")


def reports_csv(reports: Sequence[Report]) -> str:
    """All reports in one table with one header line; lines end in LF."""
    lines = [line(COLUMNS)]
    lines += [line(_cells(row)) for report in reports for row in tidy_rows(report)]
    return "".join(lines)


def _cells(row: TidyRow) -> list[str]:
    return [written(getattr(row, name), plain=name in _PLAIN) for name in COLUMNS]


def written(value: str | int | bool | Decimal | None, *, plain: bool = False) -> str:
    """A value as a cell. ``plain``: made here from figures, never from the report's words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if plain or isinstance(value, int) else guarded(value)


def line(cells: Sequence[str]) -> str:
    """A line of CSV with its end."""
    # Python's csv writer leaves a lone CR unquoted when lines end in LF, and readers then split the row
    quoted = [f'"{c.replace(_QUOTE, _QUOTE * 2)}"' if _QUOTED.search(c) else c for c in cells]
    return ",".join(quoted) + "\n"


_PLAIN = frozenset({"value", "page", "bbox"})  # made here from figures, never from the report's words


def guarded(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet might take it for a formula.

    Plain figures ("-3.2", "+5%") stay as they are. What a program may drop before it looks (spaces,
    control and direction marks) does not hide the first character. ``unguarded`` gives the text back.
    """
    return f"'{text}" if _risky(text.lstrip("'")) else text


def unguarded(cell: str) -> str:
    """What ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and _risky(cell.lstrip("'")) else cell


def _risky(text: str) -> bool:
    if _NUMBER.fullmatch(text):
        return False
    if text[:1] in _RAW_STARTS:
        return True
    first = next((c for c in text if unicodedata.category(c) not in _UNSEEN), "")
    return first in _STARTS


_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
