"""The report that ships, harmed in every way: read, refused or told; never a traceback, never shorter in silence."""

from __future__ import annotations

import os
import random

import pytest

import belisha
from belisha.isolation.limits import Limits
from belisha.isolation.reading import AuditAsked, read_isolated
from belisha.outcome import UnexpectedError
from tests.fuzz.mutating import HARMS
from tests.isolation.at_hand import REPORT, needs_fork, whole
from tests.isolation.test_damaged import rows, told

CASES = int(os.environ.get("BELISHA_FUZZ_CASES", "8"))
FIRST = int(os.environ.get("BELISHA_FUZZ_FIRST", "0"))


@needs_fork
@pytest.mark.parametrize("harm", sorted(HARMS))
def test_a_harmed_report_is_read_refused_or_told(harm: str) -> None:
    data = REPORT.read_bytes()
    for case in range(FIRST, FIRST + CASES):
        try:
            report = read_isolated(
                HARMS[harm](data, random.Random(case)),  # noqa: S311 - no secret
                limits=Limits(stall=30),
                rehearse=AuditAsked(),
            )
        except UnexpectedError as error:
            pytest.fail(f"{harm} {case}: {error}")
        except belisha.BelishaError:
            continue
        assert rows(report) >= rows(whole()) or told(report), f"{harm} {case}: rows lost in silence"
