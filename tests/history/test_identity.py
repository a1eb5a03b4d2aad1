"""Which rows are one measure: what must be joined, what must not, and what is only proposed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from belisha.history.history import History, UnknownMeasure
from extract.errors import SettingsError
from tests.history.from_plan import report
from tests.history.twelve_quarters import Row


def row(code: str, title: str, actual: str, previous: str = "", target: str = "80%") -> Row:
    return Row(code, title, "High", previous, actual, target, "Green", "")


OTHERS = [
    row(f"RB {n}", title, f"{70 + n}.5%", "")
    for n, title in enumerate(("Swings oiled", "Gates hung", "Ponds dredged"), 1)
]


def made(tmp_path: Path, *quarters: list[Row], settled: str | None = None, **more: str | None) -> History:
    store = tmp_path / "h.db"
    if settled is not None:
        (tmp_path / "h.toml").write_text(settled, encoding="utf-8")
    history = History(store)
    for number, rows in enumerate(quarters, 1):
        history.add(report(number, [*rows, *OTHERS], **more))
    return history


def kinds(history: History) -> list[str]:
    return [change.kind for _, change in history.changes()]


def test_a_code_holds_over_any_title(tmp_path: Path) -> None:
    history = made(
        tmp_path,
        [row("RB 9", "Hedges laid", "61.2%")],
        [row("RB 9", "Length of hedge laid", "63.0%", "61.2%")],
    )
    assert history.series("RB 9").titles == ["Hedges laid", "Length of hedge laid"]


def test_spacing_and_case_of_a_code_do_not_matter(tmp_path: Path) -> None:
    history = made(tmp_path, [row("RB 9a", "Hedges laid", "61.2%")], [row("rb9A", "Hedges laid", "63.0%")])
    assert len(list(history.all_series())) == 4
    assert "recoded" not in kinds(history)


def test_like_titles_with_the_figure_agreeing_are_one(tmp_path: Path) -> None:
    history = made(
        tmp_path,
        [row("RB 9", "Hedges laid by volunteers", "61.2%")],
        [row("QX 4", "Hedges laid by our volunteers", "63.0%", "61.2%")],
    )
    assert history.series("QX 4").codes == ["RB 9", "QX 4"]


def test_like_titles_without_a_figure_are_proposed(tmp_path: Path) -> None:
    history = made(
        tmp_path,
        [row("RB 9", "Hedges laid by volunteers", "61.2%")],
        [row("QX 4", "Hedges laid by our volunteers", "63.0%")],
    )
    assert history.series("QX 4").codes == ["QX 4"]
    assert len(history.proposals()) == 1
    assert "depends" in {c.verdict for _, c in history.changes(["dropped"])}


def test_like_titles_whose_figure_differs_are_two(tmp_path: Path) -> None:
    history = made(
        tmp_path,
        [row("RB 9", "Hedges laid by volunteers", "61.2%")],
        [row("QX 4", "Hedges laid by our volunteers", "63.0%", "12.9%")],
    )
    assert history.series("QX 4").codes == ["QX 4"]
    assert not history.proposals()


def test_a_hundred_per_cent_proves_nothing(tmp_path: Path) -> None:
    history = made(
        tmp_path,
        [row("RB 9", "Hedges laid by volunteers", "100%")],
        [row("QX 4", "Hedges laid by visitors", "98%", "100%")],
    )
    assert history.series("QX 4").codes == ["QX 4"]


def test_two_measures_of_one_report_are_never_one(tmp_path: Path) -> None:
    both = [row("RB 8", "Hedges laid (north)", "61.2%"), row("RB 9", "Hedges laid (south)", "61.2%")]
    history = made(tmp_path, both, both)
    assert len(list(history.all_series())) == 5
    assert not history.proposals()


def test_running_numbers_are_no_codes_to_trust(tmp_path: Path) -> None:
    history = made(
        tmp_path,
        [row("1", "Hedges laid", "61.2%"), row("2", "Stiles mended", "44.0%")],
        [row("1", "Stiles mended", "45.0%", "44.0%"), row("2", "Hedges laid", "60.0%", "61.2%")],
    )
    assert [
        str(p.printed)
        for p in history.series("Hedges laid").printed(history.series("Hedges laid").periods[-1], "actual")
    ] == ["60.0%"]


def test_what_people_settle_wins(tmp_path: Path) -> None:
    quarters = [row("RB 9", "Hedges laid", "61.2%")], [row("QX 4", "Boundaries planted up", "63.0%")]
    said = '[[same]]\nmeasures = ["RB 9", "Boundaries planted up"]\n'
    assert made(tmp_path, *quarters, settled=said).series("QX 4").codes == ["RB 9", "QX 4"]


def test_people_can_keep_apart_what_looks_alike(tmp_path: Path) -> None:
    quarters = [row("RB 9", "Hedges laid", "61.2%")], [row("RB 9", "Hedges laid anew", "63.0%", "61.2%")]
    said = '[[different]]\nmeasures = ["Hedges laid", "Hedges laid anew"]\n'
    history = made(tmp_path, *quarters, settled=said)
    with pytest.raises(UnknownMeasure, match="names 2 measures"):
        history.series("RB 9")


def test_names_of_one_organisation_can_be_settled(tmp_path: Path) -> None:
    said = '[[organisation]]\nname = "Rill Borough Council"\nalso = ["Rill BC"]\n'
    (tmp_path / "h.toml").write_text(said, encoding="utf-8")
    history = History(tmp_path / "h.db")
    history.add(report(1, OTHERS, council="Rill BC"))
    history.add(report(2, OTHERS, council="The Rill Borough Council"))
    assert history.organisations() == ["The Rill Borough Council"]
    assert len(list(history.all_series())) == 3


def test_reports_that_do_not_say_whose_they_are_stay_apart(tmp_path: Path) -> None:
    history = made(tmp_path, [], [], council=None)
    assert len(list(history.all_series())) == 6
    assert not kinds(history)


@pytest.mark.parametrize(
    "text",
    ["[[same]]\nmeasures = 3", "[[sane]]\nmeasures = ['a', 'b']", "[[same]\n", "[[same]]\nmeasures = ['a']"],
)
def test_a_mistake_in_the_file_is_told_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / "h.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"h\.toml"):
        History(tmp_path / "h.db")


def test_the_order_of_adding_does_not_matter(tmp_path: Path) -> None:
    quarters = [
        [row("RB 9", "Hedges laid by volunteers", "61.2%")],
        [row("QX 4", "Hedges laid by our volunteers", "63.0%", "61.2%")],
        [row("QX 4", "Hedges laid by our volunteers", "64.1%", "62.9%")],
    ]
    answers = []
    for seed in range(3):
        folder = tmp_path / str(seed)
        folder.mkdir()
        history = History(folder / "h.db")
        numbered = list(enumerate(quarters, 1))
        Random(seed).shuffle(numbered)  # noqa: S311 - an order
        for number, rows in numbered:
            history.add(report(number, [*rows, *OTHERS]))
        answers.append([change.to_dict(c.organisation) for c, change in history.changes()])
    assert answers[0] == answers[1] == answers[2]
    assert "restated" in {a["kind"] for a in answers[0]}
