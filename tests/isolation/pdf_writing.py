"""PDF files written by hand, byte for byte, so that they can be as wrong as a test needs them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
MEBI = 1 << 20


def file_of(objects: Mapping[int, bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """A file with these objects, a right cross-reference table and a trailer."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d %05d %s \n" % (places.get(number, 0), 0, b"n" if number in places else b"f")
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object; ``entries`` stand in its dictionary as they are."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def flate(data: bytes, entries: bytes = b"") -> bytes:
    """A stream compressed with Flate."""
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode " + entries)


def pages_file(
    contents: Iterable[bytes], more: Mapping[int, bytes] | None = None, page: bytes = b""
) -> bytes:
    """A file with one page for each content stream object. ``page``: more entries of every page.

    Objects 1 to 3 are catalogue, page list and font; pages and contents follow from 10 and ``more`` is added.
    """
    objects: dict[int, bytes] = {}
    kids = []
    number = 10
    for content in contents:
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> %s >>" % (number + 1, page)
        )
        objects[number + 1] = content
        kids.append(b"%d 0 R" % number)
        number += 2
    head = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids)),
        3: FONT,
    }
    return file_of({**head, **objects, **(more or {})})


def words(*lines: str, size: int = 10) -> bytes:
    """Content that prints these lines from the top."""
    out = [b"BT /F1 %d Tf 14 TL 50 800 Td" % size]
    for line in lines:
        safe = line.encode("latin-1", "replace")
        for mark in (b"\\", b"(", b")"):
            safe = safe.replace(mark, b"\\" + mark)
        out.append(b"(" + safe + b") Tj T*")
    out.append(b"ET")
    return b"\n".join(out)


def bomb(size: int, *, layers: int = 1) -> bytes:
    """Spaces, compressed so often; memory stays small while it is made."""
    packer = zlib.compressobj(9)
    block = b" " * MEBI
    out = b"".join(packer.compress(block) for _ in range(size // MEBI)) + packer.flush()
    for _ in range(layers - 1):
        out = zlib.compress(out, 9)
    return out
