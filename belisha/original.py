"""The PDF that a report was read from, for outputs that show or mark its pages."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from msgspec import Struct, field

from belisha.output import is_stdout

if TYPE_CHECKING:
    from normalise.records import Report


class Original(Struct, frozen=True):
    """The bytes of an input (empty where nobody needs them), its password, and its path (None: no file)."""

    data: bytes = b""
    password: str | None = None
    path: str | None = None

    def link(self, output: str | None) -> str | None:
        """A relative link from the output file to the PDF, as a URI reference; None where there is no file.

        It always begins with "./" or "../" or "/", so that no file name can become a scheme.
        """
        if self.path is None:
            return None
        folder = Path.cwd() if output is None or is_stdout(output) else Path(output).resolve().parent
        try:
            relative = os.path.relpath(Path(self.path).resolve(), folder)
        except ValueError:  # another drive
            return Path(self.path).resolve().as_uri()
        slashes = Path(relative).as_posix()
        start = "" if slashes.startswith("../") else "./"
        return start + quote(slashes.encode("utf-8", "surrogateescape"))


Originals = Mapping[str, Original]  # by the SHA-256 of the bytes


class Paper(Struct, frozen=True):
    """What a renderer may want beside the records: the PDFs, where the output goes, how CSV is wanted."""

    originals: Originals = field(default_factory=dict)
    output: str | None = None
    excel_csv: bool = False

    def link(self, sha256: str) -> str | None:
        """A relative link to the PDF with this hash; None where there is no file."""
        original = self.originals.get(sha256)
        return original.link(self.output) if original else None


def original_of(
    source: str | bytes | BinaryIO, report: Report, *, password: str | None, keep: bool
) -> Original:
    """The original of a report that was read from ``source``; its bytes only where ``keep`` asks for them.

    A file that has changed since it was read gives none: its pages would not be those that were read.
    """
    path = source if isinstance(source, str) else None
    data = b""
    if keep and path is not None:
        try:
            data = Path(path).read_bytes()
        except OSError:
            data = b""
    elif keep and isinstance(source, bytes):
        data = source
    if data and hashlib.sha256(data).hexdigest() != report.source.sha256:
        data = b""
    return Original(data, password, path)
