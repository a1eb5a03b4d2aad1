"""Profiles through the whole program: a report in words of its own, read without and with one."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import belisha as product
from belisha.profile_files import built_in, find_profile
from extract.errors import SettingsError
from normalise.profiles import read_profile
from tests.belisha.running import REPORT, belisha, one_line_of_trouble

HEADINGS = (
    "Ref",
    "Measure",
    "Which way",
    "Where we are",
    "Where we said we would be",
    "Since last time",
    "How it looks",
)
WIDTHS = (50, 180, 70, 80, 110, 80, 90)
ROWS = (
    ("BBC 11", "Footpaths kept open", "more please", "96%", "95%", "climbing", "on song"),
    ("BBC 12", "Benches in good repair", "more please", "93%", "95%", "slipping back", "a little flat"),
    ("BBC 13", "Meadows sown", "more please", "60%", "90%", "slipping back", "out of tune"),
    ("BBC 14", "Ponds silted up", "", "20%", "10%", "climbing", "out of tune"),
    ("BBC 15", "Hedges laid", "more please", "97%", "90%", "no great change", "out of tune"),
)  # fmt: skip


def odd_report(rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    """A ruled dashboard of which hardly a heading is known to anyone else. It prints no rule."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(842, 595))
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, 550, "Brindlewick Borough Council")
    canvas.drawString(60, 530, "Performance report, Quarter 2 2018/19")
    for r, row in enumerate((HEADINGS, *rows)):
        x = 60
        for text, width in zip(row, WIDTHS, strict=True):
            canvas.rect(x, 480 - r * 30, width, 30)
            canvas.setFont("Helvetica-Bold" if r == 0 else "Helvetica", 8)
            canvas.drawString(x + 4, 491 - r * 30, text)
            x += width
    canvas.save()
    return out.getvalue()


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.pdf"
    path.write_bytes(odd_report())
    return path


def test_a_profile_makes_a_table_of_odd_words_readable() -> None:
    report = product.read(odd_report(), profile="brindlewick")
    assert [m.code for m in report.measures] == [row[0] for row in ROWS]
    assert [m.status for m in report.measures] == ["green", "amber", "red", "red", "red"]
    assert [m.direction for m in report.measures] == ["up", "down", "down", "up", "level"]
    first, silted = report.measures[0], report.measures[3]
    assert first.actual is not None
    assert first.target is not None
    assert (first.actual.printed, first.target.printed, first.good_is) == ("96%", "95%", "high")
    assert silted.good_is is None
    assert silted.inferred_good_is is not None
    assert silted.inferred_good_is.good_is == "low"
    plain = product.read(odd_report())
    assert [m.status for m in plain.measures] != [m.status for m in report.measures]


def test_statuses_are_held_against_the_profiles_rule(odd: Path) -> None:
    ended = belisha("audit", odd, "--profile", "brindlewick", "--format", "json")
    assert ended.code == 1, ended.err
    accused = [f for f in json.loads(ended.text)["findings"] if f["verdict"] == "contradicted"]
    assert [(f["code"], f["printed"], f["expected"]) for f in accused] == [("BBC 15", "red", ["green"])]
    assert "prints no rule" in ended.err
    assert "brindlewick" in ended.err


def test_in_python_too() -> None:
    report = product.read(odd_report(), profile="brindlewick")
    assert not product.audit(report).contradicted
    assert [f.code for f in product.audit(report, profile="brindlewick").contradicted] == ["BBC 15"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("brindlewik", ("no profile", "did you mean brindlewick?")),
        ("nowhere/ours.toml", ("nowhere/ours.toml", "no such profile")),
    ],
)
def test_a_profile_that_is_not_there(name: str, says: tuple[str, ...]) -> None:
    one_line_of_trouble(belisha("extract", REPORT, "--profile", name), code=2, says=says)


def test_what_is_wrong_in_it_is_said_once_for_all_inputs(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[columns]\nactul = ["Now"]\n', encoding="utf-8")
    ended = belisha("extract", REPORT, REPORT, "--profile", wrong)
    one_line_of_trouble(ended, code=2, says=("wrong.toml", "line 2", "“actul”"))


def test_a_rule_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path) -> None:
    vague = tmp_path / "vague.toml"
    vague.write_text('[[scheme]]\nstatus = "green"\ntext = "lovely"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"line 3: the rule cannot be read: .*lovely"):
        find_profile(vague)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 1_000_001])
def test_what_is_no_text_of_a_page_or_two_is_no_profile(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"odd\.toml"):
        find_profile(path)


def test_list_names_what_ships_and_what_lies_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('organisation = "Bakers of Fenwick"', encoding="utf-8")
    ended = belisha("profile", "list", tmp_path)
    assert ended.code == 0
    lines = ended.text.splitlines()
    assert len(lines) == len(built_in()) + 1
    assert any("Bakers of Fenwick" in line and "ours.toml" in line for line in lines)


def test_show_prints_a_profile_that_can_be_used_again(tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_bytes(belisha("profile", "show", "brindlewick").out)
    assert find_profile(copy).profile == find_profile("brindlewick").profile


def test_a_draft_changes_nothing_and_tells_what_was_not_understood(odd: Path, tmp_path: Path) -> None:
    target = tmp_path / "draft.toml"
    ended = belisha("profile", "new", odd, "-o", target)
    assert ended.code == 0, ended.err
    draft = target.read_text(encoding="utf-8")
    used = read_profile(draft, name="draft.toml")
    assert used.model_dump(exclude={"organisation"}) == read_profile("", name="empty").model_dump(
        exclude={"organisation"}
    )
    assert "Brindlewick Borough Council" in draft
    assert "Where we said we would be" in draft
    assert "No rating rule was found" in draft


def test_the_lines_of_a_draft_can_be_taken_out_of_their_comments() -> None:
    draft = belisha("profile", "new", REPORT).text
    lines = [re.sub(r'^# (?=[\w"]+ = |\[\[)', "", line) for line in draft.splitlines()]
    used = read_profile("\n".join(lines), name="draft.toml")
    assert len(used.scheme) > 2
    assert used.sections


def test_test_finds_no_difference_where_there_is_none(odd: Path, tmp_path: Path) -> None:
    saved = tmp_path / "right.json"
    belisha("extract", odd, "--profile", "brindlewick", "-o", saved)
    ended = belisha("profile", "test", "brindlewick", saved, odd)
    assert (ended.code, ended.out) == (0, b"")
    assert "no differences in 5 measures" in ended.err


def test_test_tells_what_differs(odd: Path, tmp_path: Path) -> None:
    saved, later = tmp_path / "right.json", tmp_path / "later.pdf"
    belisha("extract", odd, "--profile", "brindlewick", "-o", saved)
    changed = ((*ROWS[0][:3], "97%", *ROWS[0][4:]), *ROWS[2:], ("BBC 16", *ROWS[1][1:]))
    later.write_bytes(odd_report(changed))
    ended = belisha("profile", "test", "brindlewick", saved, later)
    assert ended.code == 1
    assert "BBC 11 Footpaths kept open: actual was “96%” (96 percent), is “97%” (97 percent)" in ended.text
    assert "lost measure: BBC 12 Benches in good repair" in ended.text
    assert "new measure: BBC 16 Benches in good repair" in ended.text
    assert "saved from another file" in ended.err


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"source": 1}'])
def test_records_that_are_none_are_wrong_use(tmp_path: Path, content: str) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(content, encoding="utf-8")
    ended = belisha("profile", "test", "brindlewick", saved, REPORT)
    one_line_of_trouble(ended, code=2, says=("saved.json", "no records"))
