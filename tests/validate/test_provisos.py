"""What a report says beside its rule: sentences that limit it, and further rules, through the whole way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validate.printed import HEAD, RULE, accused, audited, table
from validate.provisos import reach_of

WIDER = "Green: on or above target. Amber: up to 10% below target. Red: more than 10% below target."
# ten rows that follow from the rule, and two of which one only follows from the wider one, one from neither
FOLLOWING = [
    ("A1", "Bins collected on the day", "High", "95%", "97%", "Green"),
    ("A2", "Calls answered at once", "High", "80%", "77%", "Amber"),
    ("A3", "Forms processed in time", "High", "90%", "80%", "Red"),
    ("A4", "Visitors who would return", "High", "90%", "88%", "Amber"),
    ("A5", "Streets clear of litter", "High", "96%", "96.5%", "Green"),
    ("A6", "Letters answered in ten days", "High", "85%", "90%", "Green"),
    ("A7", "Permits issued in a week", "High", "70%", "60%", "Red"),
    ("A8", "Pupils with a school of choice", "High", "92%", "91%", "Amber"),
    ("A9", "Lamps mended in three days", "High", "98%", "98%", "Green"),
    ("A10", "Potholes filled in time", "High", "88%", "89%", "Green"),
]
NEAR = ("B1", "Rent collected in the year", "High", "90%", "82%", "Amber")
WRONG = ("B2", "Homes let within the month", "High", "80%", "70%", "Green")

LIMITING = [
    "For housing measures a tolerance of 10% applies.",
    "Some measures have individually agreed tolerances.",
    "Tolerances vary between indicators.",
    "The tolerance is 5% unless otherwise agreed with the service.",
    "Measures marked * have a tolerance of 10%.",
    "* tolerance of 10% agreed by the Board",
    "A wider tolerance of 10% is used for measures that count people.",
    "The tolerance for housing measures was changed in the second quarter.",
    "A different tolerance has been set for a number of indicators.",
    "Each measure has a tolerance agreed with the lead member.",
]
LIMITING_THE_START = [
    "A small number of indicators have a different threshold, agreed with the service.",
    "Statuses follow the rule above unless otherwise stated.",
    "Individual thresholds apply to some indicators.",
    "Housing measures are amber when they are within 10% of target.",
    "Indicators resting on fewer than ten cases are never given a red status.",
    "Statuses are worked out on rounded figures.",
    "Where numbers are small the statuses should be read with care.",
    "Where the target is 100% only green and red are in use.",
    "A leeway is allowed before the status is given.",
    "The thresholds for green and amber have been revised for two of the indicators.",
]
OPENING_ALL = [
    "The status takes account of direction of travel.",
    "Statuses are set by the service manager, who may use professional judgement.",
    "RAG ratings may be overridden by the lead director.",
    "The status is based on the year-end forecast.",
    "Status reflects the likelihood of the annual target being met.",
    "The RAG status also reflects the opinion of the service.",
    "The status is not based solely on the figures.",
    "Measures are rated on the year to date position.",
    "Amber is used where the service expects to recover by March.",
    "Measures may be moved to green where there are mitigating circumstances.",
    "A measure is shown as green if it is better than the average of its neighbours.",
    "Where the result is within one case of target the measure is shown as green.",
    "A measure that has been amber for three quarters in a row becomes red.",
    "Red has been used only for measures which are below target and getting worse.",
    "A measure may be rated amber even though its target has been missed by far.",
    "New measures are shown as green in their first year.",
    "Officers have assessed each measure as red, amber or green.",
    "Red, amber and green are shown against the plan rather than the target.",
    "Housing measures are rated by their own traffic light system.",
]
SAYING_NOTHING = [
    "A tolerance of 5% is used for all measures.",
    "Most measures are within tolerance.",
    "Three indicators are outside their tolerance.",
    "The status of each measure is shown in the last column.",
    "The red measures are on average 12% below target.",
    "Performance has improved for housing measures.",
    "Targets for waste services were revised in June.",
    "The income threshold for free meals was raised in April.",
    "Forecast statuses are based on the year-end forecast.",
    "Amber measures will be discussed at the next meeting.",
    "Of the rent for the year 82% was collected, against 90% a year ago.",
    "Status is decided by the figures alone.",
    "Only red measures are discussed in this section.",
    "Fewer than ten measures are red this quarter.",
    "A small number of measures are rated red.",
    "Measures are rated amber where performance is within 5% of target.",
    "Where the target is met the measure is shown as green.",
    "Where a measure is rated red an explanation is given.",
    "Complaints moved from green to red.",
]


def test_without_a_further_word_both_areaccused(tmp_path: Path) -> None:
    found = audited(tmp_path / "a.pdf", RULE, table([*FOLLOWING, NEAR, WRONG]))
    assert accused(found) == ["B1", "B2"]


@pytest.mark.parametrize("sentence", SAYING_NOTHING)
def test_a_sentence_that_limits_nothing_spares_nobody(sentence: str, tmp_path: Path) -> None:
    found = audited(tmp_path / "a.pdf", RULE, sentence, table([*FOLLOWING, NEAR, WRONG]))
    assert accused(found) == ["B1", "B2"]


@pytest.mark.parametrize("sentence", LIMITING)
def test_a_tolerance_of_their_own_spares_those_on_the_right_side(sentence: str, tmp_path: Path) -> None:
    found = audited(tmp_path / "a.pdf", RULE, sentence, table([*FOLLOWING, NEAR, WRONG]))
    assert accused(found) == ["B2"]
    told = [f.message for f in found.findings if f.kind == "scheme-gap"]
    assert any(sentence in message and "(B1)" in message for message in told)


@pytest.mark.parametrize("sentence", [*LIMITING_THE_START, *OPENING_ALL])
def test_where_the_rule_itself_is_open_nobody_isaccused(sentence: str, tmp_path: Path) -> None:
    found = audited(tmp_path / "a.pdf", RULE, table([*FOLLOWING, NEAR, WRONG]), sentence)
    assert accused(found) == []


def test_targets_for_the_year_spare_only_what_adds_up(tmp_path: Path) -> None:
    rows = [*FOLLOWING, WRONG, ("B3", "Number of trees planted", "High", "800", "560", "Green")]
    assert accused(audited(tmp_path / "a.pdf", RULE, table(rows))) == ["B2", "B3"]
    found = audited(tmp_path / "b.pdf", RULE, "All targets are for the full year.", table(rows))
    assert accused(found) == ["B2"]


def test_red_although_the_target_is_met_is_told_under_thresholds_of_their_own(tmp_path: Path) -> None:
    over = ("B3", "Trees planted on time", "High", "80%", "86%", "Red")
    found = audited(tmp_path / "a.pdf", RULE, LIMITING_THE_START[0], table([*FOLLOWING, over]))
    assert accused(found) == ["B3"]


@pytest.mark.parametrize("place", ["above", "below"])
def test_a_second_rule_softens_what_follows_from_it(place: str, tmp_path: Path) -> None:
    first, second = table(FOLLOWING), table([NEAR, WRONG])
    parts = (RULE, first, WIDER, second) if place == "above" else (first, RULE, second, WIDER)
    found = audited(tmp_path / "a.pdf", *parts)
    assert accused(found) == ["B2"]
    near = next(v for v in found.verdicts if v.code == "B1")
    assert near.verdict == "depends"
    assert "10% below target" in near.found.reason
    assert len(found.report.other_schemes) == 1


def test_a_rule_that_is_printed_twice_is_one(tmp_path: Path) -> None:
    found = audited(tmp_path / "a.pdf", RULE, table(FOLLOWING), RULE, table([NEAR, WRONG]))
    assert found.report.other_schemes == ()
    assert accused(found) == ["B1", "B2"]


def test_a_row_with_a_remark_on_its_tolerance_is_spared_alone(tmp_path: Path) -> None:
    rows = [
        (*row, "Tolerance of 10% agreed." if row[0] == "B1" else "On course.")
        for row in [*FOLLOWING, NEAR, (*WRONG[:5], "Amber")]
    ]
    printed = table(rows, (*HEAD, "Comment"), (40, 150, 45, 50, 50, 50, 110))
    assert accused(audited(tmp_path / "a.pdf", RULE, printed)) == ["B2"]


@given(st.text(max_size=200))
def test_any_sentence_has_a_reach_or_none(text: str) -> None:
    assert reach_of(text) in ("sizes", "rules", "all", None)
