"""The report's own rule is found in text wherever it stands, and narrative is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from normalise.legend import find_rules
from normalise.records import Passage
from tests.normalise.legends import find_scheme, passages, scheme

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


def test_the_next_colour_is_no_condition_of_the_one_that_stands_alone() -> None:
    assert scheme("Green", "Red: more than 5% below target", "Amber: within 5% of target") == [
        ("red", "more than 5% below target"),
        ("amber", "within 5% of target"),
    ]


def test_a_name_beside_a_colour_says_when_it_is_given() -> None:
    said = [
        "Green",
        "On target, or better",
        "Amber",
        "Off target by up to 5%",
        "Red",
        "Off target by more than 5%",
    ]
    assert scheme(*said) == list(zip(("green", "amber", "red"), said[1::2], strict=True))


def test_a_status_in_small_letters_after_one_in_capitals_in_the_same_lines() -> None:
    rules = (
        "more than 10% worse than target, but better than last quarter",
        "more than 10% worse than target",
    )
    assert scheme(f"AMBER {rules[0]} Red {rules[1]}") == [("amber", rules[0]), ("red", rules[1])]
    assert scheme("AMBER within 5% of target and better than Red", "RED more than 5% below target") == [
        ("amber", "within 5% of target and better than Red"),
        ("red", "more than 5% below target"),
    ]


def test_a_rule_that_a_page_break_cuts_within_a_sentence() -> None:
    texts = (
        (1, "• Green – target met"),
        (1, "• Amber – missed by no more than 3 points (or by no more than 3% where the measure is"),
        (2, "the council's own and not a percentage)"),
        (2, "Figures may be restated."),
        (2, "• Red – missed by more than that"),
    )
    made = [
        Passage(page=page, bbox=(50, 100 + 20 * k, 500, 112 + 20 * k), text=text, kind="item")
        for k, (page, text) in enumerate(texts)
    ]
    (rule,) = find_rules(made)
    assert [(e.status, e.page) for e in rule] == [("green", 1), ("amber", 1), ("red", 2)]
    assert rule[1].text.endswith("where the measure is the council's own and not a percentage)")
