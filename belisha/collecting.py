"""Python's search for cycles in what it made, put off while a report is read: the records hold none.

The collector looks through everything that lives whenever some hundreds of things were made, and a page makes
thousands: that took a quarter of the time of reading and audit.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 200_000  # things made between two looks: a hundred pages' worth, of which a few a page are in cycles


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for cycles seldom within; afterwards as before. A collector that is off, or slower, stays as it is."""
    before = gc.get_threshold()
    if 0 < before[0] < SELDOM:
        gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
