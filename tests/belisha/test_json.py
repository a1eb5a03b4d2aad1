"""JSON and JSON Lines hold the records whole."""

from __future__ import annotations

import json

from belisha.render.json import reports_json, reports_jsonl, schema
from normalise.records import Report
from tests.belisha.records_at_hand import small_report


def test_one_report_is_an_object_and_comes_back() -> None:
    text = reports_json([small_report()], several=False)
    assert Report.from_json(text) == small_report()


def test_several_are_an_array_even_if_one_alone_could_be_read() -> None:
    assert len(json.loads(reports_json([small_report()], several=True))) == 1
    both = json.loads(reports_json([small_report(), small_report()], several=True))
    assert [report["source"]["file"] for report in both] == ["quarter.pdf", "quarter.pdf"]


def test_lines_hold_every_record_with_its_kind_and_origin() -> None:
    lines = [json.loads(line) for line in reports_jsonl([small_report()]).splitlines()]
    assert [line["record"] for line in lines] == [
        "report", "measure", "measure", "improvement", "finding", "finding", "unread",
    ]  # fmt: skip
    assert {(line["file"], line["sha256"]) for line in lines} == {("quarter.pdf", "0" * 64)}
    assert lines[1]["actual"]["value"] == "-3.2"


def test_lines_leave_nothing_of_a_report_out() -> None:
    lines = [json.loads(line) for line in reports_jsonl([small_report()]).splitlines()]
    of_their_own = {"scheme", "measures", "improvements", "findings", "unread", "tables", "passages"}
    assert set(Report.model_fields) - of_their_own <= set(lines[0])


def test_the_schema_names_what_the_json_holds() -> None:
    found = json.loads(schema())
    assert set(json.loads(small_report().to_json())) == set(found["properties"])


def test_half_of_a_surrogate_pair_is_replaced_and_not_an_error() -> None:
    measure = small_report().measures[0].model_copy(update={"title": "lone \ud83d half"})
    odd = small_report(measures=(measure,))
    for text in (reports_json([odd], several=False), reports_jsonl([odd])):
        text.encode("utf-8")
        assert "lone \ufffd half" in text
    assert Report.from_json(reports_json([odd], several=False)).measures[0].code == "H1"


def test_a_line_is_a_line_for_every_reader() -> None:
    measure = small_report().measures[0].model_copy(update={"title": "a\x85b\u2028c\u2029d\ne"})
    text = reports_jsonl([small_report(measures=(measure,))])
    titles = [json.loads(line).get("title") for line in text.splitlines()]
    assert titles.count(measure.title) == 1
