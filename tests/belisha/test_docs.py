"""The manual says what the program does: pages made from it are fresh, and nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path

import pytest

from belisha.cli import COMMANDS
from belisha.render.csv import COLUMNS
from belisha.render.json import RECORD_KINDS
from extract.errors import Exit
from normalise.records import Report
from tests.belisha.running import ROOT

DOCS = ROOT / "docs"


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def test_the_command_line_page_is_fresh() -> None:
    fresh = run_path(str(DOCS / "tools" / "write_cli.py"))["page"]()
    assert text_of("reference/cli.md") == fresh, "run `make docs`"


def test_the_excerpt_in_the_readme_is_what_the_demo_prints() -> None:
    fresh = run_path(str(DOCS / "tools" / "write_excerpt.py"))["page"]()
    assert (ROOT / "README.md").read_text(encoding="utf-8") == fresh, "run `make docs`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`belisha {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", list(Exit))
def test_every_exit_code_is_explained(code: Exit) -> None:
    assert f"| {int(code)} | {code.name} |" in text_of("reference/exit-codes.md")


@pytest.mark.parametrize("column", COLUMNS)
def test_every_csv_column_is_explained(column: str) -> None:
    assert f"| `{column}` |" in text_of("reference/csv.md")


@pytest.mark.parametrize("key", list(Report.model_fields))
def test_every_key_of_a_report_is_explained(key: str) -> None:
    assert f"| `{key}` |" in text_of("reference/json.md")


@pytest.mark.parametrize("kind", [kind for _, kind in RECORD_KINDS])
def test_every_kind_of_line_is_named(kind: str) -> None:
    assert f"`{kind}`" in text_of("reference/json.md")


def links() -> Iterator[tuple[Path, str]]:
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            yield page, target


@pytest.mark.parametrize(("page", "target"), [pytest.param(p, t, id=f"{p.name}-{t}") for p, t in links()])
def test_every_link_leads_somewhere(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


def test_every_page_is_in_the_index() -> None:
    index = text_of("README.md")
    for page in DOCS.rglob("*.md"):
        name = page.relative_to(DOCS).as_posix()
        assert name == "README.md" or name.startswith("decisions/") or f"({name})" in index
