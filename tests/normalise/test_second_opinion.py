"""What a second reading may do to our records: add a signal, list both texts, change nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.cells import Box
from extract.second import SecondCell, SecondReading, SecondTable
from normalise.records import Measure, Report, Source, SourceFile, Value
from normalise.second_opinion import AGREES, DIFFERS, pages_without_rules, plain, with_second_opinion

COLUMNS = {"title": (50, 250), "actual": (250, 300), "target": (300, 350), "previous": (350, 400)}
FIELDS = ("actual", "target", "previous")


def box(field: str, top: float = 100, height: float = 20, page: int = 2) -> Box:
    x0, x1 = COLUMNS[field]
    return Box(page, x0, top, x1, top + height)


def source(area: Box, inset: float = 3) -> tuple[Source, ...]:
    """Where the text of a cell stands: a little inside it."""
    place = (area.x0 + inset, area.top + inset, area.x1 - inset, area.bottom - inset)
    return (Source(page=area.page, bbox=place),)


def row(height: float = 20, **texts: str) -> Measure:
    top = 100.0
    figures = {
        name: Value(printed=text, source=source(box(name, top, height)))
        for name, text in texts.items()
        if name in FIELDS
    }
    title = texts.get("title", "Verges cut on time")
    return Measure.model_validate(
        {
            "page": 2,
            "bbox": (50, top, 400, top + height),
            "code": "GS 4",
            "title": title,
            "printed": {"title": title},
            "sources": {"title": source(box("title", top, height))},
            **figures,
        }
    )


def whole_row() -> Measure:
    return row(actual="91%", target="95%", previous="88%")


def report(*rows: Measure) -> Report:
    return Report(source=SourceFile(file="r.pdf", sha256="0", pages=3), measures=rows)


def reading(*cells: tuple[Box, str], ruled: bool = True) -> SecondReading:
    """A reading with one table of these cells."""
    found = tuple(SecondCell(text, area) for area, text in cells)
    return SecondReading((SecondTable(2, ruled, Box.around(c.box for c in found), found),))


def usual(ruled: bool = True, **changed: str) -> SecondReading:
    """Their reading of one row, and of a second one that makes it a grid."""
    texts = {
        "title": "GS 4 Verges cut on time",
        "actual": "91%",
        "target": "95%",
        "previous": "88%",
        **changed,
    }
    below = [(box(name, 120), "x") for name in texts]
    return reading(*[(box(name), text) for name, text in texts.items()], *below, ruled=ruled)


@pytest.mark.parametrize("ruled", [True, False])
def test_the_same_texts_agree_and_nothing_is_listed(ruled: bool) -> None:
    told = with_second_opinion(report(whole_row()), usual(ruled))
    measure = told.measures[0]
    assert [getattr(measure, f).signals for f in FIELDS] == [(AGREES,)] * 3
    assert measure.signals["title"] == (AGREES,)
    assert told.second_reader == ()
    assert told.notes == ()


@pytest.mark.parametrize("ruled", [True, False])
def test_another_figure_is_listed_with_both_texts(ruled: bool) -> None:
    ours = report(whole_row())
    told = with_second_opinion(ours, usual(ruled, target="96%"))
    (found,) = told.second_reader
    assert (found.page, found.field, found.code) == (2, "target", "GS 4")
    assert (found.ours, found.theirs) == ("95%", "96%")
    target, before = told.measures[0].target, ours.measures[0].target
    assert target is not None
    assert before is not None
    assert target.signals == (DIFFERS,)
    assert target.confidence == "low"
    assert target.model_copy(update={"signals": (), "confidence": "high"}) == before
    assert "a cell otherwise" in told.notes[0]


def test_two_of_their_cells_where_we_took_one_differ() -> None:
    wide = row(actual="91% 95%").model_copy(
        update={
            "actual": Value(printed="91% 95%", source=(Source(page=2, bbox=(253, 103, 347, 117)),)),
        }
    )
    (found,) = with_second_opinion(report(wide), usual()).second_reader
    assert (found.ours, found.theirs) == ("91% 95%", "91% | 95%")


def test_their_ruled_cell_without_text_differs_but_white_space_proves_nothing() -> None:
    ours = report(whole_row())
    (found,) = with_second_opinion(ours, usual(target="")).second_reader
    assert found.theirs == ""
    assert with_second_opinion(ours, usual(ruled=False, target="")).second_reader == ()


def test_one_line_of_ours_taken_for_a_row_is_no_difference() -> None:
    """Without rules they often make a row of each line."""
    tall = report(row(height=40, actual="77.6 per\n10,000"))
    lines = reading((box("actual", 100, 20), "77.6 per"), (box("title", 100, 20), "Verges"), ruled=False)
    told = with_second_opinion(tall, lines)
    assert told.second_reader == ()
    assert told.measures[0].actual == tall.measures[0].actual


def test_columns_that_they_cannot_part_are_no_difference() -> None:
    both = Box(2, 250, 100, 350, 120)
    told = with_second_opinion(
        report(row(actual="91%", target="95%")),
        reading((both, "91% 95%"), (box("title", 120), "Next"), ruled=False),
    )
    assert told.second_reader == ()


def test_lines_of_two_columns_that_they_read_across_are_no_difference() -> None:
    both = Box(2, 250, 100, 350, 120)
    told = with_second_opinion(
        report(row(actual="46.7% (Provisional)", target="45.8%")),
        reading((both, "46.7% (Provision 45.8% al)"), (box("title", 120), "Next"), ruled=False),
    )
    assert told.second_reader == ()


def test_a_note_of_theirs_becomes_ours() -> None:
    told = with_second_opinion(report(whole_row()), SecondReading(notes=("nothing could be read",)))
    assert told.notes == ("nothing could be read",)
    assert told.measures[0] == whole_row()


def test_a_frame_round_a_page_is_no_ruled_table() -> None:
    frame = reading((Box(2, 0, 0, 600, 800), "everything on the page"))
    ours = report(whole_row())
    assert pages_without_rules(ours, frame) == (2,)
    assert pages_without_rules(ours, usual()) == ()
    assert with_second_opinion(ours, frame).second_reader == ()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("97.8% (Provisional)", "97.8 %\n(Provis-\nional)"),
        ("−3.2%", "-3.2%"),
        ("Staff absence", "Staﬀ  absence"),
        ("12", "12 \uf0e9"),
    ],
)
def test_what_readers_may_spell_otherwise(ours: str, theirs: str) -> None:
    assert plain(ours) == plain(theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"), [("97.8%", "97.8"), ("-3.2", "3.2"), ("£12", "12"), ("<5", "5"), ("1.25", "12.5")]
)
def test_what_may_not_be_overlooked(ours: str, theirs: str) -> None:
    assert plain(ours) != plain(theirs)


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_that_was_read_is_changed(ours: str, theirs: str) -> None:
    before = report(row(actual=ours, target="95%"))
    told = with_second_opinion(before, usual(actual=theirs))
    for old, new in zip(before.measures, told.measures, strict=True):
        for name in FIELDS:
            was, now = getattr(old, name), getattr(new, name)
            assert (was and was.printed) == (now and now.printed)
            assert (was and was.source) == (now and now.source)
