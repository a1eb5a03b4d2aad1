"""Text for the cells of a workbook: every character kept, nothing taken for a formula.

XML cannot hold control characters; workbooks write them as ``_x0007_``, and an underscore that only looks like
the start of such a thing as ``_x005F_`` (ECMA-376, 22.9.2.19). ``plain_text`` turns both back.
"""

from __future__ import annotations

import re

from belisha.render.csv import guarded
from belisha.safe_text import well_formed

LONGEST = 32_767  # characters a cell can hold
CUT = " … (cut; the JSON has all of it)"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]")


def sheet_text(text: str) -> str:
    """The text as a workbook's XML holds it."""
    marked = _LOOKS_ESCAPED.sub("_x005F_", well_formed(text))
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", marked)


def plain_text(cell: str) -> str:
    """What ``sheet_text`` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)


def shortened_text(text: str) -> str:
    """The text, cut with a remark where a cell cannot hold it."""
    if len(sheet_text(text)) <= LONGEST:
        return text
    kept = text[: LONGEST - len(CUT)]
    while len(sheet_text(kept)) + len(CUT) > LONGEST:
        kept = kept[: -max(1, (len(sheet_text(kept)) + len(CUT) - LONGEST) // 7)]
    return kept + CUT


def is_risky(text: str) -> bool:
    """Might a program take the text for a formula when somebody edits the cell?"""
    return guarded(text) != text
