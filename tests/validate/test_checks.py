"""Every check from both sides: what must be found, and what looks wrong but must not be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extract.errors import BelishaError
from normalise.records import Measure
from tests.validate.hand_made import found, lights, measure, report, told
from validate.checks import CHECKS, KINDS, UnknownKind, chosen
from validate.checks.manual import manual

FINDINGS_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "findings.md"

# --- the registry and the manual ----------------------------------------------------------------


def test_kinds_are_unique() -> None:
    assert len(set(KINDS)) == len(KINDS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.kind)
def test_each_kind_has_its_page(check: object) -> None:
    page = FINDINGS_PAGE.read_text(encoding="utf-8")
    assert f"\n## {check.kind}\n" in page  # type: ignore[attr-defined]  # every check has a kind


def test_the_page_is_up_to_date() -> None:
    """Where this fails: ``python -m validate.checks.manual > docs/reference/findings.md``."""
    assert FINDINGS_PAGE.read_text(encoding="utf-8") == manual()


def test_the_module_prints_the_page() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "validate.checks.manual"],
        capture_output=True,
        text=True,
        cwd=FINDINGS_PAGE.parents[2],
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert run.stdout == manual()


def test_select_and_ignore() -> None:
    assert [c.kind for c in chosen(select=["tables-disagree"])] == ["tables-disagree"]
    assert "tables-disagree" not in [c.kind for c in chosen(ignore=["tables-disagree"])]
    with pytest.raises(UnknownKind, match="no-such-kind") as caught:
        chosen(select=["no-such-kind"])
    assert isinstance(caught.value, BelishaError)
    assert "tables-disagree" in caught.value.advice


# --- status-contradicted ------------------------------------------------------------------------


def test_a_status_against_its_rule() -> None:
    made = report(
        [
            measure("T 01", good_is="high", actual="70.0%", target="80.0%", status="green"),
            measure("T 02", good_is="high", actual="81.0%", target="80.0%", status="green"),
            measure("T 03", good_is="high", actual="75.1%", target="80.0%", status="amber"),
            measure("T 04", good_is="low", actual="37 days", target="34.5 days", status="amber"),
            measure("T 05", good_is="high", actual="70%", target="80%", status="annual"),
            measure("T 06", good_is=None, actual="70%", target="80%", status="red"),
        ]
    )
    assert told(made, "status-contradicted") == [
        ("contradicted", "T 01", "status"),
        ("borderline", "T 04", "status"),
    ]
    finding = found(made, "status-contradicted")[0]
    assert finding.expected == ("red",)
    assert len(finding.causes) == 4
    assert finding.sources
    assert "T 01" in finding.message


# --- colour-mismatch ----------------------------------------------------------------------------

GREEN, AMBER, RED = "00B050", "FFC000", "FF0000"


def coloured(*pairs: tuple[str, str]) -> list[Measure]:
    return [measure(f"T {i:02}", status=s, colours={"status": c}) for i, (s, c) in enumerate(pairs)]


STEADY = [("green", GREEN)] * 4 + [("amber", AMBER)] * 3 + [("red", RED)] * 3


def test_a_word_in_the_colour_of_another() -> None:
    made = report(coloured(("amber", GREEN), *STEADY))
    assert told(made, "colour-mismatch") == [("contradicted", "T 00", "status")]
    assert found(made, "colour-mismatch")[0].expected == ("green",)


@pytest.mark.parametrize(
    "cells",
    [
        STEADY,
        [("amber", "FFFFFF"), *STEADY],  # no colour at all
        [("amber", "FFA000"), *STEADY],  # another amber
        [("amber", GREEN), ("green", GREEN)],  # too few to learn from
        [("green", AMBER), ("amber", GREEN)]
        * 3,  # this report pairs them its own way, or its columns slipped
    ],
)
def test_colours_that_accuse_nobody(cells: list[tuple[str, str]]) -> None:
    assert told(report(coloured(*cells)), "colour-mismatch") == []


def test_a_status_that_was_read_from_its_colour_cannot_differ_from_it() -> None:
    rows = [m.model_copy(update={"printed": {}}) for m in coloured(("amber", GREEN), *STEADY)]
    assert told(report(rows), "colour-mismatch") == []


# --- the rule itself ----------------------------------------------------------------------------


def test_gaps_and_questions_of_the_rule_are_notes() -> None:
    rule = {
        "blue": "More than 4% better than target",
        "green": "On target",
        "amber": "Within 6% of target",
        "red": "More than 6% worse",
    }
    findings = found(report(lights(green=2), rule=rule), "scheme-gap")
    assert {f.verdict for f in findings} == {"note"}
    assert any("less than 4% better than target" in f.message for f in findings)
    assert any("percentage points" in f.message for f in findings)
    assert all(f.page == 1 and f.bbox for f in findings)


def test_a_status_that_the_rule_does_not_name() -> None:
    made = report(lights(green=2, purple=2, annual=1))
    assert told(made, "status-undefined") == [("note", "T 02", "status")]
    assert found(made, "status-undefined")[0].status == "purple"
    assert told(report(lights(green=2, purple=2), rule={}), "status-undefined") == []
