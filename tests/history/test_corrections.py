"""Corrections by hand: worked in, the original kept, stale ones told."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from belisha.history.corrections import correct, read_corrections
from belisha.history.history import History
from belisha.history.reaudit import take_corrections
from belisha.history.store import Store
from extract.errors import SettingsError
from tests.batch.stores import belisha
from tests.history.from_plan import report
from tests.history.test_identity import OTHERS, row

REPORT = report(1, [row("RB 9", "Hedges laid", "61.2%"), *OTHERS])


def written(folder: Path, **changed: str) -> Path:
    entry = {
        "sha256": REPORT.source.sha256, "code": "RB 9", "field": "actual", "was": "61.2%", "set": "62.1%",
        "reason": "two digits stand the wrong way round", "by": "A. Reader", "date": "2013-09-01", **changed,
    }  # fmt: skip
    text = "[[correction]]\n" + "".join(
        f"{k} = {v!r}\n" for k, v in entry.items() if k not in ("code", "field", "date")
    )
    text += f"date = {entry['date']}\nwhere = {{ code = {entry['code']!r}, field = {entry['field']!r} }}\n"
    path = folder / "corrections.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_figure_is_set_and_the_report_given_stays(tmp_path: Path) -> None:
    corrected = correct(REPORT, read_corrections(written(tmp_path)))
    assert corrected.report.measures[0].actual is not None
    assert (corrected.report.measures[0].actual.printed, str(corrected.report.measures[0].actual.value)) == (
        "62.1%",
        "62.1",
    )
    assert corrected.originals == {(0, "actual"): "61.2%"}
    assert REPORT.measures[0].actual is not None
    assert REPORT.measures[0].actual.printed == "61.2%"
    assert not corrected.stale


@pytest.mark.parametrize(
    ("field", "was", "to", "holds"),
    [
        ("status", "green", "Red", "red"),
        ("direction", "", "Up", "up"),
        ("good_is", "high", "low", "low"),
        ("title", "Hedges laid", "Hedges planted", "Hedges planted"),
        ("previous", "", "", None),
    ],
)
def test_other_fields(tmp_path: Path, field: str, was: str, to: str, holds: str | None) -> None:
    corrected = correct(REPORT, read_corrections(written(tmp_path, field=field, was=was, set=to)))
    assert not corrected.stale
    assert getattr(corrected.report.measures[0], field) == holds


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"was": "60.0%"}, "now says"),
        ({"code": "RB 77"}, "no such row"),
        ({"field": "direction", "was": "", "set": "sideways for a while"}, "cannot be read"),
    ],
)
def test_what_no_longer_fits_is_stale(tmp_path: Path, changed: dict[str, str], why: str) -> None:
    corrected = correct(REPORT, read_corrections(written(tmp_path, **changed)))
    assert corrected.report == REPORT
    assert [why in reason for _, reason in corrected.stale] == [True]


@pytest.mark.parametrize(
    "changed", [{"sha256": "short"}, {"field": "colour"}, {"by": ""}, {"date": "'yesterday'"}]
)
def test_a_mistake_in_the_file_is_told(tmp_path: Path, changed: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"corrections\.toml"):
        read_corrections(written(tmp_path, **changed))


def test_the_history_shows_both(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with History(path) as history:
        history.add(REPORT)
    with Store.to_write(path) as store:
        assert take_corrections(store, read_corrections(written(tmp_path))) == 1
    with History(path) as history:
        series = history.series("RB 9")
        (one,) = series.printed(series.periods[0], "actual")
    assert (one.printed, one.original) == ("62.1%", "61.2%")


def test_a_correction_taken_back_is_marked_and_its_effect_gone(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with History(path) as history:
        history.add(REPORT)
    with Store.to_write(path) as store:
        take_corrections(store, read_corrections(written(tmp_path)))
        take_corrections(store, ())
    with History(path) as history:
        series = history.series("RB 9")
        assert series.printed(series.periods[0], "actual")[0].printed == "61.2%"
    with sqlite3.connect(path) as c:
        assert c.execute("SELECT withdrawn FROM correction").fetchall() == [(1,)]


def test_a_backfill_audits_what_was_corrected(tmp_path: Path) -> None:
    """A report whose one wrong status is set right by hand has a finding before and none after."""
    from tests.history.twelve_quarters import draw

    drawn = draw()[1]
    pdf, path = tmp_path / "q2.pdf", tmp_path / "h.db"
    pdf.write_bytes(drawn.pdf)
    first = drawn.rows[0]
    wrong = "Red" if first.status == "Green" else "Green"
    import belisha as package

    sha256 = package.read(pdf).source.sha256
    file = written(tmp_path, sha256=sha256, code=first.code, field="status", was=first.status, set=wrong)

    def accused() -> list[str]:
        with sqlite3.connect(path) as c:
            return [code for (code,) in c.execute("SELECT code FROM finding WHERE verdict = 'contradicted'")]

    assert belisha("backfill", pdf, "--store", path).code == 0
    assert first.code not in accused()
    assert belisha("backfill", pdf, "--store", path, "--corrections", file).code == 0
    assert first.code in accused()
    fresh = tmp_path / "fresh.db"
    assert belisha("backfill", pdf, "--store", fresh, "--corrections", file).code == 0
    path = fresh
    assert first.code in accused()
    stale = written(tmp_path, sha256=sha256, code=first.code, field="status", was=wrong, set=wrong)
    ended = belisha("backfill", pdf, "--store", path, "--corrections", stale, "--format", "json")
    assert len(json.loads(ended.out)["stale_corrections"]) == 1
    assert "stale" in ended.err
