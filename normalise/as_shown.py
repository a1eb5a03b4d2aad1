"""Places on pages that were put upright to be read, given back as they lie on the page as a viewer shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

from extract.cells import Page
from normalise.records import BBox, Record, Report, Source

R = TypeVar("R", bound=Record)


class _Turn(Protocol):
    def box_back(
        self, x0: float, top: float, x1: float, bottom: float
    ) -> tuple[float, float, float, float]: ...


def with_pages_as_shown(report: Report, pages: Sequence[Page]) -> Report:
    """The report with the boxes of turned pages turned back; all others stay as they are."""
    turns = {page.number: page.turn for page in pages if page.turn is not None and not page.turn.is_none}
    return _back(report, turns) if turns else report


def _back(record: R, turns: Mapping[int, _Turn]) -> R:
    """The record with its own box and those of all records in it turned back."""
    update: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        told = _inside(value, turns)
        if told is not value:
            update[name] = told
    box = getattr(record, "bbox", None)
    pages = getattr(record, "pages", None)  # the box of a record over several pages lies on the first
    turn = turns.get(pages[0] if isinstance(pages, tuple) and pages else getattr(record, "page", None) or 0)
    if box is not None and turn is not None:
        update["bbox"] = _box_back(box, turn)
    return record.model_copy(update=update) if update else record


def _box_back(box: BBox, turn: _Turn) -> BBox:
    x0, top, x1, bottom = (round(v, 2) for v in turn.box_back(*box))
    return x0, top, x1, bottom


def _inside(value: Any, turns: Mapping[int, _Turn]) -> Any:
    if isinstance(value, Record):
        return _back(value, turns)
    if isinstance(value, Source):
        turn = turns.get(value.page)
        return value if turn is None else Source(page=value.page, bbox=_box_back(value.bbox, turn))
    if isinstance(value, tuple):
        told = tuple(_inside(v, turns) for v in value)
        return told if any(a is not b for a, b in zip(told, value, strict=True)) else value
    if isinstance(value, dict):
        told_of = {k: _inside(v, turns) for k, v in value.items()}
        return told_of if any(told_of[k] is not value[k] for k in value) else value
    return value
