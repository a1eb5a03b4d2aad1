"""How the reading of one file can end: a closed list, so that outcomes counted are files counted."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from extract.errors import ReportError


class ReaderCrashed(ReportError):
    """The process that read the file died or spoke nonsense; the file is probably malicious or badly broken."""

    advice = "leave the page out with --pages, or save the report again from a PDF viewer"


class Outcome(Enum):
    """Every way in which a reading process can end."""

    ANSWERED = "answered"
    REFUSED = "refused"  # one of our own errors: not a PDF, locked, damaged, over a limit of the reader ...
    FAILED = "failed"  # an error that nobody foresaw, told as such
    STALLED = "stalled"
    TOO_LONG = "too-long"
    TOO_MUCH_MEMORY = "too-much-memory"
    CRASHED = "crashed"
    KILLED = "killed"  # by somebody else: an operator, the system short of memory
    SILENT = "silent"  # it ended well by its own account, without an answer
    GARBLED = "garbled"


class Ended(Struct, frozen=True):
    """How a reading process ended.

    ``answer`` with ANSWERED; ``fault`` with REFUSED and FAILED; ``page`` is the page that was being read, None
    before the first and after the last; ``pictures`` is how many pages were read from their pictures;
    ``detail`` is a signal's name or the like; ``peak`` its memory in bytes.
    """

    outcome: Outcome
    answer: bytes = b""
    fault: dict[str, str] | None = None
    page: int | None = None
    pictures: int = 0
    detail: str = ""
    peak: int = 0
    seconds: float = 0.0
