"""The checks: one file for each question that is put to a report, and the registry of them all.

To add one: write a subclass of ``Check`` in a file of its own, add it to ``CHECKS``, show both sides in
``tests/validate/test_checks.py``, and print the manual again (``python -m validate.checks.manual``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.errors import SettingsError
from normalise.records import Finding
from validate.checks.check import Check
from validate.checks.colour_mismatch import ColourMismatch
from validate.checks.count_mismatch import CountMismatch
from validate.checks.direction import DirectionContradicted
from validate.checks.evidence import Evidence, JudgedStatus
from validate.checks.included_without_cause import IncludedWithoutCause
from validate.checks.missing_from_dashboard import MissingFromDashboard
from validate.checks.missing_from_improvement import MissingFromImprovement
from validate.checks.scheme_notes import SchemeGap, SchemeOverlap, StatusUndefined
from validate.checks.status_contradicted import StatusContradicted
from validate.checks.status_without_data import StatusWithoutData
from validate.checks.tables_disagree import TablesDisagree

__all__ = ["CHECKS", "KINDS", "Check", "Evidence", "JudgedStatus", "UnknownKind", "chosen", "run_checks"]

CHECKS: tuple[Check, ...] = (
    StatusContradicted(),
    DirectionContradicted(),
    TablesDisagree(),
    MissingFromImprovement(),
    CountMismatch(),
    ColourMismatch(),
    IncludedWithoutCause(),
    MissingFromDashboard(),
    StatusWithoutData(),
    SchemeGap(),
    SchemeOverlap(),
    StatusUndefined(),
)
KINDS: tuple[str, ...] = tuple(check.kind for check in CHECKS)


class UnknownKind(SettingsError):
    """A kind of finding that no check reports."""


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Check, ...]:
    """The checks with a kind in ``select`` (empty: all) and not in ``ignore``. Raises UnknownKind."""
    wanted, unwanted = set(select), set(ignore)
    unknown = sorted((wanted | unwanted) - set(KINDS))
    if unknown:
        raise UnknownKind(
            f"no check is called {', '.join(unknown)}", advice=f"choose from {', '.join(KINDS)}"
        )
    return tuple(c for c in CHECKS if (not wanted or c.kind in wanted) and c.kind not in unwanted)


def run_checks(evidence: Evidence, checks: Iterable[Check] = CHECKS) -> Iterator[Finding]:
    """What the checks have to say, in the order of the checks."""
    for check in checks:
        yield from check.find(evidence)
