"""The engine counts nothing and leaves nothing: no file in the folders for temporary and for cached ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.scan.at_hand import needs_engine

ROOT = Path(__file__).parents[2]


@needs_engine
def test_the_engine_leaves_no_file(tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    for place in places.values():
        place.mkdir()
    code = "import numpy; from extract.scan.engine import engine; engine().lines(numpy.full((90, 90, 3), 255, 'uint8'))"
    environment = {**os.environ, **{name: str(place) for name, place in places.items()}}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True)
    assert [p for place in places.values() for p in place.rglob("*")] == []
