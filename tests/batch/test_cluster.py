"""Backfills on a real Dask cluster of two worker processes, one of which is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.batch.stores import belisha, children, content, is_sound, lines_done, start
from tests.belisha.running import ROOT, environment, one_line_of_trouble
from tests.history.twelve_quarters import draw

distributed = pytest.importorskip("distributed", reason="needs the extra belisha[dask]")
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are looked up in /proc"
)


@pytest.fixture(scope="module")
def reports(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve quarters and three files that are no reports."""
    made = tmp_path_factory.mktemp("many")
    for one in draw():
        (made / f"q{one.number:02d}.pdf").write_bytes(one.pdf)
    for name in ("empty.pdf", "page.pdf", "cut.pdf"):
        (made / name).write_bytes((folder / name).read_bytes())
    return made


@pytest.fixture(scope="module")
def here(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that this machine makes of them."""
    store = tmp_path_factory.mktemp("store") / "h.db"
    assert belisha("backfill", reports, "--store", store, "--jobs", "1").code == 3
    return store


@pytest.fixture
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as made:
        yield made


def test_a_worker_that_is_killed_loses_nothing(
    reports: Path, here: Path, cluster: Any, tmp_path: Path
) -> None:
    store = tmp_path / "h.db"
    pids = {worker.pid for worker in cluster.workers.values()}
    assert len(pids) == 2
    run = start("backfill", reports, "--store", store, "--scheduler", cluster.scheduler_address)
    victim = min(pids)
    hands: set[int] = set()
    until = time.monotonic() + 120
    while run.poll() is None and not (hands and lines_done(store) >= 3) and time.monotonic() < until:
        hands = children(victim)
    assert run.poll() is None, "the run was over before a worker could be killed"
    os.kill(victim, signal.SIGKILL)
    out, err = run.communicate(timeout=180)
    assert run.returncode == 3, err
    assert b"Traceback" not in err
    assert b"12  new" in out
    assert content(store) == content(here)
    assert is_sound(store)
    until = time.monotonic() + 10
    while any(Path(f"/proc/{hand}").exists() for hand in hands) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{hand}").exists() for hand in hands), "the dead worker's hands live on"


def test_workers_that_cannot_open_a_file_are_sent_it(
    reports: Path, here: Path, cluster: Any, tmp_path: Path
) -> None:
    # this path means the folder that the asking process is in, and the workers are in another
    inside = Path("/proc/self/cwd") / reports.name
    done = subprocess.run(
        [sys.executable, "-m", "belisha", "backfill", inside, "--store", tmp_path / "h.db", "--scheduler",
         cluster.scheduler_address],
        cwd=reports.parent, env=environment({}), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    held, expected = content(tmp_path / "h.db"), content(here)
    assert [row[1:] for row in held.pop("file")] == [row[1:] for row in expected.pop("file")]
    assert held == expected


def test_a_cluster_that_goes_ends_the_run_in_one_line(
    reports: Path, here: Path, cluster: Any, tmp_path: Path
) -> None:
    store = tmp_path / "h.db"
    run = start("backfill", reports, "--store", store, "--scheduler", cluster.scheduler_address, "--quiet")
    until = time.monotonic() + 120
    while run.poll() is None and lines_done(store) < 5 and time.monotonic() < until:
        time.sleep(0.01)
    cluster.close()
    _, err = run.communicate(timeout=180)
    if run.returncode != 3:  # it may just have ended
        assert run.returncode == 2, err
        assert err.count(b"\n") == 1
        assert b"run the same command again" in err
    assert belisha("backfill", reports, "--store", store).code == 3
    assert content(store) == content(here)


def test_a_worker_with_another_version_is_told() -> None:
    from belisha.batch.cluster import work_here
    from belisha.batch.worker import Orders, Task
    from belisha.history.vintages import Settings
    from extract.errors import SettingsError

    with pytest.raises(SettingsError, match="this is 99"):
        work_here(Task("x.pdf", "x.pdf", "0" * 64), Orders(Settings("99")))


def test_no_scheduler_is_said(reports: Path, tmp_path: Path) -> None:
    ended = belisha("backfill", reports, "--store", tmp_path / "h.db", "--scheduler", "tcp://127.0.0.1:9")
    one_line_of_trouble(ended, code=2, says=["tcp://127.0.0.1:9", "no Dask scheduler answers"])
    ended = belisha("backfill", reports, "--store", tmp_path / "h.db", "--scheduler", "nonsense:::")
    one_line_of_trouble(ended, code=2, says=["nonsense", "no address of a scheduler"])


@pytest.mark.parametrize(
    ("module", "arguments", "extra"),
    [
        ("distributed", ("--scheduler", "tcp://127.0.0.1:9"), "belisha[dask]"),
        ("fsspec", ("https://127.0.0.1:9/",), "belisha[remote]"),
        ("aiohttp", ("https://127.0.0.1:9/",), "belisha[remote]"),
    ],
)
def test_without_its_extra_one_line_names_it(
    reports: Path, tmp_path: Path, module: str, arguments: tuple[str, ...], extra: str
) -> None:
    (tmp_path / f"{module}.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    ended = belisha(
        "backfill", reports, "--store", tmp_path / "h.db", *arguments,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
    )  # fmt: skip
    one_line_of_trouble(ended, code=2, says=[module, f"pip install '{extra}'"])
