"""Opening a PDF from a path, bytes or an open binary file: passwords, damage, page numbers.

PDFium is the only parser. It is not thread-safe: one document at a time, pages closed in order.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from msgspec import Struct

from extract.errors import NotAPdf, OverLimit, ReportDamaged, ReportLocked, ReportMissing
from extract.file.damage import Looked, look, missing_pages
from extract.limits import ReadLimits

# Readers look for the header in the first kilobyte (PDF 1.7, annex H, note 13).
HEADER_SEARCH = 1024
NO_LIMITS_GIVEN = ReadLimits()


class Opened(Struct, frozen=True):
    """An open document: PDFium's handle, the page count and remarks for the reader."""

    pdf: Any
    page_count: int
    notes: tuple[str, ...]


def load(
    source: str | Path | bytes | BinaryIO, *, name: str | None = None, limits: ReadLimits = NO_LIMITS_GIVEN
) -> tuple[bytes, str]:
    """The bytes of a source and the name to speak of it by.

    Raises ReportMissing (no file, a folder, no right to read), OverLimit and NotAPdf (empty, other format).
    """
    if isinstance(source, bytes):
        data, label = source, name or "report.pdf"
    elif isinstance(source, (str, Path)):
        data, label = _read_file(Path(source), limits.input_bytes), name or str(source)
    else:
        label = name or str(getattr(source, "name", "report.pdf"))
        data = read_at_most(source, limits.input_bytes + 1)
    check_is_pdf(data, label, limits.input_bytes)
    return data, label


def _read_file(path: Path, limit: int) -> bytes:
    label = str(path)
    try:
        if path.is_dir():
            raise ReportMissing("this is a folder", advice="name a PDF file in it", file=label)
        if not path.exists():
            raise ReportMissing("no such file", advice="check the name", file=label)
        if not path.is_file():
            raise NotAPdf("this is not a regular file", file=label)
        # Without waiting, and looked at once more when open: a pipe that took the file's place would block.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise NotAPdf("this is not a regular file", file=label)
            if facts.st_size > limit:
                raise OverLimit(_too_large(facts.st_size, limit), advice=_SPLIT, file=label)
            return read_at_most(file, limit + 1)
    except PermissionError as error:
        raise ReportMissing(
            "no right to read this file", advice="check its permissions", file=label
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportMissing(f"cannot be read ({reason})", advice="check the name", file=label) from error


def read_at_most(file: BinaryIO, limit: int) -> bytes:
    """The bytes of a file, at most ``limit``, in pieces: one call would set memory aside for all of the limit."""
    pieces: list[bytes] = []
    while limit > 0 and (piece := file.read(min(limit, _PIECE))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


_PIECE = 1 << 20
_SPLIT = "split it, take the pages you need out of it, or allow more with --max-size"


def _too_large(size: int, limit: int) -> str:
    return f"the file has {size:,} bytes or more, the limit is {limit:,}"


def check_is_pdf(data: bytes, label: str, limit: int = NO_LIMITS_GIVEN.input_bytes) -> None:
    """Refuse input that cannot be a PDF. Raises NotAPdf or OverLimit."""
    if len(data) > limit:
        raise OverLimit(_too_large(len(data), limit), advice=_SPLIT, file=label)
    if not data:
        raise NotAPdf("the file is empty", file=label)
    if b"%PDF-" not in data[:HEADER_SEARCH]:
        raise NotAPdf("this is not a PDF file", file=label)


@contextmanager
def open_pdf(
    data: bytes, *, name: str, password: str | None = None, limits: ReadLimits = NO_LIMITS_GIVEN
) -> Iterator[Opened]:
    """Open a PDF. Raises ReportLocked for a missing or wrong password, ReportDamaged for anything else."""
    looked = look(data, limits)
    try:
        pdf = pdfium.PdfDocument(looked.data, password=password)
    except pdfium.PdfiumError as error:
        code = raw.FPDF_GetLastError()
        if code == raw.FPDF_ERR_PASSWORD or getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            what = "the password is wrong" if password else "the file is locked with a password"
            raise ReportLocked(what, file=name) from error
        if code == raw.FPDF_ERR_SECURITY:
            raise ReportLocked(
                "the file is encrypted in a way that cannot be read",
                advice="save it without encryption",
                file=name,
            ) from error
        raise ReportDamaged("the file is damaged and cannot be opened", file=name) from error
    try:
        pages = len(pdf)
        if pages <= 0:
            raise ReportDamaged("the file has no pages", file=name)
        yield Opened(pdf, pages, tuple(_remarks(pdf, looked, pages)))
    finally:
        pdf.close()


def _remarks(pdf: Any, looked: Looked, pages: int) -> Iterator[str]:
    # Bit 5 of the permissions (value 16) allows copying text (PDF 1.7, table 22). The reader of a
    # published report has the right to its text, so this is told and not obeyed.
    if raw.FPDF_GetSecurityHandlerRevision(pdf.raw) >= 0 and not raw.FPDF_GetDocPermissions(pdf.raw) & 16:
        yield "the file asks viewers not to copy its text; it was read all the same"
    yield from looked.notes
    missing = missing_pages(looked.pages, pages)
    if missing:
        yield missing


def page_numbers(spec: str | None, page_count: int) -> tuple[int, ...]:
    """Pages named by a range such as "4-9" or "1,3,7-"; all of them for None.

    Raises SettingsError for a range that cannot be understood or lies outside the document.
    """
    from extract.errors import SettingsError

    if not spec:
        return tuple(range(1, page_count + 1))
    chosen: set[int] = set()
    for part in spec.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        try:
            low = int(first) if first else 1
            high = (int(last) if last else page_count) if dash else low
        except ValueError:
            raise SettingsError(
                f"pages {spec!r} is no range", advice="write pages like 4-9 or 1,3,7"
            ) from None
        if not 1 <= low <= high:
            raise SettingsError(f"pages {spec!r} is no range", advice="write pages like 4-9 or 1,3,7")
        chosen.update(range(low, min(high, page_count) + 1))
    if not chosen:
        raise SettingsError(f"pages {spec!r} lie outside the report", advice=f"it has {page_count} page(s)")
    return tuple(sorted(chosen))
