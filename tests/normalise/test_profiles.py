"""A profile adds words and nothing else, and says on which line it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.cells import Box, Cell, Document, Glyph, Row, Table
from extract.errors import Exit, SettingsError
from normalise.columns import read_headings
from normalise.directions import direction_from_text
from normalise.polarity import read_polarity
from normalise.profile_use import rule_remarks, with_profile, with_signs
from normalise.profiles import Profile, read_profile
from normalise.records import Measure, Period, Report, SchemeEntry, SourceFile
from normalise.statuses import read_status
from normalise.toml_lines import line_of
from normalise.values import read_value
from normalise.vocabulary import load

EMPTY = read_profile("", name="empty.toml")


def profile(text: str) -> Profile:
    return read_profile(text, name="ours.toml")


def wrong(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        profile(text)
    assert caught.value.exit_code is Exit.USAGE
    said = str(caught.value)
    assert said.startswith("ours.toml: line ")
    assert "\n" not in said
    return said.removeprefix("ours.toml: line ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colums = 1", "1: “colums” is no key of a profile; did you mean “columns”?"),
        ('about = "x"\n\n[columns]\nactual = "Now"', '4: “columns.actual” must be a list of words; write actual = ["word"'),
        ('[columns]\n# our own\nactul = ["Now"]', "3: “actul” is no field or kind of column; did you mean “actual”?"),
        ('[statuses]\n"Off Track" = ["x"]', "2: “Off Track” is no status; write it in lower case with underscores: off_track"),
        ('[[scheme]]\nstatus = "red"\ntext = "x"\n[[scheme]]\nstatus = "blue"', "4: “text” is missing"),
        ('[[scheme]]\nstatus = "red"\ntext = "x"\npage = 4', "4: “page” is no key of a profile; a profile says nothing of pages"),
        ('[columns]\nactual = ["Now"]\ntarget = ["now"]', "3: the heading “now” is given two meanings, actual and target"),
        ('[glyphs]\n"é" = "arow-up"', "2: “arow-up” is no shape; did you mean “arrow-up”?"),
        ('[directions]\nupwards = ["x"]', "2: “upwards” is no key of a profile; known are up, down"),
        ('codes = ["BBC", " "]', "1: this text is empty"),
        ('[polarity]\n"X 1" = "lowest"', "2: “polarity.X 1”: input should be 'high' or 'low'"),
        ('[scheme]\nstatus = "red"', "1: “scheme” must be a list of bands; write [[scheme]]"),
        ('about = "x"\ncodes = [', "2: this is no TOML"),
        ('about = "x"\nabout = "y"', "2: this is no TOML: cannot overwrite a value"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_its_line(text: str, said: str) -> None:
    assert wrong(text).startswith(said)


@given(st.text(max_size=200))
def test_no_text_escapes_the_known_error(text: str) -> None:
    said = ""
    try:
        profile(text)
    except SettingsError as error:
        said = str(error)
    assert "\n" not in said


def test_nesting_that_no_profile_needs_is_refused() -> None:
    with pytest.raises(SettingsError):
        profile("a = " + "[" * 20_000 + "]" * 20_000)


def test_an_empty_profile_changes_nothing() -> None:
    assert EMPTY.vocabulary() is load()
    document = Document((), (), 1)
    assert with_signs(document, EMPTY) is document
    report = Report(source=SourceFile(file="r.pdf", sha256="0", pages=1))
    assert with_profile(report, EMPTY, "empty") == report


def test_a_heading_is_read_as_the_profile_says() -> None:
    words = profile(
        '[columns]\nactual = ["Where we\\nare"]\nnot_used = ["Target"]\nfloor = ["Red line"]'
    ).vocabulary()
    period = Period(year="2019/20", quarter=2)
    guesses = read_headings(["Measure", "Where we are", "TARGET", "Red line"], period, vocabulary=words)
    assert [(g.field, g.role) for g in guesses][1:] == [("actual", None), ("extra", None), ("extra", "floor")]
    before = read_headings(["Measure", "Where we are", "TARGET", "Red line"], period)
    assert [g.field for g in before][2] == "target"


def test_a_word_loses_the_meaning_that_it_has_elsewhere() -> None:
    words = profile(
        '[statuses]\nblue = ["B", "Met"]\nred = ["out of tune"]\n[good_is]\nlow = ["maximise"]'
    ).vocabulary()
    for text, status in (("B", "blue"), ("met", "blue"), ("Out of tune", "red")):
        read = read_status(text, vocabulary=words)
        assert read is not None
        assert read.status == status
    assert read_polarity("Maximise", vocabulary=words) == "low"
    assert read_polarity("Maximise") == "high"
    ours = read_status("met")
    assert ours is not None
    assert ours.status == "met"


@pytest.mark.parametrize(("text", "way"), [("é", "up"), ("u", "up"), ("slipping back", "down")])
def test_signs_and_words_of_direction(text: str, way: str) -> None:
    words = profile(
        '[glyphs]\n"é" = "arrow-up"\n"Odd Signs:u" = "triangle-up"\n[directions]\ndown = ["Slipping back"]'
    )
    read = direction_from_text(text, vocabulary=words.vocabulary())
    assert read is not None
    assert read.direction == way
    assert direction_from_text(text) is None


def test_a_sign_of_a_font_gets_its_shape() -> None:
    glyphs = tuple(
        Glyph(Box(1, 0, 0, 9, 9), None, "font", text="u", font=f) for f in ("ABCDEF+OddSigns", "Other")
    )
    cell = Cell((), (Box(1, 0, 0, 9, 9),), 0, 0, glyphs=glyphs)
    table = Table((Row((cell,), cell.boxes),), cell.boxes, ((0, 9),))
    shown = with_signs(Document((), (table,), 1), profile('[glyphs]\n"Odd Signs:u" = "arrow-up"'))
    assert [g.shape for g in shown.tables[0].rows[0].cells[0].glyphs] == ["arrow-up", None]


def test_a_unit_is_known_by_its_printed_form() -> None:
    words = profile('[units]\nloaves = ["loaves of bread"]').vocabulary()
    read = read_value("12 loaves of bread", vocabulary=words)
    assert read is not None
    assert read.unit == "loaves"


def test_a_polarity_stands_beside_what_is_printed() -> None:
    measures = (
        Measure(page=1, bbox=(0, 0, 1, 1), code="AB 1", title="Loaves burnt"),
        Measure(page=1, bbox=(0, 0, 1, 1), code="AB 2", title="Loaves sold", good_is="high"),
        Measure(page=1, bbox=(0, 0, 1, 1), title="Ovens cold"),
    )
    report = Report(source=SourceFile(file="r.pdf", sha256="0", pages=1), measures=measures)
    ours = profile('[polarity]\n"ab 1" = "low"\n"AB 2" = "low"\n"Ovens cold" = "low"')
    burnt, sold, cold = with_profile(report, ours, "bakers").measures
    assert burnt.good_is is None
    assert burnt.inferred_good_is is not None
    assert burnt.inferred_good_is.good_is == "low"
    assert "bakers" in burnt.inferred_good_is.reason
    assert sold == measures[1]
    assert cold.inferred_good_is is not None


RULE = '[[scheme]]\nstatus = "green"\ntext = "At target, or above"\n[[scheme]]\nstatus = "red"\ntext = "below target"'


def test_words_of_the_report_that_differ_are_shown_beside_the_profiles() -> None:
    printed = (
        SchemeEntry(status="green", text="at target or above"),
        SchemeEntry(status="red", text="more than 10% below target"),
        SchemeEntry(status="amber", text="the rest"),
    )
    report = Report(source=SourceFile(file="r.pdf", sha256="0", pages=1), scheme=printed)
    said = list(rule_remarks(report, profile(RULE), "bakers"))
    assert len(said) == 2
    assert "“below target”" in said[0]
    assert "“more than 10% below target”" in said[0]
    assert "amber" in said[1]


def test_the_line_of_a_key_is_found_under_its_table() -> None:
    text = 'about = "x"\n[columns]\nactual = ["a"]\n[statuses]\n"red" = [\n  "actual",\n]\n[good_is]\nhigh = ["x"]\n'
    assert line_of(text, ["columns", "actual"]) == 3
    assert line_of(text, ["statuses", "red", "0"]) == 5
    assert line_of(text, ["good_is", "nothing"]) == 8
    assert line_of(text, ["nowhere"]) == 1


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[2] / "belisha" / "profiles").glob("*.toml")))
def test_every_shipped_profile_is_sound(path: Path) -> None:
    shipped = read_profile(path.read_text(encoding="utf-8"), name=path.name)
    assert shipped.organisation
