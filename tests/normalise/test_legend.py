"""The report's own rule is found wherever it stands, and narrative is left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.cells import Box, Cell, Glyph, Line, Row, Table
from normalise.legend import find_arrow_legend, find_rules
from normalise.records import Passage, SchemeEntry

GREEN, AMBER, RED, BLUE = "2E9F4B", "F5A300", "D02B2F", "1F77D0"


def passages(*texts: str) -> list[Passage]:
    return [
        Passage(
            page=1,
            bbox=(50, 100 + 20 * n, 500, 112 + 20 * n),
            text=text,
            kind="item" if text.startswith("•") else "paragraph",
        )
        for n, text in enumerate(texts)
    ]


def find_scheme(*args: Any, **more: Any) -> tuple[SchemeEntry, ...]:
    """The report's rule: the first of those that it prints."""
    return next(iter(find_rules(*args, **more)), ())


def scheme(*texts: str) -> list[tuple[str, str]]:
    return [(e.status, e.text) for e in find_scheme(passages(*texts))]


LISTS = [
    (
        [
            "How we rate:",
            "• Blue – Beats target by 4% or more / task finished.",
            "• Green – At target, or beats it by less than 4%.",
            "• Red – Short of target.",
        ],
        [
            ("blue", "Beats target by 4% or more / task finished"),
            ("green", "At target, or beats it by less than 4%"),
            ("red", "Short of target"),
        ],
    ),
    (
        ["G on or above target A up to 6% below target R more than 6% below target"],
        [
            ("green", "on or above target"),
            ("amber", "up to 6% below target"),
            ("red", "more than 6% below target"),
        ],
    ),
    (
        ["G on or above target", "A up to 6% below target", "R more than 6% below target"],
        [
            ("green", "on or above target"),
            ("amber", "up to 6% below target"),
            ("red", "more than 6% below target"),
        ],
    ),
    (
        [
            "Achieved (green) – target achieved; Close (amber) – within 6% of target; Missed (red) – more than 6% below."
        ],
        [("green", "target achieved"), ("amber", "within 6% of target"), ("red", "more than 6% below")],
    ),
    (["A target was missed by 5%", "B wing fell below its target", "A report follows on the target"], []),
    (
        [
            "• GREEN: Target reached",
            "• AMBER: Up to 6% short of target",
            "• RED: Anything further short of target",
        ],
        [
            ("green", "Target reached"),
            ("amber", "Up to 6% short of target"),
            ("red", "Anything further short of target"),
        ],
    ),
    (
        [
            "Green = on or above target",
            "Amber = up to 8% under target",
            "Red = over 8% under target",
            "Grey = no data this quarter",
        ],
        [
            ("green", "on or above target"),
            ("amber", "up to 8% under target"),
            ("red", "over 8% under target"),
            ("grey", "no data this quarter"),
        ],
    ),
    (
        [
            "• Green performance reaches target / On course.",
            "• Amber performance under target by 7% at most / Some delay.",
            "• Red performance more than 7% under target / Long delay.",
        ],
        [
            ("green", "performance reaches target / On course"),
            ("amber", "performance under target by 7% at most / Some delay"),
            ("red", "performance more than 7% under target / Long delay"),
        ],
    ),
    (
        [
            "1. G - target achieved",
            "2. A - target missed by up to 4%",
            "3. R - target missed by more than 4%",
        ],
        [
            ("green", "target achieved"),
            ("amber", "target missed by up to 4%"),
            ("red", "target missed by more than 4%"),
        ],
    ),
    (
        [
            "Green (G) – 98% or more of target",
            "Amber (A) – 90% to 98% of target",
            "Red (R) – under 90% of target",
        ],
        [
            ("green", "98% or more of target"),
            ("amber", "90% to 98% of target"),
            ("red", "under 90% of target"),
        ],
    ),
    (
        ["🟢 Target reached", "🟠 Under target, within 3%", "🔴 Under target by more than 3%"],
        [
            ("green", "Target reached"),
            ("amber", "Under target, within 3%"),
            ("red", "Under target by more than 3%"),
        ],
    ),
    (
        [
            "• Met – at or better than target",
            "• Just missed – within 2% of target",
            "• Not met – more than 2% from target",
        ],
        [
            ("met", "at or better than target"),
            ("just_missed", "within 2% of target"),
            ("not_met", "more than 2% from target"),
        ],
    ),
    (
        ["(a) Green: target met", "(b) Red: target not met"],
        [("green", "target met"), ("red", "target not met")],
    ),
    (
        ["Key: Green – target met; Amber – within 4% of target; Red – more than 4% from target."],
        [("green", "target met"), ("amber", "within 4% of target"), ("red", "more than 4% from target")],
    ),
    (
        ["* Green: met target. Amber: missed target by 3% or less. Red: missed target by more than 3%."],
        [
            ("green", "met target"),
            ("amber", "missed target by 3% or less"),
            ("red", "missed target by more than 3%"),
        ],
    ),
    (
        [
            "GREEN Threshold and target both reached AMBER Threshold reached, target not RED Threshold not reached"
        ],
        [
            ("green", "Threshold and target both reached"),
            ("amber", "Threshold reached, target not"),
            ("red", "Threshold not reached"),
        ],
    ),
]


LISTS += [
    (["Green", "Target met", "Red", "Over 6% from target"], [("green", "Target met"), ("red", "Over 6% from target")]),
    (["Green (target met), Amber (within 4% of target) or Red (more than 4% below target)."],
     [("green", "target met"), ("amber", "within 4% of target"), ("red", "more than 4% below target")]),
    (["Target reached (green), within 8% of target (amber), more than 8% off target (red)"],
     [("green", "Target reached"), ("amber", "within 8% of target"), ("red", "more than 8% off target")]),
    (["Target reached = GREEN", "Within 3% of target = AMBER", "More than 3% below target = RED"],
     [("green", "Target reached"), ("amber", "Within 3% of target"), ("red", "More than 3% below target")]),
    (["“Green” – target reached", "“Red” – target not reached"], [("green", "target reached"), ("red", "target not reached")]),
    (["[Green] Target reached", "[Red] Target missed"], [("green", "Target reached"), ("red", "Target missed")]),
    (["Dark Green – over 12% better than target", "Light Green – target met", "Red – target missed"],
     [("dark_green", "over 12% better than target"), ("light_green", "target met"), ("red", "target missed")]),
    (["On target: at target or better", "Off target: up to 7% worse than target", "Far off target: more than 7% worse than target"],
     [("on_target", "at target or better"), ("off_target", "up to 7% worse than target"), ("far_off_target", "more than 7% worse than target")]),
    (["¹ Green: target met; Amber: less than 9% off target; Red: 9% or more off target."],
     [("green", "target met"), ("amber", "less than 9% off target"), ("red", "9% or more off target")]),
    (["Key – G: at or above target A: within 3% of target R: more than 3% below target"],
     [("green", "at or above target"), ("amber", "within 3% of target"), ("red", "more than 3% below target")]),
    (["Green – on track", "Amber – some slippage", "Red – off track"], [("green", "on track"), ("amber", "some slippage"), ("red", "off track")]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), LISTS, ids=[t[0][:40] for t, _ in LISTS])
def test_lists(texts: list[str], expected: list[tuple[str, str]]) -> None:
    assert scheme(*texts) == expected


SENTENCES = [
    (
        "Measures are green if at target or better, amber if no more than 6% short of it and red otherwise.",
        [("green", "at target or better"), ("amber", "no more than 6% short of it"), ("red", "otherwise")],
    ),
    (
        "An indicator is rated Green where it meets target, Amber where it is within 3% of target, and Red where it is further away than 3%.",
        [
            ("green", "it meets target"),
            ("amber", "it is within 3% of target"),
            ("red", "it is further away than 3%"),
        ],
    ),
    (
        "Indicators that reach target are shown as green, those within 4% of target are amber and all others are red.",
        [("green", "reach target"), ("amber", "within 4% of target"), ("red", "all others")],
    ),
    (
        "Green means that the target was met, amber means that it was missed by up to 2% and red means that it was missed by more than 2%.",
        [
            ("green", "the target was met"),
            ("amber", "it was missed by up to 2%"),
            ("red", "it was missed by more than 2%"),
        ],
    ),
    (
        "If a measure is at target or better it is rated green. If it is within 7% of target it is rated amber. Otherwise it is rated red.",
        [("green", "at target or better"), ("amber", "is within 7% of target"), ("red", "Otherwise")],
    ),
    (
        "Green indicates that the target is met, amber that it is missed by up to 2% and red that it is missed by more than 2%.",
        [
            ("green", "the target is met"),
            ("amber", "it is missed by up to 2%"),
            ("red", "it is missed by more than 2%"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[tuple[str, str]]) -> None:
    assert scheme("How ratings work", text) == expected


NARRATIVE = [
    "28 of the 40 indicators could be judged: 5 are Blue, 12 Green, 6 Amber and 5 Red.",
    "Of 36 measures, 20 were green, 9 amber and 7 red.",
    "Councillor Fenn asked why the amber rating for bus punctuality (81.2%, target 85%) stood.",
    "Indicators rated Red are set out in Appendix C with reasons for missing target.",
    "Red indicators: what is being done",
    "Green waste collected per household is above target.",
    "Amber Close residents said that repairs fell below standard.",
    "The Chair noted that red measures had fallen and green measures risen against target.",
    "Blue Badge applications decided within target.",
    "Red Lion Street works are within budget.",
    "Green 14, Amber 6, Red 3",
    "Performance against target has moved from red to amber since last quarter.",
    "G = Green, A = Amber, R = Red",
    "Amber – Recycling: performance is below target because of the strike.",
    "Red – Housing: target missed by 10 days.",
    "RED: HM04 Roads – 6% against a target of 4%",
    "Performance was green for 12 measures against target, amber for 5 and red for 2.",
    "• Green: 28 measures were on or above target",
    "• Amber: 6 measures were within 5% of target",
]


@pytest.mark.parametrize("text", NARRATIVE)
def test_narrative_is_no_rule(text: str) -> None:
    assert scheme(text) == []


def test_all_narrative_together_is_no_rule() -> None:
    assert scheme(*NARRATIVE) == []


def test_narrative_around_a_rule_stays_out_of_it() -> None:
    found = scheme(
        NARRATIVE[0],
        "The ratings are:",
        "• Green – target met",
        "• Red – target missed",
        NARRATIVE[3],
        NARRATIVE[4],
    )
    assert found == [("green", "target met"), ("red", "target missed")]


def test_entries_carry_label_page_and_box() -> None:
    entry = find_scheme(passages("• GREEN: Target met", "• RED: Target missed"))[0]
    assert (entry.label, entry.page, entry.bbox) == ("GREEN", 1, (50, 100, 500, 112))


def test_the_block_that_defines_the_reports_statuses_is_taken() -> None:
    texts = [
        "• High – risk is above tolerance level",
        "• Low: no",
        "text",
        "more",
        "• Green – target met",
        "• Red – target missed",
    ]
    assert [e.status for e in find_scheme(passages(*texts), used={"green", "red"})] == ["green", "red"]


# --- tables and keys -----------------------------------------------------------------------------------


def cell(
    text: str, row: int, column: int, *, fill: str | None = None, glyphs: tuple[Glyph, ...] = ()
) -> Cell:
    box = Box(1, 50 + 120 * column, 100 + 20 * row, 165 + 120 * column, 118 + 20 * row)
    lines = (Line(text, box, 9),) if text else ()
    return Cell(lines, (box,), row, column, fill=fill, glyphs=glyphs)


def table(*rows: list[Cell]) -> Table:
    width = max(len(row) for row in rows)
    columns = tuple((50.0 + 120 * c, 165.0 + 120 * c) for c in range(width))
    whole = Box(1, 50, 100, 50 + 120 * width, 100 + 20 * len(rows))
    return Table(tuple(Row(tuple(cells), (cells[0].box,)) for cells in rows), (whole,), columns)


def dot(x: float, y: float, colour: str, shape: str = "circle") -> Glyph:
    return Glyph(Box(1, x, y, x + 9, y + 9), shape, "path", colour=colour)


def read(found: Table) -> list[tuple[str, str]]:
    return [(e.status, e.text) for e in find_scheme([], [found])]


EXPECTED = [
    ("green", "At target or better"),
    ("amber", "Within 5% of target"),
    ("red", "More than 5% from target"),
]


def test_table_of_status_and_meaning() -> None:
    rows = [[cell("Status", 0, 0), cell("Meaning", 0, 1)]]
    rows += [[cell(s.upper(), n, 0), cell(t, n, 1)] for n, (s, t) in enumerate(EXPECTED, 1)]
    assert read(table(*rows)) == EXPECTED


def test_table_with_colours_for_words() -> None:
    rows = [
        [cell("", n, 0, fill=c), cell(t, n, 1)]
        for n, (c, (_, t)) in enumerate(zip((GREEN, AMBER, RED), EXPECTED, strict=True))
    ]
    assert read(table(*rows)) == EXPECTED


def test_table_with_circles_for_words() -> None:
    rows = [
        [cell("", n, 0, glyphs=(dot(60, 105 + 20 * n, c),)), cell(t, n, 1)]
        for n, (c, (_, t)) in enumerate(zip((GREEN, AMBER, RED), EXPECTED, strict=True))
    ]
    assert read(table(*rows)) == EXPECTED


def test_table_whose_rules_are_names_of_statuses_elsewhere() -> None:
    rows = [
        ("Green", "Target achieved"),
        ("Amber", "Missed by 4% at most"),
        ("Red", "Missed by more than that"),
    ]
    found = read(table(*[[cell(s, n, 0), cell(t, n, 1)] for n, (s, t) in enumerate(rows)]))
    assert found == [(s.lower(), t) for s, t in rows]
    lights = [(GREEN, "Target met"), (RED, "Target not met")]
    rows2 = [
        [cell("", n, 0, glyphs=(dot(60, 105 + 20 * n, c),)), cell(t, n, 1)] for n, (c, t) in enumerate(lights)
    ]
    assert read(table(*rows2)) == [("green", "Target met"), ("red", "Target not met")]


def test_table_with_statuses_side_by_side() -> None:
    top = [cell(s.title(), 0, n) for n, (s, _) in enumerate(EXPECTED)]
    assert read(table(top, [cell(t, 1, n) for n, (_, t) in enumerate(EXPECTED)])) == EXPECTED


def test_table_in_one_row() -> None:
    row = [c for n, (s, t) in enumerate(EXPECTED) for c in (cell(s.title(), 0, 2 * n), cell(t, 0, 2 * n + 1))]
    assert read(table(row)) == EXPECTED


def test_coloured_cells_that_hold_the_words() -> None:
    cells = [
        cell(t, 0, n, fill=c) for n, (c, (_, t)) in enumerate(zip((GREEN, AMBER, RED), EXPECTED, strict=True))
    ]
    assert read(table(cells)) == EXPECTED


def test_dashboard_is_no_legend() -> None:
    rows = [
        [cell(t, n, 0), cell("95%", n, 1), cell("97%", n, 2), cell(s, n, 3)]
        for n, (t, s) in enumerate([("Calls met within target", "Green"), ("Bins missed", "Red")])
    ]
    assert read(table(*rows)) == []


def test_keys_beside_words() -> None:
    lines, glyphs = [], []
    for n, (colour, (_, words)) in enumerate(zip((GREEN, AMBER, RED), EXPECTED, strict=True)):
        lines.append(Line(words, Box(1, 75, 100 + 20 * n, 300, 110 + 20 * n), 10))
        glyphs.append(dot(56, 101 + 20 * n, colour))
    found = find_scheme([], lines=lines, glyphs=glyphs)
    assert [(e.status, e.text) for e in found] == EXPECTED
    assert found[0].colour == GREEN
    assert found[0].symbol == "circle"


def test_key_with_words_over_two_lines() -> None:
    lines = [
        Line("Target met or, where it was not, recovered", Box(1, 75, 100, 300, 110), 10),
        Line("within four weeks", Box(1, 75, 112, 200, 122), 10),
        Line("Target not met", Box(1, 75, 140, 200, 150), 10),
    ]
    found = find_scheme([], lines=lines, glyphs=[dot(56, 101, GREEN), dot(56, 141, RED)])
    assert [e.text for e in found] == [
        "Target met or, where it was not, recovered within four weeks",
        "Target not met",
    ]


def test_black_list_dots_are_no_keys() -> None:
    lines = [
        Line("Targets were met", Box(1, 75, 100, 300, 110), 10),
        Line("Targets were missed", Box(1, 75, 120, 300, 130), 10),
    ]
    assert find_scheme([], lines=lines, glyphs=[dot(56, 101, "000000"), dot(56, 121, "000000")]) == ()


# --- arrows --------------------------------------------------------------------------------------------

ARROWS = [
    ["▲ Result has improved", "▼ Result has worsened", "◄► Result is unchanged"],
    ["Trend: ↑ improving, ↓ worsening and → no change."],
    [
        "The arrow sets this quarter against last. ▲ means improved, ▼ means declined and ► means about the same."
    ],
    [
        "Up arrow – improved since last quarter",
        "Down arrow – declined since last quarter",
        "Sideways arrow – the same as last quarter",
    ],
]


@pytest.mark.parametrize("texts", ARROWS)
def test_arrow_legends(texts: list[str]) -> None:
    found = find_arrow_legend(passages(*texts))
    assert [e.status for e in found] == ["up", "down", "level"]
    assert "mprov" in found[0].text
    assert find_scheme(passages(*texts)) == ()


def test_arrow_keys() -> None:
    words = ["Result has improved", "Result has worsened", "Result has stayed the same"]
    lines = [Line(w, Box(1, 90, 100 + 20 * n, 250, 110 + 20 * n), 10) for n, w in enumerate(words)]
    shapes = ["triangle-up", "triangle-down", "triangle-right"]
    glyphs = [dot(56, 101 + 20 * n, "334455", shape) for n, shape in enumerate(shapes)]
    assert [(e.status, e.text) for e in find_arrow_legend([], lines=lines, glyphs=glyphs)] == list(
        zip(("up", "down", "level"), words, strict=True)
    )
    assert find_scheme([], lines=lines, glyphs=glyphs) == ()


# --- never raises; real reports ------------------------------------------------------------------------


@given(st.lists(st.text(max_size=120), max_size=6))
def test_any_text_is_survived(texts: list[str]) -> None:
    find_scheme(passages(*texts))
    find_arrow_legend(passages(*texts))


WORDS = [
    "Green",
    "AMBER",
    "red",
    "–",
    ":",
    "if",
    "on",
    "target",
    "within 5%",
    "and",
    "otherwise",
    ";",
    "•",
    "▲",
    "are",
    "12",
    "G",
    "(",
    ")",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_order_of_rule_words_is_survived(words: list[str]) -> None:
    for entry in find_scheme(passages(" ".join(words))):
        assert entry.text
        assert entry.status


SHARED = Path(__file__).parents[2].parent / "shared" / "reports"


@pytest.mark.parametrize(
    "truth", sorted(SHARED.glob("*/truth.json")) or [None], ids=lambda p: p.parent.name if p else "none"
)
def test_example_reports(truth: Path | None) -> None:
    if truth is None:
        pytest.skip("no example reports beside the repository")
    from extract.document import open_pdf
    from extract.reader import read_document
    from normalise.passages import gather

    report = truth.with_name("report.pdf")
    with open_pdf(report.read_bytes(), name=report.name) as opened:
        document = read_document(opened)
    texts = [g.passage for page in gather(document.pages) for g in page.passages]
    lines = [line for page in document.pages for line in page.lines]
    glyphs = [glyph for page in document.pages for glyph in page.glyphs]
    found = find_scheme(texts, document.tables, lines=lines, glyphs=glyphs)
    expected = json.loads(truth.read_text(encoding="utf-8"))["scheme"]
    assert [(e.status, e.text) for e in found] == [(e["status"], e["text"]) for e in expected]


def test_words_without_figures_make_a_key_in_a_run_of_colours() -> None:
    listed = [
        "• Red: grave worries that the board must hear of",
        "• Amber: some worries, in hand",
        "• Green: none",
    ]
    assert [status for status, _ in scheme(*listed)] == ["red", "amber", "green"]
    assert scheme(*listed[:2]) == []
    assert scheme("Red: grave worries", "The weather was fair.", "Amber: some worries") == []


def test_words_without_figures_in_a_sentence_with_its_own_where() -> None:
    text = "Each is Green where there are no risks; Amber where delays are in hand; and Red where issues are grave."
    assert [status for status, _ in scheme(text)] == ["green", "amber", "red"]


def test_a_colour_with_any_words_joins_a_rule_beside_it() -> None:
    rule = ["• Green Target reached", "• Amber Missed by at most 4%", "• Red Missed by more than that"]
    assert scheme(*rule)[2] == ("red", "Missed by more than that")


def test_a_limit_before_a_colour_is_no_count_of_it() -> None:
    text = "Key: Blue - over target by above 2% Green - meets target Amber - within 4% of target"
    assert [status for status, _ in scheme(text)] == ["blue", "green", "amber"]


def test_a_key_in_one_paragraph_after_its_heading() -> None:
    text = "What the lights say: key to ratings Green on target or better Amber within 4% of target Red further off target"
    assert [status for status, _ in scheme(text)] == ["green", "amber", "red"]


def test_labels_that_ran_into_the_rules_before_them() -> None:
    first = "GREEN The target has been reached AMBER The minimum has been reached but not the target RED"
    found = scheme(first, "The minimum has not been reached")
    assert found == [
        ("green", "The target has been reached"),
        ("amber", "The minimum has been reached but not the target"),
        ("red", "The minimum has not been reached"),
    ]
    assert scheme("GREEN", "Target reached AMBER Missed by at most 4% RED", "Missed by over 4%") == [
        ("green", "Target reached"),
        ("amber", "Missed by at most 4%"),
        ("red", "Missed by over 4%"),
    ]


def test_remarks_after_a_rule_are_no_part_of_it() -> None:
    text = "Rating: Green – at or above target. Red – below target and outside tolerance. The tolerance is a percentage of the target."
    assert scheme(text) == [("green", "at or above target"), ("red", "below target and outside tolerance")]


def test_a_sentence_that_can_be_reckoned_with_stays_though_it_comes_second() -> None:
    first = "Green: on track. Within 2% of target."
    assert scheme(first, "Red: off track. More than 2% from target.")[0] == (
        "green",
        "on track. Within 2% of target",
    )


def test_a_letter_explained_before_its_colour() -> None:
    text = (
        "G = Green: at or above target; A = Amber: within 5% of target; R = Red: more than 5% below target."
    )
    assert scheme(text) == [
        ("green", "at or above target"), ("amber", "within 5% of target"), ("red", "more than 5% below target"),
    ]  # fmt: skip


def test_a_period_beside_a_rule_is_no_status() -> None:
    period = "Period: 1 April to 30 June. Where the target is a reduction, a lower figure is better."
    assert [s for s, _ in scheme(period, "Green: target met", "Red: more than 5% from target")] == [
        "green",
        "red",
    ]
