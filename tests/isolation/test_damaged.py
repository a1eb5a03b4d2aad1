"""Files cut short or broken inside: never fewer records than the whole without a word about it."""

from __future__ import annotations

import random
import zlib

import pytest

import belisha
from extract.file.damage import GOES_ON, NO_END, NO_TABLE, SHORTER, look, missing_pages
from extract.limits import ReadLimits
from tests.isolation.at_hand import REPORT, rounds, whole
from tests.isolation.pdf_writing import FONT, file_of, flate, pages_file, stream, words

LIMITS = ReadLimits()
SOUND = pages_file([flate(words("One")), flate(words("Two"))])


def notes(data: bytes) -> tuple[str, ...]:
    return look(data, LIMITS).notes


def rows(report: belisha.Report) -> int:
    return len(report.measures) + len(report.improvements)


def told(report: belisha.Report) -> bool:
    whole_pages = {u.page for u in report.unread if u.bbox is None and not u.text}
    return bool(set(report.notes) - set(whole().notes) or whole_pages)


def test_a_sound_file_has_nothing_to_tell() -> None:
    assert notes(SOUND) == ()
    assert notes(REPORT.read_bytes()) == ()
    assert whole().notes == ()
    assert notes(b"\n\n junk before it\n" + SOUND) == ()
    assert notes(SOUND + b"\n\0\0 \r\n") == ()


@pytest.mark.parametrize("case", range(rounds(12, 100)))
def test_a_report_cut_short_is_never_shorter_in_silence(case: int) -> None:
    data = REPORT.read_bytes()
    short = data[: random.Random(case).randrange(1, len(data))]  # noqa: S311 - no secret
    try:
        report = belisha.read(short)
    except belisha.BelishaError:
        return
    assert rows(report) >= rows(whole()) or told(report)


def test_an_end_that_is_missing_is_told() -> None:
    assert notes(SOUND[:-8]) == (NO_END,)
    assert notes(SOUND[: SOUND.rindex(b"xref")]) == (NO_END,)


def test_a_later_version_that_is_cut_off_is_told() -> None:
    later = SOUND + b"\n11 0 obj\n" + flate(words("One, corrected")) + b"\nendobj\n"
    assert notes(later) == (GOES_ON,)


def test_a_file_shorter_than_it_says_is_told() -> None:
    long = SOUND.replace(b"%\xe2\xe3\xcf\xd3\n", b"9 0 obj << /Linearized 1 /L 99999 >> endobj\n", 1)
    assert SHORTER in notes(long)


@pytest.mark.parametrize("wrong", [b"0", b"7", b"999999", b"x"])
def test_a_wrong_start_of_the_table_is_told(wrong: bytes) -> None:
    at = SOUND.rindex(b"startxref") + 10
    assert notes(SOUND[:at] + wrong + b"\n%%EOF\n") == (NO_TABLE,)


def test_a_table_that_points_elsewhere_is_told() -> None:
    moved = SOUND.replace(b"%PDF-1.7\n", b"%PDF-1.7\n\n\n\n", 1)
    assert notes(moved) == (NO_TABLE,)


def test_a_broken_stream_is_told_by_its_number() -> None:
    packed = bytearray(zlib.compress(words(*["Row"] * 50)))
    packed[len(packed) // 2] ^= 8
    data = pages_file([stream(bytes(packed), b"/Filter /FlateDecode"), flate(words("Two"))])
    (note,) = notes(data)
    assert note.startswith("part 11 of the file is damaged inside")


def test_pages_that_no_list_reaches_are_told() -> None:
    data = SOUND.replace(b"/Kids [10 0 R 12 0 R] /Count 2", b"/Kids [10 0 R        ] /Count 1")
    assert look(data, LIMITS).pages == 2
    assert missing_pages(2, 1) is not None
    assert missing_pages(2, 2) is None
    assert any("holds 2 pages but lists only 1" in n for n in belisha.read(data).notes)


def test_pages_in_packed_objects_are_counted() -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    head = b"20 0 21 %d " % (len(page) + 1)
    packed = flate(head + page + b" " + page, b"/Type /ObjStm /N 2 /First %d " % len(head))
    data = file_of({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages >>", 3: FONT, 4: packed})
    assert look(data, LIMITS).pages == 2


def test_a_page_without_a_word_among_others_is_listed() -> None:
    drawing = stream(b"10 10 m 300 300 l 200 100 l h S 0 0 1 rg 50 50 200 100 re f")
    report = belisha.read(pages_file([stream(words("One")), drawing, stream(b"")]))
    reasons = {u.page: u.reason for u in report.unread if u.bbox is None}
    assert "only pictures or drawings" in reasons[2]
    assert "blank" in reasons[3]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-", b"stream\n", b"1 0 obj stream\r\n", b"xref\n0 9\n", bytes(3000)]
)
def test_any_bytes_can_be_looked_at(data: bytes) -> None:
    assert isinstance(look(data, LIMITS).notes, tuple)


def blank(data: bytes, first: int, size: int) -> bytes:
    return data[:first] + bytes(size) + data[first + size :]


def test_an_object_that_is_blank_in_its_middle_is_told() -> None:
    at = SOUND.index(b"/Length")
    number = SOUND[:at].rpartition(b" 0 obj")[0].rpartition(b"\n")[2].decode()
    stream_at = SOUND.index(b"stream", at)
    for size in (16, stream_at + 20 - at):  # the dictionary alone, or with the beginning of the stream
        assert notes(blank(SOUND, at, size)) == (
            f"part {number} of the file is damaged inside, so text may be missing",
        )
    font = SOUND.index(b"/Font")
    assert "damaged inside" in "".join(notes(blank(SOUND, font - 8, 16)))


def test_a_stream_whose_beginning_is_overwritten_is_told() -> None:
    at = SOUND.index(b"stream\n") - 4
    over = SOUND[:at] + b"(something from elsewhere)"[:14].ljust(14) + SOUND[at + 14 :]
    assert "damaged inside" in "".join(notes(over))


def test_blanks_that_mean_nothing_are_not_told() -> None:
    padded = SOUND.replace(b"%%EOF", b"%%EOF" + bytes(64))
    assert notes(padded) == ()
    title = b"<< /Title (\xfe\xff\x00T\x00i\x00t\x00l\x00e\x00\x00\x00 ) >>"
    assert notes(pages_file([flate(words("One"))], {5: title})) == ()
    assert notes(pages_file([flate(words("One")), stream(b"% " + bytes(40))])) == ()
