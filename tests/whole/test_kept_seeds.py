"""Random reports on which a row was lost, a cell misread or an accusation false, before the kind was mended."""

from __future__ import annotations

import json
from typing import Any

import pytest

import belisha
from fixtures.generator import ProducerMissing, generate
from fixtures.generator.check import REGRESSIONS
from fixtures.generator.score import score

KEPT: list[dict[str, Any]] = json.loads(REGRESSIONS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kept", KEPT, ids=[f"{k['producer']}-{k['seed']}" for k in KEPT])
def test_every_row_and_cell_is_right_and_nobody_accused(kept: dict[str, Any]) -> None:
    try:
        made = generate(kept["seed"], kept["producer"])
    except ProducerMissing as missing:
        pytest.skip(str(missing))
    result = score(made.truth, json.loads(belisha.audit(belisha.read(made.pdf)).report.to_json()))
    assert not result.lost
    assert not result.invented
    assert not result.accusations
    assert not result.differences
