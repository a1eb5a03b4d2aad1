"""Files made to overwhelm a reader: small on the disk, endless when opened."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tests.isolation.pdf_writing import (
    FONT,
    MEBI,
    bomb,
    file_of,
    flate,
    pages_file,
    stream,
    words,
)

SIZE = 1024
FINE = stream(words("A page like any other", "with two lines"))
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
    b" /Resources << /Font << /F1 3 0 R >> /XObject << /X 6 0 R >> >> >>"
)


def _between(content: bytes) -> bytes:
    return pages_file([FINE, content, FINE])


def _one_page(objects: dict[int, bytes], kids: bytes = b"/Kids [4 0 R] /Count 1") -> bytes:
    base = {1: CATALOGUE, 2: b"<< /Type /Pages " + kids + b" >>", 3: FONT, 4: PAGE, 5: FINE}
    return file_of({**base, **objects})


def flate_bomb() -> bytes:
    return _between(stream(bomb(SIZE * MEBI), b"/Filter /FlateDecode"))


def nested_flate() -> bytes:
    return _between(stream(bomb(SIZE * MEBI, layers=3), b"/Filter [" + b"/FlateDecode " * 3 + b"]"))


def many_filters() -> bytes:
    return _between(stream(bomb(64 * MEBI), b"/Filter [" + b"/FlateDecode " * 26 + b"]"))


def run_length() -> bytes:
    packed = zlib.compress(zlib.compress(b"\x81 " * (8 * MEBI), 9), 9)
    return _between(stream(packed, b"/Filter [/FlateDecode /FlateDecode /RunLengthDecode]"))


def lzw() -> bytes:
    """Growing runs of spaces, the table thrown away whenever it is full."""
    out, held, bits = bytearray(), 0, 0

    def put(code: int, width: int) -> None:
        nonlocal held, bits
        held, bits = held << width | code, bits + width
        while bits >= 8:
            bits -= 8
            out.append(held >> bits & 255)
            held &= (1 << bits) - 1

    for _ in range(60):
        put(256, 9)
        put(32, 9)
        for code in range(258, 4094):
            put(code, 9 if code < 512 else 10 if code < 1024 else 11 if code < 2048 else 12)
    return _between(stream(zlib.compress(bytes(out)), b"/Filter [/FlateDecode /LZWDecode]"))


def predictor() -> bytes:
    parameters = b"/Predictor 12 /Columns 2147483647 /Colors 32 /BitsPerComponent 16"
    return _between(flate(b"\x02" + b" " * 100, b"/DecodeParms << " + parameters + b" >>"))


def object_stream() -> bytes:
    entries = b"/Type /ObjStm /N 1 /First 10 /Filter /FlateDecode"
    return file_of({1: CATALOGUE, 5: stream(bomb(SIZE * MEBI), entries)})


def character_map() -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>"
    return pages_file([FINE], {3: font, 4: stream(bomb(SIZE * MEBI), b"/Filter /FlateDecode")})


def loop_of_pages() -> bytes:
    return _one_page({}, b"/Kids [2 0 R 4 0 R] /Count 2")


def loop_of_forms() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    return _one_page({5: stream(b"/X Do " + words("Once")), 6: stream(b"/X Do /X Do", form)})


def doubling_forms() -> bytes:
    """Thirty forms, each drawn three times by the one before it."""
    objects = {4: PAGE.replace(b"/X 6 0 R", b"/X 20 0 R"), 5: stream(b"/X Do " + words("Once"))}
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources "
    for number in range(20, 50):
        resources = b"<< /XObject << /X %d 0 R >> >>" % (number + 1)
        objects[number] = stream(b"/X Do /X Do /X Do", head + resources)
    objects[50] = stream(words("deep"), head + b"<< /Font << /F1 3 0 R >> >>")
    return _one_page(objects)


def loop_of_tables() -> bytes:
    data = _one_page({})
    start = data[data.rindex(b"startxref") + 10 :].split()[0]
    return data.replace(b"/Root", b"/Prev " + start + b" /Root")


def loop_of_parents() -> bytes:
    page = PAGE.replace(b"/MediaBox [0 0 595 842]", b"")
    kids = b"/Kids [4 0 R] /Count 1 /Parent 8 0 R"
    return _one_page({4: page, 8: b"<< /Type /Pages /Parent 2 0 R >>"}, kids)


def loop_of_outlines() -> bytes:
    catalogue = b"<< /Type /Catalog /Pages 2 0 R /Outlines 7 0 R >>"
    return _one_page({1: catalogue, 7: b"<< /First 7 0 R /Last 7 0 R /Next 7 0 R >>"})


def million_pages() -> bytes:
    return _one_page({}, b"/Kids [4 0 R] /Count 1000000")


def deep_arrays() -> bytes:
    return pages_file([stream(b"[" * 100_000 + b"]" * 100_000 + words("After it"))])


def deep_dictionaries() -> bytes:
    deep = b"<</A " * 100_000 + b"1" + b">>" * 100_000
    return _one_page({}, b"/Kids [4 0 R] /Count 1 /X " + deep)


def far_away() -> bytes:
    far = b" BT /F1 10 Tf 1000000000 1000000000 Td (far) Tj ET 0 0 1000000000 1000000000 re S"
    return pages_file([stream(words("Near") + far + b" 1e38 1e38 1e38 1e38 re f")])


def huge_page() -> bytes:
    return pages_file([stream(words("Near"))], page=b"/MediaBox [0 0 1000000000 1000000000]")


def million_characters() -> bytes:
    return _between(flate(words(*["x" * 100] * 10_000)))


def many_pieces() -> bytes:
    return _between(flate(b"BT /F1 1 Tf 50 800 Td " + b"(a) Tj " * 300_000 + b"ET"))


def many_lines() -> bytes:
    drawn = (
        b"%d %d m %d %d l S\n" % (50 + i % 500, 50 + i % 700, 50 + i % 500, 700 - i % 600)
        for i in range(100_000)
    )
    return _between(flate(b"".join(drawn)))


BOMBS: tuple[Callable[[], bytes], ...] = (
    flate_bomb,
    nested_flate,
    many_filters,
    run_length,
    lzw,
    predictor,
    object_stream,
    character_map,
)
LOOPS: tuple[Callable[[], bytes], ...] = (
    loop_of_pages,
    loop_of_forms,
    doubling_forms,
    loop_of_tables,
    loop_of_parents,
    loop_of_outlines,
    million_pages,
    deep_arrays,
    deep_dictionaries,
    far_away,
    huge_page,
)
CROWDS: tuple[Callable[[], bytes], ...] = (million_characters, many_pieces, many_lines)
