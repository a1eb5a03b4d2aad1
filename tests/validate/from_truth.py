"""Records made from a truth file, so that the audit can be tested without a PDF.

The truth has no boxes and no passages; each row gets a box of its own in the order of the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from normalise.records import (
    ExtraValue,
    Improvement,
    Measure,
    Passage,
    Period,
    Report,
    ReportFacts,
    Role,
    SchemeEntry,
    Source,
    SourceFile,
    Value,
)

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"
_SCALES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_ROLES: dict[str, Role] = {"floor": "floor"}


def load_truth(name: str) -> dict[str, Any]:
    """The truth of one example report; FileNotFoundError where there is none."""
    truth: dict[str, Any] = json.loads((REPORTS / name / "truth.json").read_text(encoding="utf-8"))
    return truth


def report_from_truth(
    truth: dict[str, Any], passages: Sequence[Passage] = (), headings: dict[str, str] | None = None
) -> Report:
    """A Report as extraction would make it. ``headings`` are column headings by field, for all rows."""
    facts = truth["report"]
    return Report(
        source=SourceFile(file="report.pdf", sha256="0" * 64, pages=12),
        report=ReportFacts(
            organisation=facts.get("organisation"),
            title=facts.get("title"),
            period=Period(**facts.get("period", {})),
        ),
        scheme=tuple(_entry(i, e) for i, e in enumerate(truth.get("scheme", []))),
        measures=tuple(_measure(i, m, headings or {}) for i, m in enumerate(truth["measures"])),
        improvements=tuple(_improvement(i, r) for i, r in enumerate(truth["improvements"])),
        passages=tuple(passages),
    )


def passage(text: str, number: int = 0, kind: str = "paragraph") -> Passage:
    """A passage on page 1, below those with a smaller number."""
    return Passage(page=1, bbox=(50, 100 + 20 * number, 500, 115 + 20 * number), text=text, kind=kind)  # type: ignore[arg-type]  # a kind of passage


def value(printed: str, at: Source | None = None, **keys: Any) -> Value:
    """A VALUE read in the simplest way: one number, %, £, a scale letter and a unit word."""
    sign = re.search(r"-?[\d,]*\.?\d+", printed)
    if sign is None:
        return Value(printed=printed, source=(at,) if at else (), **keys)
    digits = sign[0].replace(",", "")
    scale = re.match(r"\s*(k|m|bn)\b", printed[sign.end() :], re.I)
    times = _SCALES[scale[1].lower()] if scale else 1
    amount = Decimal(digits)
    exponent = amount.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    resolution = Decimal(1).scaleb(-places) * times
    per = re.search(r"per [\d,]+", printed)
    unit = (
        "percent"
        if "%" in printed
        else "gbp"
        if "£" in printed
        else "days"
        if "day" in printed
        else per[0]
        if per
        else "number"
    )
    made: dict[str, Any] = {"value": amount * times, "unit": unit, "resolution": resolution}
    return Value(printed=printed, source=(at,) if at else (), **{**made, **keys})


def _value(raw: dict[str, Any] | None, at: Source) -> Value | None:
    if raw is None:
        return None
    if raw.get("value") is None:
        return Value(printed=raw["printed"], qualifier=raw.get("qualifier"), source=(at,))
    read = value(raw["printed"], at)
    return read.model_copy(
        update={"value": Decimal(raw["value"]), "unit": raw["unit"], "qualifier": raw.get("qualifier")}
    )


def _entry(i: int, raw: dict[str, Any]) -> SchemeEntry:
    box = (60.0, 300.0 + 15 * i, 500.0, 312.0 + 15 * i)
    return SchemeEntry(status=raw["status"], text=raw["text"], label=raw["status"].title(), page=1, bbox=box)


def _measure(i: int, raw: dict[str, Any], headings: dict[str, str]) -> Measure:
    page = raw.get("page") or 1
    at = Source(page=page, bbox=(40, 20 * i, 550, 20 * i + 18))
    given = {k: v for k, v in raw.items() if k in Measure.model_fields and v is not None}
    for name in ("actual", "target", "forecast", "year_end_target", "previous"):
        given[name] = _value(raw.get(name), at)
    given["extra"] = {
        name: ExtraValue(**value(text, at).model_dump(), role=_ROLES[name])
        for name, text in (raw.get("extra") or {}).items()
        if name in _ROLES and isinstance(text, str)
    }
    status_words = {f: raw[f].title() for f in ("status", "forecast_status") if raw.get(f)}
    return Measure(
        **{**given, "page": page, "bbox": at.bbox, "printed": status_words, "column_headings": headings}
    )


def _improvement(i: int, raw: dict[str, Any]) -> Improvement:
    pages = tuple(raw.get("pages") or (1,))
    at = Source(page=pages[0], bbox=(40, 40 * i, 550, 40 * i + 36))
    given = {k: v for k, v in raw.items() if k in Improvement.model_fields and v is not None}
    for name in ("target", "actual", "forecast"):
        given[name] = _value(raw.get(name), at)
    return Improvement(**{**given, "pages": pages, "bbox": at.bbox})
