"""Belisha reads performance reports of public bodies and checks their traffic lights.

    >>> import belisha
    >>> report = belisha.read("report.pdf")
    >>> audit = belisha.audit(report)

Names are loaded when they are first used, so that ``import belisha`` costs next to nothing.
Errors raised on purpose are subclasses of :class:`BelishaError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from belisha.history.history import History
    from belisha.isolation.limits import Limits
    from belisha.isolation.outcomes import ReaderCrashed
    from belisha.output import OutputError
    from belisha.pipeline import audit, read
    from extract.errors import (
        BelishaError,
        Exit,
        NotAPdf,
        OverLimit,
        ReportDamaged,
        ReportError,
        ReportLocked,
        ReportMissing,
        ReportWithoutText,
        SettingsError,
    )
    from normalise.records import Finding, Improvement, Measure, Report, Value
    from validate.audit import Audit

_HOMES = {
    "Audit": "validate.audit",
    "BelishaError": "extract.errors",
    "Exit": "extract.errors",
    "Finding": "normalise.records",
    "History": "belisha.history.history",
    "Improvement": "normalise.records",
    "Limits": "belisha.isolation.limits",
    "Measure": "normalise.records",
    "NotAPdf": "extract.errors",
    "OutputError": "belisha.output",
    "OverLimit": "extract.errors",
    "ReaderCrashed": "belisha.isolation.outcomes",
    "Report": "normalise.records",
    "ReportDamaged": "extract.errors",
    "ReportError": "extract.errors",
    "ReportLocked": "extract.errors",
    "ReportMissing": "extract.errors",
    "ReportWithoutText": "extract.errors",
    "SettingsError": "extract.errors",
    "Value": "normalise.records",
    "audit": "belisha.pipeline",
    "read": "belisha.pipeline",
}

__all__ = [
    "Audit",
    "BelishaError",
    "Exit",
    "Finding",
    "History",
    "Improvement",
    "Limits",
    "Measure",
    "NotAPdf",
    "OutputError",
    "OverLimit",
    "ReaderCrashed",
    "Report",
    "ReportDamaged",
    "ReportError",
    "ReportLocked",
    "ReportMissing",
    "ReportWithoutText",
    "SettingsError",
    "Value",
    "audit",
    "read",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from belisha.neighbours import version

        return version()
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'belisha' has no attribute {name!r}")
    from importlib import import_module

    from belisha.neighbours import hidden_stages

    hidden = hidden_stages()
    if hidden:
        raise ImportError(str(hidden[0]))
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
