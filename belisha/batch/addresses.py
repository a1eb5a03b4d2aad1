"""Files that lie on the web or in an object store, through fsspec (extra ``belisha[remote]``).

Only the run itself fetches them, never a process that reads a PDF. Keys and passwords come from the
environment or from fsspec's own settings; what stands before an ``@`` in an address is never stored or shown.
"""

from __future__ import annotations

import hashlib
import re
import time
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from msgspec import Struct

from belisha.batch.files import Seen
from belisha.render.extras import needed
from belisha.safe_text import well_formed
from extract.errors import OverLimit, ReportError, ReportMissing, SettingsError

MOST = 500 << 20  # bytes of one file; as many as a reading takes by default
SILENCE = 60.0  # seconds that a server may keep silent
WAITS = (0.5, 2.0)  # seconds before the second and the third try
_CHUNK = 1 << 20
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_SECRET = re.compile(r"(?<=://)[^/@?#]*@")
_WEB = ("http", "https")


class SourceUnreachable(ReportError):
    """A server or store did not give the file, for a reason that may pass."""

    advice = "try again with the same command"


class FarFile(Struct, frozen=True):
    """A file at an address. ``shown`` is the address without what is secret in it."""

    address: str

    @property
    def shown(self) -> str:
        return well_formed(without_secrets(self.address))

    @property
    def name(self) -> str:
        first = self.address.partition("::")[0]
        path = unquote(urlsplit(first).path) if first.startswith(_WEB) else first
        return well_formed(path.rstrip("/").rpartition("/")[2]) or "report.pdf"

    @property
    def path(self) -> str:
        return self.address

    def look(self) -> Seen:
        """Fetch it. Raises ReportMissing, SourceUnreachable or OverLimit."""
        for wait in (*WAITS, None):
            try:
                data = _fetch(self.address)
            except SourceUnreachable:
                if wait is None:
                    raise
                time.sleep(wait)
            else:
                return Seen(hashlib.sha256(data).hexdigest(), len(data), data)
        raise AssertionError  # not reached: the last try returns or raises


def is_address(name: str) -> bool:
    """Is this an address and not a path?"""
    return _ADDRESS.match(name) is not None


def as_local(address: str) -> str | None:
    """The path that a file:// address means; None for any other address."""
    split = urlsplit(address)
    if split.scheme != "file" or "::" in address:
        return None
    return url2pathname(split.path)


def without_secrets(address: str) -> str:
    """The address without name and password."""
    return _SECRET.sub("", address)


def files_at(address: str) -> list[FarFile]:
    """The file of an address; or, where it ends in "/", is a folder or holds a "*", the PDFs there.

    Of a web page these are the PDFs that it links to below its own address, of a store all those in the
    folder and below. Raises SettingsError: no fsspec, an unknown scheme, or a place that cannot be listed.
    """
    files, path = _opened(address)
    first, _, rest = address.partition("::")
    chain = f"::{rest}" if rest else ""
    web = first.startswith(_WEB)
    try:
        if "*" in path:
            names = files.glob(path)
        elif path.endswith("/") or path == "" or (not web and files.isdir(path)):
            names = files.ls(path, detail=False) if web else files.find(path)
        else:
            return [FarFile(address)]
    except Exception as trouble:
        raise SettingsError(
            f"cannot be looked through ({_reason(trouble)})",
            advice="check the address and your rights there",
            file=without_secrets(address),
        ) from trouble
    found = [str(files.unstrip_protocol(name)) + chain for name in names]
    return [FarFile(one) for one in found if _path_of(one).lower().endswith(".pdf")]


def _path_of(address: str) -> str:
    first = address.partition("::")[0]
    return urlsplit(first).path if first.startswith(_WEB) else first


def _opened(address: str) -> tuple[Any, str]:
    core = needed("fsspec.core", extra="remote", what="an address")
    label = without_secrets(address)
    options: dict[str, Any] = {}
    if address.startswith(_WEB):
        web = needed("aiohttp", extra="remote", what="an address on the web")
        timeout = web.ClientTimeout(total=None, sock_connect=SILENCE, sock_read=SILENCE)
        options = {"client_kwargs": {"timeout": timeout}}
    try:
        files, path = core.url_to_fs(address, **options)
    except (ImportError, ValueError) as trouble:
        raise SettingsError(
            f"this kind of address cannot be read ({_reason(trouble)})",
            advice="see docs/how-to/large-backfills.md",
            file=label,
        ) from trouble
    return files, str(path)


def _fetch(address: str) -> bytes:
    label = without_secrets(address)
    try:
        files, path = _opened(address)
        # on the web one request for the whole: not every server gives parts, and a size that is stated is not asked for
        one_request = {"block_size": 0, "size": 1} if address.startswith(_WEB) else {}
        with files.open(path, "rb", **one_request) as file:
            data = bytearray()
            while chunk := file.read(_CHUNK):
                data += chunk
                if len(data) > MOST:
                    raise OverLimit(f"the file has more than {MOST >> 20} MiB", file=label)
            return bytes(data)
    except (ReportError, SettingsError):
        raise
    except FileNotFoundError as trouble:
        raise ReportMissing("no such file", advice="check the address", file=label) from trouble
    except Exception as trouble:
        if isinstance(trouble, PermissionError) or getattr(trouble, "status", None) in (401, 403):
            raise ReportMissing(
                "no right to read this file", advice="check your keys", file=label
            ) from trouble
        raise SourceUnreachable(f"cannot be fetched ({_reason(trouble)})", file=label) from trouble


def _reason(trouble: BaseException) -> str:
    """The first line of what a library says, without secrets; its name where it says nothing."""
    words = " ".join(str(trouble).split())[:200]
    return without_secrets(words) or type(trouble).__name__
