"""Tables without (vertical) rules: columns by alignment under a line of header words."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pages import RawPage, TextItem
from extract.ruled import GridTable


def find_unruled(
    page: RawPage,
    items: Sequence[TextItem],
    header_words: frozenset[str],
    taken: Sequence[tuple[float, float, float, float]],
) -> tuple[list[GridTable], list[TextItem]]:
    """Tables among the pieces that no ruled table took, and the pieces that are left."""
    return [], list(items)
