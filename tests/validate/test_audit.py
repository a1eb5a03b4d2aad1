"""The audit as a whole: on reports made by hand, and on the truth of the example reports where they are at hand."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from normalise.records import Finding, Passage, Report
from tests.validate.from_truth import REPORTS, load_truth, passage, report_from_truth
from tests.validate.hand_made import measure, report, row
from validate.audit import Audit, audit_report
from validate.checks import KINDS

NAMES = sorted(p.parent.name for p in REPORTS.glob("*/truth.json")) if REPORTS.exists() else []

# The column that the earlier figure stands in, and what the text says, in our words with the report's numbers.
HEADINGS = {
    "brackwater_q2_2016": "Q1 Actual",
    "harrowmere_q3_2014": "Q3 2013/14",
    "eastmarch_q1_2021": "Previous Quarter",
    "oakshire_2015_q1": "2014/15",
    "oakshire_2015_q2": "Q1",
}
TEXTS: dict[str, list[str]] = {
    "brackwater_q2_2016": [
        "Of 38 measures 35 could be rated: 6 were Blue, 14 Green, 7 Amber and 8 Red.",
        "Arrows set quarter two against quarter one; an arrow pointing up tells of better performance.",
        "Red measures are explained in Appendix B.",
    ],
    "derby-2012-13-q2": [
        "The scorecard holds 63 priority measures.",
        (
            "Criteria for inclusion: the measure is Red at the end of Quarter Two and/or is forecast to be Red "
            "or Amber at year end."
        ),
    ],
    "eastmarch_q1_2021": [
        "There are 35 key performance indicators. 24 are Green, 6 are Amber and 5 are Red.",
        "Key to direction of travel",
        "Performance improved",
        "Performance worsened",
        "Performance is the same",
    ],
    "harrowmere_q3_2014": [
        "34 indicators were measured. Of these, 19 are rated Green, 8 Amber and 10 Red.",
        (
            "Direction of travel looks back to the same quarter of 2013/14: ▲ is better, ▼ is worse, ◄► is no "
            "change."
        ),
    ],
}


def audit_of(name: str) -> tuple[dict[str, Any], Audit]:
    truth = load_truth(name)
    passages = [passage(t, n) for n, t in enumerate(TEXTS.get(name, []))]
    headings = {"previous": HEADINGS[name]} if name in HEADINGS else {}
    return truth, audit_report(report_from_truth(truth, passages, headings))


def key(code: str | None) -> str:
    return re.sub(r"\s+", "", code or "").lower()


def speaks_of(finding: Finding, planted: dict[str, Any]) -> bool:
    if planted["kind"] == "count_mismatch":
        return finding.kind == "count-mismatch" and finding.status == planted["status"]
    return key(finding.code) == key(planted["code"]) and finding.field == planted["field"]


needs_reports = pytest.mark.skipif(not NAMES, reason="the example reports are not at hand")


@needs_reports
@pytest.mark.parametrize("name", NAMES)
def test_planted_errors_are_found_and_nothing_else_is_accused(name: str) -> None:
    truth, audit = audit_of(name)
    planted = truth.get("planted", [])
    wrong = [p for p in planted if p["verdict"] == "wrong"]
    allowed = [p for p in planted if p["verdict"] in ("wrong", "may_flag")]
    accused = audit.contradicted
    missed = [p for p in wrong if not any(speaks_of(f, p) for f in accused)]
    false = [f for f in accused if not any(speaks_of(f, p) for p in allowed)]
    assert missed == []
    assert false == []


@needs_reports
def test_the_expected_findings_of_the_published_report() -> None:
    expected = json.loads(
        (REPORTS / "derby-2012-13-q2" / "expected-findings.json").read_text(encoding="utf-8")
    )
    _, audit = audit_of("derby-2012-13-q2")
    for wanted in expected["findings"]:
        verdicts = [
            f.verdict
            for f in audit.findings
            if f.kind == wanted["kind"] and key(f.code) == key(wanted["code"])
        ]
        assert set(verdicts) & set(wanted["verdict"].split(" or ")), wanted
    assert audit.likely_reading is not None
    assert "relative" in audit.likely_reading.name


@needs_reports
@pytest.mark.parametrize("name", NAMES)
def test_findings_are_complete(name: str) -> None:
    _, audit = audit_of(name)
    for f in audit.findings:
        assert f.kind in KINDS
        assert f.message.endswith((".", "?"))
        assert f.page is not None
        assert f.bbox is not None
        assert f.causes
        assert f.verdict != "supported"
    assert Report.from_json(audit.report.to_json()) == audit.report


SAMPLE = report(
    [
        measure("T 01", good_is="high", actual="70%", target="80%", status="green", bbox=(40, 500, 550, 518)),
        measure("T 02", good_is="high", actual="85%", target="80%", status="green", bbox=(40, 300, 550, 318)),
        measure("T 03", good_is="high", actual="50%", target="80%", status="amber", bbox=(40, 200, 550, 218)),
    ],
    [row("T 01", actual="72%", status="green")],
)


def test_findings_stand_in_the_order_of_the_page() -> None:
    kinds = [(f.page, f.code, f.kind) for f in audit_report(SAMPLE, ignore=["scheme-gap"]).findings]
    assert kinds == [
        (2, "T 03", "status-contradicted"),
        (2, "T 01", "status-contradicted"),
        (4, "T 01", "tables-disagree"),
    ]


def test_an_audit_changes_no_record_and_can_be_repeated() -> None:
    before = SAMPLE.to_json()
    audit = audit_report(SAMPLE)
    assert SAMPLE.to_json() == before
    assert audit.report.model_copy(update={"findings": ()}) == SAMPLE
    assert audit_report(audit.report).findings == audit.findings


def test_every_status_has_a_verdict() -> None:
    audit = audit_report(SAMPLE)
    assert [(v.table, v.code, v.field, v.verdict) for v in audit.verdicts] == [
        ("dashboard", "T 01", "status", "contradicted"),
        ("dashboard", "T 02", "status", "supported"),
        ("dashboard", "T 03", "status", "contradicted"),
        ("improvement", "T 01", "status", "unverifiable"),
    ]
    assert audit.counts == {"contradicted": 2, "supported": 1, "unverifiable": 1}
    assert "85%" in audit.verdicts[1].arithmetic
    assert audit.scheme is not None
    assert audit.scheme.usable


def test_frames() -> None:
    audit = audit_report(SAMPLE, ignore=["scheme-gap"])
    frame = audit.to_frame()
    assert list(frame["code"]) == ["T 03", "T 01", "T 01"]
    assert list(frame["expected"]) == ["red", "red", "70%"]
    assert len(audit.verdicts_frame()) == 4
    empty = audit_report(report(rule={})).to_frame()
    assert list(empty.columns) == list(frame.columns)


def test_select_and_ignore() -> None:
    assert {f.kind for f in audit_report(SAMPLE, select=["tables-disagree"]).findings} == {"tables-disagree"}
    assert "tables-disagree" not in {
        f.kind for f in audit_report(SAMPLE, ignore=["tables-disagree"]).findings
    }


def test_without_a_printed_rule_no_status_is_accused() -> None:
    made = report(SAMPLE.measures, rule={})
    audit = audit_report(made)
    assert audit.scheme is None
    assert audit.counts == {"unverifiable": 3}
    assert audit.findings == ()


def test_an_inferred_rule_accuses_nobody() -> None:
    good = [
        measure(f"T {i}", good_is="high", actual=f"{80 + i}%", target="80%", status="green")
        for i in range(1, 15)
    ]
    bad = [
        measure(f"T {i}", good_is="high", actual=f"{40 + i}%", target="80%", status="red")
        for i in range(15, 30)
    ]
    odd = measure("T 99", good_is="high", actual="30%", target="80%", status="green")
    audit = audit_report(report([*good, *bad, odd], rule={}), infer=True)
    assert audit.scheme is not None
    assert audit.scheme.origin == "inferred"
    assert audit.contradicted == ()


def test_a_rule_given_by_the_caller_takes_the_place_of_the_printed_one() -> None:
    strict = audit_report(report(rule={"green": "At target", "red": "Below target"})).scheme
    assert strict is not None
    audit = audit_report(report(SAMPLE.measures), scheme=strict)
    assert audit.scheme is strict


def test_no_report_is_too_small() -> None:
    assert audit_report(report(rule={})).findings == ()
    assert audit_report(report(text=["Of 48 measures, 31 were green, 9 amber and 8 red."])).contradicted == ()
    assert isinstance(passage("x"), Passage)
