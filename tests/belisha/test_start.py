"""Starting is cheap, works in a bare tree, and says plainly when something hides a stage."""

from __future__ import annotations

from pathlib import Path

import pytest

import belisha as package
from belisha.cli import COMMANDS
from belisha.doctor import Examination, Line, examine
from belisha.neighbours import STAGES, hidden_stages
from tests.belisha.running import ROOT, belisha, one_line_of_trouble, python

HEAVY = (
    "pydantic",
    "msgspec",
    "pandas",
    "numpy",
    "pdfplumber",
    "camelot",
    "pypdfium2",
    "cv2",
    "extract",
    "normalise",
    "validate",
)
WHAT_IS_LOADED = """
import sys
from belisha.__main__ import run
code = run(sys.argv[2:])
loaded = sorted({name.partition(".")[0] for name in sys.modules} & set(sys.argv[1].split(",")))
print("loaded", *loaded, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    ended = python("-c", WHAT_IS_LOADED, ",".join(HEAVY), *arguments)
    assert ended.code == 0, ended.err
    assert ended.err.strip() == "loaded"
    assert ended.out


def test_importing_the_package_loads_nothing_heavy() -> None:
    ended = python("-c", f"import sys, belisha; print(*sorted(set(sys.modules) & {set(HEAVY)!r}))")
    assert ended.text.strip() == ""


def test_every_public_name_can_be_had() -> None:
    for name in package.__all__:
        assert getattr(package, name) is not None
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = package.no_such_name


def hide(folder: Path, stage: str) -> dict[str, str]:
    """A folder with another package of that name, and the environment that puts it first."""
    (folder / stage).mkdir()
    (folder / stage / "__init__.py").write_text("raise RuntimeError('not yours')\n", encoding="utf-8")
    return {"PYTHONPATH": f"{folder}:{ROOT}"}


@pytest.mark.parametrize("stage", STAGES)
def test_a_hidden_stage_is_one_clear_line(tmp_path: Path, stage: str) -> None:
    env = hide(tmp_path, stage)
    for command in (["extract", "x.pdf"], ["audit", "x.pdf"], ["schema"], ["demo"]):
        ended = belisha(*command, env=env)
        one_line_of_trouble(ended, code=2, says=[f"'{stage}'", str(tmp_path), "an environment of its own"])


def test_a_module_in_the_current_folder_is_found_out_too(tmp_path: Path) -> None:
    (tmp_path / "extract.py").write_text("", encoding="utf-8")
    ended = belisha("schema", cwd=tmp_path)
    one_line_of_trouble(ended, code=2, says=["'extract'", str(tmp_path / "extract.py")])


def test_a_plain_folder_of_that_name_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    assert belisha("schema", cwd=tmp_path).code == 0


@pytest.mark.parametrize("stage", STAGES)
def test_doctor_names_what_hides_a_stage_and_what_to_do(tmp_path: Path, stage: str) -> None:
    ended = belisha("doctor", env=hide(tmp_path, stage))
    assert ended.code == 2
    marked = [line for line in ended.text.splitlines() if line.startswith("MEND")]
    assert len(marked) == 1
    assert str(tmp_path) in marked[0]
    assert "-> install Belisha in an environment of its own" in ended.text


def test_doctor_sees_another_distribution_with_the_same_files(tmp_path: Path) -> None:
    info = tmp_path / "unzipper-3.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: unzipper\nVersion: 3.1\n", encoding="utf-8")
    (info / "top_level.txt").write_text("extract\n", encoding="utf-8")
    (info / "RECORD").write_text("extract/__init__.py,,\n", encoding="utf-8")
    ended = belisha("doctor", env={"PYTHONPATH": f"{ROOT}:{tmp_path}"})
    assert ended.code == 2
    assert "package extract is also installed by unzipper" in ended.text


def test_library_users_get_the_same_line(tmp_path: Path) -> None:
    ended = python("-c", "import belisha; belisha.read('x.pdf')", env=hide(tmp_path, "validate"))
    assert "ImportError: Belisha's package 'validate' is hidden by" in ended.err


def test_doctor_is_content_here() -> None:
    assert hidden_stages() == ()
    examination = examine()
    assert [line for line in examination.lines if line.state == "mend"] == []
    assert "pypdfium2" in examination.text()


def test_doctor_ends_with_2_if_anything_must_be_mended() -> None:
    bad = Examination((Line("ok", "one"), Line("mend", "two", "do this")))
    assert bad.exit_code == 2
    assert "MEND two\n       -> do this" in bad.text()
