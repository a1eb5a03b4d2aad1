"""The errors a user can cause, each with its exit code and its advice.

The tree lives in the lowest stage so that every stage can raise from it; ``belisha`` re-exports it.
Exit codes are documented in ``docs/reference/exit-codes.md`` and never change within a major version.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    SOME_UNREADABLE = 3
    UNREADABLE = 4
    STOPPED = 130


class BelishaError(Exception):
    """Base of all errors that Belisha raises on purpose.

    ``str(error)`` is one line: what is wrong, then what to do. ``file`` and ``page`` say where, when known.
    """

    exit_code: Exit = Exit.USAGE
    advice: str = ""

    def __init__(
        self, what: str, *, advice: str | None = None, file: str | None = None, page: int | None = None
    ) -> None:
        super().__init__(what)
        self.what = what
        self.advice = self.advice if advice is None else advice
        self.file = file
        self.page = page

    def __str__(self) -> str:
        where = self.file or ""
        if self.page is not None:
            where = f"{where}, page {self.page}" if where else f"page {self.page}"
        line = f"{where}: {self.what}" if where else self.what
        return f"{line}; {self.advice}" if self.advice else line


class SettingsError(BelishaError):
    """Options, a profile or a settings file that cannot be used."""

    exit_code = Exit.USAGE


class ReportError(BelishaError):
    """The input cannot be read at all."""

    exit_code = Exit.UNREADABLE


class ReportMissing(ReportError):
    """No such file, or no right to read it."""


class NotAPdf(ReportError):
    """The input is not a PDF file."""

    advice = "give the report as a PDF file"


class ReportDamaged(ReportError):
    """PDFium cannot open the file even with its repairs."""

    advice = "download the report again, or save it again from a PDF viewer"


class ReportLocked(ReportError):
    """The file needs a password."""

    advice = "pass the password with --password"


class ReportWithoutText(ReportError):
    """No page has text that can be read, and no OCR engine is at hand."""


class OverLimit(ReportError):
    """The input is larger than the limits allow."""
